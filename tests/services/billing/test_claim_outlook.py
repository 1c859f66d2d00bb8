"""What a claim would be stopped for, said before there is one."""

from datetime import date, timedelta

from sqlalchemy import func, select, text

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimFinding, ClaimLine
from frontdesk.models.registration.coverage import Coverage
from frontdesk.services.billing import claim_detail, claim_outlook, drugs, superbills
from frontdesk.services.billing.claim_outlook import Outlook
from frontdesk.services.billing.code_rules import CodeRuleDraft, CodeRuleKind, keep
from frontdesk.services.billing.drugs import DrugDraft, DrugUnit
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.registration import self_pay
from tests.builders.billing import TODAY, at_work, visit
from tests.builders.claims import billing_office, insured
from tests.builders.office import provider
from tests.builders.registration import patient
from tests.office import Office

SHEET = Sheet(("G43.909", "I10"), (Ticked("99213", pointers="A"), Ticked("93000", pointers="A")))


def _messages(found: Outlook) -> list[str]:
    return [each.message for each in found.findings]


def _booking(office: Office, patient_id: int, on: date = TODAY + timedelta(days=7)) -> Outlook:
    return office.ask(claim_outlook.at_booking, patient_id=patient_id, provider_id=provider(office), on=on)


def _born_later(office: Office, patient_id: int) -> None:
    with office.database.engines.write.begin() as connection:
        connection.execute(
            text("UPDATE patient SET born_on = '2027-01-01' WHERE id = :patient"), {"patient": patient_id}
        )


def _issued(office: Office, patient_id: int) -> int:
    appointment = visit(office, patient_id)
    return office.do(superbills.issue, appointment_id=appointment)


def test_a_booking_with_nothing_wrong_says_nothing(office: Office) -> None:
    billing_office(office)
    assert _booking(office, insured(office)) == Outlook()


def test_a_booking_says_what_can_be_judged_then(office: Office) -> None:
    billing_office(office)
    raymond = insured(office)
    _born_later(office, raymond)
    found = _booking(office, raymond)
    assert _messages(found) == ["The visit is before the patient's birth."]
    assert found.words == "The visit is before the patient's birth. Check the date of birth."
    assert len(found.stops) == 1


def test_who_pays_alone_has_no_claim_to_think_of(office: Office) -> None:
    billing_office(office)
    assert _booking(office, patient(office, "Ada", "Stone", date(1990, 1, 1))) == Outlook()
    raymond = insured(office)
    office.do(self_pay.choose, patient_id=raymond, valid_from=TODAY, reason="Wants it so")
    assert _booking(office, raymond) == Outlook()


def test_check_in_sees_what_booking_could_not(office: Office) -> None:
    billing_office(office)
    raymond = insured(office)
    appointment = visit(office, raymond)
    assert office.ask(claim_outlook.at_check_in, appointment_id=appointment) == Outlook()
    with office.database.engines.write.begin() as connection:
        connection.execute(text("DELETE FROM patient_address"))
    assert _messages(_booking(office, raymond)) == []
    found = office.ask(claim_outlook.at_check_in, appointment_id=appointment)
    assert _messages(found) == ["The patient's home address is missing."]


def test_charge_entry_says_beforehand_what_the_claim_will_say(office: Office) -> None:
    billing_office(office)
    office.do(keep, draft=CodeRuleDraft(CodeRuleKind.DIAGNOSIS, "93000", diagnoses="I10 R00"))
    bill = _issued(office, insured(office))
    beforehand = office.ask(claim_outlook.at_entry, superbill_id=bill, sheet=SHEET)
    assert _messages(beforehand) == ["Line 2: 93000 is not supported by G43.909."]
    office.do(superbills.enter, superbill_id=bill, sheet=SHEET)
    with at_work(office) as work:
        claim = work.session.scalar(select(Claim.id).where(Claim.superbill_id == bill))
    assert claim is not None
    problems = office.ask(claim_detail.detail, claim_id=claim).problems
    assert [each.message for each in problems] == _messages(beforehand)


def test_looking_ahead_keeps_nothing(office: Office) -> None:
    billing_office(office)
    bill = _issued(office, insured(office))
    office.ask(claim_outlook.at_entry, superbill_id=bill, sheet=SHEET)
    with at_work(office) as work:
        for table in (Claim, ClaimLine, ChargeLine, ClaimFinding):
            assert work.session.scalar(select(func.count()).select_from(table)) == 0
        assert work.session.scalar(select(func.count()).select_from(Coverage)) == 1


def test_a_drug_of_the_offices_list_has_its_ndc_beforehand(office: Office) -> None:
    billing_office(office)
    office.do(keep, draft=CodeRuleDraft(CodeRuleKind.NDC, "93000"))
    bill = _issued(office, insured(office))
    wanted = office.ask(claim_outlook.at_entry, superbill_id=bill, sheet=SHEET)
    assert _messages(wanted) == ["Line 2: 93000 needs its NDC."]
    office.do(drugs.add_drug, draft=DrugDraft("93000", "0409-1171-01", "A drug", DrugUnit.EACH, 1000))
    assert office.ask(claim_outlook.at_entry, superbill_id=bill, sheet=SHEET) == Outlook()
