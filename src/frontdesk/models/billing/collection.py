"""What is done about old debts of households: stages, calls, promises. All of it is append-only."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, refuse_when, two_persons
from frontdesk.models.types import Cents, Choice, Stamp

LONGEST_WORDS = 400


class Stage(StrEnum):
    """How far the office went with a household."""

    OPEN = "open"
    FIRST_NOTICE = "first_notice"
    CALL = "call"
    PROMISE = "promise"
    FINAL_NOTICE = "final_notice"
    AGENCY_REVIEW = "agency_review"
    PLACED = "placed"
    RECALLED = "recalled"
    SETTLED = "settled"


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    CALL_BACK = "call_back"
    DISPUTES = "disputes"
    WRONG_NUMBER = "wrong_number"


class CollectionStep(Row):
    """A household entered a stage. The last step of an account says where it stands."""

    __tablename__ = "collection_step"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("collection_step.id"), unique=True)
    stage: Mapped[Stage] = mapped_column(Choice(Stage))
    at: Mapped[datetime] = mapped_column(Stamp)
    done_by: Mapped[str] = mapped_column(Text)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    words: Mapped[str] = mapped_column(Text)
    next_on: Mapped[date | None]
    """When somebody looks at it again."""
    owed_cents: Mapped[int] = mapped_column(Cents)
    """What the household owed then."""
    __table_args__ = (
        CheckConstraint(f"length(words) <= {LONGEST_WORDS}", name="words"),
        CheckConstraint("follows_id <> id", name="follows_another"),
        Index("ix_collection_step_account_id", "account_id", "id"),
    )


class CollectionCall(Row):
    """One call to a household: when, who, what came of it, in words."""

    __tablename__ = "collection_call"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(Stamp)
    done_by: Mapped[str] = mapped_column(Text)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[CallOutcome] = mapped_column(Choice(CallOutcome))
    words: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint(f"trim(words) <> '' AND length(words) <= {LONGEST_WORDS}", name="words"),
    )


class PaymentPromise(Versioned):
    """What somebody said they would pay by a day; whether it was kept is read from the receipts."""

    __tablename__ = "payment_promise"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    made_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Stamp)
    done_by: Mapped[str] = mapped_column(Text)
    """The person at the desk who was told."""
    amount_cents: Mapped[int] = mapped_column(Cents)
    due_on: Mapped[date]
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    """When it was taken back or replaced by another."""
    __table_args__ = (
        CheckConstraint("amount_cents > 0 AND amount_cents < 1000000000", name="amount_possible"),
        CheckConstraint("due_on >= made_on", name="due_later"),
    )


append_only(CollectionStep)
append_only(CollectionCall)
append_only(PaymentPromise, but=("version", "ended_at"))
refuse_when(
    CollectionStep,
    "collection_step_two_persons",
    "INSERT",
    message="collection_step_two_persons",
    when="NEW.stage = 'placed' AND NOT EXISTS (SELECT 1 FROM collection_step AS asked"
    " WHERE asked.id = NEW.follows_id AND asked.stage = 'agency_review'"
    f" AND {two_persons('asked.done_by', 'NEW.done_by')})",
)
