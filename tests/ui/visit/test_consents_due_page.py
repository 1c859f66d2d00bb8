"""What is to be signed at the next visits: printed, handed out, signed."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.records import paper
from frontdesk.services.schedule import consents_due
from frontdesk.services.visit import overview
from frontdesk.ui.desk import Desk
from frontdesk.ui.records.print_forms import PrintForms
from frontdesk.ui.records.sign_dialog import SignDialog
from frontdesk.ui.visit.consents_due_page import ConsentsDuePage
from tests.builders.records import library, signed, text_of
from tests.builders.registration import danielle, patient
from tests.builders.schedule import at, book
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def page(file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle) -> ConsentsDuePage:
    library(file_office)
    dani = danielle(file_office)
    for key in ("privacy_notice", "financial_policy", "messages"):
        signed(file_office, dani, key)
    ben = patient(file_office, "Ben", "Foster", date(2014, 6, 14))
    book(file_office, patient_id=dani, starts="9:00")
    book(file_office, patient_id=ben, starts="8:30")
    made = ConsentsDuePage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.bind_keys()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle()
    made.table.setFocus()
    settle()
    return made


def _papers() -> PrintForms:
    return next(
        each for each in QApplication.topLevelWidgets() if isinstance(each, PrintForms) and each.isVisible()
    )


def test_the_next_day_with_visits_is_listed_by_patient(page: ConsentsDuePage, file_office: Office) -> None:
    rows = page.model.rows()
    assert [(each.patient, each.form.title) for each in rows] == [
        ("Foster, Ben", "Consent to treat"),
        ("Foster, Ben", "Privacy notice received"),
        ("Foster, Ben", "Text and e-mail messages"),
        ("Foster, Ben", "Financial policy"),
        ("Foster, Danielle", "Consent to treat"),
    ]
    assert rows[0].form.needs_guardian
    assert page._which.text() == "Wednesday, March 18"
    assert file_office.ask(overview.waiting)["consents_due"] == 5


def test_all_are_printed_at_once_and_handed_out(
    page: ConsentsDuePage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    papers = _papers()
    qtbot.waitUntil(lambda: bool(papers._pdf))
    words = text_of(papers._pdf)
    assert words.count("FDC1-") == 5
    assert "Ben Foster" in words
    papers.reject()
    qtbot.waitUntil(lambda: all(each.print_id is not None for each in page.model.rows()))
    # Printed again, the sheets keep their codes.
    page.print_all()
    settle()
    again = _papers()
    qtbot.waitUntil(lambda: bool(again._pdf))
    assert text_of(again._pdf) == words
    again.reject()

    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: sum(each.is_handed_out for each in page.model.rows()) == 4)
    page.hand_out()
    settle()
    assert page.banner.text == "Print this patient's forms first, or they are handed out already."
    dani = danielle(file_office)
    assert not file_office.ask(paper.out, patient_ids=(dani,))[0].is_handed_out


def test_a_form_is_signed_before_the_visit(page: ConsentsDuePage, settle: Settle, qtbot: QtBot) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    (dialog,) = page.window().findChildren(SignDialog)
    assert dialog.by_other.isChecked()
    dialog.sheet.accept()
    settle()
    assert dialog.who.row("representative_name").error == "Enter the name of the person who signs."
    dialog.reject()


def test_more_days_are_looked_at(page: ConsentsDuePage, file_office: Office, settle: Settle) -> None:
    marcus = patient(file_office, "Marcus", "Bell")
    book(file_office, patient_id=marcus, starts=at("10:00", date(2026, 3, 19)))
    assert len(file_office.ask(consents_due.due).forms) == 5
    page.days.set_value(7)
    page.reload()
    settle()
    assert len(page.model.rows()) == 9
    assert page._which.text() == "03/18/2026 – 03/24/2026"
