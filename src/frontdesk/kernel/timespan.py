"""Spans of the office's wall time, half-open: a span ends where the next may start."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `starts` up to, not including, `ends`; naive office wall time."""

    starts: datetime
    ends: datetime

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds() // 60)

    def overlaps(self, other: "Span") -> bool:
        return self.starts < other.ends and other.starts < self.ends

    def contains(self, other: "Span") -> bool:
        return self.starts <= other.starts and other.ends <= self.ends
