"""Reminders: the office's rules and words, and what came of each: jobs, attempts, replies, opt-outs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.types import Choice, Stamp, WallTime

LONGEST_WORDS = 800
LONGEST_ANSWER = 300
_SENDABLE = "('text', 'email', 'phone', 'letter')"


class JobState(StrEnum):
    """How far a reminder is."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    """A desk is sending it at this moment, or went down while it was."""
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The desk that was sending it never said how it went: it is not sent again."""
    WITHDRAWN = "withdrawn"


class AttemptResult(StrEnum):
    """What came of one try."""

    SENT = "sent"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"
    BOUNCED = "bounced"


class ReplyMeaning(StrEnum):
    """What a patient's answer to a reminder asks for."""

    CONFIRM = "confirm"
    STOP = "stop"
    START = "start"
    DECLINE = "decline"
    OTHER = "other"


class ReminderRule(Versioned):
    """When, and by which channels in which order, patients are reminded. Switched off, never deleted."""

    __tablename__ = "reminder_rule"
    name: Mapped[str] = mapped_column(String(80), unique=True)
    hours_before: Mapped[int] = mapped_column(Integer)
    not_within_hours: Mapped[int] = mapped_column(Integer, default=1)
    """Nothing goes out when the visit is nearer than this."""
    channels: Mapped[str] = mapped_column(String(40))
    """The first by which the patient can be reached counts: "text,email,phone"."""
    says_preparation: Mapped[bool] = mapped_column(Boolean, default=False)
    if_unconfirmed: Mapped[bool] = mapped_column(Boolean, default=False)
    """Only while the patient has not confirmed."""
    family_together: Mapped[bool] = mapped_column(Boolean, default=True)
    """One message for all of a household whose visits are on the same day."""
    guardian_below_age: Mapped[int] = mapped_column(Integer, default=18)
    is_active: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="named"),
        CheckConstraint("hours_before BETWEEN 1 AND 720", name="hours_before"),
        CheckConstraint("not_within_hours BETWEEN 0 AND hours_before", name="not_within"),
        CheckConstraint("channels <> ''", name="has_a_channel"),
        CheckConstraint("guardian_below_age BETWEEN 0 AND 21", name="guardian_below_age"),
    )


class ReminderTypeOff(Versioned):
    """A kind of visit that a rule leaves out."""

    __tablename__ = "reminder_type_off"
    rule_id: Mapped[int] = mapped_column(ForeignKey("reminder_rule.id"))
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    is_off: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (UniqueConstraint("rule_id", "visit_type_id"),)


class ReminderVisitOff(Versioned):
    """A rule that a patient does not want for one visit."""

    __tablename__ = "reminder_visit_off"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("reminder_rule.id"))
    is_off: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (UniqueConstraint("appointment_id", "rule_id"),)


class ReminderTemplate(Versioned):
    """The words of one channel in one language, with fields in braces."""

    __tablename__ = "reminder_template"
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(120), default="")
    body: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("channel", "language"),
        CheckConstraint(f"channel IN {_SENDABLE}", name="sendable"),
        CheckConstraint("trim(body) <> ''", name="says_something"),
        CheckConstraint(f"length(body) <= {LONGEST_WORDS}", name="body"),
        CheckConstraint("(channel = 'email') = (subject <> '')", name="subject_of_email"),
    )


class ReminderJob(Versioned):
    """One reminder of one occurrence (a visit at its start) by one channel: made once, sent at most once."""

    __tablename__ = "reminder_job"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    starts: Mapped[datetime] = mapped_column(WallTime)
    """The start that is reminded of: a moved visit is another occurrence."""
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("reminder_rule.id"), index=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("visit_notice.id"))
    """Words that a person wrote for this visit, in the place of a rule."""
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    state: Mapped[JobState] = mapped_column(Choice(JobState), default=JobState.PLANNED)
    due_at: Mapped[datetime] = mapped_column(Stamp)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    claimed_at: Mapped[datetime | None] = mapped_column(Stamp)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    why: Mapped[str] = mapped_column(String(200), default="")
    """Of a call: what it takes the place of. Of one withdrawn: what became of the visit."""
    __table_args__ = (
        CheckConstraint("(rule_id IS NULL) <> (notice_id IS NULL)", name="of_a_rule_or_a_notice"),
        CheckConstraint(f"channel IN {_SENDABLE}", name="sendable"),
        CheckConstraint("(state = 'claimed') = (claimed_at IS NOT NULL)", name="claimed_since"),
        CheckConstraint("tries >= 0", name="tries"),
        UniqueConstraint("appointment_id", "starts", "rule_id", "channel", name="uq_reminder_job_occurrence"),
        Index(
            "uq_reminder_job_notice",
            "notice_id",
            "channel",
            unique=True,
            sqlite_where=text("notice_id IS NOT NULL"),
            postgresql_where=text("notice_id IS NOT NULL"),
        ),
        Index("ix_reminder_job_state_due_at", "state", "due_at"),
        Index("ix_reminder_job_starts", "starts"),
    )


class ReminderAttempt(Row):
    """One try to send a job, and what the server said to it."""

    __tablename__ = "reminder_attempt"
    job_id: Mapped[int] = mapped_column(ForeignKey("reminder_job.id"), index=True)
    at: Mapped[datetime] = mapped_column(Stamp)
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    result: Mapped[AttemptResult] = mapped_column(Choice(AttemptResult))
    sent_to: Mapped[str] = mapped_column(String(254), default="")
    gateway_id: Mapped[str] = mapped_column(Text, default="")
    """The name under which the server knows the message."""
    answer: Mapped[str] = mapped_column(Text, default="")
    next_try_at: Mapped[datetime | None] = mapped_column(Stamp)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    __table_args__ = (
        CheckConstraint(f"length(answer) <= {LONGEST_ANSWER}", name="answer"),
        CheckConstraint("next_try_at IS NULL OR result = 'temporary'", name="next_try"),
    )


class ReminderReply(Row):
    """What a patient answered, as it came. A reply taken down by mistake is taken back by another row."""

    __tablename__ = "reminder_reply"
    at: Mapped[datetime] = mapped_column(Stamp)
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    sender: Mapped[str] = mapped_column(String(254))
    said: Mapped[str] = mapped_column(Text)
    meaning: Mapped[ReplyMeaning] = mapped_column(Choice(ReplyMeaning))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("reminder_reply.id"), unique=True)
    __table_args__ = (
        CheckConstraint("trim(sender) <> ''", name="from_somebody"),
        CheckConstraint(f"length(said) <= {LONGEST_WORDS}", name="said"),
        CheckConstraint("takes_back_id <> id", name="not_itself"),
    )


class ReminderOptOut(Versioned):
    """A number or address that wants no messages, whoever of the household it belongs to."""

    __tablename__ = "reminder_opt_out"
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    address: Mapped[str] = mapped_column(String(254))
    since_at: Mapped[datetime] = mapped_column(Stamp)
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("channel IN ('text', 'email')", name="of_messages"),
        CheckConstraint("ended_at >= since_at", name="ends_after_start"),
        Index(
            "uq_reminder_opt_out_stands",
            "channel",
            "address",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


append_only(ReminderAttempt)
append_only(ReminderReply)
refuse_when(ReminderJob, "reminder_job_kept", "DELETE", message="reminder_job_kept")
refuse_when(
    ReminderJob,
    "reminder_job_once",
    "UPDATE OF state",
    message="reminder_job_once",
    when="OLD.channel IN ('text', 'email') AND OLD.state IN ('sent', 'unknown', 'failed') "
    "AND NEW.state IN ('planned', 'claimed')",
)
refuse_when(
    ReminderJob,
    "reminder_job_same",
    "UPDATE OF appointment_id, starts, rule_id, notice_id, channel",
    message="reminder_job_same",
)
