"""The patient: who they are on paper, and the numbers other systems know them by."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.types import Choice, Choices, Stamp, only_words_of


class PatientStatus(StrEnum):
    """Where the patient stands with the practice."""

    PROSPECTIVE = "prospective"
    ACTIVE = "active"
    INACTIVE = "inactive"
    DECEASED = "deceased"
    MERGED = "merged"


class Sex(StrEnum):
    """The sex that payers have on file (005010X222A1 2010BA DMG03 knows no other words)."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class ReminderWay(StrEnum):
    """How the patient wants to hear from the office."""

    TEXT = "text"
    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    NONE = "none"


class Race(StrEnum):
    """Race and ethnicity asked as one question, as many as apply (OMB SPD 15 of 2024, 89 FR 22182)."""

    NATIVE_AMERICAN = "native_american"
    ASIAN = "asian"
    BLACK = "black"
    HISPANIC = "hispanic"
    MIDDLE_EASTERN = "middle_eastern"
    PACIFIC_ISLANDER = "pacific_islander"
    WHITE = "white"
    OTHER = "other"
    DECLINED = "declined"
    """The patient was asked and did not want to say."""


class Patient(Versioned):
    """A person the practice cares for. Made inactive, never deleted."""

    __tablename__ = "patient"
    chart_number: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[PatientStatus] = mapped_column(Choice(PatientStatus))
    status_reason: Mapped[str] = mapped_column(String(200), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"), index=True)
    legal_first: Mapped[str] = mapped_column(String(60))
    legal_middle: Mapped[str] = mapped_column(String(60), default="")
    legal_last: Mapped[str] = mapped_column(String(60))
    suffix: Mapped[str] = mapped_column(String(10), default="")
    preferred_name: Mapped[str] = mapped_column(String(60), default="")
    former_last_name: Mapped[str] = mapped_column(String(60), default="")
    search_name: Mapped[str] = mapped_column(String(200))
    """Last, then first name, folded: the order of lists."""
    born_on: Mapped[date] = mapped_column(Date)
    died_on: Mapped[date | None] = mapped_column(Date)
    sex: Mapped[Sex] = mapped_column(Choice(Sex))
    gender_identity: Mapped[str] = mapped_column(String(40), default="")
    pronouns: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(40), default="English")
    interpreter_needed: Mapped[bool] = mapped_column(Boolean, default=False)
    race: Mapped[tuple[Race, ...]] = mapped_column(Choices(Race), default=())
    marital_status: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    reminder_way: Mapped[ReminderWay] = mapped_column(Choice(ReminderWay), default=ReminderWay.TEXT)
    second_way: Mapped[ReminderWay] = mapped_column(
        Choice(ReminderWay, "second_way"), default=ReminderWay.NONE
    )
    """How the office tries next where the first way does not reach the patient."""
    employer: Mapped[str] = mapped_column(String(120), default="")
    pharmacy: Mapped[str] = mapped_column(String(120), default="")
    primary_care: Mapped[str] = mapped_column(String(120), default="")
    """The physician the patient names, of this practice or another."""
    referring: Mapped[str] = mapped_column(String(120), default="")
    """The physician who sent the patient here."""
    usual_provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"), index=True)
    is_restricted: Mapped[bool] = mapped_column(Boolean, default=False)
    """Only for those who may open restricted records, others break the glass with a reason."""
    registered_at: Mapped[datetime] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("trim(legal_first) <> '' AND trim(legal_last) <> ''", name="named"),
        CheckConstraint("died_on >= born_on", name="died_after_birth"),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"),
        CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
        CheckConstraint("died_on IS NULL OR status IN ('deceased', 'merged')", name="dead_is_deceased"),
        CheckConstraint("email = '' OR replace(email, '@', '') <> email", name="email_has_an_at"),
        CheckConstraint(only_words_of("race", Race), name="race_of_the_list"),
        CheckConstraint("race = 'declined' OR race NOT LIKE '%declined%'", name="declined_alone"),
        CheckConstraint("second_way = 'none' OR second_way <> reminder_way", name="second_way_another"),
        Index("ix_patient_search_name", "search_name", "born_on"),
    )


class PatientIdentifier(Row):
    """The number that another system knows the patient by; an import finds its own rows again by it."""

    __tablename__ = "patient_identifier"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    system: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("system", "value"),
        CheckConstraint("value <> ''", name="has_a_value"),
    )
