"""What the patient panel shows, what was reviewed, and what changed since."""

from dataclasses import replace
from datetime import date

from sqlalchemy import event

from frontdesk.models.registration.reach import AddressKind, AlertKind
from frontdesk.models.registration.review import Section
from frontdesk.services.registration import addresses, alerts, contacts, edits, panel, phones, reviews
from frontdesk.services.registration.drafts import AddressDraft, ContactDraft, PhoneDraft
from tests.builders.registration import ALDER_COURT, DANIELLE, coverage, danielle, patient, verification
from tests.office import Office


def test_the_panel_shows_what_the_desk_must_know(office: Office) -> None:
    dani = danielle(office)
    patient(office, born_on=date(1990, 10, 2))
    verification(office, coverage(office, dani))
    office.do(
        contacts.add,
        patient_id=dani,
        draft=ContactDraft("Ray Foster", "husband", "5035550119", is_emergency=True, may_discuss=True),
    )
    office.do(alerts.add, patient_id=dani, kind=AlertKind.CODE_WORD, sentence="Ask phone code word")

    shown = office.ask(panel.panel, patient_id=dani)

    head = shown.identity
    assert (head.name, head.initials, head.age, head.pronouns) == ("Danielle Foster", "DF", 43, "she/her")
    assert (head.chart_number, head.language) == ("HP-00001", "English")
    assert [(line.number, line.text_ok, line.whose) for line in shown.phones] == [
        ("(503) 555-0148", True, ""),
        ("(503) 555-0172", False, ""),
        ("(503) 555-0119", False, "Ray Foster, husband"),
    ]
    assert [other.born_on for other in shown.namesakes] == [date(1990, 10, 2)]
    assert shown.may_discuss == ("Ray Foster",)
    [covered] = shown.coverages
    assert covered.verification is not None
    assert (covered.line.plan, covered.copay_cents, covered.verification.is_stale) == (
        "BCBS PPO",
        3000,
        False,
    )
    assert not shown.is_self_pay


def test_the_panel_is_a_constant_number_of_statements(file_office: Office) -> None:
    dani = danielle(file_office)
    seen: list[str] = []

    @event.listens_for(file_office.database.engines.read, "before_cursor_execute")
    def _(*told: str) -> None:
        if told[2].startswith("SELECT"):
            seen.append(told[2])

    file_office.ask(panel.panel, patient_id=dani)
    bare = len(seen)
    coverage(file_office, dani)
    coverage(file_office, dani, rank=2, member_id="ZZT100200300")
    for number in range(5):
        file_office.do(alerts.add, patient_id=dani, kind=AlertKind.NOTE, sentence=f"Alert {number}")
    seen.clear()
    file_office.ask(panel.panel, patient_id=dani)
    assert (bare, len(seen)) == (7, 8)


def test_a_review_is_stamped_per_section_and_shows_what_changed_since(office: Office) -> None:
    dani = danielle(office)
    office.do(reviews.mark_reviewed, patient_id=dani, sections=(Section.ADDRESS, Section.PHONES))
    stamped = {review.section: review for review in office.ask(reviews.reviews, patient_id=dani)}
    assert stamped[Section.COVERAGE].at is None
    since = stamped[Section.ADDRESS].at
    assert since is not None
    assert stamped[Section.ADDRESS].by == "Dana Brooks"

    office.clock.advance(days=7)
    office.do(
        addresses.change,
        patient_id=dani,
        kind=AddressKind.HOME,
        before=ALDER_COURT,
        after=AddressDraft("907 NW Glisan St", "Portland", "OR", "97209"),
    )
    office.do(phones.change, patient_id=dani, before=DANIELLE.phones, after=(PhoneDraft("(503) 555-0148"),))
    office.do(
        edits.change_identity,
        patient_id=dani,
        before=DANIELLE.identity,
        after=replace(DANIELLE.identity, preferred_name="Dani"),
    )

    changes = office.ask(reviews.changes_since, patient_id=dani, since=since)
    told = {(change.section, change.what, change.before, change.after) for change in changes}
    assert (Section.IDENTITY, "Name used", "", "Dani") in told
    assert (Section.PHONES, "Work phone", "(503) 555-0172", "") in told
    assert (
        Section.ADDRESS,
        "Address",
        "2218 Alder Court, Apt 4, Beaverton OR 97005",
        "907 NW Glisan St, Portland OR 97209",
    ) in told
    assert {change.by for change in changes} == {"Dana Brooks"}
