"""Coverage to verify in the window: questions out, answers in, phone calls, notes; one letter for each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.models.registration.verification import VerificationResult
from frontdesk.services.registration import eligibility_settings, verifications
from frontdesk.services.registration.eligibility_settings import SettingsDraft
from frontdesk.services.visit import eligibility_intake, eligibility_list, overview
from frontdesk.services.visit.eligibility_list import Standing, ToVerify
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.visit.benefits_dialog import BenefitsDialog
from frontdesk.ui.visit.eligibility_dialogs import AskedDialog, LooseDialog
from frontdesk.ui.visit.eligibility_page import EligibilityPage
from frontdesk.ui.visit.verify_dialog import VerifyCoverage
from frontdesk.ui.visit.withdraw_dialog import WithdrawDialog
from tests.builders.eligibility import asked, read, reply
from tests.builders.eligibility_payer import PPO, refuses
from tests.builders.registration import coverage, danielle
from tests.builders.schedule import WEDNESDAY, at, book, walter
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def folders(file_office: Office, tmp_path: Path) -> tuple[Path, Path]:
    """Where the office's program picks questions up, and puts answers down."""
    out, into = tmp_path / "out", tmp_path / "in"
    into.mkdir()
    office = file_office
    book(office, at("9:00"))
    book(office, at("10:00"), patient_id=walter(office))
    coverage(office, danielle(office))
    office.do(
        eligibility_settings.set_up,
        draft=SettingsDraft(outgoing_folder=str(out), incoming_folder=str(into)),
    )
    return out, into


@pytest.fixture
def page(folders: tuple[Path, Path], desk: Desk, qtbot: QtBot, settle: Settle) -> EligibilityPage:
    made = EligibilityPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle()
    made.table.setFocus()
    settle()
    assert made.table.choose(line(made, "Danielle Foster").key)
    return made


def line(page: EligibilityPage, patient: str) -> ToVerify:
    return next(each for each in page.model.rows() if each.patient == patient)


def dialog_of(kind: type[Dialog], qtbot: QtBot) -> Dialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def test_who_has_no_coverage_comes_first_and_who_was_never_asked_about_follows(page: EligibilityPage) -> None:
    assert [(each.patient, each.standing) for each in page.model.rows()] == [
        ("Walter Harris", Standing.MISSING),
        ("Danielle Foster", Standing.DUE),
    ]
    assert page.detail.chip.text() == "Never verified"


def test_a_question_goes_out_and_its_answer_comes_in(
    page: EligibilityPage, folders: tuple[Path, Path], settle: Settle, qtbot: QtBot
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    out, into = folders
    QTest.keyClick(page.table, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "Saved 270-000001.txt" in told)
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").standing is Standing.ASKED)
    question = (out / "270-000001.txt").read_text(encoding="ascii")
    (into / "271.txt").write_bytes(reply(question, PPO))
    (into / "readme.html").write_text("<html>", encoding="ascii")
    QTest.keyClick(page.table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: "Read 1 answer" in told)
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").standing is Standing.GOOD)
    assert "readme.html: This is a web page." in page.banner.text
    page.table.choose(line(page, "Danielle Foster").key)
    settle()
    assert page.detail.chip.text() == "Active"
    page.clear_complaints()
    (into / "readme.html").unlink()
    QTest.keyClick(page.table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: told[-1] == "No new file. All that lie there were read before.")


def test_a_refusal_says_what_to_do_and_is_worked_by_phone(
    page: EligibilityPage, folders: tuple[Path, Path], file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_W)
    file = folders[0] / "270-000001.txt"
    qtbot.waitUntil(file.exists)
    file_office.clock.advance(minutes=1)
    (folders[1] / "271.txt").write_bytes(reply(file.read_text(encoding="ascii"), refuses("72", "C")))
    QTest.keyClick(page.table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").standing is Standing.FAILED)
    page.table.choose(line(page, "Danielle Foster").key)
    settle()
    assert page.detail.failure.text.startswith("The member ID is not one of the payer's. Check the member ID")
    file_office.clock.advance(minutes=1)
    QTest.keyClick(page.table, Qt.Key.Key_P)
    dialog = dialog_of(VerifyCoverage, qtbot)
    assert isinstance(dialog, VerifyCoverage)
    dialog.reference.set_value("4471")
    dialog.said_by.set_value("Kim")
    dialog.copay.set_value(3000)
    dialog.sums["family_deductible"][1].set_value(100)
    dialog.record()
    settle()
    assert dialog.told.row("family_deductible_cents").error == "Enter the whole of the family deductible too."
    dialog.sums["family_deductible"][1].set_value(None)
    dialog.record()
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").standing is Standing.GOOD)
    (answer, *_) = file_office.ask(
        verifications.history, coverage_id=line(page, "Danielle Foster").coverage_id or 0
    )
    assert (answer.result, answer.copay_cents, answer.said_by) == (VerificationResult.ACTIVE, 3000, "Kim")


def test_who_was_asked_is_noted_and_the_benefits_are_shown(
    page: EligibilityPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_N)
    noted = dialog_of(AskedDialog, qtbot)
    assert isinstance(noted, AskedDialog)
    noted.said_by.set_value("Ann")
    noted.note.set_value("Calls back after 2")
    noted.keep()
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").standing is Standing.FAILED)
    tried = line(page, "Danielle Foster").last_try
    assert tried is not None
    assert (tried.said_by, tried.note) == ("Ann", "Calls back after 2")
    file_office.clock.advance(minutes=1)
    coverage_id = line(page, "Danielle Foster").coverage_id or 0
    read(file_office, reply(asked(file_office, coverage_id, service_on=WEDNESDAY), PPO))
    page.reload()
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").standing is Standing.GOOD)
    page.table.choose(line(page, "Danielle Foster").key)
    settle()
    page.activateWindow()
    qtbot.waitUntil(page.table.hasFocus)
    QTest.keyClick(page.table, Qt.Key.Key_B)
    shown = dialog_of(BenefitsDialog, qtbot)
    assert isinstance(shown, BenefitsDialog)
    settle()
    assert [row.what for row in shown.model.rows()][:2] == ["Copay, individual", "Coinsurance, individual"]
    unknown = next(row for row in shown.model.rows() if not row.is_known)
    assert "EB*ZZ*IND*Q9****12.5~" in unknown.notes
    shown.reject()


def test_an_answer_that_fits_nobody_is_matched_or_set_aside(
    page: EligibilityPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    coverage_id = line(page, "Danielle Foster").coverage_id or 0
    question = asked(file_office, coverage_id, service_on=WEDNESDAY)
    for number, name in enumerate(("FORSTER", "FOOSTER"), 1):
        other = question.replace("TRN*1*0", f"TRN*1*{number}").replace("FOSTER", name)
        read(file_office, reply(other, PPO, number=number))
    page.reload()
    qtbot.waitUntil(lambda: page.loose.text() == "2 fit nobody")
    page.table.choose(line(page, "Danielle Foster").key)
    QTest.keyClick(page.table, Qt.Key.Key_L)
    dialog = dialog_of(LooseDialog, qtbot)
    assert isinstance(dialog, LooseDialog)
    settle()
    dialog.set_aside()
    settle()
    assert dialog.form.row("reason").error == "Enter why nobody needs to match it."
    dialog.match()
    qtbot.waitUntil(lambda: len(dialog.model.rows()) == 1)
    dialog.reason.set_value("Not ours")
    dialog.set_aside()
    qtbot.waitUntil(lambda: file_office.ask(eligibility_intake.loose) == ())
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").answer is not None)


def test_only_those_with_the_right_write_and_read(
    folders: tuple[Path, Path], file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    desk.sign_in(replace(file_office.actor, permissions=frozenset({"registration.view"})))
    made = EligibilityPage(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    assert not made.write_button.isVisible()
    assert not made.read_button.isVisible()


def test_the_count_is_what_waits_for_somebody(folders: tuple[Path, Path], file_office: Office) -> None:
    assert file_office.ask(overview.waiting)["eligibility"] == 2
    rows = file_office.ask(eligibility_list.to_verify).rows
    assert [row.starts.date() for row in rows] == [date(2026, 3, 18)] * 2


def test_an_answer_of_somebody_else_is_withdrawn_and_waits_for_its_own(
    page: EligibilityPage, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    coverage_id = line(page, "Danielle Foster").coverage_id or 0
    read(file_office, reply(asked(file_office, coverage_id, service_on=WEDNESDAY), PPO))
    page.reload()
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").answer is not None)
    page.table.choose(line(page, "Danielle Foster").key)
    page.show_benefits()
    shown = dialog_of(BenefitsDialog, qtbot)
    assert isinstance(shown, BenefitsDialog)
    settle()
    shown.withdraw()
    asks = dialog_of(WithdrawDialog, qtbot)
    assert isinstance(asks, WithdrawDialog)
    asks.withdraw()
    qtbot.waitUntil(lambda: line(page, "Danielle Foster").answer is None)
    qtbot.waitUntil(lambda: page.loose.text() == "1 fits nobody")
