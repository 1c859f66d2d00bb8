"""Disposal runs: two people, a hold that stops everything, nothing half done, and the stub that stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from random import Random
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Cancelled, FrontdeskError, Refused
from frontdesk.models.records.document import Document, RetentionClass
from frontdesk.models.records.retention import Trigger
from frontdesk.models.registration.coverage import Coverage, Relationship
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.database import Database, watched
from frontdesk.services.records import (
    filing,
    legal_holds,
    movements,
    retention_rules,
    tray,
    viewing,
    volumes,
)
from frontdesk.services.records.chart import chart
from frontdesk.services.records.content import Erased
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.retention_engine import NEVER, PatientFacts, Rule, Subject
from frontdesk.services.records.retention_rules import RuleDraft
from frontdesk.services.records.retention_shipped import SHIPPED
from frontdesk.services.registration import coverages
from frontdesk.services.registration.drafts import CoverageDraft
from frontdesk.services.visit import disposal, disposal_done, disposal_views, retention_due
from frontdesk.services.visit.disposal import Decided, Decision
from frontdesk.services.visit.disposal_views import RunState
from tests.builders.disposal import MARIA, METHOD, OLD, approved, carried_out, decided, old_paper
from tests.builders.paper import volume
from tests.builders.records import received, sheet, text_of
from tests.builders.registration import card, patient, plan
from tests.builders.releases import lawyer, requested
from tests.builders.security import user
from tests.office import Office
from tests.refusal import refusal
from tests.services.records.test_retention_engine import plainly
from tests.services.registration.test_constraints import around

BORN = date(1951, 2, 9)


def _titles(office: Office) -> list[str]:
    return [line.title for line in office.ask(retention_due.due).lines]


def _state(office: Office, run_id: int) -> RunState:
    return next(run.state for run in office.ask(disposal_views.runs) if run.id == run_id)


def test_a_run_from_the_list_to_the_certificate(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", BORN)
    xray = old_paper(office, walter)
    letter = old_paper(office, walter, "Consult letter", date(2010, 3, 1), Category.LETTER)
    old_paper(office, patient(office, "Ida", "Bell", BORN), "Lab of a patient who comes", date(2020, 1, 1))
    assert _titles(office) == ["Chest X-ray", "Consult letter"]
    line = office.ask(retention_due.due).lines[0]
    assert (line.disposable_on, line.because) == (
        date(2020, 3, 1),
        "Medical record: ten years after the last contact. Counts from 03/01/2010, last contact.",
    )
    run_id = office.do(disposal.collect)
    assert _titles(office) == []
    with refusal("Nothing may be destroyed today. There is no run to collect."):
        office.do(disposal.collect)
    with refusal("Not every entry is decided. Look them through first."):
        office.do(disposal.approve, run_id=run_id)
    item = office.ask(disposal_views.items, run_id=run_id)[0]
    with refusal("Write why the record is kept."):
        office.do(disposal.decide, run_id=run_id, decisions=(Decided(item.id, Decision.KEEP, " "),))
    decided(office, run_id, letter)
    with refusal("D-0001 is not approved by two people."):
        office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    office.do(disposal.approve, run_id=run_id)
    with refusal("You gave the first approval. The second must come from another person."):
        office.do(disposal.approve, run_id=run_id)
    with refusal("D-0001 is not in review. Send it back to review first."):
        decided(office, run_id)
    office.database.do(MARIA, disposal.approve, run_id=run_id)
    with refusal("D-0001 does not wait for an approval."):
        office.database.do(MARIA, disposal.approve, run_id=run_id)
    with refusal("Write how the records are destroyed."):
        office.do(disposal_done.carry_out, run_id=run_id, method="")

    done = office.done(
        disposal_done.carry_out, run_id=run_id, method=METHOD, vendor="Rose City Shredding", witness="J. Park"
    )

    run = office.ask(disposal_views.runs)[0]
    assert (run.state, run.dispose_count, run.keep_count) == (RunState.DONE, 1, 1)
    certificate = office.ask(disposal_done.certificate_bytes, run_id=run_id)
    assert sha256(certificate).hexdigest() == done.result
    said = text_of(certificate)
    for words in ("D-0001/1", METHOD, "Rose City Shredding", "J. Park", "Dana Brooks", "Maria Hess"):
        assert words in said
    assert item.sha256[:40] in said.replace("\n", "")
    assert "Harris" not in said
    with pytest.raises(Erased):
        office.ask(viewing.document_bytes, document_id=xray)
    assert office.ask(viewing.document_bytes, document_id=letter)
    with pytest.raises(FrontdeskError, match=r"^What is destroyed cannot be brought back\.$"):
        office.database.undo(office.actor, done.entry_id)
    with refusal("D-0001 is over already."):
        office.do(disposal.call_off, run_id=run_id, reason="Too late")
    assert _titles(office) == [], "what was kept is asked about again in a year"
    office.clock.set(office.clock.now().replace(year=2027, month=4))
    assert _titles(office) == ["Consult letter"]


def test_the_chart_shows_the_stub_of_what_was_destroyed(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", BORN)
    document_id = old_paper(office, walter)
    carried_out(office)
    shown = office.ask(chart, patient_id=walter)
    (line,) = shown.years[0].lines
    assert (line.title, line.on, line.is_filed) == ("Chest X-ray", OLD, True)
    assert line.destroyed == "Destroyed 03/17/2026, run D-0001"
    assert shown.to_file_count == 0
    gone = "This document was destroyed. Its entry stays as it is."
    with refusal(gone):
        office.do(filing.unfile, document_id=document_id)
    with refusal(gone):
        office.do(filing.refile, document_id=document_id, patient_id=walter, reason="x")
    for statement in (
        "UPDATE document SET state = 'filed'",
        "UPDATE document SET title = 'Another'",
        "DELETE FROM document",
    ):
        assert around(office, statement) == gone
    done = "This run is carried out. Nothing about it can be changed any more."
    assert around(office, "UPDATE disposal_run SET state = 'review'") == done
    assert around(office, "UPDATE disposal_item SET title = ''") == done
    assert around(office, "DELETE FROM disposal_item") == done


def test_a_hold_after_the_approvals_stops_the_whole_run(office: Office) -> None:
    walter, marcus = patient(office, "Walter", "Harris", BORN), patient(office, "Marcus", "Bell", BORN)
    document_id = old_paper(office, walter)
    other = old_paper(office, marcus, "Sleep study")
    run_id = approved(office)
    hold_id = office.do(legal_holds.place, patient_id=marcus, matter="State v. Bell")
    held = (
        "Nothing was destroyed. D-0001/2 is under legal hold H-0001, State v. Bell. "
        "Send the run back to review and keep what must stay."
    )
    with refusal(held):
        office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    for each in (document_id, other):
        assert office.ask(viewing.document_bytes, document_id=each)
    assert office.ask(retention_due.kept_until, document_id=other).hold == "H-0001, State v. Bell"
    with refusal("Write who says that the matter is over."):
        office.do(legal_holds.release, hold_id=hold_id, reason="")
    office.do(legal_holds.release, hold_id=hold_id, reason="Dismissed, letter of 03/16")
    with refusal("This hold was released already."):
        office.do(legal_holds.release, hold_id=hold_id, reason="Again")
    office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    assert _state(office, run_id) is RunState.DONE
    for table in ("legal_hold", "legal_hold_release"):
        around(office, f"DELETE FROM {table}")
    with refusal("One of the documents is destroyed already. Choose them again."):
        office.do(legal_holds.place, patient_id=marcus, matter="State v. Bell", document_ids=(other,))


def test_a_stricter_rule_after_the_approvals_stops_it_too(office: Office) -> None:
    old_paper(office, patient(office, "Walter", "Harris", BORN))
    run_id = approved(office)
    today = date(2026, 3, 17)
    office.do(
        retention_rules.write,
        key="",
        edition=0,
        draft=RuleDraft(
            "Imaging: twenty years",
            RetentionClass.MEDICAL,
            Trigger.DOCUMENT_DATE,
            20,
            "Counsel, 03/17",
            today,
            "Asked for",
        ),
    )
    with refusal(
        "Nothing was destroyed. D-0001/1 must stay: by the rules of today it is kept until 06/04/2029. "
        "Send the run back to review and keep what must stay."
    ):
        office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    office.do(disposal.back_to_review, run_id=run_id)
    with refusal("D-0001 has no approval to take back."):
        office.do(disposal.back_to_review, run_id=run_id)
    with refusal("Write why the run is called off."):
        office.do(disposal.call_off, run_id=run_id, reason=" ")
    office.do(disposal.call_off, run_id=run_id, reason="The rule changed")
    assert _titles(office) == []


def test_where_three_may_destroy_who_collected_approves_nothing(office: Office) -> None:
    old_paper(office, patient(office, "Walter", "Harris", BORN))
    for login in ("ann", "ben"):
        user(office, f"{login.title()} Ray", login=login, role="administrator")
    run_id = office.do(disposal.collect)
    decided(office, run_id)
    with refusal("You collected this run. In this office two others can approve it, so they must."):
        office.do(disposal.approve, run_id=run_id)
    office.database.do(MARIA, disposal.approve, run_id=run_id)


def test_bytes_of_a_record_that_stays_are_not_erased(office: Office) -> None:
    walter, ida = patient(office, "Walter", "Harris", BORN), patient(office, "Ida", "Bell", BORN)
    both = sheet("A letter about both")
    twins = [received(office, both, patient_id=walter)]
    office.do(
        filing.file,
        document_id=twins[0],
        patient_id=walter,
        indexing=Indexing(Category.LETTER, "Letter", OLD, "Cascade General"),
    )
    seen = sha256(both).hexdigest()
    twins.append(office.do(tray.receive, sha256=seen, patient_id=ida, again=True))
    office.do(
        filing.file,
        document_id=twins[1],
        patient_id=ida,
        indexing=Indexing(Category.LETTER, "Letter", date(2024, 1, 5), "Cascade General"),
    )
    run_id = carried_out(office)
    (item,) = office.ask(disposal_views.items, run_id=run_id)
    assert (item.document_id, item.outcome) == (twins[0], "shared")
    assert office.ask(viewing.document_bytes, document_id=twins[1]) == both
    assert "stand in a record that is kept" in text_of(
        office.ask(disposal_done.certificate_bytes, run_id=run_id)
    ).replace("\n", " ")
    with pytest.raises(FrontdeskError):
        office.ask(viewing.document_bytes, document_id=twins[0])


def test_a_run_broken_off_in_the_middle_has_done_nothing(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", BORN)
    papers = [old_paper(office, walter, f"Sheet {number}") for number in range(3)]
    run_id = approved(office)

    def stop(done: int, of: int) -> None:
        if done == of - 1:
            raise Cancelled("The power went.")

    with pytest.raises(Cancelled), watched(stop):
        office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    assert _state(office, run_id) is RunState.APPROVED
    for document_id in papers:
        assert office.ask(viewing.document_bytes, document_id=document_id)
    office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
    for document_id in papers:
        with pytest.raises(Erased):
            office.ask(viewing.document_bytes, document_id=document_id)


def test_a_hold_placed_at_another_desk_while_the_run_is_carried_out(
    office: Office, another: Callable[[], Database]
) -> None:
    """One of them is first: then nothing is destroyed, or the hold comes to a chart of stubs."""
    desk = another()
    for round in range(3):
        walter = patient(office, "Walter", f"Harris {'abc'[round]}", BORN)
        document_id = old_paper(office, walter, f"Sheet {round}")
        run_id = approved(office)
        start, refused = Barrier(2), list[str]()

        def place(walter: int = walter, start: Barrier = start) -> None:
            start.wait()
            desk.do(office.actor, legal_holds.place, patient_id=walter, matter="State v. Harris")

        def carry_out(run_id: int = run_id, start: Barrier = start, refused: list[str] = refused) -> None:
            start.wait()
            try:
                office.do(disposal_done.carry_out, run_id=run_id, method=METHOD)
            except Refused as no:
                refused.append(str(no))

        threads = [Thread(target=place), Thread(target=carry_out)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if refused:
            assert "State v. Harris" in refused[0]
            assert office.ask(viewing.document_bytes, document_id=document_id)
        else:
            with pytest.raises(Erased):
                office.ask(viewing.document_bytes, document_id=document_id)


def test_a_paper_chart_is_shredded_by_somebody_and_its_entry_stays(office: Office) -> None:
    walter = patient(office, "Walter", "Harris", BORN)
    volume_id = volume(office, walter)
    office.do(
        volumes.set_parts,
        volume_id=volume_id,
        parts=(volumes.Part(Category.VISIT_NOTE, date(2008, 1, 7), date(2012, 5, 2)),),
        before=(),
    )
    assert _titles(office) == [], "it is still in use"
    office.do(volumes.close, volume_id=volume_id, closed_on=date(2026, 3, 17))
    assert office.ask(retention_due.paper_kept_until, volume_id=volume_id).disposable_on == date(2022, 5, 2)
    (title,) = _titles(office)
    assert title.endswith("volume 1")
    hold_id = office.do(legal_holds.place, patient_id=walter, matter="Audit", covers_from=date(2012, 1, 1))
    assert office.ask(retention_due.due).held_count == 1
    office.do(legal_holds.release, hold_id=hold_id, reason="Closed")
    run_id = approved(office)
    with refusal("Write who shreds the paper: the vendor, or a person here."):
        office.do(disposal_done.carry_out, run_id=run_id, method="Shredded")
    office.do(disposal_done.carry_out, run_id=run_id, method="Shredded", vendor="Rose City Shredding")
    (shown,) = office.ask(volumes.paper_chart, patient_id=walter).volumes
    assert shown.where == "destroyed, run D-0001"
    with refusal("This volume is destroyed, run D-0001. Its entry stays as it is."):
        office.do(movements.report_missing, volume_id=volume_id)
    said = text_of(office.ask(disposal_done.certificate_bytes, run_id=run_id))
    assert "Paper chart" in said
    assert "Shredded." in said
    with refusal("This volume is destroyed, run D-0001. Its entry stays as it is."):
        office.do(volumes.reopen, volume_id=volume_id)


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
