"""What changed since the last visit, and the papers tied to a patient."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from frontdesk.kernel.errors import Refused
from frontdesk.services.records import card_scans, content, tied_papers
from frontdesk.services.records.card_scans import IdKind
from frontdesk.services.records.tied_papers import PaperDraft, PaperPurpose
from frontdesk.services.registration import addresses, changed, contacts, edits, phones, required, reviews
from frontdesk.services.registration.drafts import AddressDraft, AddressKind, ContactDraft, PhoneDraft
from frontdesk.services.registration.required import Needed, Occasion
from frontdesk.services.registration.reviews import Section
from frontdesk.services.visit import check_in, patient_sheet, sheet_changes
from frontdesk.services.visit.steps import StepKind
from tests.builders.records import PNG, sheet
from tests.builders.registration import ALDER_COURT, DANIELLE, danielle, patient
from tests.builders.visit import TODAY, at_the_desk, confirmed, covered, statements
from tests.office import Office
from tests.refusal import refusal

GLISAN = AddressDraft("907 NW Glisan St", "Portland", "OR", "97209")


def told(office: Office) -> list[tuple[str, str, str]]:
    shown = office.ask(sheet_changes.since_last_visit, patient_id=danielle(office))
    return [(each.what, each.before, each.after) for each in shown.changes]


def test_a_change_is_told_with_the_old_beside_the_new(office: Office) -> None:
    dani = danielle(office)
    office.clock.advance(days=30)
    office.do(addresses.change, patient_id=dani, kind=AddressKind.HOME, before=ALDER_COURT, after=GLISAN)
    office.do(
        phones.change,
        patient_id=dani,
        before=DANIELLE.phones,
        after=(replace(DANIELLE.phones[0], number="5035550199"), DANIELLE.phones[1]),
    )
    office.do(
        edits.change_identity,
        patient_id=dani,
        before=DANIELLE.identity,
        after=replace(DANIELLE.identity, preferred_name="Dani"),
    )
    office.do(contacts.add, patient_id=dani, draft=ContactDraft("Ray Foster", "spouse", "5035550119", True))
    assert told(office) == [
        ("Contact", "", "Ray Foster, spouse, (503) 555-0119"),
        ("Name used", "", "Dani"),
        ("Mobile", "(503) 555-0148", "(503) 555-0199"),
        ("Address", "2218 Alder Court, Apt 4, Beaverton OR 97005", "907 NW Glisan St, Portland OR 97209"),
    ]


def test_what_changed_twice_is_told_once_and_what_was_taken_back_not_at_all(office: Office) -> None:
    dani = danielle(office)
    office.clock.advance(days=30)
    seen = DANIELLE.identity
    for name in ("Dan", "Dani"):
        after = replace(seen, preferred_name=name)
        office.do(edits.change_identity, patient_id=dani, before=seen, after=after)
        seen = after
    assert told(office) == [("Name used", "", "Dani")]
    office.do(edits.change_identity, patient_id=dani, before=seen, after=DANIELLE.identity)
    assert told(office) == []


def test_a_confidential_address_is_not_read_out_as_a_change(office: Office) -> None:
    dani = danielle(office)
    office.clock.advance(days=1)
    office.do(
        addresses.change,
        patient_id=dani,
        kind=AddressKind.CONFIDENTIAL,
        before=None,
        after=replace(GLISAN, kind=AddressKind.CONFIDENTIAL),
    )
    assert told(office) == [("Confidential address", "", "not shown")]


def test_a_texts_permission_is_told_as_a_change(office: Office) -> None:
    dani = danielle(office)
    office.clock.advance(days=1)
    office.do(
        phones.change,
        patient_id=dani,
        before=DANIELLE.phones,
        after=(replace(DANIELLE.phones[0], text_ok=False), DANIELLE.phones[1], PhoneDraft("5035550155")),
    )
    assert set(told(office)) == {("Mobile", "", "(503) 555-0155"), ("(503) 555-0148, texts", "yes", "no")}


def test_a_newer_photo_ends_the_one_before(office: Office) -> None:
    dani = danielle(office)
    seen = content.store_bytes(office.database, PNG, "photo.png")
    photo = PaperDraft(PaperPurpose.PHOTO)
    first = office.do(tied_papers.add, patient_id=dani, sha256=seen.sha256, draft=photo)
    done = office.done(tied_papers.add, patient_id=dani, sha256=seen.sha256, draft=photo)
    assert [each.id for each in office.ask(tied_papers.papers, patient_id=dani)] == [done.result]
    office.database.undo(office.actor, done.entry_id)
    office.do(tied_papers.tie_again, paper_id=first)
    shown = office.ask(patient_sheet.patient_sheet, patient_id=dani).paper(PaperPurpose.PHOTO)
    assert shown is not None
    assert shown.id == first


def test_an_id_is_on_the_sheet_with_its_kind_and_expiry(office: Office) -> None:
    dani = danielle(office)
    seen = content.store_bytes(office.database, PNG, "id.png")
    office.do(
        card_scans.scan_id,
        patient_id=dani,
        sha256=seen.sha256,
        kind=IdKind.DRIVER_LICENSE,
        issued_by="Oregon",
        expires_on=date(2028, 6, 30),
    )
    shown = office.ask(patient_sheet.patient_sheet, patient_id=dani).photo_id
    assert shown is not None
    assert (shown.kind, shown.issued_by, shown.expires_on, shown.is_expired) == (
        IdKind.DRIVER_LICENSE,
        "Oregon",
        date(2028, 6, 30),
        False,
    )


def test_a_photo_is_a_picture_and_an_authority_is_a_guardians(office: Office) -> None:
    dani = danielle(office)
    seen = content.store_bytes(office.database, sheet(), "letter.pdf")
    with refusal("This is no picture. A photo is a JPEG or PNG file."):
        office.do(tied_papers.add, patient_id=dani, sha256=seen.sha256, draft=PaperDraft(PaperPurpose.PHOTO))
    with refusal("Choose the guardian whose authority this shows."):
        office.do(
            tied_papers.add,
            patient_id=dani,
            sha256=seen.sha256,
            draft=PaperDraft(PaperPurpose.AUTHORITY),
        )
    guardian = office.do(
        contacts.add,
        patient_id=dani,
        draft=ContactDraft("June Boyd", "aunt", is_guardian=True, authority="court order"),
    )
    office.do(
        tied_papers.add,
        patient_id=dani,
        sha256=seen.sha256,
        draft=PaperDraft(PaperPurpose.AUTHORITY, contact_id=guardian, expires_on=TODAY + timedelta(days=365)),
    )
    [paper] = office.ask(tied_papers.papers, patient_id=dani)
    assert paper.draft.contact_id == guardian


def test_the_whole_sheet_is_asked_in_a_constant_number_of_statements(office: Office) -> None:
    dani = danielle(office)

    def asked() -> int:
        return statements(office, lambda: office.ask(patient_sheet.patient_sheet, patient_id=dani))

    few = asked()
    for number in range(3):
        office.do(
            contacts.add,
            patient_id=dani,
            draft=ContactDraft(f"Contact {'abc'[number]}", "friend", "5035550119", True),
        )
    assert asked() == few


def test_a_new_patient_has_no_changes(office: Office) -> None:
    assert told(office) == []
    assert (
        office.ask(
            changed.changed_since,
            patient_id=danielle(office),
            since=office.ask(sheet_changes.since_last_visit, patient_id=danielle(office)).since,
        )
        == ()
    )


def test_what_the_office_must_know_holds_the_check_in_until_a_reason_is_given(office: Office) -> None:
    vera = patient(office, "Vera", "Novotny", date(1979, 5, 4))
    covered(office, vera)
    visit = at_the_desk(office, vera)
    confirmed(office, vera)
    office.do(
        required.set_rule,
        field=Needed.PHONE,
        occasion=Occasion.CHECK_IN,
        is_must=True,
        is_active=True,
        version=None,
    )
    shown = office.ask(check_in.check_in, appointment_id=visit)
    step = next(each for each in shown.steps if each.kind is StepKind.DEMOGRAPHICS)
    assert (step.is_done, step.result) == (False, "Missing: phone")
    with pytest.raises(Refused) as refused:
        office.do(check_in.finish, appointment_id=visit)
    assert "Demographics: Missing: phone." in str(refused.value)
    office.do(check_in.finish, appointment_id=visit, reason="Lost the phone")
    assert office.database.log_after(0, limit=1000)[-1].intent.arguments["reason"] == "Lost the phone"


def test_a_review_is_of_its_visit(office: Office) -> None:
    visit = at_the_desk(office)
    office.do(
        reviews.mark_reviewed,
        patient_id=danielle(office),
        sections=(Section.ADDRESS,),
        appointment_id=visit,
    )
    with office.database.engines.read.connect() as connection:
        assert connection.scalar(text("SELECT appointment_id FROM demographics_review")) == visit
