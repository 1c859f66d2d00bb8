"""Recall: which visits come round again, and what patients said when they were reminded of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp

LONGEST = 200


class RecallOutcome(StrEnum):
    """What came of reaching out to a patient who is due."""

    NO_ANSWER = "no_answer"
    MESSAGE_LEFT = "message_left"
    CARD_SENT = "card_sent"
    WILL_CALL = "will_call"
    NOT_NOW = "not_now"
    DECLINED = "declined"


class RecallRule(Versioned):
    """A type of visit that a patient should have again after some months."""

    __tablename__ = "recall_rule"
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"), unique=True)
    months: Mapped[int] = mapped_column(Integer)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (CheckConstraint("months BETWEEN 1 AND 120", name="months"),)


class RecallContact(Row):
    """One time that a patient was reached out to. Never changed: a mistake is a row that takes it back."""

    __tablename__ = "recall_contact"
    rule_id: Mapped[int] = mapped_column(ForeignKey("recall_rule.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"))
    outcome: Mapped[RecallOutcome] = mapped_column(Choice(RecallOutcome))
    until: Mapped[date | None] = mapped_column(Date)
    """Not before this day, where the patient said so."""
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Stamp)
    by: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("recall_contact.id"), unique=True)
    __table_args__ = (
        CheckConstraint(f"length(note) <= {LONGEST}", name="note"),
        CheckConstraint("outcome <> 'not_now' OR until IS NOT NULL", name="not_now_until"),
        CheckConstraint("takes_back_id <> id", name="not_itself"),
        Index("ix_recall_contact_patient", "patient_id", "rule_id"),
    )


append_only(RecallContact)
