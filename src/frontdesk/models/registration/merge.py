"""Two charts of one person made one: who prepared and approved it, every row it moved, and its undoing."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, refuse_when, two_persons
from frontdesk.models.registration.patient import PatientStatus
from frontdesk.models.types import Choice, Stamp

LONGEST = 300


class MergeState(StrEnum):
    """How far a merge came."""

    PREPARED = "prepared"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    TAKEN_APART = "taken_apart"


class PatientMerge(Versioned):
    """One chart goes into another. Only while `is_moving` may rows change from one to the other."""

    __tablename__ = "patient_merge"
    stays_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    goes_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    account_stays_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    account_goes_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Both, where the two charts' own accounts became one too."""
    state: Mapped[MergeState] = mapped_column(Choice(MergeState))
    reason: Mapped[str] = mapped_column(Text)
    choices: Mapped[str] = mapped_column(Text)
    """JSON of the `MergeDraft` as it was prepared."""
    prepared_at: Mapped[datetime] = mapped_column(Stamp)
    prepared_by: Mapped[str] = mapped_column(String(120))
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    merged_at: Mapped[datetime | None] = mapped_column(Stamp)
    merged_by: Mapped[str] = mapped_column(String(120), default="")
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    is_alone: Mapped[bool] = mapped_column(Boolean, default=False)
    """The office asks for one person only, and the one who prepared it merged."""
    status_before: Mapped[PatientStatus | None] = mapped_column(Choice(PatientStatus))
    """Of the chart that went."""
    last_id: Mapped[int | None] = mapped_column(BigInteger)
    """Rows with a greater id came after the merge."""
    ended_at: Mapped[datetime | None] = mapped_column(Stamp)
    ended_by: Mapped[str] = mapped_column(String(120), default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    is_moving: Mapped[bool] = mapped_column(Boolean, default=False)
    """True only within the transaction that moves the rows, there or back."""
    __table_args__ = (
        CheckConstraint("stays_id <> goes_id", name="two_charts"),
        CheckConstraint(f"trim(reason) <> '' AND length(reason) <= {LONGEST}", name="reason"),
        CheckConstraint(f"length(ended_reason) <= {LONGEST}", name="ended_reason"),
        CheckConstraint(
            "(state IN ('merged', 'taken_apart')) = (merged_at IS NOT NULL)", name="merged_with_time"
        ),
        CheckConstraint(
            "(state IN ('withdrawn', 'taken_apart')) = (ended_at IS NOT NULL)", name="ended_with_time"
        ),
        CheckConstraint(
            f"is_alone OR merged_at IS NULL OR {two_persons('merged_by', 'prepared_by')}",
            name="two_persons",
        ),
        CheckConstraint("(account_stays_id IS NULL) = (account_goes_id IS NULL)", name="two_accounts"),
        Index(
            "uq_patient_merge_goes_once",
            "goes_id",
            unique=True,
            sqlite_where=text("state IN ('prepared', 'merged')"),
            postgresql_where=text("state IN ('prepared', 'merged')"),
        ),
        Index("ix_patient_merge_state", "state"),
    )


class PatientMergeChange(Row):
    """One value that a merge put in the place of another, in the order it was done; undone backwards."""

    __tablename__ = "patient_merge_change"
    in_audit = False
    merge_id: Mapped[int] = mapped_column(ForeignKey("patient_merge.id"))
    place: Mapped[int] = mapped_column(Integer)
    table_name: Mapped[str] = mapped_column(String(80))
    row_id: Mapped[int] = mapped_column(BigInteger)
    column_name: Mapped[str] = mapped_column(String(80))
    old_value: Mapped[str] = mapped_column(Text)
    """JSON, as `new_value`."""
    new_value: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("uq_patient_merge_change_place", "merge_id", "place", unique=True),
        Index("ix_patient_merge_change_row", "table_name", "row_id"),
    )


class MergeRule(Versioned):
    """How many persons a merge takes in this office; no row means two."""

    __tablename__ = "merge_rule"
    needs_two: Mapped[bool] = mapped_column(Boolean, default=True)
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    __table_args__ = (CheckConstraint("singleton = 1", name="only_one"),)


append_only(PatientMergeChange)
refuse_when(PatientMerge, "patient_merge_kept", "DELETE", message="patient_merge_kept")
refuse_when(
    PatientMerge,
    "patient_merge_sides",
    "UPDATE OF stays_id, goes_id, reason, choices, prepared_at, prepared_by, prepared_by_id",
    message="patient_merge_kept",
)
refuse_when(
    PatientMerge,
    "patient_merge_moves",
    "UPDATE OF is_moving",
    message="patient_merge_moves",
    when="NEW.is_moving AND NEW.state NOT IN ('merged', 'taken_apart')",
)
refuse_when(
    PatientMerge, "patient_merge_begins_still", "INSERT", message="patient_merge_moves", when="NEW.is_moving"
)
