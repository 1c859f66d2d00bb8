"""Looks for duplicates among all patients, some at a time; the next pass only among those that changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from frontdesk.kernel.errors import Conflict
from frontdesk.models.registration.duplicate_pair import DuplicateSweep, PairSource
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.search_key import PatientMatchKey
from frontdesk.models.security.audit import AuditPatient
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.registration import duplicate_pairs, match_keys
from frontdesk.services.registration.likeness import CERTAIN, compare
from frontdesk.services.registration.person import Person
from frontdesk.services.work import Work

PORTION = 200
"""Patients per step: the office goes on working between two."""
_AT_ONCE = 1000
_LARGEST_BLOCK = 150
"""A key that more patients share says nothing: it is passed over where another is shared."""


@dataclass(frozen=True, slots=True)
class SweepState:
    """How far the pass under way came, or what the last one found."""

    sweep_id: int | None
    begun_at: datetime | None
    """The office's wall time."""
    finished_at: datetime | None
    compared: int
    found: int
    left: int
    """Patients that are still to be looked at, or that changed since the last pass."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did."""

    sweep_id: int
    looked_at: int
    found: int
    left: int


@query(permission="registration.view")
def state(work: Work) -> SweepState:
    """The latest pass."""
    row = _latest(work)
    if row is None:
        return SweepState(None, None, None, 0, 0, _left(work, 0, 0))
    since, cursor = (row.until_id, 0) if row.finished_at else (row.since_id, row.cursor_id)
    return SweepState(
        row.id,
        work.wall(row.begun_at),
        None if row.finished_at is None else work.wall(row.finished_at),
        row.compared,
        row.found,
        _left(work, since, cursor),
    )


@command(
    "Look for duplicate charts",
    permission="registration.edit",
    undo=irreversible("The pairs that were found stay on the list. Decide on each."),
)
def step(work: Work, *, portion: int = PORTION) -> Step:
    """Look at the next patients of the pass under way, or begin one; `left` 0 ends it."""
    row = _latest(work)
    if row is None or row.finished_at is not None:
        row = DuplicateSweep(
            begun_at=work.now, since_id=0 if row is None else row.until_id, until_id=work.last_id
        )
        work.add(row)
        work.flush()
    if portion < 1:
        raise Conflict("A step looks at one patient at least.")
    ids = _changed(work, row.since_id, row.cursor_id, portion)
    found = _pairs_of(work, ids)
    row.compared += len(ids)
    row.found += found
    if ids:
        row.cursor_id = ids[-1]
    left = _left(work, row.since_id, row.cursor_id) if len(ids) == portion else 0
    if not left:
        row.finished_at = work.now
    work.step(row.compared, row.compared + left)
    return Step(row.id, len(ids), found, left)


def _pairs_of(work: Work, ids: tuple[int, ...]) -> int:
    """Compare these patients with whoever may be the same person; how many pairs are new on the list."""
    mine = dict(match_keys.people(work, ids))
    candidates = _candidates(work, mine)
    known = dict(mine)
    others = sorted({each for pair in candidates for each in pair} - set(known))
    for start in range(0, len(others), _AT_ONCE):
        known.update(match_keys.people(work, others[start : start + _AT_ONCE]))
    new = 0
    for one, other in candidates:
        if one in known and other in known:
            likeness = compare(known[one], known[other])
            # Of a household's members the list would be full: what speaks against it must be outweighed.
            if likeness.is_likely and not (likeness.is_contradicted and likeness.points < CERTAIN):
                new += duplicate_pairs.keep(
                    work,
                    (one, other),
                    (likeness.points, likeness.is_certain, likeness.reasons),
                    PairSource.SWEEP,
                )
    return new


def _candidates(work: Work, people: Mapping[int, Person]) -> list[tuple[int, int]]:
    """Pairs of one of these and whoever has a key that is sought for them; the lower id first."""
    seekers: dict[str, list[int]] = {}
    for patient_id, person in people.items():
        for key in match_keys.sought(person):
            seekers.setdefault(key, []).append(patient_id)
    keys = sorted(seekers)
    found: set[tuple[int, int]] = set()
    for start in range(0, len(keys), _AT_ONCE):
        blocks: dict[str, list[int]] = {}
        for key, patient_id in work.session.execute(
            select(PatientMatchKey.key, PatientMatchKey.patient_id)
            .where(PatientMatchKey.key.in_(keys[start : start + _AT_ONCE]))
            .order_by(PatientMatchKey.key, PatientMatchKey.patient_id)
        ):
            blocks.setdefault(key, []).append(patient_id)
        for key, members in blocks.items():
            if len(members) <= _LARGEST_BLOCK:
                found.update(
                    (min(one, other), max(one, other))
                    for one in seekers[key]
                    for other in members
                    if one != other
                )
    return sorted(found)


def _latest(work: Work) -> DuplicateSweep | None:
    return work.session.scalars(select(DuplicateSweep).order_by(DuplicateSweep.id.desc()).limit(1)).first()


def _changed(work: Work, since: int, cursor: int, limit: int) -> tuple[int, ...]:
    wanted = select(Patient.id).where(Patient.id > cursor, Patient.status != PatientStatus.MERGED)
    if since:
        touched = select(AuditPatient.patient_id).where(AuditPatient.entry_id > since)
        wanted = wanted.where(or_(Patient.id > since, Patient.id.in_(touched)))
    return tuple(work.session.scalars(wanted.order_by(Patient.id).limit(limit)))


def _left(work: Work, since: int, cursor: int) -> int:
    wanted = select(func.count()).select_from(Patient)
    wanted = wanted.where(Patient.id > cursor, Patient.status != PatientStatus.MERGED)
    if since:
        touched = select(AuditPatient.patient_id).where(AuditPatient.entry_id > since)
        wanted = wanted.where(or_(Patient.id > since, Patient.id.in_(touched)))
    return work.session.scalar(wanted) or 0
