"""An 835 imported, balanced, matched by one key and posted."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from frontdesk.services.billing import balances, claim_detail, remittance_views
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.remittance_views import AnswerState, RemittanceState, Treatment
from frontdesk.ui.billing.claim_choice import ClaimDialog
from frontdesk.ui.billing.frame import ReasonDialog
from frontdesk.ui.billing.remittances_page import RemittancesPage
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.paper_dialog import PaperDialog
from tests.builders.claims import sent
from tests.builders.payer import CONTRACT, COPAY, answer, written
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
    assert page._place.text() == "Posted 1 of 1"
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
    page.decide(Treatment.WRITE_OFF)
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, ReasonDialog))
    dialog.reason.set_value("In 90460")
    dialog._go()
    for _ in range(5):
        settle()
    current = page.table.current()
    assert current is not None
    assert (current.decided, current.contract_cents, current.open_cents) == (Treatment.WRITE_OFF, 4500, 0)
    page._decide(current, None)
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


def _wait(settle: Settle) -> None:
    for _ in range(5):
        settle()
