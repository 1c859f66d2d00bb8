"""Pages turned, moved, split and put together: always a new version, never a lost one."""

import io
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from frontdesk.kernel.errors import Conflict, NotAllowed
from frontdesk.services.records import filing, splitting, tray, versions, viewing
from frontdesk.services.records.filing import Category, Indexing, Sensitivity
from frontdesk.services.records.splitting import Piece
from frontdesk.services.records.versions import PageOf, VersionCause
from frontdesk.services.work import Actor
from tests.builders.page_pictures import png, tiff
from tests.builders.records import filed, received, sheet, text_of
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal

TWO = (("First letter", "of a fax"), ("Second letter", "of the same fax"))


def _shown(office: Office, document: int) -> PdfReader:
    return PdfReader(io.BytesIO(office.ask(viewing.document_pdf, document_id=document)))


def test_pages_are_turned_moved_and_left_out_and_the_original_stays(office: Office) -> None:
    document = received(office, sheet("One", pages=3))
    original = office.ask(viewing.document_bytes, document_id=document)
    assert office.ask(versions.versions_of, document_id=document) == ()

    done = office.done(
        versions.arrange, document_id=document, pages=(PageOf(3, 90), PageOf(1)), reason="Lay on its side"
    )

    pages = _shown(office, document).pages
    assert [page.rotation for page in pages] == [90, 0]
    assert "One" in pages[1].extract_text()
    first, second = office.ask(versions.versions_of, document_id=document)
    assert (first.number, first.cause, first.pages) == (1, VersionCause.CAME_IN, 3)
    assert (second.number, second.cause, second.pages) == (2, VersionCause.ARRANGED, 2)
    assert (second.reason, second.is_shown) == ("Lay on its side", True)
    assert office.ask(versions.version_pdf, document_id=document, number=1) == original

    office.database.undo(office.actor, done.entry_id)
    assert office.ask(viewing.document_bytes, document_id=document) == original
    assert [line.cause for line in office.ask(versions.versions_of, document_id=document)] == [
        VersionCause.CAME_IN,
        VersionCause.ARRANGED,
        VersionCause.BROUGHT_BACK,
    ]


@pytest.mark.parametrize(
    ("pages", "sentence"),
    [
        ((), "Leave at least one page. To take all of it away, take the document out."),
        ((PageOf(3),), "This document has 2 pages. Another page was named. Look at it again."),
        ((PageOf(1), PageOf(1)), "A page can stand in a document once only."),
        ((PageOf(1, 45),), "A page is turned by quarters."),
        ((PageOf(1), PageOf(2)), "The pages are as they were. There is nothing to keep."),
    ],
)
def test_what_cannot_be_arranged_is_said(
    file_office: Office, pages: tuple[PageOf, ...], sentence: str
) -> None:
    document = received(file_office, sheet(pages=2))
    with refusal(sentence):
        file_office.do(versions.arrange, document_id=document, pages=pages)


def test_versions_that_are_not_there_or_shown_already(file_office: Office) -> None:
    document = received(file_office, sheet(pages=2))
    with refusal("There is no such version of this document."):
        file_office.do(versions.bring_back, document_id=document, number=7)
    file_office.do(versions.arrange, document_id=document, pages=(PageOf(2),))
    with refusal("This version is the one that is shown."):
        file_office.do(versions.bring_back, document_id=document, number=2)
    file_office.do(tray.withdraw, document_id=document, reason="Blank")
    with refusal("This document is not in use any more. Its pages stay as they are."):
        file_office.do(versions.arrange, document_id=document, pages=(PageOf(1, 90),))


def test_two_desks_arrange_the_same_pages_once(office: Office) -> None:
    document = received(office, sheet(pages=2))
    version = office.ask(tray.tray)[0].version
    office.do(versions.arrange, document_id=document, pages=(PageOf(2), PageOf(1)), version=version)
    with pytest.raises(Conflict):
        office.do(versions.arrange, document_id=document, pages=(PageOf(2),), version=version)


def test_a_version_cannot_be_changed_behind_the_services_back(office: Office) -> None:
    document = received(office, sheet(pages=2))
    office.do(versions.arrange, document_id=document, pages=(PageOf(2),))
    for statement in ("UPDATE document_version SET pages = 9", "DELETE FROM document_version"):
        with (
            pytest.raises((IntegrityError, DatabaseError), match="append_only_document_version"),
            office.database.engines.write.begin() as connection,
        ):
            connection.execute(text(statement))


def test_a_fax_of_two_letters_is_split_and_put_together_again(office: Office) -> None:
    fax = received(office, tiff(*TWO), arrived_as="fax.tif")
    with refusal("Choose the page with which the next document begins."):
        office.do(splitting.split_at, document_id=fax, starts=(1,))
    with refusal("This document has 2 pages. Another page was named. Look at it again."):
        office.do(splitting.split_at, document_id=fax, starts=(9,))

    done = office.done(splitting.split_at, document_id=fax, starts=(2,))

    assert [line.title for line in office.ask(tray.tray)] == ["fax.tif, part 1", "fax.tif, part 2"]
    assert all(len(_shown(office, part).pages) == 1 for part in done.result.part_ids)
    office.database.undo(office.actor, done.entry_id)
    assert [line.document_id for line in office.ask(tray.tray)] == [fax]


def test_a_pdf_and_a_picture_become_one_document_and_come_apart(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    front = received(office, png("Front"), arrived_as="front.png")
    back = received(office, sheet("Back", pages=2), patient_id=walter, arrived_as="back.pdf")
    lines = {line.document_id: line.version for line in office.ask(tray.tray)}

    done = office.done(
        splitting.join, pieces=tuple(Piece(each, lines[each]) for each in (front, back)), title="Card"
    )

    (whole,) = office.ask(tray.tray)
    assert (whole.title, whole.patient_id, whole.pages) == ("Card", walter, 3)
    assert "Back" in text_of(office.ask(viewing.document_pdf, document_id=whole.document_id))
    (version,) = office.ask(versions.versions_of, document_id=whole.document_id)
    assert version.cause is VersionCause.JOINED

    office.database.undo(office.actor, done.entry_id)
    assert {line.document_id for line in office.ask(tray.tray)} == {front, back}


def test_what_cannot_be_put_together_is_said(file_office: Office) -> None:
    walter, marcus = patient(file_office, "Walter", "Harris"), patient(file_office, "Marcus", "Bell")
    one = received(file_office, sheet("one"), patient_id=walter)
    other = received(file_office, sheet("two"), patient_id=marcus)
    with refusal("Choose two documents or more to put together."):
        file_office.do(splitting.join, pieces=(Piece(one), Piece(one)))
    with refusal("At most 50 documents are put together at once."):
        file_office.do(splitting.join, pieces=tuple(Piece(number) for number in range(51)))
    with refusal("These documents are of several patients. Put together only what goes into one chart."):
        file_office.do(splitting.join, pieces=(Piece(one), Piece(other)))


def test_one_desk_files_a_document_that_another_puts_together(office: Office) -> None:
    walter = patient(office, "Walter", "Harris")
    one, other = received(office, sheet("one")), received(office, sheet("two"))
    seen = tuple(Piece(line.document_id, line.version) for line in office.ask(tray.tray))
    indexing = Indexing(Category.HOSPITAL, "Discharge summary", date(2026, 3, 12))
    office.do(filing.file, document_id=one, patient_id=walter, indexing=indexing)
    with pytest.raises(Conflict):
        office.do(splitting.join, pieces=seen)
    assert [line.document_id for line in office.ask(tray.tray)] == [other]


def test_the_pages_of_a_sensitive_document_need_its_right(file_office: Office) -> None:
    document = filed(file_office, patient(file_office, "Walter", "Harris"))
    guarded = Indexing(Category.HOSPITAL, "Stay", date(2026, 3, 12), sensitivity=Sensitivity.HIV)
    file_office.do(filing.correct, document_id=document, indexing=guarded)
    clerk = Actor(None, "Clerk", "C", frozenset({"records.view", "records.file"}))
    with pytest.raises(NotAllowed):
        file_office.database.do(clerk, versions.arrange, document_id=document, pages=(PageOf(1, 90),))
    with pytest.raises(NotAllowed):
        file_office.database.ask(clerk, versions.versions_of, document_id=document)
