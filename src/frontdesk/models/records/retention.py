"""How long records are kept, edition by edition, and the legal holds that stop every destruction."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.records.document import RetentionClass, Sensitivity
from frontdesk.models.types import Choice, Stamp


class Trigger(StrEnum):
    """What the years are counted from."""

    DOCUMENT_DATE = "document_date"
    LAST_VISIT = "last_visit"
    MAJORITY = "majority"
    DEATH = "death"
    COVERAGE_END = "coverage_end"
    NEVER = "never"


class RetentionRule(Row):
    """One edition of a rule; the newest one whose day has come is in force, until it says that it ends."""

    __tablename__ = "retention_rule"
    key: Mapped[str] = mapped_column(String(60))
    """The same in all its editions; a shipped rule's key where it changes one of those."""
    edition: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(120))
    retention_class: Mapped[RetentionClass] = mapped_column(Choice(RetentionClass))
    sensitivity: Mapped[Sensitivity | None] = mapped_column(Choice(Sensitivity))
    """None: whatever it is."""
    trigger: Mapped[Trigger] = mapped_column(Choice(Trigger))
    years: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)
    """The law or the advice it rests on."""
    needs_counsel: Mapped[bool] = mapped_column(Boolean, default=False)
    """Nobody with a knowledge of the state's law has looked at it yet."""
    is_ended: Mapped[bool] = mapped_column(Boolean, default=False)
    effective_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Stamp)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    __table_args__ = (
        UniqueConstraint("key", "edition"),
        CheckConstraint("edition > 0", name="edition"),
        CheckConstraint("years BETWEEN 0 AND 100", name="years"),
        CheckConstraint("trim(name) <> ''", name="named"),
    )


class LegalHold(Row):
    """Nothing it covers is destroyed until it is released: a whole chart, some days of it, or some papers."""

    __tablename__ = "legal_hold"
    number: Mapped[int] = mapped_column(Integer, unique=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    matter: Mapped[str] = mapped_column(Text)
    """As the lawyer names it; shown to whoever is refused."""
    note: Mapped[str] = mapped_column(Text, default="")
    covers_from: Mapped[date | None] = mapped_column(Date)
    covers_to: Mapped[date | None] = mapped_column(Date)
    is_of_documents: Mapped[bool] = mapped_column(Boolean, default=False)
    """Only the documents named in `legal_hold_document`."""
    placed_at: Mapped[datetime] = mapped_column(Stamp)
    placed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    placed_by: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("trim(matter) <> ''", name="has_a_matter"),
        CheckConstraint("covers_to >= covers_from", name="ends_after_start"),
    )


class LegalHoldDocument(Row):
    """A document that a hold names."""

    __tablename__ = "legal_hold_document"
    hold_id: Mapped[int] = mapped_column(ForeignKey("legal_hold.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    __table_args__ = (UniqueConstraint("hold_id", "document_id"),)


class LegalHoldRelease(Row):
    """The end of a hold, and who said so."""

    __tablename__ = "legal_hold_release"
    hold_id: Mapped[int] = mapped_column(ForeignKey("legal_hold.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    released_at: Mapped[datetime] = mapped_column(Stamp)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    released_by: Mapped[str] = mapped_column(Text)
    __table_args__ = (CheckConstraint("trim(reason) <> ''", name="has_a_reason"),)


append_only(RetentionRule)
append_only(LegalHold)
append_only(LegalHoldDocument)
append_only(LegalHoldRelease)
