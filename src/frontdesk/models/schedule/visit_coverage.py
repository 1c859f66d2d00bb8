"""Which coverage pays for one visit, and the authorizations whose units it holds."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class VisitCoverage(Versioned):
    """What was said about who pays for a visit; without a row the patient's first coverage does."""

    __tablename__ = "visit_coverage"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), unique=True)
    coverage_id: Mapped[int | None] = mapped_column(ForeignKey("coverage.id"), index=True)
    """The one that pays first for this visit; empty: the patient's first."""
    units: Mapped[int] = mapped_column(Integer, default=1)
    """How many authorized units or visits this one takes."""
    __table_args__ = (CheckConstraint("units BETWEEN 1 AND 999", name="takes_some"),)


class VisitAuthorization(Row):
    """Units of an authorization that a visit took; what became of them says `AuthorizationUse.state`."""

    __tablename__ = "visit_authorization"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    use_id: Mapped[int] = mapped_column(ForeignKey("authorization_use.id"), unique=True)


class StepKind(StrEnum):
    """What was done about a visit's authorization."""

    ASKED = "asked"
    CHASED = "chased"
    GRANTED = "granted"
    DENIED = "denied"
    NOT_NEEDED = "not_needed"
    TAKEN_BACK = "taken_back"


class StepWay(StrEnum):
    """How the payer was reached."""

    PHONE = "phone"
    PORTAL = "portal"
    FAX = "fax"
    LETTER = "letter"


class AuthorizationStep(Row):
    """One contact with a payer about the authorization of a visit. Where it stands is the last that holds."""

    __tablename__ = "authorization_step"
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(Choice(StepKind))
    at: Mapped[datetime] = mapped_column(Stamp)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    way: Mapped[StepWay | None] = mapped_column(Choice(StepWay))
    spoke_to: Mapped[str] = mapped_column(String(80), default="")
    reference: Mapped[str] = mapped_column(String(50), default="")
    chase_on: Mapped[date | None] = mapped_column(Date)
    """When to ask again if no answer comes."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What was said; why it was denied, or is not needed."""
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("authorization_grant.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("authorization_step.id"))
    __table_args__ = (
        CheckConstraint("length(note) <= 500", name="note_short"),
        CheckConstraint("kind NOT IN ('asked', 'chased') OR way IS NOT NULL", name="asked_somehow"),
        CheckConstraint("kind NOT IN ('denied', 'not_needed') OR note <> ''", name="says_why"),
        CheckConstraint("(kind = 'taken_back') = (corrects_id IS NOT NULL)", name="takes_something_back"),
    )


append_only(AuthorizationStep)
append_only(VisitAuthorization)
