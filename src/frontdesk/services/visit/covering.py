"""A new card from a day on, and the end of a coverage: what becomes of visits and claims."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import Superbill, SuperbillState
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.registration.coverage import Coverage
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.visit_coverage import VisitCoverage
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import coverages, policies
from frontdesk.services.registration.drafts import PolicyDraft
from frontdesk.services.work import Work

_UNSENT = (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY, ClaimState.HELD)
_OVER = (ClaimState.VOID, ClaimState.CORRECTED, ClaimState.CLOSED)
_SEEN = (Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a new card from a day on means, in sentences; empty where nothing went out on the old one."""

    sentences: tuple[str, ...]


@query(permission="registration.view")
def consequences(work: Work, *, policy_id: int, from_day: date) -> Consequences:
    """What happens to claims and visits when another card holds from a day on."""
    rows = work.session.execute(
        select(Claim.number, Claim.state, Claim.service_on)
        .join(Coverage, Coverage.id == Claim.coverage_id)
        .where(Coverage.policy_id == policy_id, Claim.state.not_in(_OVER))
        .order_by(Claim.service_on, Claim.id)
    ).all()
    before = [number for number, _, on in rows if on < from_day]
    sent = [number for number, state, on in rows if on >= from_day and state not in _UNSENT]
    unsent = [number for number, state, on in rows if on >= from_day and state in _UNSENT]
    sentences = []
    if before:
        sentences.append(f"{_claims(before)} for earlier visits {_keep(before)} the old card.")
    if sent:
        sentences.append(f"{_claims(sent)} went out with the old card. Correct {_them(sent)} in Billing.")
    if unsent:
        sentences.append(
            f"{_claims(unsent)} {_are(unsent)} not sent yet and {_have(unsent)} the old card. "
            "Reopen the superbill to bill the new one."
        )
    return Consequences(tuple(sentences))


@command(
    "Enter new card",
    permission="registration.coverage",
    undo=irreversible("Both cards stay on file. Enter the right card, or end its coverage."),
    in_turn=True,
)
def new_card(work: Work, *, policy_id: int, card: PolicyDraft) -> int:
    """From its first day the new edition pays: for coming visits, and on superbills not yet entered."""
    old_ids = list(
        work.session.scalars(select(Coverage.id).where(Coverage.policy_id == policy_id).order_by(Coverage.id))
    )
    new_id = policies.replace(work, policy_id=policy_id, card=card)
    work.flush()
    new_of = {
        (row.patient_id, row.case_number, row.rank): row.id
        for row in work.session.scalars(select(Coverage).where(Coverage.policy_id == new_id))
    }
    moves = {}
    for old in (work.get(Coverage, each) for each in old_ids):
        target = new_of.get((old.patient_id, old.case_number, old.rank))
        if target is not None:
            moves[old.id] = target
    if moves:
        _follow(work, moves, card.effective_from)
    return new_id


def _ended_before(done: Performed) -> Undo:
    return Undo(coverages.set_end, coverage_id=done.arguments["coverage_id"], last_day=done.result)


@command("End coverage on a day", permission="registration.coverage", undo=_ended_before)
def end(work: Work, *, coverage_id: int, last_day: date, reason: str = "") -> date | None:
    """The last covered day; after visits that it covered only with a reason. Gives back the former end."""
    row = work.get(Coverage, coverage_id)
    work.concerns(row.patient_id)
    after = work.session.scalars(
        select(Appointment.starts)
        .where(
            Appointment.patient_id == row.patient_id,
            Appointment.lifecycle.in_(_SEEN),
            Appointment.starts >= datetime.combine(last_day + timedelta(days=1), time()),
        )
        .order_by(Appointment.starts.desc())
        .limit(1)
    ).first()
    if after is not None and not row.case_number and not reason.strip():
        raise Refused(
            Finding(
                f"The patient was seen on {us_date(after.date())}, after this day. "
                "Choose a later day, or say why the coverage had ended by then.",
                "last_day",
                overridable=True,
            )
        )
    before = coverages.set_end(work, coverage_id=coverage_id, last_day=last_day)
    if reason.strip():
        row.cob_note = f"{row.cob_note} Ended {us_date(last_day)}: {reason.strip()}".strip()[:500]
    return before


def _follow(work: Work, moves: dict[int, int], from_day: date) -> None:
    bills = work.session.scalars(
        select(Superbill)
        .where(
            Superbill.coverage_id.in_(sorted(moves)),
            Superbill.service_on >= from_day,
            Superbill.state.in_((SuperbillState.ISSUED, SuperbillState.RETURNED)),
        )
        .order_by(Superbill.id)
    ).all()
    for bill in bills:
        bill.coverage_id = moves[bill.coverage_id or 0]
    chosen = work.session.scalars(
        select(VisitCoverage)
        .join(Appointment, Appointment.id == VisitCoverage.appointment_id)
        .where(
            VisitCoverage.coverage_id.in_(sorted(moves)),
            Appointment.starts >= datetime.combine(from_day, time()),
        )
        .order_by(VisitCoverage.id)
    ).all()
    for row in chosen:
        row.coverage_id = moves[row.coverage_id or 0]


def _claims(numbers: list[str]) -> str:
    return f"Claim {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} claims"


def _keep(numbers: list[str]) -> str:
    return "keeps" if len(numbers) == 1 else "keep"


def _them(numbers: list[str]) -> str:
    return "it" if len(numbers) == 1 else "them"


def _are(numbers: list[str]) -> str:
    return "is" if len(numbers) == 1 else "are"


def _have(numbers: list[str]) -> str:
    return "has" if len(numbers) == 1 else "have"
