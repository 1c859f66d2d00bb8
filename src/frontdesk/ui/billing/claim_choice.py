"""A dialog that asks which claim is meant, and, where it matters, why."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import claim_views
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.text import tr


class ClaimDialog(Dialog):
    """`then` gets the dialog, the claim's id and the reason; it stays open with a refusal.

    `without` are the words of a verb for no claim, which `then_without` does.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        question: str,
        consequence: str,
        *,
        then: Callable[["ClaimDialog", int, str], object],
        wants_reason: bool = False,
        without: str = "",
        then_without: Callable[["ClaimDialog", str], object] | None = None,
    ) -> None:
        super().__init__(parent, question, consequence, icon="file-search", icon_color="accent", width=520)
        self._desk, self._then, self._wants_reason = desk, then, wants_reason
        self._claims: dict[int, ClaimRow] = {}
        self._claim_id: int | None = None
        self.search = SearchBox(tr("A claim by its number or patient"), icon="search")
        self.search.searched.connect(self._find)
        self.search.picked.connect(self._pick)
        self.picked = Label(tr("No claim is chosen yet."), "secondary", "text-2", wrap=True)
        self.body.addWidget(self.search)
        self.body.addWidget(self.picked)
        self.reason = TextEdit()
        if wants_reason:
            form = Form()
            form.add("reason", tr("Why"), self.reason)
            self.body.addWidget(form)
        self.add_verb(tr("Cancel"), keys="Esc")
        if then_without is not None:
            self.add_verb(without, lambda: then_without(self, self.reason.value()), closes=False)
        self.go_button = self.add_verb(tr("Use this claim"), self._go, kind="primary", closes=False)
        self.go_button.setEnabled(False)
        self.search.setFocus()

    def _find(self, typed: str) -> None:
        self._desk.ask(self, lambda found: self._show(typed, found), claim_views.find, typed=typed)

    def _show(self, typed: str, found: tuple[ClaimRow, ...]) -> None:
        self._claims = {claim.id: claim for claim in found}
        self.search.show_found(typed, [claim_suggestion(claim) for claim in found])

    def _pick(self, claim_id: object) -> None:
        claim = self._claims.get(claim_id) if isinstance(claim_id, int) else None
        if claim is not None:
            self._claim_id = claim.id
            self.picked.setText(
                tr(
                    "Claim {number}: {patient}, {day}, {amount}",
                    number=claim.number,
                    patient=claim.patient,
                    day=f"{claim.service_on:%m/%d/%Y}",
                    amount=ledger(claim.charge_cents),
                )
            )
            self.go_button.setEnabled(True)
            (self.reason if self._wants_reason else self.go_button).setFocus()

    def _go(self) -> None:
        if self._claim_id is not None:
            self._then(self, self._claim_id, self.reason.value())


def claim_suggestion(claim: ClaimRow) -> Suggestion:
    """A claim in a list that is searched."""
    trailing = Words(ledger(claim.charge_cents), "text-2")
    line = (Words(f"{claim.number}  ·  {claim.service_on:%m/%d/%Y}  ·  {claim.payer}"),)
    return Suggestion(claim.id, Item(claim.patient, (line,), trailing=trailing))
