"""Statements that go by e-mail: each step of a delivery is a row of its own."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class MailStep(StrEnum):
    """How far a statement came on its way by e-mail; each at most once."""

    WAITS = "waits"
    TRIED = "tried"
    """A desk has it in hand. Written before the server is spoken to, so that nothing is sent twice."""
    SENT = "sent"
    FAILED = "failed"
    """It goes on paper: the server did not take it, or nobody knows whether it did."""


class StatementMail(Row):
    """A step on the way of one statement."""

    __tablename__ = "statement_mail"
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"))
    step: Mapped[MailStep] = mapped_column(Choice(MailStep))
    address: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Stamp)
    answer: Mapped[str] = mapped_column(Text, default="")
    """What the server said, in a sentence."""
    __table_args__ = (
        UniqueConstraint("statement_id", "step"),
        CheckConstraint("address <> ''", name="address"),
    )


append_only(StatementMail)
