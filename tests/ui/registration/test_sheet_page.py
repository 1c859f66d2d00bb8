"""The patient sheet by keyboard: saved by section, kept unsaved, side by side with another desk's words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.registration import addresses, contacts, edits, patients
from frontdesk.services.registration.drafts import (
    AddressDraft,
    AddressKind,
    ContactDraft,
    PermissionSource,
    Race,
)
from frontdesk.services.visit import patient_sheet
from frontdesk.services.visit.patient_sheet import PatientSheet
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.registration.restricted import Restricted
from frontdesk.ui.registration.sheet_page import PatientSheetPage
from frontdesk.ui.registration.sheet_papers import PaperEntry
from frontdesk.ui.registration.sheet_people import ContactDialog, PayerDialog
from frontdesk.ui.registration.sheet_standing import AlertDialog, StandingDialog
from frontdesk.ui.registration.sheet_stays import StayDialog
from tests.builders.records import PNG
from tests.builders.registration import ALDER_COURT, DANIELLE, danielle
from tests.builders.visit import due_today
from tests.office import Office
from tests.patience import settled

Settle = Callable[[], None]


@pytest.fixture
def office(file_database: Database, clock: SetClock) -> Office:
    return Office(file_database, clock)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, office: Office, settle: Settle) -> Iterator[PatientSheetPage]:
    page = PatientSheetPage(desk)
    qtbot.addWidget(page)
    page.resize(1160, 820)
    page.show()
    page.open_with(Errand("edit_patient", danielle(office)))
    settle()
    settle()
    yield page
    page.hide()


def now(office: Office) -> PatientSheet:
    return office.ask(patient_sheet.patient_sheet, patient_id=danielle(office))


def typed(page: PatientSheetPage, name: str, text: str) -> None:
    section = next(s for s in page.sections if name in s.form.fields() and s.isVisible())
    edit = section.form.row(name).control
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def ctrl_enter(page: PatientSheetPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_section_is_saved_on_its_own(page: PatientSheetPage, office: Office, settle: Settle) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    typed(page, "preferred_name", "Dani")
    assert page.state.text() == "1 section not saved"
    ctrl_enter(page)
    settle()
    assert told == ["Saved: Name and birth date"]
    assert now(office).identity.preferred_name == "Dani"
    assert not page.is_dirty


def test_a_new_last_name_keeps_the_old_one(page: PatientSheetPage, office: Office, settle: Settle) -> None:
    typed(page, "legal_last", "Boyd")
    ctrl_enter(page)
    settle()
    assert [each.last for each in now(office).former] == ["Foster"]


def test_refusals_stand_beside_their_fields(page: PatientSheetPage, settle: Settle) -> None:
    typed(page, "born_on", "02/30/1982")
    typed(page, "former.0.last", "K2")
    typed(page, "email", "dani@")
    ctrl_enter(page)
    settle()
    assert page.identity.form.row("born_on").error == "There is no such day in the calendar."
    assert page.former.form.row("former.0.last").error == "A name has no digits. Check it."
    assert page.details.form.row("email").error == (
        "The e-mail address is not complete. It needs an @ and a domain, as in name@example.com."
    )
    typed(page, "born_on", "03/18/2026")
    ctrl_enter(page)
    settle()
    assert page.identity.form.row("born_on").error == "The birth date is in the future. Check the year."


def test_what_another_desk_changed_comes_back_side_by_side(
    page: PatientSheetPage, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    typed(page, "preferred_name", "Dani")
    office.do(
        edits.change_identity,
        patient_id=danielle(office),
        before=DANIELLE.identity,
        after=replace(DANIELLE.identity, preferred_name="Danny", suffix="Jr."),
    )
    qtbot.waitUntil(lambda: page.identity.clash.isVisible())
    said = page.identity.clash.words()
    assert said[4:] == ["Suffix", "nothing", "Jr.", "not touched", "Name used", "nothing", "Danny", "Dani"]
    page.identity.clash.keep.click()
    settle()
    assert (now(office).identity.preferred_name, now(office).identity.suffix) == ("Dani", "Jr.")


def test_theirs_is_taken_where_it_is_the_right_one(
    page: PatientSheetPage, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    page.show_part("reach")
    typed(page, "street", "2218 Alder Ct")
    office.do(
        addresses.change,
        patient_id=danielle(office),
        kind=AddressKind.HOME,
        before=ALDER_COURT,
        after=AddressDraft("907 NW Glisan St", "Portland", "OR", "97209"),
    )
    qtbot.waitUntil(lambda: page.home_address.clash.isVisible())
    page.home_address.clash.take.click()
    assert page.home_address.text("street") == "907 NW Glisan St"
    assert not page.is_dirty


def test_a_permission_to_text_is_dated(page: PatientSheetPage, office: Office, settle: Settle) -> None:
    page.show_part("reach")
    box = page.phones.form.row("phones.1.text_ok").control
    QTest.keyClick(box, Qt.Key.Key_Space)
    source = page.phones.form.row("phones.1.source").control
    QTest.keyClick(source, Qt.Key.Key_Down)
    QTest.keyClick(source, Qt.Key.Key_Down)
    ctrl_enter(page)
    settle()
    phone = now(office).phones[1]
    assert phone.text_ok
    assert phone.permission_source is PermissionSource.BY_PHONE
    assert phone.permission_on is not None


def test_a_zip_fills_city_and_state(page: PatientSheetPage, settle: Settle) -> None:
    page.show_part("reach")
    section = page.mailing
    section.zip.setFocus()
    QTest.keyClicks(section.zip, "97301")
    settle()
    assert (section.text("city"), section.text("state")) == ("Salem", "OR")


def test_several_races_or_declined(page: PatientSheetPage, office: Office, settle: Settle) -> None:
    boxes = page.details.race.boxes
    QTest.keyClick(boxes[Race.DECLINED], Qt.Key.Key_Space)
    QTest.keyClick(boxes[Race.WHITE], Qt.Key.Key_Space)
    QTest.keyClick(boxes[Race.ASIAN], Qt.Key.Key_Space)
    assert not boxes[Race.DECLINED].isChecked()
    ctrl_enter(page)
    settle()
    assert now(office).details.race == (Race.ASIAN, Race.WHITE)


def test_what_is_not_saved_is_there_again(page: PatientSheetPage, office: Office, settle: Settle) -> None:
    typed(page, "preferred_name", "Dani")
    page.back()
    assert not page.is_dirty
    page.open_with(Errand("edit_patient", danielle(office)))
    settle()
    settle()
    assert page.identity.text("preferred_name") == "Dani"
    parked = page.park()
    assert parked is not None
    assert parked.title == "Sheet: Danielle Foster"
    page.take_up(parked.state)
    settle()
    settle()
    assert page.identity.text("preferred_name") == "Dani"


def test_a_guardian_needs_a_right(page: PatientSheetPage, office: Office, settle: Settle) -> None:
    page.show_part("people")
    page.contacts.add_button.click()
    [dialog] = page.contacts.findChildren(ContactDialog) or page.window().findChildren(ContactDialog)
    QTest.keyClicks(dialog.name, "June Boyd")
    QTest.keyClicks(dialog.relationship, "aunt")
    QTest.keyClicks(dialog.phone, "503 555 0165")
    dialog.guardian.click()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert dialog.form.row("authority").error == (
        "Enter what the guardian's right rests on, such as parent or court order."
    )
    dialog.authority.set_value("court order")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    [june] = now(office).contacts
    assert (june.draft.is_guardian, june.draft.authority) == (True, "court order")


def test_a_file_that_is_no_picture_is_refused_beside_the_field(
    page: PatientSheetPage, office: Office, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_part("people")
    page.papers.add_button.click()
    [dialog] = page.window().findChildren(PaperEntry)
    empty, text, good = tmp_path / "a.png", tmp_path / "b.bin", tmp_path / "c.png"
    empty.write_bytes(b"")
    text.write_bytes(b"\0\1\2\3")
    good.write_bytes(PNG)
    for path, sentence in (
        (empty, "The file is empty: it has 0 bytes. Nothing was kept. Ask the sender to send it again."),
        (
            text,
            (
                "This kind of file is not kept here. Kept are PDF, PNG, JPEG, TIFF and plain text. "
                "Nothing was kept. Save it as one of these, then add that."
            ),
        ),
        (tmp_path / "none.png", "The file cannot be read. Nothing was kept. Look whether it is still there."),
    ):
        dialog.path.setText(str(path))
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        settle()
        assert dialog.form.row("file").error == sentence
    dialog.path.setText(str(good))
    dialog.issuer.setText("Oregon")
    dialog.expires.setText("06/30/2028")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    settle()
    photo_id = now(office).photo_id
    assert photo_id is not None
    assert (photo_id.issued_by, photo_id.expires_on) == ("Oregon", date(2028, 6, 30))
    qtbot.waitUntil(lambda: bool(page.papers.model.rows()))
    [line] = page.papers.model.rows()
    assert line.says == "Driver license, Oregon"


def test_a_restricted_sheet_opens_with_a_reason(
    office: Office, file_database: Database, qtbot: QtBot
) -> None:
    dani = danielle(office)
    office.do(patients.restrict, patient_id=dani, restricted=True)
    clerk = Actor(None, "Clerk", "C", frozenset({"registration.view", "registration.edit"}))
    desk = Desk(file_database, clerk)
    page = PatientSheetPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open_with(Errand("edit_patient", dani))
    qtbot.waitUntil(lambda: bool(page.findChildren(Restricted)))
    assert page.identity.text("legal_first") == ""
    [closed] = page.findChildren(Restricted)
    closed._reason.setText("The patient stands here")
    closed._open()
    qtbot.waitUntil(lambda: page.identity.text("legal_first") == "Danielle")
    page.hide()
    settled(qtbot, desk)
    desk.close()


def test_a_death_lists_what_is_still_booked(
    page: PatientSheetPage, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    due_today(office, danielle(office), minutes_from_now=60)
    qtbot.waitUntil(lambda: bool(page._sheet and page._sheet.upcoming))
    page.show_part("standing")
    page.standing.record_death()
    [dialog] = page.window().findChildren(StandingDialog)
    assert any(
        "1 visit is still booked, to be called off:" in each.text() for each in dialog.findChildren(QLabel)
    )
    for typed_date, sentence in (
        ("03/18/2026", "The date of death is in the future. Check the year."),
        ("01/01/1950", "The date of death is before the birth date. Check both."),
    ):
        dialog.on.setText(typed_date)
        dialog._try()
        settle()
        assert dialog.form.row("died_on").error == sentence
    dialog.on.setText("03/02/2026")
    dialog._try()
    settle()
    qtbot.waitUntil(lambda: page.standing.chip.text() == "Deceased")
    assert "1 visit is still booked" in page.standing.booked.text()
    page.standing.alive_button.click()
    settle()
    qtbot.waitUntil(lambda: page.standing.chip.text() == "Active")


def test_an_alert_has_a_last_day(
    page: PatientSheetPage, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    page.show_part("standing")
    page.alerts.add()
    [dialog] = page.window().findChildren(AlertDialog)
    QTest.keyClicks(dialog.sentence, "Uses a wheelchair until June")
    QTest.keyClicks(dialog.until, "03/01/2026")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert dialog.form.row("expires_on").error == (
        "The last day of the alert has passed. Choose today or later."
    )
    dialog.until.setText("06/30/2026")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: bool(page.alerts.model.rows()))
    page.alerts.table.keeper.choose(0)
    page.alerts.end_button.click()
    qtbot.waitUntil(lambda: not page.alerts.model.rows())
    settle()


def test_who_is_called_first_is_changed_by_a_key(
    page: PatientSheetPage, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    for rank, name in ((1, "Ray Foster"), (2, "Ann Foster")):
        office.do(
            contacts.add,
            patient_id=danielle(office),
            draft=ContactDraft(name, "family", "5035550119", is_emergency=True, rank=rank),
        )
    page.show_part("people")
    qtbot.waitUntil(lambda: len(page.contacts.model.rows()) == 2)
    page.contacts.table.keeper.choose(1)
    page.contacts.up_button.click()
    settle()
    qtbot.waitUntil(lambda: page.contacts.model.rows()[0].draft.name == "Ann Foster")


def test_a_stay_and_who_pays(page: PatientSheetPage, office: Office, settle: Settle, qtbot: QtBot) -> None:
    page.show_part("reach")
    page.stays.add()
    [dialog] = page.window().findChildren(StayDialog)
    dialog.street.setText("12 Ocean Way")
    QTest.keyClicks(dialog.zip, "97103")
    settle()
    dialog.last.setText("03/01/2026")
    dialog._try()
    settle()
    assert dialog.form.row("last_day").error == (
        "The last day is before the first. Check both. This stay is over already. Choose today or later."
    )
    dialog.last.setText("06/30/2026")
    dialog._try()
    settle()
    qtbot.waitUntil(lambda: bool(page.stays.model.rows()))
    assert "12 Ocean Way, Astoria OR 97103" in page.payer.says.text()
    page.payer.change()
    [asked] = page.window().findChildren(PayerDialog)
    asked.first.setText("June")
    asked.last.setText("Boyd")
    asked._try()
    settle()
    qtbot.waitUntil(lambda: page.payer.says.text().startswith("June Boyd, account"))
