"""What is worth a word while the patient is on the line."""

from datetime import date

import pytest

from frontdesk.models.registration.reach import PatientPhone, PhoneKind
from frontdesk.models.registration.review import Section
from frontdesk.services.registration import addresses, phones, reviews
from frontdesk.services.registration.drafts import AddressDraft, AddressKind, PhoneDraft
from frontdesk.services.schedule import lifecycle, recall
from frontdesk.services.schedule.recall import RecallOutcome
from frontdesk.services.visit.on_the_line import DueVisit, OldAddress, OnTheLine, on_the_line
from frontdesk.services.work import Actor
from tests.builders.billing import at_work
from tests.builders.registration import danielle, patient
from tests.builders.schedule import TODAY, at, book, doctor, visit_type, walter
from tests.builders.visit import statements
from tests.office import Office

HOME = AddressDraft(
    street="2218 Alder Court", unit="Apt 4", city="Beaverton", state="OR", postal_code="97005"
)


def seen(office: Office, patient_id: int, said: str = "10:45") -> None:
    visit = book(office, at(said, TODAY), patient_id=patient_id)
    office.do(lifecycle.arrive, appointment_id=visit)
    office.do(lifecycle.complete, appointment_id=visit)


def moves_in(office: Office, patient_id: int) -> None:
    before = office.ask(addresses.history, patient_id=patient_id)
    office.do(
        addresses.change,
        patient_id=patient_id,
        before=before[0].address if before else None,
        after=HOME,
        kind=AddressKind.HOME,
    )


def in_use(office: Office, patient_id: int) -> list[PatientPhone]:
    with at_work(office) as work:
        return phones.in_use(work, patient_id)


def hints(office: Office, patient_id: int) -> OnTheLine:
    return office.ask(on_the_line, patient_id=patient_id)


@pytest.fixture
def yearly(office: Office) -> int:
    doctor(office)
    return office.do(recall.add_rule, visit_type_id=visit_type(office), months=12)


def pass_days(office: Office, days: int) -> None:
    office.clock.advance(minutes=days * 24 * 60)


def test_a_visit_that_is_due_is_named_for_this_patient_only(office: Office, yearly: int) -> None:
    seen(office, danielle(office))
    assert hints(office, danielle(office)).due == ()
    pass_days(office, 365)
    assert hints(office, danielle(office)).due == (
        DueVisit(visit_type(office), "Follow-up", date(2027, 3, 17)),
    )
    assert hints(office, walter(office)).due == ()
    office.do(
        recall.note_contact,
        rule_id=yearly,
        patient_id=danielle(office),
        outcome=RecallOutcome.DECLINED,
    )
    assert hints(office, danielle(office)).due == ()


def test_an_address_is_asked_for_half_a_year_after_it_was_given_or_confirmed(office: Office) -> None:
    ana = patient(office, "Ana", "Ruiz")
    moves_in(office, ana)
    pass_days(office, 181)
    assert hints(office, ana).address is None
    pass_days(office, 1)
    said = "2218 Alder Court, Apt 4, Beaverton OR 97005"
    assert hints(office, ana).address == OldAddress(said, TODAY)
    office.do(reviews.mark_reviewed, patient_id=ana, sections=(Section.ADDRESS,))
    assert hints(office, ana).address is None
    pass_days(office, 182)
    assert hints(office, ana).address == OldAddress(said, date(2026, 9, 15))


def test_texts_without_a_permission_are_asked_for(office: Office) -> None:
    ana = patient(office, "Ana", "Ruiz")
    known = tuple(phones.draft_of(each) for each in in_use(office, ana))
    silent = (PhoneDraft("5035550177"), PhoneDraft("5035550178", PhoneKind.HOME))
    office.do(phones.change, patient_id=ana, before=known, after=silent)
    found = hints(office, ana).texts
    assert found is not None
    assert found.number == "(503) 555-0177"
    office.do(phones.change, patient_id=ana, before=found.before, after=found.after)
    assert hints(office, ana).texts is None
    assert [each.text_ok for each in in_use(office, ana)] == [True, False]


def test_whoever_may_not_see_addresses_is_not_told_one(office: Office) -> None:
    ana = patient(office, "Ana", "Ruiz")
    moves_in(office, ana)
    pass_days(office, 200)
    office.actor = Actor(None, "Priya Nair", permissions=frozenset({"schedule.view"}))
    assert hints(office, ana) == OnTheLine((), None, None)


def test_the_statements_do_not_grow_with_the_visits(office: Office, yearly: int) -> None:
    seen(office, danielle(office))
    pass_days(office, 365)
    few = statements(office, lambda: hints(office, danielle(office)))
    office.clock.advance(minutes=-365 * 24 * 60)
    for said in ("11:00", "11:15", "11:30"):
        seen(office, danielle(office), said)
    pass_days(office, 365)
    assert statements(office, lambda: hints(office, danielle(office))) == few
    assert few <= 9


def test_no_address_is_read_out_to_who_has_a_confidential_one(office: Office) -> None:
    ana = danielle(office)
    office.clock.advance(days=200)
    assert hints(office, ana).address is not None
    office.do(
        addresses.change,
        patient_id=ana,
        kind=AddressKind.CONFIDENTIAL,
        before=None,
        after=AddressDraft("PO Box 12", "Salem", "OR", "97301"),
    )
    assert hints(office, ana).address is None
