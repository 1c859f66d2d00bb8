"""Where a visit stands is the sum of its events, whatever their order."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.models.schedule.appointment import (
    AppointmentEvent,
    CancelledBy,
    Channel,
    Confirmation,
    EventKind,
    Lifecycle,
    Stage,
)
from frontdesk.services.schedule.standing import live, standing
from tests.conftest import TUESDAY

PLAIN = [kind for kind in EventKind if kind not in (EventKind.BOOKED, EventKind.TAKEN_BACK)]


def happened(id: int, kind: EventKind, corrects_id: int | None = None) -> AppointmentEvent:
    starts = datetime(2026, 3, 18, 9) + timedelta(minutes=id)
    return AppointmentEvent(
        id=id,
        kind=kind,
        at=TUESDAY + timedelta(minutes=id),
        corrects_id=corrects_id,
        starts=starts,
        ends=starts + timedelta(minutes=15),
        provider_id=1,
        is_overbooked=False,
        room_id=id if kind is EventKind.ROOMED else None,
        channel=Channel.PHONE,
        outcome=Confirmation.CONFIRMED,
        cancelled_by=CancelledBy.PATIENT,
        is_late=False,
        rescheduled_to_id=99,
        reason="",
    )


histories = st.lists(st.sampled_from(PLAIN), max_size=12).map(
    lambda kinds: [happened(1, EventKind.BOOKED)] + [happened(id, kind) for id, kind in enumerate(kinds, 2)]
)


@given(histories)
def test_taking_back_leaves_no_trace_and_comes_again(events: list[AppointmentEvent]) -> None:
    *earlier, last = events
    taken_back = happened(100, EventKind.TAKEN_BACK, last.id)
    assert standing([*events, taken_back]) == standing(earlier)
    again = happened(101, EventKind.TAKEN_BACK, 100)
    assert standing([*events, taken_back, again]) == standing(events)


@given(histories)
def test_taking_everything_back_in_turn_leaves_no_visit(events: list[AppointmentEvent]) -> None:
    undone = [
        happened(100 + number, EventKind.TAKEN_BACK, event.id)
        for number, event in enumerate(reversed(events))
    ]
    assert standing([*events, *undone]) == standing([])
    assert standing([]).lifecycle is Lifecycle.IN_ERROR


@given(histories)
def test_a_visit_takes_resources_only_while_it_stands(events: list[AppointmentEvent]) -> None:
    found = standing(events)
    assert (found.occupying_event_id is not None) == (
        found.lifecycle in (Lifecycle.BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED)
    )


@given(histories, st.data())
def test_a_corrected_time_changes_nothing_but_times(
    events: list[AppointmentEvent], data: st.DataObject
) -> None:
    wrong = data.draw(st.sampled_from(events))
    right = happened(wrong.id, wrong.kind)
    right.id, right.corrects_id = 100, wrong.id

    def without_times(events: list[AppointmentEvent]) -> dict[str, object]:
        found = standing(events)
        names = (name for name in found.__slots__ if not name.endswith("_at") and name != "place")
        return {name: getattr(found, name) for name in names}

    assert without_times([*events, right]) == without_times(events)
    assert [event.kind for event in live([*events, right])] == [event.kind for event in live(events)]


def test_a_move_asks_for_a_new_confirmation() -> None:
    events = [happened(1, EventKind.BOOKED), happened(2, EventKind.CONTACTED), happened(3, EventKind.MOVED)]
    assert standing(events[:2]).confirmation is Confirmation.CONFIRMED
    assert standing(events).confirmation is Confirmation.NONE


def test_a_missed_visit_that_is_rebooked_stays_missed() -> None:
    events = [
        happened(1, EventKind.BOOKED),
        happened(2, EventKind.NO_SHOW),
        happened(3, EventKind.RESCHEDULED),
    ]
    found = standing(events)
    assert (found.lifecycle, found.rescheduled_to_id) == (Lifecycle.NO_SHOW, 99)
    assert found.stage is Stage.EXPECTED
