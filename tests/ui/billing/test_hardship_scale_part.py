"""The sliding scale in the set-up."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import hardship_scale
from frontdesk.services.billing.hardship_scale import Band
from frontdesk.ui.billing.hardship_scale_part import HardshipScalePart
from frontdesk.ui.desk import Desk
from tests.builders.office import site
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def part(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> Iterator[HardshipScalePart]:
    site(file_office)
    made = HardshipScalePart(desk)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    for _ in range(3):
        settle()
    yield made
    made.hide()
    settle()


def test_a_scale_is_saved_and_taken_away(
    part: HardshipScalePart, file_office: Office, settle: Settle
) -> None:
    assert not part.none_button.isEnabled()
    part.first.set_value(1_565_000)
    part.further.set_value(550_000)
    for (up_to, lower), (share, percent) in zip(part.steps, ((100, 100), (200, 100)), strict=False):
        up_to.set_value(share)
        lower.set_value(percent)
    part.save()
    settle()
    assert part.form.row("lower_2").error == "Each step lowers less than the one before."
    part.steps[1][1].set_value(50)
    part.save()
    for _ in range(3):
        settle()
    kept = file_office.ask(hardship_scale.in_force)
    assert kept is not None
    assert kept.bands == (Band(100, 100), Band(200, 50))
    part.none_button.click()
    for _ in range(3):
        settle()
    assert file_office.ask(hardship_scale.in_force) is None
    assert part.first.value() is None
