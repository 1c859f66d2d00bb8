"""Registering and changing patients: what is accepted, and each refusal in words."""

from dataclasses import replace
from datetime import date

import pytest

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.registration.patient import PatientStatus
from frontdesk.models.registration.reach import AddressKind, AlertKind
from frontdesk.services.registration import (
    accounts,
    addresses,
    alerts,
    contacts,
    edits,
    panel,
    patients,
    phones,
)
from frontdesk.services.registration.drafts import (
    AddressDraft,
    ContactDraft,
    DetailsDraft,
    GuarantorDraft,
    IdentityDraft,
    PatientDraft,
    PhoneDraft,
)
from frontdesk.services.registration.search import search
from frontdesk.services.work import Actor
from tests.builders.office import site
from tests.builders.registration import ALDER_COURT, DANIELLE, danielle, draft, patient
from tests.office import Office
from tests.refusal import refusal

GLISAN = AddressDraft("907 NW Glisan St", "Portland", "OR", "97209")


def test_a_patient_gets_the_next_chart_number_of_the_practice(office: Office) -> None:
    first, second = patient(office, "Danielle"), patient(office, "Walter", "Harris", date(1951, 2, 9))
    assert office.ask(panel.identity, patient_id=first).chart_number == "HP-00001"
    assert office.ask(panel.identity, patient_id=second).chart_number == "HP-00002"


def test_everything_wrong_is_said_at_once(office: Office) -> None:
    site(office)
    typed = PatientDraft(
        identity=IdentityDraft(" ", "Foster2", date(2026, 3, 18)),
        details=DetailsDraft(email="d.foster", interpreter_needed=True),
        phones=(
            PhoneDraft("555-CALL"),
            PhoneDraft("503 555 014"),
            PhoneDraft("5035550148"),
            PhoneDraft("15035550148"),
        ),
        address=AddressDraft("", "Beaverton", "Oregano", "9700"),
    )
    with pytest.raises(Refused) as refused:
        office.do(patients.register, draft=typed)
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [
        ("legal_first", "Enter the legal first name."),
        ("legal_last", "A name has no digits. Take “2” out of the legal last name."),
        ("born_on", "The birth date is in the future. Check the year."),
        ("email", "The e-mail address is not complete. It needs an @ and a domain, as in name@example.com."),
        ("language", "Choose the language that the interpreter is needed for."),
        (
            "phones.0.number",
            "A phone number has no letters. Take “CALL” out; an extension goes into the note.",
        ),
        ("phones.1.number", "The phone number has 9 digits. Enter all ten, with the area code."),
        ("phones.3.number", "This phone number is already in the list. Take one of them out."),
        ("address.street", "Enter the street and house number."),
        ("address.state", "“Oregano” is not a state. Use its two letters, such as OR."),
        ("address.postal_code", "A ZIP code has 5 digits, or 9 with a dash, as in 97005-1234."),
    ]


def test_what_does_not_fit_its_column_is_said_before_the_database_does(office: Office) -> None:
    site(office)
    typed = PatientDraft(
        identity=IdentityDraft("D" * 61, "Foster", date(1982, 6, 14)),
        details=DetailsDraft(employer="E" * 121),
        phones=(PhoneDraft("5035550148", note="n" * 81),),
        address=replace(ALDER_COURT, street="S" * 121),
    )
    with pytest.raises(Refused) as refused:
        office.do(patients.register, draft=typed)
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [
        ("legal_first", "This is longer than 60 letters. Shorten it."),
        ("employer", "This is longer than 120 letters. Shorten it."),
        ("phones.0.note", "This is longer than 80 letters. Shorten it."),
        ("address.street", "This is longer than 120 letters. Shorten it."),
    ]


def test_nobody_is_older_than_130(office: Office) -> None:
    site(office)
    with refusal("The birth date is more than 130 years ago. Check the year."):
        office.do(patients.register, draft=draft(born_on=date(1895, 3, 17)))
    office.do(patients.register, draft=draft(born_on=date(1895, 3, 18)))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "Enter the phone number."),
        (
            "503 555 0148 22",
            "The phone number has 12 digits, ten are needed. Start a number of another country with +.",
        ),
        ("103 555 0148", "No phone in the United States has this number. Check the area code."),
        ("+44 12", "This is no phone number of that country. Check the country code after the +."),
    ],
)
def test_a_phone_that_cannot_be_called_is_refused(file_office: Office, number: str, sentence: str) -> None:
    site(file_office)
    typed = replace(draft(), phones=(PhoneDraft(number),))
    with refusal(sentence):
        file_office.do(patients.register, draft=typed)


def test_a_phone_abroad_keeps_its_country_code(file_office: Office) -> None:
    site(file_office)
    typed = replace(draft(), phones=(PhoneDraft("+52 55 1234 5678"),))
    dani = file_office.do(patients.register, draft=typed)
    assert [line.number for line in file_office.ask(panel.panel, patient_id=dani).phones] == ["+525512345678"]


def test_a_look_alike_is_named_and_needs_a_reason(office: Office) -> None:
    danielle(office)
    again = replace(DANIELLE, identity=replace(DANIELLE.identity, legal_first="Danielle", legal_middle=""))
    with refusal(
        "Danielle Foster, chart HP-00001, seems to be the same person: Same last name; Same first name; "
        "Same birth date; Same phone, (503) 555-0148; Same e-mail, d.foster@example.com; "
        "Same address, 2218 Alder Court. Open that chart, or say why this is somebody else."
    ):
        office.do(patients.register, draft=again)
    office.do(patients.register, draft=again, override="Twin with the same first name")


def test_a_child_needs_a_guarantor_who_then_pays(office: Office) -> None:
    dani = danielle(office)
    ellis = draft("Ellis", "Foster-Boyd", date(2019, 8, 21))
    with refusal("The patient is under 18. Choose the parent or guardian who pays."):
        office.do(patients.register, draft=ellis)
    child = office.do(patients.register, draft=replace(ellis, guarantor=GuarantorDraft(dani)))

    account = office.ask(accounts.account_of, patient_id=child)
    assert account is not None
    assert (account.holder, account.address) == ("Danielle Foster", ALDER_COURT)
    assert account.member_ids == (dani, child)


def test_a_child_cannot_pay_for_another(office: Office) -> None:
    dani = danielle(office)
    child = patient(office, "Ellis", "Foster-Boyd", date(2019, 8, 21), guarantor=GuarantorDraft(dani))
    with refusal("The person who pays is under 18. Choose an adult."):
        office.do(accounts.change_guarantor, patient_id=dani, guarantor=GuarantorDraft(child))


def test_a_new_guarantor_pays_from_today_and_the_past_is_kept(office: Office) -> None:
    dani = danielle(office)
    office.clock.advance(days=3)
    june = GuarantorDraft(first="June", last="Boyd", phone="503-555-0165", address=GLISAN)
    office.do(accounts.change_guarantor, patient_id=dani, guarantor=june)

    now = office.ask(accounts.account_of, patient_id=dani)
    before = office.ask(accounts.account_of, patient_id=dani, on=date(2026, 3, 19))
    assert now is not None
    assert before is not None
    assert (now.holder, before.holder) == ("June Boyd", "Danielle Foster")


def test_two_desks_that_change_one_section_do_not_overwrite_each_other(office: Office) -> None:
    dani = danielle(office)
    married = replace(DANIELLE.identity, legal_last="Boyd", former_last_name="Foster")
    office.do(edits.change_identity, patient_id=dani, before=DANIELLE.identity, after=married)
    with pytest.raises(Conflict) as conflict:
        office.do(edits.change_identity, patient_id=dani, before=DANIELLE.identity, after=DANIELLE.identity)
    assert str(conflict.value) == (
        "Another desk changed the name and birth date of this patient. Nothing of yours was saved. "
        "Look at what changed, then save again."
    )
    pharmacy = replace(DANIELLE.details, pharmacy="Alder Street Drug")
    office.do(edits.change_details, patient_id=dani, before=DANIELLE.details, after=pharmacy)


def test_an_old_address_is_kept_and_taken_up_again_by_undo(office: Office) -> None:
    dani = danielle(office)
    office.clock.advance(days=10)
    done = office.done(
        addresses.change, patient_id=dani, kind=AddressKind.HOME, before=ALDER_COURT, after=GLISAN
    )
    assert [(past.address, past.valid_until) for past in office.ask(addresses.history, patient_id=dani)] == [
        (GLISAN, None),
        (ALDER_COURT, date(2026, 3, 26)),
    ]
    office.database.undo(office.actor, done.entry_id)
    assert [(past.address, past.valid_until) for past in office.ask(addresses.history, patient_id=dani)] == [
        (ALDER_COURT, None)
    ]


def test_a_phone_taken_out_is_ended_and_another_desk_s_list_is_not_lost(office: Office) -> None:
    dani = danielle(office)
    work = (PhoneDraft("(503) 555-0172"),)
    office.do(phones.change, patient_id=dani, before=DANIELLE.phones, after=work)
    assert [line.number for line in office.ask(panel.panel, patient_id=dani).phones] == ["(503) 555-0172"]
    with pytest.raises(Conflict):
        office.do(phones.change, patient_id=dani, before=DANIELLE.phones, after=work)


def test_an_inactive_patient_is_shown_as_such_and_comes_back(office: Office) -> None:
    dani = danielle(office)
    office.do(patients.deactivate, patient_id=dani, reason="Moved away")
    [gone] = office.ask(search, typed="foster 6/14/1982").patients
    assert gone.status is PatientStatus.INACTIVE
    with refusal("This chart is inactive. Nothing was changed."):
        office.do(patients.deactivate, patient_id=dani, reason="Moved away")
    office.do(patients.reactivate, patient_id=dani)
    assert [found.patient_id for found in office.ask(search, typed="foster 6/14/1982").patients] == [dani]


def test_making_inactive_needs_a_reason(file_office: Office) -> None:
    with refusal("Enter why the patient is made inactive, such as moved away."):
        file_office.do(patients.deactivate, patient_id=danielle(file_office), reason=" ")


def test_a_death_is_not_in_the_future_nor_before_birth(file_office: Office) -> None:
    dani = danielle(file_office)
    with refusal("The date of death is in the future. Check the year."):
        file_office.do(patients.record_death, patient_id=dani, died_on=date(2026, 3, 18))
    with refusal("The date of death is before the birth date. Check both."):
        file_office.do(patients.record_death, patient_id=dani, died_on=date(1982, 6, 13))
    file_office.do(patients.record_death, patient_id=dani, died_on=date(2026, 3, 2))
    assert file_office.ask(panel.identity, patient_id=dani).status is PatientStatus.DECEASED


def test_a_restricted_record_asks_for_a_reason(office: Office) -> None:
    dani = danielle(office)
    office.do(patients.restrict, patient_id=dani, restricted=True)
    clerk = Actor(None, "Clerk", "C", frozenset({"registration.view"}))
    with refusal("This record is restricted. Enter why you need it now; each reason is reviewed."):
        office.database.do(clerk, patients.open_record, patient_id=dani)
    office.database.do(clerk, patients.open_record, patient_id=dani, reason="Patient is at the desk")
    seen = office.database.log_after(0, limit=1000)[-1]
    assert (seen.intent.command, seen.patient_ids) == ("registration.patients.open_record", (dani,))
    assert seen.intent.arguments["reason"] == "Patient is at the desk"


def test_a_guardian_needs_authority_and_nobody_is_their_own_contact(file_office: Office) -> None:
    dani = danielle(file_office)
    with refusal(
        "Enter the phone number. "
        "Enter what the guardian's right rests on, such as parent or court order. "
        "A patient cannot be their own contact. Choose somebody else."
    ):
        file_office.do(
            contacts.add,
            patient_id=dani,
            draft=ContactDraft("Dani", "self", is_emergency=True, is_guardian=True, contact_patient_id=dani),
        )


def test_an_alert_is_shown_until_its_last_day(office: Office) -> None:
    dani = danielle(office)
    office.do(
        alerts.add,
        patient_id=dani,
        kind=AlertKind.CODE_WORD,
        sentence="Ask phone code word before details",
        expires_on=date(2026, 3, 18),
    )
    assert [alert.sentence for alert in office.ask(panel.panel, patient_id=dani).alerts] == [
        "Ask phone code word before details"
    ]
    office.clock.advance(days=2)
    assert office.ask(panel.panel, patient_id=dani).alerts == ()
    with refusal(
        "Enter what the desk must know. The last day of the alert has passed. Choose today or later."
    ):
        office.do(
            alerts.add, patient_id=dani, kind=AlertKind.NOTE, sentence=" ", expires_on=date(2026, 3, 18)
        )
