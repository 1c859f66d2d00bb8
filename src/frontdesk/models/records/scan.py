"""What was held under the scanner at the desk: the sides of an insurance card, and a photo ID."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Choice, Stamp


class CardSide(StrEnum):
    """A side of a card."""

    FRONT = "front"
    BACK = "back"


class IdKind(StrEnum):
    """The kinds of photo ID that a desk takes."""

    DRIVER_LICENSE = "driver_license"
    STATE_ID = "state_id"
    PASSPORT = "passport"
    MILITARY = "military"
    TRIBAL = "tribal"
    SCHOOL = "school"
    OTHER = "other"


class CardScan(Row):
    """One side of the card of one edition of a policy; the latest of a side is shown, all are kept."""

    __tablename__ = "card_scan"
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"))
    side: Mapped[CardSide] = mapped_column(Choice(CardSide))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    scanned_at: Mapped[datetime] = mapped_column(Stamp)
    __table_args__ = (Index("ix_card_scan_policy_side", "policy_id", "side", "scanned_at"),)


class IdScan(Row):
    """A patient's photo ID; the latest is shown, all are kept. Its number is not."""

    __tablename__ = "id_scan"
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    kind: Mapped[IdKind | None] = mapped_column(Choice(IdKind))
    issued_by: Mapped[str] = mapped_column(String(60), default="")
    """ "Oregon", "US passport"."""
    expires_on: Mapped[date | None] = mapped_column(Date)
    scanned_at: Mapped[datetime] = mapped_column(Stamp)


append_only(CardScan)
append_only(IdScan)
