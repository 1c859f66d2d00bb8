"""What is done to a claim with a reason: held, replaced, appealed, asked of the next payer, closed."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import appeals, claims, next_payer
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.services.work import Work
from frontdesk.ui.billing.frame import ask_why
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import tr


class _Act(Protocol):
    """A command on a claim that wants to know why."""

    def __call__(self, work: Work, /, *, claim_id: int, reason: str) -> object: ...


@dataclass(frozen=True, slots=True)
class Reason:
    """A question, what follows of it, and the command that it asks for."""

    question: str
    consequence: str
    verb: str
    hint: str
    act: _Act

    def ask(self, page: QWidget, desk: Desk, claim: ClaimRow) -> None:
        """Ask why, then do it."""
        ask_why(
            page,
            tr(self.question, number=claim.number),
            tr(self.consequence, number=claim.number),
            verb=tr(self.verb),
            hint=tr(self.hint),
            then=lambda dialog, reason: desk.do(
                dialog, dialog.close_done, self.act, claim_id=claim.id, reason=reason
            ),
        )


HOLD = Reason(
    "Hold claim {number}?",
    "It is not sent until somebody releases it.",
    "Hold claim",
    "Waiting for the provider, ...",
    claims.hold,
)
CORRECT = Reason(
    "Correct claim {number}?",
    "A new claim replaces this one at the payer. It is checked, and sent with the rest.",
    "Make the correction",
    "Wrong modifier, ...",
    claims.correct,
)
APPEAL = Reason(
    "Appeal claim {number}?",
    "Send the appeal by letter or in the payer's portal. The claim waits for the second decision.",
    "It was appealed",
    "Records sent with the letter of 03/17, ...",
    appeals.appeal,
)
NEXT_PAYER = Reason(
    "Ask the next payer instead?",
    "What is open on claim {number} is asked of the patient's next insurance.",
    "Make the claim",
    "Not covered by the first plan, ...",
    next_payer.bill,
)
CLOSE = Reason(
    "Close claim {number}?",
    "Nothing more is expected of the payer. What is open stays in the ledger.",
    "Close claim",
    "Billed to the patient, ...",
    claims.close,
)
