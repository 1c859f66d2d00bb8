"""What a person decides about an answer of a remittance: asked with its reason, and sent."""

from collections.abc import Callable

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import remittances, taking_off
from frontdesk.services.billing.remittance_views import AnswerRow, Treatment
from frontdesk.ui.billing.claim_choice import ClaimDialog
from frontdesk.ui.billing.frame import BillingPage, ReasonDialog, ask_why
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import tr


def decide(
    page: BillingPage,
    desk: Desk,
    answer: AnswerRow,
    treatment: Treatment | None,
    then: Callable[[], object],
) -> None:
    """Ask why, unless the decision is only taken back (None); `then` runs when it is done."""
    amount = dollars(answer.open_cents)
    if treatment is None:
        _send(page, desk, answer, None, "", lambda _: then())
    elif treatment is Treatment.WRITE_OFF:
        _ask(page, desk, answer, treatment, tr("Write off {amount}?", amount=amount), tr("Write off"), then)
    else:
        question = tr("Bill {amount} to the patient?", amount=amount)
        _ask(page, desk, answer, treatment, question, tr("Bill patient"), then)


def _ask(
    page: BillingPage,
    desk: Desk,
    answer: AnswerRow,
    treatment: Treatment,
    question: str,
    verb: str,
    then: Callable[[], object],
) -> None:
    def send(dialog: ReasonDialog, why: str) -> None:
        def done(_: object) -> None:
            dialog.close_done()
            then()

        _send(dialog, desk, answer, treatment, why, done)

    ask_why(
        page,
        question,
        tr("It is done when the remittance is posted; until then you can decide anew."),
        verb=verb,
        then=send,
    )


def _send(
    owner: BillingPage | ReasonDialog,
    desk: Desk,
    answer: AnswerRow,
    treatment: Treatment | None,
    why: str,
    done: Callable[[object], object],
) -> None:
    desk.do(
        owner,
        done,
        remittances.decide,
        remittance_claim_id=answer.id,
        treatment=treatment,
        reason=why,
        version=answer.version,
    )


def take_off(page: BillingPage, desk: Desk, answer: AnswerRow, said: Callable[[str], object]) -> None:
    """Ask to which claim a posted answer belongs, and how that is known; `said` gets what was done."""

    def send(dialog: ClaimDialog, claim_id: int | None, reason: str) -> None:
        def done(_: object) -> None:
            dialog.accept()
            said(tr("Taken off claim {number}", number=answer.claim_number))

        desk.do(
            dialog,
            done,
            taking_off.take_off,
            remittance_claim_id=answer.id,
            reason=reason,
            claim_id=claim_id,
            version=answer.version,
        )

    ClaimDialog(
        page,
        desk,
        tr("To which claim does it belong?"),
        tr(
            "What it did on claim {number} is reversed today; the deposit stays as it was.",
            number=answer.claim_number,
        ),
        then=send,
        wants_reason=True,
        without=tr("Not known yet"),
        then_without=lambda dialog, reason: send(dialog, None, reason),
    ).open()
