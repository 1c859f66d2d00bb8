"""Appeals from the claims page: the time left, the ground, the letter."""

from collections.abc import Callable
from dataclasses import replace

from frontdesk.services.billing import claim_detail, remittances
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.registration import payers
from frontdesk.ui.billing.claim_appeals import AppealDialog
from frontdesk.ui.billing.claims_page import ClaimsPage
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.paper_dialog import PaperDialog
from tests.builders.claims import sent
from tests.builders.payer import answer, received
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[ClaimsPage]], ClaimsPage]


def waited(settle: Settle) -> None:
    for _ in range(6):
        settle()


def denied(office: Office, days: int) -> int:
    claim = sent(office)
    told = answer(office, claim, [(("CO", "50"), 13000)], status="4")
    office.do(remittances.post, remittance_id=received(office, told))
    (payer,) = office.ask(payers.payer_list)
    office.do(payers.change_payer, payer_id=payer.id, draft=replace(payer.draft, appeal_days=days))
    return claim


def dialog_of(page: ClaimsPage) -> AppealDialog:
    page.verbs.appeal.click()
    (dialog,) = page.window().findChildren(AppealDialog)
    return dialog


def test_a_denial_is_appealed_with_its_letter_before_its_time_ends(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    claim = denied(file_office, 10)
    page = shown(ClaimsPage)
    assert page.deadlines.appealing.text == (
        "1 denied claim can be appealed for two weeks at most, 26-00001 until 03/26/2026."
    )
    page.deadlines.appealing.acted.emit()
    waited(settle)
    assert "03/26/2026, 9 days" in {label.text() for label in page.panel.findChildren(Label)}
    dialog = dialog_of(page)
    waited(settle)
    assert dialog.banner.text == "The payer takes an appeal until 03/26/2026, 9 days left."
    dialog.letter_button.click()
    waited(settle)
    assert dialog.form.row("reason").error == "Say what the appeal rests on."
    dialog.ground.set_value("The records show it.")
    dialog.letter_button.click()
    waited(settle)
    (paper,) = dialog.findChildren(PaperDialog)
    assert paper.print_button.isEnabled()
    paper.reject()
    dialog.go()
    waited(settle)
    assert file_office.ask(claim_detail.detail, claim_id=claim).row.state is ClaimState.APPEALED
    assert page.deadlines.appealing.text == ""
    page.strip.set_value("sent")
    page.strip.chosen.emit("sent")
    waited(settle)
    assert page.verbs.letter.isVisible()
    page.verbs.letter.click()
    waited(settle)
    assert page.window().findChildren(PaperDialog)[-1].print_button.isEnabled()


def test_past_its_time_the_dialog_says_so(shown: Show, file_office: Office, settle: Settle) -> None:
    denied(file_office, 10)
    file_office.clock.advance(days=12)
    page = shown(ClaimsPage)
    dialog = dialog_of(page)
    waited(settle)
    assert dialog.banner.text == "The time to appeal ended on 03/26/2026. Say why it is late."
