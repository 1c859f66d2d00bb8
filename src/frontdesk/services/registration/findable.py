"""A new patient as their search keys are made from."""

from frontdesk.services.registration import phones
from frontdesk.services.registration.drafts import PatientDraft
from frontdesk.services.registration.search_keys import Findable


def findable(draft: PatientDraft, chart_number: str) -> Findable:
    """A draft as its search keys are made from."""
    identity = draft.identity
    return Findable(
        first=identity.legal_first,
        middle=identity.legal_middle,
        last=identity.legal_last,
        preferred=identity.preferred_name,
        former_last=identity.former_last_name,
        born_on=identity.born_on,
        chart_number=chart_number,
        phones=tuple(phone.number for phone in phones.stored(draft.phones)),
    )
