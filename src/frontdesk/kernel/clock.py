"""The only place that looks at the computer's clock."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that shows what it is set to: for the demo day, tests and tours."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        """Show this instant from now on."""
        self._at = at.astimezone(UTC)

    def advance(self, **of_timedelta: float) -> None:
        """Go forward: `advance(minutes=5)`."""
        self._at += timedelta(**of_timedelta)


class ShiftedClock:
    """A running clock that starts at a chosen instant: the demo practice's Tuesday morning."""

    def __init__(self, starts: datetime) -> None:
        self._shift = starts.astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift
