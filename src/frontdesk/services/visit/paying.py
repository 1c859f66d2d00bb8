"""One patient's money at the desk: what to ask for, plans, receipts; with or without a visit."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select

from frontdesk.models.registration.account import Account
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.billing import asking, parties, plans, receipts
from frontdesk.services.billing.asked import AskFor
from frontdesk.services.billing.plans import PlanView
from frontdesk.services.billing.receipts import ReceiptRow
from frontdesk.services.command import query
from frontdesk.services.registration import panel
from frontdesk.services.visit import check_in
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Paying:
    """What the payment page shows of one patient."""

    patient: panel.Identity
    account_number: str
    appointment_id: int | None
    """Today's visit, else the one that is meant."""
    ask_for: AskFor
    not_today: str
    plans: tuple[PlanView, ...]
    receipts: tuple[ReceiptRow, ...]


@query(permission="billing.view")
def paying(work: Work, *, patient_id: int, appointment_id: int | None = None) -> Paying:
    """The page of one patient; the number of statements does not grow with the receipts."""
    work.concerns(patient_id)
    account_id = parties.account_of(work, patient_id, work.today)
    visit_id = appointment_id if appointment_id is not None else _todays(work, patient_id)
    return Paying(
        patient=panel.identity(work, patient_id=patient_id),
        account_number=work.get(Account, account_id).number,
        appointment_id=visit_id,
        ask_for=asking.ask_for(work, patient_id=patient_id, appointment_id=appointment_id),
        not_today=check_in.why_not_today(work, visit_id) if visit_id is not None else "",
        plans=plans.of_account(work, account_id=account_id, only_standing=False),
        receipts=receipts.of_patient(work, patient_id=patient_id),
    )


def _todays(work: Work, patient_id: int) -> int | None:
    """The visit of today that is not over, else the last one of today."""
    day = datetime.combine(work.today, time())
    found = work.session.execute(
        select(Appointment.id, Appointment.lifecycle)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.starts >= day,
            Appointment.starts < day + timedelta(days=1),
            Appointment.lifecycle.in_(
                (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)
            ),
        )
        .order_by(Appointment.starts, Appointment.id)
    ).all()
    going = [visit_id for visit_id, lifecycle in found if lifecycle is not Lifecycle.COMPLETED]
    return going[0] if going else found[-1][0] if found else None
