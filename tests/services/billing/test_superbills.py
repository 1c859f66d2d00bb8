"""From the visit to its charge lines."""

from datetime import UTC, date, datetime

from frontdesk.models.billing.charges import SuperbillState
from frontdesk.services.billing import balances, codes, superbills
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.schedule import lifecycle
from tests.builders.billing import HYPERTENSION, MIGRAINE, TODAY, charged, code_lists, paid, visit
from tests.builders.registration import coverage, danielle
from tests.office import Office
from tests.refusal import refusal


def test_ticks_become_charge_lines_that_the_insurer_owes(office: Office) -> None:
    patient = danielle(office)
    coverage(office, patient)
    first, second = charged(
        office, patient, Ticked("99214", modifiers=("25",)), Ticked("93000", pointers="BA")
    )

    lines = office.ask(balances.lines_of_patient, patient_id=patient)
    assert [(line.charge_line_id, line.payer_cents, line.patient_cents) for line in lines] == [
        (first, 16500, 0),
        (second, 8000, 0),
    ]


def test_without_coverage_the_patient_owes(office: Office) -> None:
    patient = danielle(office)
    charged(office, patient, Ticked("99213", units=2))
    assert office.ask(balances.of_patient, patient_id=patient) == balances.Balance(26000, 0, 26000, 0)


def test_everything_wrong_with_a_sheet_is_said_at_once(office: Office) -> None:
    patient = danielle(office)
    code_lists(office)
    bill = office.do(superbills.issue, appointment_id=visit(office, patient))
    sheet = Sheet(("M51.36", "G43.9", "X99.99"), (Ticked("99213", pointers="D"), Ticked("12345", units=0)))
    with refusal(
        "M51.36 expired on 09/30/2025. Use M51.360, M51.361, M51.362 or M51.369. "
        "G43.9 is a heading and cannot be billed. Choose a code below it. "
        "X99.99 is not an ICD-10-CM code. Check the spelling. "
        "Line 1 points to a diagnosis that is not there. "
        "Line 2: enter 1 to 999 units. "
        "12345 is not among the office's codes. Add or import it first."
    ):
        office.do(superbills.enter, superbill_id=bill, sheet=sheet)


def test_a_sheet_needs_services_and_one_to_twelve_diagnoses(office: Office) -> None:
    patient = danielle(office)
    code_lists(office)
    bill = office.do(superbills.issue, appointment_id=visit(office, patient))
    with refusal("Tick at least one service. Enter at least one diagnosis."):
        office.do(superbills.enter, superbill_id=bill, sheet=Sheet((), ()))
    with refusal("A claim carries 12 diagnoses at most. A diagnosis is entered twice."):
        office.do(superbills.enter, superbill_id=bill, sheet=Sheet((MIGRAINE,) * 13, (Ticked("99213"),)))


def test_a_place_that_is_none_and_a_diagnosis_without_a_code_are_refused(office: Office) -> None:
    patient = danielle(office)
    code_lists(office)
    bill = office.do(superbills.issue, appointment_id=visit(office, patient))
    sheet = Sheet((MIGRAINE, " "), (Ticked("99213"),), place_of_service="AB")
    with refusal("Choose the place of service. A diagnosis is empty. Enter its code, or take it out."):
        office.do(superbills.enter, superbill_id=bill, sheet=sheet)


def test_a_code_that_expired_yesterday_is_refused(office: Office) -> None:
    patient = danielle(office)
    code_lists(office)
    office.do(
        codes.add_procedure,
        code="A100",
        label="Old test",
        effective_on=date(2025, 1, 1),
        expires_on=date(2026, 3, 16),
    )
    bill = office.do(superbills.issue, appointment_id=visit(office, patient))
    with refusal("A100 expired on 03/16/2026. Choose another code."):
        office.do(superbills.enter, superbill_id=bill, sheet=Sheet((MIGRAINE,), (Ticked("A100"),)))


def test_a_service_without_a_fee_needs_an_amount_that_makes_sense(office: Office) -> None:
    patient = danielle(office)
    code_lists(office)
    office.do(codes.add_procedure, code="NEW1", label="New service", effective_on=TODAY)
    bill = office.do(superbills.issue, appointment_id=visit(office, patient))
    for cents, sentence in (
        (None, "NEW1 has no fee on 03/17/2026. Set one, or enter the amount."),
        (0, "Line 1: Enter an amount above zero."),
        (-1, "Line 1: Enter an amount above zero."),
        (10**9, "Line 1: $10,000,000.00 is more than the ledger takes. Check the amount."),
    ):
        sheet = Sheet((MIGRAINE,), (Ticked("NEW1", amount_cents=cents),))
        with refusal(sentence):
            office.do(superbills.enter, superbill_id=bill, sheet=sheet)


def test_the_steps_follow_each_other_and_a_second_desk_is_told(office: Office) -> None:
    patient = danielle(office)
    charged(office, patient)
    (row,) = office.ask(superbills.of_state, states=(SuperbillState.ENTERED,))
    with refusal("This superbill is entered already."):
        office.do(superbills.enter, superbill_id=row.id, sheet=Sheet((HYPERTENSION,), (Ticked("99213"),)))
    office.do(superbills.check, superbill_id=row.id)
    office.do(superbills.release, superbill_id=row.id)
    with refusal("This superbill is released already."):
        office.do(superbills.release, superbill_id=row.id)
    sheet = office.ask(superbills.sheet_of, superbill_id=row.id)
    assert [line.label for line in sheet.lines] == ["Office visit, low"]
    assert [d.code for d in sheet.diagnoses] == [MIGRAINE, HYPERTENSION]


def test_reopening_keeps_what_the_patient_paid(office: Office) -> None:
    patient = danielle(office)
    appointment = visit(office, patient)
    (line,) = charged(office, patient, appointment_id=appointment)
    paid(office, patient, 5000, line=line)
    bill = office.do(superbills.issue, appointment_id=appointment)
    office.do(superbills.reopen, superbill_id=bill, reason="Wrong level")
    assert office.ask(balances.of_patient, patient_id=patient) == balances.Balance(-5000, 0, 0, 5000)

    office.do(superbills.enter, superbill_id=bill, sheet=Sheet((MIGRAINE,), (Ticked("99214"),)))
    assert office.ask(balances.of_patient, patient_id=patient).total_cents == 11500


def test_visits_without_charges_are_listed_as_missing(office: Office) -> None:
    patient = danielle(office)
    code_lists(office)
    never, issued = visit(office, patient), visit(office, patient)
    office.do(superbills.issue, appointment_id=issued)
    office.clock.set(datetime(2026, 3, 17, 18, 55, tzinfo=UTC))
    for appointment in (never, issued):
        office.do(lifecycle.arrive, appointment_id=appointment)
    missing = office.ask(superbills.missing, since=TODAY, until=TODAY)
    assert [(row.appointment_id, row.why) for row in missing] == [
        (never, "never issued"),
        (issued, "not returned"),
    ]
