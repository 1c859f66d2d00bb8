"""Rules to reminders, without a database."""

from datetime import datetime, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.models.registration.patient import ReminderWay
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.reminder import JobState
from frontdesk.services.schedule.reminder_plan import (
    MESSAGES,
    Quiet,
    Reach,
    Rule,
    Standing,
    Visit,
    difference,
    families,
    latest_of,
    next_try,
    plan,
)

TUESDAY = datetime(2026, 3, 17, 10, 42)
THURSDAY = datetime(2026, 3, 19, 9, 30)
LONG_AGO = datetime(2026, 1, 5, 9)
ALL = (Channel.TEXT, Channel.EMAIL, Channel.PHONE)
TWO_DAYS = Rule(1, 48, 2, ALL)
THREE_HOURS = Rule(2, 3, 1, (Channel.TEXT,))
DANIELLE = Reach(text="5035550148", email="d@example.com", has_phone=True)


def visit(starts: datetime = THURSDAY, **others: Any) -> Visit:
    told: dict[str, Any] = {"id": 7, "patient_id": 1, "visit_type_id": 3, "booked_at": LONG_AGO}
    return Visit(starts=starts, **{**told, **others})


def planned(
    *rules: Rule, of: Visit | None = None, reach: Reach = DANIELLE, now: datetime = TUESDAY
) -> list[tuple[int, Channel, datetime]]:
    found = plan(rules, [of or visit()], {1: reach}, Quiet(), now)
    return [(each.rule_id, each.channel, each.due) for each in found]


def test_each_rule_reminds_once_by_the_first_channel_that_leads_to_the_patient() -> None:
    assert planned(TWO_DAYS, THREE_HOURS, now=LONG_AGO) == [
        (1, Channel.TEXT, datetime(2026, 3, 17, 9, 30)),
        (2, Channel.TEXT, THURSDAY.replace(hour=8, minute=0)),
    ]
    no_text = Reach(email="d@example.com", has_phone=True)
    assert [channel for _, channel, _ in planned(TWO_DAYS, reach=no_text)] == [Channel.EMAIL]
    assert [channel for _, channel, _ in planned(TWO_DAYS, reach=Reach(has_phone=True))] == [Channel.PHONE]
    assert planned(TWO_DAYS, reach=Reach()) == []


def test_the_patients_own_way_goes_first() -> None:
    by_mail = Reach(ReminderWay.EMAIL, text="5035550148", email="d@example.com")
    assert [channel for _, channel, _ in planned(TWO_DAYS, reach=by_mail)] == [Channel.EMAIL]
    by_phone = Reach(ReminderWay.CALL, text="5035550148", has_phone=True)
    assert [channel for _, channel, _ in planned(TWO_DAYS, reach=by_phone)] == [Channel.PHONE]
    assert planned(TWO_DAYS, reach=Reach(ReminderWay.NONE, text="5035550148")) == []


def test_what_falls_into_the_quiet_hours_waits_for_the_morning_or_goes_out_the_evening_before() -> None:
    early = visit(THURSDAY.replace(hour=10, minute=0))  # three hours before: 7:00
    assert planned(THREE_HOURS, of=early) == [(2, Channel.TEXT, THURSDAY.replace(hour=8, minute=0))]
    earlier = visit(THURSDAY.replace(hour=8, minute=30))  # at 8:00 it would be too near the visit
    assert planned(THREE_HOURS, of=earlier) == [(2, Channel.TEXT, datetime(2026, 3, 18, 19, 59))]


def test_nothing_goes_out_too_near_the_visit() -> None:
    assert planned(TWO_DAYS, now=THURSDAY - timedelta(hours=3)) != []
    assert planned(TWO_DAYS, now=THURSDAY - timedelta(hours=2)) == []


def test_a_visit_booked_after_its_reminder_was_due_is_not_reminded_of() -> None:
    just_now = visit(THURSDAY, booked_at=datetime(2026, 3, 17, 10, 40))
    assert planned(TWO_DAYS, of=just_now) == []
    assert len(planned(THREE_HOURS, of=just_now)) == 1


def test_a_minors_guardian_is_told_in_the_minors_place() -> None:
    child = Reach(text="5035550190", age=9, guardian=Reach(email="june@example.com"))
    assert [channel for _, channel, _ in planned(TWO_DAYS, reach=child)] == [Channel.EMAIL]
    assert planned(TWO_DAYS, reach=Reach(text="5035550190", age=9)) == []
    assert len(planned(Rule(1, 48, 2, ALL, guardian_below_age=0), reach=Reach(text="5035550190", age=9))) == 1


def test_left_out_are_kinds_of_visit_single_visits_and_confirmed_ones() -> None:
    assert planned(Rule(1, 48, 2, ALL, off_types=frozenset({3}))) == []
    assert planned(TWO_DAYS, of=visit(off_rules=frozenset({1}))) == []
    assert planned(Rule(1, 48, 2, ALL, if_unconfirmed=True), of=visit(is_confirmed=True)) == []
    assert len(planned(TWO_DAYS, of=visit(is_confirmed=True))) == 1


def test_a_switched_off_channel_is_passed_over() -> None:
    found = plan([TWO_DAYS], [visit()], {1: DANIELLE}, Quiet(), TUESDAY, usable=(Channel.PHONE,))
    assert [each.channel for each in found] == [Channel.PHONE]


def test_a_moved_visit_gets_new_reminders_and_the_old_ones_are_withdrawn() -> None:
    old = Standing(11, 7, THURSDAY, 1, Channel.TEXT, JobState.PLANNED, TUESDAY)
    moved = plan([TWO_DAYS], [visit(THURSDAY + timedelta(days=1))], {1: DANIELLE}, Quiet(), TUESDAY)
    found = difference(moved, [old])
    assert (len(found.new), found.withdrawn) == (1, (11,))
    back = plan([TWO_DAYS], [visit()], {1: DANIELLE}, Quiet(), TUESDAY)
    gone = Standing(11, 7, THURSDAY, 1, Channel.TEXT, JobState.WITHDRAWN, TUESDAY)
    again = difference(back, [gone])
    assert ([job for job, _ in again.renewed], again.new) == ([11], ())


def test_what_was_sent_or_given_up_is_not_planned_again_by_any_channel() -> None:
    wanted = plan([TWO_DAYS], [visit()], {1: Reach(email="d@example.com")}, Quiet(), TUESDAY)
    for state in (JobState.SENT, JobState.FAILED, JobState.UNKNOWN, JobState.CLAIMED):
        assert not difference(wanted, [Standing(11, 7, THURSDAY, 1, Channel.TEXT, state, TUESDAY)])


def test_a_call_in_the_place_of_a_failed_text_stays_until_the_visit_is_confirmed() -> None:
    wanted = plan([TWO_DAYS], [visit()], {1: DANIELLE}, Quiet(), TUESDAY)
    text = Standing(11, 7, THURSDAY, 1, Channel.TEXT, JobState.FAILED, TUESDAY)
    call = Standing(12, 7, THURSDAY, 1, Channel.PHONE, JobState.PLANNED, TUESDAY, is_instead=True)
    assert not difference(wanted, [text, call], {(7, THURSDAY)})
    assert difference(wanted, [text, call], set()).withdrawn == (12,)


def test_tries_go_on_for_a_while_and_then_a_person_calls() -> None:
    noon, latest = THURSDAY.replace(hour=12), THURSDAY + timedelta(days=1)
    assert next_try(1, noon, None, Quiet(), latest) == noon + timedelta(minutes=5)
    assert next_try(1, noon, timedelta(minutes=30), Quiet(), latest) == noon + timedelta(minutes=30)
    assert next_try(3, noon, None, Quiet(), latest) == noon + timedelta(hours=1)
    assert next_try(4, noon, None, Quiet(), latest) is None
    assert next_try(1, noon, timedelta(hours=30), Quiet(), latest) is None
    assert next_try(1, noon.replace(hour=19, minute=58), None, Quiet(), latest) == datetime(2026, 3, 20, 8)


def test_one_message_covers_a_household_on_one_day() -> None:
    friday = THURSDAY + timedelta(days=1)
    jobs = [
        (3, 1, "a@example.com", THURSDAY + timedelta(minutes=15)),
        (1, 1, "A@example.com", THURSDAY),
        (4, 1, "a@example.com", friday),
        (5, 2, "a@example.com", THURSDAY),
        (6, 1, "b@example.com", THURSDAY),
    ]
    assert families(jobs) == ((1, 3), (4,), (5,), (6,))


_rules = st.builds(
    lambda id, hours, share, channels: Rule(id, hours, hours * share // 4, tuple(channels)),
    st.integers(1, 4),
    st.integers(1, 200),
    st.integers(0, 4),
    st.lists(st.sampled_from(ALL), min_size=1, max_size=3, unique=True),
)
_visits = st.builds(
    lambda id, minutes, booked: visit(
        TUESDAY + timedelta(minutes=minutes), id=id, booked_at=TUESDAY - timedelta(minutes=booked)
    ),
    st.integers(1, 5),
    st.integers(-500, 20_000),
    st.integers(0, 30_000),
)
_reaches = st.builds(
    Reach,
    st.sampled_from(ReminderWay),
    st.sampled_from(["", "5035550148"]),
    st.sampled_from(["", "d@example.com"]),
    st.booleans(),
)
_quiets = st.builds(
    lambda late, early: Quiet(time(late), time(early)), st.integers(17, 23), st.integers(5, 10)
)


@given(
    st.lists(_rules, max_size=4, unique_by=lambda rule: rule.id),
    st.lists(_visits, max_size=5, unique_by=lambda each: each.id),
    _reaches,
    _quiets,
    st.integers(0, 5_000),
)
def test_planning_again_changes_nothing_and_no_message_is_due_while_it_is_quiet(
    rules: list[Rule], visits: list[Visit], reach: Reach, quiet: Quiet, later: int
) -> None:
    first = plan(rules, visits, {1: reach}, quiet, TUESDAY)
    assert len({each.occurrence for each in first}) == len(first)
    by_id = {rule.id: rule for rule in rules}
    for each in first:
        if each.channel in MESSAGES:
            assert not quiet.covers(each.due)
            assert each.due <= latest_of(by_id[each.rule_id], each.starts)
    stored = [
        Standing(
            number, each.appointment_id, each.starts, each.rule_id, each.channel, JobState.PLANNED, each.due
        )
        for number, each in enumerate(difference(first, []).new)
    ]
    assert not difference(first, stored)
    now = TUESDAY + timedelta(minutes=later)
    again = difference(plan(rules, visits, {1: reach}, quiet, now), stored)
    assert (again.new, again.renewed) == ((), ())
