"""How much waits on each of the schedule's worklists: the counts on their sub-tabs."""

from collections.abc import Callable, Mapping
from typing import Final

from frontdesk.services.command import query
from frontdesk.services.schedule import (
    absences,
    calls,
    late,
    recall,
    reminder_log,
    request_queue,
    unscheduled,
    waitlist,
)
from frontdesk.services.work import Work

COUNTS: Final[Mapping[str, Callable[[Work], int]]] = {
    "requests": request_queue.open_count,
    "waitlist": waitlist.waiting_count,
    "recall": recall.due_count,
    "unscheduled": unscheduled.count,
    "calls": calls.count,
    "reminders": reminder_log.count,
    "late": late.to_tell,
    "replan": absences.waiting,
}
"""By the name of the list's page: how many entries wait for somebody, in a few statements."""


@query(permission="schedule.view")
def waiting(work: Work) -> dict[str, int]:
    """The counts by the name of the page."""
    return {name: count(work) for name, count in COUNTS.items()}
