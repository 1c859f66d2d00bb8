"""Every command about cards, their order and their end, once."""

from datetime import date

from frontdesk.services.records import card_scans, content
from frontdesk.services.records.card_scans import CardSide
from frontdesk.services.registration import coverage_order, coverages, payers
from frontdesk.services.registration.coverage_order import Coordination
from frontdesk.services.registration.payers import PayerDraft, PayerKind
from frontdesk.services.visit import covering, insurance
from tests.builders.records import PNG
from tests.builders.registration import card, coverage, patient, plan
from tests.builders.visit import TODAY
from tests.office import Office

MAY = date(2026, 5, 1)


def run(office: Office) -> None:
    """Walk through the commands, leaving Otis Grant with a new card."""
    otis = patient(office, "Otis", "Grant", date(1957, 4, 4))
    first = coverage(office, otis, member_id="OTI100200300")
    alone = office.do(
        insurance.pay_alone, patient_id=otis, valid_until=None, withholds_from_payer=True, reason="Asks so"
    )
    office.do(insurance.not_alone, self_pay_id=alone)
    office.do(
        insurance.pay_alone,
        patient_id=otis,
        valid_until=TODAY,
        withholds_from_payer=False,
        reason="Lost",
    )
    second = coverage(office, otis, rank=2, member_id="OTI400500600")
    office.do(
        coverage_order.reorder, patient_id=otis, from_day=date(2026, 3, 17), coverage_ids=(second, first)
    )
    lines = office.ask(coverages.coverages, patient_id=otis)
    office.do(
        coverage_order.coordinate,
        coverage_id=lines[1].id,
        to=Coordination(None, "Spouse retired in May; her plan pays first"),
    )
    seen = content.store_bytes(office.database, PNG, "card.png")
    office.do(
        card_scans.scan_card,
        patient_id=otis,
        policy_id=lines[0].policy_id,
        side=CardSide.FRONT,
        sha256=seen.sha256,
    )
    office.do(card_scans.scan_id, patient_id=otis, sha256=seen.sha256, issued_by="Oregon", expires_on=MAY)
    new = card(office, otis, "OTI700800900", effective_from=date(2026, 4, 1))
    office.do(covering.new_card, policy_id=lines[0].policy_id, card=new)
    office.do(covering.end, coverage_id=lines[1].id, last_day=MAY)
    plan_id = plan(office, "Summit", "Bronze")
    payer_id = office.made["payer:Summit"]
    office.do(payers.change_payer, payer_id=payer_id, draft=PayerDraft("Summit Health", PayerKind.HMO))
    office.do(payers.change_plan, plan_id=plan_id, name="Silver", copay_cents=2500, needs_referral=True)
    office.do(
        payers.add_plan_with_payer,
        payer_id=None,
        payer=PayerDraft("Meridian"),
        name="Open Access",
        copay_cents=None,
    )
    swapped = office.ask(coverages.coverages, patient_id=otis, on=date(2026, 4, 2))
    done = office.do(
        coverage_order.reorder,
        patient_id=otis,
        from_day=date(2026, 4, 2),
        coverage_ids=tuple(line.id for line in reversed(swapped)),
    )
    office.do(coverage_order.order_back, reordered=done)
