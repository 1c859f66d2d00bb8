"""The reports' figures beside the same ones reckoned row by row, over random claims and answers."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.models.billing.claims import Claim, Frequency
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.models.billing.remittances import Remittance, RemittanceAdjustment, RemittanceClaim
from frontdesk.services.billing import reports_claims, reports_denials, reports_money, reports_trend
from frontdesk.services.billing.denial_causes import of_code
from frontdesk.services.billing.reports_filter import Wanted
from tests.builders import payer
from tests.builders.billing import TODAY, at_work, charged, paid
from tests.builders.claims import insured, sent
from tests.builders.registration import danielle
from tests.office import Office
from tests.services.billing.test_reports import post

REASONS = (("CO", "45"), ("PR", "1"), ("CO", "27"), ("CO", "50"), ("CO", "18"), ("OA", "147"))
ANSWERS = st.lists(
    st.lists(st.tuples(st.sampled_from(REASONS), st.integers(1, 3000)), max_size=3), min_size=1, max_size=3
)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers=ANSWERS, denied=st.booleans(), cents=st.integers(1, 13000), days=st.integers(0, 20))
def test_random_claims_come_to_the_same(
    office: Office, answers: list[list[tuple[tuple[str, str], int]]], denied: bool, cents: int, days: int
) -> None:
    """The examples add up in one office: each finds more than the one before."""
    number = office.made["people"] = office.made.get("people", 0)
    told = []
    for reasons in answers:
        number += 1
        claim = sent(office, insured(office, "Ann", f"Other{'abcdefghijklmnop'[number]}", f"XQP{number:09}"))
        told.append(payer.answer(office, claim, reasons))
    office.made["people"] = number
    if denied:
        refused = payer.answer(
            office, sent(office), [(("CO", "197"), 13000)], status=ClaimStatus.DENIED.value
        )
        told.append(refused)
    (own,) = charged(office, danielle(office))
    paid(office, danielle(office), cents, line=own)
    post(office, *told)
    wanted = Wanted(TODAY - timedelta(days=days), TODAY)
    _claims_agree(office, wanted)
    _money_agrees(office, wanted)


def _claims_agree(office: Office, wanted: Wanted) -> None:
    with at_work(office) as work:
        claims = {claim.id: claim for claim in work.session.scalars(select(Claim))}
        paid_on = {each.id: each.paid_on for each in work.session.scalars(select(Remittance))}
        answers = work.session.scalars(select(RemittanceClaim).order_by(RemittanceClaim.id)).all()
        reasons = work.session.scalars(select(RemittanceAdjustment)).all()
    of = {answer.id: answer for answer in answers}
    within = [a for a in answers if wanted.since_on <= paid_on[a.remittance_id] <= wanted.until_on]
    firsts = {
        a.claim_id: a for a in reversed(within) if claims[a.claim_id or 0].frequency is Frequency.ORIGINAL
    }
    refused = [a for a in firsts.values() if _is_refused(a)]
    seen = office.ask(reports_claims.claim_figures, wanted=wanted)
    assert (seen.denied.part, seen.denied.whole) == (len(refused), len(firsts))
    assert seen.denied_cents == sum(claims[a.claim_id or 0].charge_cents for a in refused)
    assert (seen.first_pass.part, seen.first_pass.whole) == (len(firsts) - len(refused), len(firsts))
    sums: dict[tuple[object, object], int] = defaultdict(int)
    for reason in reasons:
        is_ours = of[reason.remittance_claim_id] in within
        if is_ours and (reason.treatment.value == "open" or reason.reason_code in ("27", "50", "18", "197")):
            sums[of_code(reason.reason_code)] += reason.amount_cents
    found = office.ask(reports_denials.denials, wanted=wanted)
    assert {(each.cause, each.owner): each.cents for each in found} == {k: v for k, v in sums.items() if v}


def _is_refused(answer: RemittanceClaim) -> bool:
    nothing = answer.paid_cents <= 0 and answer.patient_cents <= 0
    return answer.status == "4" or (nothing and answer.other_cents > 0)


def _money_agrees(office: Office, wanted: Wanted) -> None:
    with at_work(office) as work:
        entries = work.session.scalars(select(JournalEntry)).all()
    within = [e for e in entries if wanted.since_on <= e.posted_on <= wanted.until_on]
    charges = (EntryKind.CHARGE, EntryKind.FEE)
    seen = office.ask(reports_money.collected, wanted=wanted)
    assert seen.charged_cents == _sum(within, *charges)
    assert seen.contract_cents == _sum(within, EntryKind.CONTRACTUAL)
    assert seen.paid_cents == -_sum(within, EntryKind.PAYMENT)
    (*_, month) = office.ask(reports_money.months, wanted=wanted)
    received = [e for e in within if e.posted_on >= date(TODAY.year, TODAY.month, 1)]
    kinds = (EntryKind.PAYMENT, EntryKind.UNAPPLIED, EntryKind.REFUND)
    assert month.payer_cents == -_sum([e for e in received if e.responsible is Party.PAYER], *kinds)
    assert month.patient_cents == -_sum([e for e in received if e.responsible is Party.PATIENT], *kinds)
    owed = office.ask(reports_money.receivable, wanted=wanted)
    assert owed.total.total == sum(e.amount_cents for e in entries) == sum(r.aged.total for r in owed.rows)
    (*_, end) = office.ask(reports_trend.days_by_month, wanted=wanted)
    assert (end.receivable_cents, end.days) == (owed.total.total, owed.days)


def _sum(entries: Sequence[JournalEntry], *kinds: EntryKind) -> int:
    return sum(entry.amount_cents for entry in entries if entry.kind in kinds)
