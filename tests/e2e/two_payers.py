"""A visit billed to Medicare and then to a Medigap plan; a denial worked; money taken back and kept back."""

from datetime import datetime, timedelta

from msgspec.structs import replace
from PySide6.QtWidgets import QScrollArea

from frontdesk.demo.catalog import PLANS, PRACTICE
from frontdesk.demo.covering import SUPPLEMENTED
from frontdesk.demo.office import allowed_cents
from frontdesk.formats.x12.professional_claim import Claim, Line
from frontdesk.formats.x12.remittance import PaidClaim, ProviderAdjustment
from frontdesk.kernel.money import dollars
from frontdesk.services.billing import balances, claim_views
from frontdesk.services.billing.claim_views import ClaimRow, ClaimState
from frontdesk.ui.billing.claims_page import ClaimsPage
from frontdesk.ui.billing.explain import ExplainedBalance
from frontdesk.ui.billing.payer_accounts_page import PayerAccountsPage
from frontdesk.ui.billing.remittances_page import RemittancesPage
from frontdesk.ui.kit.tabs import SubTabs
from tests.builders.payer import CONTRACT, Reasons, mirrored
from tests.e2e import paying
from tests.e2e.claiming import send_ready
from tests.e2e.tour import Tour

_MEDICARE, _MEDIGAP = (plan for plan in PLANS if plan.payer.name in ("Medicare", "Medigap"))
_LAST = SUPPLEMENTED.split()[-1]
_COINSURANCE, _DEDUCTIBLE, _BEFORE, _WANTING = ("PR", "2"), ("PR", "1"), ("OA", "23"), ("CO", "16")
_LEFT_CENTS = 525
"""What the second payer leaves to the patient."""


def the_first_is_asked(tour: Tour) -> str:
    """The claim names the second insurance, so that both payers know of each other."""
    hands, page = tour.driver, _claims(tour)
    hands.choose("Payer", "Medicare", page)
    _counter(tour, "Needs fix")
    hands.click_row(_LAST, page.table)
    hands.expect("points to no diagnosis", page.panel)
    hands.press("Ctrl+Return")
    hands.expect("Fixed and queued")
    _counter(tour, "Ready")
    hands.click_row(_LAST, page.table)
    tour.look("ready for the first of two payers")
    file = send_ready(tour, page)
    sent = paying.claims_in(file.read_bytes())
    tour.remembers["to Medicare"] = sent
    claim = _his(sent)
    (other,) = claim.other_payers
    assert (claim.policy.rank, other.policy.rank, other.paid_cents) == ("P", "S", None)
    return f"{file.name}: {claim.policy.payer_name} first, {other.policy.payer_name} second"


def the_first_pays(tour: Tour) -> str:
    """Medicare pays its part of each claim, leaves a fifth of it, and denies one for a missing detail."""
    hands = tour.driver
    claims = _to_medicare(tour)
    others = [claim for claim in claims if claim.number != _his(claims).number]
    # The dearest is paid later, the cheapest taken back: so that check is not below zero.
    reviewed, *_, denied = sorted(others, key=lambda claim: claim.charge_cents)
    tour.remembers["denied"] = denied
    answers = [
        paying.decided(claim, _medicare) if claim is not denied else _denied(claim) for claim in claims
    ]
    tour.remembers["to be taken back"] = (
        reviewed,
        next(a for a in answers if a.claim_number == reviewed.number),
    )
    page = _import(tour, "medicare.835", paying.remittance(_MEDICARE, answers, _at(tour), "0244100871"))
    hands.click_row(_LAST.upper(), page.table)
    tour.look("what Medicare leaves goes to the second payer")
    hands.press("Ctrl+Return")
    hands.expect("Posted ")
    his = _claims_of(tour, _LAST)
    assert [row.state for row in his if row.payer.startswith("Medigap")] == [ClaimState.READY]
    return f"{hands.workplace.status.said}; {his[-1].number} asks the second payer"


def the_second_is_asked(tour: Tour) -> str:
    """Its file says what the first paid and why not more, line by line: it is read back here."""
    hands, page = tour.driver, _claims(tour)
    hands.choose("Payer", "Medigap", page)
    _counter(tour, "Ready")
    hands.click_row(_LAST, page.table)
    tour.look("the claim to the second payer")
    file = send_ready(tour, page)
    (claim,) = paying.claims_in(file.read_bytes())
    tour.remembers["to Medigap"] = claim
    (before,) = claim.other_payers
    reasons = [reason for line in claim.lines for prior in line.prior for reason in prior.adjustments]
    assert (claim.policy.rank, before.policy.rank) == ("S", "P")
    assert before.paid_cents == sum(line.prior[0].paid_cents for line in claim.lines)
    assert {reason.code for reason in reasons} == {"CO-45", "PR-2"}
    said = ", ".join(f"{reason.code} {dollars(reason.amount_cents)}" for reason in reasons)
    return f"{file.name}: Medicare paid {dollars(before.paid_cents or 0)}, {said}"


def the_second_pays(tour: Tour) -> str:
    """It takes over what Medicare left but for its own deductible; that is what the patient owes."""
    hands = tour.driver
    claim = tour.remembers["to Medigap"]
    assert isinstance(claim, Claim)
    answer = paying.decided(claim, _medigap, status="2")
    page = _import(tour, "medigap.835", paying.remittance(_MEDIGAP, [answer], _at(tour), "0071064120"))
    hands.click_row(_LAST.upper(), page.table)
    hands.press("Ctrl+Return")
    hands.expect("Posted ")
    return hands.workplace.status.said


def the_rest_is_explained(tour: Tour) -> str:
    """Why he owes what he owes: both payers stand in it."""
    hands, page = tour.driver, _claims(tour)
    row = _claims_of(tour, _LAST)[-1]
    hands.choose("Payer", "Medigap", page)
    _counter(tour, "Paid")
    hands.click_row(_LAST, page.table)
    hands.click_button("Why the patient's balance?", page.panel)
    for words in ("Medicare paid", "Medicare's contract", "Medigap paid", "Medigap left $5.25"):
        hands.expect(words, hands.dialog)
    owed = hands.desk.database.ask(hands.desk.actor, balances.of_patient, patient_id=row.patient_id)
    _to_the_end(tour)
    tour.look("two payers, and what is left")
    hands.press("Esc")
    return f"he owes {dollars(owed.patient_cents)}"


def the_denial_is_worked(tour: Tour) -> str:
    """Why it was denied, a correction with the payer's own number, and out again."""
    hands, page = tour.driver, _claims(tour)
    denied = tour.remembers["denied"]
    assert isinstance(denied, Claim)
    hands.choose("Payer", "Medicare", page)
    _counter(tour, "Denied")
    hands.click_row(_name(denied), page.table)
    hands.expect("CO-16", page.panel)
    tour.look("why it was denied")
    hands.click_button("Correct…", page.panel)
    hands.enter({"Why": "The rendering provider's number was missing"}, hands.dialog)
    hands.press("Return")
    _counter(tour, "Ready")
    tour.look("the correction is ready")
    file = send_ready(tour, page)
    (again,) = (claim for claim in paying.claims_in(file.read_bytes()) if claim.frequency == "7")
    assert again.payer_control_number == f"M26{denied.number[3:]}", "the payer cannot tell what is replaced"
    tour.remembers["corrected"] = again
    return f"{again.number}, frequency 7, replaces {again.payer_control_number}"


def money_is_taken_back(tour: Tour) -> str:
    """One check: the correction paid, a payment reversed and decided anew, money withheld, interest."""
    hands = tour.driver
    again, (reviewed, first) = tour.remembers["corrected"], _to_be_taken_back(tour)
    assert isinstance(again, Claim)
    answers = [paying.decided(again, _medicare), mirrored(first), paying.decided(reviewed, _deductible)]
    year = _at(tour).date().replace(month=12, day=31)
    plb = [
        ProviderAdjustment(PRACTICE.npi, year, "WO", "M2500417", 1835),
        ProviderAdjustment(PRACTICE.npi, year, "L6", again.number, -127),
    ]
    page = _import(
        tour, "taken-back.835", paying.remittance(_MEDICARE, answers, _at(tour), "0244100902", plb)
    )
    who = first.patient.last
    hands.click_row(who, page.table)
    tour.look("taken back, decided anew, withheld")
    hands.press("Ctrl+Return")
    hands.expect("Posted ")
    return hands.workplace.status.said


def the_taking_back_is_explained(tour: Tour) -> str:
    """In the patient's ledger, and on the payer's own account."""
    hands, page = tour.driver, _claims(tour)
    reviewed, _ = _to_be_taken_back(tour)
    hands.choose("Payer", "Medicare", page)
    _counter(tour, "Paid")
    hands.click_row(_name(reviewed), page.table)
    hands.click_button("Why the patient's balance?", page.panel)
    hands.expect("Medicare took its decision on", hands.dialog)
    _to_the_end(tour)
    tour.look("why it is owed now")
    hands.press("Esc")
    return reviewed.number


def the_payers_own_account(tour: Tour) -> str:
    """What was withheld stands on the payer's account until it is known which claim it is for."""
    hands = tour.driver
    hands.workplace.go("payer_accounts", None)
    hands.settle()
    page = hands.page
    assert isinstance(page, PayerAccountsPage)
    hands.click_row("Medicare", page)
    hands.expect("M2500417", page)
    return "18.35 withheld"


# -- the payers -----------------------------------------------------------------


def _medicare(line: Line, place: int) -> Reasons:
    allowed = allowed_cents(line.charge_cents, _MEDICARE.allows_percent)
    return ((CONTRACT, line.charge_cents - allowed), (_COINSURANCE, allowed // 5))


def _deductible(line: Line, place: int) -> Reasons:
    allowed = allowed_cents(line.charge_cents, _MEDICARE.allows_percent)
    return ((CONTRACT, line.charge_cents - allowed), (_DEDUCTIBLE, allowed))


def _medigap(line: Line, place: int) -> Reasons:
    left = sum(reason.amount_cents for reason in line.prior[0].adjustments if reason.group == "PR")
    own = _LEFT_CENTS if place == 1 else 0
    return ((_BEFORE, line.charge_cents - left), *(((_DEDUCTIBLE, own),) if own else ()))


def _denied(claim: Claim) -> PaidClaim:
    said = paying.decided(claim, lambda line, place: ((_WANTING, line.charge_cents),), status="4")
    return replace(said, lines=tuple(replace(line, remarks=("N290",)) for line in said.lines))


# -- hands and eyes -----------------------------------------------------------------


def _import(tour: Tour, name: str, content: bytes) -> RemittancesPage:
    """The payer's file is there a while later, and taken in by Ctrl+N."""
    hands = tour.driver
    file = tour.out / name
    file.write_bytes(content)
    hands.click_button("Remittances", hands.one(SubTabs))
    page = hands.page
    assert isinstance(page, RemittancesPage)
    hands.answer_file_question(file, lambda: hands.press("Ctrl+N"))
    hands.expect("Imported 1 remittance")
    return page


def _to_the_end(tour: Tour) -> None:
    """What came last, in a dialog longer than it can show."""
    explained = tour.driver.one(ExplainedBalance, tour.driver.dialog)
    areas = tour.driver.dialog.findChildren(QScrollArea)
    (area,) = (each for each in areas if each.widget() is explained.parent())
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def _name(claim: Claim) -> str:
    """As the list has it: the last name first, in the case of names."""
    return f"{claim.policy.subscriber.last.title()}, "


def _at(tour: Tour) -> datetime:
    tour.pass_time(minutes=7)
    return tour.driver.desk.local_now - timedelta(minutes=5)


def _counter(tour: Tour, words: str) -> None:
    hands, page = tour.driver, tour.driver.page
    assert isinstance(page, ClaimsPage)
    found = (button for button in hands.buttons(page.strip) if words in button.accessibleName())
    hands.click(next(found))


def _claims(tour: Tour) -> ClaimsPage:
    hands = tour.driver
    if not isinstance(hands.page, ClaimsPage):
        hands.workplace.go("claims", None)
        hands.settle()
    assert isinstance(hands.page, ClaimsPage)
    return hands.page


def _claims_of(tour: Tour, last: str) -> list[ClaimRow]:
    desk = tour.driver.desk
    states = tuple(ClaimState)
    rows = desk.database.ask(desk.actor, claim_views.worklist, states=states, limit=5000)
    return sorted((row for row in rows if row.patient.startswith(last)), key=lambda row: row.id)


def _his(claims: list[Claim]) -> Claim:
    return next(claim for claim in claims if claim.policy.subscriber.last.upper() == _LAST.upper())


def _to_medicare(tour: Tour) -> list[Claim]:
    found = tour.remembers["to Medicare"]
    assert isinstance(found, list)
    return found


def _to_be_taken_back(tour: Tour) -> tuple[Claim, PaidClaim]:
    found = tour.remembers["to be taken back"]
    assert isinstance(found, tuple)
    return found
