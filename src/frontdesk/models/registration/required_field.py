"""What the office wants to know of a patient, when, and whether the work stops without it."""

from enum import StrEnum

from sqlalchemy import Boolean, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice


class Needed(StrEnum):
    """What a rule asks for."""

    SEX = "sex"
    PHONE = "phone"
    TEXT_PERMISSION = "text_permission"
    EMAIL = "email"
    ADDRESS = "address"
    LANGUAGE = "language"
    RACE = "race"
    MARITAL_STATUS = "marital_status"
    EMERGENCY_CONTACT = "emergency_contact"
    GUARDIAN = "guardian"
    EMPLOYER = "employer"
    PRIMARY_CARE = "primary_care"
    PHARMACY = "pharmacy"
    PHOTO_ID = "photo_id"


class Occasion(StrEnum):
    """For whom, and at which moment, a rule asks."""

    NEW_PATIENT = "new_patient"
    CHECK_IN = "check_in"
    MINOR = "minor"
    """At check-in of a patient under 18."""
    INSURED = "insured"
    """At check-in of a patient with coverage."""


class RequiredField(Versioned):
    """One rule of the office."""

    __tablename__ = "required_field"
    field: Mapped[Needed] = mapped_column(Choice(Needed))
    occasion: Mapped[Occasion] = mapped_column(Choice(Occasion))
    is_must: Mapped[bool] = mapped_column(Boolean)
    """Without it the work stops until a reason is given; else the desk is only reminded."""
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    __table_args__ = (UniqueConstraint("field", "occasion"),)
