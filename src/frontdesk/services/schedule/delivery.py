"""What a server said to a message, for people and for the next try."""

from dataclasses import dataclass

from frontdesk.models.schedule.reminder import AttemptResult as AttemptResult


@dataclass(frozen=True, slots=True)
class Delivery:
    """The answer in a sentence; nothing personal is in it."""

    result: AttemptResult
    answer: str
    gateway_id: str = ""
    wait_seconds: int | None = None
    """How long the server wants to be left alone."""
