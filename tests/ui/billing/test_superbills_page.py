"""A superbill entered by keys, checked, released; and what is refused, in its sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import superbills
from frontdesk.services.billing.other_providers import ProviderRole
from frontdesk.services.billing.superbills import SuperbillState
from frontdesk.services.schedule import lifecycle
from frontdesk.ui.billing.modifier_field import ModifierField
from frontdesk.ui.billing.superbills_page import SuperbillsPage
from frontdesk.ui.billing.visit_providers import ProvidersDialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.search_box import SearchBox
from tests.builders.billing import visit
from tests.builders.claims import billing_office, insured
from tests.builders.office import provider
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[SuperbillsPage]], SuperbillsPage]


@pytest.fixture
def bill(file_office: Office) -> int:
    """The superbill of Raymond Castillo's visit at 11:00 AM; the clock shows 10:42."""
    billing_office(file_office)
    return file_office.do(superbills.issue, appointment_id=visit(file_office, insured(file_office)))


def _type(box: SearchBox, text: str, settle: Settle) -> None:
    box.setFocus()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle()


def test_a_superbill_is_entered_checked_and_released_by_keys(
    shown: Show, file_office: Office, bill: int, settle: Settle
) -> None:
    page = shown(SuperbillsPage)
    assert page.entry.sheet is not None
    assert page.entry.sheet.row.id == bill
    entry = page.entry
    _type(entry.diagnoses.search, "G43.909", settle)
    _type(entry.diagnoses.search, "I10", settle)
    QTest.keyClick(entry.diagnoses.search, Qt.Key.Key_Return)
    assert entry.services.search.hasFocus()
    _type(entry.services.search, "99213", settle)
    _type(entry.services.search, "93000", settle)
    pointers = entry.services.field(1, "pointers")
    pointers.setFocus()
    QTest.keyClick(pointers, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(pointers, "b")
    QTest.keyClick(pointers, Qt.Key.Key_Return)
    assert entry.services.search.hasFocus()
    QTest.keyClick(entry.services.search, Qt.Key.Key_Return)
    assert entry.next_button.hasFocus()

    for expected in (SuperbillState.ENTERED, SuperbillState.CHECKED, SuperbillState.RELEASED):
        entry.next_step()
        settle()
        settle()
        assert file_office.ask(superbills.sheet_of, superbill_id=bill).row.state is expected
    sheet = file_office.ask(superbills.sheet_of, superbill_id=bill)
    assert [(line.code, line.pointers) for line in sheet.lines] == [("99213", "A"), ("93000", "B")]
    assert sheet.row.total_cents == 21_000


def test_who_did_a_line_and_who_ordered_is_entered_beside_it(
    shown: Show, file_office: Office, bill: int, settle: Settle
) -> None:
    other = provider(file_office, "Okafor", "Dana")
    entry = shown(SuperbillsPage).entry
    _type(entry.diagnoses.search, "I10", settle)
    for code in ("99213", "93000"):
        _type(entry.services.search, code, settle)
    entry.providers.button.click()
    (dialog,) = entry.window().findChildren(ProvidersDialog)
    dialog.fields[ProviderRole.REFERRING][0].set_value("Farrow")
    dialog.line.set_value(2)
    dialog.line.chosen.emit(2)
    dialog.rendering.set_value(other)
    ordering = dialog.fields[ProviderRole.ORDERING]
    for edit, text in zip(ordering, ("Nakamura", "Ken", "1993999999"), strict=True):
        edit.set_value(text)
    dialog.keep()
    assert dialog.form.row("npi ordering").error == "This NPI is not valid. Compare its ten digits."
    ordering[2].set_value("1993999998")
    dialog.keep()
    settle()
    entry.services.remove(0)
    entry.next_step()
    settle()
    settle()
    sheet = file_office.ask(superbills.sheet_of, superbill_id=bill)
    assert [(line.code, line.provider_id) for line in sheet.lines] == [("93000", other)]
    assert [(each.place, each.role, each.provider.last_name) for each in sheet.providers] == [
        (0, ProviderRole.REFERRING, "Farrow"),
        (1, ProviderRole.ORDERING, "Nakamura"),
    ]


def test_a_tick_adds_the_line_and_taking_it_back_removes_it(shown: Show, bill: int, settle: Settle) -> None:
    entry = shown(SuperbillsPage).entry
    entry.usual.box("99213").click()
    assert [line.code for line in entry.services.lines()] == ["99213"]
    assert entry.services.total_cents() == 13_000
    entry.usual.box("99213").click()
    assert entry.services.lines() == ()


def test_what_is_missing_is_said_beside_its_field(shown: Show, bill: int, settle: Settle) -> None:
    entry = shown(SuperbillsPage).entry
    entry.next_step()
    settle()
    assert entry.form.row("diagnoses").error == "Enter at least one diagnosis."
    assert entry.form.row("lines").error == "Tick at least one service."


def test_a_code_that_cannot_be_taken_says_why(shown: Show, bill: int, settle: Settle) -> None:
    entry = shown(SuperbillsPage).entry
    _type(entry.diagnoses.search, "G43.9", settle)
    heading = "G43.9 is a heading and cannot be billed. Choose a code below it."
    assert entry.form.row("diagnoses").error == heading
    _type(entry.services.search, "99999", settle)
    assert entry.form.row("lines").error == "99999 is not among the office's codes. Add or import it first."


def test_an_expired_code_names_its_last_day(shown: Show, bill: int, settle: Settle) -> None:
    entry = shown(SuperbillsPage).entry
    _type(entry.diagnoses.search, "M51.36", settle)
    assert (
        entry.form.row("diagnoses").error
        == "M51.36 expired on 09/30/2025. Use M51.360, M51.361, M51.362 or M51.369."
    )


def test_modifiers_are_typed_with_the_code_or_found_beside_it(
    shown: Show, bill: int, settle: Settle, qtbot: QtBot
) -> None:
    entry = shown(SuperbillsPage).entry
    _type(entry.services.search, "99213-25", settle)
    assert [line.modifiers for line in entry.services.lines()] == ["25"]
    _type(entry.services.search, "99213-Z9", settle)
    assert entry.form.row("lines").error == "Z9 is not a modifier. Check the spelling."
    entry.services.search.clear()
    field = entry.services.field(0, "modifiers")
    assert isinstance(field, ModifierField)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, " tele")
    qtbot.waitUntil(lambda: field.is_open)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.hasFocus()
    assert field.text() == "25 95"
    assert entry.services.lines()[0].ticked().modifiers == ("25", "95")
    QTest.keyClicks(field, ", kx")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(entry.services.search.hasFocus)
    assert field.text() == "25 95 KX"
    field.setFocus()
    QTest.keyClicks(field, " q")
    entry.services.remove(0)
    assert entry.services.lines() == ()


def test_what_was_typed_is_there_again_after_another_superbill(
    shown: Show, file_office: Office, bill: int, settle: Settle
) -> None:
    second = file_office.do(
        superbills.issue, appointment_id=visit(file_office, insured(file_office, "Tina", "Nguyen"))
    )
    page = shown(SuperbillsPage)
    page.open_with(Errand("superbill", about_id=bill))
    settle()
    _type(page.entry.diagnoses.search, "I10", settle)
    for superbill_id in (second, bill):
        page.list.choose(superbill_id)
        settle()
    assert [row.code for row in page.entry.diagnoses.diagnoses()] == ["I10"]
    parked = page.park()
    assert parked is not None
    assert parked.title == "Superbill: Castillo, Raymond"


def test_a_visit_that_took_place_without_a_superbill_is_issued_one(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    billing_office(file_office)
    appointment_id = visit(file_office, insured(file_office))
    file_office.do(lifecycle.arrive, appointment_id=appointment_id)
    page = shown(SuperbillsPage)
    first = page.list.first()
    assert first is not None
    assert (first.patient, first.superbill_id) == ("Castillo, Raymond", None)
    page.list.opened.emit()
    for _ in range(3):
        settle()
    assert page.entry.sheet is not None
    assert page.entry.sheet.row.appointment_id == appointment_id
    QAbstractItemModelTester(page.list.list.model())


def test_a_search_that_found_one_goes_when_that_one_is_released(
    shown: Show, file_office: Office, bill: int, settle: Settle
) -> None:
    other = insured(file_office, "Helen", "Draper", "XQP884120558")
    second = file_office.do(superbills.issue, appointment_id=visit(file_office, other))
    page = shown(SuperbillsPage)
    QTest.keyClicks(page.list.search, "Castillo")
    settle()
    following = page.list.after(("bill", bill))
    assert following is not None
    assert following.superbill_id == second
    assert page.list.search.value() == ""


def test_the_scanner_at_the_desk_brings_a_superbill_back(
    shown: Show, file_office: Office, bill: int, settle: Settle
) -> None:
    page = shown(SuperbillsPage)
    page.list.search.setFocus()
    QTest.keyClicks(page.list.search, "SB-000001")
    QTest.keyClick(page.list.search, Qt.Key.Key_Return)
    for _ in range(4):
        settle()
    assert file_office.ask(superbills.sheet_of, superbill_id=bill).row.state is SuperbillState.RETURNED
    assert page.list.search.value() == ""
    QTest.keyClicks(page.list.search, "SB-000099")
    QTest.keyClick(page.list.search, Qt.Key.Key_Return)
    settle()
    assert page.banner.text == "There is no superbill of this number. Look at it again."


def test_what_is_missing_is_listed_filtered_and_saved(
    shown: Show, file_office: Office, bill: int, settle: Settle, tmp_path: Path
) -> None:
    appointment = file_office.ask(superbills.sheet_of, superbill_id=bill).row.appointment_id
    file_office.do(lifecycle.arrive, appointment_id=appointment)
    page = shown(SuperbillsPage)
    page.show_missing()
    for _ in range(3):
        settle()
    panel = page.missing
    assert [row.number for row in panel.table._rows.rows()] == ["SB-000001"]
    panel.save(tmp_path / "missing.csv")
    for _ in range(3):
        settle()
    lines = (tmp_path / "missing.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Visit,Patient,Provider,Superbill,Why it is missing,Days"
    assert lines[1].endswith(",SB-000001,not returned,0")
    panel.why.set_value("never issued")
    panel.reload()
    settle()
    assert panel.table.isHidden()
    panel.why.set_value("")
    panel.reload()
    settle()
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    for _ in range(3):
        settle()
    assert page._right.currentWidget() is page.entry
