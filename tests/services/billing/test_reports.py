"""The figures of the billing reports, each by hand."""

from datetime import date, timedelta

import pytest

from frontdesk.formats.x12.remittance import ClaimStatus, PaidClaim
from frontdesk.services.billing import (
    aging,
    batches,
    claims,
    remittances,
    reports_claims,
    reports_denials,
    reports_filter,
    reports_money,
)
from frontdesk.services.billing.denial_causes import Cause, of_code
from frontdesk.services.billing.reports_claims import Rate
from frontdesk.services.billing.reports_filter import Wanted
from frontdesk.services.billing.reports_money import Month
from frontdesk.services.billing.scrub_found import Owner
from frontdesk.services.billing.sheet import Ticked
from tests.builders import payer
from tests.builders.billing import TODAY, answered, charged, paid, visit
from tests.builders.claims import insured, ready, sent, twice_insured
from tests.builders.payer import CONTRACT, COPAY
from tests.builders.registration import danielle
from tests.office import Office

WANTED = Wanted(TODAY - timedelta(days=89), TODAY)


def test_what_is_owed_is_the_aging_by_payer(office: Office) -> None:
    sent(office)
    (own,) = charged(office, danielle(office))
    paid(office, danielle(office), 3000, line=own)
    seen = office.ask(reports_money.receivable, wanted=WANTED)
    aged = office.ask(aging.aging)
    assert [(row.name, row.aged) for row in seen.rows] == [("BCBS", aged.payer), ("Patients", aged.patient)]
    assert seen.total.total == aged.total == 13000 + 10000
    assert seen.charged_cents == 26000
    assert seen.days == pytest.approx(23000 / (26000 / 90))


def test_what_is_owed_can_be_narrowed(office: Office) -> None:
    sent(office)
    charged(office, danielle(office))
    choices = office.ask(reports_filter.narrowings)
    ((bcbs, _),) = [each for each in choices.payers if each[1] == "BCBS"]
    ((doctor, _),) = choices.providers
    of_payer = office.ask(reports_money.receivable, wanted=Wanted(TODAY, TODAY, payer_id=bcbs))
    assert [(row.name, row.aged.total) for row in of_payer.rows] == [("BCBS", 13000)]
    of_doctor = office.ask(reports_money.receivable, wanted=Wanted(TODAY, TODAY, provider_id=doctor))
    assert of_doctor.total.total == 26000
    elsewhere = office.ask(reports_money.receivable, wanted=Wanted(TODAY, TODAY, site_id=1))
    assert elsewhere.rows == ()
    assert elsewhere.days is None


def test_a_day_in_the_past_knows_nothing_of_later_money(office: Office) -> None:
    (line,) = charged(office, danielle(office))
    office.clock.advance(days=10)
    paid(office, danielle(office), 13000, line=line)
    before = office.ask(reports_money.receivable, wanted=Wanted(TODAY, TODAY + timedelta(days=9)))
    after = office.ask(reports_money.receivable, wanted=Wanted(TODAY, TODAY + timedelta(days=400)))
    assert (before.total.total, before.on) == (13000, TODAY + timedelta(days=9))
    assert (after.total.total, after.on) == (0, TODAY + timedelta(days=10))


def test_net_collection_is_what_was_paid_of_what_the_contract_allows(office: Office) -> None:
    own = insured(office)
    (line,) = charged(office, own)
    answered(office, line, payer_cents=6000, contract_cents=3000, patient_cents=4000)
    paid(office, own, 2000, line=line)
    paid(office, own, 7700)  # ahead: on no line yet, so nothing is collected by it
    seen = office.ask(reports_money.collected, wanted=WANTED)
    assert (seen.charged_cents, seen.contract_cents, seen.paid_cents) == (13000, -3000, 8000)
    assert seen.percent == pytest.approx(80.0)
    nobody = office.ask(reports_money.collected, wanted=Wanted(date(2025, 1, 1), date(2025, 1, 2)))
    assert nobody.percent is None


def test_each_month_has_its_money_and_empty_ones_are_there(office: Office) -> None:
    own = insured(office)
    (line,) = charged(office, own)
    answered(office, line, payer_cents=6000)
    office.clock.advance(days=50)
    paid(office, own, 2500)
    seen = office.ask(reports_money.months, wanted=Wanted(TODAY, date(2026, 5, 31)))
    assert seen == (
        Month(date(2026, 3, 1), 6000, 0),
        Month(date(2026, 4, 1), 0, 0),
        Month(date(2026, 5, 1), 0, 2500),
    )


def test_a_claim_paid_at_once_is_clean_and_passes_first(office: Office) -> None:
    claim = sent(office)
    post(office, payer.answer(office, claim, [(CONTRACT, 3000), (COPAY, 2000)]))
    seen = office.ask(reports_claims.claim_figures, wanted=WANTED)
    assert (seen.clean, seen.first_pass, seen.denied) == (Rate(1, 1), Rate(1, 1), Rate(0, 1))
    assert (seen.charge_lag.claims, seen.charge_lag.days) == (1, 0)
    assert seen.payment_lag.claims == 1


def test_a_rejected_claim_is_neither_clean_nor_first_pass(office: Office) -> None:
    claim = sent(office)
    office.do(claims.record_answer, claim_id=claim, is_accepted=False, code="A7:562", sentence="NPI unknown")
    assert office.ask(reports_claims.claim_figures, wanted=WANTED).clean == Rate(0, 1)
    office.do(claims.send_again, claim_id=claim)
    office.clock.advance(days=1)
    resent(office, claim)
    post(office, payer.answer(office, claim, [(CONTRACT, 3000)]))
    wanted = Wanted(WANTED.since_on, TODAY + timedelta(days=1))
    seen = office.ask(reports_claims.claim_figures, wanted=wanted)
    assert (seen.clean, seen.first_pass, seen.denied) == (Rate(0, 1), Rate(0, 1), Rate(0, 1))


def test_a_denial_has_a_cause_and_one_who_could_have_prevented_it(office: Office) -> None:
    first, second = sent(office), sent(office, insured(office, "Nora", "Whitfield", "XQP000000001"))
    post(
        office,
        payer.answer(office, first, [(("CO", "27"), 13000)], status=ClaimStatus.DENIED.value),
        payer.answer(office, second, [(CONTRACT, 3000), (("CO", "50"), 2500)]),
    )
    seen = office.ask(reports_denials.denials, wanted=WANTED)
    assert [(d.cause, d.owner, d.claims, d.cents) for d in seen] == [
        (Cause.ELIGIBILITY, Owner.DESK, 1, 13000),
        (Cause.MEDICAL_NECESSITY, Owner.PROVIDER, 1, 2500),
    ]
    figures = office.ask(reports_claims.claim_figures, wanted=WANTED)
    assert (figures.denied, figures.denied_cents, figures.first_pass) == (Rate(1, 2), 13000, Rate(1, 2))
    (behind,) = office.ask(reports_denials.denied_claims, wanted=WANTED, owner=Owner.DESK)
    assert (behind.code, behind.words, behind.cents) == ("CO-27", "Coverage ended before the service", 13000)
    assert behind.claim_id == first
    before = Wanted(date(2025, 1, 1), date(2025, 12, 31))
    assert office.ask(reports_denials.denials, wanted=before) == ()


def test_a_replacement_is_not_counted_again(office: Office) -> None:
    claim = sent(office)
    post(office, payer.answer(office, claim, [(("CO", "16"), 13000)], status=ClaimStatus.DENIED.value))
    new = office.do(claims.correct, claim_id=claim, reason="Modifier was missing")
    resent(office, new)
    post(office, payer.answer(office, new, [(CONTRACT, 3000)]))
    seen = office.ask(reports_claims.claim_figures, wanted=WANTED)
    assert (seen.first_pass, seen.denied) == (Rate(0, 1), Rate(1, 1))


def test_what_was_not_asked_for_yet_is_counted(office: Office) -> None:
    twice_insured(office)
    ready(office)
    charged(office, danielle(office), Ticked("99214"))
    seen = office.ask(reports_money.unbilled, wanted=WANTED)
    assert (seen.visits, seen.unreleased_cents, seen.unsent_claims, seen.unsent_cents) == (0, 16500, 1, 13000)
    visit(office, danielle(office))
    assert office.ask(reports_money.unbilled, wanted=WANTED).visits == 0  # booked, not seen


def test_every_denial_code_of_the_list_is_known(office: Office) -> None:
    assert of_code("27") == (Cause.ELIGIBILITY, Owner.DESK)
    assert of_code("29") == (Cause.TIMELY_FILING, Owner.BILLING)
    assert of_code("18") == (Cause.DUPLICATE, Owner.BILLING)
    assert of_code("197") == (Cause.AUTHORIZATION, Owner.DESK)
    assert of_code("45") == of_code("no such code") == (Cause.OTHER, Owner.MANAGER)


def post(office: Office, *answers: PaidClaim) -> None:
    """The payer's answers come in, and are posted."""
    number = office.made["remittances"] = office.made.get("remittances", 0) + 1
    office.do(remittances.post, remittance_id=payer.received(office, *answers, trace=f"00988{number:05}"))


def resent(office: Office, claim_id: int) -> None:
    """A claim that is ready goes out."""
    built = office.do(batches.build, claim_ids=(claim_id,))
    for batch_id in built.batch_ids:
        office.do(batches.mark_sent, batch_id=batch_id)
