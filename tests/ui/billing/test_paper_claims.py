"""Claims on paper: named apart, printed, marked as mailed; the set-up of payers and printer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QSettings, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from frontdesk.models.registration.coverage import Relationship
from frontdesk.services.billing import batches, claim_detail, paper_payers, remittances
from frontdesk.services.billing.batches import BatchState, Channel
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.paper_payers import PaperForm, PaperRule
from frontdesk.services.registration import coverages
from frontdesk.services.registration.drafts import CoverageDraft
from frontdesk.ui.billing.claim_paper import BatchesDialog
from frontdesk.ui.billing.claims_page import ClaimsPage
from frontdesk.ui.billing.paper_part import PaperPart, PaperRuleDialog
from frontdesk.ui.billing.printer_offset import PrinterDialog, PrinterOffset
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.pdf_view import PdfView
from tests.builders.claims import insured, ready, sent
from tests.builders.paper_claims import paper_payer
from tests.builders.payer import answer, received
from tests.builders.registration import card
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[ClaimsPage]], ClaimsPage]


@pytest.fixture
def on_paper(file_office: Office) -> int:
    """A ready claim whose payer takes paper."""
    plan_id = paper_payer(file_office)
    return ready(file_office, insured(file_office, "Ida", "Marsh", "TID884120", plan_id=plan_id))


def _state(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def _settle(settle: Settle) -> None:
    for _ in range(5):
        settle()


def _list(page: ClaimsPage, name: str, settle: Settle) -> None:
    page.strip.set_value(name)
    page.strip.chosen.emit(name)
    _settle(settle)


def test_claims_on_paper_are_named_apart_from_those_in_files(
    shown: Show, file_office: Office, on_paper: int, settle: Settle
) -> None:
    ready(file_office)
    page = shown(ClaimsPage)
    assert page.send_button.text() == "Send 1 ready"
    assert page.paper.banner.text == "1 claim goes on paper, $130.00."
    assert not page.paper.banner.isHidden()


def test_they_are_printed_and_marked_as_mailed(
    shown: Show, file_office: Office, on_paper: int, settle: Settle
) -> None:
    page = shown(ClaimsPage)
    assert not page.send_button.isEnabled()
    page.paper.banner.acted.emit()
    _settle(settle)
    dialog = page.paper.dialog
    assert isinstance(dialog, BatchesDialog)
    assert dialog.enclosed.text() == "Nothing belongs into the envelope but the forms."
    assert _state(file_office, on_paper) is ClaimState.BATCHED
    dialog.print_button.click()
    _settle(settle)
    paper = page.findChild(PaperDialog)
    assert paper is not None
    assert paper.view.document.pageCount() == 1
    assert paper.print_button.isEnabled()
    assert dialog.isHidden()
    paper.reject()
    assert not dialog.isHidden()
    dialog.mailed_button.click()
    _settle(settle)
    assert _state(file_office, on_paper) is ClaimState.SENT
    (batch,) = file_office.ask(batches.batches, channel=Channel.PAPER)
    assert batch.state is BatchState.SENT
    QAbstractItemModelTester(dialog.table.model())
    dialog.reject()
    _settle(settle)
    assert page.paper.banner.isHidden()


def test_the_first_payers_decision_is_printed_for_the_envelope(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    plan_id = paper_payer(file_office)
    patient_id = insured(file_office)
    file_office.do(
        coverages.add,
        patient_id=patient_id,
        policy=card(file_office, patient_id, "TID99", plan_id=plan_id),
        coverage=CoverageDraft(2, Relationship.SELF),
    )
    first = sent(file_office, patient_id)
    payment = received(file_office, answer(file_office, first, [(("PR", "1"), 3000)]))
    file_office.do(remittances.post, remittance_id=payment)
    page = shown(ClaimsPage)
    page.paper.print_ready()
    _settle(settle)
    dialog = page.paper.dialog
    assert dialog is not None
    assert dialog.enclosed.text().startswith("Enclose: with 26-00002 the explanation of BCBS, ")
    assert not dialog.enclosed_button.isHidden()
    dialog.enclosed_button.click()
    _settle(settle)
    paper = page.findChild(PaperDialog)
    assert paper is not None
    assert paper.view.document.pageCount() == 1
    paper.reject()
    dialog.reject()


def test_a_batch_that_is_not_mailed_is_named_and_taken_apart(
    shown: Show, file_office: Office, on_paper: int, settle: Settle
) -> None:
    page = shown(ClaimsPage)
    page.paper.print_ready()
    _settle(settle)
    dialog = page.paper.dialog
    assert dialog is not None
    dialog.reject()
    _settle(settle)
    assert page.paper.banner.text == "1 batch on paper is not marked as mailed."
    page.paper.banner.acted.emit()
    _settle(settle)
    dialog = page.paper.dialog
    assert dialog is not None
    dialog.apart_button.click()
    _settle(settle)
    assert _state(file_office, on_paper) is ClaimState.READY
    dialog.reject()


def test_p_prints_one_ready_claim_and_shows_it_again(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    claim = ready(file_office)
    page = shown(ClaimsPage)
    _list(page, "ready", settle)
    page.print_claim()
    _settle(settle)
    assert _state(file_office, claim) is ClaimState.BATCHED
    dialog = page.paper.dialog
    assert dialog is not None
    dialog.mailed_button.click()
    _settle(settle)
    dialog.reject()
    _list(page, "sent", settle)
    assert not page.panel.print_button.isHidden()
    page.panel.print_button.click()
    _settle(settle)
    paper = page.findChild(PaperDialog)
    assert paper is not None
    assert paper.view.document.pageCount() == 1
    paper.reject()


def test_a_payer_is_set_to_paper_and_back(file_office: Office, desk: Desk, settle: Settle) -> None:
    ready(file_office)
    part = PaperPart(desk)
    part.resize(1200, 700)
    part.show()
    _settle(settle)
    part.edit()
    dialog = part.findChild(PaperRuleDialog)
    assert dialog is not None
    assert not dialog.right.isEnabled()
    dialog.way.set_value(PaperForm.PLAIN.value)
    dialog.way.chosen.emit(PaperForm.PLAIN.value)
    dialog.right.set_value(12)
    dialog.go()
    _settle(settle)
    (row,) = file_office.ask(paper_payers.paper_list)
    assert row.rule == PaperRule(PaperForm.PLAIN, 12, 0)
    assert part.model.rows()[0].rule == row.rule
    QAbstractItemModelTester(part.model)
    part.hide()


def test_the_printers_offset_is_kept_at_the_computer(
    desk: Desk, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    part = PaperPart(desk)
    part.offset = PrinterOffset(QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat))
    part.show()
    part.set_printer()
    dialog = part.findChild(PrinterDialog)
    assert dialog is not None
    dialog.right.set_value(10)
    dialog.down.set_value(-5)
    QTest.keyClick(dialog.down, Qt.Key.Key_Return)
    assert (part.offset.right, part.offset.down) == (10, -5)
    assert part.offset.said() == "10 right, -5 down"
    part.print_test_page()
    _settle(settle)
    page = part.findChild(PaperDialog)
    assert page is not None
    assert page.view.document.pageCount() == 1
    page.reject()
    part.hide()


def test_a_form_is_printed_in_its_actual_size(desk: Desk, qtbot: QtBot) -> None:
    """Fitted to what a printer reaches, a page would shrink, and the letters miss the form's boxes."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setPageMargins(QMarginsF(0.5, 0.5, 0.5, 0.5), QPageLayout.Unit.Inch)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    letter = QSizeF(612, 792)
    wide = []
    for actual_size in (True, False):
        view = PdfView(says="Form", actual_size=actual_size)
        qtbot.addWidget(view)
        wide.append(view._printed_size(printer, letter).width() / printer.resolution())
    assert wide == pytest.approx([8.5, 7.5], abs=0.3)
    assert wide[0] == pytest.approx(8.5)
