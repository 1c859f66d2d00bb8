"""Check-out: what the desk still does before the patient leaves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import Superbill
from frontdesk.models.billing.charges import SuperbillState as SuperbillState
from frontdesk.models.office.resources import Provider
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.appointment import Stage as Stage
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import asking
from frontdesk.services.billing.asking import AskFor
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration import panel
from frontdesk.services.schedule import lifecycle, taking_back
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class CheckOut:
    """All that the check-out shows of one visit."""

    appointment_id: int
    version: int
    patient: panel.Identity
    provider: str
    starts: datetime
    what: str
    status: Status
    stage: Stage
    ask_for: AskFor
    superbill_id: int | None
    superbill_state: SuperbillState | None
    next_visit: datetime | None


@query(permission="visit.check_out")
def check_out(work: Work, *, appointment_id: int) -> CheckOut:
    """The page of one visit; a constant number of statements."""
    visit = work.get(Appointment, appointment_id)
    provider, kind = work.session.execute(
        select(Provider.short_name, VisitType.name)
        .join(VisitType, VisitType.id == visit.visit_type_id)
        .where(Provider.id == visit.provider_id)
    ).one()
    bill = work.session.scalar(select(Superbill).where(Superbill.appointment_id == appointment_id))
    tomorrow = datetime.combine(work.today, datetime.min.time()) + timedelta(days=1)
    next_visit = work.session.scalar(
        select(Appointment.starts)
        .where(
            Appointment.patient_id == visit.patient_id,
            Appointment.lifecycle == Lifecycle.BOOKED,
            Appointment.starts >= tomorrow,
        )
        .order_by(Appointment.starts)
        .limit(1)
    )
    return CheckOut(
        appointment_id=appointment_id,
        version=visit.version,
        patient=panel.identity(work, patient_id=visit.patient_id),
        provider=provider,
        starts=visit.starts,
        what=visit.reason or kind,
        status=status_of(visit.lifecycle, visit.stage, visit.confirmation, visit.starts, work.local_now),
        stage=visit.stage,
        ask_for=asking.ask_for(work, patient_id=visit.patient_id, appointment_id=appointment_id),
        superbill_id=bill.id if bill else None,
        superbill_state=bill.state if bill else None,
        next_visit=next_visit,
    )


def _finished_back(done: Performed) -> Undo:
    return Undo(taking_back.take_back, appointment_id=done.arguments["appointment_id"], event_id=done.result)


@command("Check out", permission="visit.check_out", undo=_finished_back)
def finish(work: Work, *, appointment_id: int, reason: str = "", version: int | None = None) -> int:
    """The patient leaves. A copay that is still due needs a reason. Gives back the event's id."""
    page = check_out(work, appointment_id=appointment_id)
    copay = sum(
        allocation.amount_cents
        for item in page.ask_for.items
        for allocation in item.allocations
        if allocation.purpose == "copay"
    )
    if copay and not reason.strip():
        raise Refused(Finding(f"The copay of {dollars(copay)} is not paid.", "payment", overridable=True))
    return lifecycle.complete(work, appointment_id=appointment_id, version=version)
