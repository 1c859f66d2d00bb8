"""Every command of the domain, once."""

from dataclasses import replace
from datetime import date

from frontdesk.formats.patient_csv import PatientLine
from frontdesk.models.registration.reach import AddressKind, AlertKind
from frontdesk.models.registration.review import Section
from frontdesk.services.registration import (
    accounts,
    addresses,
    alerts,
    authorizations,
    contacts,
    coverages,
    edits,
    patient_import,
    patients,
    payers,
    phones,
    policies,
    reviews,
    self_pay,
)
from frontdesk.services.registration.authorizations import GrantDraft
from frontdesk.services.registration.drafts import (
    AddressDraft,
    ContactDraft,
    GuarantorDraft,
    PhoneDraft,
)
from tests.builders.registration import (
    ALDER_COURT,
    DANIELLE,
    card,
    coverage,
    danielle,
    patient,
    plan,
    verification,
)
from tests.office import Office
from tests.services.registration import every_command_eligibility, every_command_import

GLISAN = AddressDraft("907 NW Glisan St", "Portland", "OR", "97209")
SPRING = date(2026, 4, 1)


def run(office: Office) -> None:
    """Walk through the commands, leaving Danielle Foster registered and covered."""
    _people(office, danielle(office))
    _coverage(office, danielle(office))
    _payers(office)
    every_command_eligibility.run(office)
    every_command_import.run(office, danielle(office))
    office.do(
        patient_import.take_over,
        system="old system",
        lines=(PatientLine(2, "Walter", "Harris", date(1951, 2, 9), mobile="5035550164", identifier="77"),),
    )


def _people(office: Office, dani: int) -> None:
    office.do(patients.open_record, patient_id=dani)
    office.do(
        edits.change_identity,
        patient_id=dani,
        before=DANIELLE.identity,
        after=replace(DANIELLE.identity, preferred_name="Dani"),
    )
    office.do(
        edits.change_details,
        patient_id=dani,
        before=DANIELLE.details,
        after=replace(DANIELLE.details, pharmacy="Alder Street Drug"),
    )
    office.do(
        phones.change,
        patient_id=dani,
        before=DANIELLE.phones,
        after=(*DANIELLE.phones, PhoneDraft("5035550119")),
    )
    office.do(addresses.change, patient_id=dani, kind=AddressKind.HOME, before=ALDER_COURT, after=GLISAN)
    spouse = ContactDraft("Ray Foster", "spouse", "(503) 555-0119", is_emergency=True)
    ray = office.do(contacts.add, patient_id=dani, draft=spouse)
    office.do(contacts.change, contact_id=ray, before=spouse, after=replace(spouse, may_discuss=True))
    office.do(contacts.end, contact_id=ray)
    office.do(contacts.resume, contact_id=ray)
    alert = office.do(alerts.add, patient_id=dani, kind=AlertKind.CODE_WORD, sentence="Ask the code word")
    office.do(alerts.end, alert_id=alert)
    office.do(alerts.resume, alert_id=alert)
    office.do(reviews.mark_reviewed, patient_id=dani, sections=(Section.IDENTITY, Section.ADDRESS))
    ellis = patient(office, "Ellis", "Foster-Boyd", date(2019, 8, 21), guarantor=GuarantorDraft(dani))
    office.do(
        accounts.change_guarantor,
        patient_id=ellis,
        guarantor=GuarantorDraft(first="June", last="Boyd", phone="503-555-0165", address=GLISAN),
    )
    office.do(patients.restrict, patient_id=ellis, restricted=True)
    edith = patient(office, "Edith", "Nowak", date(1944, 1, 2))
    office.do(patients.deactivate, patient_id=edith, reason="Moved away")
    office.do(patients.reactivate, patient_id=edith)
    office.do(patients.record_death, patient_id=edith, died_on=date(2026, 3, 2))
    office.do(patients.withdraw_death, patient_id=edith)


def _coverage(office: Office, dani: int) -> None:
    first = coverage(office, dani)
    policy_id = office.ask(coverages.coverages, patient_id=dani)[0].policy_id
    verification(office, first)
    grant = office.do(
        authorizations.add,
        draft=GrantDraft(first, "A-5521", units=3, valid_from=date(2026, 3, 1), valid_until=SPRING),
    )
    use = office.do(authorizations.reserve, grant_id=grant, for_day=date(2026, 3, 24))
    office.do(authorizations.use, use_id=use)
    office.do(authorizations.unuse, use_id=use)
    office.do(authorizations.release, use_id=use)
    office.do(authorizations.rebook, use_id=use)
    office.do(
        policies.replace, policy_id=policy_id, card=card(office, dani, "XQP884120558", effective_from=SPRING)
    )
    second = coverage(office, dani, rank=2, member_id="ZZT100200300")
    as_typed = card(office, dani, "ZZT100200300")
    office.do(
        policies.correct,
        policy_id=office.ask(coverages.coverages, patient_id=dani)[1].policy_id,
        before=as_typed,
        after=replace(as_typed, group_number="0071-443"),
    )
    office.do(coverages.set_end, coverage_id=second, last_day=date(2026, 12, 31))
    office.do(coverages.withdraw, coverage_id=second)
    office.do(coverages.reinstate, coverage_id=second)
    choice = office.do(self_pay.choose, patient_id=dani, valid_from=date(2027, 1, 1), reason="Between jobs")
    office.do(self_pay.end, self_pay_id=choice, last_day=date(2027, 1, 31))


def _payers(office: Office) -> None:
    plan_id = plan(office, "Cascade Health", "Gold HMO")
    payer_id = office.made["payer:Cascade Health"]
    for active in (False, True):
        office.do(payers.switch_plan, plan_id=plan_id, active=active)
        office.do(payers.switch_payer, payer_id=payer_id, active=active)
