"""The request queue as it is shown: what is due first, who has it, and the log of each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, func, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date, us_phone
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_request import RequestState, VisitRequest, VisitRequestEvent
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import query
from frontdesk.services.schedule import waitlist_words as words
from frontdesk.services.schedule.visit_requests import RequestDraft, draft_of
from frontdesk.services.work import Work

_CLOSED = (RequestState.BOOKED, RequestState.DECLINED)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as lists show it. Times are wall times."""

    id: int
    version: int
    draft: RequestDraft
    name: str
    """ "Grant, Allison", or the caller while nobody is registered."""
    born_on: date | None
    asked_by: str
    """ "Neil Grant, spouse", where it was not the patient."""
    phone: str
    how_soon: str
    visit_type: str
    wanted: str
    owner: str
    due: datetime
    is_overdue: bool
    state: RequestState
    appointment_id: int | None
    visit_starts: datetime | None
    taken: datetime
    taken_by: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One change of a request."""

    at: datetime
    by: str
    state: RequestState
    owner: str
    note: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who can take a request on."""

    id: int
    name: str


@query(permission="schedule.view")
def requests(work: Work, *, with_closed: bool = False) -> tuple[RequestLine, ...]:
    """The queue, what is due first on top; with the closed ones of the last thirty days. One statement."""
    asked = (
        select(VisitRequest, Patient, VisitType.name, UserAccount.name, Appointment.starts)
        .outerjoin(Patient, Patient.id == VisitRequest.patient_id)
        .outerjoin(VisitType, VisitType.id == VisitRequest.visit_type_id)
        .outerjoin(UserAccount, UserAccount.id == VisitRequest.owner_id)
        .outerjoin(Appointment, Appointment.id == VisitRequest.appointment_id)
        .order_by(VisitRequest.due_at, VisitRequest.id)
        .limit(500)
    )
    if not with_closed:
        asked = asked.where(VisitRequest.state.not_in(_CLOSED))
    rows = work.session.execute(asked).all()
    lines = [_line(work, *row) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.state in _CLOSED))


@query(permission="schedule.view")
def request(work: Work, *, request_id: int) -> RequestLine:
    """One request; raises NotFound. Two statements."""
    row = work.get(VisitRequest, request_id)
    asked = (
        select(VisitRequest, Patient, VisitType.name, UserAccount.name, Appointment.starts)
        .outerjoin(Patient, Patient.id == VisitRequest.patient_id)
        .outerjoin(VisitType, VisitType.id == VisitRequest.visit_type_id)
        .outerjoin(UserAccount, UserAccount.id == VisitRequest.owner_id)
        .outerjoin(Appointment, Appointment.id == VisitRequest.appointment_id)
        .where(VisitRequest.id == row.id)
    )
    return _line(work, *work.session.execute(asked).one())


@query(permission="schedule.view")
def log_of(work: Work, *, request_id: int) -> tuple[LogLine, ...]:
    """Everything that happened to a request, oldest first; one statement."""
    asked = (
        select(VisitRequestEvent, UserAccount.name)
        .outerjoin(UserAccount, UserAccount.id == VisitRequestEvent.owner_id)
        .where(VisitRequestEvent.request_id == request_id)
        .order_by(VisitRequestEvent.id)
    )
    return tuple(
        LogLine(work.wall(row.at), row.by, row.state, owner or "", row.note)
        for row, owner in work.session.execute(asked)
    )


@query(permission="schedule.view")
def owners(work: Work) -> tuple[Owner, ...]:
    """Who can take a request on, by name; one statement."""
    asked = (
        select(UserAccount.id, UserAccount.name)
        .where(UserAccount.is_active)
        .order_by(func.lower(UserAccount.name), UserAccount.id)
    )
    return tuple(Owner(id, name) for id, name in work.session.execute(asked))


def open_count(work: Work) -> int:
    """How many somebody must do something about; one statement."""
    return work.session.scalar(_COUNT, {"closed": _CLOSED}) or 0


_COUNT: Final = (
    select(func.count())
    .select_from(VisitRequest)
    .where(VisitRequest.state.not_in(bindparam("closed", expanding=True)))
)


def _line(
    work: Work,
    row: VisitRequest,
    patient: Patient | None,
    visit_type: str | None,
    owner: str | None,
    visit_starts: datetime | None,
) -> RequestLine:
    name = row.caller_name
    if patient is not None:
        name = last_first(patient.legal_last, patient.preferred_name or patient.legal_first)
    asked_by = ", ".join(part for part in (row.caller_name, row.caller_relation) if part) if patient else ""
    due = work.wall(row.due_at)
    return RequestLine(
        id=row.id,
        version=row.version,
        draft=draft_of(work, row),
        name=name,
        born_on=patient.born_on if patient else None,
        asked_by=asked_by,
        phone=us_phone(row.caller_phone),
        how_soon=words.how_soon(row.urgency),
        visit_type=visit_type or "",
        wanted=_wanted(row),
        owner=owner or "",
        due=due,
        is_overdue=row.state not in _CLOSED and row.due_at < work.now,
        state=row.state,
        appointment_id=row.appointment_id,
        visit_starts=visit_starts,
        taken=work.wall(row.taken_at),
        taken_by=row.taken_by,
    )


def _wanted(row: VisitRequest) -> str:
    """ "03/23/2026 to 03/27/2026, mornings"."""
    days = ""
    if row.wanted_from and row.wanted_until:
        days = f"{us_date(row.wanted_from)} to {us_date(row.wanted_until)}"
    elif row.wanted_from:
        days = f"from {us_date(row.wanted_from)}"
    elif row.wanted_until:
        days = f"until {us_date(row.wanted_until)}"
    return ", ".join(part for part in (days, row.wanted_times) if part)
