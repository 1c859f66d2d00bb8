"""Who waits, in what order, and who fits a time that has come free."""

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.kernel.errors import Refused
from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import booking, waitlist, waitlist_entries
from frontdesk.services.schedule.search import Window
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.schedule.waitlist import Hole, HoleFit
from frontdesk.services.schedule.waitlist_entries import EntryDraft
from frontdesk.services.schedule.words import Urgency
from tests.builders.office import room
from tests.builders.registration import danielle, patient
from tests.builders.schedule import TODAY, at, book, doctor, keeps, visit_type, walter
from tests.builders.waitlist import waits
from tests.office import Office


def fits(office: Office, starts: str = "9:30", ends: str = "10:00", **hole: Any) -> tuple[HoleFit, ...]:
    return office.ask(waitlist.fits_for, hole=Hole(doctor(office), at(starts), at(ends), **hole))


def test_the_most_urgent_come_first_then_the_longest_waiting(office: Office) -> None:
    doctor(office)
    first = waits(office)
    office.clock.advance(minutes=5)
    second = waits(office, patient_id=walter(office))
    office.clock.advance(minutes=5)
    urgent = waits(office, urgency=Urgency.TODAY)

    assert [each.id for each in office.ask(waitlist.entries)] == [urgent, first, second]


def test_a_line_says_what_is_wished_and_where_it_fits(office: Office) -> None:
    lee = doctor(office)
    keeps(office, lee, "11:45", "12:00", weekday=1)
    urgent = visit_type(office, "Urgent visit", 15, opens_blocks=(BlockKind.URGENT,))
    after = tuple(Window(weekday, time(11, 30)) for weekday in range(5))
    waits(
        office,
        visit_type_id=urgent,
        reason="Back spasm",
        urgency=Urgency.TODAY,
        windows=after,
        notice_minutes=60,
    )

    (line,) = office.ask(waitlist.entries)
    assert (line.patient, line.how_soon, line.wish) == (
        "Foster, Danielle",
        "Today",
        "Back spasm, after 11:30",
    )
    assert line.fit is not None
    assert line.fit.words == "Fits Lee 11:45, urgent hold"
    assert line.fit.slot.starts == at("11:45", TODAY)


def test_what_is_too_short_today_is_said(file_office: Office) -> None:
    lee = doctor(file_office)
    book(file_office, at("1:00", TODAY), minutes=45)
    book(file_office, at("2:00", TODAY), patient_id=walter(file_office), minutes=180)
    physical = visit_type(file_office, "Annual physical", 30)
    pm = tuple(Window(weekday, time(12)) for weekday in range(5))
    waits(file_office, visit_type_id=physical, provider_ids=(lee,), windows=pm)

    (line,) = file_office.ask(waitlist.entries)
    assert line.wish == "Annual physical, Dr. Lee, PM"
    assert line.no_fit == "Needs 30 min, 15 open at 1:45"


def test_another_day_is_named_where_today_is_full(file_office: Office) -> None:
    lee = doctor(file_office)
    book(file_office, at("10:45", TODAY), minutes=75)
    book(file_office, at("1:00", TODAY), patient_id=walter(file_office), minutes=240)
    waits(file_office, provider_ids=(lee,))

    (line,) = file_office.ask(waitlist.entries)
    assert line.no_fit == "No match today, Wed 8:00 open"


def test_time_kept_for_procedures_needs_a_reason(file_office: Office) -> None:
    lee = doctor(file_office)
    keeps(file_office, lee, "1:00", "5:00", BlockKind.PROCEDURE, weekday=1)
    book(file_office, at("10:45", TODAY), minutes=75)
    waits(file_office, patient_id=walter(file_office), urgency=Urgency.THIS_WEEK)

    (line,) = file_office.ask(waitlist.entries)
    assert line.fit is not None
    assert (line.fit.words, line.fit.needs_reason) == ("Fits Lee 1:00, in procedure block", True)


def test_a_cancellation_is_fitted_before_and_after_it_happens(office: Office) -> None:
    visit = book(office, "9:30", patient_id=walter(office), minutes=30)
    entry = waits(office)
    assert fits(office) == ()

    before = fits(office, appointment_id=visit)
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    after = fits(office)

    assert [(each.entry.id, each.fit.slot.starts) for each in before] == [(entry, at("9:30"))]
    assert after == before


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"windows": (Window(3),)}, "another weekday"),
        ({"windows": (Window(2, time(13)),)}, "other hours"),
        ({"notice_minutes": 2 * 24 * 60}, "too short a notice"),
        ({"wanted_until": TODAY}, "wanted until today only"),
        ({"minutes": 45}, "a longer visit"),
    ],
)
def test_whoever_cannot_come_does_not_fit(file_office: Office, wish: dict[str, Any], why: str) -> None:
    book(file_office, "10:00", patient_id=walter(file_office))
    book(file_office, "9:00", patient_id=walter(file_office), minutes=30)
    assert fits(file_office) == ()
    waits(file_office, **wish)
    assert fits(file_office) == (), why


def test_another_provider_is_not_offered(file_office: Office) -> None:
    waits(file_office, provider_ids=(doctor(file_office, "Okafor"),))
    assert fits(file_office) == ()


def test_the_room_must_be_free_too(file_office: Office) -> None:
    exam = PhaseDraft(Role.ROOM, 0, 15, "exam")
    room(file_office)
    kind = visit_type(file_office, "Dressing", 15, exam)
    waits(file_office, visit_type_id=kind)
    assert len(fits(file_office, "9:30", "9:45")) == 1
    book(
        file_office,
        "9:15",
        patient_id=walter(file_office),
        provider_id=doctor(file_office, "Okafor"),
        visit_type_id=visit_type(file_office, "Long dressing", 45, PhaseDraft(Role.ROOM, 0, 45, "exam")),
    )
    assert fits(file_office, "9:30", "9:45") == ()


def test_a_visit_moves_up_only_to_an_earlier_time(file_office: Office) -> None:
    later = book(file_office, "11:00")
    waits(file_office, appointment_id=later)
    assert len(fits(file_office, "9:30", "10:00")) == 1
    assert fits(file_office, "11:30", "12:00") == ()


def test_the_list_costs_the_same_number_of_statements_however_many_wait(file_office: Office) -> None:
    doctor(file_office)

    def counted() -> int:
        count = 0

        def one_more(*_: object) -> None:
            nonlocal count
            count += 1

        engine = file_office.database.engines.read
        event.listen(engine, "before_cursor_execute", one_more)
        file_office.ask(waitlist.entries)
        event.remove(engine, "before_cursor_execute", one_more)
        return count

    waits(file_office)
    before = counted()
    for first in ("Ann", "Ben", "Cleo", "Dee", "Ed"):
        waits(file_office, patient_id=patient(file_office, first, "Grant"))
    assert counted() == before


def test_what_is_changed_and_taken_off_goes_back(office: Office) -> None:
    entry = waits(office, reason="Back spasm", windows=(Window(2, time(13)),))
    known = office.ask(waitlist_entries.entry, entry_id=entry)
    assert known.draft.windows == (Window(2, time(13)),)
    changed = EntryDraft(danielle(office), visit_type(office), reason="Neck pain")
    office.do(waitlist_entries.change, entry_id=entry, draft=changed, version=known.version)
    assert office.ask(waitlist_entries.entry, entry_id=entry).draft == changed

    last = office.database.log_after(0)[-1].intent.id
    office.database.undo(office.actor, last)
    assert office.ask(waitlist_entries.entry, entry_id=entry).draft == known.draft

    office.do(waitlist_entries.withdraw, entry_id=entry, reason="Went elsewhere")
    assert office.ask(waitlist.entries) == ()
    office.do(waitlist_entries.put_back, entry_id=entry)
    assert [each.id for each in office.ask(waitlist.entries)] == [entry]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"minutes": 3}, "A visit lasts from 5 minutes to 12 hours."),
        ({"notice_minutes": 20161}, "The notice that a patient needs is two weeks at most."),
        ({"wanted_until": date(2026, 3, 16)}, "The last day on which the time is wanted has passed."),
        ({"reason": "x" * 201}, "This is longer than 200 characters. Say it shorter; nothing was saved."),
        ({"windows": (Window(1, time(9), time(8)),)}, "A time of the week ends after it starts."),
    ],
)
def test_a_wish_that_cannot_be_is_refused(file_office: Office, wish: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        waits(file_office, **wish)
    assert [finding.message for finding in refused.value.findings] == [sentence]


def test_a_visit_waits_once_and_only_while_it_is_booked(file_office: Office) -> None:
    later = book(file_office, "11:00")
    entry = waits(file_office, appointment_id=later)
    with pytest.raises(Refused, match=r"^This visit is on the waitlist already\.$"):
        waits(file_office, appointment_id=later)
    with pytest.raises(Refused, match=r"^The visit that would move up is another patient's\.$"):
        waits(file_office, patient_id=walter(file_office), appointment_id=later)
    file_office.do(waitlist_entries.withdraw, entry_id=entry, reason="")
    with pytest.raises(Refused, match=r"^This patient was taken off the waitlist\. Put them back first\.$"):
        file_office.do(waitlist_entries.withdraw, entry_id=entry, reason="")
    file_office.do(booking.cancel, appointment_id=later, by=CancelledBy.PATIENT)
    with pytest.raises(Refused, match=r"^Only a booked visit that is still to come can move up\.$"):
        waits(file_office, appointment_id=later)


def test_an_entry_whose_last_day_has_passed_waits_no_more(file_office: Office) -> None:
    waits(file_office, wanted_until=TODAY)
    assert len(file_office.ask(waitlist.entries)) == 1
    file_office.clock.advance(minutes=24 * 60)
    assert file_office.ask(waitlist.entries) == ()


def test_the_database_refuses_what_the_service_would(office: Office) -> None:
    entry = waits(office, appointment_id=book(office, "11:00"))
    for broken in (
        "UPDATE waitlist_entry SET ended = 'booked'",
        "UPDATE waitlist_entry SET minutes = 3",
        "UPDATE waitlist_entry SET notice_minutes = -1",
        f"INSERT INTO waitlist_window (id, entry_id, weekday, starts) VALUES (1, {entry}, 7, '08:00')",
    ):
        with office.database.engines.write.connect() as connection, pytest.raises(SQLAlchemyError):
            connection.execute(text(broken))


def test_a_time_after_today_is_no_fit_for_who_must_be_seen_today(file_office: Office) -> None:
    waits(file_office, urgency=Urgency.TODAY)
    soon = waits(file_office, patient_id=walter(file_office), urgency=Urgency.THIS_WEEK)
    assert [each.entry.id for each in fits(file_office)] == [soon]
    monday = date(2026, 3, 23)
    later = Hole(doctor(file_office), at("9:30", monday), at("10:00", monday))
    assert file_office.ask(waitlist.fits_for, hole=later) == ()
