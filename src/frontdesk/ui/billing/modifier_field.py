"""The modifiers of a service: up to four, found by their code or their words while they are typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.billing import entering
from frontdesk.services.billing.modifiers import Modifier
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.row_list import Item
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.text import tr

_LENGTH = 2


class ModifierField(SearchBox):
    """The list is about the last one; Down in an empty place lists all that the code may have."""

    written = Signal(str)
    """The whole text, however it came to stand here."""
    settled = Signal()
    """Nothing is half typed any more."""

    def __init__(
        self, desk: Desk, superbill_id: int, code: str, text: str, says: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("", says=says, icon="", parent=parent)
        self._desk, self._superbill_id, self._code = desk, superbill_id, code
        self.setText(text)
        self._is_half = False
        self.textEdited.connect(self._edited)
        self.searched.connect(self._look)
        self.picked.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_open and not self.isReadOnly():
            self._ask(self._last())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """As the claim writes them."""
        super().focusOutEvent(event)
        whole = " ".join(self._parts())
        if whole != self.text() or self._is_half:
            self._write(whole)

    def refused(self, _: FrontdeskError) -> None:
        """Nothing is offered then; what was typed stays."""
        self.hide_found()

    def _last(self) -> str:
        """What is being typed: behind the last blank or comma."""
        return self.text().replace(",", " ").rpartition(" ")[2]

    def _parts(self) -> list[str]:
        return self.text().upper().replace(",", " ").split()

    def _edited(self, text: str) -> None:
        """Two letters may be the beginning of a word; they are settled when the field is left."""
        self._is_half = bool(self._last()) and not self._is_whole()
        self.written.emit(text)
        if not self._is_half:
            self.hide_found()
            self.settled.emit()

    def _write(self, text: str) -> None:
        self.setText(text)
        self._is_half = False
        self.written.emit(text)
        self.settled.emit()

    def _is_whole(self) -> bool:
        """Two digits are a code, never the beginning of a word."""
        return len(self._last()) == _LENGTH and self._last().isdigit()

    def _look(self, _: str) -> None:
        if self._last() and not self._is_whole():
            self._ask(self._last())

    def _ask(self, typed: str) -> None:
        whole = self.value()
        self._desk.ask(
            self,
            lambda found: self._show(whole, found),
            entering.find_modifiers,
            superbill_id=self._superbill_id,
            code=self._code,
            typed=typed,
        )

    def _show(self, question: str, found: tuple[Modifier, ...]) -> None:
        found = tuple(each for each in found if each.code not in self._parts())
        self.show_found(
            question, [Suggestion(each.code, Item(tr(each.label), lead=each.code)) for each in found]
        )

    def _take(self, code: object) -> None:
        before = self.text()[: len(self.text()) - len(self._last())]
        self._write(f"{before}{code}")
