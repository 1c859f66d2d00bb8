"""Required fields in the check-in set-up: added, made a reminder, switched off."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.registration import required
from frontdesk.services.registration.required import Needed, Occasion
from frontdesk.ui.desk import Desk
from frontdesk.ui.registration.required_part import RequiredPart, RuleDialog
from tests.builders.registration import danielle
from tests.office import Office


@pytest.fixture
def office(file_database: Database, clock: SetClock) -> Office:
    return Office(file_database, clock)


def test_a_rule_is_added_softened_and_switched_off(
    desk: Desk, qtbot: QtBot, office: Office, settle: Callable[[], None]
) -> None:
    danielle(office)
    part = RequiredPart(desk)
    qtbot.addWidget(part)
    part.resize(1000, 600)
    part.show()
    settle()
    part.new()
    [dialog] = part.window().findChildren(RuleDialog)
    dialog.field.set_value(Needed.PHARMACY)
    dialog.occasion.set_value(Occasion.CHECK_IN)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(part.model.rows()) == 1)
    part.table.setFocus()
    part.table.keeper.choose(0)
    assert part.level_button.text() == "Only remind"
    part.turn_level()
    qtbot.waitUntil(lambda: not part.model.rows()[0].is_must)
    part.turn()
    qtbot.waitUntil(lambda: not part.model.rows()[0].is_active)
    [rule] = office.ask(required.rules)
    assert (rule.field, rule.is_must, rule.is_active) == (Needed.PHARMACY, False, False)
    settle()
