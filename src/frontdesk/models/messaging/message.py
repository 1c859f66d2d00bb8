"""A message is a work item: about a patient or a visit or neither, to a person or a role, until done."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class MessagePriority(StrEnum):
    NOW = "now"
    TODAY = "today"
    ROUTINE = "routine"


class MessageState(StrEnum):
    NEW = "new"
    READ = "read"
    IN_WORK = "in work"
    WAITING = "waiting"
    DONE = "done"


class Message(Versioned):
    """One item in the inbox; replies are messages of the same thread."""

    __tablename__ = "message"
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), index=True)
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    from_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    to_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    to_role_id: Mapped[int | None] = mapped_column(ForeignKey("role.id"))
    caller_name: Mapped[str] = mapped_column(String(120), default="")
    caller_relation: Mapped[str] = mapped_column(String(60), default="")
    call_back: Mapped[str] = mapped_column(String(20), default="")
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    priority: Mapped[MessagePriority] = mapped_column(Choice(MessagePriority))
    state: Mapped[MessageState] = mapped_column(Choice(MessageState))
    written_at: Mapped[datetime] = mapped_column(Stamp)
    due_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("to_user_id IS NOT NULL OR to_role_id IS NOT NULL", name="addressed"),
        CheckConstraint("subject <> ''", name="subject"),
        Index("ix_message_open", "state", "to_user_id", "to_role_id"),
    )


class MessageMove(Row):
    """Who handed a message to whom: its history, kept."""

    __tablename__ = "message_move"
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    at: Mapped[datetime] = mapped_column(Stamp)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    to_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    to_role_id: Mapped[int | None] = mapped_column(ForeignKey("role.id"))
    state: Mapped[MessageState] = mapped_column(Choice(MessageState))
    note: Mapped[str] = mapped_column(String(200), default="")


append_only(MessageMove)
