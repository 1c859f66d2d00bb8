"""A place in the book: who, when, how long, and with what."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a visit is to stand."""

    provider_id: int
    starts: datetime
    """Naive office wall time."""
    minutes: int | None = None
    """None: the visit type's length."""
    resource_ids: tuple[int, ...] = ()
    """Rooms, devices and staff chosen; for kinds not among them the first free one is taken."""
