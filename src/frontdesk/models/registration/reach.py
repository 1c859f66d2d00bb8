"""How a patient, and the people around a patient, can be reached; ended, never deleted."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.guards import no_overlap
from frontdesk.models.types import Choice, Stamp


class PhoneKind(StrEnum):
    """Where a phone rings."""

    MOBILE = "mobile"
    HOME = "home"
    WORK = "work"
    OTHER = "other"


class AddressKind(StrEnum):
    """What an address is for."""

    HOME = "home"
    MAILING = "mailing"
    CONFIDENTIAL = "confidential"
    TEMPORARY = "temporary"


class AlertKind(StrEnum):
    """What an alert asks of the desk."""

    NOTE = "note"
    CODE_WORD = "code_word"
    ACCESS = "access"
    PRIVACY = "privacy"
    SAFETY = "safety"
    MONEY = "money"


class PermissionSource(StrEnum):
    """How a patient gave the office leave to text or to leave a message (47 CFR 64.1200(f)(9))."""

    AT_DESK = "at_desk"
    BY_PHONE = "by_phone"
    ON_FORM = "on_form"
    PORTAL = "portal"
    GUARDIAN = "guardian"


class PatientPhone(Versioned):
    """A phone in the patient's own order of preference."""

    __tablename__ = "patient_phone"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    rank: Mapped[int] = mapped_column(Integer)
    kind: Mapped[PhoneKind] = mapped_column(Choice(PhoneKind))
    number: Mapped[str] = mapped_column(String(20))
    """Ten digits in the United States; elsewhere with + and country code."""
    text_ok: Mapped[bool] = mapped_column(Boolean, default=False)
    voicemail_ok: Mapped[bool] = mapped_column(Boolean, default=False)
    permission_on: Mapped[date | None] = mapped_column(Date)
    """When the patient last said what may be done with this number."""
    permission_source: Mapped[PermissionSource | None] = mapped_column(Choice(PermissionSource))
    note: Mapped[str] = mapped_column(String(80), default="")
    ended_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        CheckConstraint("rank >= 1", name="ranked_from_one"),
        CheckConstraint(
            "(permission_on IS NULL) = (permission_source IS NULL)", name="permission_has_date_and_source"
        ),
        CheckConstraint("length(number) >= 8", name="long_enough"),
        CheckConstraint("replace(replace(number, ' ', ''), '-', '') = number", name="digits_only"),
        Index(
            "uq_patient_phone_in_use",
            "patient_id",
            "number",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )


class PatientAddress(Versioned):
    """Where a patient lives or gets mail, from one day to another; one per kind and day."""

    __tablename__ = "patient_address"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    kind: Mapped[AddressKind] = mapped_column(Choice(AddressKind))
    street: Mapped[str] = mapped_column(String(120))
    unit: Mapped[str] = mapped_column(String(60), default="")
    city: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(2))
    postal_code: Mapped[str] = mapped_column(String(10))
    """Five digits, or nine with the dash; empty where an import knew none."""
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        CheckConstraint("trim(street) <> '' AND trim(city) <> ''", name="has_street_and_city"),
        CheckConstraint("length(state) = 2", name="state_of_two_letters"),
        CheckConstraint("length(postal_code) IN (0, 5, 10)", name="zip_of_five_or_nine"),
        CheckConstraint("valid_until >= valid_from", name="ends_after_start"),
    )


no_overlap(PatientAddress, by=("patient_id", "kind"), starts="valid_from", ends="valid_until")


class PatientContact(Versioned):
    """Somebody around the patient: to call in an emergency, to decide for a child, to be told things."""

    __tablename__ = "patient_contact"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    contact_patient_id: Mapped[int | None] = mapped_column(ForeignKey("patient.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    relationship: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(20), default="")
    is_emergency: Mapped[bool] = mapped_column(Boolean, default=False)
    is_guardian: Mapped[bool] = mapped_column(Boolean, default=False)
    may_discuss: Mapped[bool] = mapped_column(Boolean, default=False)
    """The patient allowed the office to speak with this person about them."""
    authority: Mapped[str] = mapped_column(String(120), default="")
    """What a guardian's right rests on: parent, court order, power of attorney."""
    authority_until: Mapped[date | None] = mapped_column(Date)
    """The last day of the right, where the paper names one."""
    rank: Mapped[int] = mapped_column(Integer, default=1)
    """In an emergency the lowest is called first."""
    ended_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="named"),
        CheckConstraint("NOT is_guardian OR authority <> ''", name="guardian_has_authority"),
        CheckConstraint("contact_patient_id <> patient_id", name="not_the_patient"),
        CheckConstraint("authority_until IS NULL OR is_guardian", name="only_a_guardians_right_ends"),
        CheckConstraint("rank >= 1", name="ranked_from_one"),
    )


class PatientAlert(Versioned):
    """What the desk must know before it says a word."""

    __tablename__ = "patient_alert"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    kind: Mapped[AlertKind] = mapped_column(Choice(AlertKind))
    sentence: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date] = mapped_column(Date)
    expires_on: Mapped[date | None] = mapped_column(Date)
    """The last day it is shown."""
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    __table_args__ = (
        CheckConstraint("trim(sentence) <> ''", name="says_something"),
        CheckConstraint("expires_on >= starts_on", name="expires_after_start"),
    )
