"""The day on paper: the list of visits, and the slips that go with the patients."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from frontdesk.formats.pdf.day_list import DayLine, DayListSheet, DayPart
from frontdesk.formats.pdf.day_list import day_list_pdf as drawn_list
from frontdesk.formats.pdf.routing_slip import RoutingSlip, routing_slips_pdf
from frontdesk.formats.pdf.visit_label import VisitLabel, visit_label_pdf
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date, us_date_time, us_time, weekday_date
from frontdesk.models.office.resources import Resource, ResourceKind
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.services.billing import parties
from frontdesk.services.billing.papers import sender
from frontdesk.services.command import query
from frontdesk.services.schedule import day as schedule_day
from frontdesk.services.schedule import visits
from frontdesk.services.schedule.day import DaySheet, DayVisit
from frontdesk.services.schedule.status import NAMES, Status
from frontdesk.services.visit import flags
from frontdesk.services.work import Work

_OVER = (Status.CANCELED, Status.NO_SHOW, Status.DONE)


@query(permission="schedule.view")
def day_list_pdf(
    work: Work, *, day: date, provider_ids: tuple[int, ...] = (), by_provider: bool = False
) -> bytes:
    """The visits of a day that were not canceled, as PDF: in one list, or a page for each provider."""
    sheet = schedule_day.day_sheet(work, day=day, provider_ids=provider_ids)
    kept = [visit for visit in sheet.visits if visit.status is not Status.CANCELED]
    return drawn_list(
        DayListSheet(
            sender=sender(parties.letterhead(work)),
            day=f"{weekday_date(day)}, {day.year}",
            printed_at=us_date_time(work.local_now),
            parts=_parts(sheet, kept) if by_provider else (_part("All providers", kept, sheet),),
        )
    )


@query(permission="schedule.view")
def room_list_pdf(work: Work, *, day: date) -> bytes:
    """Who is booked into which room of a day, as PDF: a part for each room that is used."""
    sheet = schedule_day.day_sheet(work, day=day)
    kept = {visit.id: visit for visit in sheet.visits if visit.status is not Status.CANCELED}
    rooms = _visits_by_room(work, day)
    return drawn_list(
        DayListSheet(
            sender=sender(parties.letterhead(work)),
            day=f"{weekday_date(day)}, {day.year}",
            printed_at=us_date_time(work.local_now),
            parts=tuple(
                _part(room, [kept[id] for id in ids if id in kept], sheet) for room, ids in rooms.items()
            ),
            title="Rooms",
            begin_pages=False,
        )
    )


@query(permission="schedule.view")
def routing_slip_pdf(work: Work, *, appointment_id: int) -> bytes:
    """One visit's slip as PDF."""
    day = visits.visit(work, appointment_id=appointment_id).starts.date()
    sheet = schedule_day.day_sheet(work, day=day)
    return _slips(work, sheet, [visit for visit in sheet.visits if visit.id == appointment_id])


@query(permission="schedule.view")
def label_pdf(work: Work, *, appointment_id: int) -> bytes:
    """One visit's label as PDF."""
    day = visits.visit(work, appointment_id=appointment_id).starts.date()
    sheet = schedule_day.day_sheet(work, day=day)
    names = {column.provider_id: column.name for column in sheet.columns}
    for visit in sheet.visits:
        if visit.id == appointment_id:
            return visit_label_pdf(
                VisitLabel(
                    patient=visit.patient,
                    born_on=us_date(visit.born_on),
                    chart_number=visit.chart_number,
                    when=f"{us_date(day)}, {us_time(visit.starts)}",
                    provider=names[visit.provider_id],
                )
            )
    raise Refused(Finding("This visit is no longer in the book, so there is no label to print."))


@query(permission="schedule.view")
def day_slips_pdf(work: Work, *, day: date, provider_ids: tuple[int, ...] = ()) -> bytes:
    """The slips of a day's visits that are not over, in the order of the day, as PDF."""
    sheet = schedule_day.day_sheet(work, day=day, provider_ids=provider_ids)
    return _slips(work, sheet, [visit for visit in sheet.visits if visit.status not in _OVER])


def _visits_by_room(work: Work, day: date) -> dict[str, list[int]]:
    """The visits of each room that is booked, in the order of the rooms and of their times."""
    midnight = datetime.combine(day, time())
    asked = (
        select(Resource.name, ResourceBooking.appointment_id)
        .join(Resource, Resource.id == ResourceBooking.resource_id)
        .where(
            Resource.kind == ResourceKind.ROOM,
            ResourceBooking.is_active,
            ResourceBooking.appointment_id.is_not(None),
            ResourceBooking.starts >= midnight,
            ResourceBooking.starts < midnight + timedelta(1),
        )
        .order_by(Resource.sort_order, Resource.name, ResourceBooking.starts, ResourceBooking.id)
    )
    found: dict[str, list[int]] = {}
    for room, visit_id in work.session.execute(asked):
        visits_of = found.setdefault(room, [])
        if visit_id is not None and visit_id not in visits_of:
            visits_of.append(visit_id)
    return found


def _parts(sheet: DaySheet, kept: Sequence[DayVisit]) -> tuple[DayPart, ...]:
    return tuple(
        _part(column.name, [visit for visit in kept if visit.provider_id == column.provider_id], sheet)
        for column in sheet.columns
    )


def _part(head: str, kept: Sequence[DayVisit], sheet: DaySheet) -> DayPart:
    names = {column.provider_id: column.name for column in sheet.columns}
    return DayPart(
        head,
        tuple(
            DayLine(
                time=us_time(visit.starts),
                patient=visit.patient,
                born_on=us_date(visit.born_on),
                provider=names[visit.provider_id],
                reason=visit.reason,
                room=visit.room,
                status=NAMES[visit.status],
            )
            for visit in kept
        ),
    )


def _slips(work: Work, sheet: DaySheet, of: Sequence[DayVisit]) -> bytes:
    if not of:
        raise Refused(Finding("No visit of this day is still to come, so there are no slips to print."))
    names = {column.provider_id: column.name for column in sheet.columns}
    found = flags.of(work, of)
    known = {each.appointment_id: tuple(flag.words for flag in each.flags) for each in found}
    return routing_slips_pdf(
        sender(parties.letterhead(work)),
        [
            RoutingSlip(
                patient=visit.patient,
                chart_number=visit.chart_number,
                born_on=us_date(visit.born_on),
                time=us_time(visit.starts),
                day=weekday_date(sheet.day),
                provider=names[visit.provider_id],
                room=visit.room,
                reason=visit.reason,
                flags=known[visit.id],
            )
            for visit in of
        ],
    )
