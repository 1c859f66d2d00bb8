"""The superbills of a whole day at once: issued where they are not yet, and printed together."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from frontdesk.formats.pdf import page_work
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import weekday_date
from frontdesk.models.billing.charges import Superbill
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.billing import papers, superbills
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.work import Work

_EXPECTED = (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)


@dataclass(frozen=True, slots=True)
class DayIssued:
    """The sheets of a day in the order of its visits, and how many of them are new."""

    on: date
    superbill_ids: tuple[int, ...]
    new: int


@command(
    "Issue superbills of the day",
    permission="billing.enter_charges",
    undo=irreversible("A superbill's number is never used again; it stays open until the visit is charged."),
)
def issue_day(work: Work, *, on: date, provider_id: int | None = None) -> DayIssued:
    """Give every visit of a day its superbill, of one provider or of all; who has one keeps it."""
    if on < work.today:
        raise Refused(Finding("That day is over. Issue what is missing one by one.", "on"))
    start = datetime.combine(on, time())
    wanted = (
        select(Appointment)
        .where(
            Appointment.starts >= start,
            Appointment.starts < start + timedelta(days=1),
            Appointment.lifecycle.in_(_EXPECTED),
        )
        .order_by(Appointment.provider_id, Appointment.starts, Appointment.id)
    )
    if provider_id is not None:
        wanted = wanted.where(Appointment.provider_id == provider_id)
    visits = work.session.scalars(wanted).all()
    if not visits:
        raise Refused(Finding(f"Nobody is booked on {weekday_date(on)}.", "on"))
    ids = [visit.id for visit in visits]
    known = set(
        work.session.scalars(select(Superbill.appointment_id).where(Superbill.appointment_id.in_(ids)))
    )
    issued = tuple(superbills.issue(work, appointment_id=visit_id) for visit_id in ids)
    return DayIssued(on, issued, len(set(ids) - known))


@query(permission="billing.view")
def sheets_pdf(work: Work, *, superbill_ids: tuple[int, ...]) -> bytes:
    """Several superbills in one PDF, in this order."""
    sheets = [papers.superbill_pdf(work, superbill_id=each) for each in superbill_ids]
    return page_work.joined(sheets)
