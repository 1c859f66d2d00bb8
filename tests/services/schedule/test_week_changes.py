"""Weeks changed as a whole, and the visits that such a change leaves standing outside the hours."""

from datetime import date, time

from frontdesk.models.schedule.template import BlockKind, ExceptionKind
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.office.holidays import HolidayDraft, add_holidays
from frontdesk.services.schedule import staff_hours, templates, week_changes
from frontdesk.services.schedule.staff_hours import StaffHours
from frontdesk.services.schedule.stranded import stranded
from frontdesk.services.schedule.templates import BlockDraft, RuleKind, SessionDraft, Weekly
from frontdesk.services.schedule.visit_types import PhaseDraft
from tests.builders.office import provider, staff_member
from tests.builders.schedule import SINCE, TODAY, WEDNESDAY, at, book, doctor, visit_type, walter
from tests.office import Office
from tests.refusal import refusal

EIGHT, NOON, ONE, FIVE = time(8), time(12), time(13), time(17)


def hours_of(office: Office, provider_id: int) -> list[tuple[int, time, time, date, date | None]]:
    found = office.ask(templates.provider_template, provider_id=provider_id).sessions
    return [
        (
            each.weekly.weekday,
            each.weekly.starts,
            each.weekly.ends,
            each.weekly.effective_from,
            each.weekly.effective_until,
        )
        for each in found
    ]


def test_the_same_hours_on_several_days_are_one_act(office: Office) -> None:
    okafor = provider(office, "Okafor")
    drafts = tuple(SessionDraft(Weekly(okafor, day, EIGHT, NOON, SINCE)) for day in (0, 2, 4))
    office.do(week_changes.add_sessions, drafts=drafts)
    assert [each[0] for each in hours_of(office, okafor)] == [0, 2, 4]
    kept = tuple(BlockDraft(Weekly(okafor, day, EIGHT, time(9), SINCE), BlockKind.URGENT) for day in (0, 2))
    made = office.do(week_changes.add_blocks, drafts=kept)
    office.do(week_changes.set_rules_active, kind=RuleKind.BLOCK, rule_ids=made, is_active=False)
    assert office.ask(templates.provider_template, provider_id=okafor).blocks == ()


def test_no_day_is_refused(file_office: Office) -> None:
    for act in (week_changes.add_sessions, week_changes.add_blocks):
        with refusal("Choose a day of the week."):
            file_office.do(act, drafts=())


def test_one_overlap_among_several_days_keeps_all_as_it_was(office: Office) -> None:
    lee = doctor(office)
    before = hours_of(office, lee)
    drafts = tuple(SessionDraft(Weekly(lee, day, time(10), NOON, SINCE)) for day in (5, 0))
    with refusal("This overlaps Dr. Lee's session on Mondays from 8:00 to 12:00."):
        office.do(week_changes.add_sessions, drafts=drafts)
    assert hours_of(office, lee) == before


def test_other_hours_hold_from_a_day_on(office: Office) -> None:
    lee = provider(office)
    first = office.do(templates.add_session, draft=SessionDraft(Weekly(lee, 2, EIGHT, NOON, SINCE)))
    april = date(2026, 4, 1)
    done = office.do(
        week_changes.change_session,
        rule_id=first,
        draft=SessionDraft(Weekly(lee, 2, time(9), NOON, april)),
    )
    assert hours_of(office, lee) == [
        (2, EIGHT, NOON, SINCE, date(2026, 3, 31)),
        (2, time(9), NOON, april, None),
    ]
    office.do(
        week_changes.put_former_back,
        kind=RuleKind.SESSION,
        rule_id=done.rule_id,
        former_id=first,
        former_until=done.former_until,
        was_withdrawn=done.was_withdrawn,
    )
    assert hours_of(office, lee) == [(2, EIGHT, NOON, SINCE, None)]


def test_kept_time_that_never_came_to_hold_is_withdrawn(office: Office) -> None:
    lee = doctor(office)
    april = date(2026, 4, 1)
    first = office.do(
        templates.add_block, draft=BlockDraft(Weekly(lee, 2, EIGHT, time(9), april), BlockKind.URGENT)
    )
    done = office.do(
        week_changes.change_block,
        rule_id=first,
        draft=BlockDraft(Weekly(lee, 2, EIGHT, time(8, 30), april), BlockKind.URGENT, 24),
    )
    assert done.was_withdrawn
    (kept,) = office.ask(templates.provider_template, provider_id=lee).blocks
    assert (kept.weekly.ends, kept.release_hours) == (time(8, 30), 24)
    with refusal("This was withdrawn meanwhile. Add it anew."):
        office.do(
            week_changes.change_block,
            rule_id=first,
            draft=BlockDraft(Weekly(lee, 2, EIGHT, time(8, 30), april), BlockKind.URGENT),
        )


def test_hours_that_have_ended_are_not_changed_afterwards(file_office: Office) -> None:
    lee = provider(file_office)
    weekly = Weekly(lee, 2, EIGHT, NOON, SINCE, date(2026, 3, 25))
    first = file_office.do(templates.add_session, draft=SessionDraft(weekly))
    with refusal("The former hours have ended before that day. Add new ones."):
        file_office.do(
            week_changes.change_session,
            rule_id=first,
            draft=SessionDraft(Weekly(lee, 2, time(9), NOON, date(2026, 4, 1))),
        )


def test_visits_outside_the_hours_are_named_with_the_reason(office: Office) -> None:
    lee = doctor(office)
    wednesday = book(office, "9:30")
    thursday = book(office, at("9:30", date(2026, 3, 19)), patient_id=walter(office))
    friday = book(office, at("9:30", date(2026, 3, 20)))
    monday = book(office, at("4:30", date(2026, 3, 23)))
    assert office.ask(stranded) == ()

    for session in office.ask(templates.provider_template, provider_id=lee).sessions:
        if session.weekly.weekday == 3:
            office.do(templates.set_rule_active, kind=RuleKind.SESSION, rule_id=session.id, is_active=False)
        if session.weekly.weekday == 0 and session.weekly.starts == ONE:
            weekly = Weekly(lee, 0, ONE, time(16), TODAY)
            office.do(week_changes.change_session, rule_id=session.id, draft=SessionDraft(weekly))
    office.do(
        templates.add_exception,
        provider_id=lee,
        kind=ExceptionKind.OUT,
        starts=at("8:00"),
        ends=at("5:00"),
        reason="conference",
    )
    office.do(add_holidays, days=(HolidayDraft(date(2026, 3, 20), "Staff day"),))
    assert [(each.appointment_id, each.why) for each in office.ask(stranded)] == [
        (wednesday, "Dr. Lee is away: conference"),
        (thursday, "Dr. Lee has no hours on Thursday, March 19"),
        (friday, "Closed: Staff day"),
        (monday, "Outside Dr. Lee's hours"),
    ]


def test_visits_outside_the_hours_of_staff_are_named_too(office: Office) -> None:
    ortega = staff_member(office, "K. Ortega", "sonographer")
    scan = visit_type(office, "Scan", 30, PhaseDraft(Role.STAFF, 0, 30, "sonographer"))
    visit = book(office, "9:30", visit_type_id=scan)
    assert office.ask(stranded) == ()
    hours = StaffHours(ortega, WEDNESDAY.weekday(), time(10), NOON, SINCE)
    office.do(staff_hours.add_staff_hours, hours=hours)
    (found,) = office.ask(stranded)
    assert (found.appointment_id, found.why) == (visit, "Outside K. Ortega's hours")
