"""The check-in set-up: its parts by permission and by key."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.records import forms
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.edits import NumberEdit
from frontdesk.ui.records.library_part import LibraryPart
from frontdesk.ui.visit.setup_page import SetupPage
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def page(file_office: Office, desk: Desk, settle: Settle) -> SetupPage:
    file_office.do(forms.adopt, forms=forms.shipped_forms())
    page = SetupPage(desk)
    page.resize(1280, 720)
    page.show()
    settle()
    return page


def test_the_library_is_the_first_part(page: SetupPage) -> None:
    part = page.part("forms")
    assert isinstance(part, LibraryPart)
    assert part.model.rows()
    assert part.home() in page.panes()
    bound = page.keys()
    assert "Alt+1" in [each.keys for each in bound]


def test_a_goal_is_shown_also_where_the_focus_is(page: SetupPage, settle: Settle, qtbot: QtBot) -> None:
    page.activateWindow()
    page.show_part("goals")
    first = page.part("goals").home()
    assert isinstance(first, NumberEdit)
    qtbot.waitUntil(lambda: first.value() is not None)
    first.clear()
    QTest.keyClicks(first, "7")
    page.part("goals").reload()
    settle()
    assert first.value() == 7
