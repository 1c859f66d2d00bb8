"""A line above a document that was amended or contested: what is linked to it, and goes out with it."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date
from frontdesk.services.records import amendment_views
from frontdesk.services.records.amendment_views import Statement, StatementKind
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.card import column
from frontdesk.ui.text import tr

_SAID = {
    StatementKind.AMENDED: "Amended {day} ({number}): {text}",
    StatementKind.DISAGREEMENT: "The patient disagrees, {day} ({number}): {text}",
    StatementKind.REBUTTAL: "The office's reply, {day}: {text}",
}


class AmendmentNote(QWidget):
    """Nothing is shown of a document that nobody contested (45 CFR 164.526(c)(1), (d)(4))."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._document_id: int | None = None
        self.banner = Banner("info")
        self.setLayout(column(self.banner, gap=0))
        self.show_document(None)

    def show_document(self, document_id: int | None) -> None:
        """Another document, or none."""
        self._document_id = document_id
        self.banner.say("info", "")
        if document_id is not None:
            self._desk.ask(self, self._show, amendment_views.statements, document_ids=(document_id,))

    def refused(self, error: FrontdeskError) -> None:
        """What is linked is not known now; it is asked again with the next document."""

    def _show(self, statements: tuple[Statement, ...]) -> None:
        own = [each for each in statements if each.document_id == self._document_id]
        lines = [
            tr(_SAID[each.kind], day=us_date(each.on), number=each.number, text=each.text)
            for each in own
            if each.kind in _SAID
        ]
        contested = any(each.kind is not StatementKind.AMENDED for each in own)
        if contested and not any(each.kind is StatementKind.DISAGREEMENT for each in own):
            both = tr(
                "A request to amend it was denied; both go out with it ({number}).", number=own[0].number
            )
            lines.append(both)
        self.banner.say("warn" if contested else "info", " ".join(lines))
