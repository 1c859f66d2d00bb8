"""A claim that the payer has is taken back; its number there is entered where it is missing."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from frontdesk.services.billing import claim_detail, claim_views
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.ui.billing.claim_correction import CorrectionDialog, PayerNumberDialog
from frontdesk.ui.billing.claims_page import ClaimsPage
from tests.builders.claims import sent
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[ClaimsPage]], ClaimsPage]


def test_a_claim_is_taken_back_from_the_payer_by_keys(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    first = sent(file_office)
    page = shown(ClaimsPage)
    page.strip.set_value("sent")
    page.reload()
    settle()
    assert page.verbs.correct.isVisible()
    page.verbs.correct.click()
    settle()
    dialog = page.window().findChild(CorrectionDialog)
    assert dialog is not None
    dialog.go()
    settle()
    assert dialog.form.row("reason").error == "Say why the claim is corrected."
    segment = dialog.frequency.findChildren(QAbstractButton)[1]
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton)
    QTest.keyClicks(dialog.reason, "Billed for another patient")
    dialog.go()
    settle()
    settle()
    told = file_office.ask(claim_detail.detail, claim_id=first)
    assert told.row.state is ClaimState.CORRECTED
    page.strip.set_value("fix")
    page.reload()
    settle()
    assert [button.text() for button in page.panel.fix_buttons] == ["Enter it…"]
    page.panel.fix_buttons[0].click()
    asked = page.window().findChild(PayerNumberDialog)
    assert asked is not None
    QTest.keyClicks(asked.number, "20260812")
    asked.go()
    settle()
    settle()
    (claim,) = file_office.ask(claim_views.worklist, states=(ClaimState.READY,))
    detail = file_office.ask(claim_detail.detail, claim_id=claim.id)
    assert (detail.payer_control_number, detail.replaces) == ("20260812", "26-00001")
