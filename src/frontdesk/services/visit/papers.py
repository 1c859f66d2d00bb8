"""The day on paper: the list of visits, and the slips that go with the patients."""

from collections.abc import Sequence
from datetime import date

from frontdesk.formats.pdf.day_list import DayLine, DayListSheet, DayPart
from frontdesk.formats.pdf.day_list import day_list_pdf as drawn_list
from frontdesk.formats.pdf.routing_slip import RoutingSlip, routing_slips_pdf
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date, us_time, weekday_date
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
            printed_at=parties.printed_at(work.local_now),
            parts=_parts(sheet, kept) if by_provider else (_part("All providers", kept, sheet),),
        )
    )


@query(permission="schedule.view")
def routing_slip_pdf(work: Work, *, appointment_id: int) -> bytes:
    """One visit's slip as PDF."""
    day = visits.visit(work, appointment_id=appointment_id).starts.date()
    sheet = schedule_day.day_sheet(work, day=day)
    return _slips(work, sheet, [visit for visit in sheet.visits if visit.id == appointment_id])


@query(permission="schedule.view")
def day_slips_pdf(work: Work, *, day: date, provider_ids: tuple[int, ...] = ()) -> bytes:
    """The slips of a day's visits that are not over, in the order of the day, as PDF."""
    sheet = schedule_day.day_sheet(work, day=day, provider_ids=provider_ids)
    return _slips(work, sheet, [visit for visit in sheet.visits if visit.status not in _OVER])


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
    found = flags.of_visits(work, appointment_ids=tuple(visit.id for visit in of))
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
