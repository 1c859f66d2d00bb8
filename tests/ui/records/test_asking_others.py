"""Asking another office and answering a request for amendment on the requests page, from the keyboard."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.records import amendment_views, outbound, outbound_views
from frontdesk.services.records.amendments import AmendmentState
from frontdesk.services.records.outbound import Basis, OutboundState
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.outside_office import OfficeDialog
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.records.amendment_dialog import AmendmentDialog
from frontdesk.ui.records.amendment_dialogs import DecideDialog, LetterSentDialog, PersonDialog
from frontdesk.ui.records.amendment_panels import AmendmentPanels
from frontdesk.ui.records.letter_dialog import LetterDialog
from frontdesk.ui.records.outbound_dialog import AskDialog
from frontdesk.ui.records.outbound_dialogs import CallDialog, CameDialog, DatesDialog, SendDialog
from frontdesk.ui.records.outbound_panels import OutboundPanels
from frontdesk.ui.records.requests_page import RequestsPage
from tests.builders.asking import amendment, asked, cascade
from tests.builders.records import filed
from tests.builders.registration import patient
from tests.builders.schedule import book
from tests.office import Office

Settle = Callable[[], None]
D = TypeVar("D", bound=Dialog)


@pytest.fixture
def walter(file_office: Office) -> int:
    """Walter Harris, with a visit on Wednesday in a week."""
    who = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    book(file_office, datetime(2026, 3, 25, 10, 0), patient_id=who)
    cascade(file_office)
    return who


@pytest.fixture
def page(desk: Desk, walter: int, qtbot: QtBot, settle: Settle) -> Iterator[RequestsPage]:
    """The page as the window shows it."""
    made = RequestsPage(desk)
    qtbot.addWidget(made)
    made.resize(1160, 800)
    made.show()
    settle()
    yield made
    made.hide()
    settle()


def opened(kind: type[D]) -> D:
    """The dialog of this kind that is open."""
    (found,) = (
        each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
    )
    return found


def test_another_office_is_asked_written_to_called_and_ticked(
    walter: int, page: RequestsPage, file_office: Office, settle: Settle
) -> None:
    panels = page.kinds["outbound"]
    assert isinstance(panels, OutboundPanels)
    panels.new(walter)
    settle()
    dialog = opened(AskDialog)
    dialog.office.add()
    office = opened(OfficeDialog)
    office.name.set_value("Rose City Imaging")
    office.save.click()
    settle()
    assert office.form.row("fax").error.startswith("Enter a fax, an address")
    office.fax.set_value("5035550132")
    office.save.click()
    settle()
    settle()
    assert dialog.office.combo.currentText() == "Rose City Imaging"
    assert dialog.needed.value() == date(2026, 3, 24), "the day before the visit"
    dialog.items.set_value("Chest X-ray report\nSputum culture")
    dialog.basis.set_value(Basis.AUTHORIZATION)
    dialog.basis.chosen.emit(Basis.AUTHORIZATION)
    dialog.save.click()
    settle()
    assert dialog.form.row("authorization").error == (
        "Choose the form that the patient signed, or ask for treatment."
    )
    dialog.basis.set_value(Basis.TREATMENT)
    dialog.basis.chosen.emit(Basis.TREATMENT)
    dialog.save.click()
    settle()
    settle()
    (line,) = file_office.ask(outbound_views.lines)
    assert page.model.rows()[0].state_words == "To be sent"
    assert panels.first.text() == "Send…"

    panels.act()
    send = opened(SendDialog)
    assert send.to.value() == "(503) 555-0132"
    letter = send.look_at()
    settle()
    assert isinstance(letter, LetterDialog)
    assert letter.print_button.isEnabled()
    letter.reject()
    send.save.click()
    settle()
    settle()
    assert page.chips["others"].text() == "Waiting for others 1"

    panels.act_second()
    call = opened(CallDialog)
    call.answered.set_value("Film library")
    call.note.set_value("On its way")
    call.save.click()
    settle()
    panels.act_named("dates")
    settle()
    days = opened(DatesDialog)
    days.needed.set_value(date(2026, 3, 23))
    days.save.click()
    settle()
    settle()
    report = filed(file_office, walter, "Chest X-ray, Rose City Imaging")
    panels.act()
    settle()
    came = opened(CameDialog)
    assert came.document.value() == report, "it says that it comes from there"
    came.save.click()
    settle()
    settle()
    panels.act()
    settle()
    none = opened(CameDialog)
    none.note.set_value("None was taken")
    none.none.click()
    settle()
    settle()
    shown = file_office.ask(outbound_views.request, request_id=line.request_id)
    assert shown.line.state is OutboundState.RECEIVED
    assert file_office.ask(outbound.waiting_of, patient_id=walter) == 0
    assert page.model.rowCount() == 0


def test_an_amendment_is_entered_decided_and_answered(
    walter: int, page: RequestsPage, file_office: Office, settle: Settle
) -> None:
    note = filed(file_office, walter, "Cough, 3 weeks")
    panels = page.kinds["amendment"]
    assert isinstance(panels, AmendmentPanels)
    panels.new(walter)
    settle()
    dialog = opened(AmendmentDialog)
    assert dialog.asked_by.value() == "Walter Harris"
    dialog.what.set_value("Current smoker")
    dialog.document.chosen.emit(note)
    assert dialog.about.text() == "Cough, 3 weeks, 03/12/2026"
    dialog.save.click()
    settle()
    assert dialog.form.row("wanted").error == "Enter how it should read."
    dialog.wanted.set_value("Never smoked")
    dialog.save.click()
    settle()
    settle()
    (line,) = file_office.ask(amendment_views.lines)
    assert line.due_on == date(2026, 5, 16)
    assert (panels.first.text(), panels.second.text()) == ("Decide…", "Take more time…")

    panels.act()
    decide = opened(DecideDialog)
    decide.state.set_value(AmendmentState.IN_PART)
    decide.state.chosen.emit(AmendmentState.IN_PART)
    decide.save.click()
    settle()
    assert decide.form.row("basis").error == "Write in plain language why not: it stands in the letter."
    assert decide.banner.isVisible(), "the ground has no field of its own"
    next(iter(decide.grounds.values())).setChecked(True)
    decide.basis.set_value("You told us so in 2001.")
    decide.save.click()
    settle()
    settle()
    panels.act_second()
    person = opened(PersonDialog)
    person.name.set_value("Cascade General")
    person.save.click()
    settle()
    settle()
    panels.act()
    letter = opened(LetterSentDialog)
    letter.save.click()
    settle()
    settle()
    assert panels.first.text() == "Tell the next…"
    (line,) = file_office.ask(amendment_views.lines)
    assert line.says == "Accepted in part, 1 to be told"
    assert page.model.rows()[0].due_on is None, "answered: the clock stands"


def test_the_menu_of_new_requests_and_the_row_that_is_wanted(
    walter: int, page: RequestsPage, file_office: Office, settle: Settle
) -> None:
    first = asked(file_office, walter)
    second = amendment(file_office, walter)
    settle()
    page.reload()
    settle()
    words = [action.text() for action in page.new_menu().actions()]
    assert words == ["Request for copies", "Ask another office", "Request to amend the record"]
    assert [(row.kind, row.id) for row in page.model.rows()] == [
        ("outbound", first.request_id),
        ("amendment", second.request_id),
    ]
    page.table.choose(("amendment", second.request_id))
    settle()
    assert page.kinds["amendment"].isVisible()
