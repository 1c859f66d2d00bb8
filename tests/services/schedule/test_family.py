"""A family side by side: who belongs to it, where they fit, booked and taken back as one."""

from datetime import date

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.services.registration.drafts import GuarantorDraft
from frontdesk.services.schedule import family, visits
from frontdesk.services.schedule.family import FamilyVisit, SideBySide, Wanted
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import Lifecycle
from tests.builders.registration import danielle, patient
from tests.builders.schedule import at, book, doctor, visit_type, walter
from tests.office import Office
from tests.refusal import refusal


@pytest.fixture
def children(office: Office) -> tuple[int, int]:
    """Danielle's two children, on her account."""
    mother = danielle(office)
    made = []
    for first, born in (("Mia", date(2015, 5, 1)), ("Leo", date(2018, 9, 3))):
        child = patient(office, first, "Foster", born, guarantor=GuarantorDraft(patient_id=mother))
        made.append(child)
    return made[0], made[1]


def wanted(office: Office, *ids: int) -> tuple[Wanted, ...]:
    return tuple(Wanted(id, visit_type(office)) for id in ids)


def test_the_family_is_whoever_shares_the_account(office: Office, children: tuple[int, int]) -> None:
    walter(office)
    found = office.ask(family.relatives, patient_id=danielle(office))
    assert [each.name for each in found] == ["Mia Foster", "Leo Foster"]
    assert [each.patient_id for each in office.ask(family.relatives, patient_id=children[0])] == [
        danielle(office),
        children[1],
    ]


def test_one_after_another_passes_over_what_is_taken(office: Office, children: tuple[int, int]) -> None:
    first = book(office, "9:30")
    book(office, "10:00", patient_id=walter(office))
    planned = office.ask(
        family.plan, appointment_id=first, wanted=wanted(office, *children), side=SideBySide.AFTER
    )
    assert [each.then.slot.starts for each in planned] == [at("9:45"), at("10:15")]
    assert all(each.then.is_free for each in planned)


def test_at_the_same_time_takes_other_providers(office: Office, children: tuple[int, int]) -> None:
    okafor = doctor(office, "Okafor")
    first = book(office, "9:30")
    planned = office.ask(
        family.plan, appointment_id=first, wanted=wanted(office, *children), side=SideBySide.BESIDE
    )
    assert planned[0].then.slot == Slot(okafor, at("9:30"), 15)
    assert planned[0].then.is_free
    assert [each.message for each in planned[1].then.findings] == [
        "Every provider of the practice is taken by this family."
    ]


def test_the_family_is_booked_and_taken_back_as_one(office: Office, children: tuple[int, int]) -> None:
    first = book(office, "9:30")
    planned = office.ask(
        family.plan, appointment_id=first, wanted=wanted(office, *children), side=SideBySide.AFTER
    )
    asked = tuple(FamilyVisit(each.patient_id, each.visit_type_id, each.then.slot) for each in planned)
    done = office.done(family.book, visits=asked)
    ids = done.result
    assert [office.ask(visits.visit, appointment_id=id).patient for id in ids] == [
        "Foster, Mia",
        "Foster, Leo",
    ]
    office.database.undo(office.actor, done.entry_id)
    assert {office.ask(visits.visit, appointment_id=id).lifecycle for id in ids} == {Lifecycle.IN_ERROR}


def test_all_or_none_and_everything_is_said(office: Office, children: tuple[int, int]) -> None:
    book(office, "9:30")
    asked = tuple(FamilyVisit(id, visit_type(office), Slot(doctor(office), at("9:30"))) for id in children)
    with pytest.raises(Refused) as refused:
        office.do(family.book, visits=asked)
    assert [each.message for each in refused.value.findings] == [
        "Mia Foster: Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM.",
        "Leo Foster: Dr. Lee is booked from 9:30 to 9:45. The next opening is 9:45 AM.",
    ]
    with refusal("Choose who else comes."):
        office.do(family.book, visits=())
