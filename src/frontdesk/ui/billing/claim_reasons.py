"""What is done to a claim with a reason: held, replaced, appealed, closed."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import appeals, claims, next_payer
from frontdesk.services.billing.claim_views import ClaimRow
from frontdesk.ui.billing.frame import ask_why
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import tr


def hold(page: QWidget, desk: Desk, claim: ClaimRow) -> None:
    """Ask why, then keep the claim back."""
    ask_why(
        page,
        tr("Hold claim {number}?", number=claim.number),
        tr("It is not sent until somebody releases it."),
        verb=tr("Hold claim"),
        hint=tr("Waiting for the provider, ..."),
        then=lambda dialog, reason: desk.do(
            dialog, dialog.close_done, claims.hold, claim_id=claim.id, reason=reason
        ),
    )


def correct(page: QWidget, desk: Desk, claim: ClaimRow) -> None:
    """Ask why, then make the claim that replaces this one."""
    ask_why(
        page,
        tr("Correct claim {number}?", number=claim.number),
        tr("A new claim replaces this one at the payer. It is checked, and sent with the rest."),
        verb=tr("Make the correction"),
        hint=tr("Wrong modifier, ..."),
        then=lambda dialog, reason: desk.do(
            dialog, dialog.close_done, claims.correct, claim_id=claim.id, reason=reason
        ),
    )


def appeal(page: QWidget, desk: Desk, claim: ClaimRow) -> None:
    """Ask what the appeal rests on, then wait for the payer's second decision."""
    ask_why(
        page,
        tr("Appeal claim {number}?", number=claim.number),
        tr("Send the appeal by letter or in the payer's portal. The claim waits for the second decision."),
        verb=tr("It was appealed"),
        hint=tr("Records sent with the letter of 03/17, ..."),
        then=lambda dialog, reason: desk.do(
            dialog, dialog.close_done, appeals.appeal, claim_id=claim.id, reason=reason
        ),
    )


def bill_next(page: QWidget, desk: Desk, claim: ClaimRow) -> None:
    """Ask why, then ask the patient's next insurance for what this payer denied."""
    ask_why(
        page,
        tr("Ask the next payer instead?"),
        tr("What is open on claim {number} is asked of the patient's next insurance.", number=claim.number),
        verb=tr("Make the claim"),
        hint=tr("Not covered by the first plan, ..."),
        then=lambda dialog, reason: desk.do(
            dialog, dialog.close_done, next_payer.bill, claim_id=claim.id, reason=reason
        ),
    )


def close(page: QWidget, desk: Desk, claim: ClaimRow) -> None:
    """Ask why, then expect nothing more of the payer."""
    ask_why(
        page,
        tr("Close claim {number}?", number=claim.number),
        tr("Nothing more is expected of the payer. What is open stays in the ledger."),
        verb=tr("Close claim"),
        hint=tr("Billed to the patient, ..."),
        then=lambda dialog, reason: desk.do(
            dialog, dialog.close_done, claims.close, claim_id=claim.id, reason=reason
        ),
    )
