"""Benefits for people: by service, both sides of the network, and nothing dropped."""

from datetime import date

from frontdesk.models.registration.verification import VerificationResult, VerificationWay
from frontdesk.services.registration import benefit_sheet, verifications
from frontdesk.services.registration.benefit_sheet import BenefitRow, BenefitSheet
from frontdesk.services.registration.verifications import VerificationDraft
from tests.builders.eligibility import asked, read, reply
from tests.builders.eligibility_payer import PPO
from tests.builders.registration import coverage, danielle
from tests.office import Office
from tests.refusal import refusal


def sheet_of(office: Office, coverage_id: int) -> BenefitSheet:
    answer = office.ask(verifications.latest, coverage_id=coverage_id)
    assert answer is not None
    return office.ask(benefit_sheet.sheet, verification_id=answer.id)


def rows_of(sheet: BenefitSheet) -> dict[tuple[str, str], BenefitRow]:
    return {(group.service, row.what): row for group in sheet.groups for row in group.rows}


def test_a_file_read_for_people(file_office: Office) -> None:
    coverage_id = coverage(file_office, danielle(file_office))
    read(file_office, reply(asked(file_office, coverage_id), PPO))
    sheet = sheet_of(file_office, coverage_id)
    assert [group.service for group in sheet.groups] == [
        "Office visit",
        "Whole plan",
        "Urgent care",
        "Physical therapy",
        "Service Q9",
    ]
    rows = rows_of(sheet)
    copay = rows["Office visit", "Copay, individual"]
    assert (copay.inside, copay.outside, copay.needs_authorization) == ("$30.00 per visit", "", False)
    assert rows["Office visit", "Coinsurance, individual"].outside == "40% per visit"
    whole = rows["Whole plan", "Deductible, individual"]
    assert (whole.inside, whole.used, whole.left, whole.outside) == (
        "$1,500.00 per calendar year",
        "$1,088.00",
        "$412.00",
        "$4,000.00 per calendar year",
    )
    assert rows["Whole plan", "Deductible, family"].left == "$1,250.50"
    assert rows["Urgent care", "Copay, individual"].notes == ("“URGENT CARE COPAY IS WAIVED IF ADMITTED”",)
    limit = rows["Physical therapy", "Limit, individual"]
    assert (limit.inside, limit.left, limit.needs_authorization) == (
        "20 visits per calendar year",
        "13 visits",
        True,
    )
    unknown = rows["Service Q9", "Information ZZ, individual"]
    assert (unknown.is_known, unknown.inside, unknown.notes) == (
        False,
        "$12.50",
        ("network not said", "EB*ZZ*IND*Q9****12.5~"),
    )
    assert rows["Whole plan", "Primary care provider, individual"].notes == (
        "Primary care provider: GRACE LEE, 1234567893, (503) 555-0100",
    )
    assert sheet.missing == ()


def test_what_was_said_on_the_phone_stands_in_the_same_shape(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    office.do(
        verifications.record,
        draft=VerificationDraft(
            coverage_id=coverage_id,
            way=VerificationWay.PHONE,
            result=VerificationResult.ACTIVE,
            service_on=date(2026, 3, 17),
            copay_cents=3000,
            family_deductible_cents=300000,
            family_deductible_left_cents=125050,
            outside_coinsurance_percent=40,
            needs_authorization=True,
            plan_said="Preferred PPO",
            plan_begins_on=date(2026, 1, 1),
            reference="4471",
            said_by="Kim",
        ),
    )
    sheet = sheet_of(office, coverage_id)
    rows = rows_of(sheet)
    assert rows["Office visit", "Copay, individual"].needs_authorization is True
    assert rows["Office visit", "Coinsurance, individual"].outside == "40%"
    assert rows["Whole plan", "Deductible, family"].used == "$1,749.50"
    assert (sheet.answer.plan_said, sheet.short.is_active) == ("Preferred PPO", True)
    assert sheet.missing == (
        "the deductible",
        "what is left of the deductible",
        "the out-of-pocket limit",
    )


def test_each_amount_that_cannot_be_true_is_named(file_office: Office) -> None:
    coverage_id = coverage(file_office, danielle(file_office))
    with refusal(
        "The copay out of network cannot be less than zero. The coinsurance is a percentage from 0 to 100. "
        "More is left of the out-of-pocket limit than the whole. Check both. "
        "Enter the whole of the family deductible too. "
        "The plan ends before it begins. Check both dates."
    ):
        file_office.do(
            verifications.record,
            draft=VerificationDraft(
                coverage_id=coverage_id,
                way=VerificationWay.PORTAL,
                result=VerificationResult.ACTIVE,
                service_on=date(2026, 3, 17),
                coinsurance_percent=101,
                outside_copay_cents=-1,
                family_deductible_left_cents=5,
                out_of_pocket_cents=1,
                out_of_pocket_left_cents=2,
                plan_begins_on=date(2026, 1, 1),
                plan_ends_on=date(2025, 1, 1),
            ),
        )


def test_a_withdrawn_answer_no_longer_counts(file_office: Office) -> None:
    coverage_id = coverage(file_office, danielle(file_office))
    read(file_office, reply(asked(file_office, coverage_id), PPO))
    answer = file_office.ask(verifications.latest, coverage_id=coverage_id)
    assert answer is not None
    with refusal("Enter why this answer does not count."):
        file_office.do(verifications.withdraw, verification_id=answer.id, reason=" ")
    file_office.do(verifications.withdraw, verification_id=answer.id, reason="Another patient's")
    assert file_office.ask(verifications.latest, coverage_id=coverage_id) is None
    with refusal("This answer was withdrawn already."):
        file_office.do(verifications.withdraw, verification_id=answer.id, reason="Again")
