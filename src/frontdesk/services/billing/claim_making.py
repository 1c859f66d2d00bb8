"""Claims are made with the charges of a superbill, or after another claim; voided when those change."""

from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.models.billing.charges import ChargeLine, Superbill, SuperbillDiagnosis
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import claim_circumstances, claim_parts, drugs, parties
from frontdesk.services.billing.claim_steps import (
    EDITABLE,
    check_all,
    is_blocked,
    move,
    only_from,
    record,
    said,
)
from frontdesk.services.work import Work


def draft(work: Work, superbill: Superbill) -> int | None:
    """Make the claim of a superbill that was just entered, and check it; None where no insurer is asked."""
    payer_id = parties.payer_of(work, superbill.coverage_id)
    if superbill.coverage_id is None or payer_id is None:
        return None
    work.flush()
    lines = work.session.scalars(
        select(ChargeLine)
        .where(
            ChargeLine.superbill_id == superbill.id,
            ChargeLine.voided_at.is_(None),
            ChargeLine.is_fee.is_(False),
        )
        .order_by(ChargeLine.place, ChargeLine.id)
    ).all()
    diagnoses = work.session.scalars(
        select(SuperbillDiagnosis.code)
        .where(SuperbillDiagnosis.superbill_id == superbill.id)
        .order_by(SuperbillDiagnosis.place)
    ).all()
    claim = Claim(
        number=_next_number(work),
        patient_id=superbill.patient_id,
        superbill_id=superbill.id,
        appointment_id=superbill.appointment_id,
        provider_id=superbill.provider_id,
        coverage_id=superbill.coverage_id,
        payer_id=payer_id,
        service_on=superbill.service_on,
        charge_cents=sum(line.amount_cents for line in lines),
        place_of_service=superbill.place_of_service,
        diagnoses=" ".join(diagnoses),
        state=ClaimState.DRAFT,
        state_since_at=work.now,
        file_by_on=superbill.service_on + timedelta(days=work.get(Payer, payer_id).timely_filing_days),
    )
    work.add(claim)
    _add_lines(work, claim, [(line.id, line.diagnosis_pointers) for line in lines])
    claim_parts.begin(work, claim)
    drugs.onto_claim(work, claim.id)
    record(work, claim, EventKind.MADE)
    check_all(work, [claim])
    return claim.id


def release(work: Work, superbill: Superbill) -> None:
    """The superbill is released: its claim is ready, or needs a fix."""
    for claim in _of_superbill(work, superbill.id, (ClaimState.DRAFT,)):
        move(work, claim, ClaimState.READY)
        record(work, claim, EventKind.RELEASED)
        ((_, findings),) = check_all(work, [claim]).values()
        if not is_blocked(findings):
            record(work, claim, EventKind.CHECKED, said(findings))


def discard(work: Work, superbill: Superbill, reason: str) -> None:
    """The superbill is entered again: its claim is void. Raises Refused once it lies with the payer."""
    standing = tuple(state for state in ClaimState if state not in (ClaimState.VOID, ClaimState.CLOSED))
    for claim in _of_superbill(work, superbill.id, standing):
        only_from(claim, EDITABLE, "Correct the claim instead.")
        move(work, claim, ClaimState.VOID)
        record(work, claim, EventKind.VOIDED, reason.strip())


def copy(
    work: Work, claim: Claim, *, coverage_id: int, payer_id: int, file_by_on: date, follows_id: int | None
) -> Claim:
    """Another claim for the same services, ready, with lines and numbers of its own."""
    new = Claim(
        number=_next_number(work),
        patient_id=claim.patient_id,
        superbill_id=claim.superbill_id,
        appointment_id=claim.appointment_id,
        provider_id=claim.provider_id,
        coverage_id=coverage_id,
        payer_id=payer_id,
        service_on=claim.service_on,
        charge_cents=claim.charge_cents,
        place_of_service=claim.place_of_service,
        diagnoses=claim.diagnoses,
        follows_id=follows_id,
        state=ClaimState.READY,
        state_since_at=work.now,
        file_by_on=file_by_on,
    )
    work.add(new)
    lines = work.session.scalars(
        select(ClaimLine).where(ClaimLine.claim_id == claim.id).order_by(ClaimLine.place)
    ).all()
    _add_lines(work, new, [(line.charge_line_id, line.diagnosis_pointers) for line in lines])
    claim_parts.copy(work, claim, new)
    claim_circumstances.copy(work, claim, new)
    return new


def _of_superbill(work: Work, superbill_id: int, states: tuple[ClaimState, ...]) -> list[Claim]:
    found = select(Claim).where(Claim.superbill_id == superbill_id, Claim.state.in_(states))
    return list(work.session.scalars(found.order_by(Claim.id)))


def _add_lines(work: Work, claim: Claim, lines: list[tuple[int, str]]) -> None:
    for place, (charge_line_id, pointers) in enumerate(lines, 1):
        work.add(
            ClaimLine(
                claim_id=claim.id,
                charge_line_id=charge_line_id,
                place=place,
                control_number=f"{claim.number}-{place}",
                diagnosis_pointers=pointers,
            )
        )


def _next_number(work: Work) -> str:
    """Counted per year: "26-04127"."""
    year = work.today.year
    return f"{year % 100:02}-{work.next_number(f'claim {year}'):05}"
