"""Disposal runs: what was looked at, who decided, two who approved, and what was destroyed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.guards import refuse_when
from frontdesk.models.types import Choice, Stamp


class RunState(StrEnum):
    """Where a run stands."""

    REVIEW = "review"
    APPROVED_ONCE = "approved_once"
    APPROVED = "approved"
    DONE = "done"
    CALLED_OFF = "called_off"


class Decision(StrEnum):
    """What the review said of one entry."""

    OPEN = "open"
    DISPOSE = "dispose"
    KEEP = "keep"


class Outcome(StrEnum):
    """What became of the bytes; shared ones belong to another record too, which stays."""

    ERASED = "erased"
    SHARED = "shared"
    SHREDDED = "shredded"


class DisposalRun(Versioned):
    """A list of records whose time is over, from its collection to the certificate."""

    __tablename__ = "disposal_run"
    number: Mapped[int] = mapped_column(Integer, unique=True)
    state: Mapped[RunState] = mapped_column(Choice(RunState), default=RunState.REVIEW)
    collected_at: Mapped[datetime] = mapped_column(Stamp)
    collected_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    collected_by: Mapped[str] = mapped_column(Text)
    first_approved_at: Mapped[datetime | None] = mapped_column(Stamp)
    first_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    first_approved_by: Mapped[str] = mapped_column(Text, default="")
    second_approved_at: Mapped[datetime | None] = mapped_column(Stamp)
    second_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    second_approved_by: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text, default="")
    vendor: Mapped[str] = mapped_column(Text, default="")
    witness: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None] = mapped_column(Stamp)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    done_by: Mapped[str] = mapped_column(Text, default="")
    called_off_because: Mapped[str] = mapped_column(Text, default="")
    certificate_sha256: Mapped[str | None] = mapped_column(ForeignKey("document_content.sha256"))
    __table_args__ = (
        CheckConstraint(
            "second_approved_at IS NULL OR first_approved_by <> second_approved_by"
            " OR coalesce(first_approved_by_id, 0) <> coalesce(second_approved_by_id, 0)",
            name="two_people",
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'done') OR (first_approved_at IS NOT NULL"
            " AND second_approved_at IS NOT NULL)",
            name="approved_by_two",
        ),
        CheckConstraint(
            "(state = 'done') = (done_at IS NOT NULL AND certificate_sha256 IS NOT NULL)", name="certified"
        ),
        CheckConstraint("(state = 'called_off') = (called_off_because <> '')", name="called_off_because"),
    )


class DisposalItem(Versioned):
    """One record of a run as it was then: the stub by which it is known after its bytes are gone."""

    __tablename__ = "disposal_item"
    run_id: Mapped[int] = mapped_column(ForeignKey("disposal_run.id"))
    number: Mapped[int] = mapped_column(Integer)
    """Within the run: D-0003/12."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    volume_id: Mapped[int | None] = mapped_column(ForeignKey("chart_volume.id"), index=True)
    """A paper chart, where it is none of the documents."""
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    """Empty for paper."""
    dated_on: Mapped[date] = mapped_column(Date)
    disposable_on: Mapped[date] = mapped_column(Date)
    because: Mapped[str] = mapped_column(Text)
    """The strictest rule, and from when it counts."""
    decision: Mapped[Decision] = mapped_column(Choice(Decision), default=Decision.OPEN)
    keep_reason: Mapped[str] = mapped_column(Text, default="")
    ask_again_on: Mapped[date | None] = mapped_column(Date)
    """From when a kept one may come up in another run."""
    decided_at: Mapped[datetime | None] = mapped_column(Stamp)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[Outcome | None] = mapped_column(Choice(Outcome))
    is_open: Mapped[bool] = mapped_column(Boolean, default=True)
    """While its run is under way: then no other run takes it up."""
    __table_args__ = (
        UniqueConstraint("run_id", "number"),
        UniqueConstraint("run_id", "document_id"),
        CheckConstraint("(document_id IS NULL) <> (volume_id IS NULL)", name="document_or_volume"),
        CheckConstraint("(decision = 'keep') = (keep_reason <> '')", name="kept_for_a_reason"),
        CheckConstraint("outcome IS NULL OR decision = 'dispose'", name="outcome_as_decided"),
        Index(
            "uq_disposal_item_open_volume",
            "volume_id",
            unique=True,
            sqlite_where=text("is_open"),
            postgresql_where=text("is_open"),
        ),
        Index(
            "uq_disposal_item_open",
            "document_id",
            unique=True,
            sqlite_where=text("is_open"),
            postgresql_where=text("is_open"),
        ),
    )


refuse_when(
    DisposalRun,
    "disposal_run_done",
    "UPDATE",
    message="disposal_run_is_done",
    when="OLD.state = 'done'",
)
refuse_when(DisposalRun, "disposal_run_kept", "DELETE", message="disposal_run_is_done")
refuse_when(
    DisposalItem,
    "disposal_item_done",
    "UPDATE OF title, sha256, decision, outcome, keep_reason",
    message="disposal_run_is_done",
    when="OLD.outcome IS NOT NULL",
)
refuse_when(DisposalItem, "disposal_item_kept", "DELETE", message="disposal_run_is_done")
