"""How soon a patient should be seen: asked of a search, a request and a waiting list alike."""

from enum import StrEnum


class Urgency(StrEnum):
    """How soon the patient should be seen."""

    TODAY = "today"
    THIS_WEEK = "this_week"
    ROUTINE = "routine"
