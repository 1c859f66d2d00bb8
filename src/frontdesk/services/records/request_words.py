"""How requests of all kinds are numbered and their days are said."""

from datetime import date
from typing import Final

from frontdesk.services.work import Work

SERIES: Final = "records_request"
"""One series for requests for our records, requests to others, and amendments."""


def next_number(work: Work) -> int:
    """The next of the series."""
    return work.next_number(SERIES)


def number_said(number: int) -> str:
    """ "ROI-0281"."""
    return f"ROI-{number:04d}"


def days_said(due_on: date, today: date) -> str:
    """ "27 days left", "due today", "1 day over"."""
    left = (due_on - today).days
    if left == 0:
        return "due today"
    many = "day" if abs(left) == 1 else "days"
    return f"{left} {many} left" if left > 0 else f"{-left} {many} over"
