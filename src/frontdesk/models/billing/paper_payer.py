"""Payers that take their claims on paper, and how the form is printed for them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice

MOST_HUNDREDTHS = 50


class PaperForm(StrEnum):
    """What is in the printer."""

    RED = "red"
    """The pre-printed red form, which machines read."""
    PLAIN = "plain"
    """White paper: the form is drawn too, for payers that take it."""


class PaperPayer(Versioned):
    """That a payer's claims are printed; without a row they go into files."""

    __tablename__ = "paper_payer"

    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"), unique=True)
    form: Mapped[PaperForm] = mapped_column(Choice(PaperForm), default=PaperForm.RED)
    right_hundredths: Mapped[int] = mapped_column(default=0)
    """How far all letters move, in hundredths of an inch; to the left where negative."""
    down_hundredths: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint(
            f"abs(right_hundredths) <= {MOST_HUNDREDTHS} AND abs(down_hundredths) <= {MOST_HUNDREDTHS}",
            name="half_an_inch_at_most",
        ),
    )
