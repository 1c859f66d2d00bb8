"""Documents found by their words: the same ones on both engines, and never one that may not be seen."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from frontdesk.formats.pdf_text import Broken, Words, cleaned
from frontdesk.kernel.words import search_words
from frontdesk.models.records.content_text import TextState
from frontdesk.models.records.document import Document
from frontdesk.services.records import content, filing, search, tray
from frontdesk.services.records import text as texts
from frontdesk.services.records.filing import Category, Indexing, Sensitivity
from frontdesk.services.records.search import FoundDocuments
from frontdesk.services.records.text_reading import PdfReader, read_all, read_round
from frontdesk.services.work import Actor, Work
from tests.builders.records import PNG, received, sheet
from tests.builders.registration import patient
from tests.office import Office

PLAIN = Actor(None, "Rosa Vega", "RV", frozenset({"records.view"}))


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    """One process for all tests."""
    made = PdfReader()
    yield made
    made.close()


def _titles(found: FoundDocuments) -> list[str]:
    return [each.title for each in found.documents]


def _find(office: Office, typed: str) -> list[str]:
    return _titles(office.ask(search.find, typed=typed))


def _kept(office: Office, patient_id: int, title: str, data: bytes, source: str = "Cascade General") -> int:
    document_id = received(office, data, patient_id=patient_id, arrived_as="a", source=source)
    indexing = Indexing(Category.HOSPITAL, title, date(2026, 3, 12), source)
    office.do(filing.file, document_id=document_id, patient_id=patient_id, indexing=indexing)
    return document_id


def test_documents_are_found_by_their_words_on_both_engines(office: Office, reader: PdfReader) -> None:
    walter, marcus = patient(office, "Walter", "Harris"), patient(office, "Marcus", "Bell")
    summary = _kept(
        office,
        walter,
        "Hospital discharge summary",
        sheet("Community-acquired pneumonia, right lower lobe (J18.9).", "Seen by Dr. O’Brien-Núñez."),
    )
    _kept(
        office, marcus, "Pneumonia vaccine", b"Given on 03/12/2026, left arm.\nNo reaction.", "Rose City Labs"
    )
    picture = _kept(office, walter, "Medicare card", PNG)
    _kept(office, walter, "Letter", b"The lower step was right there; pneumothorax excluded.")
    assert read_all(office.database, reader=reader) == 4

    # The title first, then the newest; the last word is a beginning, the others are whole.
    assert _find(office, "pneumonia") == ["Pneumonia vaccine", "Hospital discharge summary"]
    assert _find(office, "pneumo") == ["Pneumonia vaccine", "Letter", "Hospital discharge summary"]
    one = office.ask(search.find, typed="pneumo", limit=1)
    assert (_titles(one), one.has_more) == (["Pneumonia vaccine"], True)
    assert _find(office, "pneumo right") == []
    assert _find(office, "right pneumo") == ["Letter", "Hospital discharge summary"]
    assert _find(office, "PNEUMONIA discharge cascade") == ["Hospital discharge summary"]
    assert _find(office, '"right lower" lobe') == ["Hospital discharge summary"]
    assert _find(office, '"lower right') == []
    assert _find(office, "j18.9") == ["Hospital discharge summary"]
    assert _find(office, "03/12/2026") == ["Pneumonia vaccine"]
    assert _find(office, "obrien nunez") == _find(office, "O'BRIEN-Núñ") == ["Hospital discharge summary"]
    assert _find(office, "from:rose pneumonia") == ["Pneumonia vaccine"]
    assert _find(office, "category:lab pneumonia") == []
    assert len(_find(office, "category:hosp")) == 4
    assert _find(office, "summary vaccine") == []
    for nothing in ("", "  ", '"', "AND", "NOT (", "x'; DROP", ":*", "from:", "p"):
        assert _find(office, nothing) == []

    found = office.ask(search.find, typed="pneumonia lower").documents[0]
    assert (found.document_id, found.patient_name, found.chart_number != "") == (
        summary,
        "Harris, Walter",
        True,
    )
    marked = [found.snippet[start : start + length] for start, length in found.snippet_marks]
    assert marked == ["pneumonia", "lower"]
    card = office.ask(search.find, typed="medicare").documents[0]
    assert (card.document_id, card.text_state, card.snippet) == (picture, TextState.NO_TEXT, "")
    assert office.ask(texts.counts) == texts.TextCounts(3, 1, 0, 0)


def test_what_changes_is_found_as_it_is_now(office: Office, reader: PdfReader) -> None:
    walter = patient(office, "Walter", "Harris")
    document = received(office, b"Sputum culture is pending.", patient_id=walter, arrived_as="note.txt")
    assert _find(office, "sputum") == []
    assert office.ask(texts.state_of, document_id=document).state is TextState.PENDING
    assert (read_round(office.database, reader), read_round(office.database, reader)) == (1, 0)
    assert _find(office, "sputum") == ["note.txt"]
    assert not office.ask(search.find, typed="sputum").documents[0].is_filed
    # The same bytes once more: read once, found twice.
    indexing = Indexing(Category.LAB_RESULT, "Culture", date(2026, 3, 12), "Willamette Labs")
    office.do(filing.file, document_id=document, patient_id=walter, indexing=indexing)
    received(
        office, b"Sputum culture is pending.", patient_id=patient(office, "Ana", "Lee"), arrived_as="b.txt"
    )
    assert read_round(office.database, reader) == 0
    assert _find(office, "sputum") == ["b.txt", "Culture"]
    better = Indexing(Category.LAB_RESULT, "Microbiology", date(2026, 3, 12), "Willamette Labs")
    office.do(filing.correct, document_id=document, indexing=better)
    assert _find(office, "sputum microbiology") == ["Microbiology"]
    assert _find(office, "culture willamette") == ["Microbiology"]
    other = received(office, b"Holiday greetings.", arrived_as="card.txt")
    read_round(office.database, reader)
    office.do(tray.withdraw, document_id=other, reason="Nothing of ours")
    assert _find(office, "greetings") == []
    office.do(tray.restore, document_id=other)
    assert _find(office, "greetings") == ["card.txt"]


def test_a_sensitive_document_is_found_only_by_who_may_see_it(office: Office, reader: PdfReader) -> None:
    walter = patient(office, "Walter", "Harris")
    document = received(office, b"Methadone program, enrolled.", patient_id=walter, arrived_as="a.txt")
    guarded = Indexing(Category.LETTER, "Letter", date(2026, 3, 1), "", (), Sensitivity.SUBSTANCE_USE)
    office.do(filing.file, document_id=document, patient_id=walter, indexing=guarded)
    read_round(office.database, reader)
    assert _find(office, "methadone") == ["Letter"]
    assert office.database.ask(PLAIN, search.find, typed="methadone").documents == ()
    assert office.database.ask(PLAIN, search.find, typed="letter").documents == ()
    address = _address(office, document)
    assert office.ask(texts.text_of, sha256=address).text == "Methadone program, enrolled."
    assert office.database.ask(PLAIN, texts.text_of, sha256=address).text == ""


def test_an_erased_content_leaves_no_word_behind(office: Office, reader: PdfReader) -> None:
    walter = patient(office, "Walter", "Harris")
    data = b"Hydrochlorothiazide was stopped."
    document = _kept(office, walter, "Old letter", data)
    read_round(office.database, reader)
    address = _address(office, document)
    assert _left_of_it(office) > 0
    with Session(office.database.engines.write) as session, session.begin():
        now, zone = office.clock.now(), office.database.zone
        work = Work(session, office.actor, office.database.station, now, zone)
        content.erase(work, sha256=address, reason="Its time is over", documents=[document])
    assert _find(office, "hydrochlorothiazide") == _find(office, "old letter") == []
    assert office.ask(texts.text_of, sha256=address).state is TextState.ERASED
    assert read_all(office.database, again=True, reader=reader) == 0
    assert _left_of_it(office) == 0
    # The same letter comes once more.
    content.store_bytes(office.database, data, "new.txt")
    office.do(tray.receive, sha256=address, arrived_as="new.txt", patient_id=walter, again=True)
    assert read_round(office.database, reader) == 1
    assert "new.txt" in _find(office, "hydrochlorothiazide")
    with Session(office.database.engines.write) as session, session.begin():
        texts.forget(Work(session, office.actor, office.database.station, now, zone), address)
    assert _left_of_it(office) == 0


def test_what_cannot_be_read_is_said_and_stops_nothing(office: Office, reader: PdfReader) -> None:
    walter = patient(office, "Walter", "Harris")
    blank = _kept(office, walter, "Scan", sheet(" "))
    hangs = PdfReader(seconds=0.0001)
    _kept(office, walter, "Slow", sheet("Taken out by the clock"))
    assert read_round(office.database, hangs, seconds=30) == 2
    hangs.close()
    assert office.ask(texts.counts).failed == 2
    assert read_all(office.database, again=True, reader=reader) == 2
    assert _find(office, "clock") == ["Slow"]
    assert office.ask(texts.state_of, document_id=blank).state is not TextState.FAILED


def test_a_broken_file_ends_nothing_and_an_erased_one_stays_erased(office: Office, reader: PdfReader) -> None:
    for junk in (b"%PDF-1.7\n" + b"[" * 50_000, b"%PDF-1.4\n1 0 obj<</Length 99999999>>stream\n", b"\x00"):
        with pytest.raises(Broken):
            reader.words(len(junk), iter([junk]))
    whole = sheet("Still answers")
    assert "Still answers" in reader.words(len(whole), iter([whole[:100], whole[100:]])).text

    walter = patient(office, "Walter", "Harris")
    document = _kept(office, walter, "Old letter", sheet("Hydrochlorothiazide"))

    class Meanwhile(PdfReader):
        """The disposal runs while the file is read."""

        def words(self, size: int, chunks: Iterator[bytes]) -> Words:
            found = reader.words(size, chunks)
            with Session(office.database.engines.write) as session, session.begin():
                work = Work(
                    session,
                    office.actor,
                    office.database.station,
                    office.clock.now(),
                    office.database.zone,
                )
                content.erase(work, sha256=_address(office, document), reason="Over", documents=[document])
            return found

    assert read_round(office.database, Meanwhile()) == 1
    assert office.ask(texts.state_of, document_id=document).state is TextState.ERASED
    assert _left_of_it(office) == 0


def test_what_went_round_the_index_is_put_right(office: Office, reader: PdfReader) -> None:
    walter = patient(office, "Walter", "Harris")
    _kept(office, walter, "Letter", b"Sputum culture is pending.")
    with office.database.engines.write.begin() as connection:
        connection.execute(sql("DELETE FROM document_words"))
        connection.execute(sql("DELETE FROM content_text"))
        if not office.database.engines.on_server:
            connection.execute(sql("DELETE FROM document_headings"))
    assert _find(office, "letter") == []
    assert office.ask(texts.counts).pending == 1
    assert read_all(office.database, reader=reader) == 1
    assert _find(office, "letter sputum") == ["Letter"]


def test_long_texts_are_cut_and_their_phrases_found(office: Office, reader: PdfReader) -> None:
    walter = patient(office, "Walter", "Harris")
    words = " ".join(f"w{number}" for number in range(30_000))
    _kept(office, walter, "Long", f"{words}\nright upper lobe\nend".encode())
    read_round(office.database, reader)
    assert _find(office, '"right upper" lobe') == ["Long"]
    assert _find(office, '"w29998 w29999 right') == ["Long"]
    assert _find(office, '"upper right"') == []
    assert "upper lobe" in office.ask(search.find, typed='"right upper"').documents[0].snippet
    assert cleaned("x" * 600_000).is_cut


def test_words_are_the_same_for_everybody() -> None:
    assert search_words("O’Brien-Núñez, J18.9") == ["obrien", "nunez", "j18", "9"]
    assert search_words("Straße ﬁn ½ _x_") == ["strasse", "fin", "1", "2", "x"]
    assert cleaned("a\x00b\r\n\r\n  c\u00ad\nd  e\ud800f").text == "a b\ncd ef"
    assert cleaned(" \n .").text == ""


def _address(office: Office, document_id: int) -> str:
    with office.database.engines.read.connect() as connection:
        return str(
            connection.scalar(sql(f"SELECT sha256 FROM {Document.__tablename__} WHERE id = {document_id}"))
        )


def _left_of_it(office: Office) -> int:
    """How many places of the index's own tables hold the word."""
    left = "SELECT count(*) FROM document_words WHERE words::text LIKE '%chlorot%'"
    if not office.database.engines.on_server:
        left = "SELECT count(*) FROM document_words_data WHERE instr(block, CAST('chlorot' AS BLOB))"
    with office.database.engines.read.connect() as connection:
        return int(connection.scalar(sql(left)) or 0)
