"""A whole posted remittance is voided: every cent goes back, and it can be posted again."""

from frontdesk.formats.x12.remittance import ProviderAdjustment
from frontdesk.models.billing.claims import ClaimState
from frontdesk.services.billing import (
    balances,
    claim_detail,
    explain,
    payer_accounts,
    payer_settling,
    remittance_views,
    remittance_voiding,
    remittances,
    roll_forward,
    taking_off,
)
from frontdesk.services.billing.remittance_views import RemittanceState
from frontdesk.services.registration import accounts
from tests.builders.billing import TODAY, paid
from tests.builders.claims import insured, sent
from tests.builders.payer import AT, CONTRACT, COPAY, answer, delivered, mirrored, received, written
from tests.builders.refunds import refunded
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.test_taking_off import claim, owed

BACK = ProviderAdjustment("1234567893", AT.date(), "WO", "3102", 1835)
INTEREST = ProviderAdjustment("1234567893", AT.date(), "L6", "", -200)


def two_posted(office: Office) -> tuple[int, int, int]:
    """Two claims that one remittance paid, less what the payer keeps back, with interest."""
    first, second = sent(office), sent(office, insured(office, "Ada", "Pool", "POO000001"))
    said = [answer(office, each, [(CONTRACT, 3844), (COPAY, 3000)]) for each in (first, second)]
    remittance = received(office, *said, plb=(BACK, INTEREST))
    office.do(remittances.post, remittance_id=remittance)
    return remittance, first, second


def void(office: Office, remittance_id: int, reason: str = "Wrong deposit") -> None:
    office.do(remittance_voiding.void, remittance_id=remittance_id, reason=reason)


def on_account(office: Office) -> int:
    return sum(each.balance_cents for each in office.ask(payer_accounts.accounts))


def test_all_goes_back_and_it_is_posted_again(office: Office) -> None:
    remittance, first, second = two_posted(office)
    posted = office.ask(balances.receivable)
    told = office.ask(remittance_voiding.outlook, remittance_id=remittance)
    assert (told.claims, told.payments_cents, told.written_off_cents, told.to_patients_cents) == (
        2,
        12312,
        7688,
        6000,
    )
    assert (told.on_account_cents, told.reinstated, told.taken_off, told.why_not) == (-1835, 0, 0, "")
    with refusal("Say why it is voided."):
        void(office, remittance, " ")
    void(office, remittance)
    for each in (first, second):
        assert (claim(office, each).state, owed(office, each)) == (ClaimState.ACCEPTED, (13000, 0))
    assert (office.ask(balances.receivable), on_account(office)) == (26000, 0)
    account = office.ask(accounts.account_of, patient_id=claim(office, first).patient_id)
    assert account is not None
    sentences = [each.text for each in office.ask(explain.account, account_id=account.id).sentences]
    assert sentences[-1] == (
        "On 03/17/2026 the office took off the decision of BCBS on Office visit, low (99213) of 03/17/2026:"
        " it was posted by mistake."
    )
    (row,) = office.ask(remittance_views.remittances_in)
    assert (row.id, row.state) == (remittance, RemittanceState.OPEN)
    with refusal("835-0317-01 is not posted. There is nothing to void."):
        void(office, remittance)
    office.do(remittances.post, remittance_id=remittance)
    assert (claim(office, first).state, owed(office, first)) == (ClaimState.PAID, (0, 3000))
    assert (office.ask(balances.receivable), on_account(office)) == (posted, 1835)
    void(office, remittance)
    assert (office.ask(balances.receivable), on_account(office)) == (26000, 0)
    assert office.ask(roll_forward.by_party, on=TODAY).agrees


def test_it_is_discarded_and_the_same_file_comes_back(office: Office) -> None:
    only = sent(office)
    data = written(answer(office, only, [(CONTRACT, 3844)]))
    (remittance,) = delivered(office, data).remittance_ids
    office.do(remittances.post, remittance_id=remittance)
    with refusal("835-0317-01 is posted. Void it first."):
        office.do(remittances.discard, remittance_ids=(remittance,))
    void(office, remittance)
    office.do(remittances.discard, remittance_ids=(remittance,))
    assert delivered(office, data).remittance_ids == (remittance,)
    office.do(remittances.post, remittance_id=remittance)
    assert claim(office, only).state is ClaimState.PAID


def test_what_it_took_back_stands_again(office: Office) -> None:
    only = sent(office)
    said = answer(office, only, [(CONTRACT, 3844), (COPAY, 3000)])
    first = received(office, said)
    office.do(remittances.post, remittance_id=first)
    corrected = answer(office, only, [(CONTRACT, 5000)])
    second = received(office, mirrored(said), corrected, trace="77")
    office.do(remittances.post, remittance_id=second)
    assert owed(office, only) == (0, 0)
    with refusal("835-0317-02 took back what it had paid. Void 835-0317-02 first."):
        void(office, first)
    for _ in range(2):
        assert office.ask(remittance_voiding.outlook, remittance_id=second).reinstated == 1
        void(office, second)
        assert (claim(office, only).state, owed(office, only)) == (ClaimState.PAID, (0, 3000))
        office.do(remittances.post, remittance_id=second)
        assert owed(office, only) == (0, 0)
    void(office, second)
    void(office, first)
    assert (claim(office, only).state, owed(office, only)) == (ClaimState.ACCEPTED, (13000, 0))
    assert office.ask(roll_forward.by_party, on=TODAY).agrees


def test_what_was_taken_off_is_not_taken_off_twice(office: Office) -> None:
    remittance, first, second = two_posted(office)
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Not hers", claim_id=None)
    assert office.ask(remittance_voiding.outlook, remittance_id=remittance).taken_off == 1
    void(office, remittance)
    assert (owed(office, first), owed(office, second)) == ((13000, 0), (13000, 0))
    assert (office.ask(balances.receivable), on_account(office)) == (26000, 0)


def test_money_that_went_out_since_keeps_it_standing(office: Office) -> None:
    who = insured(office)
    only = sent(office, who)
    visit = office.ask(claim_detail.detail, claim_id=only).appointment_id
    receipt = paid(office, who, 10000, copay_of=visit).receipt_id
    remittance = received(office, answer(office, only, [(CONTRACT, 3844), (COPAY, 3000)]))
    office.do(remittances.post, remittance_id=remittance)
    refunded(office, receipt, 7000)
    with refusal("$70.00 was refunded since for what it decided. Void the refund first."):
        void(office, remittance)
    assert owed(office, only) == (0, 0)


def test_a_settlement_of_its_rest_keeps_it_standing(office: Office) -> None:
    remittance, first, _ = two_posted(office)
    (account,) = office.ask(payer_accounts.accounts)
    item = next(
        each for each in office.ask(payer_accounts.items, payer_id=account.payer_id) if each.open_cents
    )
    made = office.do(
        payer_settling.put_on_claim, posting_id=item.posting_id, claim_id=first, reason="Their letter"
    )
    said = "What 835-0317-01 left on the payer's account was settled since. Take the settlement back first."
    assert office.ask(remittance_voiding.outlook, remittance_id=remittance).why_not == said
    with refusal(said):
        void(office, remittance)
    office.do(payer_settling.take_settlement_back, posting_id=made)
    void(office, remittance)
    assert (office.ask(balances.receivable), on_account(office)) == (26000, 0)
