"""The papers of the money as PDF: receipts, statements, deposit slips and superbills, ready to print."""

from datetime import date

from frontdesk.formats import superbill_code
from frontdesk.formats.pdf.deposit_slip import DepositSheet
from frontdesk.formats.pdf.deposit_slip import deposit_slip_pdf as drawn_slip
from frontdesk.formats.pdf.payment_plan import PlanSheet, payment_plan_pdf
from frontdesk.formats.pdf.receipt import ReceiptSheet
from frontdesk.formats.pdf.receipt import receipt_pdf as drawn_receipt
from frontdesk.formats.pdf.superbill import SuperbillLine, SuperbillPaper
from frontdesk.formats.pdf.superbill import superbill_pdf as drawn_superbill
from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import (
    balances,
    deposit,
    parties,
    plans,
    receipts,
    statement_paper,
    statements,
    superbills,
)
from frontdesk.services.billing.parties import sender as sender
from frontdesk.services.command import query
from frontdesk.services.work import Work


@query(permission="billing.view")
def receipt_pdf(work: Work, *, receipt_id: int) -> bytes:
    """A receipt as PDF."""
    paper = receipts.paper(work, receipt_id=receipt_id)
    change = paper.change_cents
    return drawn_receipt(
        ReceiptSheet(
            sender=sender(paper.letterhead),
            number=paper.number,
            patient=paper.patient,
            chart_number=paper.chart_number,
            account_number=paper.account_number,
            received_at=paper.printed_at,
            received_by=paper.received_by,
            paid_for=tuple((each.text, dollars(each.amount_cents)) for each in paper.paid_for),
            paid_by=tuple((each.text, dollars(each.amount_cents)) for each in paper.paid_by),
            total=dollars(paper.total_cents),
            tendered=dollars(paper.tendered_cents) if change else "",
            change=dollars(change) if change else "",
            open_now=_open_now(paper.account_balance_cents),
            void=paper.void_reason,
            note=paper.note,
            is_copy=paper.is_copy,
        )
    )


@query(permission="billing.view")
def plan_pdf(work: Work, *, plan_id: int) -> bytes:
    """A payment plan as it was agreed, as PDF, to be signed."""
    plan = plans.plan(work, plan_id=plan_id)
    lines = balances.lines_by_id(work, tuple(part.charge_line_id for part in plan.parts))
    account_id = parties.account_of(work, plan.patient_id, plan.agreed_on)
    to, patient = parties.guarantor(work, account_id), work.get(Patient, plan.patient_id)
    return payment_plan_pdf(
        PlanSheet(
            sender=sender(parties.letterhead(work)),
            number=plan.number,
            patient=first_last(patient.legal_first, patient.legal_last),
            guarantor=to.name,
            account_number=to.account_number,
            agreed_on=us_date(plan.agreed_on),
            agreed_by=plan.agreed_by,
            rhythm="every two weeks" if plan.rhythm is plans.Rhythm.TWO_WEEKS else "every month",
            parts=tuple(
                (
                    f"{lines[part.charge_line_id].label}, {us_date(lines[part.charge_line_id].service_on)}",
                    dollars(part.amount_cents),
                )
                for part in plan.parts
            ),
            instalments=tuple(
                (str(each.place), us_date(each.due_on), dollars(each.amount_cents))
                for each in plan.instalments
            ),
            total=dollars(plan.total_cents),
            ended=plan.ended_because,
        )
    )


@query(permission="billing.view")
def statement_pdf(work: Work, *, statement_id: int) -> bytes:
    """A statement from the archive as PDF, as it was sent."""
    return statements.archived(work, statement_id)


@query(permission="billing.view")
def statement_preview_pdf(work: Work, *, account_id: int) -> bytes:
    """The statement of a household as it would be sent today, as PDF."""
    return statement_paper.drawn(statements.preview(work, account_id=account_id))


@query(permission="billing.view")
def deposit_slip_pdf(work: Work, *, on: date, drawer_id: int | None = None) -> bytes:
    """The deposit of a day, of one counted drawer or of all together, as PDF."""
    slip = deposit.slip(work, on=on, drawer_id=drawer_id)
    return drawn_slip(
        DepositSheet(
            sender=sender(slip.letterhead),
            on=slip.on,
            drawers=slip.drawers,
            cash=tuple((pieces.value_cents, pieces.count) for pieces in slip.cash),
            float_cents=slip.float_cents,
            cash_cents=slip.cash_cents,
            checks=tuple((check.check_number, check.amount_cents) for check in slip.checks),
            check_cents=slip.check_cents,
            total_cents=slip.total_cents,
            card_cents=slip.card_cents,
            prepared_by=slip.prepared_by,
        )
    )


@query(permission="billing.view")
def superbill_pdf(work: Work, *, superbill_id: int) -> bytes:
    """A superbill as PDF: to tick in the room, or as it was entered."""
    sheet = superbills.sheet_of(work, superbill_id=superbill_id)
    return drawn_superbill(
        SuperbillPaper(
            sender=sender(sheet.letterhead),
            number=superbill_code.written(sheet.row.number),
            service_on=us_date(sheet.row.service_on),
            provider=sheet.row.provider,
            patient=sheet.row.patient,
            born_on=us_date(sheet.born_on),
            chart_number=sheet.chart_number,
            payer=sheet.payer,
            copay="None known" if sheet.copay_cents is None else dollars(sheet.copay_cents),
            place_of_service=sheet.place_of_service,
            sections=tuple(
                (section.title, tuple((choice.code, choice.label) for choice in section.choices))
                for section in sheet.sections
            ),
            diagnoses=tuple((diagnosis.code, diagnosis.label) for diagnosis in sheet.diagnoses),
            lines=tuple(
                SuperbillLine(
                    line.code, line.label, line.modifiers, line.pointers, line.units, line.amount_cents
                )
                for line in sheet.lines
            ),
        )
    )


def _open_now(cents: int) -> str:
    if cents > 0:
        return f"Open on this account after the payment: {dollars(cents)}."
    if cents < 0:
        return f"To your credit after the payment: {dollars(-cents)}."
    return "Nothing is open on this account."
