"""Stepping through what waits, and through what was posted."""

from datetime import UTC, date, datetime

from pytestqt.qtbot import QtBot

from frontdesk.services.billing.remittance_views import RemittanceRow, RemittanceState
from frontdesk.ui.billing.remittance_steps import WAITING, RemittanceSteps

DAY = date(2026, 3, 16)


def remittance(number: int) -> RemittanceRow:
    return RemittanceRow(
        id=number,
        version=1,
        name=f"835-0316-{number:02d}",
        payer="BCBS",
        trace="0098817243",
        state=RemittanceState.OPEN,
        held_reason="",
        paid_on=DAY,
        received_at=datetime(2026, 3, 17, 15, tzinfo=UTC),
        paid_cents=48073,
        claims=13,
        unmatched=0,
        banked_on=DAY,
    )


def test_the_one_before_and_after_are_wanted_and_the_ends_are_ends(qtbot: QtBot) -> None:
    steps = RemittanceSteps()
    qtbot.addWidget(steps)
    wanted: list[int] = []
    steps.wanted.connect(wanted.append)
    steps.turn(1)
    assert (wanted, steps.first) == ([], None), "nothing is listed"
    steps.show_listed((remittance(7), remittance(5), remittance(3)))
    assert steps.first == 7
    steps.show_shown(5)
    assert steps._words.text() == "Remittance 2 of 3"
    steps.turn(-1)
    steps.turn(1)
    steps.show_shown(3)
    steps.turn(1)
    assert wanted == [7, 3]


def test_one_that_is_not_listed_has_no_place_and_no_neighbours(qtbot: QtBot) -> None:
    steps = RemittanceSteps()
    qtbot.addWidget(steps)
    steps.show_listed((remittance(7),))
    steps.show_shown(99)
    wanted: list[int] = []
    steps.wanted.connect(wanted.append)
    steps.turn(1)
    assert (steps._words.text(), wanted) == ("", [])


def test_turned_over_it_steps_through_what_was_posted(qtbot: QtBot) -> None:
    steps = RemittanceSteps()
    qtbot.addWidget(steps)
    assert set(steps.states) == set(WAITING)
    steps.show_listed((remittance(7),))
    steps.show_shown(7)
    steps.turn_over()
    assert set(steps.states) == {RemittanceState.POSTED}
    steps.show_listed((remittance(2), remittance(1)))
    steps.show_shown(1)
    assert steps._words.text() == "Posted 2 of 2"
