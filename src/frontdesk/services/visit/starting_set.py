"""What a new office needs before its first visit: rooms, kinds of visit, usual hours, forms, code lists."""

from collections.abc import Callable
from datetime import date, time
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.office.practice import Site
from frontdesk.models.office.resources import Provider, RoomKind
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import shipped_codes
from frontdesk.services.command import command, irreversible
from frontdesk.services.database import Database, watched
from frontdesk.services.office import rooms
from frontdesk.services.office.rooms import RoomDraft
from frontdesk.services.records import forms
from frontdesk.services.records.forms import FormDraft
from frontdesk.services.registration import required
from frontdesk.services.schedule import red_flags, reminder_rules, templates, visit_types
from frontdesk.services.schedule.reminder_rules import RuleDraft
from frontdesk.services.schedule.templates import SessionDraft, Weekly
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from frontdesk.services.work import Actor, Work

VISIT_TYPES: Final = (
    VisitTypeDraft("New patient", 45, "New", for_new_patients=True, sort_order=1),
    VisitTypeDraft("Follow-up", 15, "F/U", sort_order=2),
    VisitTypeDraft("Extended follow-up", 30, "Ext", sort_order=3),
    VisitTypeDraft("Annual physical", 30, "Annual", sort_order=4),
    VisitTypeDraft("Urgent", 15, "Urgent", sort_order=5),
    VisitTypeDraft("Nurse visit", 15, "Nurse", sort_order=6),
)
REMINDERS: Final = (
    RuleDraft("Text, 2 days before", 48, (Channel.TEXT, Channel.EMAIL, Channel.PHONE), 12),
    RuleDraft("Text, 3 hours before, with prep", 3, (Channel.TEXT,), 1, says_preparation=True),
    RuleDraft("Phone call by staff", 24, (Channel.PHONE,), 1, if_unconfirmed=True),
)
"""Switched off until somebody has set a server up and read the words."""
HOURS: Final = ((time(8), time(12)), (time(13), time(17)))
"""Monday to Friday, with an hour for lunch."""
ROOMS: Final = 3


@command(
    "Prepare the office",
    permission="schedule.edit_templates",
    undo=irreversible("Change the hours, rooms and kinds of visit one by one; visits may be booked on them."),
)
def prepare(work: Work, *, shipped: tuple[FormDraft, ...]) -> int:
    """Give each provider usual hours from today on; the number of sessions. Refused where there are some."""
    if work.session.scalar(select(VisitType.id).limit(1)) is not None:
        raise Refused(Finding("The office has kinds of visit already. Nothing was changed."))
    site_id = work.session.scalars(select(Site.id).order_by(Site.id)).first()
    assert site_id is not None, "a practice has its main site"
    room_ids = tuple(
        rooms.add_room(work, draft=RoomDraft(f"Room {number}", RoomKind.EXAM, site_id))
        for number in range(1, ROOMS + 1)
    )
    for draft in VISIT_TYPES:
        visit_types.add_visit_type(work, draft=draft)
    red_flags.add_starting_script(work)
    required.add_starting_rules(work)
    forms.adopt(work, forms=shipped)
    for rule in REMINDERS:
        reminder_rules.add(work, draft=rule, is_active=False)
    providers = work.session.scalars(select(Provider.id).order_by(Provider.id)).all()
    return sum(_usual_week(work, provider_id, room_ids, work.today) for provider_id in providers)


def open_for_work(
    database: Database, actor: Actor, progress: Callable[[int, int], None] = lambda done, of: None
) -> None:
    """Prepare a new office and load the public code lists, which takes some seconds."""
    database.do(actor, prepare, shipped=forms.shipped_forms())
    with watched(progress):
        database.do(actor, shipped_codes.load_public_codes)


def _usual_week(work: Work, provider_id: int, room_ids: tuple[int, ...], since: date) -> int:
    for weekday in range(5):
        for starts, ends in HOURS:
            templates.add_session(
                work, draft=SessionDraft(Weekly(provider_id, weekday, starts, ends, since), room_ids)
            )
    return 5 * len(HOURS)
