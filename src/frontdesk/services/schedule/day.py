"""A day of the book: columns of providers, visits as they stand, counts, and how late everybody runs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import bindparam, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.timespan import Span
from frontdesk.models.office.resources import Resource
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Confirmation, Lifecycle, Stage
from frontdesk.models.schedule.template import BlockKind, TemplateSessionRoom
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.schedule import held, hours, lengths, pace, resources, taken
from frontdesk.services.schedule.held import Held
from frontdesk.services.schedule.intervals import Interval, difference, intersection, minute_of, time_of
from frontdesk.services.schedule.lengths import Lengths
from frontdesk.services.schedule.pace import Pace, Placed
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.work import Work

SLOT_MINUTES = 15
# Any: a row's columns have their types where they are read.
_Row: TypeAlias = Any
_Stretch = TypeVar("_Stretch", hours.Session, hours.Block, hours.Away)
FREE_TIME = (BlockKind.LUNCH, BlockKind.CHARTING)
"""Kept time in which nobody is seen."""


@dataclass(frozen=True, slots=True)
class DayBlock:
    """Kept time, to be drawn behind the visits."""

    starts: datetime
    ends: datetime
    kind: BlockKind
    is_released: bool


@dataclass(frozen=True, slots=True)
class DayAway:
    """Time of the day in which a provider is out, and why."""

    starts: datetime
    ends: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A provider's day."""

    provider_id: int
    name: str
    rooms: tuple[str, ...]
    sessions: tuple[Span, ...]
    away: tuple[DayAway, ...]
    blocks: tuple[DayBlock, ...]
    holds: tuple[Held, ...]
    """Times that are kept for callers just now."""
    open_minutes: int
    """What can still be booked by any type."""
    held_count: int
    """Blocks still to come that are kept for urgent visits, new patients or procedures."""
    late_minutes: int
    pace: str
    """ "Running 18 min late" or "On time"; empty on another day than today."""
    busy_until: datetime | None

    @property
    def runs_late(self) -> bool:
        """Whether patients should hear of it."""
        return self.pace.startswith("Running")


@dataclass(frozen=True, slots=True)
class DayVisit:
    """A visit as its card shows it. Times are wall times."""

    id: int
    version: int
    patient_id: int
    patient: str
    """ "Foster, Danielle"."""
    chart_number: str
    born_on: date
    provider_id: int
    visit_type_id: int
    starts: datetime
    ends: datetime
    lifecycle: Lifecycle
    confirmation: Confirmation
    status: Status
    status_since: datetime | None
    late_minutes: int
    """Since the booked time, of a patient who has not arrived."""
    reason: str
    """Why the patient comes, or the type of visit."""
    note: str
    room: str
    is_new_patient: bool
    is_overbooked: bool
    is_video: bool
    interpreter: str
    """The language, where an interpreter is needed."""
    predicted: datetime | None
    """When the visit will start as the day runs; None when it is over, or on another day."""
    series_id: int | None = None
    """The series it belongs to."""
    has_come: bool = False
    """Whether the patient was in the office, or is."""

    @property
    def is_in_series(self) -> bool:
        """Whether it is one of several that were booked together."""
        return self.series_id is not None


@dataclass(frozen=True, slots=True)
class DaySheet:
    """All that the day view draws."""

    day: date
    holiday: str
    columns: tuple[DayColumn, ...]
    visits: tuple[DayVisit, ...]
    counts: tuple[tuple[Status, int], ...]
    """By status, in the order of the statuses, zeros included."""
    open_count: int
    """Free quarters of an hour."""
    held_count: int


@query(permission="schedule.view")
def day_sheet(work: Work, *, day: date, provider_ids: tuple[int, ...] = ()) -> DaySheet:
    """The sheet of a day, for some providers or all who work or have visits; eleven statements."""
    (sheet,) = day_sheets(work, first=day, last=day, provider_ids=provider_ids)
    return sheet


def day_sheets(
    work: Work, *, first: date, last: date, provider_ids: tuple[int, ...] = ()
) -> tuple[DaySheet, ...]:
    """The sheets of several days in a row, in as many statements as one."""
    doctors = resources.providers(work, provider_ids)
    worked = hours.load(work, first, last, tuple(doctors))
    until = worked.origin + timedelta(worked.days)
    booked = taken.load(work, worked.origin, until, tuple(doctors))
    kept = held.load(work, worked.origin, until, tuple(doctors))
    rows: dict[date, list[_Row]] = {first + timedelta(day): [] for day in range(worked.days)}
    for row in _rows(work, worked.origin, until, provider_ids):
        rows[row.starts.date()].append(row)
    rooms = _rooms(work, [session.id for several in worked.sessions.values() for session in several])
    spans = {id: taken.spans(booked[id]) for id in doctors}
    known = lengths.load(work)
    sheets = []
    for day, of_day in rows.items():
        statuses = {row.id: _status(work, row) for row in of_day}
        paces = _paces(work, day, of_day, statuses, known)
        visits = tuple(_visit(work, row, statuses[row.id], paces.get(row.provider_id)) for row in of_day)
        with_visits = {visit.provider_id for visit in visits}
        columns = tuple(
            _column(work, doctor, worked, spans[doctor.id], kept, rooms, paces.get(doctor.id), day)
            for doctor in doctors.values()
            if provider_ids or doctor.id in with_visits or _works(worked, doctor.id, day)
        )
        counted = Counter(visit.status for visit in visits)
        sheets.append(
            DaySheet(
                day=day,
                holiday=worked.holidays.get(day, ""),
                columns=columns,
                visits=visits,
                counts=tuple((status, counted[status]) for status in Status),
                open_count=sum(column.open_minutes // SLOT_MINUTES for column in columns),
                held_count=sum(column.held_count for column in columns),
            )
        )
    return tuple(sheets)


def _works(worked: hours.Hours, provider_id: int, day: date) -> bool:
    return bool(_within(worked.sessions.get(provider_id, ()), _midnight(worked, day)))


def _midnight(worked: hours.Hours, day: date) -> int:
    """The minute with which a day begins."""
    return (day - worked.origin.date()).days * hours.DAY


def _within(spans: Iterable[_Stretch], midnight: int) -> list[_Stretch]:
    """Those of a day."""
    return [each for each in spans if each.starts < midnight + hours.DAY and midnight < each.ends]


def _rows(work: Work, origin: datetime, until: datetime, provider_ids: tuple[int, ...]) -> Sequence[_Row]:
    asked = _OF_PROVIDERS if provider_ids else _VISITS
    return asked.named(work.session, {"begin": origin, "end": until, "providers": provider_ids})


def _rooms(work: Work, session_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for session_id, name in _ROOMS.rows(work.session, {"sessions": session_ids}):
        found.setdefault(session_id, []).append(name)
    return found


def _status(work: Work, row: _Row) -> Status:
    return status_of(row.lifecycle, row.stage, row.confirmation, row.starts, work.local_now)


def _paces(
    work: Work, day: date, rows: Sequence[_Row], statuses: Mapping[int, Status], known: Lengths
) -> dict[int, Pace]:
    """How each provider's day runs; there is nothing to project on another day."""
    if day != work.today:
        return {}
    return pace.of_day(
        work,
        (
            Placed(
                id=row.id,
                provider_id=row.provider_id,
                visit_type_id=row.visit_type_id,
                starts=row.starts,
                ends=row.ends,
                status=statuses[row.id],
                provider_in=row.provider_in_at and work.wall(row.provider_in_at),
            )
            for row in rows
        ),
        known,
    )


def _visit(work: Work, row: _Row, status: Status, ahead: Pace | None) -> DayVisit:
    late = int((work.local_now - row.starts).total_seconds() // 60) if status is Status.NOT_ARRIVED else 0
    return DayVisit(
        id=row.id,
        version=row.version,
        patient_id=row.patient_id,
        patient=last_first(row.legal_last, row.preferred_name or row.legal_first),
        chart_number=row.chart_number,
        born_on=row.born_on,
        provider_id=row.provider_id,
        visit_type_id=row.visit_type_id,
        starts=row.starts,
        ends=row.ends,
        lifecycle=row.lifecycle,
        confirmation=row.confirmation,
        status=status,
        status_since=row.stage_at and work.wall(row.stage_at),
        late_minutes=late,
        reason=row.reason or row.visit_type,
        note=row.note,
        room=row.room or "",
        is_new_patient=row.is_new_patient,
        is_overbooked=row.is_overbooked,
        is_video=row.is_video,
        interpreter=row.language if row.interpreter_needed else "",
        predicted=ahead.predicted.get(row.id) if ahead else None,
        series_id=row.series_id,
        has_come=row.stage is not Stage.EXPECTED,
    )


def _column(
    work: Work,
    doctor: resources.BookableProvider,
    worked: hours.Hours,
    booked: list[Interval],
    kept: tuple[Held, ...],
    rooms: dict[int, list[str]],
    ahead: Pace | None,
    day: date,
) -> DayColumn:
    def at(minute: int) -> datetime:
        return time_of(minute, worked.origin)

    now, midnight = minute_of(work.local_now, worked.origin), _midnight(worked, day)
    whole_day = (midnight, midnight + hours.DAY)
    sessions = _within(worked.sessions.get(doctor.id, ()), midnight)
    blocks = _within(worked.blocks.get(doctor.id, ()), midnight)
    bookable = intersection(worked.bookable(doctor.id, (), now), [whole_day])
    kept_free = [block for block in blocks if block.kind not in FREE_TIME and not block.is_open((), now)]
    still_free = [block for block in kept_free if difference([(block.starts, block.ends)], booked)]
    return DayColumn(
        provider_id=doctor.id,
        name=doctor.name,
        rooms=tuple(dict.fromkeys(name for session in sessions for name in rooms.get(session.id, ()))),
        sessions=tuple(Span(at(session.starts), at(session.ends)) for session in sessions),
        away=tuple(
            DayAway(at(max(away.starts, whole_day[0])), at(min(away.ends, whole_day[1])), away.reason)
            for away in _within(worked.away.get(doctor.id, ()), midnight)
        ),
        blocks=tuple(
            DayBlock(
                starts=at(block.starts),
                ends=at(block.ends),
                kind=block.kind,
                is_released=block.kind not in FREE_TIME and block.is_open((), now),
            )
            for block in blocks
        ),
        holds=tuple(each for each in kept if each.provider_id == doctor.id and each.starts.date() == day),
        open_minutes=sum(ends - starts for starts, ends in difference(bookable, booked)),
        held_count=sum(block.ends > now for block in still_free),
        late_minutes=ahead.late_minutes if ahead else 0,
        pace=(ahead.words if ahead else "On time") if day == work.today else "",
        busy_until=ahead.busy_until if ahead else None,
    )


_OF_DAYS: Final = (
    select(
        Appointment.id,
        Appointment.version,
        Appointment.patient_id,
        Appointment.provider_id,
        Appointment.visit_type_id,
        Appointment.starts,
        Appointment.ends,
        Appointment.lifecycle,
        Appointment.stage,
        Appointment.stage_at,
        Appointment.confirmation,
        Appointment.provider_in_at,
        Appointment.reason,
        Appointment.note,
        Appointment.is_new_patient,
        Appointment.is_overbooked,
        Appointment.series_id,
        Patient.legal_last,
        Patient.legal_first,
        Patient.preferred_name,
        Patient.chart_number,
        Patient.born_on,
        Patient.interpreter_needed,
        Patient.language,
        VisitType.name.label("visit_type"),
        VisitType.is_video,
        Resource.name.label("room"),
    )
    .join(Patient, Patient.id == Appointment.patient_id)
    .join(VisitType, VisitType.id == Appointment.visit_type_id)
    .outerjoin(Resource, Resource.id == Appointment.room_id)
    .where(
        Appointment.starts >= bindparam("begin"),
        Appointment.starts < bindparam("end"),
        Appointment.lifecycle != Lifecycle.IN_ERROR,
        Appointment.is_off_book.is_(False),
    )
    .order_by(Appointment.starts, Appointment.id)
)
_VISITS: Final = Prepared(_OF_DAYS)
_OF_PROVIDERS: Final = Prepared(_OF_DAYS.where(among(Appointment.provider_id, "providers")))
_ROOMS: Final = Prepared(
    select(TemplateSessionRoom.template_session_id, Resource.name)
    .join(Resource, Resource.id == TemplateSessionRoom.room_id)
    .where(among(TemplateSessionRoom.template_session_id, "sessions"))
    .order_by(Resource.sort_order, Resource.name)
)
