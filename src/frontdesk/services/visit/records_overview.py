"""How much waits on each page of Records: the counts on their sub-tabs."""

from collections.abc import Callable, Mapping
from typing import Final

from frontdesk.services.command import query
from frontdesk.services.records import access_log, accounting, request_list, tray
from frontdesk.services.visit import disposal_views, pull_list
from frontdesk.services.work import Work

COUNTS: Final[Mapping[str, Callable[[Work], int | None]]] = {
    "records": tray.waiting_count,
    "records_requests": request_list.open_count,
    "disclosures": accounting.open_count,
    "retention": disposal_views.waiting_count,
    "paper_charts": pull_list.waiting_count,
    "access_log": access_log.waiting_count,
}
"""By the name of the page: how many entries wait for somebody, in a few statements.

None: there is nothing of the kind in this office or for this person, and the page has no sub-tab.
"""


@query(permission="records.view")
def waiting(work: Work) -> dict[str, int | None]:
    """The counts by the name of the page."""
    return {name: count(work) for name, count in COUNTS.items()}
