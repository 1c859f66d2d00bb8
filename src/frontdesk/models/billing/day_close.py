"""The end of a business day: each drawer counted blind, the ledger sealed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.guards import append_only, refuse_when
from frontdesk.models.schedule.appointment import AppointmentEvent
from frontdesk.models.types import Cents, Stamp


class DrawerCount(Row):
    """One drawer at the end of a day: what should be in it, what was."""

    __tablename__ = "drawer_count"

    drawer_id: Mapped[int] = mapped_column(ForeignKey("cash_drawer.id"))
    counted_on: Mapped[date]
    counted_at: Mapped[datetime] = mapped_column(Stamp)
    counted_by: Mapped[str] = mapped_column(Text)
    denominations: Mapped[str] = mapped_column(Text)
    """JSON: pieces by the value of one in cents."""
    float_cents: Mapped[int] = mapped_column(Cents)
    expected_cash_cents: Mapped[int] = mapped_column(Cents)
    """The float and the day's cash, less cash given back."""
    counted_cash_cents: Mapped[int] = mapped_column(Cents)
    over_short_cents: Mapped[int] = mapped_column(Cents)
    expected_check_cents: Mapped[int] = mapped_column(Cents)
    counted_check_cents: Mapped[int] = mapped_column(Cents)
    expected_card_cents: Mapped[int] = mapped_column(Cents)
    batch_card_cents: Mapped[int] = mapped_column(Cents)
    """What the card terminal says of its day."""
    set_aside_at: Mapped[datetime | None] = mapped_column(Stamp)
    """Since when it does not count any more: an entry was corrected and the drawer counted again."""
    set_aside_by: Mapped[str] = mapped_column(Text, default="")
    set_aside_because: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index(
            "uq_drawer_count_standing",
            "drawer_id",
            "counted_on",
            unique=True,
            sqlite_where=text("set_aside_at IS NULL"),
            postgresql_where=text("set_aside_at IS NULL"),
        ),
        CheckConstraint(
            "over_short_cents = counted_cash_cents - expected_cash_cents"
            " + counted_check_cents - expected_check_cents + batch_card_cents - expected_card_cents",
            name="difference_is_so",
        ),
        CheckConstraint(
            "(set_aside_at IS NULL) = (set_aside_because = '')"
            " AND (set_aside_at IS NULL) = (set_aside_by = '')",
            name="set_aside_with_reason",
        ),
        CheckConstraint(
            "counted_cash_cents >= 0 AND counted_check_cents >= 0", name="nothing_negative_counted"
        ),
    )


class DrawerExplanation(Row):
    """Why a count differs from the ledger, as somebody found out before the day was sealed."""

    __tablename__ = "drawer_explanation"

    drawer_count_id: Mapped[int] = mapped_column(ForeignKey("drawer_count.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text, default="")
    """Which of the explainer's causes it was; empty where somebody wrote it freely."""
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    explained_at: Mapped[datetime] = mapped_column(Stamp)
    explained_by: Mapped[str] = mapped_column(Text)

    __table_args__ = (CheckConstraint("length(reason) BETWEEN 1 AND 400", name="reason"),)


class DayClose(Row):
    """A sealed business day, and how the receivables went from its opening to its closing."""

    __tablename__ = "day_close"

    closed_on: Mapped[date] = mapped_column(unique=True)
    closed_at: Mapped[datetime] = mapped_column(Stamp)
    closed_by: Mapped[str] = mapped_column(Text)
    opening_cents: Mapped[int] = mapped_column(Cents)
    charges_cents: Mapped[int] = mapped_column(Cents)
    patient_payments_cents: Mapped[int] = mapped_column(Cents)
    payer_payments_cents: Mapped[int] = mapped_column(Cents)
    adjustments_cents: Mapped[int] = mapped_column(Cents)
    income_cents: Mapped[int] = mapped_column(Cents)
    """What payers paid on no visit: it stands in their payments too, and owes nothing to nobody."""
    refunds_cents: Mapped[int] = mapped_column(Cents)
    closing_cents: Mapped[int] = mapped_column(Cents)

    __table_args__ = (
        CheckConstraint(
            "closing_cents = opening_cents + charges_cents + patient_payments_cents"
            " + payer_payments_cents + adjustments_cents + income_cents + refunds_cents",
            name="rolls_forward",
        ),
    )


class DayCloseRule(Versioned):
    """What the office decides about closing a day; one row, or none before it decided."""

    __tablename__ = "day_close_rule"
    needs_two: Mapped[bool] = mapped_column(default=False)
    """Whether one person signs a day and another seals it."""
    singleton: Mapped[int] = mapped_column(default=1, unique=True)
    __table_args__ = (CheckConstraint("singleton = 1", name="only_one"),)


class DaySignature(Row):
    """A person who looked at a day's figures before another one seals it."""

    __tablename__ = "day_signature"
    signed_for: Mapped[date] = mapped_column(index=True)
    signed_at: Mapped[datetime] = mapped_column(Stamp)
    signed_by: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closing_cents: Mapped[int] = mapped_column(Cents)
    """The receivables as they were signed; the signature holds while they are the same."""


class ClosedDaySheet(Row):
    """The paper of a closed day, byte for byte."""

    __tablename__ = "closed_day_sheet"
    day_close_id: Mapped[int] = mapped_column(ForeignKey("day_close.id"), unique=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("document_content.sha256"))


append_only(DaySignature)
append_only(ClosedDaySheet)
append_only(DrawerCount, but=("set_aside_at", "set_aside_by", "set_aside_because"))
append_only(DrawerExplanation)
append_only(DayClose)
refuse_when(
    DrawerCount,
    "count_of_sealed_day",
    "INSERT",
    message="count_of_sealed_day",
    when="EXISTS (SELECT 1 FROM day_close WHERE day_close.closed_on >= NEW.counted_on)",
)
refuse_when(
    DrawerCount,
    "count_is_settled",
    "UPDATE OF set_aside_at, set_aside_by, set_aside_because",
    message="count_is_settled",
    when="OLD.set_aside_at IS NOT NULL"
    " OR EXISTS (SELECT 1 FROM day_close WHERE day_close.closed_on >= OLD.counted_on)"
    " OR EXISTS (SELECT 1 FROM drawer_count AS later WHERE later.drawer_id = OLD.drawer_id"
    " AND later.counted_on > OLD.counted_on AND later.set_aside_at IS NULL)",
)
refuse_when(
    DrawerExplanation,
    "explained_before_the_seal",
    "INSERT",
    message="explained_before_the_seal",
    when="EXISTS (SELECT 1 FROM drawer_count, day_close WHERE drawer_count.id = NEW.drawer_count_id"
    " AND day_close.closed_on >= drawer_count.counted_on)",
)
refuse_when(
    DayClose,
    "differences_are_explained",
    "INSERT",
    message="differences_are_explained",
    when="EXISTS (SELECT 1 FROM drawer_count WHERE drawer_count.counted_on <= NEW.closed_on"
    " AND drawer_count.set_aside_at IS NULL AND (counted_cash_cents <> expected_cash_cents"
    " OR counted_check_cents <> expected_check_cents OR batch_card_cents <> expected_card_cents)"
    " AND NOT EXISTS (SELECT 1 FROM drawer_explanation"
    " WHERE drawer_explanation.drawer_count_id = drawer_count.id))",
)
refuse_when(
    DayClose,
    "day_close_in_order",
    "INSERT",
    message="day_close_in_order",
    when="EXISTS (SELECT 1 FROM day_close AS later WHERE later.closed_on >= NEW.closed_on)",
)
refuse_when(
    DayClose,
    "day_close_agrees_with_journal",
    "INSERT",
    message="day_close_agrees_with_journal",
    when="NEW.closing_cents <> (SELECT coalesce(sum(amount_cents), 0) FROM journal_entry"
    " WHERE journal_entry.posted_on <= NEW.closed_on)"
    " OR NEW.opening_cents <> coalesce((SELECT previous.closing_cents FROM day_close AS previous"
    " ORDER BY previous.closed_on DESC LIMIT 1), 0)",
)

_IS_NO_SHOW = (
    "SELECT 1 FROM appointment_event AS missed WHERE missed.kind = 'no_show'"
    " AND missed.appointment_id = NEW.appointment_id"
)
refuse_when(
    AppointmentEvent,
    "no_show_of_sealed_day",
    "INSERT",
    message="no_show_of_sealed_day",
    when="NEW.kind IN ('no_show', 'taken_back', 'restored')"
    f" AND (NEW.kind = 'no_show' OR EXISTS ({_IS_NO_SHOW} AND (NEW.kind = 'restored'"
    " OR missed.id = NEW.corrects_id)))"
    " AND EXISTS (SELECT 1 FROM appointment, day_close WHERE appointment.id = NEW.appointment_id"
    " AND date(appointment.starts) <= day_close.closed_on)",
)
