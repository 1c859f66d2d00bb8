"""The requests page: what is due first on top, its three panels, and each act from the keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.records import release_detail, releases
from frontdesk.services.records.release_words import ReleaseState
from frontdesk.services.records.request_row import Which
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.records.release_dialog import ReleaseDialog
from frontdesk.ui.records.release_dialogs import CheckDialog, ReasonDialog
from frontdesk.ui.records.release_form_dialog import ReleaseFormDialog
from frontdesk.ui.records.release_panels import ReleasePanels
from frontdesk.ui.records.release_rules_part import ReleaseRulesPart, RuleDialog
from frontdesk.ui.records.release_scope import ScopeDialog
from frontdesk.ui.records.request_look import DEADLINE, STATE
from frontdesk.ui.records.requests_page import RequestsPage
from tests.builders.office import provider
from tests.builders.records import filed
from tests.builders.registration import patient
from tests.builders.releases import access, lawyer, requested
from tests.office import Office

Settle = Callable[[], None]
D = TypeVar("D", bound=Dialog)


@pytest.fixture
def late(file_office: Office) -> int:
    """A lawyer's request, a day over; the patient's own has time."""
    walter = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    requested(file_office, access(walter))
    return requested(file_office, lawyer(walter, received_on=date(2026, 2, 14)))


@pytest.fixture
def page(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> Iterator[RequestsPage]:
    """The page as the window shows it, at 1160 by 800."""
    made = RequestsPage(desk)
    qtbot.addWidget(made)
    made.resize(1160, 800)
    made.show()
    settle()
    yield made
    made.hide()
    settle()


def _dialog(kind: type[D]) -> D:
    """The one of its kind that is open."""
    (found,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
    ]
    return found


def _panels(page: RequestsPage) -> ReleasePanels:
    shown = page.shown_kind()
    assert isinstance(shown, ReleasePanels)
    return shown


def test_the_list_says_the_deadline_and_the_way_to_the_next_act(
    late: int, page: RequestsPage, file_office: Office, settle: Settle
) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    rows = [[page.model.index(row, place).data() for place in (DEADLINE, STATE)] for row in range(2)]
    assert rows == [["1 day over", "New"], ["15 days left", "New, wants paper copy"]]
    assert page.chips["late"].text() == "1 past deadline"
    panels = _panels(page)
    assert panels.first.text() == "Check identity…"

    panels.act()  # Ctrl+Enter
    dialog = _dialog(CheckDialog)
    dialog.words.set_value("name, birth date, phone")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    settle()
    settle()
    assert file_office.ask(release_detail.detail, request_id=late).state is ReleaseState.WAITING_SIGNATURE
    assert panels.first.text() == "Record signed form…"
    assert panels.second.text() == "Return to sender…"
    assert page.chips["signature"].text() == "Waiting for a signature 1"

    panels.act()
    form = _dialog(ReleaseFormDialog)
    form.signed_on.set_value(date(2026, 3, 10))
    form.expires_on.set_value(date(2026, 12, 31))
    for box in form.states.values():
        box.setChecked(True)
    form.save.click()
    settle()
    settle()
    assert file_office.ask(release_detail.detail, request_id=late).state is ReleaseState.IDENTITY_CHECKED

    panels.act_named("return")
    reason = _dialog(ReasonDialog)
    reason.save.click()
    settle()
    assert reason.form.row("reason").error == "Write the reason; it stays with the request."
    reason.reason.set_value("No letter of authority")
    reason.save.click()
    settle()
    settle()
    assert page.model.rowCount() == 1
    page.which.set_value(Which.ALL)
    page.reload()
    settle()
    assert [row.state_words for row in page.model.rows()] == ["New, wants paper copy", "Returned to sender"]


def test_a_new_request_is_written_down_and_its_twin_asked_about(
    late: int, page: RequestsPage, file_office: Office, settle: Settle
) -> None:
    page.new_menu().actions()[0].trigger()  # for the patient in focus
    settle()
    dialog = _dialog(ReleaseDialog)
    assert dialog.patient.text() == "Harris, Walter, 02/09/1951"
    assert dialog.name.value() == "Walter Harris"
    dialog.save.click()
    settle()
    assert "is by the same sender for this chart." in dialog.form.row("requester_name").error
    assert dialog.save.text() == "Write it down all the same"
    dialog.save.click()
    settle()
    settle()
    assert page.model.rowCount() == 3


def test_who_only_looks_has_no_verbs(
    file_office: Office, late: int, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    desk.sign_in(replace(desk.actor, permissions=frozenset({"records.view"})))
    page = RequestsPage(desk)
    qtbot.addWidget(page)
    page.resize(1160, 800)
    page.show()
    settle()
    panels = _panels(page)
    assert not panels.first.isVisible()
    assert not panels.more.isVisible()
    assert not page.add.isVisible()
    page.hide()
    settle()


def test_the_offices_clock_is_changed_in_the_set_up(
    late: int, file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    part = ReleaseRulesPart(desk)
    qtbot.addWidget(part)
    part.resize(1000, 600)
    part.show()
    settle()
    assert part.model.index(0, 2).data() == "30 days"
    part.table.choose_first()
    rule = part.table.current()
    assert rule is not None
    part.change(rule)
    dialog = _dialog(RuleDialog)
    dialog.days.set_value(45)
    dialog.save.click()
    settle()
    assert dialog.form.row("days").error.startswith("The law gives thirty days")
    dialog.days.set_value(20)
    dialog.save.click()
    settle()
    settle()
    assert part.model.index(0, 2).data() == "20 days"
    part.hide()
    settle()


def test_what_is_named_and_on_file_goes_into_the_request(
    late: int, page: RequestsPage, file_office: Office, settle: Settle
) -> None:
    lee = provider(file_office)
    walter = page.model.rows()[0].patient_id
    note = filed(file_office, walter, "Stay")
    panels = _panels(page)
    panels.act_named("change")
    settle()
    dialog = _dialog(ReleaseDialog)
    assert dialog.attention.value() == "P. Doan"
    dialog.letter.set_value(note)
    dialog.scope.click()
    scope = _dialog(ScopeDialog)
    scope.providers[lee].setChecked(True)
    scope.papers[note].setChecked(True)
    QTest.keyClick(scope, Qt.Key.Key_Return)
    assert dialog.scope.text() == "1 provider, 1 document"
    dialog.save.click()
    settle()
    settle()
    draft = file_office.ask(releases.draft_of, request_id=late)
    assert (draft.provider_ids, draft.document_ids, draft.letter_document_id) == ((lee,), (note,), note)
