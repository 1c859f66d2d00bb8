"""The list of the requests page: requests for copies, and the other kinds that share its numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from frontdesk.services.command import query
from frontdesk.services.records import amendment_requests, outbound_requests, release_list
from frontdesk.services.records.request_row import RequestRow, Waits, Which
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: its rows in a constant number of statements, and how many are open, in one."""

    name: str
    rows: Callable[[Work, Which], tuple[RequestRow, ...]]
    open_count: Callable[[Work], int]


KINDS: Final = (
    Kind(release_list.KIND, release_list.rows, release_list.open_count),
    Kind(outbound_requests.KIND, outbound_requests.rows, outbound_requests.open_count),
    Kind(amendment_requests.KIND, amendment_requests.rows, amendment_requests.open_count),
)
"""One line for each kind; its panels are named in ui/records/request_kinds.py."""


@dataclass(frozen=True, slots=True)
class RequestList:
    """The rows, what is due first on top, and how many of the open ones wait for what."""

    rows: tuple[RequestRow, ...]
    past_deadline: int
    due_this_week: int
    for_signature: int
    for_others: int
    access_days: int


@query(permission="records.view")
def requests(work: Work, *, which: Which = Which.OPEN) -> RequestList:
    """Requests of every kind, by deadline; those that ended last, the newest first."""
    open_rows = _rows(work, Which.OPEN)
    shown = open_rows if which is Which.OPEN else _rows(work, which)
    return RequestList(
        rows=tuple(sorted(shown, key=_order)),
        past_deadline=sum(is_past(row, work.today) for row in open_rows),
        due_this_week=sum(is_due_this_week(row, work.today) for row in open_rows),
        for_signature=sum(row.waits is Waits.SIGNATURE for row in open_rows),
        for_others=sum(row.waits is Waits.OTHERS for row in open_rows),
        access_days=release_list.access_days(work),
    )


def open_count(work: Work) -> int:
    """How many requests are open, for the sub-tab."""
    return sum(kind.open_count(work) for kind in KINDS)


def is_past(row: RequestRow, today: date) -> bool:
    """Whether its deadline is over."""
    return row.is_open and row.due_on is not None and row.due_on < today


def is_due_this_week(row: RequestRow, today: date) -> bool:
    """Whether its deadline comes before next Monday."""
    last = today + timedelta(days=6 - today.weekday())
    return row.is_open and row.due_on is not None and today <= row.due_on <= last


def _rows(work: Work, which: Which) -> list[RequestRow]:
    return [row for kind in KINDS for row in kind.rows(work, which)]


def _order(row: RequestRow) -> tuple[bool, date, int]:
    due = row.due_on or date.max
    return (not row.is_open, due, row.number if row.is_open else -row.number)
