"""How money on a payer's own account was settled by a person."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only


class PayerSettlement(Row):
    """One posting that settles what another put on a payer's account."""

    __tablename__ = "payer_settlement"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))
    settles_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))
    """The claim it was put on; empty where it was written off."""

    __table_args__ = (Index("uq_payer_settlement_posting_id", "posting_id", unique=True),)


append_only(PayerSettlement)
