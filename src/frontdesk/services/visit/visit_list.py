"""The visits of a day, or of several, as a list: filtered, to be read on the screen or on paper."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from frontdesk.formats.pdf.day_list import DayLine, DayListSheet, DayPart
from frontdesk.formats.pdf.day_list import day_list_pdf as drawn_list
from frontdesk.kernel.text import us_date, us_date_time, us_phone, us_time, weekday_date
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.services.billing import parties
from frontdesk.services.billing.papers import sender
from frontdesk.services.command import query
from frontdesk.services.schedule import day as schedule_day
from frontdesk.services.schedule import resources
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.resources import BookableProvider
from frontdesk.services.schedule.status import NAMES, Status
from frontdesk.services.schedule.week import is_to_call
from frontdesk.services.visit import flags
from frontdesk.services.visit.flags import Flag
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is to show; empty: everything."""

    provider_ids: tuple[int, ...] = ()
    statuses: tuple[Status, ...] = ()
    unconfirmed_only: bool = False
    """Visits to come whose patient has said neither yes nor no."""
    needs_work: bool = False
    """Something stops the visit, or the desk must act."""


@dataclass(frozen=True, slots=True)
class ListedVisit:
    """A line of the list. Times are wall times."""

    visit: DayVisit
    provider: str
    flags: tuple[Flag, ...]
    phone: str
    """The number that the patient wants to be called at first."""
    is_unconfirmed: bool

    @property
    def needs_work(self) -> bool:
        return any(flag.severity in ("block", "warn") for flag in self.flags)


@dataclass(frozen=True, slots=True)
class VisitList:
    """The lines that are wanted, and how many there are of the days at all."""

    first: date
    last: date
    lines: tuple[ListedVisit, ...]
    of: int
    providers: tuple[BookableProvider, ...]
    """Everybody whose visits could be asked for."""


@query(permission="schedule.view")
def visit_list(work: Work, *, first: date, last: date, wanted: Wanted) -> VisitList:
    """The list of these days; as many statements for few visits as for many."""
    sheets = schedule_day.day_sheets(work, first=first, last=last)
    known: dict[int, tuple[Flag, ...]] = {}
    for sheet in sheets:  # what is due and covered depends on the day
        known |= flags.of_sheet(work, sheet)
    names = {column.provider_id: column.name for sheet in sheets for column in sheet.columns}
    visits = [visit for sheet in sheets for visit in sheet.visits]
    phones = _phones(work, {visit.patient_id for visit in visits})
    lines = [
        ListedVisit(
            visit=visit,
            provider=names[visit.provider_id],
            flags=known.get(visit.id, ()),
            phone=phones.get(visit.patient_id, ""),
            is_unconfirmed=is_to_call(visit, work.local_now),
        )
        for visit in visits
    ]
    shown = tuple(line for line in lines if is_wanted(line, wanted))
    return VisitList(first, last, shown, len(lines), tuple(resources.providers(work).values()))


@query(permission="schedule.view")
def visit_list_pdf(work: Work, *, first: date, last: date, wanted: Wanted) -> bytes:
    """The same list as PDF, each day on pages of its own."""
    found = visit_list(work, first=first, last=last, wanted=wanted)
    days = sorted({line.visit.starts.date() for line in found.lines})
    return drawn_list(
        DayListSheet(
            sender=sender(parties.letterhead(work)),
            day=_days_words(first, last),
            printed_at=us_date_time(work.local_now),
            parts=tuple(
                DayPart(
                    weekday_date(day),
                    tuple(_printed(line) for line in found.lines if line.visit.starts.date() == day),
                )
                for day in days
            ),
        )
    )


def is_wanted(line: ListedVisit, wanted: Wanted) -> bool:
    """Whether a line passes every filter that is set."""
    return (
        (not wanted.provider_ids or line.visit.provider_id in wanted.provider_ids)
        and (not wanted.statuses or line.visit.status in wanted.statuses)
        and (not wanted.unconfirmed_only or line.is_unconfirmed)
        and (not wanted.needs_work or line.needs_work)
    )


def _phones(work: Work, patient_ids: Collection[int]) -> dict[int, str]:
    asked = (
        select(PatientPhone.patient_id, PatientPhone.number)
        .where(
            PatientPhone.patient_id.in_(sorted(patient_ids)),
            or_(PatientPhone.ended_on.is_(None), PatientPhone.ended_on > work.today),
        )
        .order_by(PatientPhone.patient_id, PatientPhone.rank.desc(), PatientPhone.id.desc())
    )
    return {patient_id: us_phone(number) for patient_id, number in work.session.execute(asked)}


def _printed(line: ListedVisit) -> DayLine:
    visit = line.visit
    return DayLine(
        time=us_time(visit.starts),
        patient=visit.patient,
        born_on=us_date(visit.born_on),
        provider=line.provider,
        reason=visit.reason,
        room=visit.room,
        status=NAMES[visit.status],
    )


def _days_words(first: date, last: date) -> str:
    words = f"{weekday_date(first)}, {first.year}"
    return words if first == last else f"{words} to {weekday_date(last)}, {last.year}"
