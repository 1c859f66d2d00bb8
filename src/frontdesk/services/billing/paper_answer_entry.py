"""A paper that is typed in whole, as the values of an 835; everything that is wrong with it, at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from frontdesk.formats.x12.remittance import (
    Adjustment,
    ClaimStatus,
    Organization,
    PaidClaim,
    PaidLine,
    Payment,
    Person,
    ProviderAdjustment,
)
from frontdesk.formats.x12.remittance_balance import claim_imbalances, payment_imbalance
from frontdesk.kernel.errors import Finding
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.billing.remittances import Remittance, RemittanceState
from frontdesk.models.records.document import Document
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import claim_gather, claim_rows, paper_answer_claims, remittance_intake
from frontdesk.services.billing.claim_steps import SAID, WITH_PAYER
from frontdesk.services.billing.paper_answer_claims import ClaimHead
from frontdesk.services.billing.paper_answer_scans import IN_RECORDS
from frontdesk.services.billing.paper_answer_sums import (
    Decided,
    Paper,
    PaperClaim,
    PaperLine,
    PaperReason,
    Way,
    sums,
)
from frontdesk.services.billing.remittance_rules import GROUPS
from frontdesk.services.work import Work

_STATUSES = {
    Decided.PROCESSED: (ClaimStatus.PRIMARY, ClaimStatus.SECONDARY, ClaimStatus.TERTIARY),
    Decided.FORWARDED: (
        ClaimStatus.PRIMARY_FORWARDED,
        ClaimStatus.SECONDARY_FORWARDED,
        ClaimStatus.TERTIARY_FORWARDED,
    ),
    Decided.DENIED: (ClaimStatus.DENIED,),
    Decided.TAKEN_BACK: (ClaimStatus.REVERSAL,),
}
"""CLP02 by the rank of the coverage that was asked."""
_LONGEST = 50
"""TRN02, CLP07 and PLB03-2 take 50 characters."""


@dataclass(frozen=True, slots=True)
class TypedIn:
    """What a paper says, as an 835 would say it."""

    payment: Payment
    claims: tuple[PaidClaim, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...]

    def __iter__(self) -> Iterator[PaidClaim]:
        return iter(self.claims)


def twin(work: Work, payer_id: int | None, trace: str) -> Remittance | None:
    """The remittance that has this payer's check already, whatever it came on; leading zeros do not count."""
    bare = trace.strip().lstrip("0")
    if payer_id is None or not bare:
        return None
    return work.session.scalar(
        select(Remittance)
        .where(
            Remittance.payer_id == payer_id,
            func.ltrim(Remittance.trace, "0") == bare,
            Remittance.state != RemittanceState.DISCARDED,
        )
        .order_by(Remittance.id)
        .limit(1)
    )


def known_already(known: Remittance) -> str:
    """That a check was taken in before, in a sentence."""
    stands = "posted" if known.state is RemittanceState.POSTED else "waiting to be posted"
    what = remittance_intake.trace_sentence(known)
    return f"{what} is here already as {known.name}, {stands}. Nothing was entered twice."


def findings(work: Work, paper: Paper) -> list[Finding]:
    """Everything that keeps a paper from being entered, as it stands now."""
    payer = work.session.get(Payer, paper.payer_id) if paper.payer_id is not None else None
    found = list(_of_the_check(work, paper, payer))
    if not paper.claims and not paper.items:
        found.append(Finding("Nothing is typed in yet. Add the claims that the paper names.", "claim"))
    heads = paper_answer_claims.heads(work, paper.payer_id, {each.claim_id for each in paper.claims})
    seen: set[tuple[int, bool]] = set()
    for claim in paper.claims:
        head = heads[claim.claim_id]
        found += (Finding(said, "claim") for said in _of_a_claim(work, claim, head))
        key = (claim.claim_id, claim.decided is Decided.TAKEN_BACK)
        if key in seen:
            said = f"Claim {head.number} stands twice on this paper. Take one of the two out."
            found.append(Finding(said, "claim"))
        seen.add(key)
    for item in paper.items:
        if not item.cents:
            found.append(Finding(f"Type the amount of {item.reason}, or take it out.", "items"))
    if payer is not None and not found:
        found += _imbalances(work, paper, payer, heads)
    return found


def typed_in(work: Work, paper: Paper, payer: Payer) -> TypedIn:
    """A paper that has no findings, as an 835 would say it; claims in process are no part of it."""
    assert paper.paid_on is not None, "it was looked at before"
    told = [claim for claim in paper.claims if claim.decided is not Decided.IN_PROCESS]
    ids = [claim.claim_id for claim in told]
    rows = claim_rows.lines(work, ids)
    whose = {
        claim.id: (claim, patient, rank, member)
        for claim, patient, rank, member in work.session.execute(
            select(Claim, Patient, Coverage.rank, Policy.member_id)
            .join(Patient, Claim.patient_id == Patient.id)
            .join(Coverage, Claim.coverage_id == Coverage.id)
            .join(Policy, Coverage.policy_id == Policy.id)
            .where(Claim.id.in_(ids))
        )
    }
    ours = claim_gather.practice(work)
    return TypedIn(
        payment=Payment(
            handling="I" if paper.paid_cents else "H",
            paid_cents=paper.paid_cents or 0,
            method=paper.way,
            effective_on=paper.paid_on,
            trace=paper.trace.strip(),
            payer_identifier="",
            produced_on=None,
            payer=Organization(payer.name, "XV" if payer.payer_id else "", payer.payer_id),
            payee=Organization(),
        ),
        claims=tuple(_claim(each, *whose[each.claim_id], rows[each.claim_id]) for each in told),
        provider_adjustments=tuple(
            ProviderAdjustment(
                ours.npi,
                date(paper.paid_on.year, 12, 31),
                item.reason,
                item.reference.strip(),
                item.lowers_cents,
            )
            for item in paper.items
        ),
    )


def _of_the_check(work: Work, paper: Paper, payer: Payer | None) -> Iterator[Finding]:
    if payer is None:
        yield Finding("Choose the payer.", "payer_id")
    if paper.way is Way.LETTER and paper.paid_cents:
        yield Finding("A letter brings no money. Choose check or EFT, or take the amount out.", "paid_cents")
    if paper.way is not Way.LETTER:
        if not paper.paid_cents:
            yield Finding("Type what was paid, or choose letter, no money.", "paid_cents")
        if not paper.trace.strip():
            yield Finding("Type the number of the check or EFT.", "trace")
        elif (known := twin(work, paper.payer_id, paper.trace)) is not None:
            yield Finding(known_already(known), "trace")
    if len(paper.trace.strip()) > _LONGEST:
        yield Finding(f"A number has {_LONGEST} characters at most. Shorten it.", "trace")
    if paper.paid_on is None:
        yield Finding("Type the date on the paper.", "paid_on")
    elif paper.paid_on > work.today:
        yield Finding(f"{us_date(paper.paid_on)} has not come yet. Look at the date.", "paid_on")
    elif paper.deposited_on is not None and paper.deposited_on < paper.paid_on:
        said = f"It cannot be deposited before {us_date(paper.paid_on)}, the date on it."
        yield Finding(said, "deposited_on")
    if paper.document_id is not None:
        document = work.session.get(Document, paper.document_id)
        if document is None or document.state not in IN_RECORDS:
            yield Finding("The scan is no longer in Records. Choose it again.", "document_id")


def _of_a_claim(work: Work, claim: PaperClaim, head: ClaimHead) -> Iterator[str]:
    if head.why_not:
        yield head.why_not
        return
    if claim.decided is Decided.IN_PROCESS:
        state = work.get(Claim, claim.claim_id).state
        if state not in WITH_PAYER:
            yield f"Claim {head.number} {SAID[state]}. That it is in process is news no longer; take it out."
    elif claim.decided is Decided.TAKEN_BACK:
        stands = paper_answer_claims.standing_answer(work, claim.claim_id)
        if stands is None or stands.id != claim.takes_back_id:
            yield (
                f"What is taken back on claim {head.number} no longer stands in the ledger. "
                "Take the claim out and add it again."
            )
    elif claim.decided is Decided.DENIED and any(line.paid_cents for line in claim.lines):
        yield f"Claim {head.number} is denied, and something is paid on it. Say that it was processed."
    for line in claim.lines if claim.decided is not Decided.IN_PROCESS else ():
        for reason in line.reasons:
            if said := _of_a_reason(reason):
                yield f"{line.code} of claim {head.number}: {said}"


def _of_a_reason(reason: PaperReason) -> str:
    if reason.group not in GROUPS:
        return f"{reason.group or 'Nothing'} is no group. Type CO, PR, OA, PI or CR."
    if not reason.reason.isalnum() or len(reason.reason) > 5:
        return "type the code of the reason, such as 97."
    return f"type the amount of {reason.code}." if reason.cents is None else ""


def _imbalances(work: Work, paper: Paper, payer: Payer, heads: dict[int, ClaimHead]) -> Iterator[Finding]:
    told = typed_in(work, paper, payer)
    for claim in told:
        wrong = [
            (line, off)
            for line in claim.lines
            if (off := line.charge_cents - sum(a.amount_cents for a in line.adjustments) - line.paid_cents)
        ]
        for line, off in wrong:
            yield Finding(
                f"{line.code} of claim {claim.claim_number} does not balance: {dollars(line.charge_cents)} "
                f"was billed, and {dollars(abs(off))} {'is not explained' if off > 0 else 'is too much'}.",
                "claim",
            )
        if not wrong:
            yield from (Finding(each.message, "claim") for each in claim_imbalances(claim))
    total = sums(paper)
    if payment_imbalance(told.payment, total.claims_paid_cents, told.provider_adjustments) is not None:
        due = total.claims_paid_cents - total.taken_back_cents
        yield Finding(
            f"The claims come to {dollars(due)}, and the check is for {dollars(total.check_cents)}: "
            f"{dollars(abs(total.off_cents))} {'is missing' if total.off_cents > 0 else 'is too much'}.",
            "paid_cents",
        )


def _claim(
    typed: PaperClaim,
    claim: Claim,
    patient: Patient,
    rank: int,
    member_id: str,
    rows: list[tuple[ClaimLine, ChargeLine]],
) -> PaidClaim:
    ours = {line.place: (line, charge) for line, charge in rows}
    whole = [line for line in typed.lines if line.place == 0]
    statuses = _STATUSES[typed.decided]
    return PaidClaim(
        claim_number=claim.number,
        status=statuses[min(rank, len(statuses)) - 1],
        charge_cents=sum(line.charge_cents for line in typed.lines),
        paid_cents=sum(line.paid_cents or 0 for line in typed.lines),
        patient_cents=sum(
            each.cents or 0 for line in typed.lines for each in line.reasons if each.group == "PR"
        ),
        filing_code="",
        payer_control_number=typed.payer_control_number.strip()[:_LONGEST],
        adjustments=tuple(each for line in whole for each in _adjustments(line)),
        lines=tuple(_line(line, *ours[line.place]) for line in typed.lines if line.place in ours),
        patient=Person(patient.legal_last, patient.legal_first, id_qualifier="MI", id=member_id),
        subscriber=Person(),
        corrected=Person(),
        rendering=Person(),
        forwarded_to=Person(),
        served_on=claim.service_on,
        served_until=None,
        received_on=None,
        remarks=tuple(dict.fromkeys(_codes(typed.remarks))),
        segment_number=0,
    )


def _line(typed: PaperLine, ours: ClaimLine, charge: ChargeLine) -> PaidLine:
    return PaidLine(
        number=typed.place,
        qualifier="HC",
        code=charge.code,
        modifiers=tuple(charge.modifiers.split()),
        charge_cents=typed.charge_cents,
        paid_cents=typed.paid_cents or 0,
        units=Decimal(charge.units),
        served_on=charge.service_on,
        served_until=None,
        control_number=ours.control_number,
        adjustments=_adjustments(typed),
        remarks=tuple(dict.fromkeys(word for each in typed.reasons for word in _codes(each.remark))),
        allowed_cents=typed.allowed_cents,
        submitted_code="",
        segment_number=0,
    )


def _adjustments(line: PaperLine) -> tuple[Adjustment, ...]:
    return tuple(Adjustment(each.group, each.reason, each.cents or 0) for each in line.reasons if each.cents)


def _codes(typed: str) -> list[str]:
    """Remark codes as people type them: "n130, m15"."""
    return typed.upper().replace(",", " ").split()
