"""How far a request for copies is."""

from typing import Final

from frontdesk.models.records.release import ReleaseState

OPEN: Final = (
    ReleaseState.NEW,
    ReleaseState.IDENTITY_CHECKED,
    ReleaseState.WAITING_SIGNATURE,
    ReleaseState.COLLECTING,
    ReleaseState.UNDER_REVIEW,
    ReleaseState.READY,
)
"""Not sent and not ended."""
