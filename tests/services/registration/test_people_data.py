"""Former names, race, phones' permissions, addresses with dates, guardians: what is kept and refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.services.registration import (
    accounts,
    addresses,
    alerts,
    contacts,
    edits,
    former_names,
    panel,
    patients,
    phones,
    required,
    search,
)
from frontdesk.services.registration.drafts import (
    AddressDraft,
    AddressKind,
    ContactDraft,
    DetailsDraft,
    PermissionSource,
    PhoneDraft,
    Race,
    ReminderWay,
)
from frontdesk.services.registration.former_names import FormerNameDraft
from frontdesk.services.registration.races import races_said
from frontdesk.services.registration.required import Needed, Occasion
from frontdesk.services.registration.zip_codes import ZipPlace, place_of, place_of_zip
from frontdesk.services.visit import patient_sheet
from tests.builders.registration import ALDER_COURT, DANIELLE, danielle, draft, patient
from tests.builders.visit import TODAY
from tests.office import Office
from tests.refusal import refusal

SHELTER = AddressDraft("PO Box 12", "Salem", "OR", "97301", kind=AddressKind.CONFIDENTIAL)
COAST = AddressDraft("12 Ocean Way", "Astoria", "OR", "97103")


def test_several_former_names_are_kept_with_their_days_and_found(office: Office) -> None:
    dani = danielle(office)
    names = (FormerNameDraft("Kral", "Daniela", date(2004, 6, 12)), FormerNameDraft("Holt"))
    done = office.done(former_names.change, patient_id=dani, before=(), after=names)
    assert office.ask(former_names.former_names, patient_id=dani) == names
    for typed in ("Kral", "Holt"):
        assert [hit.patient_id for hit in office.ask(search.search, typed=typed).patients] == [dani]

    office.database.undo(office.actor, done.entry_id)
    assert office.ask(former_names.former_names, patient_id=dani) == ()
    assert office.ask(search.search, typed="Kral").patients == ()


def test_a_new_last_name_with_the_old_one_named_is_dated_today(office: Office) -> None:
    dani = danielle(office)
    married = replace(DANIELLE.identity, legal_last="Boyd", former_last_name="Foster")
    office.do(edits.change_identity, patient_id=dani, before=DANIELLE.identity, after=married)
    assert office.ask(former_names.former_names, patient_id=dani) == (
        FormerNameDraft("Foster", used_until=TODAY),
    )


def test_what_is_wrong_in_former_names_is_said_beside_each(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        office.do(
            former_names.change,
            patient_id=danielle(office),
            before=(),
            after=(
                FormerNameDraft(""),
                FormerNameDraft("K2", used_until=date(2027, 1, 1)),
                FormerNameDraft("Holt", used_until=date(1950, 1, 1)),
            ),
        )
    assert {(each.field, each.message) for each in refused.value.findings} == {
        ("former.0.last", "Enter the last name that was used before."),
        ("former.1.last", "A name has no digits. Check it."),
        ("former.1.until", "This name is still used on that day. Choose a day that has passed."),
        ("former.2.until", "This day is before the birth date. Check both."),
    }


def test_the_later_desk_does_not_write_over_former_names(office: Office) -> None:
    dani = danielle(office)
    office.do(former_names.change, patient_id=dani, before=(), after=(FormerNameDraft("Kral"),))
    with pytest.raises(Conflict):
        office.do(former_names.change, patient_id=dani, before=(), after=(FormerNameDraft("Holt"),))


def test_race_is_several_of_the_list_or_declined(office: Office) -> None:
    dani = danielle(office)
    both = replace(DANIELLE.details, race=(Race.WHITE, Race.HISPANIC))
    office.do(edits.change_details, patient_id=dani, before=DANIELLE.details, after=both)
    shown = office.ask(patient_sheet.patient_sheet, patient_id=dani)
    assert shown.details.race == (Race.HISPANIC, Race.WHITE)
    with refusal("Declined stands alone. Take it out, or the others."):
        office.do(
            edits.change_details,
            patient_id=dani,
            before=shown.details,
            after=replace(shown.details, race=(Race.DECLINED, Race.ASIAN)),
        )
    assert races_said("Black or African American", "nonhispanic") == (Race.BLACK,)
    assert races_said("hawaiian", "hispanic") == (Race.HISPANIC, Race.PACIFIC_ISLANDER)


def test_the_second_way_of_reminding_is_another(office: Office) -> None:
    with refusal("The second way is the first one again. Choose another, or none."):
        office.do(
            edits.change_details,
            patient_id=danielle(office),
            before=DANIELLE.details,
            after=replace(DANIELLE.details, second_way=ReminderWay.TEXT),
        )


def test_a_permission_to_text_has_its_day_and_its_source(office: Office) -> None:
    dani = danielle(office)
    before = office.ask(patient_sheet.patient_sheet, patient_id=dani).phones
    assert before[0].permission_source is PermissionSource.AT_DESK
    assert before[0].permission_on == TODAY
    assert before[1].permission_source is None

    office.clock.advance(days=3)
    mobile = replace(before[0], text_ok=False, permission_source=PermissionSource.BY_PHONE)
    done = office.done(phones.change, patient_id=dani, before=before, after=(mobile, before[1]))
    now = office.ask(patient_sheet.patient_sheet, patient_id=dani).phones[0]
    assert (now.text_ok, now.permission_source) == (False, PermissionSource.BY_PHONE)
    assert now.permission_on == TODAY + timedelta(days=3)

    office.database.undo(office.actor, done.entry_id)
    assert office.ask(patient_sheet.patient_sheet, patient_id=dani).phones == before


def test_mail_goes_to_the_confidential_address_before_all_others(office: Office) -> None:
    dani = danielle(office)
    account = office.ask(accounts.account_of, patient_id=dani)
    assert account is not None
    assert account.address == ALDER_COURT
    office.do(
        addresses.stay, patient_id=dani, draft=COAST, first_day=TODAY, last_day=TODAY + timedelta(days=9)
    )
    account = office.ask(accounts.account_of, patient_id=dani)
    assert account is not None
    assert account.address is not None
    assert account.address.street == "12 Ocean Way"
    office.do(addresses.change, patient_id=dani, kind=AddressKind.CONFIDENTIAL, before=None, after=SHELTER)
    account = office.ask(accounts.account_of, patient_id=dani)
    assert account is not None
    assert account.address == SHELTER


def test_a_stay_has_days_that_make_sense(office: Office) -> None:
    dani = danielle(office)
    with pytest.raises(Refused) as refused:
        office.do(
            addresses.stay,
            patient_id=dani,
            draft=COAST,
            first_day=TODAY - timedelta(days=2),
            last_day=TODAY - timedelta(days=3),
        )
    assert [each.message for each in refused.value.findings] == [
        "The last day is before the first. Check both.",
        "This stay is over already. Choose today or later.",
    ]
    stay = office.do(addresses.stay, patient_id=dani, draft=COAST, first_day=TODAY)
    with refusal("The patient already has an address of this kind for these days. End that one first."):
        office.do(addresses.stay, patient_id=dani, draft=COAST, first_day=TODAY + timedelta(days=1))
    ended = office.done(addresses.end_stay, address_id=stay, last_day=TODAY + timedelta(days=5))
    shown = office.ask(patient_sheet.patient_sheet, patient_id=dani)
    assert shown.stays[0].last_day == TODAY + timedelta(days=5)
    office.database.undo(office.actor, ended.entry_id)
    assert office.ask(patient_sheet.patient_sheet, patient_id=dani).stays[0].last_day is None
    office.do(addresses.end_stay, address_id=stay, last_day=None)
    assert office.ask(patient_sheet.patient_sheet, patient_id=dani).stays == ()
    assert ended.result.past.valid_until is None


def test_a_zip_code_fills_its_place_and_lies_in_its_state(office: Office) -> None:
    danielle(office)
    assert office.ask(place_of_zip, postal_code="97209") == ZipPlace("Portland", "OR")
    assert place_of("00000") is None
    assert place_of("97") is None
    with refusal("ZIP code 97209 is not in WA. It begins like one of OR: check ZIP and state."):
        office.do(
            addresses.change,
            patient_id=danielle(office),
            kind=AddressKind.HOME,
            before=ALDER_COURT,
            after=replace(ALDER_COURT, state="WA", postal_code="97209"),
        )


def test_contacts_are_ranked_and_a_guardians_right_can_end(office: Office) -> None:
    dani = danielle(office)
    ray = ContactDraft("Ray Foster", "spouse", "5035550119", is_emergency=True, rank=2)
    ann = ContactDraft("Ann Foster", "mother", "5035550120", is_emergency=True, rank=1)
    office.do(contacts.add, patient_id=dani, draft=ray)
    office.do(contacts.add, patient_id=dani, draft=ann)
    known = office.ask(contacts.contacts, patient_id=dani)
    assert [each.draft.name for each in known] == ["Ann Foster", "Ray Foster"]
    with refusal("Only a guardian's authority ends on a day. Take the day out."):
        office.do(contacts.add, patient_id=dani, draft=replace(ray, authority_until=TODAY))
    with refusal("Enter what the guardian's right rests on, such as parent or court order."):
        office.do(contacts.add, patient_id=dani, draft=replace(ray, is_guardian=True))


def test_what_the_office_must_know_of_a_new_patient_stops_until_a_reason_is_given(office: Office) -> None:
    danielle(office)
    before = office.do(
        required.set_rule,
        field=Needed.PHONE,
        occasion=Occasion.NEW_PATIENT,
        is_must=True,
        is_active=True,
        version=None,
    )
    assert before is None
    nobody = draft("Vera", "Novotny", date(1979, 5, 4))
    with refusal("The office asks for the phone of each new patient. Enter it, or say why not."):
        office.do(patients.register, draft=nobody)
    done = office.done(patients.register, draft=nobody, override="Has no phone")
    entry = office.database.log_after(0, limit=1000)[-1]
    assert entry.intent.arguments["override"] == "Has no phone"
    assert entry.patient_ids == (done.result,)


def test_at_check_in_a_must_comes_before_what_should_be_known(office: Office) -> None:
    vera = patient(office, "Vera", "Novotny", date(1979, 5, 4))
    child = patient(office, "Ellis", "Boyd", date(2019, 8, 21))
    for field, occasion, is_must in required.STARTING:
        office.do(
            required.set_rule,
            field=field,
            occasion=occasion,
            is_must=is_must,
            is_active=True,
            version=None,
        )
    shown = office.ask(patient_sheet.missing, patient_id=vera)
    assert [(each.words, each.is_must) for each in shown] == [
        ("phone", True),
        ("home address", True),
        ("e-mail", False),
        ("race and ethnicity", False),
        ("emergency contact", False),
    ]
    assert "guardian with authority" in {
        each.words for each in office.ask(patient_sheet.missing, patient_id=child) if each.is_must
    }


def test_a_rule_is_changed_and_goes_back(office: Office) -> None:
    danielle(office)

    def switch(is_active: bool, version: int | None) -> int:
        return office.done(
            required.set_rule,
            field=Needed.EMAIL,
            occasion=Occasion.CHECK_IN,
            is_must=True,
            is_active=is_active,
            version=version,
        ).entry_id

    switch(True, None)
    [rule] = office.ask(required.rules)
    off = switch(False, rule.version)
    with pytest.raises(Conflict):
        switch(True, rule.version)
    office.database.undo(office.actor, off)
    [rule] = office.ask(required.rules)
    assert rule.is_active


def test_details_of_a_draft_are_kept_as_typed(office: Office) -> None:
    typed = replace(
        draft("Vera", "McDonald-van der Berg", date(1979, 5, 4)),
        details=DetailsDraft(referring="Dr. Osei, Bridge Clinic", second_way=ReminderWay.CALL),
        phones=(PhoneDraft("503-555-0177"),),
    )
    danielle(office)
    vera = office.do(patients.register, draft=typed)
    shown = office.ask(patient_sheet.patient_sheet, patient_id=vera)
    assert shown.identity.legal_last == "McDonald-van der Berg"
    assert shown.details.referring == "Dr. Osei, Bridge Clinic"


def test_who_may_be_told_is_named_once_in_the_panel(office: Office) -> None:
    dani = danielle(office)
    for relationship in ("spouse", "health care agent"):
        office.do(
            contacts.add, patient_id=dani, draft=ContactDraft("Ray Foster", relationship, may_discuss=True)
        )
    assert office.ask(panel.panel, patient_id=dani).may_discuss == ("Ray Foster",)
    office.do(
        alerts.add, patient_id=dani, kind=alerts.AlertKind.PRIVACY, sentence="May discuss with: Ray Foster"
    )
    assert office.ask(panel.panel, patient_id=dani).may_discuss == ()
