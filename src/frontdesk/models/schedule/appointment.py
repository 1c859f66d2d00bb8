"""Visits: where each stands on its three axes, and everything that happened to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp, WallTime


class Lifecycle(StrEnum):
    """The first axis: what became of the visit."""

    REQUESTED = "requested"
    WAITLISTED = "waitlisted"
    HELD = "held"
    BOOKED = "booked"
    ARRIVED = "arrived"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    LEFT = "left_without_being_seen"
    RESCHEDULED = "rescheduled"
    IN_ERROR = "entered_in_error"


class Stage(StrEnum):
    """Where in the office the patient is; part of the first axis, from the day's stamps."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    CHECKING_IN = "checking_in"
    READY = "ready"
    ROOMED = "roomed"
    WITH_PROVIDER = "with_provider"
    SEEN = "seen"
    CHECKING_OUT = "checking_out"
    GONE = "gone"


class Confirmation(StrEnum):
    """The second axis: what the patient said about coming. A move sets it back."""

    NONE = "none"
    ATTEMPTED = "attempted"
    MESSAGE_LEFT = "message_left"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"


class Channel(StrEnum):
    """How the patient was spoken to."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    IN_PERSON = "in_person"
    LETTER = "letter"


class CancelledBy(StrEnum):
    """Who called the visit off."""

    PATIENT = "patient"
    OFFICE = "office"
    PROVIDER = "provider"


class ReadinessItem(StrEnum):
    """The third axis: what must be in place before the patient comes."""

    CHART = "chart"
    ELIGIBILITY = "eligibility"
    AUTHORIZATION = "authorization"
    FORMS = "forms"
    BALANCE = "balance"
    PREPARATION = "preparation"
    RECORDS = "records"
    RESOURCES = "resources"


class ReadinessState(StrEnum):
    """How far one item is."""

    OPEN = "open"
    DONE = "done"
    WAIVED = "waived"
    BLOCKED = "blocked"


class EventKind(StrEnum):
    """What can happen to a visit."""

    BOOKED = "booked"
    MOVED = "moved"
    RESIZED = "resized"
    CONTACTED = "contacted"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    RESTORED = "restored"
    RESCHEDULED = "rescheduled"
    IN_ERROR = "entered_in_error"
    ARRIVED = "arrived"
    CHECK_IN_STARTED = "check_in_started"
    READY = "ready"
    ROOMED = "roomed"
    PROVIDER_IN = "provider_in"
    PROVIDER_OUT = "provider_out"
    CHECK_OUT_STARTED = "check_out_started"
    COMPLETED = "completed"
    LEFT = "left"
    NO_LONGER_WANTED = "no_longer_wanted"
    TAKEN_BACK = "taken_back"


class Appointment(Versioned):
    """A booked time, as far as its events say: every axis here is the sum of `AppointmentEvent`s."""

    __tablename__ = "appointment"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    starts: Mapped[datetime] = mapped_column(WallTime)
    ends: Mapped[datetime] = mapped_column(WallTime)
    lifecycle: Mapped[Lifecycle] = mapped_column(Choice(Lifecycle))
    stage: Mapped[Stage] = mapped_column(Choice(Stage), default=Stage.EXPECTED)
    confirmation: Mapped[Confirmation] = mapped_column(Choice(Confirmation), default=Confirmation.NONE)
    contact_attempts: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[str] = mapped_column(String(200), default="")
    """Why the patient comes, in the desk's words; the visit type's name where empty."""
    note: Mapped[str] = mapped_column(String(500), default="")
    is_new_patient: Mapped[bool] = mapped_column(Boolean, default=False)
    is_overbooked: Mapped[bool] = mapped_column(Boolean, default=False)
    override_reason: Mapped[str] = mapped_column(String(200), default="")
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    """The room in which the patient is now."""
    booked_at: Mapped[datetime] = mapped_column(Stamp)
    stage_at: Mapped[datetime | None] = mapped_column(Stamp)
    """Since when the patient is in this stage."""
    arrived_at: Mapped[datetime | None] = mapped_column(Stamp)
    ready_at: Mapped[datetime | None] = mapped_column(Stamp)
    roomed_at: Mapped[datetime | None] = mapped_column(Stamp)
    provider_in_at: Mapped[datetime | None] = mapped_column(Stamp)
    provider_out_at: Mapped[datetime | None] = mapped_column(Stamp)
    completed_at: Mapped[datetime | None] = mapped_column(Stamp)
    cancelled_at: Mapped[datetime | None] = mapped_column(Stamp)
    cancelled_by: Mapped[CancelledBy | None] = mapped_column(Choice(CancelledBy))
    is_late_cancellation: Mapped[bool] = mapped_column(Boolean, default=False)
    rescheduled_to_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    needs_rebooking: Mapped[bool] = mapped_column(Boolean, default=False)
    """Called off or missed, and the patient wants a new time: it is on the unscheduled list."""
    rebooking_attempts: Mapped[int] = mapped_column(Integer, default=0)
    is_off_book: Mapped[bool] = mapped_column(Boolean, default=False)
    """Called off or missed, and no longer shown on its day."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    """The first occurrence's id, on every occurrence of a series."""
    __table_args__ = (
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint("date(starts) = date(ends)", name="within_one_day"),
        CheckConstraint("lifecycle <> 'cancelled' OR cancelled_by IS NOT NULL", name="cancelled_by_somebody"),
        CheckConstraint(
            "lifecycle <> 'rescheduled' OR rescheduled_to_id IS NOT NULL", name="rescheduled_to_a_visit"
        ),
        CheckConstraint("(lifecycle = 'completed') = (completed_at IS NOT NULL)", name="completed_with_time"),
        CheckConstraint("NOT is_overbooked OR override_reason <> ''", name="overbooked_with_reason"),
        CheckConstraint("rescheduled_to_id <> id", name="not_to_itself"),
        CheckConstraint(
            "NOT (needs_rebooking OR is_off_book) OR lifecycle IN ('cancelled', 'no_show', 'rescheduled')",
            name="off_book_after_its_end",
        ),
        Index(
            "ix_appointment_needs_rebooking",
            "starts",
            sqlite_where=text("needs_rebooking"),
            postgresql_where=text("needs_rebooking"),
        ),
        Index("ix_appointment_starts", "starts"),
        Index("ix_appointment_visit_type_starts", "visit_type_id", "starts"),
        Index("ix_appointment_patient_starts", "patient_id", "starts"),
        Index("ix_appointment_provider_starts", "provider_id", "starts"),
        Index(
            "ix_appointment_seen",
            "visit_type_id",
            "starts",
            sqlite_where=text("provider_out_at IS NOT NULL"),
            postgresql_where=text("provider_out_at IS NOT NULL"),
        ),
        Index(
            "ix_appointment_seen_by",
            "visit_type_id",
            "provider_id",
            "starts",
            sqlite_where=text("provider_out_at IS NOT NULL"),
            postgresql_where=text("provider_out_at IS NOT NULL"),
        ),
    )


class AppointmentEvent(Row):
    """One thing that happened to a visit. Never changed: a correction is an event that points at it."""

    __tablename__ = "appointment_event"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(Choice(EventKind))
    at: Mapped[datetime] = mapped_column(Stamp)
    """When it happened."""
    recorded_at: Mapped[datetime] = mapped_column(Stamp)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("appointment_event.id"))
    """The event that this one replaces, or takes back."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    starts: Mapped[datetime | None] = mapped_column(WallTime)
    ends: Mapped[datetime | None] = mapped_column(WallTime)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    is_overbooked: Mapped[bool] = mapped_column(Boolean, default=False)
    """With `starts`, `ends` and `provider_id`: where the visit stands after being booked, moved, resized."""
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    channel: Mapped[Channel | None] = mapped_column(Choice(Channel))
    outcome: Mapped[Confirmation | None] = mapped_column(Choice(Confirmation))
    cancelled_by: Mapped[CancelledBy | None] = mapped_column(Choice(CancelledBy))
    is_late: Mapped[bool] = mapped_column(Boolean, default=False)
    wants_rebooking: Mapped[bool] = mapped_column(Boolean, default=False)
    leaves_book: Mapped[bool] = mapped_column(Boolean, default=False)
    """With a visit called off or missed: whether a new time is to be found, and whether the day shows it."""
    rescheduled_to_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    __table_args__ = (
        CheckConstraint(
            "kind NOT IN ('booked', 'moved', 'resized') OR "
            "(starts IS NOT NULL AND ends > starts AND provider_id IS NOT NULL)",
            name="placed_somewhere",
        ),
        CheckConstraint("kind <> 'roomed' OR room_id IS NOT NULL", name="roomed_in_a_room"),
        CheckConstraint(
            "kind <> 'contacted' OR (channel IS NOT NULL AND outcome IS NOT NULL)", name="contacted"
        ),
        CheckConstraint("kind <> 'cancelled' OR cancelled_by IS NOT NULL", name="cancelled_by_somebody"),
        CheckConstraint("kind <> 'taken_back' OR corrects_id IS NOT NULL", name="takes_something_back"),
        CheckConstraint("kind <> 'rescheduled' OR rescheduled_to_id IS NOT NULL", name="rescheduled"),
        CheckConstraint(
            "NOT (wants_rebooking OR leaves_book) OR kind IN ('cancelled', 'no_show')",
            name="goes_on_after_end",
        ),
        CheckConstraint("kind <> 'no_longer_wanted' OR reason <> ''", name="no_longer_wanted_because"),
    )


class Readiness(Versioned):
    """One item of a visit's third axis; no row means open."""

    __tablename__ = "readiness"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    item: Mapped[ReadinessItem] = mapped_column(Choice(ReadinessItem))
    state: Mapped[ReadinessState] = mapped_column(Choice(ReadinessState))
    note: Mapped[str] = mapped_column(String(200), default="")
    __table_args__ = (UniqueConstraint("appointment_id", "item"),)


append_only(AppointmentEvent)
