"""Finding a time: what is offered, why, and why not."""

from dataclasses import replace
from datetime import date, time, timedelta

from sqlalchemy import event

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import booking, lifecycle, openings
from frontdesk.services.schedule.openings import Openings
from frontdesk.services.schedule.search import OpeningRequest, Window
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.schedule.words import Urgency
from tests.builders.office import device, provider, room
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, keeps, visit_type, walter, works
from tests.office import Office

THURSDAY = date(2026, 3, 19)


def look(office: Office, kind: int | None = None, **wanted: object) -> Openings:
    request = OpeningRequest(visit_type_id=kind or visit_type(office))
    return office.ask(openings.first_openings, request=replace(request, **wanted))  # type: ignore[arg-type]


def test_the_first_is_the_earliest_from_now_on(office: Office) -> None:
    doctor(office)
    first, second, *_ = look(office).found
    assert first.starts == at("10:45", TODAY)
    assert [reason.text for reason in first.reasons] == ["Earliest that fits"]
    assert second.starts == at("1:00", TODAY)
    assert [reason.text for reason in second.reasons] == ["First slot of the session"]


def test_a_canceled_visit_left_on_the_book_frees_its_time(office: Office) -> None:
    """A visit of an hour at the start of tomorrow; with it, then without."""
    hour = visit_type(office, "Physical", 60)
    booked = book(office, "8:00", visit_type_id=hour)
    assert look(office, hour, first_day=WEDNESDAY).found[0].starts == at("9:00")
    office.do(booking.cancel, appointment_id=booked, by=CancelledBy.PATIENT)
    assert look(office, hour, first_day=WEDNESDAY).found[0].starts == at("8:00")


def test_kept_time_too_short_is_not_offered(file_office: Office) -> None:
    """A quarter of an hour kept for a type that needs an hour."""
    okafor = provider(file_office, "Okafor")
    works(file_office, okafor, "8:00", "8:15", weekday=2)
    keeps(file_office, okafor, "8:00", "8:15", BlockKind.PROCEDURE)
    found = look(file_office, visit_type(file_office, "Biopsy", 60, opens_blocks=(BlockKind.PROCEDURE,)))
    assert found.found == ()
    assert found.why_not == ("Dr. Okafor has no 60 free minutes together from 03/17/2026 to 06/14/2026.",)


def test_what_is_offered_can_be_booked(office: Office) -> None:
    room(office, "Imaging")
    device(office, "Ultrasound 1")
    scan = visit_type(
        office, "Scan", 30, PhaseDraft(Role.ROOM, 0, 45, "exam"), PhaseDraft(Role.DEVICE, 0, 45, "ultrasound")
    )
    doctor(office)
    doctor(office, "Okafor")
    for _ in range(5):
        found = look(office, scan).found[0]
        assert found.things == ("Imaging", "Ultrasound 1")
        office.do(booking.book, patient_id=walter(office), slot=found.slot, visit_type_id=scan)
    assert found.starts > at("1:00", TODAY)


def test_the_usual_provider_comes_first_unless_much_later(file_office: Office) -> None:
    lee, okafor = doctor(file_office), doctor(file_office, "Okafor")
    met = book(file_office, at("10:45", TODAY), provider_id=okafor)
    file_office.do(lifecycle.arrive, appointment_id=met)
    file_office.do(lifecycle.complete, appointment_id=met)
    first, *others = look(file_office, patient_id=danielle(file_office), limit=12).found
    assert (first.slot.provider_id, first.starts) == (okafor, at("11:00", TODAY))
    assert [reason.text for reason in first.reasons] == ["Earliest that fits", "Usual provider"]
    with_lee = next(each for each in others if each.slot.provider_id == lee)
    assert with_lee.reasons[-1].text == "Patient has not met Dr. Lee"
    assert with_lee.reasons[-1].is_warning


def test_the_first_opening_of_each_provider(file_office: Office) -> None:
    ids = {doctor(file_office, name) for name in ("Lee", "Okafor", "Reyes")}
    found = look(file_office, each_provider=True).found
    assert {each.slot.provider_id for each in found} == ids
    assert len(found) == 3


def test_only_the_patients_times_are_offered(file_office: Office) -> None:
    doctor(file_office)
    thursdays = (Window(3, time(13), time(13, 45)),)
    found = look(file_office, windows=thursdays, minutes=30).found
    assert [each.starts for each in found[:2]] == [at("1:00", THURSDAY), at("1:00", THURSDAY + timedelta(7))]


def test_a_patient_is_not_offered_the_time_of_another_visit(file_office: Office) -> None:
    book(file_office, at("10:45", TODAY), provider_id=doctor(file_office, "Okafor"), minutes=30)
    lee = doctor(file_office)
    found = look(file_office, patient_id=danielle(file_office), provider_ids=(lee,)).found
    assert found[0].starts == at("11:15", TODAY)


def test_later_than_wanted_is_said(file_office: Office) -> None:
    lee = doctor(file_office)
    book(file_office, at("10:45", TODAY), minutes=75)
    book(file_office, at("1:00", TODAY), minutes=240)
    found = look(file_office, provider_ids=(lee,), urgency=Urgency.TODAY).found
    assert [reason.text for reason in found[0].reasons] == [
        "Earliest that fits",
        "First slot of the session",
        "After today",
    ]


def test_the_offer_is_spoken(file_office: Office) -> None:
    kind = visit_type(
        file_office, "Pelvic ultrasound", 30, arrive_early_minutes=15, preparation="with a full bladder"
    )
    doctor(file_office)
    found = look(file_office, kind, first_day=THURSDAY)
    assert found.say == (
        "I have Thursday, March 19 at 8 with Dr. Lee, or Thursday, March 19 at 1. "
        "Come 15 minutes early, with a full bladder."
    )
    assert found.found[0].arrive_at == at("7:45", THURSDAY)


def test_a_device_that_is_booked_is_named(file_office: Office) -> None:
    okafor = provider(file_office, "Okafor")
    works(file_office, okafor, "10:00", "10:30", weekday=2)
    device(file_office, "Ultrasound 1")
    scan = visit_type(file_office, "Scan", 30, PhaseDraft(Role.DEVICE, 0, 30, "ultrasound"))
    doctor(file_office)
    book(file_office, "10:00", visit_type_id=scan)
    found = look(file_office, scan, provider_ids=(okafor,), days=7)
    assert found.why_not == ("Ultrasound 1 is booked 10:00 to 10:30 on Wednesday, March 18.",)


def test_a_kind_of_room_that_is_not_there_is_named(file_office: Office) -> None:
    doctor(file_office)
    kind = visit_type(file_office, "Biopsy", 30, PhaseDraft(Role.ROOM, 0, 30, "procedure"))
    assert look(file_office, kind).why_not == ("There is no procedure that could be booked.",)


def test_no_hours_are_said(file_office: Office) -> None:
    okafor = provider(file_office, "Okafor")
    found = look(file_office, provider_ids=(okafor,), days=7)
    assert found.why_not == ("Dr. Okafor has no hours from 03/17/2026 to 03/23/2026.",)


def test_times_that_do_not_suit_the_patient_are_said(file_office: Office) -> None:
    doctor(file_office)
    found = look(file_office, windows=(Window(6, time(8), time(12)),), days=7)
    assert found.why_not == ("Outside the patient's times the first opening is 10:45 AM.",)


def test_a_full_session_is_not_offered(file_office: Office) -> None:
    okafor = provider(file_office, "Okafor")
    works(file_office, okafor, "8:00", "12:00", weekday=2, most_visits=1)
    works(file_office, okafor, "8:00", "12:00", weekday=3)
    book(file_office, "9:00", provider_id=okafor)
    assert look(file_office, provider_ids=(okafor,)).found[0].starts == at("8:00", THURSDAY)


def test_the_statements_do_not_grow_with_the_days_or_the_visits(office: Office) -> None:
    for name in ("Lee", "Okafor", "Reyes"):
        doctor(office, name)
    few = _statements(office, days=2)
    for quarter in range(8):
        book(office, at("1:00") + timedelta(minutes=15 * quarter))
    assert _statements(office, days=90) == few
    assert few <= 13


def _statements(office: Office, **wanted: object) -> int:
    kind, dani = visit_type(office), danielle(office)
    seen: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).startswith("SELECT"):
            seen.append(str(arguments[2]))

    event.listen(office.database.engines.read, "before_cursor_execute", note)
    try:
        look(office, kind, patient_id=dani, **wanted)
    finally:
        event.remove(office.database.engines.read, "before_cursor_execute", note)
    return len(seen)
