"""The list of authorizations in the window: a letter for each act, Enter for what was granted."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.registration import authorizations
from frontdesk.services.schedule import authorization_list
from frontdesk.services.schedule.authorization_list import Standing
from frontdesk.ui.desk import Desk
from frontdesk.ui.registration.authorization_dialogs import (
    AlertsDialog,
    ExtendDialog,
    GrantDialog,
    StepDialog,
)
from frontdesk.ui.registration.authorizations_page import AuthorizationsPage
from tests.builders.registration import coverage, danielle
from tests.builders.schedule import book, visit_type
from tests.office import Office


@pytest.fixture
def page(file_office: Office, desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> AuthorizationsPage:
    coverage(file_office, danielle(file_office))
    scan = visit_type(file_office, "Ultrasound", 30, needs_authorization=True, authorization_days=2)
    book(file_office, visit_type_id=scan)
    made = AuthorizationsPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle()
    made.table.setFocus()
    settle()
    return made


def dialog(kind: type) -> object:
    return next(
        each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
    )


def standings(office: Office) -> list[Standing]:
    return [line.standing for line in office.ask(authorization_list.work_list)]


def test_asking_then_the_number_takes_the_visit_off_the_list(
    page: AuthorizationsPage, file_office: Office, settle: Callable[[], None], qtbot: QtBot
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    assert page.detail._name.text() == "Foster, Danielle"
    QTest.keyClick(page.table, Qt.Key.Key_A)
    asked = dialog(StepDialog)
    assert isinstance(asked, StepDialog)
    asked.spoke_to.set_value("Kim")
    asked.save()
    settle()
    qtbot.waitUntil(lambda: page.detail._model.rowCount() == 1)
    assert standings(file_office) == [Standing.ASKED]
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    granted = dialog(GrantDialog)
    assert isinstance(granted, GrantDialog)
    granted.save()
    settle()
    assert granted.form.row("number").error == "Enter the number of the authorization."
    granted.number.set_value("A-5521")
    granted.units.set_value(3)
    granted.save()
    settle()
    assert standings(file_office) == [Standing.LOW]
    [grant] = file_office.ask(authorizations.grants, patient_id=danielle(file_office))
    assert (grant.number, grant.remaining) == ("A-5521", 2)
    qtbot.waitUntil(lambda: [line.standing for line in page.model.rows()] == [Standing.LOW])
    page.table.choose_first()
    page.grant()
    more = dialog(ExtendDialog)
    assert isinstance(more, ExtendDialog)
    more.units.set_value(12)
    more.save()
    settle()
    assert standings(file_office) == []
    assert told == [
        "Asked for the authorization of Foster, Danielle",
        "Authorization of Foster, Danielle: 1 unit is booked",
        "Changed authorization A-5521",
    ]


def test_a_denial_needs_its_reason(
    page: AuthorizationsPage, file_office: Office, settle: Callable[[], None]
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_D)
    denied = dialog(StepDialog)
    assert isinstance(denied, StepDialog)
    denied.save()
    settle()
    assert denied.form.row("note").error == "Enter why the payer denied it."
    denied.note.set_value("Not a covered service")
    denied.save()
    settle()
    assert standings(file_office) == [Standing.DENIED]


def test_the_office_says_when_they_are_listed(
    page: AuthorizationsPage, file_office: Office, settle: Callable[[], None]
) -> None:
    page.rules.click()
    alerts = dialog(AlertsDialog)
    assert isinstance(alerts, AlertsDialog)
    settle()
    alerts.fields["days_ahead"][0].set_value(400)
    alerts.save()
    settle()
    assert alerts.form.row("days_ahead").error == "Enter a number of days from 1 to 365."
    alerts.reject()
