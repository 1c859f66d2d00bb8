"""The evening: the balance explained, the statement, the drawer counted blind, the day sealed."""

from PySide6.QtWidgets import QApplication
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from frontdesk.kernel.money import dollars
from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.receipts import CashDrawer, Receipt, ReceiptTender, TenderKind
from frontdesk.services.billing.counting import DENOMINATIONS
from frontdesk.ui.billing.day_close_page import DayClosePage
from frontdesk.ui.billing.statements_page import StatementsPage
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.tabs import SubTabs
from tests.e2e.checking_in import shown_pdf
from tests.e2e.registering import NEW_PATIENT
from tests.e2e.tour import Tour

_OVER_CENTS = 2700
"""What lies in the drawer tonight and should not: the cash of the receipt that was voided."""


def explains_the_balance(tour: Tour) -> str:
    """Why she owes what she owes, a sentence for each act."""
    hands = tour.driver
    hands.click_button("Statements", hands.one(SubTabs))
    page = hands.page
    assert isinstance(page, StatementsPage)
    hands.click_row(NEW_PATIENT, page.table)
    hands.expect("The patient owes $16.32.", page.panel)
    return "she owes $16.32, the deductible of the second service"


def writes_a_statement(tour: Tour) -> str:
    """Ctrl+Enter freezes the statement, and shows its paper."""
    hands = tour.driver
    hands.press("Ctrl+Return")
    told = tour.keep_paper("statement.pdf", shown_pdf(tour))
    tour.look("the statement")
    hands.press("Esc")
    return told


def runs_the_statements(tour: Tour) -> str:
    """All that are due in one run: previewed, made, kept with its papers."""
    hands, page = tour.driver, tour.driver.page
    assert isinstance(page, StatementsPage)
    tour.look("who is asked, and who is left out")
    hands.press("Ctrl+Shift+Return")
    tour.look("asked before the statements are made")
    hands.click_button("Make ", hands.dialog)
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), PaperDialog), "the papers are not shown")
    told = tour.keep_paper("statements.pdf", shown_pdf(tour))
    tour.look("the statements of the run")
    hands.press("Esc")
    runs = (button for button in hands.buttons(page.strip) if "Runs" in button.accessibleName())
    hands.click(next(runs))
    hands.expect("03/17/2026", page.run_table)
    return told


def counts_the_drawer(tour: Tour) -> str:
    """Counted before what should be there is shown; a difference wants a reason."""
    hands = tour.driver
    tour.pass_time(minutes=240)
    hands.click_button("Day close", hands.one(SubTabs))
    page = hands.page
    assert isinstance(page, DayClosePage)
    taken = _taken(tour)
    left = taken["float"] + taken[TenderKind.CASH] + _OVER_CENTS
    for value in DENOMINATIONS:
        if pieces := left // value:
            hands.fill(page.count.pieces[value], str(pieces))
        left %= value
    checks, cards = taken[TenderKind.CHECK] / 100, taken[TenderKind.CARD] / 100
    hands.enter({"Checks, total": str(checks), "Card terminal batch, total": str(cards)}, page.count)
    hands.press("Ctrl+Return")
    hands.expect(f"{dollars(_OVER_CENTS)[1:]} over. What could explain it", page)
    hands.press("Ctrl+Return")
    said = hands.refusals(page.variance)
    assert said, "a drawer that is over was taken without a reason"
    return said[0]


def explains_the_difference(tour: Tour) -> str:
    """The day's entries are gone through; the receipt that was voided is the likeliest."""
    hands, page = tour.driver, tour.driver.page
    assert isinstance(page, DayClosePage)
    hands.click_row("was voided", page.variance)
    tour.look("what could explain that the drawer is over")
    hands.press("Return")
    hands.press("Ctrl+Return")
    hands.expect("was voided", page)
    return hands.workplace.status.said


def writes_the_deposit_slip(tour: Tour) -> str:
    """What goes to the bank, by pieces."""
    hands = tour.driver
    hands.click_button("Deposit slip")
    told = tour.keep_paper("deposit-slip.pdf", shown_pdf(tour))
    tour.look("the deposit slip")
    hands.press("Esc")
    return told


def seals_the_day(tour: Tour) -> str:
    """Nothing of today is changed any more."""
    hands = tour.driver
    hands.press("Ctrl+Return")
    tour.look("asked before the day is sealed")
    hands.click_button("Seal the day", hands.dialog)
    hands.expect("Sealed by")
    return hands.workplace.status.said


def _taken(tour: Tour) -> dict[str, int]:
    """What lies in the drawer: the hands count it, so they must know."""
    desk = tour.driver.desk
    with Session(desk.database.engines.read) as session:
        drawer = session.scalars(
            select(CashDrawer).where(CashDrawer.station_id == desk.database.station.id)
        ).one()
        sums = session.execute(
            select(ReceiptTender.kind, func.sum(ReceiptTender.amount_cents))
            .join(Receipt, Receipt.id == ReceiptTender.receipt_id)
            .where(
                Receipt.drawer_id == drawer.id,
                Receipt.received_on == desk.today,
                ~exists().where(Posting.receipt_id == Receipt.id, Posting.kind == PostingKind.RECEIPT_VOID),
            )
            .group_by(ReceiptTender.kind)
        )
        return {"float": drawer.float_cents, **dict.fromkeys(TenderKind, 0), **{k: int(n) for k, n in sums}}
