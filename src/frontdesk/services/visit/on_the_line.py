"""What is worth a word while the patient is on the line: what else is due, and what to ask again."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from frontdesk.models.registration.reach import AddressKind
from frontdesk.models.registration.review import DemographicsReview, Section
from frontdesk.services.command import query
from frontdesk.services.registration import addresses
from frontdesk.services.schedule import recall
from frontdesk.services.work import Work

ASK_AGAIN_AFTER = timedelta(days=182)
"""An address that was confirmed longer ago is asked for."""
MOST_DUE = 2


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A visit that comes round again."""

    visit_type_id: int
    visit_type: str
    due_on: date


@dataclass(frozen=True, slots=True)
class OldAddress:
    """Where the patient lives, as it was last given or confirmed."""

    address: str
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class OnTheLine:
    """At most three things; empty where there is nothing to say."""

    due: tuple[DueVisit, ...]
    address: OldAddress | None


@query(permission="schedule.view")
def on_the_line(work: Work, *, patient_id: int) -> OnTheLine:
    """Of one patient; six statements at most, however much came before."""
    due = tuple(
        DueVisit(line.visit_type_id, line.visit_type, line.due_on)
        for line in recall.due_of(work, patient_id)[:MOST_DUE]
    )
    return OnTheLine(due, _old_address(work, patient_id) if work.actor.may("registration.view") else None)


def _old_address(work: Work, patient_id: int) -> OldAddress | None:
    home = addresses.current(work, patient_id, AddressKind.HOME)
    if home is None:
        return None
    reviewed_at = work.session.scalar(
        select(func.max(DemographicsReview.reviewed_at)).where(
            DemographicsReview.patient_id == patient_id, DemographicsReview.section == Section.ADDRESS
        )
    )
    confirmed_on = home.valid_from
    if reviewed_at is not None:
        confirmed_on = max(confirmed_on, work.wall(reviewed_at).date())
    if confirmed_on > work.today - ASK_AGAIN_AFTER:
        return None
    return OldAddress(addresses.one_line(addresses.draft_of(home)), confirmed_on)
