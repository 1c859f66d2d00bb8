"""Providers' weeks: sessions, held blocks, and the days that are different."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.types import Choice, WallTime


class BlockKind(StrEnum):
    """What a stretch of a session is kept for."""

    URGENT = "urgent"
    NEW_PATIENT = "new_patient"
    PROCEDURE = "procedure"
    LUNCH = "lunch"
    CHARTING = "charting"


class ExceptionKind(StrEnum):
    """Whether a provider is away, or works where the week says no."""

    OUT = "out"
    EXTRA = "extra"


class Recurring:
    """A stretch of time that comes back each week, or each second one, between two dates."""

    weekday: Mapped[int] = mapped_column(Integer)
    """0 is Monday."""
    starts: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    every_weeks: Mapped[int] = mapped_column(Integer, default=1)
    """2: every other week, counted from the week of `effective_from`."""
    effective_from: Mapped[date] = mapped_column(Date)
    effective_until: Mapped[date | None] = mapped_column(Date)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)


class Weekly(Recurring):
    """A recurring stretch of a provider's."""

    @declared_attr
    def provider_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("provider.id"), index=True)


def _weekly_facts() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint("every_weeks BETWEEN 1 AND 4", name="every_weeks"),
        CheckConstraint("effective_until >= effective_from", name="until_after_from"),
    )


class TemplateSession(Weekly, Versioned):
    """Hours in which a provider sees patients, and how many."""

    __tablename__ = "template_session"
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    most_visits: Mapped[int | None] = mapped_column(Integer)
    most_new_patients: Mapped[int | None] = mapped_column(Integer)
    most_overbooked: Mapped[int] = mapped_column(Integer, default=2)
    __table_args__ = (
        *_weekly_facts(),
        CheckConstraint("most_visits >= 0", name="most_visits"),
        CheckConstraint("most_new_patients >= 0", name="most_new_patients"),
        CheckConstraint("most_overbooked >= 0", name="most_overbooked"),
    )


class TemplateSessionRoom(Row):
    """A room that a provider has for a session."""

    __tablename__ = "template_session_room"
    template_session_id: Mapped[int] = mapped_column(ForeignKey("template_session.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    __table_args__ = (UniqueConstraint("template_session_id", "room_id"),)


class TemplateBlock(Weekly, Versioned):
    """Time inside a session that is kept for something; released some hours before, where so set."""

    __tablename__ = "template_block"
    kind: Mapped[BlockKind] = mapped_column(Choice(BlockKind))
    release_hours: Mapped[int | None] = mapped_column(Integer)
    __table_args__ = (
        *_weekly_facts(),
        CheckConstraint("release_hours BETWEEN 0 AND 720", name="release_hours"),
    )


class ScheduleException(Versioned):
    """A stretch in which a provider is away, or works beside the weekly hours."""

    __tablename__ = "schedule_exception"
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[ExceptionKind] = mapped_column(Choice(ExceptionKind))
    starts: Mapped[datetime] = mapped_column(WallTime, index=True)
    ends: Mapped[datetime] = mapped_column(WallTime)
    reason: Mapped[str] = mapped_column(String(120), default="")
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (CheckConstraint("ends > starts", name="ends_after_start"),)


class StaffSession(Recurring, Versioned):
    """Hours in which a member of staff can be booked; one without any, whenever a provider is in."""

    __tablename__ = "staff_session"
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    __table_args__ = _weekly_facts()
