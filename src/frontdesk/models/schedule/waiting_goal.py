"""How long a patient should stay in a state of the day, as the office wants it."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import Choice


class WaitingState(StrEnum):
    """A state in which patients wait for somebody; the visit itself has its own length."""

    CHECKING_IN = "checking_in"
    READY = "ready"
    IN_ROOM = "in_room"
    CHECK_OUT = "check_out"


class WaitingGoal(Versioned):
    """One state's goal in minutes; a state without a row has the standard one."""

    __tablename__ = "waiting_goal"
    state: Mapped[WaitingState] = mapped_column(Choice(WaitingState), unique=True)
    minutes: Mapped[int] = mapped_column(Integer)
    __table_args__ = (CheckConstraint("minutes BETWEEN 1 AND 240", name="one_minute_to_four_hours"),)
