"""What every kind of request shows on the requests page: a row of the list, and its three panels."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SERIES = "records_request"
"""The series of numbers that all kinds share (`Work.next_number`)."""


class Which(StrEnum):
    """Which requests are listed."""

    OPEN = "open"
    SENT = "sent"
    ALL = "all"


class Waits(StrEnum):
    """Who must do the next thing."""

    DESK = "desk"
    SIGNATURE = "signature"
    """The patient, or whoever signs in the patient's place."""
    OTHERS = "others"
    """Another office, a second reader, whoever else was asked."""
    NOBODY = "nobody"


class Mark(StrEnum):
    """How a line of the checklist stands."""

    DONE = "done"
    MISSING = "missing"
    """Wanted now: it stands in the way."""
    OPEN = "open"
    """Not looked at yet."""
    LOCKED = "locked"


class Tone(StrEnum):
    """How grave what stands in the way is."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One line of the list, of whatever kind."""

    kind: str
    """The name of its kind in `request_list.KINDS`."""
    id: int
    number: int
    patient_id: int
    patient: str
    who: str
    kind_words: str
    """ "Attorney", "Access", "Ask others"."""
    state_words: str
    received_on: date
    due_on: date | None
    """None: it has no clock, or has ended."""
    warn_on: date | None
    """From this day on the deadline is amber."""
    waits: Waits
    is_open: bool
    is_sent: bool
    owner: str = ""
    """Who is working on it."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of "Before it leaves the office"; `said` is the quieter word at its end."""

    words: str
    mark: Mark
    said: str = ""
    item: str = ""
    """What Enter on it works on; empty: it only says."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened, on the office's date."""

    on: date
    words: str
    by: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands in the way, and what to do next."""

    tone: Tone
    headline: str
    words: str


@dataclass(frozen=True, slots=True)
class RequestDetail:
    """The three panels below the list."""

    row: RequestRow
    version: int
    facts: tuple[tuple[str, str], ...]
    stands: Stands | None
    checks: tuple[CheckLine, ...]
    history: tuple[HistoryLine, ...]


def number_words(number: int) -> str:
    """ "ROI-0261"."""
    return f"ROI-{number:04d}"
