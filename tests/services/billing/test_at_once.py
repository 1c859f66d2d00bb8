"""Two desks at the same money at the same moment: one of them gets it, the other a sentence."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

import pytest
from sqlalchemy import func, select

from frontdesk.models.base import Row
from frontdesk.models.billing.claims import ClaimBatch
from frontdesk.models.billing.day_close import DayClose
from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.billing.remittances import Remittance
from frontdesk.services import audit
from frontdesk.services.billing import (
    balances,
    batches,
    charges,
    collection_steps,
    day_close,
    payments,
    plans,
    refunds,
    remittances,
    statement_run,
    statements,
    superbills,
    using_credit,
)
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.payments import Payment
from frontdesk.services.billing.plans import Part, PlanDraft, Rhythm
from frontdesk.services.billing.refunds import RefundDraft, RefundWay
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.billing.statement_run import RunFilters
from frontdesk.services.database import Database
from frontdesk.services.records import content
from frontdesk.services.work import Work
from tests.at_once import DONE, at_once
from tests.builders.billing import MIGRAINE, TODAY, at_work, below, cash, charged, code_lists, paid, visit
from tests.builders.claims import ready, sent
from tests.builders.collections import owing, under_review
from tests.builders.payer import CONTRACT, answer, written
from tests.builders.refunds import MANAGER, approved, asked
from tests.builders.registration import danielle
from tests.builders.schedule import walter
from tests.office import DANA, Office

P = ParamSpec("P")


class Two:
    """The same act at two desks at the same moment."""

    def __init__(self, office: Office, elsewhere: Database) -> None:
        self.office = office
        self.elsewhere = elsewhere
        self.actor = DANA

    def both(self, act: Callable[Concatenate[Work, P], object], *args: P.args, **told: P.kwargs) -> list[str]:
        """What came of it here and there."""
        return at_once(
            self.office.database,
            lambda: self.office.database.do(self.actor, act, *args, **told),
            lambda: self.elsewhere.do(self.actor, act, *args, **told),
        )


@pytest.fixture
def two(office: Office, another: Callable[[], Database]) -> Two:
    return Two(office, another())


TOOK_IT = "The patient owes only $0.00 on Office visit, low. Take the rest as a payment ahead."
"""What the later of two desks is told that put money on one charge of $130.00."""


def test_one_charge_is_paid_once(two: Two) -> None:
    dani = danielle(two.office)
    (line,) = charged(two.office, dani)
    payment = Payment(dani, (cash(13000),), (Allocation("line", 13000, charge_line_id=line),))
    assert two.both(payments.take, payment=payment) == [TOOK_IT, DONE]
    assert _patient_owes(two.office, line) == 0
    assert _numbers(two.office) == [1]


def test_an_instalment_is_paid_once(two: Two) -> None:
    dani = danielle(two.office)
    (line,) = charged(two.office, dani)
    draft = PlanDraft(dani, (Part(line, 13000),), 2, Rhythm.MONTH, TODAY)
    on_a_plan = "Office visit, low is on a plan already. End that plan first."
    assert two.both(plans.agree, draft=draft) == [on_a_plan, DONE]
    paid(two.office, dani, 6500, line=line)
    payment = Payment(
        dani, (cash(6500),), (Allocation("line", 6500, charge_line_id=line),), taken_because="The second"
    )
    assert two.both(payments.take, payment=payment) == [TOOK_IT, DONE]


def test_a_credit_is_used_once(two: Two) -> None:
    dani = danielle(two.office)
    paid(two.office, dani, 13000)
    lines = [*charged(two.office, dani), *charged(two.office, dani)]
    receipt = _receipts(two.office)[0]
    desks = zip((two.office.database, two.elsewhere), lines, strict=True)
    used = [
        lambda desk=desk, line=line: desk.do(
            DANA, payments.apply_credit, receipt_id=receipt, charge_line_id=line, amount_cents=13000
        )
        for desk, line in desks
    ]
    assert at_once(two.office.database, *used) == ["Only $0.00 of this receipt is left.", DONE]
    assert sum(_patient_owes(two.office, line) for line in lines) == 13000


def test_a_credit_goes_on_one_charge_once(two: Two) -> None:
    dani = danielle(two.office)
    paid(two.office, dani, 26000)
    (line,) = charged(two.office, dani)
    parts = (Allocation("line", 13000, charge_line_id=line),)
    assert two.both(using_credit.use, patient_id=dani, parts=parts) == [TOOK_IT, DONE]
    assert _patient_owes(two.office, line) == 0


def test_a_credit_is_used_or_given_back(two: Two) -> None:
    dani = danielle(two.office)
    receipt = paid(two.office, dani, 13000).receipt_id
    refund = asked(two.office, receipt, 13000)
    approved(two.office, refund)
    (line,) = charged(two.office, dani)
    came = at_once(
        two.office.database,
        lambda: two.office.do(refunds.pay, refund_id=refund, reference="2071", version=2),
        lambda: two.elsewhere.do(
            DANA, payments.apply_credit, receipt_id=receipt, charge_line_id=line, amount_cents=13000
        ),
    )
    assert len(came) == 2
    assert came.count(DONE) == 1
    assert _balance(two.office) == _patient_owes(two.office, line), "given back is still owed"


def test_what_is_left_is_asked_back_once_and_paid_out_once(two: Two) -> None:
    dani = danielle(two.office)
    draft = RefundDraft(
        5000, RefundWay.CHECK, "Paid twice", receipt_id=paid(two.office, dani, 5000).receipt_id
    )
    is_asked = "Only $50.00 of this receipt is left. $50.00 of it is asked for already."
    assert two.both(refunds.ask_for, draft=draft) == [is_asked, DONE]
    refund = asked(two.office, paid(two.office, dani, 7000).receipt_id, 7000)
    approved(two.office, refund)
    changed = (
        "Another desk changed this refund while you had it open. "
        "Nothing of yours was saved. Look at what changed, then save again."
    )
    assert two.both(refunds.pay, refund_id=refund, reference="2071", version=2) == [changed, DONE]
    assert _balance(two.office) == -5000
    not_out = "RF-000002 was not paid out. There is nothing to void."
    assert two.both(refunds.void, refund_id=refund, reason="Lost in the mail") == [not_out, DONE]
    assert _balance(two.office) == -12000


def test_a_receipt_is_voided_once(two: Two) -> None:
    receipt = paid(two.office, danielle(two.office), 7000).receipt_id
    said = two.both(payments.void, receipt_id=receipt, reason="Wrong patient")
    assert said == ["Receipt R-000001 was voided before.", DONE]
    assert _balance(two.office) == 0


def test_a_debt_is_written_off_once(two: Two) -> None:
    (line,) = charged(two.office, danielle(two.office))
    said = two.both(
        charges.write_off,
        charge_line_id=line,
        responsible=Party.PATIENT,
        amount_cents=13000,
        reason="Hardship",
    )
    assert said == ["The patient owes only $0.00 here.", DONE]
    assert _balance(two.office) == 0


def test_a_superbill_is_entered_once(two: Two) -> None:
    code_lists(two.office)
    bill = two.office.do(superbills.issue, appointment_id=visit(two.office, danielle(two.office)))
    sheet = Sheet((MIGRAINE,), (Ticked("99213"),))
    said = two.both(superbills.enter, superbill_id=bill, sheet=sheet)
    assert said == ["This superbill is entered already.", DONE]
    assert _balance(two.office) == 13000


def test_a_remittance_comes_in_once_and_is_posted_once(two: Two) -> None:
    claim = sent(two.office)
    data = written(answer(two.office, claim, [(CONTRACT, 4000)]))
    seen = content.store_bytes(two.office.database, data, "remittance.835")
    first, second = two.both(remittances.take_in, sha256=seen.sha256)
    assert DONE in (first, second)
    (remittance,) = _ids(two.office, Remittance)
    said = two.both(remittances.post, remittance_id=remittance)
    assert said == ["835-0317-01 is posted already.", DONE]
    assert _balance(two.office) == 0


def test_a_claim_goes_into_one_file(two: Two) -> None:
    claim = ready(two.office)
    batched = (
        "Claim 26-00001 is in a batch that is being sent. Only a claim that is ready can be sent.",
        DONE,
    )
    assert two.both(batches.build, claim_ids=(claim,)) == [*batched]
    assert len(_ids(two.office, ClaimBatch)) == 1


def test_statements_made_at_once_have_numbers_of_their_own(two: Two) -> None:
    whose = owing(two.office, danielle(two.office))
    assert two.both(statements.issue, account_id=whose) == [DONE, DONE]
    assert sorted(each.number for each in two.office.ask(statements.of_account, account_id=whose)) == [
        "S-000001",
        "S-000002",
    ]


def test_a_run_of_statements_asks_a_household_once(two: Two) -> None:
    whose = owing(two.office, danielle(two.office))
    said = two.both(statement_run.issue_all, account_ids=(whose,), filters=RunFilters())
    nobody = "None of these households is to be asked any more. Look at the list again."
    assert said == [nobody, DONE]
    assert len(two.office.ask(statements.of_account, account_id=whose)) == 1


def test_a_household_is_placed_once(two: Two) -> None:
    whose = owing(two.office, danielle(two.office))
    step = under_review(two.office, whose)
    two.actor = MANAGER
    said = two.both(collection_steps.place, account_id=whose, seen_id=step)
    assert said == ["Another desk has changed the stage of this household. Look at it, then decide.", DONE]


def test_a_day_is_closed_once(two: Two) -> None:
    charged(two.office, danielle(two.office))
    said = two.both(day_close.close, on=TODAY)
    assert said == ["Tuesday, March 17 is closed already.", DONE]


def test_what_is_charged_while_the_day_closes_is_in_it_or_on_the_next(two: Two) -> None:
    dani = danielle(two.office)
    charged(two.office, dani)
    came = at_once(
        two.office.database,
        lambda: two.office.do(day_close.close, on=TODAY),
        lambda: two.elsewhere.do(DANA, payments.take, payment=Payment(dani, (cash(700),), _AHEAD)),
    )
    assert DONE in came
    with at_work(two.office) as work:
        for closed_on, closing in work.session.execute(select(DayClose.closed_on, DayClose.closing_cents)):
            until = select(func.sum(JournalEntry.amount_cents)).where(JournalEntry.posted_on <= closed_on)
            assert work.session.scalar(until) == closing


_AHEAD = (Allocation("prepayment", 700),)


def test_acts_of_two_desks_stand_in_an_unbroken_log(two: Two) -> None:
    for who in (danielle(two.office), walter(two.office)):
        payment = Payment(who, (cash(700),), _AHEAD)
        came = two.both(payments.take, payment=payment)
        assert DONE in came
    numbers = _numbers(two.office)
    assert numbers == [*range(1, len(numbers) + 1)], "none is left out, none is given twice"
    assert two.office.ask(audit.verify).broken == ()


def _patient_owes(office: Office, line: int) -> int:
    return below(office, balances.lines_by_id, (line,))[line].patient_cents


def _balance(office: Office) -> int:
    """The sum of the ledger."""
    with at_work(office) as work:
        return work.session.scalar(select(func.sum(JournalEntry.amount_cents))) or 0


def _numbers(office: Office) -> list[int]:
    """Of the receipts, in their order."""
    with at_work(office) as work:
        return [*work.session.scalars(select(Receipt.number).order_by(Receipt.number))]


def _receipts(office: Office) -> list[int]:
    return _ids(office, Receipt)


def _ids(office: Office, model: type[Row]) -> list[int]:
    with at_work(office) as work:
        return [*work.session.scalars(select(model.id).order_by(model.id))]
