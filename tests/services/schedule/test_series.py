"""Series: booked as one, changed in part or whole, taken back as one."""

from datetime import date, timedelta

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.models.schedule.template import ExceptionKind
from frontdesk.services.office.holidays import HolidayDraft, add_holidays
from frontdesk.services.schedule import booking, series, series_changes, templates, visits
from frontdesk.services.schedule.recurrence import Rule, Unit, WhenClosed
from frontdesk.services.schedule.series_changes import Placement, Scope
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import CancelledBy, Confirmation, Lifecycle
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, walter
from tests.builders.visit import statements
from tests.office import Office
from tests.refusal import refusal

WEEKLY = Rule(Unit.WEEK, count=4)


def shown(office: Office, id: int) -> visits.VisitDetail:
    return office.ask(visits.visit, appointment_id=id)


def made(office: Office, first: int, rule: Rule = WEEKLY) -> tuple[int, ...]:
    """The visits of a series, the first included."""
    found = office.ask(series.preview, appointment_id=first, rule=rule)
    slots = tuple(each.slot for each in found)
    return (first, *office.do(series.make, appointment_id=first, slots=slots).appointment_ids)


def moved(office: Office, id: int, to: Slot, scope: Scope) -> None:
    found = office.ask(series_changes.preview, appointment_id=id, to=to, scope=scope)
    assert all(each.then.is_free for each in found)
    placements = tuple(Placement(each.appointment_id, each.then.slot, each.version) for each in found)
    office.do(series_changes.move, placements=placements)


def starts(office: Office, ids: tuple[int, ...]) -> list[str]:
    return [f"{shown(office, id).starts:%a %m/%d %H:%M}" for id in ids]


def test_a_series_is_booked_as_one_and_taken_back_as_one(office: Office) -> None:
    first = book(office, "9:30", reason="Shoulder")
    found = office.ask(series.preview, appointment_id=first, rule=WEEKLY)
    slots = tuple(each.slot for each in found)
    done = office.done(series.make, appointment_id=first, slots=slots)
    ids = (first, *done.result.appointment_ids)
    assert starts(office, ids) == [
        "Wed 03/18 09:30",
        "Wed 03/25 09:30",
        "Wed 04/01 09:30",
        "Wed 04/08 09:30",
    ]
    assert {shown(office, id).series_id for id in ids} == {first}
    assert {shown(office, id).reason for id in ids} == {"Shoulder"}
    office.database.undo(office.actor, done.entry_id)
    assert [shown(office, id).lifecycle for id in ids] == [Lifecycle.BOOKED] + [Lifecycle.IN_ERROR] * 3
    assert shown(office, first).series_id is None


def test_the_preview_shows_what_is_in_the_way_of_each_with_the_nearest_time(office: Office) -> None:
    first = book(office, "9:30")
    book(office, at("9:30", date(2026, 3, 25)), patient_id=walter(office))
    office.do(
        templates.add_exception,
        provider_id=doctor(office),
        kind=ExceptionKind.OUT,
        starts=at("8:00", date(2026, 4, 1)),
        ends=at("5:00", date(2026, 4, 1)),
        reason="conference",
    )
    taken, away, free = office.ask(series.preview, appointment_id=first, rule=WEEKLY)
    assert [each.message for each in taken.findings] == ["Dr. Lee is booked from 9:30 to 9:45."]
    assert taken.can_be_overridden
    assert taken.alternative == Slot(doctor(office), at("9:15", date(2026, 3, 25)), 15)
    assert [each.message for each in away.findings] == ["Dr. Lee is away from 8:00 to 5:00 (conference)."]
    assert not away.can_be_overridden
    assert away.alternative == Slot(doctor(office), at("9:30", date(2026, 4, 2)), 15)
    assert free.is_free
    assert free.alternative is None


def test_the_statements_do_not_grow_with_the_visits(office: Office) -> None:
    first = book(office, "9:30")
    book(office, at("9:30", date(2026, 3, 25)), patient_id=walter(office))
    book(office, at("9:30", date(2026, 4, 1)), patient_id=walter(office))

    def looked_at(count: int) -> int:
        rule = Rule(Unit.WEEK, count=count)
        return statements(office, lambda: office.ask(series.preview, appointment_id=first, rule=rule))

    assert looked_at(5) == looked_at(50) <= 36


def test_the_statements_do_not_grow_with_the_visits_that_move(office: Office) -> None:
    first = book(office, "9:30")
    ids = made(office, first, Rule(Unit.WEEK, count=20))
    book(office, at("10:00", date(2026, 3, 25)), patient_id=walter(office))
    to = Slot(doctor(office), at("10:00"))

    def looked_at(id: int, scope: Scope) -> int:
        where = Slot(to.provider_id, to.starts + (shown(office, id).starts.date() - WEDNESDAY))
        return statements(
            office,
            lambda: office.ask(series_changes.preview, appointment_id=id, to=where, scope=scope),
        )

    few = looked_at(ids[-2], Scope.FOLLOWING)
    assert few == looked_at(ids[2], Scope.FOLLOWING)
    assert looked_at(ids[0], Scope.ALL) - few <= 20, "one search more, for what is in the way"


def test_a_holiday_is_skipped_or_shifted(office: Office) -> None:
    first = book(office, "9:30")
    office.do(add_holidays, days=(HolidayDraft(date(2026, 3, 25), "Founders' Day"),))
    skipped = office.ask(series.preview, appointment_id=first, rule=WEEKLY)
    assert [each.slot.starts.date().day for each in skipped] == [1, 8, 15]
    shifted = office.ask(
        series.preview,
        appointment_id=first,
        rule=Rule(Unit.WEEK, count=4, when_closed=WhenClosed.SHIFT),
    )
    assert [each.slot.starts.date().day for each in shifted] == [26, 1, 8]


def test_all_or_none_is_booked_and_everything_is_said(office: Office) -> None:
    first = book(office, "9:30")
    second = book(office, at("9:30", date(2026, 3, 25)), patient_id=walter(office))
    book(office, at("9:30", date(2026, 4, 1)), patient_id=walter(office))
    slots = tuple(Slot(doctor(office), at("9:30", WEDNESDAY + timedelta(7 * week))) for week in (1, 2, 3))
    with pytest.raises(Refused) as refused:
        office.do(series.make, appointment_id=first, slots=slots)
    assert [each.message for each in refused.value.findings] == [
        "Wed, Mar 25, 9:30 AM: Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM.",
        "Wed, Apr 1, 9:30 AM: Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM.",
    ]
    assert shown(office, first).series_id is None
    made_all = office.do(series.make, appointment_id=first, slots=slots, override_reason="Therapy plan")
    assert [shown(office, id).override_reason for id in made_all.appointment_ids] == [
        "Therapy plan",
        "Therapy plan",
        "",
    ]
    assert shown(office, second).lifecycle is Lifecycle.BOOKED


def test_a_series_of_400_is_refused(office: Office) -> None:
    first = book(office, "9:30")
    said = "A series has at most 104 visits, not 400. Book these first, then continue from the last one."
    with refusal(said):
        office.ask(series.preview, appointment_id=first, rule=Rule(Unit.WEEK, count=400))
    slots = tuple(Slot(doctor(office), at("9:30") + timedelta(days)) for days in range(1, 400))
    with refusal(said):
        office.do(series.make, appointment_id=first, slots=slots)
    until = Rule(Unit.DAY, until=date(2027, 12, 31))
    with refusal("A series has at most 104 visits. Book these first, then continue from the last one."):
        office.ask(series.preview, appointment_id=first, rule=until)


def test_nothing_left_to_book_is_said(office: Office) -> None:
    with refusal("None of the visits is left to book. Choose another rhythm or time."):
        office.do(series.make, appointment_id=book(office, "9:30"), slots=())


def test_this_and_following_go_together_and_come_back_together(office: Office) -> None:
    ids = made(office, book(office, "9:30"))
    to = Slot(doctor(office), at("10:00", date(2026, 3, 26)))
    found = office.ask(series_changes.preview, appointment_id=ids[1], to=to, scope=Scope.FOLLOWING)
    placements = tuple(Placement(each.appointment_id, each.then.slot, each.version) for each in found)
    done = office.done(series_changes.move, placements=placements)
    assert starts(office, ids) == [
        "Wed 03/18 09:30",
        "Thu 03/26 10:00",
        "Thu 04/02 10:00",
        "Thu 04/09 10:00",
    ]
    office.database.undo(office.actor, done.entry_id)
    assert starts(office, ids)[1:] == ["Wed 03/25 09:30", "Wed 04/01 09:30", "Wed 04/08 09:30"]


def test_visits_of_a_series_may_take_each_others_places(office: Office) -> None:
    ids = made(office, book(office, "9:30"))
    for days in (7, -7):
        to = Slot(doctor(office), shown(office, ids[1]).starts + timedelta(days))
        moved(office, ids[1], to, Scope.FOLLOWING)
    assert starts(office, ids)[1:] == ["Wed 03/25 09:30", "Wed 04/01 09:30", "Wed 04/08 09:30"]


def test_taking_each_others_places_is_undone(office: Office) -> None:
    ids = made(office, book(office, "9:30"), Rule(Unit.DAY, count=3))
    before = starts(office, ids)
    to = Slot(doctor(office), at("9:30", WEDNESDAY + timedelta(1)))
    found = office.ask(series_changes.preview, appointment_id=ids[0], to=to, scope=Scope.ALL)
    placements = tuple(Placement(each.appointment_id, each.then.slot) for each in found[:2])
    placements += (Placement(ids[2], Slot(doctor(office), at("9:30", date(2026, 3, 23)))),)
    done = office.done(series_changes.move, placements=placements)
    assert starts(office, ids) == ["Thu 03/19 09:30", "Fri 03/20 09:30", "Mon 03/23 09:30"]
    office.database.undo(office.actor, done.entry_id)
    assert starts(office, ids) == before


def test_all_keep_their_day_and_take_another_provider_and_length(office: Office) -> None:
    okafor = doctor(office, "Okafor")
    ids = made(office, book(office, "9:30"))
    moved(office, ids[2], Slot(okafor, shown(office, ids[2]).starts, 30), Scope.ALL)
    assert {shown(office, id).provider for id in ids} == {"Dr. Okafor"}
    assert {shown(office, id).ends - shown(office, id).starts for id in ids} == {timedelta(minutes=30)}


def test_one_moved_alone_stays_in_the_series(office: Office) -> None:
    ids = made(office, book(office, "9:30"))
    office.do(booking.move, appointment_id=ids[1], to=Slot(doctor(office), at("2:00", date(2026, 3, 26))))
    assert shown(office, ids[1]).series_id == ids[0]
    moved(office, ids[0], Slot(doctor(office), at("9:30", WEDNESDAY + timedelta(1))), Scope.ALL)
    assert starts(office, ids)[:3] == ["Thu 03/19 09:30", "Fri 03/27 14:00", "Thu 04/02 09:30"]


def test_a_change_says_everything_that_stands_against_any_of_them(office: Office) -> None:
    ids = made(office, book(office, "9:30"))
    book(office, at("10:00", date(2026, 4, 1)), patient_id=walter(office))
    to = Slot(doctor(office), at("10:00", date(2026, 3, 25)))
    found = office.ask(series_changes.preview, appointment_id=ids[1], to=to, scope=Scope.FOLLOWING)
    assert [len(each.then.findings) for each in found] == [0, 1, 0]
    assert found[1].then.alternative == Slot(doctor(office), at("9:45", date(2026, 4, 1)), 15)
    placements = tuple(Placement(each.appointment_id, each.then.slot) for each in found)
    with refusal("Wed, Apr 1, 9:30 AM: Dr. Lee is booked from 10:00 to 10:15. The next opening is 10:15 AM."):
        office.do(series_changes.move, placements=placements)
    assert starts(office, ids)[1] == "Wed 03/25 09:30"
    with refusal("None of the visits is left to move. They stand where they were."):
        office.do(series_changes.move, placements=())


def test_another_length_keeps_the_confirmation(office: Office) -> None:
    ids = made(office, book(office, "9:30"))
    placements = tuple(Placement(id, Slot(doctor(office), shown(office, id).starts, 30)) for id in ids)
    office.do(series_changes.move, placements=placements)
    assert shown(office, ids[1]).confirmation is Confirmation.NONE
    assert [line.kind.value for line in shown(office, ids[1]).history] == ["booked", "resized"]


def test_the_note_of_a_series_is_written_and_taken_back(office: Office) -> None:
    ids = made(office, book(office, "9:30", note="Gate code"))
    done = office.done(
        series_changes.describe, appointment_id=ids[1], scope=Scope.FOLLOWING, reason="Knee", note="Stairs"
    )
    assert [shown(office, id).note for id in ids] == ["Gate code", "Stairs", "Stairs", "Stairs"]
    office.database.undo(office.actor, done.entry_id)
    assert {shown(office, id).note for id in ids} == {"Gate code"}


def test_a_series_may_be_continued_from_its_last_visit(office: Office) -> None:
    ids = made(office, book(office, "9:30"))
    done = office.done(
        series.make, appointment_id=ids[-1], slots=(Slot(doctor(office), at("9:30", date(2026, 4, 15))),)
    )
    assert shown(office, done.result.appointment_ids[0]).series_id == ids[0]
    office.database.undo(office.actor, done.entry_id)
    assert shown(office, ids[-1]).series_id == ids[0]


def test_a_visit_that_began_is_not_repeated(office: Office) -> None:
    id = book(office, at("10:45", TODAY))
    office.do(booking.cancel, appointment_id=id, by=CancelledBy.OFFICE)
    with refusal("This visit was canceled. It cannot be repeated."):
        office.do(series.make, appointment_id=id, slots=(Slot(doctor(office), at("9:30")),))
