"""What stands in the way is named; what cannot be booked is refused before it is looked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.schedule.template import ExceptionKind
from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.office import holidays
from frontdesk.services.office.holidays import HolidayDraft
from frontdesk.services.schedule import booking, downtime, openings, staff_hours, templates, visit_types
from frontdesk.services.schedule.openings import Openings
from frontdesk.services.schedule.search import OpeningRequest, Window
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.staff_hours import StaffHours
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.schedule.words import Urgency
from tests.builders.billing import at_work
from tests.builders.office import device, provider, staff_member
from tests.builders.registration import danielle
from tests.builders.schedule import (
    SINCE,
    TODAY,
    WEDNESDAY,
    at,
    book,
    doctor,
    keeps,
    visit_type,
    walter,
    works,
)
from tests.office import Office
from tests.refusal import refusal

FIRST_THE_DEVICE = PhaseDraft(Role.DEVICE, 0, 30, "ultrasound")
CLEANING = PhaseDraft(Role.DEVICE, 30, 30, "ultrasound", PhaseKind.CLEANING)


def look(office: Office, kind: int | None = None, **wanted: object) -> Openings:
    request = OpeningRequest(visit_type_id=kind or visit_type(office), days=7)
    return office.ask(openings.first_openings, request=replace(request, **wanted))  # type: ignore[arg-type]


def short_wednesday(office: Office, **draft: int) -> int:
    """Dr. Okafor, who only works on Wednesdays from 10:00 to 10:30."""
    okafor = provider(office, "Okafor")
    works(office, okafor, "10:00", "10:30", weekday=2, **draft)
    return okafor


def scan(office: Office, **draft: object) -> int:
    device(office)
    return visit_type(office, "Scan", 30, PhaseDraft(Role.DEVICE, 0, 30, "ultrasound"), **draft)


def test_what_is_out_of_service_is_named(file_office: Office) -> None:
    short_wednesday(file_office)
    kind = scan(file_office)
    file_office.do(
        downtime.take_out,
        resource_id=device(file_office),
        starts=at("9:00"),
        ends=at("12:00"),
        reason="calibration",
    )
    assert look(file_office, kind).why_not == (
        "Ultrasound 1 is out of service from 9:00 to 12:00 (calibration) on Wednesday, March 18.",
    )


def test_a_person_without_hours_is_named(file_office: Office) -> None:
    short_wednesday(file_office)
    jo = staff_member(file_office)
    file_office.do(
        staff_hours.add_staff_hours,
        hours=StaffHours(jo, 3, at("8:00").time(), at("5:00").time(), SINCE),
    )
    kind = visit_type(file_office, "Injection", 15, PhaseDraft(Role.STAFF, 0, 15, "injections"))
    assert look(file_office, kind).why_not == ("Jo Whitten has no hours that suit on Wednesday, March 18.",)


def test_kept_time_is_named_with_its_release(file_office: Office) -> None:
    okafor = short_wednesday(file_office)
    keeps(file_office, okafor, "10:00", "10:30", release_hours=2)
    assert look(file_office).why_not == (
        "Dr. Okafor keeps 10:00 to 10:30 for urgent visits until 8:00 AM, on Wednesday, March 18.",
    )


def test_kept_time_is_released_by_the_clock(file_office: Office) -> None:
    """Released 23 hours before 10:00 on Wednesday: at 11:00 today; it is 10:42."""
    okafor = short_wednesday(file_office)
    keeps(file_office, okafor, "10:00", "10:30", release_hours=23)
    assert look(file_office).found == ()
    file_office.clock.advance(minutes=18)
    assert look(file_office).found[0].starts == at("10:00")


def test_a_full_session_is_named(file_office: Office) -> None:
    okafor = short_wednesday(file_office, most_visits=1)
    book(file_office, "10:00", provider_id=okafor, patient_id=walter(file_office))
    assert look(file_office).why_not == (
        "Dr. Okafor's session from 10:00 to 10:30 on Wednesday, March 18 takes 1 visit, and that is booked.",
    )


def test_another_visit_of_the_patient_is_named(file_office: Office) -> None:
    short_wednesday(file_office)
    doctor(file_office)
    book(file_office, "10:00", minutes=30)
    okafor = provider(file_office, "Okafor")
    found = look(file_office, patient_id=danielle(file_office), provider_ids=(okafor,))
    assert found.why_not == ("The patient has another visit from 10:00 to 10:30 on Wednesday, March 18.",)


def test_time_to_prepare_is_kept_and_named(file_office: Office) -> None:
    short_wednesday(file_office)
    kind = scan(file_office, preparation_hours=24)
    assert look(file_office, kind).why_not == (
        "Scan takes 24 hours to prepare for. The patient is ready Wednesday, March 18 at 10:42 AM.",
    )
    works(file_office, provider(file_office, "Okafor"), "10:30", "12:00", weekday=2)
    assert look(file_office, kind).found[0].starts == at("10:45")
    with refusal(
        "Scan takes 24 hours to prepare for. The patient is ready Wednesday, March 18 at 10:42 AM. "
        "The next opening is 10:45 AM."
    ):
        book(file_office, "10:00", provider_id=provider(file_office, "Okafor"), visit_type_id=kind)
    book(
        file_office,
        "10:00",
        provider_id=provider(file_office, "Okafor"),
        visit_type_id=kind,
        override_reason="Prepared already",
    )


def test_an_authorization_that_will_not_be_back_is_a_warning(file_office: Office) -> None:
    doctor(file_office)
    kind = scan(file_office, needs_authorization=True, authorization_days=2)
    first, *_ = look(file_office, kind).found
    assert (first.starts, [reason.text for reason in first.reasons]) == (
        at("8:00", date(2026, 3, 19)),
        ["First slot of the session", "Ultrasound 1 free", "2 days for authorization"],
    )
    soon = look(file_office, kind, urgency=Urgency.TODAY).found[0]
    assert (soon.starts, soon.reasons[-1].text) == (at("10:45", TODAY), "Authorization will not be back")
    assert soon.reasons[-1].is_warning


def test_a_phase_does_not_run_past_midnight(file_office: Office) -> None:
    """Thirty minutes of cleaning after a visit that would end at a quarter to midnight."""
    lee = provider(file_office)
    file_office.do(
        templates.add_exception,
        provider_id=lee,
        kind=ExceptionKind.EXTRA,
        starts=datetime(2026, 3, 18, 23, 0),
        ends=datetime(2026, 3, 19, 1, 0),
    )
    device(file_office)
    kind = visit_type(
        file_office,
        "Scan",
        30,
        PhaseDraft(Role.PROVIDER, 0, 30),
        PhaseDraft(Role.DEVICE, 30, 30, "ultrasound"),
    )
    assert [each.starts for each in look(file_office, kind).found] == [datetime(2026, 3, 19, 0, 0)]
    with refusal("A visit cannot run past midnight. Start it earlier, or make it shorter."):
        book(file_office, datetime(2026, 3, 18, 23, 15), visit_type_id=kind)


def night_of(office: Office, on: date) -> datetime:
    """Its midnight, a week before it; Dr. Lee works from 1:30 to 4:00 in that night."""
    office.clock.set(datetime.combine(on, time(12), UTC) - timedelta(7))
    night = datetime.combine(on, time())
    office.do(
        templates.add_exception,
        provider_id=provider(office),
        kind=ExceptionKind.EXTRA,
        starts=night.replace(hour=1, minute=30),
        ends=night.replace(hour=4),
    )
    return night


def test_the_hour_that_the_clocks_skip_is_not_offered(file_office: Office) -> None:
    """On March 8 they go from 2:00 to 3:00."""
    night = night_of(file_office, date(2026, 3, 8))
    found = look(file_office, minutes=60, first_day=night.date()).found
    assert [each.starts for each in found] == [night.replace(hour=3)]
    with refusal("There is no 2:00 AM on 03/08/2026: the clocks go forward that night."):
        book(file_office, night.replace(hour=1, minute=30), minutes=60)
    book(file_office, night.replace(hour=1, minute=30), minutes=30)


def test_the_night_in_which_the_clocks_go_back_is_booked_by_the_wall(file_office: Office) -> None:
    night = night_of(file_office, date(2026, 11, 1))
    found = look(file_office, minutes=60, first_day=night.date()).found
    assert [each.starts for each in found] == [night.replace(hour=1, minute=30)]
    book(file_office, night.replace(hour=1, minute=30), minutes=60)


def test_a_day_that_has_passed_is_refused(file_office: Office) -> None:
    doctor(file_office)
    with refusal("03/10/2026 has passed. Choose a day from today on."):
        look(file_office, first_day=date(2026, 3, 10))


def test_a_closed_day_has_no_openings_even_where_somebody_works_extra(file_office: Office) -> None:
    lee = provider(file_office)
    file_office.do(holidays.add_holidays, days=(HolidayDraft(WEDNESDAY, "Founder's Day"),))
    file_office.do(
        templates.add_exception,
        provider_id=lee,
        kind=ExceptionKind.EXTRA,
        starts=at("8:00"),
        ends=at("12:00"),
    )
    assert look(file_office).found == ()
    with refusal(
        "The office is closed on Wednesday, March 18: Founder's Day. "
        "The next opening is Thursday, March 19 at 8:00 AM."
    ):
        book(file_office, "9:00")


def test_a_length_that_leaves_nothing_for_the_provider_is_refused(file_office: Office) -> None:
    doctor(file_office)
    kind = visit_type(
        file_office,
        "Scan",
        60,
        PhaseDraft(Role.DEVICE, 0, 30, "ultrasound"),
        PhaseDraft(Role.PROVIDER, 30, 30),
    )
    device(file_office)
    sentence = "In 20 minutes Scan never comes to the provider. Make the visit longer."
    with refusal(sentence):
        look(file_office, kind, minutes=20)
    with refusal(sentence):
        book(file_office, "9:00", visit_type_id=kind, minutes=20)
    with refusal("A visit lasts from 5 minutes to 12 hours."):
        look(file_office, kind, minutes=1000)


def test_a_type_that_is_no_longer_offered_is_refused(file_office: Office) -> None:
    doctor(file_office)
    kind = visit_type(file_office)
    file_office.do(visit_types.set_visit_type_active, visit_type_id=kind, is_active=False)
    with refusal("Follow-up is no longer offered. Choose another."):
        look(file_office, kind)


def test_nothing_is_looked_for_for_the_deceased(file_office: Office) -> None:
    doctor(file_office)
    dani = danielle(file_office)
    with at_work(file_office) as work:
        work.get(Patient, dani).status = PatientStatus.DECEASED
    with refusal("Danielle Foster is recorded as deceased. Nothing can be booked."):
        look(file_office, patient_id=dani)


def test_a_visit_whose_provider_comes_later_starts_before_the_session(file_office: Office) -> None:
    """The device first, half an hour before the provider's day begins; the provider's session counts it."""
    okafor = short_wednesday(file_office, most_visits=1)
    device(file_office)
    kind = visit_type(
        file_office,
        "Scan",
        60,
        PhaseDraft(Role.DEVICE, 0, 30, "ultrasound"),
        PhaseDraft(Role.PROVIDER, 30, 30),
    )
    (found,) = look(file_office, kind).found
    assert found.starts == at("9:30")
    file_office.do(booking.book, patient_id=danielle(file_office), slot=found.slot, visit_type_id=kind)
    with refusal(
        "Dr. Okafor is booked from 10:00 to 10:30. The next opening is Wednesday, March 25 at 10:00 AM. "
        "Dr. Okafor's session from 10:00 to 10:30 takes 1 visit, and that is booked."
    ):
        file_office.do(
            booking.book,
            patient_id=walter(file_office),
            slot=Slot(okafor, at("10:00")),
            visit_type_id=visit_type(file_office),
        )


def test_the_patients_windows_are_kept_for_the_whole_visit(file_office: Office) -> None:
    doctor(file_office)
    windows = (
        Window(2, at("9:00").time(), at("9:30").time()),
        Window(2, at("9:30").time(), at("10:00").time()),
    )
    found = look(file_office, windows=windows, minutes=60).found
    assert [each.starts for each in found] == [at("9:00")]
