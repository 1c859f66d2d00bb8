"""Booking, and everything that can speak against it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from frontdesk.kernel.errors import NotAllowed, Refused
from frontdesk.models.schedule.template import BlockKind, ExceptionKind
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.office.holidays import HolidayDraft, add_holidays
from frontdesk.services.registration import patients
from frontdesk.services.schedule import templates
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.schedule.visits import VisitDetail, visit
from tests.builders.office import device, provider, room
from tests.builders.registration import danielle, patient
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, keeps, visit_type, walter, works
from tests.office import Office
from tests.refusal import refusal

SUNDAY = date(2026, 3, 22)


def shown(office: Office, appointment_id: int) -> VisitDetail:
    return office.ask(visit, appointment_id=appointment_id)


def test_a_booked_visit_stands_in_the_book(office: Office) -> None:
    found = shown(office, book(office, "9:30", reason="Migraine follow-up"))
    assert (found.starts, found.ends) == (at("9:30"), at("9:45"))
    assert (found.patient, found.provider, found.reason) == (
        "Foster, Danielle",
        "Dr. Lee",
        "Migraine follow-up",
    )
    assert found.status is Status.SCHEDULED
    assert found.is_new_patient
    assert [line.said for line in found.history] == ["Booked for 03/18/2026 9:30 AM with Dr. Lee"]


def test_a_taken_time_names_the_next_opening(office: Office) -> None:
    book(office, "9:30")
    with refusal("Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM."):
        book(office, "9:30", patient_id=walter(office))


def test_the_next_opening_may_be_on_another_day(office: Office) -> None:
    book(office, "8:00", minutes=240)
    book(office, "1:00", minutes=240)
    with refusal("Dr. Lee is booked from 8:00 to 12:00. The next opening is Thursday, March 19 at 8:00 AM."):
        book(office, "8:00", patient_id=walter(office))


def test_visits_that_follow_each_other_are_said_as_one_span(file_office: Office) -> None:
    book(file_office, "9:30")
    book(file_office, "9:45")
    with refusal("Dr. Lee is booked from 9:30 to 10:00. The next opening is 10:00 AM."):
        book(file_office, "9:30", patient_id=walter(file_office), minutes=30)


def test_an_overlap_by_one_minute_is_an_overlap(file_office: Office) -> None:
    book(file_office, "9:30")
    with refusal("Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM."):
        book(file_office, "9:44", patient_id=walter(file_office))
    book(file_office, "9:45", patient_id=walter(file_office))


def test_everything_is_said_at_once(file_office: Office) -> None:
    keeps(file_office, doctor(file_office), "9:30", "9:45")
    book(file_office, "9:35", override_reason="Agreed with Dr. Lee")
    with pytest.raises(Refused) as refused:
        book(file_office, "9:35")
    assert [finding.message for finding in refused.value.findings] == [
        "Dr. Lee keeps 9:30 to 9:45 for urgent visits. The next opening is 10:00 AM.",
        "Dr. Lee is booked from 9:35 to 9:50.",
        "Danielle Foster has another visit from 9:35 to 9:50.",
    ]
    assert all(finding.overridable for finding in refused.value.findings)


def test_a_past_time_is_refused(file_office: Office) -> None:
    with refusal("10:30 AM has passed. The next opening is 10:45 AM."):
        book(file_office, at("10:30", TODAY))


def test_a_walk_in_of_this_moment_is_not_past(file_office: Office) -> None:
    book(file_office, at("10:40", TODAY))


def test_a_past_day_is_refused(file_office: Office) -> None:
    with refusal("03/16/2026 has passed. The next opening is Tuesday, March 17 at 10:45 AM."):
        book(file_office, at("9:30", date(2026, 3, 16)))


def test_a_holiday_is_refused(file_office: Office) -> None:
    doctor(file_office)
    file_office.do(add_holidays, days=(HolidayDraft(WEDNESDAY, "Staff day"),))
    with refusal(
        "The office is closed on Wednesday, March 18: Staff day. "
        "The next opening is Thursday, March 19 at 8:00 AM."
    ):
        book(file_office, "9:30")


def test_a_day_without_hours_is_refused(file_office: Office) -> None:
    with refusal(
        "Dr. Lee has no hours on Sunday, March 22. The next opening is Monday, March 23 at 8:00 AM."
    ):
        book(file_office, at("9:30", SUNDAY))


def test_a_provider_without_any_hours_has_no_opening(file_office: Office) -> None:
    with refusal("Dr. Okafor has no hours on Wednesday, March 18. There is no opening in the next 90 days."):
        book(file_office, provider_id=provider(file_office, "Okafor"))


def test_outside_hours_the_hours_are_said(file_office: Office) -> None:
    with refusal(
        "Dr. Lee sees patients from 8:00 to 12:00 and 1:00 to 5:00 that day. The next opening is 1:00 PM."
    ):
        book(file_office, "11:50")


def test_an_absence_is_refused_whatever_the_reason_to_book(file_office: Office) -> None:
    lee = doctor(file_office)
    file_office.do(
        templates.add_exception,
        provider_id=lee,
        kind=ExceptionKind.OUT,
        starts=at("9:00"),
        ends=at("11:00"),
        reason="ill",
    )
    with refusal("Dr. Lee is away from 9:00 to 11:00 (ill)."):
        book(file_office, "9:30", override_reason="Please")


def test_kept_time_is_for_its_own_visits(file_office: Office) -> None:
    lee = doctor(file_office)
    keeps(file_office, lee, "9:30", "10:00")
    with refusal("Dr. Lee keeps 9:30 to 10:00 for urgent visits. The next opening is 10:00 AM."):
        book(file_office, "9:30")
    urgent = visit_type(file_office, "Urgent", 15, opens_blocks=(BlockKind.URGENT,))
    book(file_office, "9:30", visit_type_id=urgent)


def test_kept_time_is_released_some_hours_before(file_office: Office) -> None:
    keeps(file_office, doctor(file_office), "9:30", "10:00", release_hours=23)
    book(file_office, "9:45")


def test_kept_time_is_not_released_earlier(file_office: Office) -> None:
    keeps(file_office, doctor(file_office), "9:30", "10:00", release_hours=22)
    with refusal(
        "Dr. Lee keeps 9:30 to 10:00 for urgent visits until Tuesday, March 17 at 11:30 AM. "
        "The next opening is 10:00 AM."
    ):
        book(file_office, "9:45")


def test_a_deceased_patient_is_refused(file_office: Office) -> None:
    file_office.do(patients.record_death, patient_id=danielle(file_office), died_on=date(2026, 3, 1))
    with refusal("Danielle Foster is recorded as deceased. Nothing can be booked."):
        book(file_office)


def test_a_restricted_chart_is_refused_to_others(file_office: Office) -> None:
    file_office.do(patients.restrict, patient_id=danielle(file_office), restricted=True)
    book(file_office, "9:00")
    file_office.actor = replace(file_office.actor, permissions=frozenset({"schedule.*"}))
    lee, kind = file_office.made["works:Lee"], file_office.made["visit_type:Follow-up"]
    with refusal("This chart is restricted. Ask somebody who may open it to book."):
        book(file_office, provider_id=lee, visit_type_id=kind)


def test_a_patient_is_not_in_two_places(file_office: Office) -> None:
    book(file_office, "9:30")
    with refusal("Danielle Foster has another visit from 9:30 to 9:45."):
        book(file_office, "9:30", provider_id=doctor(file_office, "Okafor"))


def test_a_type_without_length_is_refused(file_office: Office) -> None:
    kind = visit_type(file_office, "Wart", None)
    with refusal("Wart has no length yet. Say how long this visit is."):
        book(file_office, visit_type_id=kind)
    assert shown(file_office, book(file_office, visit_type_id=kind, minutes=20)).ends == at("9:50")


def test_a_visit_does_not_run_past_midnight(file_office: Office) -> None:
    with refusal("A visit cannot run past midnight. Start it earlier, or make it shorter."):
        book(file_office, datetime(2026, 3, 18, 23, 30), minutes=60)


def test_a_time_that_the_clocks_skip_is_refused(file_office: Office) -> None:
    with refusal("There is no 2:30 AM on 03/14/2027: the clocks go forward that night."):
        book(file_office, datetime(2027, 3, 14, 2, 30))


def test_the_hour_that_comes_twice_is_a_time_like_others(file_office: Office) -> None:
    night = provider(file_office, "Nightingale")
    works(file_office, night, "8:00", "9:00", weekday=6)
    booked = book(file_office, datetime(2026, 11, 1, 1, 30), provider_id=night, override_reason="On call")
    assert shown(file_office, booked).starts == datetime(2026, 11, 1, 1, 30)


def test_a_full_session_is_refused(file_office: Office) -> None:
    okafor = provider(file_office, "Okafor")
    works(file_office, okafor, "8:00", "12:00", weekday=2, most_visits=1)
    book(file_office, "9:00", provider_id=okafor)
    with refusal("Dr. Okafor's session from 8:00 to 12:00 takes 1 visit, and that is booked."):
        book(file_office, "9:30", provider_id=okafor, patient_id=walter(file_office))


def test_enough_new_patients_are_enough(file_office: Office) -> None:
    okafor = provider(file_office, "Okafor")
    works(file_office, okafor, "8:00", "12:00", weekday=2, most_new_patients=1)
    book(file_office, "9:00", provider_id=okafor)
    with refusal("Dr. Okafor's session from 8:00 to 12:00 takes 1 new patient, and that is booked."):
        book(file_office, "9:30", provider_id=okafor, patient_id=walter(file_office))


def test_overbooking_needs_its_own_right(file_office: Office) -> None:
    book(file_office, "9:30")
    walter(file_office)
    file_office.actor = replace(file_office.actor, permissions=frozenset({"schedule.*"}))
    with pytest.raises(NotAllowed):
        book(file_office, "9:30", patient_id=walter(file_office), override_reason="Fever")


def test_overbooking_has_a_cap(office: Office) -> None:
    for reason in ("", "Fever", "Chest pain"):
        book(office, "9:30", patient_id=_somebody(office), override_reason=reason)
    with pytest.raises(Refused) as refused:
        book(office, "9:30", patient_id=_somebody(office), override_reason="Once more")
    assert refused.value.findings[-1].message == (
        "Dr. Lee's session from 8:00 to 12:00 takes no more overbooked visits."
    )


def test_an_overbooked_room_is_never_possible(file_office: Office) -> None:
    room(file_office, "Procedure 1")
    kind = visit_type(file_office, "Minor", 30, PhaseDraft(Role.ROOM, 0, 30, "exam"))
    book(file_office, "9:30", visit_type_id=kind)
    with refusal("Dr. Lee is booked from 9:30 to 10:00. Procedure 1 is booked from 9:30 to 10:00."):
        book(
            file_office, "9:30", patient_id=walter(file_office), visit_type_id=kind, override_reason="Urgent"
        )


def test_all_phases_and_resources_are_booked_together(office: Office) -> None:
    room(office, "Imaging")
    device(office, "Ultrasound 1", "ultrasound")
    scan = visit_type(
        office,
        "Pelvic ultrasound",
        30,
        PhaseDraft(Role.PROVIDER, 15, 15),
        PhaseDraft(Role.ROOM, 0, 45, "exam"),
        PhaseDraft(Role.DEVICE, 0, 45, "ultrasound"),
    )
    assert shown(office, book(office, "9:30", visit_type_id=scan)).things == ("Ultrasound 1", "Imaging")
    # Dr. Lee is free for the first quarter of an hour, and while the room is cleaned.
    book(office, "9:30", patient_id=walter(office))
    book(office, "10:00", patient_id=walter(office))
    with refusal("Ultrasound 1 is booked from 9:30 to 10:15. Imaging is booked from 9:30 to 10:15."):
        book(
            office,
            "10:00",
            provider_id=doctor(office, "Okafor"),
            visit_type_id=scan,
            patient_id=_somebody(office),
            override_reason="No",
        )


def _somebody(office: Office) -> int:
    count = office.made["somebody"] = office.made.get("somebody", 0) + 1
    return patient(office, f"Pat{'abcdefghij'[count]}", "Somebody", date(1980, 1, 1) + timedelta(count))
