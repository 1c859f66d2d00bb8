"""Lines below the contract, worked from their page."""

from collections.abc import Callable
from datetime import date

from PySide6.QtTest import QAbstractItemModelTester

from frontdesk.models.billing.claims import Claim
from frontdesk.services.billing import fees, remittances
from frontdesk.ui.billing.claim_appeals import AppealDialog
from frontdesk.ui.billing.frame import ReasonDialog
from frontdesk.ui.billing.underpaid_page import ToleranceDialog, UnderpaidPage
from tests.builders.billing import at_work
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, answer, received
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[UnderpaidPage]], UnderpaidPage]


def waited(settle: Settle) -> None:
    for _ in range(6):
        settle()


def reason(page: UnderpaidPage) -> ReasonDialog:
    found = [each for each in page.window().findChildren(ReasonDialog) if each.isVisible()]
    return found[-1]


def below_contract(office: Office, first: str, member: str, write_down: int) -> None:
    claim = sent(office, insured(office, first, "Castillo", member))
    since = date(2026, 1, 1)
    if "listed" not in office.made:
        with at_work(office) as work:
            payer_id = work.get(Claim, claim).payer_id
        office.made["listed"] = office.do(
            fees.add_schedule, name="BCBS 2026", effective_on=since, payer_id=payer_id, is_contract=True
        )
        office.do(
            fees.set_fee,
            fee_schedule_id=office.made["listed"],
            code="99213",
            amount_cents=10000,
            effective_on=since,
        )
    remittance = received(office, answer(office, claim, [(CONTRACT, write_down)]), trace=member)
    office.do(remittances.post, remittance_id=remittance)


def test_one_line_is_let_go_another_appealed(shown: Show, file_office: Office, settle: Settle) -> None:
    below_contract(file_office, "Raymond", "XQP884120557", 3844)
    below_contract(file_office, "Ana", "XQP884120558", 5000)
    page = shown(UnderpaidPage)
    waited(settle)
    assert [(row.lines, row.short_cents) for row in page.payer_model.rows()] == [(2, 2844)]
    assert [row.short_cents for row in page.line_model.rows()] == [2000, 844]
    assert "BCBS 2026 allows $100.00 (99213)." in page.says.text()
    QAbstractItemModelTester(page.lines.model())
    page.appeal()
    (dialog,) = page.window().findChildren(AppealDialog)
    assert dialog.ground.value().endswith("the contract allows $100.00, $80.00 was allowed.")
    dialog.go()
    waited(settle)
    page.lines.choose(page.line_model.rows()[0].line_id)
    page.accept()
    reason(page)._go()
    waited(settle)
    assert reason(page).isVisible()
    reason(page).reason.set_value("Not worth the letter")
    reason(page)._go()
    waited(settle)
    assert page.payer_model.rows()[0].short_cents == 0
    assert {(row.is_appealed, row.because) for row in page.line_model.rows()} == {
        (True, ""),
        (False, "Not worth the letter"),
    }
    page.set_tolerance()
    rule = page.window().findChild(ToleranceDialog)
    assert isinstance(rule, ToleranceDialog)
    rule.amount.set_value(2000)
    rule.go()
    waited(settle)
    assert page._nothing.isVisible()
