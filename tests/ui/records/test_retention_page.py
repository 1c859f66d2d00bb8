"""The Retention page by keyboard: collected, decided, approved, stopped by a hold, carried out."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.records import legal_holds
from frontdesk.services.visit import disposal, disposal_views
from frontdesk.services.visit.disposal import Decision
from frontdesk.services.visit.disposal_views import RunState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.disposal_dialogs import CarryOut, KeepReason
from frontdesk.ui.records.hold_dialogs import ReleaseHold
from frontdesk.ui.records.retention_boxes_view import BoxesView
from frontdesk.ui.records.retention_due_view import DueView
from frontdesk.ui.records.retention_holds_view import HoldsView
from frontdesk.ui.records.retention_page import RetentionPage
from frontdesk.ui.records.retention_rules_view import RulesView
from frontdesk.ui.records.retention_runs_view import RunsView
from frontdesk.ui.records.rule_dialog import RuleDialog
from tests.builders.disposal import MARIA, old_paper
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def walter(file_office: Office) -> int:
    """Walter Harris, whose old papers are due."""
    made = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    old_paper(file_office, made)
    old_paper(file_office, made, "Sleep study")
    return made


@pytest.fixture
def page(desk: Desk, walter: int, qtbot: QtBot, settle: Settle) -> Iterator[RetentionPage]:
    made = RetentionPage(desk)
    qtbot.addWidget(made)
    made.resize(1160, 800)
    made.show()
    settle()
    yield made
    made.hide()
    settle()


def _dialog() -> QDialog:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def _press(widget: QWidget, key: Qt.Key, settle: Settle) -> None:
    QTest.keyClick(widget, key)
    settle()


def test_a_run_is_decided_by_keys_stopped_by_a_hold_and_carried_out(
    page: RetentionPage, walter: int, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    due = page.view("due")
    assert isinstance(due, DueView)
    QAbstractItemModelTester(due.model)
    qtbot.waitUntil(lambda: due.count == 2)
    assert due.says.text() == "2 records may be destroyed"
    assert "ten years after the last contact" in due.detail.what.text()
    due.new()
    settle()
    runs = page.view("runs")
    assert isinstance(runs, RunsView)
    qtbot.waitUntil(lambda: len(runs.entries.rows()) == 2)
    QAbstractItemModelTester(runs.entries)
    runs.items.setFocus()
    runs.dispose_of()
    settle()
    qtbot.waitUntil(lambda: runs.entries.rows()[0].decision is Decision.DISPOSE)
    runs.keep()
    asked = _dialog()
    assert isinstance(asked, KeepReason)
    asked._keep()
    settle()
    form = asked.findChild(Form)
    assert form is not None
    assert form.row("reason").error == "Write why the record is kept."
    asked.reason.set_value("Still treated")
    asked._keep()
    settle()
    qtbot.waitUntil(lambda: runs.model.rows()[0].open_count == 0)
    runs._do_approve(runs.model.rows()[0])
    settle()
    run_id = runs.model.rows()[0].id
    file_office.database.do(MARIA, disposal.approve, run_id=run_id)
    hold_id = file_office.do(legal_holds.place, patient_id=walter, matter="State v. Harris")
    runs.reload()
    qtbot.waitUntil(lambda: runs.model.rows()[0].state is RunState.APPROVED)
    settle()
    runs.go_on()
    last = _dialog()
    assert isinstance(last, CarryOut)
    last._carry_out()
    settle()
    assert "legal hold H-0001, State v. Harris" in last.banner.text
    page.show_view("holds")
    holds = page.view("holds")
    assert isinstance(holds, HoldsView)
    qtbot.waitUntil(lambda: holds.count == 1)
    file_office.do(legal_holds.release, hold_id=hold_id, reason="Dismissed")
    last._carry_out()
    settle()
    qtbot.waitUntil(lambda: file_office.ask(disposal_views.runs)[0].state is RunState.DONE)


def test_holds_and_rules_are_changed_in_dialogs(
    page: RetentionPage, walter: int, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    file_office.do(legal_holds.place, patient_id=walter, matter="State v. Harris")
    page.open_with(Errand("holds"))
    holds = page.view("holds")
    assert isinstance(holds, HoldsView)
    qtbot.waitUntil(lambda: holds.count == 1)
    holds.release()
    asked = _dialog()
    assert isinstance(asked, ReleaseHold)
    asked._release()
    settle()
    asked.reason.set_value("Dismissed")
    asked._release()
    settle()
    qtbot.waitUntil(lambda: not holds.model.rows()[0].stands)
    page.show_view("rules")
    rules = page.view("rules")
    assert isinstance(rules, RulesView)
    qtbot.waitUntil(lambda: rules.count > 10)
    rules.table.choose("claim.false_claims")
    rules.change()
    written = _dialog()
    assert isinstance(written, RuleDialog)
    written.years.set_value(12)
    written._write()
    settle()
    written.reason.set_value("Counsel")
    written._write()
    settle()
    qtbot.waitUntil(lambda: any(rule.years == 12 for rule in rules.model.rows()))


def test_an_empty_office_says_so(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> None:
    patient(file_office)
    made = RetentionPage(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    for name in ("due", "runs", "holds", "boxes"):
        made.show_view(name)
        settle()
        view = made.view(name)
        assert isinstance(view, (DueView, RunsView, HoldsView, BoxesView))
        assert view.stack.currentWidget() is view.nothing
    made.hide()
    settle()
