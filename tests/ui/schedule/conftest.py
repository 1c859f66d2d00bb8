"""Two doctors, a type of visit, two patients, and a page opened on its own."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Page
from frontdesk.ui.schedule.findings_panel import FindingsPanel
from tests.builders import registration, schedule
from tests.office import Office

P = TypeVar("P", bound=Page)
Show = Callable[[type[P]], P]


def in_the_way() -> str:
    """What the panel of findings says."""
    panels = (each for each in QApplication.topLevelWidgets() if isinstance(each, FindingsPanel))
    return " ".join(panel.said for panel in panels if panel.isVisible())


@pytest.fixture
def practice(file_office: Office) -> Office:
    """Dr. Lee and Dr. Okafor work; follow-ups take 15 minutes; Danielle and Walter are patients."""
    for name in ("Lee", "Okafor"):
        schedule.doctor(file_office, name)
    schedule.visit_type(file_office)
    registration.danielle(file_office)
    schedule.walter(file_office)
    return file_office


@pytest.fixture
def show(desk: Desk, practice: Office, qtbot: QtBot, settle: Callable[[], None]) -> Show[P]:
    """Opens a page on its own, everything on it loaded."""

    def open_page(kind: type[P]) -> P:
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(1160, 800)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        settle()
        QApplication.processEvents()
        settle()
        return page

    return open_page
