"""Requests for a visit that wait to be worked on: who asked, by which way, for what, until when."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.types import Choice, Stamp

LONGEST = 300


class RequestChannel(StrEnum):
    """The way by which a request came."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    EMAIL = "email"
    LETTER = "letter"
    REFERRAL = "referral"


class RequestState(StrEnum):
    """How far a request is."""

    NEW = "new"
    WORKING = "working"
    WAITING = "waiting_on_patient"
    BOOKED = "booked"
    DECLINED = "declined"


class VisitRequest(Versioned):
    """One request. Closed, never deleted; its states are in its log."""

    __tablename__ = "visit_request"
    channel: Mapped[RequestChannel] = mapped_column(Choice(RequestChannel))
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"), index=True)
    caller_name: Mapped[str] = mapped_column(String(120), default="")
    """Who asked, where it was not the patient, or nobody is registered yet."""
    caller_relation: Mapped[str] = mapped_column(String(60), default="")
    caller_phone: Mapped[str] = mapped_column(String(20), default="")
    visit_type_id: Mapped[int | None] = mapped_column(ForeignKey("visit_type.id"))
    reason: Mapped[str] = mapped_column(Text)
    urgency: Mapped[Urgency] = mapped_column(Choice(Urgency))
    wanted_from: Mapped[date | None] = mapped_column(Date)
    wanted_until: Mapped[date | None] = mapped_column(Date)
    wanted_times: Mapped[str] = mapped_column(Text, default="")
    """In the caller's words: "mornings, not Fridays"."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Who has taken it on."""
    due_at: Mapped[datetime] = mapped_column(Stamp)
    state: Mapped[RequestState] = mapped_column(Choice(RequestState))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    taken_at: Mapped[datetime] = mapped_column(Stamp)
    taken_by: Mapped[str] = mapped_column(String(120))
    __table_args__ = (
        CheckConstraint("patient_id IS NOT NULL OR trim(caller_name) <> ''", name="from_somebody"),
        CheckConstraint(f"length(reason) BETWEEN 1 AND {LONGEST}", name="reason"),
        CheckConstraint(f"length(wanted_times) <= {LONGEST}", name="wanted_times"),
        CheckConstraint("wanted_until >= wanted_from", name="until_after_from"),
        CheckConstraint("(state = 'booked') = (appointment_id IS NOT NULL)", name="booked_with_a_visit"),
        Index("ix_visit_request_state_due", "state", "due_at"),
    )


class VisitRequestEvent(Row):
    """One change of a request's state or owner. Never changed itself."""

    __tablename__ = "visit_request_event"
    request_id: Mapped[int] = mapped_column(ForeignKey("visit_request.id"), index=True)
    state: Mapped[RequestState] = mapped_column(Choice(RequestState))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Stamp)
    by: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    __table_args__ = (CheckConstraint(f"length(note) <= {LONGEST}", name="note"),)


append_only(VisitRequestEvent)
