"""What a start of the demo needs besides its file. Its making is not loaded for it: that takes seconds."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

PATIENTS: Final = 2_500
SEED: Final = 20260317
STATION: Final = "Front desk 2"
ZONE: Final = "America/Los_Angeles"
NOW: Final = datetime(2026, 3, 17, 10, 42)
"""What the office's clock shows when the demo starts: a Tuesday morning."""
STARTS_AT: Final = NOW.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)

PASSWORD: Final = "harbor lantern 42"
PIN: Final = "2580"
"""Everybody's in the demo; the sign-in window may say so."""

INCOMING: Final = "835-0316-02.835"
"""The name of the 835 that waits beside a working copy."""

Progress = Callable[[int, int, str], None]
"""How much is done, of how much, and what is being made."""


def no_progress(done: int, of: int, what: str) -> None:
    """Nobody watches."""
