"""What one household owes, or has to its credit, moved to another and back."""

from datetime import date, timedelta

from frontdesk.models.billing.journal import Party
from frontdesk.services.billing import (
    account_transfers,
    aging,
    balances,
    charges,
    credit_list,
    explain,
    payments,
    plans,
    refunds,
    roll_forward,
)
from frontdesk.services.billing.plans import PlanDraft, Rhythm
from frontdesk.services.billing.refunds import RefundDraft, RefundWay
from frontdesk.services.registration import accounts
from frontdesk.services.registration.drafts import GuarantorDraft
from tests.builders.billing import TODAY, charged, paid
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.explained import everything_is_explained

REASON = "Parents separated"


class Family:
    """A child whose charges its mother pays; five days later its father does."""

    def __init__(self, office: Office) -> None:
        self.office = office
        mother = patient(office, "Ingrid", "Osterhout", date(1980, 1, 1))
        self.child = patient(
            office, "Nils", "Osterhout", date(2015, 1, 1), guarantor=GuarantorDraft(patient_id=mother)
        )
        father = patient(office, "Harald", "Vinterberg", date(1979, 1, 1))
        (self.line,) = charged(office, self.child)
        self.mothers = self._account()
        office.clock.advance(days=5)
        office.do(
            accounts.change_guarantor, patient_id=self.child, guarantor=GuarantorDraft(patient_id=father)
        )
        self.fathers = self._account()

    def _account(self) -> int:
        found = self.office.ask(accounts.account_of, patient_id=self.child)
        assert found is not None
        return found.id

    def move(self, cents: int = 13000, to: int | None = None, reason: str = REASON) -> int:
        return self.office.do(
            account_transfers.move_line,
            charge_line_id=self.line,
            to_account_id=to or self.fathers,
            amount_cents=cents,
            reason=reason,
        )

    def move_credit(self, receipt_id: int, cents: int, held_for: int | None = None) -> int:
        return self.office.do(
            account_transfers.move_credit,
            receipt_id=receipt_id,
            account_id=self.mothers,
            appointment_id=held_for,
            to_account_id=self.fathers,
            amount_cents=cents,
            reason=REASON,
        )

    def owes(self, account_id: int) -> int:
        return self.office.ask(balances.of_account, account_id=account_id).total_cents

    def both(self) -> tuple[int, int]:
        return self.owes(self.mothers), self.owes(self.fathers)

    def there(self) -> int:
        """The line at the father's."""
        (line,) = self.office.ask(balances.lines_of_account, account_id=self.fathers)
        return line.charge_line_id


def test_a_debt_moves_with_its_age_and_is_paid_at_the_other_household(office: Office) -> None:
    family = Family(office)
    office.clock.advance(days=40)
    day = TODAY + timedelta(days=45)
    family.move(9000)
    assert family.both() == (4000, 9000)
    assert office.ask(aging.aging, on=day, account_id=family.fathers).patient.to_60 == 9000
    paid(office, family.child, 9000, line=family.there())
    assert family.both() == (4000, 0)
    assert office.ask(balances.of_patient, patient_id=family.child).total_cents == 4000
    everything_is_explained(office, [family.mothers, family.fathers], day)


def test_both_households_and_the_patient_are_told_what_moved(office: Office) -> None:
    family = Family(office)
    family.move(9000)
    told = office.ask(explain.account, account_id=family.fathers)
    assert [(each.text, each.amount_cents) for each in told.sentences] == [
        (
            "On 03/22/2026 $90.00 came from another household: A-00001 to A-00002, Parents separated.",
            9000,
        )
    ]
    told = office.ask(explain.account, account_id=family.mothers)
    assert [(each.text, each.amount_cents) for each in told.sentences] == [
        (
            "03/17/2026: Office visit, low (99213) for Nils Osterhout cost $130.00, owed by the patient.",
            13000,
        ),
        ("On 03/22/2026 $90.00 went to another household: A-00001 to A-00002, Parents separated.", -9000),
    ]
    rolled = office.ask(roll_forward.by_party, on=TODAY + timedelta(days=5)).together
    assert (rolled.charges_cents, rolled.moved_cents, rolled.closing_cents) == (13000, 0, 13000)


def test_undo_brings_the_debt_back_as_old_as_it_was(office: Office) -> None:
    family = Family(office)
    office.clock.advance(days=40)
    done = office.done(
        account_transfers.move_line,
        charge_line_id=family.line,
        to_account_id=family.fathers,
        amount_cents=13000,
        reason=REASON,
    )
    office.database.undo(office.actor, done.entry_id)
    assert family.both() == (13000, 0)
    day = TODAY + timedelta(days=45)
    assert office.ask(aging.aging, on=day, account_id=family.mothers).patient.to_60 == 13000
    assert office.ask(balances.lines_of_account, account_id=family.fathers) == ()
    everything_is_explained(office, [family.mothers, family.fathers], day)


def test_what_was_done_with_it_there_keeps_it_there(office: Office) -> None:
    family = Family(office)
    moved = family.move()
    paid(office, family.child, 500, line=family.there())
    with refusal("Some of it was paid, given up or moved on since. Nothing was moved back."):
        office.do(account_transfers.take_back, posting_id=moved, reason="Back")


def test_a_debt_is_moved_for_a_reason_to_another_household_and_no_more_than_is_owed(office: Office) -> None:
    family = Family(office)
    with refusal("The patient owes only $130.00 here."):
        family.move(13001)
    with refusal("It is on this household already. Choose another. Give the reason."):
        family.move(to=family.mothers, reason=" ")
    with refusal("Enter an amount above zero."):
        family.move(0)
    assert family.both() == (13000, 0)


def test_what_is_on_a_plan_is_not_moved(office: Office) -> None:
    family = Family(office)
    mother = office.ask(accounts.account_of, patient_id=family.child, on=TODAY)
    assert mother is not None
    first = TODAY + timedelta(days=19)
    parts = (plans.Part(family.line, 13000),)
    draft = PlanDraft(mother.holder_patient_id or 0, parts, 2, Rhythm.MONTH, first)
    office.do(plans.agree, draft=draft)
    with refusal("This charge is on a payment plan. End the plan first."):
        family.move()


def test_a_charge_is_voided_once_all_of_it_is_at_its_own_household(office: Office) -> None:
    family = Family(office)
    moved = family.move(9000)
    with refusal("$90.00 of this charge is another household's now. Move it back first."):
        office.do(charges.void, charge_line_id=family.line, reason="Charged in error")
    with refusal("This came from another household. Move it back there, and void it there."):
        office.do(charges.void, charge_line_id=family.there(), reason="Charged in error")
    office.do(account_transfers.take_back, posting_id=moved, reason="Charged in error")
    with refusal("This was moved back already."):
        office.do(account_transfers.take_back, posting_id=moved, reason="Once more")
    office.do(charges.void, charge_line_id=family.line, reason="Charged in error")
    assert family.both() == (0, 0)


def test_a_credit_moves_and_its_receipt_is_voided_whole(office: Office) -> None:
    family = Family(office)
    mother = office.ask(accounts.account_of, patient_id=family.child, on=TODAY)
    assert mother is not None
    holder = mother.holder_patient_id or 0
    taken = paid(office, holder, 7000)
    family.move_credit(taken.receipt_id, 5000)
    assert family.both() == (13000 - 2000, -5000)
    everything_is_explained(office, [family.mothers, family.fathers], TODAY + timedelta(days=5))
    family.move(13000)
    line = family.there()
    office.do(payments.apply_credit, receipt_id=taken.receipt_id, charge_line_id=line, amount_cents=4000)
    assert family.both() == (-2000, 8000)
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Check came back")
    assert family.both() == (0, 13000)
    everything_is_explained(office, [family.mothers, family.fathers], TODAY + timedelta(days=5))


def test_each_household_is_refunded_its_own_part_of_a_receipt(office: Office) -> None:
    family = Family(office)
    mother = office.ask(accounts.account_of, patient_id=family.child, on=TODAY)
    assert mother is not None
    taken = paid(office, mother.holder_patient_id or 0, 7000)
    family.move_credit(taken.receipt_id, 5000)
    rows = office.ask(credit_list.worklist)
    assert {(row.account_id, row.left_cents) for row in rows} == {
        (family.mothers, 2000),
        (family.fathers, 5000),
    }
    with refusal("Only $50.00 of this receipt is left."):
        _ask(office, taken.receipt_id, family.fathers, 5001)
    _ask(office, taken.receipt_id, family.fathers, 5000)
    with refusal("Only $20.00 of this receipt is left."):
        _ask(office, taken.receipt_id, family.mothers, 2001)
    (row,) = office.ask(credit_list.refund_list)
    assert row.payee == "Harald Vinterberg"


def _ask(office: Office, receipt_id: int, account_id: int, cents: int) -> int:
    draft = RefundDraft(cents, RefundWay.CHECK, "Moved away", receipt_id, account_id=account_id)
    return office.do(refunds.ask_for, draft=draft)


def test_a_credit_that_was_used_stays_where_it_was_used(office: Office) -> None:
    family = Family(office)
    mother = office.ask(accounts.account_of, patient_id=family.child, on=TODAY)
    assert mother is not None
    taken = paid(office, mother.holder_patient_id or 0, 7000)
    with refusal("Only $70.00 of this receipt is left."):
        family.move_credit(taken.receipt_id, 7001)
    moved = family.move_credit(taken.receipt_id, 7000)
    family.move(6000)
    office.do(
        payments.apply_credit, receipt_id=taken.receipt_id, charge_line_id=family.there(), amount_cents=6000
    )
    with refusal("Some of it was paid, given up or moved on since. Nothing was moved back."):
        office.do(account_transfers.take_back, posting_id=moved, reason="Back")
    with refusal("This was not moved from another household."):
        office.do(account_transfers.take_back, posting_id=_first_posting(office, family), reason="Back")


def _first_posting(office: Office, family: Family) -> int:
    return office.do(
        charges.write_off,
        charge_line_id=family.line,
        responsible=Party.PATIENT,
        amount_cents=100,
        reason="Small",
    )
