"""The schedule's words, and how its times are said; for windows, which do not import the tables."""

from datetime import date, datetime

from frontdesk.kernel.text import clock_time, us_time, weekday_date
from frontdesk.models.office.resources import ResourceKind
from frontdesk.models.schedule.appointment import (
    CancelledBy,
    Channel,
    Confirmation,
    EventKind,
    Lifecycle,
    ReadinessItem,
    ReadinessState,
    Stage,
)
from frontdesk.models.schedule.message_settings import MailSecurity
from frontdesk.models.schedule.reminder import AttemptResult, JobState, ReplyMeaning
from frontdesk.models.schedule.template import BlockKind, ExceptionKind
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.models.schedule.visit_type import PhaseKind, Role

__all__ = [
    "AttemptResult",
    "BlockKind",
    "CancelledBy",
    "Channel",
    "Confirmation",
    "EventKind",
    "ExceptionKind",
    "JobState",
    "Lifecycle",
    "MailSecurity",
    "NoticeKind",
    "PhaseKind",
    "ReadinessItem",
    "ReadinessState",
    "ReplyMeaning",
    "ResourceKind",
    "Role",
    "Stage",
    "Urgency",
    "from_to",
    "kept_for",
    "when",
]

_KEPT_FOR = {
    BlockKind.URGENT: "urgent visits",
    BlockKind.NEW_PATIENT: "new patients",
    BlockKind.PROCEDURE: "procedures",
    BlockKind.LUNCH: "lunch",
    BlockKind.CHARTING: "charting",
}


def kept_for(kind: BlockKind) -> str:
    """As in "Dr. Lee keeps 11:30 to 11:45 for urgent visits"."""
    return _KEPT_FOR[kind]


def from_to(starts: datetime, ends: datetime) -> str:
    """ "9:30 to 9:45"."""
    return f"{clock_time(starts)} to {clock_time(ends)}"


def when(at: datetime, today: date) -> str:
    """ "9:45 AM" on the day that is spoken of, else "Wednesday, March 18 at 9:45 AM"."""
    return us_time(at) if at.date() == today else f"{weekday_date(at.date())} at {us_time(at)}"
