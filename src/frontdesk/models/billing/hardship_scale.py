"""The office's sliding scale: how much a household's income lowers what it owes."""

from datetime import date

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row, Versioned
from frontdesk.models.types import Cents


class HardshipScale(Versioned):
    """One row: the income a year that the bands are shares of, such as the federal poverty guideline."""

    __tablename__ = "hardship_scale"
    first_cents: Mapped[int] = mapped_column(Cents)
    """Of a household of one."""
    further_cents: Mapped[int] = mapped_column(Cents)
    """Of each further person."""
    set_on: Mapped[date]
    singleton: Mapped[int] = mapped_column(Integer, default=1, unique=True)
    __table_args__ = (
        CheckConstraint("singleton = 1", name="only_one"),
        CheckConstraint("first_cents BETWEEN 100000 AND 10000000", name="first_possible"),
        CheckConstraint("further_cents BETWEEN 0 AND 5000000", name="further_possible"),
    )


class HardshipBand(Row):
    """Up to so many percent of that income, what is owed is lowered by so many percent."""

    __tablename__ = "hardship_band"
    up_to_percent: Mapped[int] = mapped_column(Integer, unique=True)
    lower_percent: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        CheckConstraint("up_to_percent BETWEEN 1 AND 1000", name="share_possible"),
        CheckConstraint("lower_percent BETWEEN 1 AND 100", name="lowers_something"),
    )
