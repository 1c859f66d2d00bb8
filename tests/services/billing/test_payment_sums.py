"""Any payments in any ways: every sum holds to the cent, and voids bring everything back."""

from dataclasses import dataclass
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from frontdesk.models.billing.journal import JournalEntry, Posting, PostingKind
from frontdesk.models.billing.receipts import Receipt, ReceiptTender, TenderKind
from frontdesk.services.billing import asking, balances, payments, receipts
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.balances import Balance
from frontdesk.services.billing.payments import Payment, Taken, Tender
from frontdesk.services.registration.drafts import GuarantorDraft
from frontdesk.services.visit.taking import spread
from tests.builders.billing import at_work, charged, visit
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office

AT_THE_DESK = (TenderKind.CASH, TenderKind.CHECK, TenderKind.CARD)
CENTS = st.integers(1, 40_000)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A payment as it is drawn: parts, over-given cash, and whose items come first."""

    parts: tuple[tuple[TenderKind, int], ...]
    given_over: int
    family_first: bool


PAYMENTS = st.lists(
    st.builds(
        Drawn,
        st.lists(st.tuples(st.sampled_from(AT_THE_DESK), CENTS), min_size=1, max_size=4).map(tuple),
        st.integers(0, 5000),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


def tender(kind: TenderKind, cents: int, over: int) -> Tender:
    match kind:
        case TenderKind.CASH:
            return Tender(kind, cents, cents + over)
        case TenderKind.CHECK:
            return Tender(kind, cents, check_number="1042")
        case _:
            return Tender(kind, cents, card_brand="Visa", card_last4="4417", card_auth="081532")


def household(office: Office) -> tuple[int, int]:
    """A mother who owes of two visits and has a copay today, a child who owes of one."""
    if "household" not in office.made:
        mother = danielle(office)
        coverage(office, mother)
        child = patient(office, "Mia", "Foster", guarantor=GuarantorDraft(patient_id=mother))
        for who in (child, child):
            charged(office, who)
        visit(office, mother)
        office.made["household"] = (mother, child)
    found: tuple[int, int] = office.made["household"]
    return found


def standing(office: Office, who: tuple[int, int]) -> tuple[Balance, Balance]:
    return (
        office.ask(balances.of_patient, patient_id=who[0]),
        office.ask(balances.of_patient, patient_id=who[1]),
    )


def take(office: Office, mother: int, drawn: Drawn) -> Taken:
    tenders = tuple(tender(kind, cents, drawn.given_over) for kind, cents in drawn.parts)
    ask = office.ask(asking.ask_for, patient_id=mother)
    items = (*ask.family, *ask.items) if drawn.family_first else (*ask.items, *ask.family)
    what: tuple[Allocation, ...] = spread(items, sum(cents for _, cents in drawn.parts))
    return office.do(payments.take, payment=Payment(mother, tenders, what, taken_because="Drawn"))


def holds(office: Office, taken: Taken) -> None:
    """What was handed over less the change is the receipt; the receipt is what it paid and what is left."""
    with at_work(office) as work:
        total = work.session.scalar(select(Receipt.total_cents).where(Receipt.id == taken.receipt_id))
        tenders = work.session.scalars(
            select(ReceiptTender).where(ReceiptTender.receipt_id == taken.receipt_id)
        ).all()
        handed_over = sum(each.tendered_cents or each.amount_cents for each in tenders)
        assert total == handed_over - taken.change_cents == sum(each.amount_cents for each in tenders)
        on_lines, left = (
            work.session.scalar(
                select(-func.coalesce(func.sum(JournalEntry.amount_cents), 0))
                .join(Posting, JournalEntry.posting_id == Posting.id)
                .where(Posting.receipt_id == taken.receipt_id, on_line)
            )
            for on_line in (JournalEntry.charge_line_id.is_not(None), JournalEntry.charge_line_id.is_(None))
        )
        assert on_lines is not None
        assert left is not None
        assert total == on_lines + left
        assert left >= 0
        applied = work.session.execute(
            select(Posting.total_cents).where(
                Posting.receipt_id == taken.receipt_id, Posting.kind == PostingKind.APPLICATION
            )
        )
        assert all(cents == 0 for (cents,) in applied)
    paper = office.ask(receipts.paper, receipt_id=taken.receipt_id)
    assert sum(each.amount_cents for each in paper.paid_for) == total
    assert sum(each.amount_cents for each in paper.paid_by) == total


@given(PAYMENTS, st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_sum_holds_and_voids_restore_every_balance(
    office: Office, drawn: list[Drawn], order: Random
) -> None:
    who = household(office)
    before = standing(office, who)
    taken = [take(office, who[0], each) for each in drawn]
    for each in taken:
        holds(office, each)
    paid = sum(each.total_cents for each in taken)
    assert sum(each.total_cents for each in standing(office, who)) == (
        sum(each.total_cents for each in before) - paid
    )
    order.shuffle(taken)
    for each in taken:
        office.do(payments.void, receipt_id=each.receipt_id, reason="Drawn")
    assert standing(office, who) == before
    numbers = [row.number for row in office.ask(receipts.of_patient, patient_id=who[0])]
    assert len(numbers) == len(set(numbers))
