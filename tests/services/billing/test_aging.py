"""How old a debt is, and whose."""

from datetime import timedelta

from frontdesk.models.billing.journal import EntryKind, Party, PostingKind
from frontdesk.services.billing import aging, journal, payments
from frontdesk.services.billing.aging import Aged
from frontdesk.services.billing.journal import Draft, Entry
from tests.builders.billing import TODAY, answered, below, charged, paid
from tests.builders.registration import coverage, danielle
from tests.office import Office


def correction(office: Office, line: int, cents: int, days_ago: int) -> None:
    """A correction of a line that is some days old."""
    aged_from = TODAY - timedelta(days=days_ago)
    entry = Entry(EntryKind.CORRECTION, cents, Party.PATIENT, charge_line_id=line, aged_from_on=aged_from)
    below(office, journal.post, Draft(PostingKind.CORRECTION, (entry,)))


def test_an_adjustment_lowers_the_oldest_debt_of_its_line(office: Office) -> None:
    """100 charged 85 days ago, +10 55 days ago, -8 2 days ago: 0, 10, 92, 0."""
    (line,) = charged(office, danielle(office))
    later = TODAY + timedelta(days=85)
    correction(office, line, -3000, 0)  # of $130.00, $100.00 stay
    correction(office, line, 1000, -30)
    correction(office, line, -800, -83)
    assert office.ask(aging.aging, on=later).patient == Aged(0, 1000, 9200, 0, 0)


def test_the_patients_part_ages_from_the_day_it_became_theirs(office: Office) -> None:
    dani = danielle(office)
    coverage(office, dani)
    (line,) = charged(office, dani)
    office.clock.advance(days=40)
    answered(office, line, payer_cents=3000, patient_cents=4000)
    seen = office.ask(aging.aging, on=TODAY + timedelta(days=45))
    assert (seen.payer, seen.patient) == (Aged(to_60=6000), Aged(to_30=4000))
    assert seen.total == 10000


def test_thirty_days_are_young_and_thirty_one_are_not(office: Office) -> None:
    charged(office, danielle(office))
    ages = [office.ask(aging.aging, on=TODAY + timedelta(days=d)).patient for d in (30, 31, 60, 61, 90, 91)]
    assert [(a.to_30, a.to_60, a.to_90, a.over_90) for a in ages] == [
        (13000, 0, 0, 0),
        (0, 13000, 0, 0),
        (0, 13000, 0, 0),
        (0, 0, 13000, 0),
        (0, 0, 13000, 0),
        (0, 0, 0, 13000),
    ]


def test_a_voided_payment_leaves_the_debt_as_old_as_it_was(office: Office) -> None:
    dani = danielle(office)
    (line,) = charged(office, dani)
    taken = paid(office, dani, 13000, line=line)
    office.clock.advance(days=50)
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Check came back")
    assert office.ask(aging.aging).patient == Aged(to_60=13000)


def test_credits_stand_beside_the_debts_not_inside_them(office: Office) -> None:
    dani = danielle(office)
    charged(office, dani)
    paid(office, dani, 20000)
    assert office.ask(aging.aging).patient == Aged(to_30=13000, credit=-20000)
