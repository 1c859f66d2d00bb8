"""An insurer's answer that came by mail, with a check: typed in by the keys, balanced, posted."""

from frontdesk.kernel.money import ledger
from frontdesk.services.billing import claim_detail, claim_views, paper_answers
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.ui.billing.paper_answer_page import PaperAnswerPage
from frontdesk.ui.billing.remittances_page import RemittancesPage
from frontdesk.ui.kit.tabs import SubTabs
from tests.e2e.tour import Tour

_PAID_PERCENT, _COPAY_CENTS = 60, 2000


def is_typed_in(tour: Tour) -> str:
    """The check, one claim across as the paper has it; the rest is the contract's by one key."""
    hands = tour.driver
    claim, payer = _out_with_a_payer(tour)
    hands.click_button("Remittances", hands.one(SubTabs))
    hands.press("Ctrl+Shift+N")
    page = hands.page
    assert isinstance(page, PaperAnswerPage)
    paid = claim.charge_cents * _PAID_PERCENT // 100
    hands.choose("Payer", payer, page)
    hands.enter(
        {
            "Number": "0044719",
            "Date on it": f"{hands.desk.today:%m/%d/%Y}",
            "Amount": ledger(paid),
            "Deposited": f"{hands.desk.today:%m/%d/%Y}",
        },
        page,
    )
    hands.press("Ctrl+N")
    hands.write(claim.number)
    hands.press("Return")
    hands.write("2026077710")
    hands.press("Return")
    places = len(page.entry.lines.lines())
    for place in range(places):
        cents = paid // places + (paid % places if not place else 0)
        hands.press("Return")
        hands.write(ledger(cents))
        if not place:
            hands.press("P")
            hands.write(ledger(_COPAY_CENTS))
        hands.press("=")
    hands.expect("Balanced", page)
    tour.look("an insurer's answer on paper")
    return f"{payer} paid {ledger(paid)} on claim {claim.number}"


def is_posted(tour: Tour) -> str:
    """Entered, it is a remittance like one from a file, and posted with the same key."""
    hands = tour.driver
    hands.press("Ctrl+Return")
    hands.expect("Entered the paper")
    page = hands.page
    assert isinstance(page, RemittancesPage)
    hands.expect("Typed in", page)
    tour.look("the paper as a remittance")
    hands.press("Ctrl+Return")
    hands.expect("Posted EOB-")
    return hands.workplace.status.said


def _out_with_a_payer(tour: Tour) -> tuple[claim_views.ClaimRow, str]:
    """A claim that lies with its payer, and the payer's name."""
    desk = tour.driver.desk
    claim = desk.database.ask(
        desk.actor, claim_views.worklist, states=(ClaimState.SENT, ClaimState.ACCEPTED)
    )[0]
    choices = desk.database.ask(desk.actor, paper_answers.payers)
    detail = desk.database.ask(desk.actor, claim_detail.detail, claim_id=claim.id)
    names = [each.name for each in choices if detail.row.payer.startswith(each.name)]
    return claim, max(names, key=len)
