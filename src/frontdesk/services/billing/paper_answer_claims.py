"""The claims that a payer's paper can be about: found by number, patient or day; opened for typing."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.billing.remittances import (
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
)
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import claim_rows, next_payer, remittance_posting
from frontdesk.services.billing.claim_steps import EDITABLE, SAID, WITH_PAYER
from frontdesk.services.billing.paper_answer_sums import (
    PRIOR,
    Decided,
    PaperClaim,
    PaperLine,
    PaperReason,
    mirrored,
)
from frontdesk.services.billing.remittance_match import as_ours
from frontdesk.services.command import query
from frontdesk.services.work import Work

NEVER_SENT = (*EDITABLE, ClaimState.BATCHED, ClaimState.VOID)
"""The payer cannot have answered it."""
_ANSWERED = (*WITH_PAYER, ClaimState.PART_PAID, ClaimState.DENIED, ClaimState.APPEALED, ClaimState.PAID)
"""A paper may be about it; about a paid one, where the payer takes its payment back."""


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """A claim as it stands over its lines."""

    claim_id: int
    number: str
    patient_id: int
    patient: str
    service_on: date
    charge_cents: int
    payer: str
    standing: str
    """ "was sent"."""
    why_not: str = ""
    """Why this paper cannot be about it, in a sentence."""


@dataclass(frozen=True, slots=True)
class OpenedClaim:
    """A claim ready for typing: its head, and its lines with nothing in them but what was billed."""

    head: ClaimHead
    claim: PaperClaim


@query(permission="billing.remittances")
def find(work: Work, *, payer_id: int | None, typed: str, limit: int = 12) -> tuple[ClaimHead, ...]:
    """Claims of a payer by number, patient or day, open ones first; by number any, with why it may not be."""
    wanted = typed.strip()
    if not wanted:
        return ()
    number = as_ours(wanted)
    found = _heads(
        work,
        payer_id,
        (Claim.payer_id == payer_id) & Claim.state.in_(_ANSWERED) & _fits(wanted),
        limit,
    )
    known = {head.claim_id for head in found}
    exact = _heads(work, payer_id, Claim.number.in_({wanted, number}), 2)
    return (*(head for head in exact if head.claim_id not in known), *found)


@query(permission="billing.remittances")
def open_claim(work: Work, *, payer_id: int | None, claim_id: int) -> OpenedClaim:
    """A claim ready for typing; raises Refused with why this payer's paper cannot be about it.

    What the payers before have settled stands in the first answer of a later one, as OA-23.
    """
    head = heads(work, payer_id, {claim_id}).get(claim_id)
    if head is None:
        raise Refused(Finding("This claim is no longer there. Another desk may have removed it."))
    if head.why_not:
        raise Refused(Finding(head.why_not, "claim"))
    work.concerns(head.patient_id)
    is_later = work.get(Claim, claim_id).follows_id is not None and standing_answer(work, claim_id) is None
    asked = next_payer.open_lines(work, [claim_id]) if is_later else {}
    lines = []
    for line, charge in claim_rows.lines(work, [claim_id])[claim_id]:
        before = charge.amount_cents - asked.get((claim_id, charge.id), charge.amount_cents)
        reasons = (PaperReason(*PRIOR, before),) if before > 0 else ()
        lines.append(PaperLine(line.place, charge.code, charge.amount_cents, reasons=reasons))
    return OpenedClaim(head, PaperClaim(claim_id, tuple(lines)))


@query(permission="billing.remittances")
def taken_back(work: Work, *, claim_id: int) -> PaperClaim:
    """The answer that stands posted on a claim, as a paper that takes it back has it."""
    answer = standing_answer(work, claim_id)
    if answer is None:
        number = work.get(Claim, claim_id).number
        raise Refused(
            Finding(
                f"Nothing was posted on claim {number} that the payer could take back. If it takes money "
                "for a claim that is not here, type it as an amount apart from the claims (WO).",
                "claim",
            )
        )
    return PaperClaim(
        claim_id,
        mirrored(_lines_of(work, answer)),
        Decided.TAKEN_BACK,
        answer.payer_control_number,
        answer.id,
    )


def standing_answer(work: Work, claim_id: int) -> RemittanceClaim | None:
    """The newest answer of a claim that stands in the ledger."""
    answers = work.session.scalars(
        select(RemittanceClaim)
        .where(RemittanceClaim.claim_id == claim_id, RemittanceClaim.status != "22")
        .order_by(RemittanceClaim.id.desc())
    )
    return next((each for each in answers if remittance_posting.standing_of(work, each.id)), None)


def heads(work: Work, payer_id: int | None, claim_ids: set[int]) -> dict[int, ClaimHead]:
    """Claims by their ids, each with why a paper of this payer cannot be about it."""
    found = _heads(work, payer_id, Claim.id.in_(sorted(claim_ids)), None)
    return {head.claim_id: head for head in found}


def _heads(
    work: Work, payer_id: int | None, which: ColumnElement[bool], limit: int | None
) -> list[ClaimHead]:
    found = work.session.execute(
        select(Claim, Patient.legal_last, Patient.legal_first, Payer.name)
        .join(Patient, Claim.patient_id == Patient.id)
        .join(Payer, Claim.payer_id == Payer.id)
        .where(which)
        .order_by(Claim.state == ClaimState.PAID, Claim.service_on.desc(), Claim.number)
        .limit(limit)
    ).all()
    asked = work.session.get(Payer, payer_id) if payer_id is not None else None
    return [
        ClaimHead(
            claim_id=claim.id,
            number=claim.number,
            patient_id=claim.patient_id,
            patient=last_first(last, first),
            service_on=claim.service_on,
            charge_cents=claim.charge_cents,
            payer=payer,
            standing=SAID[claim.state],
            why_not=_why_not(claim, payer, asked),
        )
        for claim, last, first, payer in found
    ]


def _why_not(claim: Claim, payer: str, asked: Payer | None) -> str:
    if claim.state in NEVER_SENT:
        return f"Claim {claim.number} {SAID[claim.state]}. The payer cannot have answered it."
    if asked is None:
        return "Choose the payer first."
    if claim.payer_id != asked.id:
        return (
            f"Claim {claim.number} was sent to {payer}, not to {asked.name}. "
            "Look at the paper: choose another claim, or the other payer."
        )
    return ""


def _fits(typed: str) -> ColumnElement[bool]:
    """What was typed is a number, its last digits, a day, or the beginning of a name."""
    number = as_ours(typed)
    fits = [
        Claim.number.startswith(number, autoescape=True),
        Claim.number.endswith(typed, autoescape=True),
    ]
    if (day := _day(typed)) is not None:
        fits.append(Claim.service_on == day)
    words = fold(typed.replace(",", " ")).split()
    if words and not any(character.isdigit() for character in typed):
        fits.append(and_(*(_begins(word) for word in words)))
    return or_(*fits)


def _begins(word: str) -> ColumnElement[bool]:
    """One of the patient's names begins so."""
    name = Patient.search_name
    return name.startswith(word, autoescape=True) | name.contains(f" {word}", autoescape=True)


def _day(typed: str) -> date | None:
    for written in ("%m/%d/%Y", "%m/%d/%y", "%m%d%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(typed, written).date()
        except ValueError:
            continue
    return None


def _lines_of(work: Work, answer: RemittanceClaim) -> tuple[PaperLine, ...]:
    """An answer's lines with their reasons; what it says of the whole claim is a line of its own, 0."""
    reasons: dict[int, list[PaperReason]] = {}
    for row in work.session.scalars(
        select(RemittanceAdjustment)
        .where(RemittanceAdjustment.remittance_claim_id == answer.id)
        .order_by(RemittanceAdjustment.id)
    ):
        reasons.setdefault(row.line, []).append(
            PaperReason(row.group_code, row.reason_code, row.amount_cents)
        )
    lines = work.session.scalars(
        select(RemittanceLine)
        .where(RemittanceLine.remittance_claim_id == answer.id)
        .order_by(RemittanceLine.place)
    ).all()
    told = [
        PaperLine(
            row.place, row.code, row.charge_cents, None, row.paid_cents, tuple(reasons.get(row.place, ()))
        )
        for row in lines
    ]
    whole = tuple(reasons.get(0, ()))
    if whole or not told:
        left = answer.charge_cents - sum(line.charge_cents for line in told)
        paid = answer.paid_cents - sum(line.paid_cents or 0 for line in told)
        told.insert(
            0,
            PaperLine(
                0,
                f"Claim of {us_date(answer.served_on)}" if answer.served_on else "Claim",
                left,
                None,
                paid,
                whole,
            ),
        )
    return tuple(told)
