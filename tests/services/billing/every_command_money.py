"""Payment at the desk: deposits, plans, waivers, receipts that are handed out."""

from datetime import timedelta

from frontdesk.models.billing.receipts import IssueWay, TenderKind
from frontdesk.services.billing import (
    account_transfers,
    charges,
    deposits,
    estimate_rules,
    estimates,
    household_ledger,
    payments,
    plans,
    receipts,
    using_credit,
    waiving,
)
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.estimate_draft import EstimateDraft, LineDraft
from frontdesk.services.billing.estimate_rules import EstimateRules
from frontdesk.services.billing.estimates import EstimateWay
from frontdesk.services.billing.payments import Tender
from frontdesk.services.billing.plans import Part, PlanDraft, Rhythm
from tests.builders.billing import TODAY, paid, visit
from tests.builders.office import provider
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office, patient_id: int) -> None:
    """For a patient with an account."""
    appointment = visit(office, patient_id)
    kind = office.made["visit_type"]
    office.do(deposits.set_deposit, visit_type_id=kind, amount_cents=5000, self_pay_only=False)
    office.do(deposits.set_deposit, visit_type_id=kind, amount_cents=0, self_pay_only=False)
    fee = office.do(
        charges.add_fee, patient_id=patient_id, label="Form filled in", amount_cents=9000, on=TODAY
    )
    draft = PlanDraft(patient_id, (Part(fee, 9000),), 3, Rhythm.MONTH, TODAY + timedelta(days=14))
    plan = office.do(plans.agree, draft=draft)
    office.do(plans.end, plan_id=plan, reason="Pays at once")
    office.do(plans.resume, plan_id=plan)
    letter = office.do(
        charges.add_fee, patient_id=patient_id, label="Letter written", amount_cents=2000, on=TODAY
    )
    draft = PlanDraft(patient_id, (Part(letter, 2000),), 2, Rhythm.MONTH, TODAY + timedelta(days=14))
    missed = office.do(plans.agree, draft=draft)
    office.do(plans.restart, plan_id=missed, first_on=TODAY + timedelta(days=7), reason="Lost the job")
    taken = paid(office, patient_id, 3000, line=fee)
    office.do(receipts.hand_out, receipt_id=taken.receipt_id, way=IssueWay.PRINTED)
    parts = (
        Allocation("copay", 500, appointment_id=appointment),
        Allocation("line", 1000, charge_line_id=fee),
    )
    made = office.do(waiving.waive, patient_id=patient_id, parts=parts, reason="Hardship")
    office.do(waiving.ask_again, waiver_ids=made.waiver_ids, posting_ids=made.posting_ids)
    check = Tender(TenderKind.CHECK, 700, check_number="2099")
    paid(office, patient_id, 700, line=fee, tender=check)
    paid(office, patient_id, 2000)
    office.do(using_credit.use, patient_id=patient_id, parts=(Allocation("line", 1500, charge_line_id=fee),))
    _another_household(office, patient_id, paid(office, patient_id, 1200).receipt_id)
    _estimates(office, patient_id, kind)
    again = (Allocation("line", 1000, charge_line_id=fee),)
    office.do(waiving.waive, patient_id=patient_id, parts=again, reason="Hardship, as proven")


def _another_household(office: Office, patient_id: int, receipt_id: int) -> None:
    """A part of a debt and of a credit goes to a relative's, and back."""
    own, other = (
        office.ask(household_ledger.household_of, patient_id=each).account_id
        for each in (patient_id, patient(office, "Ingrid", "Osterhout"))
    )
    copies = office.do(charges.add_fee, patient_id=patient_id, label="Copies", amount_cents=900, on=TODAY)
    for goes_back in (True, False):
        moved = office.do(
            account_transfers.move_line,
            charge_line_id=copies,
            to_account_id=other,
            amount_cents=200,
            reason="The sister pays",
        )
        if goes_back:
            office.do(account_transfers.take_back, posting_id=moved, reason="She does not")
    office.do(payments.apply_credit, receipt_id=receipt_id, charge_line_id=copies, amount_cents=400)
    office.do(
        account_transfers.move_credit,
        receipt_id=receipt_id,
        account_id=own,
        appointment_id=None,
        to_account_id=other,
        amount_cents=300,
        reason="It was the sister's money",
    )


def _estimates(office: Office, patient_id: int, kind: int) -> None:
    before = office.do(estimate_rules.set_rules, rules=EstimateRules(10, 50))
    office.do(estimate_rules.set_rules, rules=before)
    draft = EstimateDraft(
        patient_id, kind, provider(office), "Check-up", (LineDraft("99213"),), requested_on=TODAY
    )
    estimate = office.do(estimates.write, draft=draft)
    given = office.do(estimates.give, estimate_id=estimate, way=EstimateWay.PRINTED)
    office.do(estimates.take_back, given_id=given)
    office.do(estimates.give, estimate_id=estimate, way=EstimateWay.MAILED)
