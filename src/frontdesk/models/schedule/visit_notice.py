"""What a patient was told about a visit, and how: nobody is told twice, or told something else."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.types import Choice, Stamp, WallTime

LONGEST = 300


class NoticeKind(StrEnum):
    """Why the patient was told."""

    DELAY = "delay"
    PROVIDER_OUT = "provider_out"
    NEW_TIME = "new_time"


class VisitNotice(Row):
    """One telling. Never changed: a mistake is a row that takes the other back."""

    __tablename__ = "visit_notice"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    kind: Mapped[NoticeKind] = mapped_column(Choice(NoticeKind))
    channel: Mapped[Channel] = mapped_column(Choice(Channel))
    said: Mapped[str] = mapped_column(Text)
    """The words; never the reason of the visit."""
    promised: Mapped[datetime | None] = mapped_column(WallTime)
    """The start that was named to the patient, where one was."""
    at: Mapped[datetime] = mapped_column(Stamp)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("visit_notice.id"), unique=True)
    __table_args__ = (
        CheckConstraint(f"length(said) <= {LONGEST}", name="said"),
        CheckConstraint("said <> '' OR takes_back_id IS NOT NULL", name="says_something"),
        CheckConstraint("takes_back_id <> id", name="not_itself"),
        Index("ix_visit_notice_appointment", "appointment_id", "kind"),
    )


append_only(VisitNotice)
