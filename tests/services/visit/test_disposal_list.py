"""What is due for disposal, held and asked for, beside a plain second reckoning."""

from dataclasses import replace
from datetime import date
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.models.records.document import Document, RetentionClass
from frontdesk.models.records.retention import Trigger
from frontdesk.models.registration.coverage import Coverage, Relationship
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.records import (
    legal_holds,
    retention_rules,
)
from frontdesk.services.records.chart import chart
from frontdesk.services.records.filing import Category
from frontdesk.services.records.retention_engine import NEVER, PatientFacts, Rule, Subject
from frontdesk.services.records.retention_rules import RuleDraft
from frontdesk.services.records.retention_shipped import SHIPPED
from frontdesk.services.registration import coverages
from frontdesk.services.registration.drafts import CoverageDraft
from frontdesk.services.visit import disposal, disposal_done, retention_due
from tests.builders.disposal import METHOD, approved, old_paper
from tests.builders.registration import card, patient, plan
from tests.builders.releases import lawyer, requested
from tests.office import Office
from tests.refusal import refusal
from tests.services.records.test_retention_engine import plainly
from tests.services.registration.test_constraints import around

BORN = date(1951, 2, 9)


def test_the_list_is_what_a_clerk_would_find_going_through_every_chart(office: Office) -> None:
    """The few statements against one look at each document, rule by rule, in an office of all kinds."""
    chance = Random(11)
    medicare = plan(office, "Medicare Part B", kind=PayerKind.MEDICARE)
    for number in range(12):
        born = date(chance.choice((1940, 1990, 2004, 2008)), chance.randint(1, 12), 9)
        made = patient(office, "Ada", f"Quill {'abcdefghijkl'[number]}", born)
        for sheet_number in range(4):
            on = date(chance.choice((2009, 2012, 2014, 2017, 2024)), chance.randint(1, 12), 3)
            category = chance.choice((Category.LETTER, Category.CONSENT, Category.IDENTITY))
            if on > born:
                old_paper(office, made, f"Sheet {sheet_number}", on, category)
        if number % 4 == 0:
            office.do(
                coverages.add,
                patient_id=made,
                policy=replace(card(office, made, f"1EG4TE5MK{number}"), plan_id=medicare),
                coverage=CoverageDraft(1, Relationship.SELF),
            )
        if number % 5 == 0:
            office.do(legal_holds.place, patient_id=made, matter="Audit", covers_to=date(2013, 1, 1))
    found = office.ask(retention_due.due)
    naive = {}
    with Session(office.database.engines.read) as session:
        for document in session.scalars(select(Document)):
            kept = office.ask(retention_due.kept_until, document_id=document.id)
            facts = _facts_plainly(session, document)
            until = plainly(_shipped(), facts[0], facts[1])
            assert kept.disposable_on == (None if until == NEVER else until)
            if until <= date(2026, 3, 17):
                naive[document.id] = bool(kept.hold)
    assert {line.document_id for line in found.lines} == {each for each, held in naive.items() if not held}
    assert found.held_count == sum(naive.values())
    assert found.count > 5
    assert found.held_count > 0


def _shipped() -> list[Rule]:
    return [Rule(s.key, 0, s.name, s.retention_class, s.sensitivity, s.trigger, s.years) for s in SHIPPED]


def _facts_plainly(session: Session, document: Document) -> tuple[Subject, PatientFacts]:
    person = session.get(Patient, document.patient_id)
    assert person is not None
    assert document.document_on is not None
    own = session.scalars(select(Document).where(Document.patient_id == person.id)).all()
    covers = session.scalars(select(Coverage).where(Coverage.patient_id == person.id)).all()
    classes = {"consent": RetentionClass.CONSENT, "identity": RetentionClass.IDENTITY}
    return (
        Subject(
            classes.get(str(document.category), RetentionClass.MEDICAL),
            document.sensitivity,
            document.document_on,
        ),
        PatientFacts(
            born_on=person.born_on,
            last_contact_on=max(each.document_on for each in own if each.document_on),
            has_coverage=bool(covers),
        ),
    )


def test_what_somebody_asks_for_is_not_destroyed_meanwhile(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", BORN)
    old_paper(office, walter)
    run_id = approved(office)
    requested(office, lawyer(walter))
    with refusal(
        "Nothing was destroyed. D-0001/1 is in a chart that ROI-0001 asks for. "
        "Send the run back to review and keep what must stay."
    ):
        office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    office.do(disposal.call_off, run_id=run_id, reason="Asked for")
    due = office.ask(retention_due.due)
    assert (due.count, due.held_count) == (0, 1)


def test_a_legal_hold_is_said_with_the_chart(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", BORN)
    paper = old_paper(office, walter)
    for sentence, given in (
        ("Name the matter: the case, the audit, the letter that asks for it.", {"matter": " "}),
        (
            "The last day is before the first. Look at the dates again.",
            {"matter": "Audit", "covers_from": date(2020, 1, 2), "covers_to": date(2020, 1, 1)},
        ),
        (
            "A hold is on documents or on days, not both. Place two holds.",
            {"matter": "Audit", "covers_from": date(2020, 1, 2), "document_ids": (paper,)},
        ),
        (
            "Not every document is in this chart any more. Choose them again.",
            {"matter": "Audit", "document_ids": (paper + 1,)},
        ),
    ):
        with refusal(sentence):
            office.do(legal_holds.place, patient_id=walter, **given)
    done = office.done(legal_holds.place, patient_id=walter, matter="Audit", document_ids=(paper,))
    assert office.ask(chart, patient_id=walter).holds == ("Legal hold H-0001",)
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(chart, patient_id=walter).holds == ()
    (line,) = office.ask(legal_holds.holds, patient_id=walter)
    assert (line.covers, line.release_reason) == ("1 document", "Placed by mistake.")


def test_a_rule_is_written_edition_by_edition(office: Office) -> None:
    patient(office)
    key, today = "claim.false_claims", date(2026, 3, 17)
    good = RuleDraft(
        "Claims: twelve years", RetentionClass.CLAIM, Trigger.DOCUMENT_DATE, 12, "Counsel", today, "Asked"
    )
    for sentence, draft in (
        ("Name the rule, so that it can be told why a record is kept.", replace(good, name=" ")),
        ("Enter 1 to 100 years.", replace(good, years=0)),
        ("Enter the law or the advice that the rule rests on.", replace(good, source="")),
        (
            "03/16/2026 is over. A rule counts from today or a later day.",
            replace(good, effective_on=date(2026, 3, 16)),
        ),
        ("Write why the rule changes.", replace(good, reason="")),
    ):
        with refusal(sentence):
            office.do(retention_rules.write, key=key, edition=0, draft=draft)
    with refusal("This rule is not there. Write it as a new one."):
        office.do(retention_rules.write, key="x", edition=0, draft=good)
    later = replace(good, years=15, effective_on=date(2026, 5, 1))
    office.do(retention_rules.write, key=key, edition=0, draft=good)
    with refusal("Another desk wrote the next edition of this rule just now. Look at it first."):
        office.do(retention_rules.write, key=key, edition=0, draft=later)
    office.do(retention_rules.write, key=key, edition=1, draft=later)
    with refusal("The edition before counts from 05/01/2026. Choose that day or a later one."):
        office.do(retention_rules.write, key=key, edition=2, draft=good)
    line = next(rule for rule in office.ask(retention_rules.rules) if rule.key == key)
    assert (line.years, line.edition, len(line.editions)) == (12, 2, 3)
    assert line.coming is not None
    assert line.coming.draft.years == 15
    assert around(office, "UPDATE retention_rule SET years = 1")
