"""Registering a patient through the page: typing, look-alikes, refusals beside their fields, parking."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.registration import contacts, required
from frontdesk.services.registration.panel import identity
from frontdesk.services.registration.search import search
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.registration.register import RegisterPage
from tests.builders.registration import danielle
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def office(file_database: Database, clock: SetClock) -> Office:
    return Office(file_database, clock)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, office: Office) -> Iterator[RegisterPage]:
    danielle(office)
    page = RegisterPage(desk)
    qtbot.addWidget(page)
    page.resize(1160, 820)
    page.show()
    yield page
    page.hide()


def fill(*typed: tuple[QLineEdit, str]) -> None:
    for edit, text in typed:
        edit.clear()
        QTest.keyClicks(edit, text)


def test_a_patient_is_registered_from_the_keyboard(page: RegisterPage, qtbot: QtBot, settle: Settle) -> None:
    form = page.form
    fill(
        (form.first, "Walter"),
        (form.last, "Harris"),
        (form.born_on, "2/9/51"),
        (form.other, "503 555 0164"),
        (form.contact_name, "June Harris"),
        (form.relationship, "wife"),
        (form.contact_phone, "503 555 0165"),
    )
    told: list[str] = []
    chosen: list[object] = []
    page.told.connect(told.append)
    page.patient_chosen.connect(chosen.append)

    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()

    assert told == ["Registered Walter Harris"]
    [walter] = page.desk.database.ask(page.desk.actor, search, typed="harris 5035550164").patients
    assert chosen == [walter.patient_id]
    assert walter.chart_number == "HP-00002"
    assert not form.is_touched


def test_all_refusals_stand_beside_their_fields(page: RegisterPage, qtbot: QtBot, settle: Settle) -> None:
    form = page.form
    fill(
        (form.first, "Walter"),
        (form.born_on, "3/18/2026"),
        (form.other, "555-CALL"),
        (form.street, "12 Pier"),
        (form.postal_code, "9720"),
    )
    page.register_button.click()
    settle()
    said = {name: row.error for shown in form.forms() for name, row in shown.fields().items() if row.error}
    assert said == {
        "legal_last": "Enter the legal last name.",
        "born_on": "The birth date is in the future. Check the year.",
        "other": "A phone number has no letters. Take “CALL” out; an extension goes into the note.",
        "address.city": "Enter the city.",
        "address.state": "Enter the state.",
        "address.postal_code": "A ZIP code has 5 digits, or 9 with a dash, as in 97005-1234.",
    }
    assert form.last.hasFocus()
    assert page.banner.text == ""


def test_a_birth_date_is_asked_for_and_must_be_a_day(page: RegisterPage, qtbot: QtBot) -> None:
    form = page.form
    fill((form.first, "Walter"), (form.last, "Harris"))
    page.register_button.click()
    assert form.who.row("born_on").error == "Enter the birth date."
    fill((form.born_on, "2/30/1951"))
    page.register_button.click()
    assert form.who.row("born_on").error == "There is no such day in the calendar."


def test_a_look_alike_appears_while_typing_and_its_chart_opens(
    page: RegisterPage, qtbot: QtBot, settle: Settle, office: Office
) -> None:
    form = page.form
    fill((form.first, "Dani"), (form.last, "Foster"), (form.born_on, "06/14/1982"))
    qtbot.waitUntil(lambda: page.look_alikes.list.isVisible())
    chosen: list[object] = []
    page.patient_chosen.connect(chosen.append)
    page.look_alikes.list.setFocus()
    page.look_alikes.list.keeper.choose(0)
    QTest.keyClick(page.look_alikes.list, Qt.Key.Key_Return)
    assert chosen == [danielle(office)]
    settle()


def test_the_same_person_needs_a_reason(page: RegisterPage, qtbot: QtBot, settle: Settle) -> None:
    form = page.form
    fill((form.first, "Danielle"), (form.last, "Foster"), (form.born_on, "06/14/1982"))
    page.register_button.click()
    settle()
    assert page.banner.text.startswith("Danielle Foster, chart HP-00001, seems to be the same person")
    assert page.look_alikes.reason.hasFocus()
    QTest.keyClicks(page.look_alikes.reason, "Cousin born on the same day")
    page.register_button.click()
    settle()
    found = page.desk.database.ask(page.desk.actor, search, typed="danielle foster").patients
    assert len(found) == 2
    assert not page.look_alikes.asks_for_reason


def test_a_child_is_asked_who_pays(page: RegisterPage, qtbot: QtBot, settle: Settle, office: Office) -> None:
    form = page.form
    assert not form.guarantor.isVisible()
    fill((form.first, "Ellis"), (form.last, "Boyd"), (form.born_on, "08/21/2019"))
    assert form.guarantor.isVisible()
    page.register_button.click()
    settle()
    assert form.payer.row("guarantor").error == (
        "The patient is under 18. Choose the parent or guardian who pays."
    )
    QTest.keyClicks(form.guarantor.box, "foster dan")
    qtbot.waitUntil(lambda: form.guarantor.box._found is not None and form.guarantor.box._found.isVisible())
    QTest.keyClick(form.guarantor.box, Qt.Key.Key_Return)
    assert form.guarantor.box.text() == "Danielle Foster"
    page.register_button.click()
    settle()
    [ellis] = page.desk.database.ask(page.desk.actor, search, typed="ellis boyd").patients
    assert page.desk.database.ask(page.desk.actor, identity, patient_id=ellis.patient_id).age == 6


def test_what_was_typed_is_parked_and_taken_up(page: RegisterPage, qtbot: QtBot, settle: Settle) -> None:
    form = page.form
    assert page.park() is None
    fill((form.first, "Walter"), (form.last, "Harris"))
    form.text_ok.setChecked(True)
    form.language.set_value("Spanish")
    parked = page.park()
    assert parked is not None
    assert parked.title == "Registering: Walter Harris"
    assert not form.is_touched
    page.take_up(parked.state)
    assert (form.first.value(), form.text_ok.isChecked(), form.language.value()) == (
        "Walter",
        True,
        "Spanish",
    )
    settle()


def test_register_and_book_goes_on_to_the_openings(
    page: RegisterPage, qtbot: QtBot, settle: Settle, office: Office
) -> None:
    went: list[tuple[str, object]] = []
    page.go.connect(lambda name, errand: went.append((name, errand)))
    fill((page.form.first, "Zoe"), (page.form.last, "Marchetti"), (page.form.born_on, "12/31/1999"))
    page._register_and_book()
    settle()
    [(name, errand)] = went
    assert name == "find_slot"
    assert isinstance(errand, Errand)
    assert errand.act == "book"
    assert office.ask(identity, patient_id=errand.patient_id or 0).name == "Zoe Marchetti"


def test_it_stands_in_one_column_where_it_is_narrow(page: RegisterPage, settle: Settle) -> None:
    page.resize(700, 820)
    settle()
    assert page.look_alikes.y() < page.form.y()
    assert page.form.street.mapTo(page, page.form.street.rect().topLeft()).x() < 60
    page.resize(1160, 820)
    settle()
    assert page.look_alikes.x() > page.form.x()


def test_what_found_nobody_is_carried_into_the_form(page: RegisterPage, settle: Settle) -> None:
    page.open_with(Errand("register", typed="nowak, eva 2/9/51 503 555 0164"))
    form = page.form
    assert (form.first.value(), form.last.value()) == ("Eva", "Nowak")
    assert (str(form.born_on.value()), form.mobile.value()) == ("1951-02-09", "(503) 555-0164")
    page.open_with(Errand("register", typed="somebody else"))
    assert form.first.value() == "Eva"  # nothing that was begun is lost
    settle()


def test_a_childs_guardian_is_kept_with_the_right(page: RegisterPage, settle: Settle, office: Office) -> None:
    form = page.form
    fill(
        (form.first, "Ellis"),
        (form.last, "Quint"),
        (form.born_on, "8/21/2019"),
        (form.payer_first, "June"),
        (form.payer_last, "Vance"),
        (form.payer_phone, "503 555 0181"),
    )
    form.guard_is.set_value("grandparent")
    form.authority.set_value("court order")
    page.register_button.click()
    settle()
    [ellis] = page.desk.database.ask(page.desk.actor, search, typed="quint ellis").patients
    [june] = office.ask(contacts.contacts, patient_id=ellis.patient_id)
    assert (june.draft.name, june.draft.relationship) == ("June Vance", "grandparent")
    assert (june.draft.is_guardian, june.draft.authority, june.draft.is_emergency) == (
        True,
        "court order",
        True,
    )


def test_what_is_asked_later_is_folded_and_opens_where_it_is_refused(
    page: RegisterPage, settle: Settle
) -> None:
    form = page.form
    was_open = form.more.is_open
    fill((form.first, "Walter"), (form.last, "Harris"), (form.born_on, "2/9/51"))
    form.more.former.setText("H4rris")
    page.register_button.click()
    settle()
    assert (was_open, form.more.is_open) == (False, True)
    assert form.more.form.row("former_last_name").error == (
        "A name has no digits. Take “4” out of the former last name."
    )
    form.clear()
    assert form.more.former.text() == ""


def test_a_zip_fills_the_place_and_one_of_another_state_is_refused(
    page: RegisterPage, settle: Settle
) -> None:
    form = page.form
    QTest.keyClicks(form.postal_code, "97214")
    settle()
    assert (form.city.text(), form.state.text()) == ("Portland", "OR")
    fill((form.first, "Walter"), (form.last, "Harris"), (form.born_on, "2/9/51"), (form.street, "12 Pier"))
    fill((form.state, "WA"))
    page.register_button.click()
    settle()
    assert form.home.row("address.postal_code").error == (
        "ZIP code 97214 is not in WA. It begins like one of OR: check ZIP and state."
    )


def test_what_the_office_needs_stands_on_the_page(page: RegisterPage, settle: Settle, office: Office) -> None:
    office.do(
        required.set_rule,
        field=required.Needed.PHONE,
        occasion=required.Occasion.NEW_PATIENT,
        is_must=True,
        is_active=True,
        version=None,
    )
    settle()
    settle()
    assert page.toolbar.detail.text() == "Needed: name, birth date, phone"
    fill((page.form.first, "Walter"), (page.form.last, "Harris"), (page.form.born_on, "2/9/51"))
    page.register_button.click()
    settle()
    assert page.form.reach.row("mobile").error == (
        "The office asks for the phone of each new patient. Enter it, or say why not."
    )
    page.look_alikes.reason.setText("Has no phone")
    page.register_button.click()
    settle()
    assert page.desk.database.ask(page.desk.actor, search, typed="harris walter").patients
