"""Payers and plans in the check-in set-up: changed, switched off, refused in words."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.registration import payers
from frontdesk.services.registration.payers import PayerKind
from frontdesk.ui.desk import Desk
from frontdesk.ui.visit.payers_part import PayerDialog, PayersPart, PlanDialog
from tests.builders.office import site
from tests.builders.registration import plan
from tests.office import Office


@pytest.fixture
def part(file_office: Office, desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> PayersPart:
    site(file_office)
    plan(file_office)
    plan(file_office, "Cascade", "Gold", PayerKind.HMO)
    made = PayersPart(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    settle()
    return made


def dialog(kind: type) -> object:
    windows = QApplication.topLevelWidgets()
    return next(each for each in windows if isinstance(each, kind) and each.isVisible())


def test_a_plan_is_changed_and_switched_off(
    part: PayersPart, file_office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    assert [(line.payer.draft.name, line.plan and line.plan.name) for line in part.model.rows()] == [
        ("BCBS", "PPO"),
        ("Cascade", "Gold"),
    ]
    part.table.choose_first()
    part.change_plan()
    shown = dialog(PlanDialog)
    assert isinstance(shown, PlanDialog)
    shown.name.set_value("")
    shown.save()
    settle()
    assert shown.form.row("name").error == "Enter the name of the plan as printed on the card."
    shown.name.set_value("PPO Select")
    shown.copay.set_value(3500)
    shown.save()
    settle()
    names = [(each.name, each.copay_cents) for each in file_office.ask(payers.plan_list)]
    assert ("PPO Select", 3500) in names
    qtbot.waitUntil(lambda: part.model.rows()[0].plan.name == "PPO Select")  # type: ignore[union-attr]
    part.table.choose_first()
    part.switch()
    settle()
    assert [each.name for each in file_office.ask(payers.plans)] == ["Gold"]


def test_a_payer_keeps_a_name_of_its_own(
    part: PayersPart, file_office: Office, settle: Callable[[], None]
) -> None:
    part.table.choose_first()
    part.change_payer()
    shown = dialog(PayerDialog)
    assert isinstance(shown, PayerDialog)
    shown.name.set_value("Cascade")
    shown.state.set_value("ZZ")
    shown.save()
    settle()
    assert shown.form.row("name").error == "There is a payer of this name already. Change that one."
    assert shown.form.row("state").error == "“ZZ” is not a state. Use its two letters, such as OR."
    shown.name.set_value("BCBS of Oregon")
    shown.state.set_value("or")
    shown.save()
    settle()
    [first, _] = file_office.ask(payers.payer_list)
    assert (first.draft.name, first.draft.state) == ("BCBS of Oregon", "OR")
