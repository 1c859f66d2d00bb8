"""A form for a request for copies, signed where the patient is anyway: at the check-in of the next visit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import clock_time, us_date
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records import forms, release_facts
from frontdesk.services.records.release_asking import FORM_KEY
from frontdesk.services.records.release_log import ReleaseEventKind, log
from frontdesk.services.records.release_steps import open_request
from frontdesk.services.work import Work

WITHIN_DAYS: Final = 14
_COMING: Final = (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class SigningVisit:
    """A visit at which the form can be signed; `starts` is wall time."""

    request_id: int
    appointment_id: int
    starts: datetime


@query(permission="records.view")
def next_visit(work: Work, *, request_id: int) -> SigningVisit | None:
    """The patient's next visit within two weeks, today's as long as it has not ended."""
    row = work.get(ReleaseRequest, request_id)
    midnight = datetime.combine(work.today, datetime.min.time())
    found = work.session.execute(
        select(Appointment.id, Appointment.starts)
        .where(
            Appointment.patient_id == row.patient_id,
            Appointment.starts >= midnight,
            Appointment.starts < midnight + timedelta(days=WITHIN_DAYS + 1),
            Appointment.lifecycle.in_(_COMING),
        )
        .order_by(Appointment.starts, Appointment.id)
        .limit(1)
    ).first()
    return None if found is None else SigningVisit(request_id, found.id, found.starts)


def _not_asked(done: Performed) -> Undo:
    return Undo(ask_no_more, request_id=done.arguments["request_id"])


@command("Ask for signature at check-in", permission="records.release", undo=_not_asked)
def ask_at_visit(work: Work, *, request_id: int, appointment_id: int, version: int | None = None) -> None:
    """The records release is among the forms of that visit's check-in, whatever was signed before."""
    row = open_request(work, request_id, version)
    visit = work.get(Appointment, appointment_id)
    if not release_facts.needs_form(row):
        raise Refused(Finding("The ground of this request asks for no signature."))
    if visit.patient_id != row.patient_id:
        raise Refused(Finding("This visit is another patient's."))
    if visit.lifecycle not in _COMING or visit.starts.date() < work.today:
        raise Refused(Finding("This visit is over or was called off. Choose another."))
    if all(face.key != FORM_KEY for face in forms.current_forms(work)):
        raise Refused(
            Finding("The library has no form “Records release”. Take it into use, or have a paper signed.")
        )
    row.sign_at_visit_on = visit.starts.date()
    when = f"{us_date(visit.starts.date())[:5]} {clock_time(visit.starts)}"
    log(work, row, ReleaseEventKind.ASKED, f"Sign at check-in {when}")


@command(
    "Ask no more for signature at check-in",
    permission="records.release",
    undo=irreversible("Ask for the signature at check-in again."),
)
def ask_no_more(work: Work, *, request_id: int, version: int | None = None) -> None:
    """The form is no longer among those of the visit."""
    row = open_request(work, request_id, version)
    if row.sign_at_visit_on is None:
        raise Refused(Finding("The signature is not asked for at a visit."))
    row.sign_at_visit_on = None
    log(work, row, ReleaseEventKind.ASKED, "Not asked for at check-in any more")
