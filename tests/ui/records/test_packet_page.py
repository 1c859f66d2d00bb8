"""The page on which copies are put together: chosen by keyboard, looked at, sent, noted as arrived."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from frontdesk.services.records import disclosures, filing, release_choice, release_deliveries
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.release_deliveries import Outcome
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.packet_dialogs import FeeDialog, ProofDialog, ReasonDialog
from frontdesk.ui.records.packet_page import PacketPage
from frontdesk.ui.records.packet_send import PacketDialog, SendDialog, SentPacket
from tests.builders.packets import checked, request
from tests.builders.records import filed, received, sheet
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def asked(file_office: Office) -> int:
    """A request for what is from 2026, of a chart with a thick document and an old one."""
    patient_id = patient(file_office)
    thick = received(file_office, sheet("Course", pages=5), patient_id=patient_id)
    indexing = Indexing(Category.HOSPITAL, "Discharge summary", date(2026, 3, 12), "Cascade General")
    file_office.do(filing.file, document_id=thick, patient_id=patient_id, indexing=indexing)
    filed(file_office, patient_id, "Old letter", on=date(2024, 5, 1))
    request_id = request(file_office, patient_id, covers_from=date(2026, 1, 1))
    checked(file_office, request_id)
    return request_id


@pytest.fixture
def page(desk: Desk, asked: int, qtbot: QtBot, settle: Settle) -> PacketPage:
    made = PacketPage(desk)
    qtbot.addWidget(made)
    made.resize(1240, 700)
    made.show()
    made.open_with(Errand("pages", about_id=asked))
    qtbot.waitUntil(lambda: made.side.view is not None)
    settle()
    return made


def _dialog(kind: type[QDialog]) -> QDialog:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    assert len(found) == 1, f"{len(found)} of {kind.__name__}"
    return found[0]


def test_pages_are_chosen_by_keyboard_and_stay_chosen(
    page: PacketPage, asked: int, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    qtbot.waitUntil(lambda: page.grid.picture(5) is not None)
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    settle()
    qtbot.waitUntil(lambda: page.choice is not None and page.choice.pages_chosen == 1)
    page.pages.setFocus()
    page.pages.setText("2-3,5")
    QTest.keyClick(page.pages, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.choice is not None and page.choice.pages_chosen == 3)
    assert page.grid.chosen == (2, 3, 5)
    page.pages.setText("9")
    QTest.keyClick(page.pages, Qt.Key.Key_Return)
    assert page.banner.text.startswith("These are no pages of this document")
    assert "3 of 5 pages" in page.toolbar.detail.text()
    chosen = file_office.ask(release_choice.choice, request_id=asked)
    assert chosen.documents[0].chosen == (2, 3, 5), "a draft is kept at once"


def test_what_was_not_asked_for_needs_a_reason(page: PacketPage, qtbot: QtBot, settle: Settle) -> None:
    page.table.keeper.choose(page.model.rowCount() - 1)
    settle()
    assert page.grid.may_choose
    page.every_page()
    dialog = _dialog(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.setText("It answers the letter")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.choice is not None and page.choice.pages_chosen == 1)


def test_from_the_pages_to_a_locked_file_and_its_arrival(
    page: PacketPage, asked: int, file_office: Office, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    page.choose_all()
    qtbot.waitUntil(lambda: page.choice is not None and page.choice.pages_chosen == 5)
    settle()
    page.act_named("fee")
    fee = _dialog(FeeDialog)
    assert isinstance(fee, FeeDialog)
    fee.asks.set_value(False)
    fee._show_parts()
    fee.waived.setText("A few pages")
    QTest.keyClick(fee, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.side.view is not None and page.side.view.fee is not None)
    settle()
    assert page.side.main_act() == "prepare"
    page.act_named("prepare")
    qtbot.waitUntil(lambda: page.side.main_act() == "send")
    settle()
    page.act_named("look")
    settle()
    look = _dialog(PacketDialog)
    look.reject()
    page.act_named("send")
    settle()
    send = _dialog(SendDialog)
    assert isinstance(send, SendDialog)
    send.way.setCurrentIndex([send.way.itemText(n) for n in range(send.way.count())].index("Disc or drive"))
    send._other_way()
    assert send.is_locked
    send.send()
    qtbot.waitUntil(lambda: any(isinstance(w, SentPacket) for w in QApplication.topLevelWidgets()))
    settle()
    sent = _dialog(SentPacket)
    assert isinstance(sent, SentPacket)
    password = sent.password.text()
    path = tmp_path / "sent.pdf"
    sent.save(path)
    settle()
    assert PdfReader(io.BytesIO(path.read_bytes())).is_encrypted
    assert len(PdfReader(io.BytesIO(path.read_bytes()), password=password).pages) == 6
    sent.reject()
    assert len(file_office.ask(disclosures.entries)) == 1
    qtbot.waitUntil(lambda: page.side.view is not None and not page.side.view.is_open)
    settle()
    page.act_named("arrived")
    proof = _dialog(ProofDialog)
    assert isinstance(proof, ProofDialog)
    proof.words.setPlainText("Signed for")
    proof._note()
    settle()
    (sending,) = file_office.ask(release_deliveries.sendings, request_id=asked)
    assert sending.proof is not None
    assert sending.proof.outcome is Outcome.DELIVERED
