"""From the tray into the right chart, and back out of the wrong one."""

from datetime import date

import pytest

from frontdesk.kernel.errors import Conflict, NotAllowed, Refused
from frontdesk.services.records import content, filing, tray, viewing
from frontdesk.services.records.chart import chart
from frontdesk.services.records.filing import Category, Indexing, Sensitivity
from frontdesk.services.work import Actor
from tests.builders.office import provider
from tests.builders.records import filed, library, received, sheet, signed
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal

SUMMARY = Indexing(Category.HOSPITAL, "Discharge summary", date(2026, 3, 12), "Cascade General")


def test_a_document_goes_from_the_tray_into_the_chart(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = received(office, patient_id=walter)
    assert [line.document_id for line in office.ask(tray.tray)] == [document]

    office.do(filing.file, document_id=document, patient_id=walter, indexing=SUMMARY)

    assert office.ask(tray.tray) == ()
    shown = office.ask(chart, patient_id=walter)
    assert [(year.year, [line.title for line in year.lines]) for year in shown.years] == [
        (2026, ["Discharge summary"])
    ]


def test_filing_is_undone_and_nothing_entered_is_lost(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = received(office, patient_id=walter)
    done = office.done(filing.file, document_id=document, patient_id=walter, indexing=SUMMARY)

    office.database.undo(office.actor, done.entry_id)

    assert [line.title for line in office.ask(tray.tray, patient_id=walter)] == ["Discharge summary"]
    assert office.do(viewing.open_document, document_id=document).indexing == SUMMARY


def test_all_that_is_missing_is_said_at_once(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = received(office, patient_id=walter)
    with pytest.raises(Refused) as refused:
        office.do(filing.file, document_id=document, patient_id=walter, indexing=Indexing(None, " ", None))
    assert [(finding.field, finding.message) for finding in refused.value.findings] == [
        ("category", "Choose the part of the chart it belongs to."),
        ("title", "Enter a title, so that it is found again."),
        ("document_on", "Enter the date of the document, not of its arrival."),
    ]


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2026, 3, 18), "03/18/2026 is still to come. Look at the date again."),
        (date(1899, 1, 1), "The document is older than the patient. Look at the date and the chart again."),
    ],
)
def test_an_impossible_date_is_refused(file_office: Office, on: date, sentence: str) -> None:
    walter = patient(file_office, "Walter", "Harris")
    document = received(file_office, patient_id=walter)
    indexing = Indexing(Category.HOSPITAL, "Discharge summary", on)
    with pytest.raises(Refused) as refused:
        file_office.do(filing.file, document_id=document, patient_id=walter, indexing=indexing)
    assert str(refused.value) == sentence


def test_two_desks_file_one_document_once(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = received(office, patient_id=walter)
    version = office.ask(tray.tray)[0].version
    office.do(filing.file, document_id=document, patient_id=walter, indexing=SUMMARY, version=version)
    with pytest.raises(Conflict):
        office.do(filing.file, document_id=document, patient_id=walter, indexing=SUMMARY, version=version)
    with refusal("This document is filed already. Open it in the chart."):
        office.do(filing.file, document_id=document, patient_id=walter, indexing=SUMMARY)


def test_the_same_file_twice_asks_first(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    received(office, patient_id=walter)
    with pytest.raises(Refused) as refused:
        received(office, patient_id=walter)
    assert str(refused.value) == "This very file is here already, in this chart or in the tray."
    assert refused.value.findings[0].overridable

    seen = content.store_bytes(office.database, sheet(), "scan.pdf")
    office.do(tray.receive, sha256=seen.sha256, patient_id=walter, again=True)
    assert len(office.ask(tray.tray)) == 2


def test_a_document_whose_content_did_not_arrive_is_refused(file_office: Office) -> None:
    with refusal("The file's content did not arrive. Add the file again."):
        file_office.do(tray.receive, sha256="0" * 64)


def test_a_document_is_moved_to_the_right_chart_and_back(office: Office) -> None:
    walter, marcus = patient(office, "Walter", "Harris"), patient(office, "Marcus", "Bell")
    document = filed(office, walter)

    done = office.done(filing.refile, document_id=document, patient_id=marcus, reason="Wrong birth date")
    assert office.ask(chart, patient_id=walter).filed_count == 0
    assert office.ask(chart, patient_id=marcus).filed_count == 1

    office.database.undo(office.actor, done.entry_id)
    assert office.ask(chart, patient_id=walter).filed_count == 1


def test_a_move_needs_another_chart_and_a_reason(file_office: Office) -> None:
    walter = patient(file_office, "Walter", "Harris")
    document = filed(file_office, walter)
    with pytest.raises(Refused) as refused:
        file_office.do(filing.refile, document_id=document, patient_id=walter, reason=" ")
    assert str(refused.value) == ("The document is in this chart already. Write why the document is moved.")


def test_what_is_kept_for_later_comes_last(office: Office) -> None:
    first = received(office, sheet("one"))
    office.clock.advance(minutes=1)
    second = received(office, sheet("two"))
    office.do(tray.keep_for_later, document_id=first)
    assert [line.document_id for line in office.ask(tray.tray)] == [second, first]
    office.do(tray.take_up_again, document_id=first)
    assert [line.document_id for line in office.ask(tray.tray)] == [first, second]


def test_a_withdrawn_document_is_off_every_list(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = received(office, patient_id=walter)
    office.do(tray.withdraw, document_id=document, reason="Not ours")
    assert office.ask(tray.tray) == ()
    assert office.ask(chart, patient_id=walter).to_file == ()
    with refusal("This document was withdrawn. Restore it first."):
        office.do(filing.file, document_id=document, patient_id=walter, indexing=SUMMARY)


def test_who_must_read_it_signs_it_off(office: Office) -> None:
    walter, lee = patient(office, "Walter", "Harris"), provider(office)
    filed(office, walter, reader_ids=(lee,))
    (waiting,) = office.ask(viewing.to_read, provider_id=lee)
    assert waiting.title == "Discharge summary"

    office.do(viewing.mark_read, reading_id=waiting.reading_id)

    assert office.ask(viewing.to_read, provider_id=lee) == ()
    with refusal("This document was signed off already."):
        office.do(viewing.mark_read, reading_id=waiting.reading_id)


def test_a_correction_keeps_what_was_read_and_is_undone(office: Office) -> None:
    walter, lee = patient(office, "Walter", "Harris"), provider(office)
    document = filed(office, walter, reader_ids=(lee,))
    other = Indexing(Category.LETTER, "Letter", date(2026, 3, 11), "Cascade General")
    done = office.done(filing.correct, document_id=document, indexing=other)
    assert office.ask(viewing.to_read, provider_id=lee) == ()

    office.database.undo(office.actor, done.entry_id)

    assert len(office.ask(viewing.to_read, provider_id=lee)) == 1
    assert office.ask(chart, patient_id=walter).years[0].lines[0].title == "Discharge summary"


def test_the_chart_is_counted_grouped_and_searched(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    filed(office, walter, "Lipid panel, A1c", category=Category.LAB_RESULT, on=date(2025, 12, 15))
    filed(office, walter, "Chest X-ray, 2 views", category=Category.IMAGING, on=date(2025, 10, 2))
    filed(office, walter)
    library(office)
    signed(office, walter)
    received(office, sheet("loose"), patient_id=walter)

    shown = office.ask(chart, patient_id=walter)
    assert {part.category: part.count for part in shown.counts if part.count} == {
        Category.LAB_RESULT: 1,
        Category.IMAGING: 1,
        Category.HOSPITAL: 1,
        Category.CONSENT: 1,
    }
    assert (shown.filed_count, shown.to_file_count) == (4, 1)
    assert [(year.year, [line.title for line in year.lines]) for year in shown.years] == [
        (2026, ["Consent to treat", "Discharge summary"]),
        (2025, ["Lipid panel, A1c", "Chest X-ray, 2 views"]),
    ]
    found = office.ask(chart, patient_id=walter, find="x-ray chest")
    assert [line.title for year in found.years for line in year.lines] == ["Chest X-ray, 2 views"]
    labs = office.ask(chart, patient_id=walter, category=Category.LAB_RESULT)
    assert [line.title for year in labs.years for line in year.lines] == ["Lipid panel, A1c"]


def test_to_open_a_document_is_written_down(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = filed(office, walter)
    done = office.done(viewing.open_document, document_id=document)
    entry = office.database.log_after(0)[-1]
    assert entry.intent.id == done.entry_id
    assert entry.patient_ids == (walter,)
    assert office.ask(viewing.document_bytes, document_id=document).startswith(b"%PDF-")


def test_a_sensitive_document_needs_its_own_right(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = filed(office, walter)
    guarded = Indexing(Category.HOSPITAL, "Stay", date(2026, 3, 12), sensitivity=Sensitivity.MENTAL_HEALTH)
    office.do(filing.correct, document_id=document, indexing=guarded)
    clerk = Actor(None, "Clerk", "C", frozenset({"records.view"}))
    with pytest.raises(NotAllowed):
        office.database.do(clerk, viewing.open_document, document_id=document)
    with pytest.raises(NotAllowed):
        office.database.ask(clerk, viewing.document_bytes, document_id=document)
