"""A payer's money that belongs to no claim: taken back, carried over, interest, unknown; how it settles."""

from datetime import date

import msgspec
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from frontdesk.formats.x12.remittance import PaidClaim, Person, ProviderAdjustment
from frontdesk.models.billing.claims import ClaimState
from frontdesk.models.billing.journal import EntryKind, JournalEntry
from frontdesk.services.billing import (
    balances,
    claim_detail,
    day_close,
    day_sheets,
    explain_amount,
    payer_accounts,
    payer_settling,
    remittance_holds,
    remittance_views,
    remittances,
    reports,
    roll_forward,
)
from frontdesk.services.billing.explain_subject import About, Part, Reported, Subject
from frontdesk.services.billing.payer_accounts import AccountItem, PayerAccount
from frontdesk.services.billing.reports import FigureName
from frontdesk.services.billing.reports_filter import Wanted
from tests.builders.billing import at_work
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, COPAY, answer, delivered, paid_claim, paid_line, received, written
from tests.office import Office
from tests.refusal import refusal

TODAY = date(2026, 3, 17)


def plb(reason: str, reference: str, cents: int) -> ProviderAdjustment:
    return ProviderAdjustment("1234567893", date(2026, 12, 31), reason, reference, cents)


def taken_back(first: PaidClaim) -> PaidClaim:
    """The reversal of an answer."""
    lines = tuple(
        msgspec.structs.replace(
            line,
            charge_cents=-line.charge_cents,
            paid_cents=-line.paid_cents,
            adjustments=tuple(
                msgspec.structs.replace(each, amount_cents=-each.amount_cents) for each in line.adjustments
            ),
        )
        for line in first.lines
    )
    return msgspec.structs.replace(
        first,
        status="22",
        charge_cents=-first.charge_cents,
        paid_cents=-first.paid_cents,
        patient_cents=0,
        lines=lines,
    )


def posted(
    office: Office, *claims: PaidClaim, adjustments: tuple[ProviderAdjustment, ...], trace: str
) -> int:
    remittance = received(office, *claims, plb=adjustments, trace=trace)
    office.do(remittances.post, remittance_id=remittance)
    return remittance


def account(office: Office) -> PayerAccount:
    (only,) = office.ask(payer_accounts.accounts)
    return only


def items(office: Office) -> tuple[AccountItem, ...]:
    return office.ask(payer_accounts.items, payer_id=account(office).payer_id)


def test_interest_is_income_and_leaves_the_account_as_it_was(office: Office) -> None:
    claim = sent(office)
    before = office.ask(balances.receivable)
    posted(office, answer(office, claim, [(CONTRACT, 3844)]), adjustments=(plb("L6", "", -125),), trace="1")
    # The deposit is 92.81; only the 91.56 of the claim and its write-off lower what is owed.
    assert before - office.ask(balances.receivable) == 13000
    assert (account(office).balance_cents, account(office).open_items) == (0, 0)
    (shown,) = items(office)
    assert (shown.text, shown.amount_cents, shown.open_cents) == ("Interest (L6): $1.25 of income", 0, 0)
    assert set(roll_forward.COLUMNS) == set(EntryKind)
    assert office.ask(roll_forward.by_party, on=date(2026, 3, 17)).agrees
    with at_work(office) as work:
        assert [
            entry.amount_cents
            for entry in work.session.scalars(
                select(JournalEntry).where(JournalEntry.kind == EntryKind.INTEREST)
            )
        ] == [125]


def test_a_capitation_is_income_with_its_own_line(office: Office) -> None:
    claim = sent(office)
    before = office.ask(balances.receivable)
    paid = answer(office, claim, [(CONTRACT, 3844)])
    posted(office, paid, adjustments=(plb("CT", "MAR26", -500000), plb("L6", "", -125)), trace="1")
    assert before - office.ask(balances.receivable) == 13000
    assert (account(office).balance_cents, account(office).open_items) == (0, 0)
    said = "Capitation payment (CT), MAR26: $5,000.00 of income"
    assert [(each.text, each.open_cents) for each in items(office)][-1] == (said, 0)
    rolled = office.ask(roll_forward.by_party, on=TODAY)
    assert rolled.agrees
    assert (rolled.payer.income_cents, rolled.payer.payments_cents) == (500125, -509281)
    assert ("Income on no visit", 0, 500125, 500125) in day_sheets.roll_rows(rolled)
    figure = Subject(About.FIGURE, report=Reported(Wanted(TODAY, TODAY), figure=FigureName.INCOME))
    for subject in (Subject(About.DAY, part=Part.INCOME, on=TODAY), figure):
        told = office.ask(explain_amount.amount, subject=subject)
        assert told.total_cents == 500125
        words = "paid $5,000.00 on no visit: income of the office (capitation payment): "
        assert any(words in each.text for each in told.sentences)
    (shown,) = [
        each
        for each in office.ask(reports.dashboard, wanted=Wanted(TODAY, TODAY)).figures
        if each.name is FigureName.INCOME
    ]
    assert (shown.value, shown.made_of) == ("$5,001.25", "of it interest $1.25")
    office.do(day_close.close, on=TODAY)
    sealed = office.ask(day_close.roll_forward, on=TODAY)
    assert (sealed.is_closed, sealed.income_cents) == (True, 500125)


def test_a_payment_of_a_capitation_alone_is_posted(office: Office) -> None:
    sent(office)
    before = office.ask(balances.receivable)
    remittance = received(office, plb=(plb("CT", "MAR26", -500000),), trace="1")
    office.do(remittances.post, remittance_id=remittance)
    assert office.ask(balances.receivable) == before
    assert account(office).balance_cents == 0
    assert office.ask(roll_forward.by_party, on=TODAY).payer.income_cents == 500000


def test_money_on_no_visit_is_taken_as_income_and_back(office: Office) -> None:
    sent(office)
    remittance = received(office, plb=(plb("LS", "", -70000), plb("WO", "X1", 3000)), trace="1")
    office.do(remittances.post, remittance_id=remittance)
    kept, added = items(office)
    done = office.done(payer_settling.take_as_income, posting_id=added.posting_id, reason="Lump sum for 2025")
    assert account(office).balance_cents == 3000
    assert office.ask(roll_forward.by_party, on=TODAY).payer.income_cents == 70000
    with refusal("The payer keeps this money back: it is no income. Settle it without a claim."):
        office.do(payer_settling.take_as_income, posting_id=kept.posting_id, reason="Income")
    with refusal("Nothing of this is open on the payer's account. Look at it again."):
        office.do(payer_settling.take_as_income, posting_id=added.posting_id, reason="Twice")
    office.database.undo(office.actor, done.entry_id)
    assert account(office).balance_cents == 3000 - 70000
    assert office.ask(roll_forward.by_party, on=TODAY).agrees


def test_a_take_back_announced_first_is_settled_when_it_is_taken(office: Office) -> None:
    one, other = sent(office), sent(office, insured(office, "Ada", "Pool", "POO000001"))
    first = answer(office, one, [(CONTRACT, 3844)])
    posted(office, first, adjustments=(), trace="1")
    control = first.payer_control_number
    # The reversal costs nothing yet: the payer lends 91.56, and takes it from the next payment.
    zero = posted(office, taken_back(first), adjustments=(plb("WO", control, -9156),), trace="2")
    sheet = office.ask(remittance_views.sheet, remittance_id=zero)
    assert (sheet.deposit.deposit_cents, sheet.deposit.taken_back_cents) == (0, -9156)
    assert account(office).balance_cents == -9156
    assert office.ask(claim_detail.detail, claim_id=one).row.state is ClaimState.ACCEPTED

    paying = answer(office, other, [(CONTRACT, 3844)])
    posted(office, paying, adjustments=(plb("WO", control, 9156),), trace="3")
    assert (account(office).balance_cents, account(office).open_items) == (0, 0)
    newest, oldest = items(office)
    assert newest.text == f"Overpayment taken back (WO), {control}"
    assert oldest.about.startswith("Take-back of claim 26-") or oldest.about.startswith("Claim 26-")
    assert (newest.balance_cents, oldest.balance_cents) == (0, -9156)


def test_what_is_carried_over_is_settled_by_the_next_payment(office: Office) -> None:
    one, other = sent(office), sent(office, insured(office, "Ada", "Pool", "POO000001"))
    first = answer(office, one, [(CONTRACT, 3844)])
    posted(office, first, adjustments=(), trace="1")
    # More is taken back than is paid: the payment is nothing, the rest is carried over.
    posted(office, taken_back(first), adjustments=(plb("FB", "0316", -9156),), trace="2")
    (carried,) = items(office)
    assert (carried.text, carried.open_cents) == ("Carried over to another payment (FB), 0316", -9156)
    posted(
        office, answer(office, other, [(CONTRACT, 3844)]), adjustments=(plb("FB", "0317", 9156),), trace="3"
    )
    newest, oldest = items(office)
    assert (newest.about, newest.open_cents, oldest.open_cents) == ("Carried over from 835-0317-02", 0, 0)


def test_a_payment_below_nothing_balances(office: Office) -> None:
    claim = sent(office)
    first = answer(office, claim, [(CONTRACT, 3844)])
    posted(office, first, adjustments=(), trace="1")
    back = delivered(office, written(taken_back(first), trace="2"))
    (held,) = back.held
    office.do(remittance_holds.release, remittance_id=held, reason="The bank shows it")
    sheet = office.ask(remittance_views.sheet, remittance_id=back.remittance_ids[0])
    assert (sheet.deposit.deposit_cents, sheet.why_not) == (-9156, "")
    office.do(remittances.post, remittance_id=back.remittance_ids[0])
    who = office.ask(claim_detail.detail, claim_id=claim).row.patient_id
    assert office.ask(balances.of_patient, patient_id=who).payer_cents == 13000


def test_a_take_back_without_its_claim_is_put_on_it_by_a_person(office: Office) -> None:
    claim = sent(office)
    posted(
        office,
        answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)]),
        adjustments=(plb("WO", "3102", 1835),),
        trace="1",
    )
    (item,) = items(office)
    assert (account(office).balance_cents, item.open_cents) == (1835, 1835)
    with refusal("Say what it is for."):
        office.do(payer_settling.put_on_claim, posting_id=item.posting_id, claim_id=claim, reason=" ")
    before = office.ask(balances.receivable)
    made = office.do(
        payer_settling.put_on_claim, posting_id=item.posting_id, claim_id=claim, reason="Letter of 03/10"
    )
    assert office.ask(balances.receivable) == before
    row = office.ask(claim_detail.detail, claim_id=claim).row
    assert row.state is ClaimState.PART_PAID
    assert office.ask(balances.of_patient, patient_id=row.patient_id).payer_cents == 1835
    assert account(office).balance_cents == 0
    with refusal("Nothing of this is open on the payer's account. Look at it again."):
        office.do(payer_settling.write_off, posting_id=item.posting_id, reason="again")
    office.do(payer_settling.take_settlement_back, posting_id=made)
    assert office.ask(claim_detail.detail, claim_id=claim).row.state is ClaimState.PAID
    assert [each.open_cents for each in items(office)] == [1835, 1835, 1835]


def test_what_belongs_to_no_claim_leaves_by_a_correction(office: Office) -> None:
    posted(
        office,
        answer(office, sent(office), [(CONTRACT, 3844)]),
        adjustments=(plb("IR", "2026", 500),),
        trace="1",
    )
    (item,) = items(office)
    before = office.ask(balances.receivable)
    office.do(payer_settling.write_off, posting_id=item.posting_id, reason="Backup withholding, see 1099")
    assert before - office.ask(balances.receivable) == 500
    assert account(office).balance_cents == 0
    with refusal("This is no settlement of a payer's account."):
        office.do(payer_settling.take_settlement_back, posting_id=item.posting_id)


def test_money_added_pays_what_is_open_on_a_claim_and_no_more(office: Office) -> None:
    claim = sent(office)
    short = answer(office, claim, [(("CO", "97"), 1000)])
    posted(office, short, adjustments=(plb("CS", "77", -400), plb("BN", "78", -2000)), trace="1")
    bonus, correction = items(office)
    office.do(payer_settling.put_on_claim, posting_id=correction.posting_id, claim_id=claim, reason="CS")
    who = office.ask(claim_detail.detail, claim_id=claim).row.patient_id
    assert office.ask(balances.of_patient, patient_id=who).payer_cents == 600
    with refusal("Claim 26-00001 can take $6.00 at most; $20.00 is open."):
        office.do(payer_settling.put_on_claim, posting_id=bonus.posting_id, claim_id=claim, reason="BN")


def test_unapplied_money_finds_its_claim_after_it_was_posted(office: Office) -> None:
    claim = sent(office)
    good = answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)])
    line = msgspec.structs.replace(good.lines[0], control_number="")
    remittance = received(office, msgspec.structs.replace(good, claim_number="77-1", lines=(line,)))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
    with refusal("This money is not on the payer's account. Look at the remittance again."):
        office.do(payer_settling.match_later, remittance_claim_id=row.id, claim_id=claim)
    office.do(remittances.post, remittance_id=remittance)
    (item,) = items(office)
    assert (item.text, item.remittance_claim_id, item.open_cents) == ("No claim: 77-1", row.id, -6156)

    office.do(payer_settling.match_later, remittance_claim_id=row.id, claim_id=claim)
    shown = office.ask(claim_detail.detail, claim_id=claim).row
    assert shown.state is ClaimState.PAID
    balance = office.ask(balances.of_patient, patient_id=shown.patient_id)
    assert (balance.payer_cents, balance.patient_cents) == (0, 3000)
    assert [each.open_cents for each in items(office)] == [0, 0]


def test_only_a_claim_that_the_payer_decided_takes_its_money(office: Office) -> None:
    stranger = paid_claim("77-1", (paid_line(1, "99213", 5000),), Person("NOBODY", "ANN"))
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844)]), stranger)
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[1]
    office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
    office.do(remittances.post, remittance_id=remittance)
    (item,) = items(office)
    other = sent(office, insured(office, "Ada", "Pool", "POO000001"))
    with refusal("Claim 26-00002 was sent. Only a claim that the payer decided can take this."):
        office.do(payer_settling.put_on_claim, posting_id=item.posting_id, claim_id=other, reason="Theirs")


def test_a_settlement_is_never_changed(office: Office) -> None:
    posted(
        office,
        answer(office, sent(office), [(CONTRACT, 3844)]),
        adjustments=(plb("IR", "9", 500),),
        trace="1",
    )
    office.do(payer_settling.write_off, posting_id=items(office)[0].posting_id, reason="Withheld")
    with (
        pytest.raises(IntegrityError, match="append_only_payer_settlement"),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(text("DELETE FROM payer_settlement"))
