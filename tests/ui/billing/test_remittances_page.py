"""An 835 imported, balanced, matched by one key and posted."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.formats.x12.remittance import Person, ProviderAdjustment
from frontdesk.services.billing import answer_pages, balances, claim_detail, remittance_views
from frontdesk.services.billing.answer_pages import Way
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.remittance_views import AnswerState, RemittanceState, Verb, Verdict
from frontdesk.ui.billing.claim_choice import ClaimDialog
from frontdesk.ui.billing.frame import ReasonDialog
from frontdesk.ui.billing.refund_dialogs import AskRefundDialog
from frontdesk.ui.billing.remittances_page import RemittancesPage
from frontdesk.ui.billing.write_off_open_dialog import WriteOffOpenDialog
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.paper_dialog import PaperDialog
from tests.builders.billing import paid
from tests.builders.claims import insured, sent
from tests.builders.payer import AT, CONTRACT, COPAY, DEDUCTIBLE, answer, paid_claim, paid_line, written
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[RemittancesPage]], RemittancesPage]


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "payment.835"
    path.write_bytes(data)
    return path


def test_an_835_is_imported_balanced_and_posted(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim = sent(file_office)
    data = written(answer(file_office, claim, [(CONTRACT, 3844), (COPAY, 3000)]))
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, data))
    for _ in range(5):
        settle()
    assert page.head.post_button.isEnabled()
    assert page.head.why_not.text() == ""
    page.post()
    for _ in range(5):
        settle()
    page.turn_to_posted()
    for _ in range(5):
        settle()
    assert page._steps._words.text() == "Posted 1 of 1"
    detail = file_office.ask(claim_detail.detail, claim_id=claim)
    assert detail.row.state is ClaimState.PAID
    balance = file_office.ask(balances.of_patient, patient_id=detail.row.patient_id)
    assert (balance.payer_cents, balance.patient_cents) == (0, 3000)


def test_post_is_off_with_its_reason_until_the_payment_has_its_claim(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim = sent(file_office)
    said = answer(file_office, claim, [(CONTRACT, 3844), (COPAY, 3000)])
    lines = tuple(msgspec.structs.replace(line, control_number="") for line in said.lines)
    cut = msgspec.structs.replace(said, claim_number=said.claim_number[:-1], lines=lines)
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, written(cut)))
    for _ in range(5):
        settle()
    assert not page.head.post_button.isEnabled()
    assert page.head.why_not.text() == "Not balanced: $61.56 has no claim."
    current = page.table.current()
    assert current is not None
    assert current.state is AnswerState.NO_MATCH
    assert page.panel.first_candidate() == claim
    page.match_first()
    for _ in range(5):
        settle()
    assert page.banner.text == ""
    assert page.head.why_not.text() == ""
    page.post()
    for _ in range(5):
        settle()
    (row,) = file_office.ask(remittance_views.remittances_in, states=(RemittanceState.POSTED,))
    assert row.unmatched == 0
    QAbstractItemModelTester(page.table.model())


def test_a_file_that_is_no_remittance_is_refused_in_the_banner(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    sent(file_office)
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, b"ISA*00*          *00*"))
    for _ in range(4):
        settle()
    assert page.banner.text


def test_an_open_amount_is_decided_before_it_is_posted(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim = sent(file_office)
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, written(answer(file_office, claim, [(("CO", "97"), 4500)]))))
    for _ in range(5):
        settle()
    page.act(Verb.WRITE_OFF)
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, WriteOffOpenDialog))
    assert dialog.amount.value() == 4500
    assert not dialog.rest.isEnabled()
    dialog.reason.set_value("In 90460")
    dialog.go()
    for _ in range(5):
        settle()
    current = page.table.current()
    assert current is not None
    assert (current.decided, current.contract_cents, current.open_cents) == (Verdict.WRITE_OFF, 4500, 0)
    page.act(Verb.AGAIN)
    for _ in range(5):
        settle()
    page.act(Verb.WRITE_OFF)
    part = next(
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, WriteOffOpenDialog) and each.isVisible()
    )
    part.amount.setText("15")
    part.amount.textEdited.emit("15")
    assert part.rest.isEnabled()
    part.rest.set_value(Verdict.KEEP)
    part.reason.set_value("Half")
    part.go()
    for _ in range(5):
        settle()
    current = page.table.current()
    assert current is not None
    assert (current.decided, current.contract_cents, current.open_cents) == (Verdict.KEEP, 1500, 3000)
    page.act(Verb.AGAIN)
    for _ in range(5):
        settle()
    current = page.table.current()
    assert current is not None
    assert (current.decided, current.open_cents) == (None, 4500)
    page.print_eob()
    for _ in range(3):
        settle()
    paper = next(each for each in QApplication.topLevelWidgets() if isinstance(each, PaperDialog))
    assert paper.print_button.isEnabled()
    paper.reject()


def test_what_was_posted_on_the_wrong_claim_is_taken_off_it(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim = sent(file_office)
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, written(answer(file_office, claim, [(CONTRACT, 3844), (COPAY, 3000)]))))
    _wait(settle)
    page.take_off()
    assert page.findChild(ClaimDialog) is None, "it is not posted yet"
    page.post()
    _wait(settle)
    page.take_off()
    dialog = page.findChild(ClaimDialog)
    assert isinstance(dialog, ClaimDialog)
    (not_known,) = (each for each in dialog.findChildren(Button) if each.text().startswith("Not known"))
    not_known.click()
    _wait(settle)
    assert dialog.isVisible(), "it asks how that is known"
    dialog.reason.set_value("The payer's letter")
    not_known.click()
    _wait(settle)
    assert page.findChild(ClaimDialog) is None
    assert file_office.ask(claim_detail.detail, claim_id=claim).row.state is ClaimState.ACCEPTED
    assert page._sheet is not None
    assert page._sheet.answers[0].state is AnswerState.UNAPPLIED


def test_a_refund_is_asked_for_and_the_whole_is_voided_by_the_keyboard(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    who = insured(file_office)
    claim = sent(file_office, who)
    visit = file_office.ask(claim_detail.detail, claim_id=claim).appointment_id
    paid(file_office, who, 10000, copay_of=visit)
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, written(answer(file_office, claim, [(CONTRACT, 3844), (DEDUCTIBLE, 8420)]))))
    _wait(settle)
    current = page.table.current()
    assert current is not None
    button = page.reviews.button(current.id, Verb.REFUND)
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    _wait(settle)
    dialog = page.findChild(AskRefundDialog)
    assert isinstance(dialog, AskRefundDialog)
    assert (dialog.amount.value(), dialog.reason.value()) == (
        1580,
        "BCBS left the patient less than they paid.",
    )
    QTest.keyClick(dialog.amount, Qt.Key.Key_Return)
    _wait(settle)
    assert page.reviews.button(current.id, Verb.REFUND) is None
    withdraw = page.reviews.button(current.id, Verb.WITHDRAW)
    assert withdraw is not None
    assert page.window().focusWidget() is withdraw, "the keys go on in the same line"

    page.post()
    _wait(settle)
    page.void()
    _wait(settle)
    question = page.findChild(ReasonDialog)
    assert isinstance(question, ReasonDialog)
    QTest.keyClicks(question.reason, "Wrong deposit")
    QTest.keyClick(question.reason, Qt.Key.Key_Return)
    _wait(settle)
    assert page.head.post_button.isVisible()
    balance = file_office.ask(balances.of_patient, patient_id=who)
    assert (balance.payer_cents, balance.patient_cents, balance.credit_cents) == (13000, 0, 10000)


def test_the_equation_names_each_part_and_cuts_nothing(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim = sent(file_office)
    adjustments = (
        ProviderAdjustment("1234567893", AT.date(), "WO", "20260316000012345678901234567890", 1835),
        ProviderAdjustment("1234567893", AT.date(), "L6", "26-1", -212),
    )
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, written(answer(file_office, claim, [(CONTRACT, 3844)]), plb=adjustments)))
    _wait(settle)
    assert page._sheet is not None
    deposit = page._sheet.deposit
    assert [(part.name, part.cents) for part in deposit.parts] == [("Taken back", -1835), ("Interest", 212)]
    assert deposit.deposit_cents == deposit.to_post_cents + deposit.no_match_cents - 1835 + 212
    for width in (1380, 1180):
        page.resize(width, 700)
        settle()
        for label in page.head.equation.findChildren(Label):
            if label.isVisible():
                assert label.width() >= label.minimumSizeHint().width()
                assert label.height() >= label.heightForWidth(label.width())


def _wait(settle: Settle) -> None:
    for _ in range(5):
        settle()


def test_a_long_remittance_is_paged_and_searched_by_keys(
    shown: Show,
    file_office: Office,
    settle: Settle,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answer_pages, "AT_ONCE", 10)
    claim = sent(file_office)
    strangers = [
        paid_claim(f"77-{n:03}", (paid_line(1, "99213", 5000),), Person(f"KEELING{n:03}", "ANN"))
        for n in range(30)
    ]
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, written(answer(file_office, claim, [(CONTRACT, 3844)]), *strangers)))
    _wait(settle)
    assert page.bar.isVisible()
    assert page.bar._place.text() == "1 to 10 of 31"
    assert page.table.current() is not None
    assert {"/", "Shift+PgUp", "Shift+PgDown", "U", "K"} <= {key.keys for key in page.keys_now()}
    for _ in range(2):
        page.bar.turn(Way.AFTER)
        _wait(settle)
    assert page.bar._place.text() == "21 to 30 of 31"
    page.bar.to_search()
    QTest.keyClicks(page.bar.search, "26-00001")
    qtbot.waitUntil(lambda: page.bar.search.is_open)
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    _wait(settle)
    current = page.table.current()
    assert current is not None
    assert (current.claim_number, current.state) == ("26-00001", AnswerState.MATCHED)
    assert page.bar._place.text() == "31 to 31 of 31"
    page.turn_match()
    _wait(settle)
    assert page.head.why_not.text() == "Not balanced: $1,591.56 in 31 payments has no claim."


def test_a_held_remittance_is_checked_again_by_its_key(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim = sent(file_office)
    page = shown(RemittancesPage)
    for cents in (3844, 4000):
        page.take_in(_file(tmp_path, written(answer(file_office, claim, [(CONTRACT, cents)]))))
        _wait(settle)
    assert page.head.check_button.isVisible()
    assert not page.head.post_button.isEnabled()
    page.check_again()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, ReasonDialog))
    dialog.reason.set_value("Second file of the check")
    dialog._go()
    _wait(settle)
    assert page.banner.text == ""
    assert page.head.why_not.text() == ""
    assert not page.head.check_button.isVisible()


def test_what_is_said_of_the_whole_claim_stands_below_the_codes(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim = sent(file_office)
    told = msgspec.structs.replace(
        answer(file_office, claim, [(CONTRACT, 3844)]), remarks=("MA18",), amounts=(("F5", 2500), ("I", 120))
    )
    page = shown(RemittancesPage)
    page.take_in(_file(tmp_path, written(told)))
    for _ in range(6):
        settle()
    words = [label.text() for label in page.panel.findChildren(Label)]
    assert "Paid by the patient, as the payer has it. $0.00 is recorded here for the visit." in words
    assert "25.00" in words
    assert any(each.startswith("Remark: ") for each in words)
