"""Offering a time to one who waits: kept, accepted or declined by a person, never booked by itself."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import Refused
from frontdesk.models.schedule.appointment import CancelledBy, Lifecycle
from frontdesk.models.schedule.template import BlockKind
from frontdesk.services.database import Database
from frontdesk.services.schedule import booking, visits, waitlist, waitlist_offers
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.waitlist import Hole
from frontdesk.services.schedule.waitlist_offers import NextStep, OfferLine, OfferOutcome
from frontdesk.services.work import Actor
from tests.builders.registration import patient
from tests.builders.schedule import at, book, doctor, keeps, walter
from tests.builders.waitlist import offered, waits
from tests.office import Office

THEO = Actor(None, "Theo Banks", "TB", frozenset({"*"}))


def shown(office: Office) -> tuple[OfferLine, ...]:
    return office.ask(waitlist_offers.offers)


def undo_last(office: Office) -> None:
    office.database.undo(office.actor, office.database.log_after(0)[-1].intent.id)


def bookings(office: Office) -> int:
    with office.database.engines.read.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM appointment WHERE lifecycle = 'booked'"))
        return int(found.scalar_one())


def test_an_offer_keeps_the_time_from_everybody_else(office: Office) -> None:
    offered(office, waits(office))

    with pytest.raises(Refused, match=r"^Dana Brooks holds Dr\. Lee from 9:30 to 9:45\. The next opening is"):
        book(office, "9:30", patient_id=walter(office))
    (line,) = shown(office)
    assert (line.said_time, line.until, line.is_open) == (
        "Lee Wed 9:30",
        at("10:57", line.until.date()),
        True,
    )
    assert line.say.startswith("A time has come free with Dr. Lee, tomorrow at 9:30 AM. I can keep it")


def test_a_second_desk_is_told_who_is_offering(office: Office, another: Callable[[], Database]) -> None:
    entry, second = waits(office), waits(office, patient_id=walter(office))
    offered(office, entry)
    slot = Slot(doctor(office), at("9:30"))

    with pytest.raises(Refused, match=r"^Dana Brooks holds Dr\. Lee from 9:30 to 9:45\."):
        another().do(THEO, waitlist_offers.offer, entry_id=second, slot=slot)
    with pytest.raises(Refused, match=r"^Dana Brooks is offering Danielle Foster 9:30 AM until 10:57 AM\."):
        another().do(THEO, waitlist_offers.offer, entry_id=entry, slot=Slot(slot.provider_id, at("10:00")))


def test_yes_books_the_kept_time_with_one_undo(office: Office) -> None:
    entry = waits(office, reason="Back spasm", note="Stairs are hard")
    made = office.do(waitlist_offers.accept, offer_id=offered(office, entry))

    visit = office.ask(visits.visit, appointment_id=made.appointment_id)
    assert (visit.starts, visit.reason, visit.note) == (at("9:30"), "Back spasm", "Stairs are hard")
    assert office.ask(waitlist.entries) == ()

    undo_last(office)
    visit = office.ask(visits.visit, appointment_id=made.appointment_id)
    assert visit.lifecycle is not Lifecycle.BOOKED
    assert [each.id for each in office.ask(waitlist.entries)] == [entry]
    book(office, "9:30", patient_id=walter(office))


def test_yes_moves_the_later_visit_with_one_undo(office: Office) -> None:
    later = book(office, "11:00", minutes=30)
    entry = waits(office, appointment_id=later)
    made = office.do(waitlist_offers.accept, offer_id=offered(office, entry))

    visit = office.ask(visits.visit, appointment_id=later)
    assert (made.appointment_id, visit.starts, visit.ends) == (later, at("9:30"), at("10:00"))
    undo_last(office)
    assert office.ask(visits.visit, appointment_id=later).starts == at("11:00")
    assert [each.id for each in office.ask(waitlist.entries)] == [entry]


def test_no_frees_the_time_and_keeps_the_place(office: Office) -> None:
    entry = waits(office)
    other = waits(office, patient_id=walter(office))
    office.do(waitlist_offers.decline, offer_id=offered(office, entry), said="At work")

    assert [each.id for each in office.ask(waitlist.entries)] == [entry, other]
    found = office.ask(waitlist.fits_for, hole=Hole(doctor(office), at("9:30"), at("9:45")))
    assert [(each.entry.id, each.has_declined) for each in found] == [(other, False), (entry, True)]
    assert (shown(office)[0].outcome, shown(office)[0].said) == (OfferOutcome.DECLINED, "At work")


def test_an_offer_ends_by_itself_and_says_so(office: Office) -> None:
    entry = waits(office)
    offer = offered(office, entry)
    office.clock.advance(minutes=15)

    assert shown(office)[0].outcome is OfferOutcome.EXPIRED
    with pytest.raises(Refused, match=r"^This offer ended at 10:57 AM\. Offer the time anew, if it is still"):
        office.do(waitlist_offers.accept, offer_id=offer)
    book(office, "9:30", patient_id=walter(office))
    offered(office, entry, "10:00")
    assert [each.outcome for each in shown(office)] == [None, OfferOutcome.EXPIRED]


def test_an_offer_is_kept_longer_and_withdrawn(office: Office) -> None:
    offer = offered(office, waits(office))
    office.clock.advance(minutes=10)
    office.do(waitlist_offers.extend, offer_id=offer)
    office.clock.advance(minutes=10)
    assert shown(office)[0].is_open
    office.do(waitlist_offers.withdraw, offer_id=offer)
    with pytest.raises(Refused, match=r"^This offer was withdrawn by Dana Brooks already\.$"):
        office.do(waitlist_offers.decline, offer_id=offer)


def test_time_kept_for_others_is_given_with_a_reason_only(office: Office) -> None:
    lee = doctor(office)
    keeps(office, lee, "9:30", "10:00", BlockKind.PROCEDURE)
    entry, slot = waits(office), Slot(lee, at("9:30"))
    with pytest.raises(Refused, match=r"^Dr\. Lee keeps 9:30 to 10:00 for procedures\. The next opening"):
        office.do(waitlist_offers.offer, entry_id=entry, slot=slot)

    offer = office.do(waitlist_offers.offer, entry_id=entry, slot=slot, override_reason="No procedure today")
    made = office.do(waitlist_offers.accept, offer_id=offer)
    visit = office.ask(visits.visit, appointment_id=made.appointment_id)
    assert visit.override_reason == "No procedure today"


def test_a_later_time_is_no_offer_for_a_visit_that_would_move_up(office: Office) -> None:
    entry = waits(office, appointment_id=book(office, "9:00"))
    with pytest.raises(Refused, match=r"^This is not earlier than the visit the patient has\.$"):
        offered(office, entry, "9:30")


def test_the_next_step_of_a_chain_is_kept_in_the_same_breath(office: Office) -> None:
    later = book(office, "11:00")
    first = waits(office, appointment_id=later)
    second = waits(office, patient_id=walter(office))
    step = NextStep(second, Slot(doctor(office), at("11:00")))
    done = office.done(waitlist_offers.accept, offer_id=offered(office, first), then=step)

    following = shown(office)[0]
    assert (following.id, following.said_time, following.is_open) == (
        done.result.next_offer_id,
        "Lee Wed 11:00",
        True,
    )
    with pytest.raises(Refused, match=r"^Dana Brooks holds Dr\. Lee from 11:00 to 11:15\."):
        book(office, "11:00", patient_id=patient(office, "Ann", "Grant"))

    office.database.undo(office.actor, done.entry_id)
    assert office.ask(visits.visit, appointment_id=later).starts == at("11:00")
    assert shown(office)[0].outcome is OfferOutcome.WITHDRAWN


def test_an_accepted_step_is_not_taken_back_under_the_next(office: Office) -> None:
    first = waits(office, appointment_id=book(office, "11:00"))
    second = waits(office, patient_id=walter(office))
    done = office.done(
        waitlist_offers.accept,
        offer_id=offered(office, first),
        then=NextStep(second, Slot(doctor(office), at("11:00"))),
    )
    assert done.result.next_offer_id is not None
    office.do(waitlist_offers.accept, offer_id=done.result.next_offer_id)
    with pytest.raises(Refused, match=r"^The next step of the chain has been accepted\. Take that"):
        office.database.undo(office.actor, done.entry_id)


def test_a_next_step_that_cannot_be_kept_does_not_hinder_the_yes(office: Office) -> None:
    later = book(office, "11:00")
    first = waits(office, appointment_id=later)
    busy = walter(office)
    second = waits(office, patient_id=busy)
    book(office, "11:00", patient_id=busy, provider_id=doctor(office, "Okafor"))
    step = NextStep(second, Slot(doctor(office), at("11:00")))
    made = office.do(waitlist_offers.accept, offer_id=offered(office, first), then=step)
    assert made.next_offer_id is None
    assert office.ask(visits.visit, appointment_id=later).starts == at("9:30")


def test_nothing_but_a_persons_yes_books_one_who_waits(office: Office) -> None:
    """Offers come, run out, are declined; visits are called off: nobody is booked by it."""
    entry = waits(office)
    visit = book(office, "9:30", patient_id=walter(office))
    before = bookings(office)
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    offered(office, entry)
    office.clock.advance(minutes=16)
    office.do(waitlist_offers.decline, offer_id=offered(office, entry))
    office.do(waitlist_offers.withdraw, offer_id=offered(office, entry, "10:00"))
    assert bookings(office) == before - 1


def test_the_database_keeps_one_open_offer_each(office: Office) -> None:
    entry = waits(office)
    offered(office, entry)
    offered(office, waits(office, patient_id=walter(office)), "10:00")
    for broken in (
        f"UPDATE waitlist_offer SET entry_id = {entry}",
        "UPDATE waitlist_offer SET outcome = 'declined'",
        "UPDATE waitlist_offer SET outcome = 'accepted', outcome_at = offered_at",
    ):
        with office.database.engines.write.connect() as connection, pytest.raises(SQLAlchemyError):
            connection.execute(text(broken))
