"""What changed in a patient's data since a time: each thing once, as it was then and as it is now."""

from dataclasses import replace
from datetime import datetime

from frontdesk.services.command import query
from frontdesk.services.registration import reviews
from frontdesk.services.registration.reviews import Change, Section
from frontdesk.services.work import Work


@query(permission="registration.view")
def changed_since(work: Work, *, patient_id: int, since: datetime) -> tuple[Change, ...]:
    """Each thing that is not as it was at an office time, the newest first; what was taken back is none."""
    found: dict[tuple[Section, str], Change] = {}
    for change in reversed(reviews.changes_since(work, patient_id=patient_id, since=since)):
        key = change.section, change.what
        known = found.pop(key, None)
        found[key] = replace(change, before=known.before) if known else change
    # `pop` puts what changed last at the end.
    return tuple(change for change in reversed(found.values()) if change.before != change.after)
