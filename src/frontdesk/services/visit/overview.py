"""How much waits on each of the front desk's worklists: the counts on their sub-tabs."""

from collections.abc import Callable, Mapping
from typing import Final

from frontdesk.services.billing import estimate_list
from frontdesk.services.command import query
from frontdesk.services.registration import import_review
from frontdesk.services.schedule import authorization_list, consents_due
from frontdesk.services.visit import eligibility_list, merging, outside_records
from frontdesk.services.work import Work

COUNTS: Final[Mapping[str, Callable[[Work], int]]] = {
    "authorizations": authorization_list.count,
    "consents_due": consents_due.open_count,
    "estimates": estimate_list.count,
    "eligibility": eligibility_list.open_count,
    "patient_import": import_review.count,
    "records_due": outside_records.open_count,
    "duplicates": merging.duplicates_waiting,
}
"""By the name of the list's page: how many entries wait for somebody, in a few statements."""


@query(permission="registration.view")
def waiting(work: Work) -> dict[str, int]:
    """The counts by the name of the page."""
    return {name: count(work) for name, count in COUNTS.items()}
