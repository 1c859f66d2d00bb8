"""Where one who waits fits, against trying every minute of random offices."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from frontdesk.services.schedule import openings, waitlist_entries, waitlist_fit, waitlist_ground
from frontdesk.services.schedule.intervals import on_grid
from frontdesk.services.schedule.pattern import PROVIDER
from frontdesk.services.schedule.waitlist_entries import EntryDraft
from tests.office import Office
from tests.services.schedule.by_trying import ByTrying
from tests.services.schedule.random_office import DAYS, RandomOffice, offices
from tests.services.schedule.random_rows import fill, people_and_things, request_of, undone


@pytest.fixture
def practice(file_office: Office) -> Office:
    people_and_things(file_office)
    return file_office


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(random=offices())
def test_one_who_waits_fits_where_trying_finds_a_place(practice: Office, random: RandomOffice) -> None:
    random = replace(random, without=None, not_before=None, done_by=None)  # what only a search can say
    tried = ByTrying(random, practice.database.zone)
    assume(PROVIDER in tried.needs)
    with undone(practice, random.first, random.now) as work:
        ids = fill(practice, work, random)
        request = request_of(random, ids)
        wish = EntryDraft(
            patient_id=ids.danielle,
            visit_type_id=ids.kind,
            minutes=request.minutes,
            provider_ids=request.provider_ids,
            windows=request.windows,
        )
        waitlist_entries.add(work, draft=wish)
        entries = waitlist_ground.waiting_entries(work)
        ground, waiting = waitlist_ground.ground(work, entries, random.first, DAYS)
        found = {
            (ids.providers.index(provider_id), minute)
            for each in waiting
            for provider_id, starts in waitlist_fit.starts_of(ground, each, ground.all_of_it).items()
            for minute in on_grid(starts, openings.GRID_MINUTES)
        }
        assert found == tried.starts()
