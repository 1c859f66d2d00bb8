"""A provider's week of the book: its days, how it goes, and who must still be called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.timespan import Span
from frontdesk.models.office.resources import Provider, Resource
from frontdesk.models.schedule.appointment import Appointment, Confirmation, Lifecycle
from frontdesk.services.command import query
from frontdesk.services.schedule import day as schedule_day
from frontdesk.services.schedule import pace, simulation
from frontdesk.services.schedule.day import DayAway, DayBlock, DaySheet, DayVisit
from frontdesk.services.schedule.intervals import Interval, difference, minute_of, normal
from frontdesk.services.schedule.month import DayLoad, load_of
from frontdesk.services.schedule.status import Status
from frontdesk.services.work import Work

_WORKDAYS = 5
_OFF = (Status.CANCELED, Status.NO_SHOW)
_ENDED = (Lifecycle.COMPLETED, Lifecycle.NO_SHOW, Lifecycle.LEFT)


@dataclass(frozen=True, slots=True)
class WeekProvider:
    """A provider whose week can be shown, and how their day of today runs."""

    id: int
    name: str
    """As said at the desk: "Dr. Lee"."""
    full_name: str
    """ "Dr. Susan Lee"."""
    late_minutes: int
    """0 where they are on time."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """A patient who has not said that they come."""

    appointment_id: int
    patient_id: int
    patient: str
    starts: datetime
    attempts: int
    """How often the desk has tried."""


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """How the week goes."""

    booked: int
    """Visits that were not called off."""
    booked_minutes: int
    average_late: int | None
    """Minutes from the booked time until the provider came in; None while nobody was seen."""
    ended: int
    """Visits that are over, kept or not."""
    no_shows: int
    to_call: tuple[ToCall, ...]


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """All that the week view draws; no provider in an office that has none."""

    monday: date
    provider: WeekProvider | None
    providers: tuple[WeekProvider, ...]
    days: tuple[DaySheet, ...]
    """Monday to Friday; Saturday and Sunday where there are hours or visits."""
    loads: tuple[DayLoad, ...]
    """How full each of the days is."""
    facts: WeekFacts

    @property
    def open_count(self) -> int:
        """Free quarters of an hour still to come."""
        return sum(day.open_count for day in self.days)

    @property
    def visits(self) -> tuple[DayVisit, ...]:
        return tuple(visit for day in self.days for visit in day.visits)


@query(permission="schedule.view")
def week_sheet(work: Work, *, day: date, provider_id: int | None = None) -> WeekSheet:
    """The week of a day, of a provider or the first there is; fifteen statements."""
    monday = day - timedelta(day.weekday())
    providers = _providers(work)
    provider = next((each for each in providers if each.id == provider_id), next(iter(providers), None))
    if provider is None:
        return WeekSheet(monday, None, (), _empty(monday), (), _facts(work, (), {}))
    sheets = schedule_day.day_sheets(
        work, first=monday, last=monday + timedelta(6), provider_ids=(provider.id,)
    )
    days = tuple(
        sheet
        for sheet in sheets
        if sheet.day.weekday() < _WORKDAYS or sheet.visits or sheet.columns[0].sessions
    )
    visits = [visit for sheet in days for visit in sheet.visits]
    return WeekSheet(
        monday=monday,
        provider=provider,
        providers=providers,
        days=days,
        loads=tuple(_load(sheet) for sheet in days),
        facts=_facts(work, visits, _stamps(work, monday, provider)),
    )


def _providers(work: Work) -> tuple[WeekProvider, ...]:
    asked = (
        select(Provider.id, Provider.short_name, Provider.first_name, Provider.last_name, Resource.name)
        .join(Resource, Resource.id == Provider.id)
        .where(Resource.is_active)
        .order_by(Resource.sort_order, Provider.last_name, Provider.id)
    )
    rows = work.session.execute(asked).all()
    paces = pace.of_providers(work, [row.id for row in rows], work.today)
    found = []
    for id, short, first, last, full in rows:
        late = paces[id].late_minutes if id in paces else 0
        found.append(
            WeekProvider(
                id=id,
                name=short,
                full_name=f"Dr. {first} {last}" if short.startswith("Dr. ") else full,
                late_minutes=late if late >= simulation.ON_TIME_WITHIN else 0,
            )
        )
    return tuple(found)


def _load(sheet: DaySheet) -> DayLoad:
    """Of the provider's working time without lunch and charting."""
    (column,) = sheet.columns
    midnight = datetime.combine(sheet.day, datetime.min.time())

    def spans(of: Iterable[Span | DayAway | DayBlock]) -> list[Interval]:
        return normal((minute_of(each.starts, midnight), minute_of(each.ends, midnight)) for each in of)

    idle = spans(block for block in column.blocks if block.kind in schedule_day.FREE_TIME)
    worked = difference(difference(spans(column.sessions), spans(column.away)), idle)
    booked = sum(_minutes(visit) for visit in sheet.visits if visit.status not in _OFF)
    return load_of(
        sheet.day, booked, sum(ends - starts for starts, ends in worked), {sheet.day: sheet.holiday}
    )


def _minutes(visit: DayVisit) -> int:
    return int((visit.ends - visit.starts).total_seconds() // 60)


def _empty(monday: date) -> tuple[DaySheet, ...]:
    counts = tuple((status, 0) for status in Status)
    days = (monday + timedelta(ahead) for ahead in range(_WORKDAYS))
    return tuple(DaySheet(day, "", (), (), counts, 0, 0) for day in days)


def _stamps(work: Work, monday: date, provider: WeekProvider) -> dict[int, tuple[int, datetime | None]]:
    """How often each visit's patient was called, and when the provider came in."""
    midnight = datetime.combine(monday, datetime.min.time())
    asked = select(Appointment.id, Appointment.contact_attempts, Appointment.provider_in_at).where(
        Appointment.provider_id == provider.id,
        Appointment.starts >= midnight,
        Appointment.starts < midnight + timedelta(7),
    )
    return {
        id: (attempts, came_in and work.wall(came_in))
        for id, attempts, came_in in work.session.execute(asked)
    }


def _facts(
    work: Work, visits: Sequence[DayVisit], stamps: dict[int, tuple[int, datetime | None]]
) -> WeekFacts:
    on = [visit for visit in visits if visit.status not in _OFF]
    late = [
        (came_in - visit.starts).total_seconds() / 60
        for visit in visits
        if (came_in := stamps[visit.id][1]) is not None
    ]
    return WeekFacts(
        booked=len(on),
        booked_minutes=sum(_minutes(visit) for visit in on),
        average_late=round(sum(late) / len(late)) if late else None,
        ended=sum(visit.lifecycle in _ENDED for visit in visits),
        no_shows=sum(visit.lifecycle is Lifecycle.NO_SHOW for visit in visits),
        to_call=tuple(
            ToCall(visit.id, visit.patient_id, visit.patient, visit.starts, stamps[visit.id][0])
            for visit in visits
            if is_to_call(visit, work.local_now)
        ),
    )


def is_to_call(visit: DayVisit, now: datetime) -> bool:
    """Still to come, and the patient has said neither that they come nor that they do not."""
    said = (Confirmation.CONFIRMED, Confirmation.DECLINED)
    return visit.lifecycle is Lifecycle.BOOKED and visit.starts > now and visit.confirmation not in said
