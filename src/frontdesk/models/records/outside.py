"""Offices outside: whom records are asked of and sent to, and which of them a patient went to before."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.records.document import Category
from frontdesk.models.types import Choices, only_words_of


class OutsideOffice(Versioned):
    """A hospital, practice or laboratory, or one department of it, as the office reaches it."""

    __tablename__ = "outside_office"
    name: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(Text, default="")
    attention: Mapped[str] = mapped_column(Text, default="")
    """The person who answers there."""
    phone: Mapped[str] = mapped_column(Text, default="")
    """Ten digits, as the fax."""
    fax: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    """An address to which sealed mail can go (Direct, or the hospital's own portal)."""
    street: Mapped[str] = mapped_column(Text, default="")
    city: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text, default="")
    zip: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="named"),
        CheckConstraint("length(name) <= 120 AND length(department) <= 120", name="names_short"),
        CheckConstraint("length(note) <= 500", name="note_short"),
        Index(
            "uq_outside_office_in_use",
            "name",
            "department",
            unique=True,
            sqlite_where=text("is_active"),
            postgresql_where=text("is_active"),
        ),
    )


class PriorProvider(Versioned):
    """Who saw the patient before or beside this office, when, and what they hold."""

    __tablename__ = "prior_provider"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("outside_office.id"), index=True)
    provider_name: Mapped[str] = mapped_column(Text, default="")
    seen_from: Mapped[date | None]
    seen_until: Mapped[date | None]
    holds: Mapped[tuple[Category, ...]] = mapped_column(Choices(Category), default=())
    """The kinds of records that are there."""
    note: Mapped[str] = mapped_column(Text, default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    """False where it was entered for the wrong patient."""
    __table_args__ = (
        CheckConstraint("seen_until >= seen_from", name="ends_after_start"),
        CheckConstraint(only_words_of("holds", Category), name="holds"),
        CheckConstraint("length(provider_name) <= 120 AND length(note) <= 500", name="texts_short"),
    )


class AskingRule(Row):
    """How the office chases what others owe it, and who hears complaints: one row."""

    __tablename__ = "asking_rule"
    first_after_days: Mapped[int]
    """So many days after a request was sent, the first call is due."""
    again_after_days: Mapped[int]
    """So many days after a call, the next is due."""
    before_visit_days: Mapped[int]
    """So many days before the visit the records must be here."""
    complaints_to: Mapped[str] = mapped_column(Text, default="")
    """Name or title for complaints (45 CFR 164.526(d)(1)(iv)); empty: the privacy officer."""
    complaints_phone: Mapped[str] = mapped_column(Text, default="")
    """Empty: the office's own number."""
    singleton: Mapped[int] = mapped_column(default=1, unique=True)
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("first_after_days BETWEEN 1 AND 60", name="first_after_days"),
        CheckConstraint("again_after_days BETWEEN 1 AND 60", name="again_after_days"),
        CheckConstraint("before_visit_days BETWEEN 0 AND 30", name="before_visit_days"),
        CheckConstraint("length(complaints_to) <= 120", name="complaints_to_short"),
    )
