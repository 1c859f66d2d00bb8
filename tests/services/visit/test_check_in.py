"""The check-in page, what it refuses, and the way back."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Refused
from frontdesk.models.records.consent import ConsentForm, Needed
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Stage
from frontdesk.models.visit.check_in import IdentityCheck
from frontdesk.services.billing import payments, superbills
from frontdesk.services.billing.asking import Allocation, AskItem
from frontdesk.services.billing.payments import Payment
from frontdesk.services.records import forms
from frontdesk.services.registration import policies, self_pay
from frontdesk.services.registration.drafts import AddressDraft, PhoneDraft, PhoneKind
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit import check_in, demographics, flow, identity, insurance
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.services.visit.identity import Identifier
from frontdesk.services.visit.steps import StepKind
from frontdesk.services.visit.taking import spread
from tests.builders.billing import answered, at_work, cash, charged
from tests.builders.records import library
from tests.builders.registration import coverage, danielle
from tests.builders.schedule import book
from tests.builders.visit import (
    TODAY,
    all_signed,
    at_the_desk,
    confirmed,
    covered,
    due_today,
    statements,
    with_doctor,
)
from tests.office import Office
from tests.refusal import refusal

HOME = "2218 Alder Court, Apt 4, Beaverton OR 97005"


def page(office: Office, visit: int) -> CheckIn:
    return office.ask(check_in.check_in, appointment_id=visit)


def results(shown: CheckIn) -> dict[StepKind, str]:
    return {step.kind: step.result for step in shown.steps}


def stage(office: Office, visit: int) -> Stage:
    with at_work(office) as work:
        return work.get(Appointment, visit).stage


def test_a_check_in_that_has_just_begun_says_what_each_step_needs(office: Office) -> None:
    library(office)
    visit = at_the_desk(office)
    shown = page(office, visit)
    assert shown.status is Status.CHECKING_IN
    assert results(shown) == {
        StepKind.IDENTITY: "Ask for name and birth date",
        StepKind.DEMOGRAPHICS: "Never confirmed",
        StepKind.INSURANCE: "No coverage on file",
        StepKind.CONSENTS: "4 of 4 to sign: consent to treat, privacy notice received, "
        "text and e-mail messages, financial policy",
        StepKind.PAYMENT: "Nothing due",
    }
    assert [step.kind for step in shown.open_steps if step.must] == [StepKind.INSURANCE]


def test_a_check_in_with_everything_done_goes_through_without_a_reason(office: Office) -> None:
    visit = at_the_desk(office)
    covered(office)
    all_signed(office)
    confirmed(office)
    copay = Allocation("copay", 3000, appointment_id=visit)
    office.do(payments.take, payment=Payment(danielle(office), (cash(3000),), (copay,), visit))
    shown = page(office, visit)
    assert results(shown) == {
        StepKind.IDENTITY: "Name and birth date match, 10:42",
        StepKind.DEMOGRAPHICS: "Confirmed with patient, 10:42",
        StepKind.INSURANCE: "BCBS PPO active, verified 03/17/2026",
        StepKind.CONSENTS: "4 of 4 signed",
        StepKind.PAYMENT: "Nothing due",
    }
    assert shown.open_steps == ()

    office.do(check_in.finish, appointment_id=visit)

    assert stage(office, visit) is Stage.READY
    assert [m.why for m in office.ask(superbills.missing, since=TODAY, until=TODAY)] == ["not returned"]


def test_open_steps_need_a_reason(office: Office) -> None:
    visit = at_the_desk(office)
    covered(office)
    all_signed(office)
    with pytest.raises(Refused) as refused:
        office.do(check_in.finish, appointment_id=visit)
    assert [(f.message, f.field, f.overridable) for f in refused.value.findings] == [
        ("Identity: Ask for name and birth date.", "identity", True),
        ("Demographics: Never confirmed.", "demographics", True),
        ("Payment: $30.00 copay.", "payment", True),
    ]
    assert stage(office, visit) is Stage.CHECKING_IN

    office.do(check_in.finish, appointment_id=visit, reason="Pays at check-out")

    assert stage(office, visit) is Stage.READY
    assert page(office, visit).not_today == "Pays at check-out"


def test_a_missing_coverage_cannot_be_talked_away(office: Office) -> None:
    visit = at_the_desk(office)
    with refusal("Danielle Foster has no coverage on file. Add one, or choose self-pay."):
        office.do(check_in.finish, appointment_id=visit, reason="In a hurry")
    office.do(self_pay.choose, patient_id=danielle(office), valid_from=TODAY)
    assert results(page(office, visit))[StepKind.INSURANCE] == "Pays for this visit without insurance"
    office.do(check_in.finish, appointment_id=visit, reason="In a hurry")
    assert stage(office, visit) is Stage.READY


def test_self_pay_chosen_today_never_was_once_insurance_is_used_again(office: Office) -> None:
    visit = at_the_desk(office)
    covered(office)
    office.do(self_pay.choose, patient_id=danielle(office), valid_from=TODAY, reason="No card")
    done = office.done(insurance.insured_again, patient_id=danielle(office))
    assert page(office, visit).self_pay is None
    office.database.undo(office.actor, done.entry_id)
    choice = page(office, visit).self_pay
    assert choice is not None
    assert choice.reason == "No card"
    office.do(insurance.insured_again, patient_id=danielle(office))
    with refusal("The patient does not pay without insurance today."):
        office.do(insurance.insured_again, patient_id=danielle(office))


def test_a_patient_who_has_not_arrived_is_not_ready(office: Office) -> None:
    visit = due_today(office)
    covered(office)
    with refusal("Danielle Foster has not arrived yet."):
        office.do(check_in.finish, appointment_id=visit, reason="In a hurry")


def test_nothing_is_asked_for_again_once_it_waits_for_another_day(office: Office) -> None:
    visit = at_the_desk(office)
    covered(office)
    with refusal("Say why nothing is paid today."):
        office.do(check_in.not_today, appointment_id=visit, reason=" ")
    done = office.done(check_in.not_today, appointment_id=visit, reason="Forgot the wallet")
    assert results(page(office, visit))[StepKind.PAYMENT] == "$30.00 another day: Forgot the wallet"
    office.database.undo(office.actor, done.entry_id)
    assert results(page(office, visit))[StepKind.PAYMENT] == "$30.00 copay"


def test_an_old_balance_is_asked_for_and_holds_nobody_up(office: Office) -> None:
    covered(office)
    (line,) = charged(office, danielle(office))
    visit = at_the_desk(office, minutes_from_now=33)
    answered(office, line, contract_cents=4580, patient_cents=8420)
    shown = page(office, visit)
    assert results(shown)[StepKind.PAYMENT] == "$30.00 copay, $84.20 balance"
    copay = Allocation("copay", 3000, appointment_id=visit)
    office.do(payments.take, payment=Payment(danielle(office), (cash(3000),), (copay,), visit))
    assert StepKind.PAYMENT not in {step.kind for step in page(office, visit).open_steps}


def test_the_patient_is_told_how_late_the_provider_is(office: Office) -> None:
    before = at_the_desk(office)
    visit = due_today(office, minutes_from_now=18)
    office.clock.advance(minutes=15)
    with_doctor(office, before)
    shown = page(office, visit)
    assert shown.expected_in is not None
    assert shown.late_minutes == int((shown.expected_in - shown.starts).total_seconds() // 60) == 12


def test_marking_ready_is_taken_back(office: Office) -> None:
    visit = at_the_desk(office)
    covered(office)
    done = office.done(check_in.finish, appointment_id=visit, reason="In a hurry")
    office.database.undo(office.actor, done.entry_id)
    assert stage(office, visit) is Stage.CHECKING_IN


def test_beginning_is_taken_back_with_the_arrival(office: Office) -> None:
    visit = due_today(office)
    done = office.done(check_in.begin, appointment_id=visit)
    assert len(done.result.event_ids) == 2
    office.database.undo(office.actor, done.entry_id)
    assert stage(office, visit) is Stage.EXPECTED


def test_the_page_is_a_constant_number_of_statements(office: Office) -> None:
    visit = at_the_desk(office)
    covered(office)
    all_signed(office)
    few = statements(office, lambda: page(office, visit))
    confirmed(office)
    for minutes in (33, 63, 93):
        due_today(office, minutes_from_now=minutes)
    assert statements(office, lambda: page(office, visit)) <= few
    with at_work(office) as work:
        assert work.get(Patient, danielle(office)).legal_last == "Foster"


def test_money_goes_on_the_items_in_their_order_and_the_rest_is_ahead() -> None:
    copay = AskItem("Copay", "", 3000, (Allocation("copay", 3000, appointment_id=1),))
    lines = (Allocation("line", 5000, charge_line_id=7), Allocation("line", 3420, charge_line_id=8))
    balance = AskItem("Balance", "", 8420, lines)
    assert spread((copay, balance), 11420) == (*copay.allocations, *lines)
    assert spread((copay, balance), 4000) == (
        *copay.allocations,
        Allocation("line", 1000, charge_line_id=7),
    )
    assert spread((copay,), 5000) == (*copay.allocations, Allocation("prepayment", 2000))
    assert spread((), 500) == (Allocation("prepayment", 500),)
    assert spread((copay,), 0) == (Allocation("copay", 0, appointment_id=1),)
    assert spread((), -1) == (Allocation("prepayment", -1),)


def test_two_identifiers_are_compared_and_kept_with_the_visit(office: Office) -> None:
    visit = at_the_desk(office)
    two = "Compare at least two: name, birth date, photo ID, address, phone or member ID."
    for too_few in ((), (Identifier.NAME,), (Identifier.NAME, Identifier.NAME)):
        with refusal(two):
            office.do(identity.compare, appointment_id=visit, identifiers=too_few)
    office.do(
        identity.compare,
        appointment_id=visit,
        identifiers=(Identifier.PHOTO_ID, Identifier.NAME, Identifier.BIRTH_DATE),
    )
    shown = page(office, visit)
    assert results(shown)[StepKind.IDENTITY] == "Name, birth date and photo ID match, 10:42"
    assert shown.identified is not None
    assert (shown.identified.by, len(shown.identified.identifiers)) == ("Dana Brooks", 3)
    other = at_the_desk(office, minutes_from_now=33)
    assert page(office, other).identified is None, "each visit has its own check"
    with at_work(office) as work:
        work.add(
            IdentityCheck(
                appointment_id=visit,
                patient_id=danielle(office),
                identifiers=(Identifier.NAME,),
                checked_at=work.now,
                checked_by="Dana Brooks",
                station_id=work.station.id,
            )
        )
        with pytest.raises(IntegrityError, match="two_identifiers"):
            work.flush()
        work.session.rollback()


def test_what_changed_since_the_last_visit_stands_side_by_side(office: Office) -> None:
    all_signed(office)
    before = at_the_desk(office, minutes_from_now=33)
    assert page(office, before).since_last is None, "never here before"
    covered(office)
    (line,) = charged(office, danielle(office), appointment_id=before)
    confirmed(office)
    with_doctor(office, before)
    for _ in range(2):
        office.do(flow.advance, appointment_id=before, reason="Asks for a statement")
    office.clock.advance(minutes=60 * 24 * 30)
    answered(office, line, contract_cents=4580, patient_cents=8420)
    sheet = office.ask(demographics.on_file, patient_id=danielle(office)).sheet
    for pharmacy in ("Harbor", "Alder Street Drug"):
        after = replace(sheet, details=replace(sheet.details, pharmacy=pharmacy))
        sheet = office.do(demographics.save, patient_id=danielle(office), before=sheet, after=after)
    moved = replace(sheet, address=AddressDraft("911 Alder St", "Portland", "OR", "97205"))
    office.do(demographics.save, patient_id=danielle(office), before=sheet, after=moved)
    policy = page(office, before).card
    assert policy is not None
    today = page(office, before).starts.date() + timedelta(days=30)
    card = replace(policy.draft, member_id="NEW000111222", effective_from=today)
    office.do(policies.replace, policy_id=policy.id, card=card)
    visit = book(office, datetime.combine(today, time(14)), patient_id=danielle(office), override_reason="x")

    found = page(office, visit).since_last

    assert found is not None
    assert found.on == TODAY
    said = [(each.part, each.what, each.before, each.after) for each in found.differences]
    assert said == [
        ("Demographics", "Home address", HOME, "911 Alder St, Portland OR 97205"),
        ("Demographics", "Pharmacy", "", "Alder Street Drug"),
        ("Coverage", "Primary coverage", "BCBS PPO, XQP884120557", "BCBS PPO, NEW000111222"),
        ("Balance", "Patient owes", "$0.00", "$84.20"),
    ]
    assert {each.by for each in found.differences} == {"Dana B.", ""}


def test_the_page_costs_the_same_with_thirty_forms_and_phones(office: Office) -> None:
    library(office)
    visit = at_the_desk(office)
    covered(office)
    few = statements(office, lambda: page(office, visit))
    sheet = office.ask(demographics.on_file, patient_id=danielle(office)).sheet
    phones = tuple(PhoneDraft(f"50355501{n:02}", PhoneKind.OTHER) for n in range(30))
    office.do(
        demographics.save, patient_id=danielle(office), before=sheet, after=replace(sheet, phones=phones)
    )
    for rank in range(2, 10):
        coverage(office, danielle(office), rank=rank, member_id=f"MEMBER{rank:04}")
    wording = office.ask(forms.current_forms)[0]
    for number in range(30):
        with at_work(office) as work:
            work.add(
                ConsentForm(
                    key=f"form_{number}",
                    edition=1,
                    language="en",
                    position=100 + number,
                    title=f"Form {number}",
                    text="Words.",
                    needed=Needed.ONCE,
                    may_be_refused=True,
                    guardian_below_age=18,
                    effective_on=wording.effective_on,
                )
            )
    shown = page(office, visit)
    assert (len(shown.coverages), len(shown.forms)) == (9, 34)
    assert statements(office, lambda: page(office, visit)) <= few
