"""Claims found from their page, whatever state they are in; and files that nobody confirmed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import claim_detail, claims, remittances
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.ui.billing.claims_page import ClaimsPage
from tests.builders.answers import syntax
from tests.builders.claims import insured, ready, sent
from tests.builders.payer import answer, received
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[ClaimsPage]], ClaimsPage]


def test_a_claim_in_any_state_is_found_by_number_or_patient_and_worked_again(
    shown: Show, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    closed, _ = sent(file_office), ready(file_office, insured(file_office, "Minh", "Tran", "TRA100004"))
    told = answer(file_office, closed, [(("CO", "50"), 13000)], status="4")
    file_office.do(remittances.post, remittance_id=received(file_office, told))
    file_office.do(claims.close, claim_id=closed, reason="Not worth it")
    page = shown(ClaimsPage)
    assert closed not in {claim.id for claim in page.list.model.rows()}
    for typed in ("00001", "castillo"):
        page.search.take_keys()
        QTest.keyClicks(page.search, typed)
        qtbot.waitUntil(lambda: page.search.is_open)
        QTest.keyClick(page.search, Qt.Key.Key_Return)
        for _ in range(3):
            settle()
        assert page._claim is not None
        assert page._claim.row.id == closed
    page.verbs.reopen.click()
    for _ in range(3):
        settle()
    assert file_office.ask(claim_detail.detail, claim_id=closed).row.state is ClaimState.DENIED


def test_a_file_without_a_confirmation_is_named_and_opened(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    sent(file_office)
    sent(file_office, insured(file_office, "Minh", "Tran", "TRA100004"))
    syntax(file_office, "AK1*HC*2", "AK2*837*0001", "IK5*A", "AK9*A*1*1*1")
    file_office.clock.advance(days=3)
    page = shown(ClaimsPage)
    assert page.mail.silent_banner.text == (
        "File 1 to BCBS of 03/17 is not confirmed (1 claim). Ask whether it came."
    )
    page.mail.silent_banner.acted.emit()
    for _ in range(3):
        settle()
    assert page.files.dialog is not None
    chosen = page.files.dialog.table.current()
    assert chosen is not None
    assert chosen.number == 1
