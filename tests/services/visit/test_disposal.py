"""Disposal runs: two people, a hold that stops everything, nothing half done, and the stub that stays."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from threading import Barrier, Thread

import pytest

from frontdesk.kernel.errors import Cancelled, FrontdeskError, Refused
from frontdesk.models.records.document import RetentionClass
from frontdesk.models.records.retention import Trigger
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
from frontdesk.services.records.retention_rules import RuleDraft
from frontdesk.services.visit import disposal, disposal_done, disposal_views, retention_due
from frontdesk.services.visit.disposal import Decided, Decision
from frontdesk.services.visit.disposal_views import RunState
from tests.builders.disposal import MARIA, METHOD, OLD, approved, carried_out, decided, old_paper
from tests.builders.paper import volume
from tests.builders.records import received, sheet, text_of
from tests.builders.registration import patient
from tests.builders.security import user
from tests.office import Office
from tests.refusal import refusal
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
