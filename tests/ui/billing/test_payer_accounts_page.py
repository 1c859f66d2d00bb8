"""A payer's account, shown and settled."""

from collections.abc import Callable
from datetime import date

from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from frontdesk.formats.x12.remittance import ProviderAdjustment
from frontdesk.services.billing import payer_accounts, remittances
from frontdesk.ui.billing.claim_choice import ClaimDialog
from frontdesk.ui.billing.frame import ReasonDialog
from frontdesk.ui.billing.payer_accounts_page import PayerAccountsPage
from tests.builders.claims import sent
from tests.builders.payer import CONTRACT, answer, received
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[PayerAccountsPage]], PayerAccountsPage]


def opened(kind: type[ClaimDialog] | type[ReasonDialog]) -> ClaimDialog | ReasonDialog:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind))


def taken(office: Office) -> int:
    """A claim that was paid, with two amounts apart from it; its id."""
    claim = sent(office)
    some = tuple(
        ProviderAdjustment("1234567893", date(2026, 12, 31), reason, number, cents)
        for reason, number, cents in (("WO", "3102", 1835), ("IR", "2026", 500))
    )
    office.do(
        remittances.post, remittance_id=received(office, answer(office, claim, [(CONTRACT, 3844)]), plb=some)
    )
    return claim


def test_a_take_back_is_put_on_its_claim(shown: Show, file_office: Office, settle: Settle) -> None:
    claim = taken(file_office)
    page = shown(PayerAccountsPage)
    QAbstractItemModelTester(page.items.model())
    assert page.item_model.rowCount() == 2
    item = next(
        each
        for each in file_office.ask(payer_accounts.items, payer_id=file_office_payer(file_office))
        if "WO" in each.text
    )
    page.items.choose(item.posting_id)
    settle()
    assert page.says.text() == "The payer kept $18.35 for which no claim gives a reason yet."
    page.put_on_claim()
    dialog = opened(ClaimDialog)
    assert isinstance(dialog, ClaimDialog)
    dialog._find("26-00001")
    for _ in range(3):
        settle()
    dialog._pick(claim)
    dialog.reason.set_value("Letter of 03/10")
    dialog._go()
    for _ in range(4):
        settle()
    (account,) = file_office.ask(payer_accounts.accounts)
    assert (account.balance_cents, account.open_items) == (500, 1)


def test_a_fee_is_settled_without_a_claim(shown: Show, file_office: Office, settle: Settle) -> None:
    taken(file_office)
    page = shown(PayerAccountsPage)
    item = file_office.ask(payer_accounts.items, payer_id=file_office_payer(file_office))[0]
    page.items.choose(item.posting_id)
    settle()
    page.write_off()
    dialog = opened(ReasonDialog)
    dialog.reason.set_value("Backup withholding")
    dialog._go()
    for _ in range(4):
        settle()
    (account,) = file_office.ask(payer_accounts.accounts)
    assert account.open_items == 1


def test_without_any_the_page_says_what_it_is_for(shown: Show, settle: Settle) -> None:
    page = shown(PayerAccountsPage)
    assert page._nothing.isVisible()
    went: list[str] = []
    page.go.connect(lambda name, _: went.append(name))
    page.back()
    assert went == ["remittances"]


def file_office_payer(office: Office) -> int:
    (account,) = office.ask(payer_accounts.accounts)
    return account.payer_id
