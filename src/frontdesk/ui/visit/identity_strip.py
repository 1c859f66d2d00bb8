"""Who stands at the desk: at least two identifiers compared with the record, and which ones."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from frontdesk.services.visit import identity
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.services.visit.identity import Identifier
from frontdesk.services.visit.steps import StepKind
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WORDS = {
    Identifier.NAME: "Name",
    Identifier.BIRTH_DATE: "Birth date",
    Identifier.PHOTO_ID: "Photo ID",
    Identifier.ADDRESS: "Address",
    Identifier.PHONE: "Phone",
    Identifier.MEMBER_ID: "Member ID",
}
_USUAL = (Identifier.NAME, Identifier.BIRTH_DATE)
_NARROW = 720


class IdentityStrip(Panel):
    """`show_visit`; it is on the page until the step is done, and whenever the step is looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._appointment_id: int | None = None
        self.card = Card(tr("Identity"), "id-card")
        self.chip = Chip(tr("Ask, and compare with the record"), "warn", "id-card")
        self.match_button = Button("", "tonal", height="small", icon="user-check")
        self.match_button.clicked.connect(self.match)
        self.card.add_to_head(self.chip, self.match_button)
        self.boxes = {each: CheckBox(tr(words)) for each, words in _WORDS.items()}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(16))
        self._grid.setVerticalSpacing(theme().px(4))
        for box in self.boxes.values():
            box.toggled.connect(self._name_button)
        self._columns = 0
        self._place(len(self.boxes))
        self.card.body.setContentsMargins(theme().px(12), theme().px(6), theme().px(12), theme().px(8))
        self.card.body.addWidget(self.banner)
        self.card.body.addLayout(self._grid)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self.drop()

    def show_visit(self, visit: CheckIn) -> None:
        if visit.appointment_id != self._appointment_id:
            self.drop()
        self._appointment_id = visit.appointment_id
        step = next(step for step in visit.steps if step.kind is StepKind.IDENTITY)
        if step.is_done:
            self.chip.show_state(step.result, "ok", "check")
        else:
            self.chip.show_state(tr("Ask, and compare with the record"), "warn", "id-card")
        self._show_chip()

    def _show_chip(self) -> None:
        set_shown(self.chip, self.width() >= theme().px(_NARROW))  # the rail says the same

    def drop(self) -> None:
        """Another patient comes: the usual two are ticked."""
        self._appointment_id = None
        for each, box in self.boxes.items():
            box.setChecked(each in _USUAL)
        self._name_button()
        self.clear_complaints()

    def start(self) -> None:
        """The focus to the verb: the usual two are ticked already."""
        self.match_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def match(self) -> None:
        """What is ticked was compared, and is right."""
        self.clear_complaints()
        if self._appointment_id is not None:
            self.desk.do(
                self,
                self._matched,
                identity.compare,
                appointment_id=self._appointment_id,
                identifiers=self._ticked(),
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self._place(3 if is_narrow else len(self.boxes))
        self._show_chip()

    def _ticked(self) -> tuple[Identifier, ...]:
        return tuple(each for each, box in self.boxes.items() if box.isChecked())

    def _name_button(self) -> None:
        ticked = self._ticked()
        words = tr("{what} match", what=identity.said(ticked)) if len(ticked) > 1 else tr("These match")
        self.match_button.setText(words if len(ticked) <= len(_USUAL) + 1 else tr("These match"))

    def _matched(self, _: int) -> None:
        self.told.emit(tr("Compared {what}", what=identity.said(self._ticked()).lower()))

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, number // columns, number % columns)
        self._grid.setColumnStretch(columns, 1)
