"""People who wait for a time or for an earlier one, and the times that were offered to them."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, Time, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.types import Choice, Stamp, WallTime

LONGEST = 200
LONGEST_NOTICE_MINUTES = 14 * 24 * 60


class WaitlistEnd(StrEnum):
    """Why somebody waits no more; one whose last day has passed waits no more either, without a word."""

    BOOKED = "booked"
    WITHDRAWN = "withdrawn"


class OfferOutcome(StrEnum):
    """What came of an offer; an offer without one is open until its hold ends."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class WaitlistEntry(Versioned):
    """One wish for a time. Ended, never deleted; put back, it has its old place."""

    __tablename__ = "waitlist_entry"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    minutes: Mapped[int | None] = mapped_column(Integer)
    """None: the visit type's length."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why the patient comes, in the desk's words; the visit type's name where empty."""
    urgency: Mapped[Urgency] = mapped_column(Choice(Urgency))
    notice_minutes: Mapped[int] = mapped_column(Integer, default=0)
    """How long beforehand the patient must know."""
    wanted_until: Mapped[date | None] = mapped_column(Date)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    """The patient's own later visit, which would move up."""
    note: Mapped[str] = mapped_column(Text, default="")
    added_at: Mapped[datetime] = mapped_column(Stamp)
    added_by: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    ended: Mapped[WaitlistEnd | None] = mapped_column(Choice(WaitlistEnd))
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 720", name="minutes"),
        CheckConstraint(f"length(reason) <= {LONGEST}", name="reason"),
        CheckConstraint(f"length(note) <= {LONGEST}", name="note"),
        CheckConstraint(f"length(ended_reason) <= {LONGEST}", name="ended_reason"),
        CheckConstraint(f"notice_minutes BETWEEN 0 AND {LONGEST_NOTICE_MINUTES}", name="notice_minutes"),
        CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name="ended_somehow"),
        Index("ix_waitlist_entry_ended_at", "ended_at", "urgency"),
        Index(
            "uq_waitlist_entry_appointment",
            "appointment_id",
            unique=True,
            sqlite_where=sql("ended_at IS NULL"),
            postgresql_where=sql("ended_at IS NULL"),
        ),
    )


class WaitlistProvider(Row):
    """A provider the patient would see; an entry without any takes whoever is free."""

    __tablename__ = "waitlist_provider"
    entry_id: Mapped[int] = mapped_column(ForeignKey("waitlist_entry.id"))
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    __table_args__ = (UniqueConstraint("entry_id", "provider_id"),)


class WaitlistWindow(Row):
    """When in the week the patient can come; an entry without any can come whenever it is."""

    __tablename__ = "waitlist_window"
    entry_id: Mapped[int] = mapped_column(ForeignKey("waitlist_entry.id"), index=True)
    weekday: Mapped[int] = mapped_column(Integer)
    """0 is Monday."""
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time | None] = mapped_column(Time)
    """None: until midnight."""
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("ends > starts", name="ends_after_start"),
    )


class WaitlistOffer(Versioned):
    """A time kept for somebody who waits, while they are asked. Nobody is booked by it."""

    __tablename__ = "waitlist_offer"
    entry_id: Mapped[int] = mapped_column(ForeignKey("waitlist_entry.id"))
    slot_hold_id: Mapped[int] = mapped_column(ForeignKey("slot_hold.id"), unique=True)
    """What keeps the time, and until when."""
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"))
    starts: Mapped[datetime] = mapped_column(WallTime)
    ends: Mapped[datetime] = mapped_column(WallTime)
    override_reason: Mapped[str] = mapped_column(Text, default="")
    """Why the time is given away although it is kept for something else."""
    after_id: Mapped[int | None] = mapped_column(ForeignKey("waitlist_offer.id"))
    """The step before in a chain: its acceptance opened this time."""
    offered_at: Mapped[datetime] = mapped_column(Stamp)
    offered_by: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[OfferOutcome | None] = mapped_column(Choice(OfferOutcome))
    outcome_at: Mapped[datetime | None] = mapped_column(Stamp)
    outcome_by: Mapped[str] = mapped_column(String(120), default="")
    """Who called, and heard it."""
    said: Mapped[str] = mapped_column(Text, default="")
    """What the patient gave as a reason."""
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    """The visit that came of it."""
    __table_args__ = (
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint(f"length(said) <= {LONGEST}", name="said"),
        CheckConstraint(f"length(override_reason) <= {LONGEST}", name="override_reason"),
        CheckConstraint("(outcome IS NULL) = (outcome_at IS NULL)", name="outcome_with_time"),
        CheckConstraint(
            "outcome IS NULL OR outcome <> 'accepted' OR appointment_id IS NOT NULL",
            name="accepted_with_a_visit",
        ),
        CheckConstraint("after_id <> id", name="not_after_itself"),
        Index("ix_waitlist_offer_entry", "entry_id", "offered_at"),
        Index("ix_waitlist_offer_offered_at", "offered_at"),
        Index(
            "uq_waitlist_offer_open",
            "entry_id",
            unique=True,
            sqlite_where=sql("outcome IS NULL"),
            postgresql_where=sql("outcome IS NULL"),
        ),
    )
