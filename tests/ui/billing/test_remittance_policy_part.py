"""The remittance policy in the set-up, by keyboard and from a remittance."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import auto_post, remittance_policy, remittance_rules
from frontdesk.services.billing.auto_post import AutoPostLevel
from frontdesk.services.billing.remittance_policy import Treatment
from frontdesk.ui.billing.remittance_policy_dialogs import EndDialog, LevelDialog, TreatDialog
from frontdesk.ui.billing.remittance_policy_part import RemittancePolicyPart
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from tests.builders.claims import sent
from tests.office import Office

Settle = Callable[[], None]
D = TypeVar("D", bound=Dialog)


def opened(kind: type[D]) -> D:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind))


@pytest.fixture
def part(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> Iterator[RemittancePolicyPart]:
    sent(file_office)
    made = RemittancePolicyPart(desk)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    for _ in range(3):
        settle()
    yield made
    made.hide()
    settle()


def test_a_row_is_set_and_stands_before_the_standard_rules(
    part: RemittancePolicyPart, file_office: Office, settle: Settle
) -> None:
    part.new()
    dialog = opened(TreatDialog)
    dialog.reason.set_value("97")
    dialog.treatment.set_value(Treatment.CONTRACT)
    dialog.go()
    for _ in range(3):
        settle()
    first, *standard = file_office.ask(remittance_policy.policy)
    assert (first.code, first.treatment) == ("CO-97", Treatment.CONTRACT)
    assert [row.id for row in standard] == [None] * len(remittance_rules.STANDARD)
    assert part.model.rowCount() == 1 + len(remittance_rules.STANDARD)
    QAbstractItemModelTester(part.table.model())
    part.table.choose_first()
    part.end(first)
    opened(EndDialog)._take_back()
    for _ in range(3):
        settle()
    assert len(file_office.ask(remittance_policy.policy)) == len(remittance_rules.STANDARD)


def test_a_denial_is_refused_in_the_dialog(part: RemittancePolicyPart, settle: Settle) -> None:
    part.new()
    dialog = opened(TreatDialog)
    dialog.reason.set_value("29")
    dialog.treatment.set_value(Treatment.CONTRACT)
    dialog.go()
    settle()
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "CO-29 is a denial. A denial is worked; no policy writes it off." in said
    dialog.reject()


def test_a_payer_is_trusted_by_enter(part: RemittancePolicyPart, file_office: Office, settle: Settle) -> None:
    part.level_table.choose_first()
    QTest.keyClick(part.level_table, Qt.Key.Key_Return)
    dialog = opened(LevelDialog)
    dialog.level.set_value(AutoPostLevel.CLEAN)
    dialog.go()
    for _ in range(3):
        settle()
    assert [each.level for each in file_office.ask(auto_post.levels)] == [AutoPostLevel.CLEAN]
