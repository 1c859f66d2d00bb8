"""What a person decides about an answer of a remittance, or about all of it: asked why, and sent."""

from collections.abc import Callable

from frontdesk.kernel.money import dollars
from frontdesk.services.billing import refunds, remittance_holds, remittance_voiding, remittances, taking_off
from frontdesk.services.billing.remittance_views import (
    AnswerRow,
    RemittanceRow,
    RemittanceSheet,
    Verb,
    Verdict,
)
from frontdesk.services.billing.remittance_voiding import Outlook
from frontdesk.ui.billing.claim_choice import ClaimDialog
from frontdesk.ui.billing.frame import BillingPage, ReasonDialog, ask_why
from frontdesk.ui.billing.refund_dialogs import AskRefundDialog
from frontdesk.ui.billing.write_off_open_dialog import WriteOffOpenDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import counted, tr

VERDICTS = {
    Verb.APPEAL: Verdict.APPEAL,
    Verb.PATIENT: Verdict.PATIENT,
    Verb.WRITE_OFF: Verdict.WRITE_OFF,
}
_QUESTIONS = {
    Verdict.APPEAL: "Appeal {amount}?",
    Verdict.PATIENT: "Bill {amount} to the patient?",
}
_VERBS = {
    Verdict.APPEAL: "Appeal",
    Verdict.PATIENT: "Bill patient",
}
Said = Callable[[str], object]
"""Gets what was done, in words."""


def act(page: BillingPage, desk: Desk, answer: AnswerRow, verb: Verb, said: Said) -> None:
    """Do what a finding calls for, with the question that it wants; `Verb.OPEN` is the page's own."""
    if verb in VERDICTS:
        if answer.open_cents and verb is Verb.WRITE_OFF:
            WriteOffOpenDialog(page, desk, answer, said).open()
        elif answer.open_cents:
            _ask_verdict(page, desk, answer, VERDICTS[verb], said)
    elif verb is Verb.AGAIN:
        page.clear_complaints()
        _decide(page, desk, answer, None, "", said)
    elif verb is Verb.REFUND and answer.refund is not None:
        when = "" if answer.is_posted else tr("once this is posted")
        dialog = AskRefundDialog(page, desk, answer.patient, answer.refund, when)
        dialog.told.connect(said)
        dialog.open()
    elif verb is Verb.WITHDRAW and answer.refund_id is not None:
        _withdraw(page, desk, answer, answer.refund_id, said)


def _ask_verdict(page: BillingPage, desk: Desk, answer: AnswerRow, verdict: Verdict, said: Said) -> None:
    is_appeal = verdict is Verdict.APPEAL
    consequence = (
        tr("It stays open with the payer. The claim is marked as appealed when the remittance is posted.")
        if is_appeal
        else tr("It is done when the remittance is posted; until then you can decide anew.")
    )
    ask_why(
        page,
        tr(_QUESTIONS[verdict], amount=dollars(answer.open_cents)),
        consequence,
        verb=tr(_VERBS[verdict]),
        hint=tr("Letter of 03/17 with the records, …") if is_appeal else "",
        then=lambda dialog, why: _decide(dialog, desk, answer, verdict, why, said),
    )


def _decide(
    owner: BillingPage | ReasonDialog,
    desk: Desk,
    answer: AnswerRow,
    verdict: Verdict | None,
    reason: str,
    said: Said,
) -> None:
    def done(_: object) -> None:
        if isinstance(owner, ReasonDialog):
            owner.close_done()
        said(tr("Decided on {patient}", patient=answer.patient))

    desk.do(
        owner,
        done,
        remittances.decide,
        remittance_claim_id=answer.id,
        verdict=verdict,
        reason=reason,
        version=answer.version,
    )


def _withdraw(page: BillingPage, desk: Desk, answer: AnswerRow, refund_id: int, said: Said) -> None:
    def send(dialog: ReasonDialog, reason: str) -> None:
        def done(_: object) -> None:
            dialog.close_done()
            said(tr("Withdrew the refund of {patient}", patient=answer.patient))

        desk.do(dialog, done, refunds.withdraw, refund_id=refund_id, reason=reason)

    ask_why(
        page,
        tr("Withdraw the refund?"),
        tr("The money stays to the patient's credit. It can be asked for again."),
        verb=tr("Withdraw refund"),
        then=send,
    )


def match(page: BillingPage, desk: Desk, answer: AnswerRow, claim_id: int, said: Said) -> None:
    """The payer means this claim."""
    page.clear_complaints()
    desk.do(
        page,
        lambda _: said(tr("Matched {patient}", patient=answer.patient)),
        remittances.match,
        remittance_claim_id=answer.id,
        claim_id=claim_id,
        version=answer.version,
    )


def unmatch(page: BillingPage, desk: Desk, answer: AnswerRow, said: Said) -> None:
    """The payer means another claim, or none of ours."""
    page.clear_complaints()
    desk.do(
        page,
        lambda _: said(tr("Took the match of {patient} back", patient=answer.patient)),
        remittances.unmatch,
        remittance_claim_id=answer.id,
        version=answer.version,
    )


def keep_unapplied(
    page: BillingPage, desk: Desk, answer: AnswerRow, said: Said, *, is_unapplied: bool
) -> None:
    """Money without a claim goes to the payer's account, or is decided on once more."""
    page.clear_complaints()
    desk.do(
        page,
        lambda _: said(tr("Decided on the money of {patient}", patient=answer.patient)),
        remittances.keep_unapplied,
        remittance_claim_id=answer.id,
        is_unapplied=is_unapplied,
    )


def take_off(page: BillingPage, desk: Desk, answer: AnswerRow, said: Said) -> None:
    """Ask to which claim a posted answer belongs, and how that is known."""

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


def release(page: BillingPage, desk: Desk, sheet: RemittanceSheet, said: Said) -> None:
    """Check a held remittance anew; ask why where another one has the same check."""
    held = sheet.row

    def send(owner: BillingPage | ReasonDialog, reason: str, done: Callable[[object], None]) -> None:
        desk.job(
            owner,
            done,
            remittance_holds.release,
            remittance_id=held.id,
            reason=reason,
            version=held.version,
        )

    def released(_: object) -> None:
        said(tr("{name} is held no more", name=held.name))

    def send_reason(dialog: ReasonDialog, reason: str) -> None:
        def done(_: object) -> None:
            dialog.close_done()
            released(None)

        send(dialog, reason, done)

    page.clear_complaints()
    if sheet.doubt:
        ask_why(
            page,
            tr("Is this payment right?"),
            f"{tr(sheet.doubt.says)} {tr(sheet.doubt.advice)}",
            verb=tr("It is right"),
            hint=tr("The payer sent the rest of the check in a second file, …"),
            then=send_reason,
        )
    else:
        send(page, "", released)


def void(page: BillingPage, desk: Desk, remittance: RemittanceRow, said: Said) -> None:
    """Say in figures what voiding a posted remittance does, ask why, then do it."""

    def ask(told: Outlook) -> None:
        if told.why_not:
            page.complain(told.why_not)
            return
        ask_why(
            page,
            tr("Void {name}?", name=told.name),
            " ".join(_in_figures(told)),
            verb=tr("Void remittance"),
            hint=tr("Posted for the wrong deposit, …"),
            then=send,
        )

    def send(dialog: ReasonDialog, reason: str) -> None:
        def done(_: object) -> None:
            dialog.close_done()
            said(tr("Voided {name}", name=remittance.name))

        desk.job(
            dialog,
            done,
            remittance_voiding.void,
            remittance_id=remittance.id,
            reason=reason,
            version=remittance.version,
        )

    page.clear_complaints()
    desk.ask(page, ask, remittance_voiding.outlook, remittance_id=remittance.id)


def _in_figures(told: Outlook) -> list[str]:
    said = [
        counted(
            told.claims,
            "Today's ledger takes back what it decided on {count} claim:",
            "Today's ledger takes back what it decided on {count} claims:",
        ),
        tr(
            "{paid} paid, {written_off} written off, {moved} moved to patients.",
            paid=dollars(told.payments_cents),
            written_off=dollars(told.written_off_cents),
            moved=dollars(told.to_patients_cents),
        ),
    ]
    if told.on_account_cents > 0:
        said.append(tr("{cents} leaves the payer's account.", cents=dollars(told.on_account_cents)))
    elif told.on_account_cents:
        cents = dollars(-told.on_account_cents)
        said.append(tr("{cents} that it took back leaves the payer's account.", cents=cents))
    if told.reinstated:
        said.append(
            counted(
                told.reinstated,
                "{count} earlier payment that it took back stands again.",
                "{count} earlier payments that it took back stand again.",
            )
        )
    if told.taken_off:
        said.append(
            counted(
                told.taken_off,
                "{count} answer was moved off its claim before; that stays.",
                "{count} answers were moved off their claims before; that stays.",
            )
        )
    return [*said, tr("Then the remittance waits again, to be matched, posted or discarded.")]
