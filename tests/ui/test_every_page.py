"""Every page, in an empty office and with long names, at two scales: whole, named, reached by Tab.

Qt's own warnings fail a test (pyproject.toml).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from frontdesk.services.office import practice
from frontdesk.services.records import forms
from frontdesk.services.visit import starting_set
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.shell.pages import PAGES
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from frontdesk.ui.theme import theme
from tests.builders import claims, visit
from tests.builders.office import HARBOR_POINT, provider
from tests.builders.registration import patient
from tests.office import DANA, Office
from tests.patience import settled

FIRST = "Maximiliana-Ángela Konstantína"
LAST = "Wolfeschlegelsteinhausen-Núñez"
SIZE = (1440, 900)
OF_A_VISIT = ("check_in_visit", "check_out")
"""Pages that are opened only with a visit."""
_TABS = 150

W = TypeVar("W", bound=QWidget)


def _nobody_yet(office: Office) -> Errand:
    provider(office)
    office.do(starting_set.prepare, shipped=forms.shipped_forms())
    return Errand("show")


def long_names(office: Office) -> Errand:
    claims.billing_office(office)
    name = "The Harbor Point Family Medicine and Internal Medicine Associates of Portland"
    office.do(practice.edit_practice, draft=replace(HARBOR_POINT, name=name, zip="97204-1830"))
    patient_id = patient(office, FIRST, LAST, date(1982, 6, 14))
    claims.home_of(office, patient_id)
    visit.covered(office, patient_id)
    claims.ready(office, patient_id)
    at_the_desk = visit.at_the_desk(office, patient_id)
    return Errand("check_in", patient_id=patient_id, appointment_id=at_the_desk)


@pytest.fixture(params=[_nobody_yet, long_names], ids=["empty", "long"])
def errand(request: pytest.FixtureRequest, file_office: Office) -> Errand:
    """What there is to open in this office."""
    fill: Callable[[Office], Errand] = request.param
    return fill(file_office)


@pytest.fixture(params=[100, 200])
def window(
    request: pytest.FixtureRequest, errand: Errand, desk: Desk, preferences: Preferences, qtbot: QtBot
) -> Iterator[Window]:
    theme().use("light", request.param)
    preferences.keep()
    made = Window(desk, preferences=preferences)
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.show()
    made.activateWindow()
    made.let_in(DANA)
    settled(qtbot, desk)
    yield made
    settled(qtbot, desk)


def test_each_page_is_whole_named_and_reached_by_tab(
    window: Window, errand: Errand, settle: Callable[[], None]
) -> None:
    faults = {}
    for look in ("light", "dark", "hc"):
        theme().use(look)
        for entry in PAGES:
            if errand.patient_id is None and entry.name in OF_A_VISIT:
                continue
            workplace = window.workplace
            assert workplace is not None
            workplace.go(entry.name, errand if errand.patient_id is not None else None)
            for _ in range(3):
                settle()
            window.grab()
            assert workplace.page is not None
            faults[f"{entry.name}, {look}"] = _faults(window, workplace.page)
    assert {name: found for name, found in faults.items() if found} == {}


def _faults(window: Window, page: QWidget) -> list[str]:
    """What is wrong with a page as it stands there, each with where it is."""
    found = [f"grew to {window.width()} x {window.height()}"] if _size(window) != SIZE else []
    found += [f"no name: {_path(each)}" for each in _shown(window, QAbstractButton) if not _name(each)]
    for button in _shown(page, QPushButton):
        if button.width() < button.minimumSizeHint().width():
            found.append(f"cut: {_path(button)}")
    reached = _walk(page)
    for kind in (QLineEdit, QComboBox, QPlainTextEdit):
        for each in _shown(page, kind):
            takes_tab = each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes_tab and each not in reached:
                found.append(f"not reached by Tab: {_path(each)}")
    return found


def _size(window: QWidget) -> tuple[int, int]:
    return window.width(), window.height()


def _shown(within: QWidget, kind: type[W]) -> list[W]:
    return [each for each in within.findChildren(kind) if each.isVisible()]


def _walk(page: QWidget) -> set[QWidget]:
    """Everything that Tab comes to."""
    reached: set[QWidget] = set()
    first = QApplication.focusWidget()
    for _ in range(_TABS):
        here = QApplication.focusWidget()
        if here is None or (here is first and len(reached) > 1):
            break
        reached.add(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        QApplication.processEvents()
    return reached


def _name(button: QAbstractButton) -> str:
    return button.accessibleName() or button.text()


def _path(widget: QWidget) -> str:
    """Where it is, for the message of a failure."""
    names = []
    here: QWidget | None = widget
    while here is not None:
        names.append(type(here).__name__)
        here = here.parentWidget()
    return "/".join(reversed(names[:6]))
