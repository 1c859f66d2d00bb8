"""The set-up of the red-flag script: each act one command, each refusal beside its field."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from frontdesk.services.schedule import red_flags
from frontdesk.services.schedule.red_flags import STARTING_SCRIPT
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.setup_page import SetupPage
from frontdesk.ui.schedule.setup_red_flags_pane import RedFlagDialog
from frontdesk.ui.shell.undo import UndoList
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]


@pytest.fixture
def page(practice: Office, show: Show[SetupPage], settle: Settle) -> SetupPage:
    practice.do(red_flags.add, draft=STARTING_SCRIPT[0])
    opened = show(SetupPage)
    opened.open_with(Errand("red_flags"))
    settle()
    return opened


def dialog() -> RedFlagDialog:
    found = QApplication.topLevelWidgets()
    return next(each for each in found if isinstance(each, RedFlagDialog) and each.isVisible())


def press(words: str) -> None:
    next(each for each in dialog().findChildren(QPushButton) if each.text().startswith(words)).click()


def test_it_says_what_nobody_has_reviewed(page: SetupPage) -> None:
    assert page.red_flags.warning.text == "No clinician has reviewed 1 question that is asked."


def test_a_question_is_added_at_the_end_and_undone(
    page: SetupPage, practice: Office, desk: Desk, settle: Settle
) -> None:
    undo = UndoList(desk, page)
    page.new()
    press("Add the question")
    settle()
    assert dialog().form.row("question").error == "Write down the question."
    dialog().question.set_value("Is the pain the worst ever?")
    dialog().what_to_do.set_value("Dial 911.")
    press("Add the question")
    settle()
    asked = [each.draft.question for each in practice.ask(red_flags.script)]
    assert asked == [STARTING_SCRIPT[0].question, "Is the pain the worst ever?"]
    undo.undo()
    settle()
    assert len(practice.ask(red_flags.script)) == 1


def test_a_clinician_reviews_a_question(
    page: SetupPage, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    page.red_flags.table.keeper.choose(0)
    page.red_flags.edit()
    dialog().reviewed_by.set_value("Dr. Lee")
    press("Change the question")
    settle()
    assert dialog().form.row("reviewed_on").error == "Say on which day it was reviewed."
    dialog().reviewed_on.set_value(date(2026, 3, 17))
    press("Change the question")
    settle()
    (found,) = practice.ask(red_flags.script)
    assert (found.draft.reviewed_by, found.draft.reviewed_on) == ("Dr. Lee", date(2026, 3, 17))
    qtbot.waitUntil(lambda: not page.red_flags.warning.isVisible())


def test_a_question_is_no_longer_asked_and_asked_again(
    page: SetupPage, practice: Office, settle: Settle, qtbot: QtBot
) -> None:
    page.red_flags.table.keeper.choose(0)
    assert page.red_flags.switch.text() == "Stop asking it"
    page.red_flags.switch.click()
    settle()
    qtbot.waitUntil(lambda: page.red_flags.switch.text() == "Ask it again")
    assert practice.ask(red_flags.script) == ()
    page.red_flags.switch.click()
    settle()
    assert len(practice.ask(red_flags.script)) == 1
