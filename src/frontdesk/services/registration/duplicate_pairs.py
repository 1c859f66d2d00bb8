"""The worklist of possible duplicates: pairs of charts with what speaks for it, and what was decided."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import first_last
from frontdesk.models.registration.duplicate_pair import DuplicatePair, PairSource
from frontdesk.models.registration.duplicate_pair import PairState as PairState
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import match_keys
from frontdesk.services.registration.duplicates import look_alikes
from frontdesk.services.registration.likeness import compare
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

LATER_DAYS = 14
"""After how many days a pair that was put off is offered again."""
_LONGEST = 200
_MOST = 500
_NOTICEABLY = 1.0
"""More points than at the decision: something new speaks for it."""

says("ck_duplicate_pair_note", f"This is longer than {_LONGEST} letters. Shorten it.", field="note")


@dataclass(frozen=True, slots=True)
class PairSideLine:
    """One of the two charts."""

    patient_id: int
    name: str
    born_on: date
    chart_number: str
    status: PatientStatus


@dataclass(frozen=True, slots=True)
class Pair:
    """Two charts that may be one person's."""

    pair_id: int
    version: int
    one: PairSideLine
    other: PairSideLine
    points: float
    is_certain: bool
    reasons: tuple[str, ...]
    state: PairState
    is_from_desk: bool
    is_again: bool
    found_on: date
    decided_at: datetime | None
    """The office's wall time."""
    decided_by: str
    note: str
    later_on: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """How a pair stood before, so that it can stand so again."""

    pair_id: int
    state: PairState
    note: str
    later_on: date | None
    decided_by: str
    decided_at: datetime | None


@query(permission="registration.view")
def pairs(work: Work, *, states: tuple[PairState, ...] = (PairState.OPEN,)) -> tuple[Pair, ...]:
    """The most alike first; a pair put off counts as open from its day on."""
    one, other = aliased(Patient), aliased(Patient)
    rows = work.session.execute(
        select(DuplicatePair, one, other)
        .join(one, one.id == DuplicatePair.one_id)
        .join(other, other.id == DuplicatePair.other_id)
        .where(or_(*(_in_state(work, state) for state in states)), *_both_stand(states, one, other))
        .order_by(DuplicatePair.points.desc(), DuplicatePair.id)
        .limit(_MOST)
    )
    return tuple(_pair(work, row, _side(first), _side(second)) for row, first, second in rows)


@query(permission="registration.view")
def counts(work: Work) -> dict[str, int]:
    """How many pairs stand in each state."""
    return {state.value: _count(work, state) for state in PairState}


def open_count(work: Work) -> int:
    """How many pairs wait for a decision."""
    return _count(work, PairState.OPEN)


def _decided_undone(done: Performed) -> Undo:
    return Undo(put_back, before=done.result)


@command("Mark as two persons", permission="registration.edit", undo=_decided_undone)
def not_the_same(work: Work, *, pair_id: int, version: int, note: str = "") -> Decision:
    """The pair is not offered again, unless something changes that speaks for it."""
    row = _undecided(work, pair_id, version)
    before = _decision(row)
    _decide(work, row, PairState.DIFFERENT, note)
    return before


@command("Decide on duplicate later", permission="registration.edit", undo=_decided_undone)
def later(work: Work, *, pair_id: int, version: int, note: str = "") -> Decision:
    """The pair is offered again in two weeks."""
    row = _undecided(work, pair_id, version)
    before = _decision(row)
    _decide(work, row, PairState.LATER, note)
    row.later_on = work.today + timedelta(days=LATER_DAYS)
    return before


@command("Offer duplicate again", permission="registration.edit", undo=_decided_undone)
def reopen(work: Work, *, pair_id: int, version: int) -> Decision:
    """A pair that was put off or found different waits for a decision again."""
    row = work.get(DuplicatePair, pair_id, version)
    if row.state is PairState.MERGED:
        raise Refused(Finding("These charts are merged. Take the merge apart first."))
    work.concerns(row.one_id, row.other_id)
    before = _decision(row)
    row.state, row.later_on, row.note = PairState.OPEN, None, ""
    row.decided_at, row.decided_by = None, ""
    return before


@command(
    "Note possible duplicate",
    permission="registration.edit",
    undo=irreversible("The pair stays on the list of possible duplicates. Decide on it there."),
)
def suspect(work: Work, *, one_id: int, other_id: int) -> None:
    """Somebody noticed two charts that may be one person's: they wait for a decision."""
    if one_id == other_id:
        raise Refused(Finding("This is one and the same chart."))
    known = dict(match_keys.people(work, (one_id, other_id)))
    if len(known) < 2:
        raise Refused(Finding("One of these charts was merged already. Look at the list again."))
    work.concerns(one_id, other_id)
    likeness = compare(known[one_id], known[other_id])
    row = _pair_of(work, one_id, other_id)
    if row is not None:
        row.state, row.later_on, row.decided_at, row.decided_by = PairState.OPEN, None, None, ""
        return
    keep(
        work,
        (one_id, other_id),
        (likeness.points, likeness.is_certain, (f"Noticed by {work.actor.name}", *likeness.reasons)),
        PairSource.DESK,
    )


def _put_back_undone(done: Performed) -> Undo:
    return Undo(put_back, before=done.result)


@command("Put back decision on duplicate", permission="registration.edit", undo=_put_back_undone)
def put_back(work: Work, *, before: Decision) -> Decision:
    """The pair stands again as it stood; gives back how it stood until now."""
    row = work.get(DuplicatePair, before.pair_id)
    now = _decision(row)
    work.concerns(row.one_id, row.other_id)
    row.state, row.note, row.later_on = before.state, before.note, before.later_on
    row.decided_at, row.decided_by = before.decided_at, before.decided_by
    return now


# -- what others tell ---------------------------------------------------------------


def registered_all_the_same(work: Work, patient_id: int) -> None:
    """Somebody was registered although others looked alike: those pairs wait for a second look."""
    work.flush()
    (_, person), *_ = match_keys.people(work, (patient_id,))
    for alike in look_alikes(work, person):
        if alike.patient_id != patient_id:
            keep(
                work,
                (patient_id, alike.patient_id),
                (alike.points, alike.is_certain, alike.reasons),
                PairSource.DESK,
            )


def keep(
    work: Work,
    patients: tuple[int, int],
    likeness: tuple[float, bool, Sequence[str]],
    source: PairSource,
) -> bool:
    """Write a pair down, or look again at a known one; whether it is offered now and was not before."""
    one_id, other_id = sorted(patients)
    points, is_certain, reasons = likeness
    told = json.dumps(list(reasons), ensure_ascii=False)
    row = work.session.scalars(
        select(DuplicatePair).where(DuplicatePair.one_id == one_id, DuplicatePair.other_id == other_id)
    ).first()
    if row is None:
        work.add(
            DuplicatePair(
                one_id=one_id,
                other_id=other_id,
                points=points,
                is_certain=is_certain,
                reasons=told,
                state=PairState.OPEN,
                source=source,
                found_at=work.now,
            )
        )
        return True
    is_new = False
    if row.state is PairState.DIFFERENT:
        if points < row.points + _NOTICEABLY or set(reasons) <= set(json.loads(row.reasons)):
            return False  # what was known when it was decided
        row.state, row.is_again, row.decided_at, row.decided_by = PairState.OPEN, True, None, ""
        is_new = True
    row.points, row.is_certain, row.reasons = points, is_certain, told
    return is_new


def merged(work: Work, stays_id: int, goes_id: int) -> None:
    """Two charts became one: their pair, if it was on the list, is decided."""
    row = _pair_of(work, stays_id, goes_id)
    if row is not None:
        _decide(work, row, PairState.MERGED, row.note)


def taken_apart(work: Work, stays_id: int, goes_id: int, *, are_different: bool) -> None:
    """The charts are two again: for good, or as if the merge had not been."""
    row = _pair_of(work, stays_id, goes_id)
    if row is None:
        return
    if are_different:
        _decide(work, row, PairState.DIFFERENT, row.note)
    else:
        row.state, row.later_on, row.decided_at, row.decided_by = PairState.OPEN, None, None, ""


# -- inside -------------------------------------------------------------------------


def _undecided(work: Work, pair_id: int, version: int) -> DuplicatePair:
    row = work.get(DuplicatePair, pair_id, version)
    if row.state is PairState.MERGED:
        raise Refused(Finding("These charts are merged already."))
    work.concerns(row.one_id, row.other_id)
    return row


def _decide(work: Work, row: DuplicatePair, state: PairState, note: str) -> None:
    if len(note.strip()) > _LONGEST:
        raise Refused(Finding(f"This is longer than {_LONGEST} letters. Shorten it.", "note"))
    row.state, row.note, row.later_on, row.is_again = state, note.strip(), None, False
    row.decided_at, row.decided_by = work.now, work.actor.name


def _pair_of(work: Work, one: int, other: int) -> DuplicatePair | None:
    return work.session.scalars(
        select(DuplicatePair).where(
            DuplicatePair.one_id == min(one, other), DuplicatePair.other_id == max(one, other)
        )
    ).first()


def _decision(row: DuplicatePair) -> Decision:
    return Decision(row.id, row.state, row.note, row.later_on, row.decided_by, row.decided_at)


def _in_state(work: Work, state: PairState) -> ColumnElement[bool]:
    due = and_(DuplicatePair.state == PairState.LATER, DuplicatePair.later_on <= work.today)
    if state is PairState.OPEN:
        return or_(DuplicatePair.state == PairState.OPEN, due)
    if state is PairState.LATER:
        return and_(DuplicatePair.state == PairState.LATER, DuplicatePair.later_on > work.today)
    return DuplicatePair.state == state


def _both_stand(
    states: tuple[PairState, ...], one: type[Patient], other: type[Patient]
) -> tuple[ColumnElement[bool], ...]:
    """A chart that is merged meanwhile has no pairs, but the one with the chart it went into."""
    gone = or_(one.status == PatientStatus.MERGED, other.status == PatientStatus.MERGED)
    return (or_(DuplicatePair.state == PairState.MERGED, ~gone),)


def _count(work: Work, state: PairState) -> int:
    one, other = aliased(Patient), aliased(Patient)
    return (
        work.session.scalar(
            select(func.count())
            .select_from(DuplicatePair)
            .join(one, one.id == DuplicatePair.one_id)
            .join(other, other.id == DuplicatePair.other_id)
            .where(_in_state(work, state), *_both_stand((state,), one, other))
        )
        or 0
    )


def _side(row: Patient) -> PairSideLine:
    return PairSideLine(
        row.id, first_last(row.legal_first, row.legal_last), row.born_on, row.chart_number, row.status
    )


def _pair(work: Work, row: DuplicatePair, one: PairSideLine, other: PairSideLine) -> Pair:
    return Pair(
        pair_id=row.id,
        version=row.version,
        one=one,
        other=other,
        points=row.points,
        is_certain=row.is_certain,
        reasons=tuple(json.loads(row.reasons)),
        state=row.state,
        is_from_desk=row.source is PairSource.DESK,
        is_again=row.is_again,
        found_on=work.wall(row.found_at).date(),
        decided_at=None if row.decided_at is None else work.wall(row.decided_at),
        decided_by=row.decided_by,
        note=row.note,
        later_on=row.later_on,
    )
