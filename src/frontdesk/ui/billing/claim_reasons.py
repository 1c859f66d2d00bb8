"""What is done to a claim with a reason: held, asked of the next payer, closed, voided."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import claims, next_payer
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.services.work import Work
from frontdesk.ui.billing.frame import BillingPage, ask_why
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import tr


class _Act(Protocol):
    """A command on a claim that wants to know why."""

    def __call__(
        self, work: Work, /, *, claim_id: int, reason: str, version: int | None = None
    ) -> object: ...


@dataclass(frozen=True, slots=True)
class Reason:
    """A question, what follows of it, and the command that it asks for."""

    question: str
    consequence: str
    verb: str
    hint: str
    act: _Act

    def ask(self, page: QWidget, desk: Desk, claim: ClaimRow) -> None:
        """Ask why, then do it, unless another desk changed the claim since it was shown."""
        ask_why(
            page,
            tr(self.question, number=claim.number),
            tr(self.consequence, number=claim.number),
            verb=tr(self.verb),
            hint=tr(self.hint),
            then=lambda dialog, reason: desk.do(
                dialog,
                dialog.close_done,
                self.act,
                claim_id=claim.id,
                reason=reason,
                version=claim.version,
            ),
        )


def add_note(page: QWidget, desk: Desk, claim: ClaimRow) -> None:
    """Ask for a sentence for whoever works the claim next."""
    ask_why(
        page,
        tr("Note on claim {number}", number=claim.number),
        tr("It stands in the claim's history; the payer does not see it."),
        verb=tr("Add note"),
        hint=tr("Called the payer, they look for the referral, …"),
        then=lambda dialog, words: desk.do(
            dialog, dialog.close_done, claims.add_note, claim_id=claim.id, text=words
        ),
    )


def reopen(page: BillingPage, desk: Desk, claim: ClaimRow) -> None:
    """A closed claim is worked again, as its payer left it."""
    page.clear_complaints()
    desk.do(page, lambda _: None, claims.reopen, claim_id=claim.id, version=claim.version)


HOLD = Reason(
    "Hold claim {number}?",
    "It is not sent until somebody releases it.",
    "Hold claim",
    "Waiting for the provider, …",
    claims.hold,
)
NEXT_PAYER = Reason(
    "Ask the next payer?",
    "What was denied on claim {number}, or left to the patient, is asked of the patient's next insurance.",
    "Make the claim",
    "Not covered by the first plan, …",
    next_payer.bill,
)
CLOSE = Reason(
    "Close claim {number}?",
    "Nothing more is expected of the payer. What is open stays in the ledger.",
    "Close claim",
    "Billed to the patient, …",
    claims.close,
)
VOID = Reason(
    "Void claim {number}?",
    "It is never sent, and stays void. Its charges stay in the ledger, with whoever owes them now.",
    "Void claim",
    "The patient pays the visit, …",
    claims.void,
)
