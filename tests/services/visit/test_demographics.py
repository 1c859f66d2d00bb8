"""What is read back at check-in, saved section by section in one act."""

from dataclasses import replace

import pytest

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.services.registration import edits
from frontdesk.services.registration.drafts import ContactDraft, PhoneDraft
from frontdesk.services.visit import demographics
from frontdesk.services.visit.demographics import OnFile
from tests.builders.registration import danielle
from tests.builders.visit import statements
from tests.office import Office

RAY = ContactDraft("Ray Foster", "spouse", "5035550119", is_emergency=True)


def on_file(office: Office) -> OnFile:
    return office.ask(demographics.on_file, patient_id=danielle(office))


def test_several_sections_are_saved_at_once_and_taken_back_at_once(office: Office) -> None:
    before = on_file(office).sheet
    assert before.address is not None
    after = replace(
        before,
        identity=replace(before.identity, preferred_name="Dani"),
        details=replace(before.details, pharmacy="Alder Street Drug"),
        phones=(before.phones[0],),
        address=replace(before.address, street="907 NW Glisan Street", unit=""),
        contact=RAY,
    )
    done = office.done(demographics.save, patient_id=danielle(office), before=before, after=after)
    now = on_file(office)
    assert replace(now.sheet, contact_id=None) == after
    assert now.moved_from == "2218 Alder Court, Apt 4, Beaverton OR 97005" or now.moved_from == ""

    office.database.undo(office.actor, done.entry_id)

    assert on_file(office).sheet == before


def test_everything_wrong_is_said_at_once_and_nothing_is_half_saved(office: Office) -> None:
    before = on_file(office).sheet
    after = replace(
        before,
        identity=replace(before.identity, legal_last="F0ster"),
        details=replace(before.details, email="dani@", pharmacy="Alder Street Drug"),
        phones=(PhoneDraft("503 555"),),
        contact=ContactDraft("Ray", "", "", is_emergency=True),
    )
    with pytest.raises(Refused) as refused:
        office.do(demographics.save, patient_id=danielle(office), before=before, after=after)
    assert {finding.field for finding in refused.value.findings} == {
        "legal_last",
        "email",
        "phones.0.number",
        "contact.relationship",
        "contact.phone",
    }
    assert on_file(office).sheet == before


def test_a_contact_is_ended_and_comes_back(office: Office) -> None:
    before = on_file(office).sheet
    office.do(
        demographics.save, patient_id=danielle(office), before=before, after=replace(before, contact=RAY)
    )
    with_ray = on_file(office).sheet
    changed = replace(with_ray, contact=replace(RAY, phone="5035550120"))
    office.do(demographics.save, patient_id=danielle(office), before=with_ray, after=changed)
    done = office.done(
        demographics.save, patient_id=danielle(office), before=changed, after=replace(changed, contact=None)
    )
    assert on_file(office).sheet.contact is None
    office.database.undo(office.actor, done.entry_id)
    assert on_file(office).sheet == changed


def test_another_desks_change_is_a_conflict_only_in_the_same_section(office: Office) -> None:
    seen = on_file(office).sheet
    office.do(
        edits.change_details,
        patient_id=danielle(office),
        before=seen.details,
        after=replace(seen.details, pharmacy="Harbor Pharmacy"),
    )
    mine = replace(seen, identity=replace(seen.identity, preferred_name="Dani"))
    office.do(demographics.save, patient_id=danielle(office), before=seen, after=mine)
    assert on_file(office).sheet.details.pharmacy == "Harbor Pharmacy"
    with pytest.raises(Conflict):
        office.do(
            demographics.save,
            patient_id=danielle(office),
            before=seen,
            after=replace(seen, details=replace(seen.details, email="dani@example.com")),
        )


def test_reading_back_is_a_constant_number_of_statements(office: Office) -> None:
    on_file(office)
    assert statements(office, lambda: on_file(office)) <= 6
