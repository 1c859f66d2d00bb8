"""Squeeze-ins: only places that a reason lets pass, each with its price, the cheapest first."""

from datetime import date

import pytest

from frontdesk.kernel.errors import NotAllowed
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.schedule.urgency import Urgency
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import booking, holds, notices
from frontdesk.services.schedule.search import OpeningRequest, Window
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.squeeze import SqueezeIn, squeeze_ins
from frontdesk.services.schedule.squeeze_places import How
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.work import Actor
from tests.builders.office import provider, room
from tests.builders.registration import danielle, patient
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, keeps, visit_type, walter, works
from tests.builders.visit import statements
from tests.office import Office


def asked(office: Office, **others: object) -> tuple[SqueezeIn, ...]:
    wanted: dict[str, object] = {
        "visit_type_id": visit_type(office),
        "provider_ids": (doctor(office),),
        "first_day": WEDNESDAY,
        "urgency": Urgency.TODAY,
        "limit": 50,
        **others,
    }
    return office.ask(squeeze_ins, request=OpeningRequest(**wanted))  # type: ignore[arg-type] # a test's own


def of_kind(office: Office, how: How, **others: object) -> SqueezeIn:
    (found,) = [
        each for each in asked(office, **others) if each.how is how and each.starts.date() == WEDNESDAY
    ]
    return found


def reasons(found: SqueezeIn) -> list[str]:
    return [reason.text for reason in found.reasons]


@pytest.mark.parametrize(
    ("kind", "how", "said"),
    [
        (BlockKind.URGENT, How.URGENT, "in the urgent block"),
        (BlockKind.NEW_PATIENT, How.NEW_PATIENT, "in the new patient block"),
        (BlockKind.PROCEDURE, How.PROCEDURE, "in the procedure block"),
        (BlockKind.LUNCH, How.LUNCH, "over lunch"),
        (BlockKind.CHARTING, How.CHARTING, "over charting time"),
    ],
)
def test_kept_time_is_offered_with_a_reason_and_can_be_booked(
    office: Office, kind: BlockKind, how: How, said: str
) -> None:
    keeps(office, doctor(office), "2:30", "3:00", kind)
    found = of_kind(office, how)
    assert (found.starts, found.said, found.greatest) == (at("2:30"), said, 0)
    asks = kind in (BlockKind.LUNCH, BlockKind.CHARTING)
    assert ("Provider must agree" in reasons(found)) is asks
    book(office, found.starts, override_reason="Cannot wait")


def test_an_authorization_that_will_not_be_back_is_a_warning(office: Office) -> None:
    keeps(office, doctor(office), "2:30", "3:00")
    slow = visit_type(office, "Scan", 15, needs_authorization=True, authorization_days=2)
    found = of_kind(office, How.URGENT, visit_type_id=slow)
    assert "Authorization will not be back" in reasons(found)
    quick = visit_type(office, "Quick scan", 15, needs_authorization=True, authorization_days=1)
    assert "Authorization will not be back" not in reasons(of_kind(office, How.URGENT, visit_type_id=quick))


def test_a_type_that_the_block_is_kept_for_is_no_squeeze_in(office: Office) -> None:
    keeps(office, doctor(office), "2:30", "3:00")
    kind = visit_type(office, "Urgent visit", 15, opens_blocks=(BlockKind.URGENT,))
    assert asked(office, visit_type_id=kind) == ()


def test_beside_the_last_of_a_row_nobody_but_the_patient_waits(office: Office) -> None:
    book(office, "9:00")
    book(office, "9:15", patient_id=walter(office))
    book(office, "9:30", patient_id=patient(office, "Ana", "Ruiz"))
    found = of_kind(office, How.DOUBLE)
    assert (found.starts, found.said) == (at("9:30"), "beside Ruiz, Ana")
    assert (found.longer, found.called_in) == ((), at("9:45"))
    assert "Seen about 9:45" in reasons(found)


def test_who_cannot_wait_is_also_offered_the_soonest_whatever_it_costs(office: Office) -> None:
    keeps(office, doctor(office), "3:00", "3:30")
    keeps(office, doctor(office), "2:00", "2:30", BlockKind.PROCEDURE)
    for starts, first in (("8:00", "Ana"), ("8:15", "Eva"), ("8:30", "Ida")):
        book(office, starts, patient_id=patient(office, first, "Ruiz"))
    cheapest, soonest = asked(office, limit=2)
    assert cheapest.greatest == 0
    assert (soonest.starts, soonest.called_in, soonest.how) == (at("8:00"), at("8:15"), How.DOUBLE)
    assert [each.patient for each in soonest.longer] == ["Ruiz, Eva", "Ruiz, Ida"]
    assert asked(office, limit=1) == (cheapest,)


def test_a_promised_time_that_would_pass_is_said(office: Office) -> None:
    lee = provider(office, "Lee")
    works(office, lee, "9:00", "9:45", weekday=2)
    office.made["works:Lee"] = lee
    book(office, "9:00", minutes=30)
    follows = book(office, "9:30", patient_id=walter(office))
    office.do(
        notices.tell,
        appointment_id=follows,
        kind=NoticeKind.NEW_TIME,
        channel=Channel.PHONE,
        said="At 9:35.",
        promised=at("9:35"),
    )
    found = asked(office, minutes=30, urgency=Urgency.THIS_WEEK)
    first = next(each for each in found if each.starts == at("9:00") or each.starts == at("9:15"))
    assert [(each.minutes, each.is_past_promise) for each in first.longer] == [(30, True)]
    assert {"Harris, Walter +30 min", "Passes 1 promised time", "30 min overtime"} <= set(reasons(first))
    assert (first.greatest, first.overtime) == (30, 30)


def test_as_many_are_overbooked_as_the_session_takes(office: Office) -> None:
    lee = provider(office, "Lee")
    works(office, lee, "9:00", "9:30", weekday=2, most_overbooked=1)
    office.made["works:Lee"] = lee
    book(office, "9:00", minutes=30)
    (found,) = [each for each in asked(office) if each.starts.date() == WEDNESDAY]
    book(office, found.starts, patient_id=walter(office), override_reason="Cannot wait")
    assert [each for each in asked(office) if each.starts.date() == WEDNESDAY] == []


def test_nothing_is_squeezed_into_what_another_desk_holds(office: Office) -> None:
    lee = provider(office, "Lee")
    works(office, lee, "9:00", "9:15", weekday=2)
    office.made["works:Lee"] = lee
    office.do(
        holds.hold, patient_id=walter(office), slot=Slot(lee, at("9:00")), visit_type_id=visit_type(office)
    )
    assert [each for each in asked(office) if each.starts.date() == WEDNESDAY] == []


def test_a_room_that_is_taken_is_not_shared(office: Office) -> None:
    only = room(office, "Room 1")
    scan = visit_type(office, "Scan", 30, PhaseDraft(Role.ROOM, 0, 30, "exam"))
    book(office, "9:00", visit_type_id=scan)
    found = asked(office, visit_type_id=scan)
    assert all(not (at("8:30") < each.starts < at("9:30")) for each in found)
    assert only


def test_outside_the_patients_times_is_said(office: Office) -> None:
    keeps(office, doctor(office), "2:30", "3:00")
    found = of_kind(office, How.URGENT, windows=(Window(2, at("8:00").time(), at("12:00").time()),))
    assert "Outside the patient's times" in reasons(found)


def test_the_cheapest_come_first_and_today_before_tomorrow(office: Office) -> None:
    lee = doctor(office)
    keeps(office, lee, "2:30", "3:00", BlockKind.PROCEDURE)
    keeps(office, lee, "2:30", "3:00", BlockKind.LUNCH, weekday=1)
    found = asked(office, first_day=TODAY)
    assert [(each.starts.date(), each.how) for each in found] == [
        (TODAY, How.LUNCH),
        (WEDNESDAY, How.PROCEDURE),
    ]
    assert "After today" in reasons(found[1])
    later = asked(office, first_day=TODAY, urgency=Urgency.ROUTINE)
    assert later[0].how is How.PROCEDURE, "nobody has to agree"


def test_every_place_that_is_offered_can_be_booked_and_undone(office: Office) -> None:
    lee = doctor(office)
    keeps(office, lee, "12:00", "1:00", BlockKind.LUNCH)
    keeps(office, lee, "11:30", "12:00")
    keeps(office, lee, "3:00", "4:00", BlockKind.PROCEDURE, weekday=3)
    for quarter, who in (("8:00", danielle(office)), ("8:15", walter(office)), ("1:00", walter(office))):
        book(office, quarter, patient_id=who)
    found = asked(office, urgency=Urgency.ROUTINE)
    assert len(found) >= 3
    ana = patient(office, "Ana", "Ruiz", date(1990, 1, 1))
    for each in found:
        done = office.done(
            booking.book,
            patient_id=ana,
            slot=each.slot,
            visit_type_id=visit_type(office),
            override_reason="Cannot wait",
        )
        office.database.undo(office.actor, done.entry_id)


def test_who_may_not_overbook_is_shown_none(office: Office) -> None:
    doctor(office)
    clerk = Actor(None, "Theo", "T", frozenset({"schedule.view", "schedule.book"}))
    with pytest.raises(NotAllowed):
        office.database.ask(clerk, squeeze_ins, request=OpeningRequest(visit_type_id=visit_type(office)))


def test_the_statements_do_not_grow(office: Office) -> None:
    book(office, "9:00")
    few = statements(office, lambda: asked(office, limit=2))
    for hour in ("9:15", "9:30", "9:45", "10:00", "1:00"):
        book(office, hour, patient_id=walter(office))
    assert statements(office, lambda: asked(office, limit=2)) == few
