"""A cancellation filled by a chain: two move up, one comes from the waitlist, each after a call and a yes."""

from datetime import date, timedelta
from functools import partial

import shiboken6

from frontdesk.services.schedule import visit_types, waitlist, waitlist_entries
from frontdesk.services.schedule.day import DayVisit, day_sheet
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.waitlist_entries import EntryDraft
from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.offer_dialog import OfferDialog
from frontdesk.ui.schedule.waitlist_dialog import WaitlistDialog
from frontdesk.ui.schedule.waitlist_page import WaitlistPage
from tests.e2e.tour import Tour

_MINUTES = 30


def wish_to_come_earlier(tour: Tour) -> str:
    """Two patients with later visits would come earlier; the first is written down by keyboard."""
    hands = tour.driver
    hands.press("Ctrl+1")
    gone, first, second = _three_of_one_provider(tour)
    tour.remembers["chain"] = (gone, first, second)
    hands.workplace.go("waitlist", None)
    hands.settle()
    hands.press("Ctrl+N")
    assert isinstance(hands.dialog, WaitlistDialog)
    hands.write(f"{first.patient.replace(',', '')} {first.born_on:%m/%d/%Y}")
    hands.press("Return")
    types = hands.desk.database.ask(hands.desk.actor, visit_types.visit_types)
    hands.choose("Visit type", next(kind.name for kind in types if kind.id == first.visit_type_id))
    hands.choose("Moves up the visit on", f"{first.starts:%m/%d/%Y}")
    hands.enter({"Reason": first.reason})
    tour.look("a wish to come earlier")
    hands.press("Return")
    hands.expect("Added to the waitlist")
    wish = EntryDraft(
        patient_id=second.patient_id,
        visit_type_id=second.visit_type_id,
        reason=second.reason,
        urgency=Urgency.THIS_WEEK,
        provider_ids=(second.provider_id,),
        appointment_id=second.id,
    )
    hands.desk.database.do(hands.desk.actor, waitlist_entries.add, draft=wish)
    hands.settle()
    return f"{first.patient} on {first.starts:%A}, {second.patient} on {second.starts:%A}"


def a_visit_is_called_off(tour: Tour) -> str:
    """The patient calls; the day says at once who on the waitlist fits the time."""
    hands = tour.driver
    gone, *_ = _chain(tour)
    hands.press("Esc")
    page = hands.page
    assert isinstance(page, DayPage)
    page.show_day(gone.starts.date())
    hands.settle()
    page.grid.setFocus()
    page.grid.choose(gone.id)
    hands.press("Delete")
    hands.click_button("Cancel visit", hands.dialog)
    hands.until(lambda: "on the waitlist fit" in page.waitlist.freed.text, "nobody is told of the time")
    return page.waitlist.freed.text


def the_chain_is_planned(tour: Tour) -> str:
    """One click leads to the time: who moves where, and what to say to each."""
    hands = tour.driver
    hands.click_button("Offer it")
    page = hands.page
    assert isinstance(page, WaitlistPage)
    hands.until(lambda: page.hole.chain.model().rowCount() == 3, "it is no chain of three")
    return page.hole.says.text()


def each_call_is_a_yes(tour: Tour) -> str:
    """Three calls; each yes keeps the time that it frees for the next."""
    hands = tour.driver
    gone, first, second = _chain(tour)
    hands.click_button("Call the first")
    for number in (1, 2, 3):
        dialog = hands.dialog
        assert isinstance(dialog, OfferDialog)
        hands.until(partial(_is_kept, dialog), "nothing is kept")
        tour.look(f"call {number}")
        hands.press("Return")
        hands.until(partial(_is_closed, dialog), "it was not booked")
    now = {visit.id: visit.starts for visit in _visits(tour, gone.starts.date(), 6)}
    assert now[first.id] < first.starts, "the first has not moved up"
    assert now[second.id] < second.starts, "the second has not moved up"
    hands.press("Esc", "T")
    waiting = hands.desk.database.ask(hands.desk.actor, waitlist.entries)
    return f"three places filled, {len(waiting)} still wait"


def _is_kept(dialog: OfferDialog) -> bool:
    return dialog.yes.isVisible() and bool(dialog.say.text)


def _is_closed(dialog: OfferDialog) -> bool:
    return not shiboken6.isValid(dialog) or not dialog.isVisible()


def _chain(tour: Tour) -> tuple[DayVisit, DayVisit, DayVisit]:
    found = tour.remembers["chain"]
    assert isinstance(found, tuple)
    return found


def _three_of_one_provider(tour: Tour) -> tuple[DayVisit, DayVisit, DayVisit]:
    """Visits of half an hour with one provider on three later days: booked, by three patients."""
    start = tour.driver.desk.today + timedelta(1)
    visits = [
        visit
        for visit in _visits(tour, start, 6)
        if visit.status in (Status.SCHEDULED, Status.CONFIRMED)
        and (visit.ends - visit.starts) == timedelta(minutes=_MINUTES)
    ]
    by_provider: dict[int, list[DayVisit]] = {}
    for visit in visits:
        chosen = by_provider.setdefault(visit.provider_id, [])
        days = {each.starts.date() for each in chosen}
        people = {each.patient_id for each in chosen}
        if visit.starts.date() not in days and visit.patient_id not in people:
            chosen.append(visit)
    three = next(chosen for chosen in by_provider.values() if len(chosen) >= 3)
    return three[0], three[1], three[2]


def _visits(tour: Tour, first: date, days: int) -> list[DayVisit]:
    desk = tour.driver.desk
    return [
        visit
        for offset in range(days)
        for visit in desk.database.ask(desk.actor, day_sheet, day=first + timedelta(offset)).visits
    ]
