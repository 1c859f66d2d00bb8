"""A line above a document: where in its text something was found, and whether its text is searched at all."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records import text
from frontdesk.services.records.search import FoundText
from frontdesk.services.records.snippets import Marks
from frontdesk.services.records.text import TextState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

_WHY_NOT = {
    TextState.PENDING: "Its text is being read; until then only its title is searched.",
    TextState.NO_TEXT: "This scan has no text; only its title is searched.",
    TextState.FAILED: "The text of this file cannot be read; only its title is searched.",
}


def why_not(state: TextState, *, is_cut: bool = False) -> str:
    """What of a document search does not reach; empty where it reaches all."""
    if is_cut:
        return tr("Only the beginning of this long text is searched.")
    return tr(_WHY_NOT[state]) if state in _WHY_NOT else ""


class MarkedLabel(Label):
    """Words with pieces of them underlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "secondary", "text", wrap=True, parent=parent)
        self.setTextFormat(Qt.TextFormat.RichText)

    def show_marked(self, said: str, marks: Marks) -> None:
        pieces, at = [], 0
        for start, length in marks:
            end = start + length
            pieces += [escape(said[at:start]), f"<b><u>{escape(said[start:end])}</u></b>"]
            at = end
        self.setText("".join((*pieces, escape(said[at:]))))
        self.setAccessibleName(said)
        set_shown(self, bool(said))


class TextNote(QWidget):
    """Of the chart's search: nothing is shown while there is nothing to say."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._document_id: int | None = None
        self._found: dict[int, FoundText] = {}
        self.where = MarkedLabel()
        self.why_not = Label("", "secondary", "text-2", wrap=True)
        self.setLayout(column(self.where, self.why_not, gap=2))
        self.show_document(None)

    def show_found(self, found: Sequence[FoundText]) -> None:
        """What the search in this chart found in the texts."""
        self._found = {one.document_id: one for one in found}
        self._show_where()

    def show_document(self, document_id: int | None) -> None:
        """The document on the screen, or none."""
        self._document_id = document_id
        self.why_not.setText("")
        set_shown(self.why_not, False)
        self._show_where()
        if document_id is not None:
            self._desk.ask(self, self._show_state, text.state_of, document_id=document_id)

    def refused(self, error: FrontdeskError) -> None:
        """The page says what is the matter; this line stays away."""

    def _show_state(self, state: text.FoundText) -> None:
        if self._document_id is not None:
            self.why_not.setText(why_not(state.state, is_cut=state.is_cut))
            set_shown(self.why_not, bool(self.why_not.text()))
            self._show()

    def _show_where(self) -> None:
        found = self._found.get(self._document_id) if self._document_id is not None else None
        self.where.show_marked(found.snippet if found else "", found.snippet_marks if found else ())
        self._show()

    def _show(self) -> None:
        set_shown(self, bool(self.where.text() or self.why_not.text()))
