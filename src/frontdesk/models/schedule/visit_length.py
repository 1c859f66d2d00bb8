"""How long visits really take, kept in step with the stamps of the day."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Base

WHOEVER = 0
"""In the place of a provider: all of them together."""


class VisitLength(Base):
    """Of a type with a provider: what share of the booked time the last visits took, in percent."""

    __tablename__ = "visit_length"
    in_audit = False
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"), primary_key=True)
    provider_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """`WHOEVER`, or the provider; therefore no foreign key."""
    visits: Mapped[int] = mapped_column(Integer)
    """How many were looked at."""
    usual_percent: Mapped[int] = mapped_column(Integer)
    """Half of them took no more."""
    long_percent: Mapped[int] = mapped_column(Integer)
    """Four of five took no more."""
    __table_args__ = (
        CheckConstraint("visits >= 0", name="visits"),
        CheckConstraint("usual_percent BETWEEN 0 AND long_percent", name="usual_before_long"),
    )
