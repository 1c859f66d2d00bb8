"""The office's rules and words for statements, in the set-up."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import statement_rules
from frontdesk.ui.billing.statement_rules_part import StatementRulesPart, TextDialog
from frontdesk.ui.desk import Desk
from tests.builders.office import site
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def part(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> Iterator[StatementRulesPart]:
    site(file_office)
    made = StatementRulesPart(desk)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    for _ in range(3):
        settle()
    yield made
    made.hide()
    settle()


def test_the_rules_are_shown_and_saved(part: StatementRulesPart, file_office: Office, settle: Settle) -> None:
    assert part.minimum.value() == 500
    part.cycle.set_value(0)
    part.save()
    settle()
    assert part.form.row("cycle_days").error == "Between two statements are 1 to 365 days."
    assert part.form.row("promise_days").error == ""
    part.promised.set_value(93)
    part.save()
    settle()
    assert part.form.row("promise_days").error == "A promise is proposed 1 to 92 days ahead."
    part.promised.set_value(10)
    part.sends_email.setChecked(True)
    part.cycle.set_value(30)
    part.agency.set_value("Cascade Recovery Services")
    part.save()
    settle()
    rules = file_office.ask(statement_rules.rules)
    assert (rules.cycle_days, rules.agency) == (30, "Cascade Recovery Services")
    assert (rules.promise_days, rules.sends_email) == (10, True)
    days = file_office.ask(statement_rules.proposals)
    assert days.promise_on == file_office.clock.now().date() + timedelta(days=10)


def test_the_words_of_an_age_are_written(
    part: StatementRulesPart, file_office: Office, settle: Settle
) -> None:
    part.table.choose(3)
    part.write()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, TextDialog))
    dialog.words.set_value("")
    dialog.go()
    settle()
    assert dialog.form.row("text").error == "Write what the statement says."
    dialog.words.set_value("Please call us today.")
    dialog.go()
    for _ in range(3):
        settle()
    assert file_office.ask(statement_rules.texts)[3].words == "Please call us today."
