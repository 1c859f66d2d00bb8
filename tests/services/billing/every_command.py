"""Every command of the ledger's side, once; then those of the claims' side."""

from datetime import date, datetime

from frontdesk.models.billing.journal import Party
from frontdesk.models.billing.receipts import TenderKind
from frontdesk.services.billing import (
    charges,
    expected_codes,
    missed_fees,
    payments,
    statements,
    superbills,
    using_credit,
)
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.payments import Tender
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.registration import accounts
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from tests.builders.billing import MIGRAINE, TODAY, code_lists, paid, visit
from tests.builders.registration import coverage, patient
from tests.office import Office
from tests.services.billing import (
    every_command_claim_rules,
    every_command_claims,
    every_command_codes,
    every_command_day,
    every_command_explain,
    every_command_money,
    every_command_paper_claims,
    every_command_patients,
    every_command_remit,
)


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
    code_lists(office)
    office.made["next_start"] = datetime(2026, 3, 17, 13, 0)  # behind the visits of the other domains
    carol = patient(office, "Carol", "Petersen", date(1958, 11, 3))
    coverage(office, carol, member_id="PTC114209")
    _charges(office, carol)
    every_command_claims.run(office)
    every_command_claim_rules.run(office)
    every_command_money.run(office, carol)
    every_command_codes.run(office)
    every_command_paper_claims.run(office)
    every_command_patients.run(office, carol)
    every_command_remit.run(office)
    every_command_day.run(office)
    every_command_explain.run(office, carol)


def _charges(office: Office, carol: int) -> None:
    office.do(missed_fees.set_fees, late_cancel_cents=2500, no_show_cents=5000)
    made = office.do(
        expected_codes.set_up, visit_type_id=None, draft=VisitTypeDraft("ECG", 15), expected=("93000",)
    )
    office.do(
        expected_codes.set_up,
        visit_type_id=made.visit_type_id,
        draft=VisitTypeDraft("ECG", 20),
        expected=("93000", "99213"),
    )
    appointment = visit(office, carol)
    bill = office.do(superbills.issue, appointment_id=appointment)
    office.do(superbills.take_back, superbill_id=bill)
    sheet = Sheet((MIGRAINE,), (Ticked("99213"), Ticked("93000")))
    office.do(superbills.enter, superbill_id=bill, sheet=sheet)
    office.do(superbills.reopen, superbill_id=bill, reason="Wrong level")
    visit_line, ecg = office.do(superbills.enter, superbill_id=bill, sheet=sheet)
    office.do(superbills.check, superbill_id=bill)
    office.do(superbills.release, superbill_id=bill)

    office.do(charges.transfer, charge_line_id=ecg, to=Party.PATIENT, amount_cents=5000, reason="Not covered")
    office.do(
        charges.write_off, charge_line_id=ecg, responsible=Party.PAYER, amount_cents=100, reason="Small"
    )
    fee = office.do(charges.add_fee, patient_id=carol, label="Copy of records", amount_cents=1500, on=TODAY)

    check = Tender(TenderKind.CHECK, 1500, check_number="1042")
    taken = paid(office, carol, 1500, line=fee, tender=check)
    office.do(payments.void, receipt_id=taken.receipt_id, reason="Check came back")
    office.do(charges.void, charge_line_id=fee, reason="Waived")
    paid(office, carol, 6000)
    office.do(using_credit.use, patient_id=carol, parts=(Allocation("line", 5000, charge_line_id=ecg),))
    office.do(
        charges.transfer, charge_line_id=visit_line, to=Party.PATIENT, amount_cents=8420, reason="Deductible"
    )
    office.do(
        charges.transfer, charge_line_id=visit_line, to=Party.PAYER, amount_cents=1000, reason="Covered"
    )
    account = office.ask(accounts.account_of, patient_id=carol)
    assert account is not None
    _overpaid(office, carol)
    office.do(statements.issue, account_id=account.id)


def _overpaid(office: Office, carol: int) -> None:
    """A fee is paid, then the office lowers it: the patient has paid too much on its line."""
    fee = office.do(charges.add_fee, patient_id=carol, label="Missed visit", amount_cents=2500, on=TODAY)
    paid(office, carol, 2500, line=fee)
    office.do(
        charges.correct,
        charge_line_id=fee,
        responsible=Party.PATIENT,
        amount_cents=-1000,
        reason="Half price",
    )
    office.do(payments.free_overpaid, charge_line_id=fee)
