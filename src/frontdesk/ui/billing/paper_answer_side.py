"""The left of a paper remittance: find a claim, the claims so far, what is apart from them, other papers."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing.paper_answer_claims import ClaimHead
from frontdesk.services.billing.paper_answers import WaitingPaper
from frontdesk.ui.billing.paper_answer_items import PaperItems
from frontdesk.ui.billing.paper_answer_lists import claim_model, suggestion, waiting_model
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Table
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WIDTH, _CLAIMS_LOW, _WAITING = 400, 120, 116
_ANY = 16_777_215


class PaperSide(Frame):
    """The search field keeps the keys: type, Enter, and the claim is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self.search = SearchBox(
            tr("Claim, patient or visit day; Enter adds"), says=tr("Add a claim"), keys="Ctrl+N"
        )
        self.claim_model = claim_model()
        self.claims = Table(self.claim_model, says=tr("Claims of the paper"))
        self.claims.setMinimumHeight(theme().px(_CLAIMS_LOW))
        self.items = PaperItems()
        self.waiting_model = waiting_model()
        self.waiting = Table(self.waiting_model, says=tr("Papers that were put aside"))
        self.waiting.setFixedHeight(theme().px(_WAITING))
        self._aside = QWidget()
        self._aside.setLayout(
            column(Label(tr("Put aside, Enter goes on"), "caption", "text-2"), self.waiting, gap=4)
        )
        whole = column(self.search, margins=(12, 12, 12, 12))
        whole.addWidget(self.claims, 1)
        whole.addWidget(self.items)
        whole.addWidget(self._aside)
        self.setLayout(whole)

    def set_beside(self, beside: bool) -> None:
        """Of one width beside the lines; above them as wide as there is room."""
        self.setMinimumWidth(theme().px(_WIDTH) if beside else 0)
        self.setMaximumWidth(theme().px(_WIDTH) if beside else _ANY)

    def show_found(self, typed: str, found: tuple[ClaimHead, ...]) -> None:
        self.search.show_found(typed, [suggestion(head) for head in found])

    def show_waiting(self, found: list[WaitingPaper]) -> None:
        self.waiting_model.show(found)
        set_shown(self._aside, bool(found))
