"""Archiving, the queue of who must read, copies as files, and what another desk made of a document."""

from datetime import date

import pytest

from frontdesk.kernel.errors import NotAllowed, Refused
from frontdesk.services.records import archiving, filing, viewing
from frontdesk.services.records.chart import chart
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.work import Actor
from tests.builders.office import provider
from tests.builders.records import filed, received, sheet
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal


def test_a_superseded_document_leaves_the_daily_view_and_comes_back(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    old, new = filed(office, walter, "Preliminary"), filed(office, walter, "Final")
    done = office.done(archiving.archive, document_id=old, reason="", superseded_by_id=new)
    shown = office.ask(chart, patient_id=walter)
    assert (shown.filed_count, shown.archived_count) == (1, 1)
    put_away = office.ask(chart, patient_id=walter, archived=True)
    assert [line.title for year in put_away.years for line in year.lines] == ["Preliminary"]
    with refusal("This document is archived already."):
        office.do(archiving.archive, document_id=old, reason="Again")
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(chart, patient_id=walter).archived_count == 0
    with refusal("This document is not archived."):
        office.do(archiving.unarchive, document_id=old)


def test_what_cannot_be_archived_is_said(file_office: Office) -> None:
    walter, marcus = patient(file_office, "Walter", "Harris"), patient(file_office, "Marcus", "Bell")
    document, other = filed(file_office, walter), filed(file_office, marcus, "Other")
    with refusal("Write why the document is archived."):
        file_office.do(archiving.archive, document_id=document, reason=" ")
    with refusal("The newer document lies in another chart. Choose one of this chart."):
        file_office.do(archiving.archive, document_id=document, reason="", superseded_by_id=other)
    with refusal("This document is not in a chart. File it first."):
        file_office.do(archiving.archive, document_id=received(file_office, sheet("x")), reason="Old")


def test_the_queue_is_by_provider_and_the_opened_document_says_who_read_it(office: Office) -> None:
    walter, lee = patient(office, "Walter", "Harris"), provider(office)
    document = filed(office, walter, reader_ids=(lee,))
    (line,) = office.ask(viewing.to_read)
    assert (line.provider_id, line.document_id) == (lee, document)
    (asked,) = office.do(viewing.open_document, document_id=document).readings
    assert (asked.provider_name, asked.read_on) == (line.provider_name, None)
    office.do(viewing.mark_read, reading_id=line.reading_id, version=line.version)
    assert office.do(viewing.open_document, document_id=document).readings[0].read_on == date(2026, 3, 17)
    clerk = Actor(None, "Clerk", "C", frozenset({"records.*"}))
    with pytest.raises(NotAllowed):
        office.database.do(clerk, viewing.mark_unread, reading_id=line.reading_id)


def test_a_copy_as_a_file_is_written_down_and_needs_its_right(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    document = filed(office, walter)
    assert office.do(viewing.export, document_id=document) == "pdf"
    entry = office.database.log_after(0)[-1]
    assert (entry.intent.command, entry.patient_ids) == ("records.viewing.export", (walter,))
    reader = Actor(None, "Reader", "R", frozenset({"records.view"}))
    with pytest.raises(NotAllowed):
        office.database.do(reader, viewing.export, document_id=document)


def test_where_a_document_is_now_is_said_in_words(file_office: Office) -> None:
    walter = patient(file_office, "Walter", "Harris")
    document = received(file_office, sheet("one"))
    assert file_office.ask(viewing.standing, document_id=document).sentence == (
        "It waits to be filed, for no chart yet."
    )
    indexing = Indexing(Category.LETTER, "Letter", date(2026, 3, 2))
    file_office.do(filing.file, document_id=document, patient_id=walter, indexing=indexing)
    said = file_office.ask(viewing.standing, document_id=document).sentence
    assert said.startswith("It is filed as “Letter” in the chart of Harris, Walter, chart ")


def test_when_a_paper_came_is_looked_at(file_office: Office) -> None:
    walter = patient(file_office, "Walter", "Harris")
    document = received(file_office, sheet("one"))
    for came, sentence in (
        (date(2026, 3, 18), "03/18/2026 is still to come. Enter the day on which it came."),
        (date(2026, 3, 1), "It cannot have come before it was written. Look at both dates."),
    ):
        indexing = Indexing(Category.LETTER, "Letter", date(2026, 3, 2), received_on=came)
        with pytest.raises(Refused) as refused:
            file_office.do(filing.file, document_id=document, patient_id=walter, indexing=indexing)
        assert [(one.field, one.message) for one in refused.value.findings] == [("received_on", sentence)]
