"""What copies cost: stated before they are sent, paid before they leave where the office wants it so.

The patient's own copy may cost what copying it costs, and nothing for the search (45 CFR 164.524(c)(4)); an
office that does not work that out may ask for a flat fee of at most $6.50 for an electronic copy. What others
pay is a matter of state law: a schedule by pages that the office keeps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import func, select

from frontdesk.formats.pdf.release_invoice import InvoiceSheet, invoice_pdf
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.records.release_fee import FeeFor as FeeFor
from frontdesk.models.records.release_fee import FeeMethod as FeeMethod
from frontdesk.models.records.release_fee import PaidHow as PaidHow
from frontdesk.models.records.release_fee import ReleaseFee, ReleaseFeePaid
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import release_fee_rules, release_steps, sheets
from frontdesk.services.records.release_fee_quote import Costs as Costs
from frontdesk.services.records.release_fee_quote import FeeLine as FeeLine
from frontdesk.services.records.release_fee_quote import Quote as Quote
from frontdesk.services.records.release_fee_quote import fee_for, quoted
from frontdesk.services.records.request_row import CheckLine, Mark, number_words
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_release_fee", "A stated fee is never changed. State it anew.")
says("append_only_release_fee_paid", "A payment is never changed. Take it back.")
says("uq_release_fee_replaces_id", "Another desk has just stated the fee of this request. Look at it.")
says("uq_release_fee_paid_takes_back_id", "This payment was taken back already.")

CHECK: Final = "fee"
"""The line of the checklist behind which the fee is stated."""
NO_COSTS: Final = Costs()
_SERIES: Final = "release_invoice"
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Fee:
    """What was stated last, and what came in."""

    fee_id: int
    number: str
    lines: tuple[FeeLine, ...]
    total_cents: int
    paid_cents: int
    paid_first: bool
    waived: str
    stated_on: date
    pages: int
    payment_id: int | None
    """The last payment that stands."""

    @property
    def is_paid(self) -> bool:
        return self.paid_cents >= self.total_cents

    @property
    def open_cents(self) -> int:
        return self.total_cents - self.paid_cents


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated fee, and the one it replaced."""

    fee_id: int
    replaced_id: int | None


def _taken_back(done: Performed) -> Undo:
    return Undo(take_back_payment, payment_id=done.result, reason="Entered by mistake")


@query(permission="records.view")
def quote(work: Work, *, request_id: int, costs: Costs = NO_COSTS) -> Quote:
    """The fee that the office's rule asks for what is chosen now."""
    row = work.get(ReleaseRequest, request_id)
    return quoted(fee_for(row), release_fee_rules.rule_of(work, fee_for(row)), row.pages_chosen, costs)


@query(permission="records.view")
def fee(work: Work, *, request_id: int) -> Fee | None:
    """What was stated last; None: nothing yet."""
    return standing(work, (request_id,)).get(request_id)


def standing(work: Work, request_ids: Iterable[int]) -> dict[int, Fee]:
    """The fee that stands, of each request that has one; three statements."""
    ids = tuple(request_ids)
    fees = list(
        work.session.scalars(
            select(ReleaseFee).where(ReleaseFee.request_id.in_(ids)).order_by(ReleaseFee.number)
        )
    )
    sums = dict(
        work.session.execute(
            select(ReleaseFeePaid.fee_id, func.sum(ReleaseFeePaid.amount_cents))
            .join(ReleaseFee, ReleaseFee.id == ReleaseFeePaid.fee_id)
            .where(ReleaseFee.request_id.in_(ids))
            .group_by(ReleaseFeePaid.fee_id)
        ).all()
    )
    taken_back = select(ReleaseFeePaid.takes_back_id).where(ReleaseFeePaid.takes_back_id.is_not(None))
    last = dict(
        work.session.execute(
            select(ReleaseFeePaid.fee_id, func.max(ReleaseFeePaid.id))
            .join(ReleaseFee, ReleaseFee.id == ReleaseFeePaid.fee_id)
            .where(
                ReleaseFee.request_id.in_(ids),
                ReleaseFeePaid.takes_back_id.is_(None),
                ReleaseFeePaid.id.not_in(taken_back),
            )
            .group_by(ReleaseFeePaid.fee_id)
        ).all()
    )
    return {
        each.request_id: Fee(
            fee_id=each.id,
            number=invoice_number(each.number),
            lines=msgspec.json.decode(each.lines, type=tuple[FeeLine, ...]),
            total_cents=each.total_cents,
            paid_cents=int(sums.get(each.id) or 0),
            paid_first=each.paid_first,
            waived=each.waived,
            stated_on=each.stated_on,
            pages=each.pages,
            payment_id=last.get(each.id),
        )
        for each in fees
    }


def keeps_back(work: Work, row: ReleaseRequest) -> Finding | None:
    """Why the fee keeps the copies in the office; None: it does not."""
    stated = standing(work, (row.id,)).get(row.id)
    if stated is None:
        made = quoted(fee_for(row), release_fee_rules.rule_of(work, fee_for(row)), row.pages_chosen, NO_COSTS)
        if made.rule.method is FeeMethod.NONE:
            return None
        return Finding("The fee was not stated. State it, or waive it.", "fee")
    if stated.paid_first and not stated.is_paid:
        return Finding(
            f"{dollars(stated.open_cents)} of {stated.number} is not paid, and the office sends after "
            "payment. Enter the payment, or waive the fee.",
            "fee",
        )
    return None


def check_lines(work: Work, row: ReleaseRequest) -> tuple[CheckLine, ...]:
    """How the fee stands, as a line of the checklist of a request."""
    stated = standing(work, (row.id,)).get(row.id)
    if stated is None:
        rule = release_fee_rules.rule_of(work, fee_for(row))
        if rule.method is FeeMethod.NONE:
            return (CheckLine("No fee is asked", Mark.DONE, item=CHECK),)
        up_to = f" ($0.00 to {dollars(rule.flat_cents)})" if rule.method is FeeMethod.FLAT else ""
        return (CheckLine(f"Fee stated{up_to}", Mark.OPEN, "not set", CHECK),)
    if stated.waived:
        return (CheckLine("Fee stated", Mark.DONE, "waived", CHECK),)
    is_open = stated.paid_first and not stated.is_paid
    paid = "paid" if stated.is_paid and stated.total_cents else "open" if is_open else "stated"
    mark = Mark.MISSING if is_open else Mark.DONE
    return (CheckLine("Fee stated", mark, f"{dollars(stated.total_cents)}, {paid}", CHECK),)


@command(
    "State fee for copies",
    permission="records.release",
    undo=irreversible("A stated fee stays on record. State it anew, or waive it."),
    in_turn=True,
)
def state(
    work: Work,
    *,
    request_id: int,
    costs: Costs,
    waived: str = "",
    instead_of: int | None = None,
) -> Stated:
    """By the office's rule, or nothing with a reason; `instead_of` is the fee that was seen."""
    row = release_steps.open_request(work, request_id)
    before = standing(work, (request_id,)).get(request_id)
    findings = []
    if (before.fee_id if before else None) != instead_of:
        findings.append(Finding("Another desk has just stated the fee of this request. Look at it.", "fee"))
    if before is not None and before.paid_cents:
        findings.append(
            Finding("This fee is paid already. Take the payment back before you state another.", "fee")
        )
    findings += [
        Finding("Enter an amount from $0.00 to $10,000.00.", field)
        for field in ("labor_cents", "supplies_cents", "postage_cents")
        if not 0 <= getattr(costs, field) <= _MOST
    ]
    if not row.pages_chosen and not waived.strip():
        findings.append(Finding("Choose the pages first: the fee depends on them.", "fee"))
    refuse_if_any(findings)
    rule = release_fee_rules.rule_of(work, fee_for(row))
    made = quoted(fee_for(row), rule, row.pages_chosen, costs)
    is_waived = bool(waived.strip())
    fee_row = work.add(
        ReleaseFee(
            request_id=row.id,
            number=work.next_number(_SERIES),
            lines=msgspec.json.encode(() if is_waived else made.lines).decode(),
            total_cents=0 if is_waived else made.total_cents,
            pages=row.pages_chosen,
            paid_first=rule.paid_first,
            waived=waived.strip(),
            replaces_id=before.fee_id if before else None,
            stated_on=work.today,
            stated_at=work.now,
            stated_by=work.actor.name,
            stated_by_id=work.actor.user_id,
        )
    )
    return Stated(fee_row.id, instead_of)


@command("Enter payment for copies", permission="records.release", undo=_taken_back, in_turn=True)
def enter_payment(
    work: Work, *, fee_id: int, amount_cents: int, paid_on: date, how: PaidHow, receipt_number: str
) -> int:
    """Money that came for a stated fee, with the number of the receipt that was given for it."""
    row = work.get(ReleaseFee, fee_id)
    request = work.get(ReleaseRequest, row.request_id)
    work.concerns(request.patient_id)
    stands = standing(work, (request.id,))[request.id]
    findings = []
    if stands.fee_id != fee_id:
        findings.append(Finding("This fee was stated anew meanwhile. Look at the newer one.", "fee"))
    left = stands.open_cents
    if not 0 < amount_cents <= max(left, 0):
        findings.append(
            Finding(
                f"{dollars(left)} is open. Enter that, or less." if left > 0 else "Nothing is open.",
                "amount_cents",
            )
        )
    if not receipt_number.strip():
        findings.append(Finding("Enter the number of the receipt.", "receipt_number"))
    if paid_on > work.today:
        findings.append(Finding("This day is still to come. Look at the date again.", "paid_on"))
    refuse_if_any(findings)
    return work.add(
        ReleaseFeePaid(
            fee_id=fee_id,
            amount_cents=amount_cents,
            paid_on=paid_on,
            how=how,
            receipt_number=receipt_number.strip(),
            recorded_at=work.now,
            recorded_by=work.actor.name,
            recorded_by_id=work.actor.user_id,
        )
    ).id


@command(
    "Take back payment for copies",
    permission="records.release",
    undo=irreversible("Enter the payment again."),
    in_turn=True,
)
def take_back_payment(work: Work, *, payment_id: int, reason: str) -> None:
    """It did not come after all: a row of its own takes it back."""
    paid = work.get(ReleaseFeePaid, payment_id)
    row = work.get(ReleaseFee, paid.fee_id)
    work.concerns(work.get(ReleaseRequest, row.request_id).patient_id)
    findings = []
    if paid.takes_back_id is not None:
        findings.append(Finding("This is no payment. Choose the payment itself."))
    if not reason.strip():
        findings.append(Finding("Write why the payment is taken back.", "reason"))
    again = select(ReleaseFeePaid.id).where(ReleaseFeePaid.takes_back_id == payment_id)
    if work.session.scalar(again) is not None:
        findings.append(Finding("This payment was taken back already."))
    refuse_if_any(findings)
    work.add(
        ReleaseFeePaid(
            fee_id=paid.fee_id,
            amount_cents=-paid.amount_cents,
            paid_on=work.today,
            how=paid.how,
            receipt_number=paid.receipt_number,
            takes_back_id=payment_id,
            recorded_at=work.now,
            recorded_by=work.actor.name,
            recorded_by_id=work.actor.user_id,
        )
    )


@query(permission="records.view")
def invoice(work: Work, *, request_id: int) -> bytes:
    """The fee that stands, as a PDF to send ahead."""
    row = work.get(ReleaseRequest, request_id)
    stands = standing(work, (request_id,)).get(request_id)
    if stands is None:
        raise Refused(Finding("The fee was not stated. State it, or waive it.", "fee"))
    patient = work.get(Patient, row.patient_id)
    return invoice_pdf(
        InvoiceSheet(
            sender=sheets.sender(work),
            number=stands.number,
            request=number_words(row.number),
            to=row.requester_name,
            to_lines=tuple(line for line in row.requester_address.splitlines() if line.strip()),
            patient=first_last(patient.legal_first, patient.legal_last),
            stated_on=us_date(stands.stated_on),
            their_reference=row.their_reference,
            lines=tuple((line.words, dollars(line.cents)) for line in stands.lines),
            total=dollars(stands.total_cents),
            paid=dollars(stands.paid_cents) if stands.paid_cents else "",
            open=dollars(stands.open_cents),
            waived=stands.waived,
            paid_first=stands.paid_first and not stands.is_paid,
        )
    )


def invoice_number(number: int) -> str:
    """ "RF-0012"."""
    return f"RF-{number:04d}"
