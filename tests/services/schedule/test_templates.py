"""Weeks and kinds of visit, as the office edits them."""

from dataclasses import replace
from datetime import date, time

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.models.schedule.template import BlockKind, ExceptionKind
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import templates, visit_types
from frontdesk.services.schedule.hours import Week
from frontdesk.services.schedule.templates import RuleKind, SessionDraft, Weekly, provider_template
from frontdesk.services.schedule.visit_types import PhaseDraft, VisitTypeDraft
from tests.builders.office import provider
from tests.builders.schedule import SINCE, at, doctor, keeps, visit_type, works
from tests.office import Office
from tests.refusal import refusal


def test_a_template_does_not_overlap_itself(office: Office) -> None:
    lee = doctor(office)
    with refusal("This overlaps Dr. Lee's session on Tuesdays from 8:00 to 12:00."):
        works(office, lee, "11:00", "1:00", weekday=1)
    works(office, lee, "12:00", "1:00", weekday=1)


def test_kept_time_does_not_overlap_kept_time(file_office: Office) -> None:
    lee = doctor(file_office)
    keeps(file_office, lee, "11:30", "11:45")
    with refusal("This overlaps Dr. Lee's time kept for urgent visits on Wednesdays from 11:30 to 11:45."):
        keeps(file_office, lee, "11:40", "12:00", BlockKind.CHARTING)


def test_alternating_weeks_do_not_overlap(file_office: Office) -> None:
    lee = provider(file_office)
    odd = Weekly(lee, 5, time(8), time(12), date(2026, 3, 21), every_weeks=2)
    file_office.do(templates.add_session, draft=SessionDraft(odd))
    file_office.do(templates.add_session, draft=SessionDraft(replace(odd, effective_from=date(2026, 3, 28))))
    with refusal("This overlaps Dr. Lee's session on Saturdays from 8:00 to 12:00."):
        file_office.do(
            templates.add_session, draft=SessionDraft(replace(odd, effective_from=date(2026, 4, 4)))
        )


def test_a_template_changes_from_a_day_on(file_office: Office) -> None:
    lee = provider(file_office)
    session = works(file_office, lee, "8:00", "12:00", weekday=1)
    file_office.do(templates.end_rule, kind=RuleKind.SESSION, rule_id=session, last_day=date(2026, 3, 31))
    later = Weekly(lee, 1, time(9), time(13), date(2026, 4, 1))
    file_office.do(templates.add_session, draft=SessionDraft(later))
    with refusal("This overlaps Dr. Lee's session on Tuesdays from 9:00 to 1:00."):
        file_office.do(templates.end_rule, kind=RuleKind.SESSION, rule_id=session, last_day=None)
    assert len(file_office.ask(provider_template, provider_id=lee).sessions) == 2


def test_a_rule_that_cannot_be_is_refused_with_all_its_faults(file_office: Office) -> None:
    wrong = Weekly(provider(file_office), 7, time(12), time(8), SINCE, date(2025, 1, 1), every_weeks=9)
    with pytest.raises(Refused) as refused:
        file_office.do(templates.add_session, draft=SessionDraft(wrong))
    assert [finding.message for finding in refused.value.findings] == [
        "Choose a day of the week.",
        "The end comes after the start, on the same day.",
        "A rule comes back every week, or every second to fourth.",
        "The last day is not before the first.",
    ]


def test_a_withdrawn_rule_comes_back_only_where_it_fits(file_office: Office) -> None:
    lee = provider(file_office)
    session = works(file_office, lee, "8:00", "12:00", weekday=1)
    done = file_office.done(
        templates.set_rule_active, kind=RuleKind.SESSION, rule_id=session, is_active=False
    )
    works(file_office, lee, "11:00", "1:00", weekday=1)
    with refusal("This overlaps Dr. Lee's session on Tuesdays from 11:00 to 1:00."):
        file_office.database.undo(file_office.actor, done.entry_id)


def test_an_exception_ends_after_it_starts(file_office: Office) -> None:
    with refusal("The end comes after the start."):
        file_office.do(
            templates.add_exception,
            provider_id=doctor(file_office),
            kind=ExceptionKind.EXTRA,
            starts=at("5:00"),
            ends=at("5:00"),
        )


def test_every_other_week_is_counted_from_the_first() -> None:
    fortnightly = Week(2, 2, date(2026, 3, 12), date(2026, 4, 30))
    assert list(fortnightly.days(date(2026, 3, 1), date(2026, 5, 31))) == [
        date(2026, 3, 25),
        date(2026, 4, 8),
        date(2026, 4, 22),
    ]


def test_weekends_are_left_out_of_ten_weekdays() -> None:
    """A morning from Monday, October 29, 2018, day by day, without weekends: ten of them."""
    weeks = [Week(weekday, 1, date(2018, 10, 29), None) for weekday in range(5)]
    days = sorted(day for week in weeks for day in week.days(date(2018, 10, 29), date(2018, 11, 9)))
    assert len(days) == 10
    assert all(day.weekday() < 5 for day in days)


def test_a_visit_type_that_cannot_be_is_refused(file_office: Office) -> None:
    with pytest.raises(Refused) as refused:
        visit_type(
            file_office,
            " ",
            3,
            PhaseDraft(Role.ROOM, 0, 30, "exam"),
            PhaseDraft(Role.ROOM, 20, 30, "exam"),
            PhaseDraft(Role.DEVICE, 0, 30),
            arrive_early_minutes=600,
        )
    assert [finding.message for finding in refused.value.findings] == [
        "Give the visit type a name.",
        "A visit lasts from 5 minutes to 12 hours.",
        "Patients come up to 4 hours early, not more.",
        "Say which kind of room, device or staff a phase needs; not for the provider.",
        "Two phases need the same exam at the same time.",
    ]


def test_two_visit_types_have_two_names(office: Office) -> None:
    visit_type(office, "Physical", 60)
    with refusal("There is a visit type of this name already."):
        office.do(visit_types.add_visit_type, draft=VisitTypeDraft("Physical", 30))


def test_a_visit_type_is_changed_and_changed_back(office: Office) -> None:
    kind = visit_type(office, "Scan", 30, PhaseDraft(Role.ROOM, 0, 45, "exam"))
    before = office.ask(visit_types.visit_types)
    done = office.done(
        visit_types.change_visit_type, visit_type_id=kind, draft=VisitTypeDraft("Scan, long", 45)
    )
    (changed,) = office.ask(visit_types.visit_types)
    assert (changed.name, changed.minutes, changed.phases) == ("Scan, long", 45, ())
    office.database.undo(office.actor, done.entry_id)
    assert [replace(each, version=0) for each in office.ask(visit_types.visit_types)] == [
        replace(each, version=0) for each in before
    ]
