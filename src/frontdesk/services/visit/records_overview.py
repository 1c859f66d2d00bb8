"""How much waits on each page of Records: the counts on their sub-tabs."""

from collections.abc import Callable, Mapping
from typing import Final

from frontdesk.services.command import query
from frontdesk.services.records import request_list, tray
from frontdesk.services.visit import disposal_views
from frontdesk.services.work import Work

COUNTS: Final[Mapping[str, Callable[[Work], int]]] = {
    "records": tray.waiting_count,
    "records_requests": request_list.open_count,
    "retention": disposal_views.waiting_count,
}
"""By the name of the page: how many entries wait for somebody, in a few statements."""


@query(permission="records.view")
def waiting(work: Work) -> dict[str, int]:
    """The counts by the name of the page."""
    return {name: count(work) for name, count in COUNTS.items()}
