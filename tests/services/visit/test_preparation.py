"""The preparation packet: what is proposed, what stands on the cover, what may not be in it."""

import io
from datetime import date
from functools import partial

import pytest
from pypdf import PdfReader, PdfWriter

from frontdesk.formats.pdf.preparation import Cover, PacketDocument, PacketPart, packet_pdf
from frontdesk.kernel.errors import NotAllowed
from frontdesk.services.records import filing
from frontdesk.services.records.filing import Category, Indexing, Sensitivity
from frontdesk.services.visit import preparation
from frontdesk.services.visit.preparation import Wanted
from frontdesk.services.work import Actor
from tests.builders.office import provider
from tests.builders.paper import volume
from tests.builders.records import CASCADE, PNG, filed, library, received, sheet, text_of
from tests.builders.registration import patient
from tests.builders.schedule import book, walter
from tests.office import Office
from tests.refusal import refusal

DAY = date(2026, 3, 18)


def locked() -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(sheet("secret"))))
    writer.encrypt("open sesame", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def keep(office: Office, data: bytes, title: str, name: str, kind: Sensitivity = Sensitivity.ORDINARY) -> int:
    """A document in Walter's chart."""
    document_id = received(office, data, patient_id=walter(office), arrived_as=name)
    indexing = Indexing(Category.LETTER, title, date(2026, 3, 10), "Dr. Amin", (), kind)
    office.do(filing.file, document_id=document_id, patient_id=walter(office), indexing=indexing)
    return document_id


def test_a_packet_has_its_cover_and_the_pages_of_every_document(office: Office) -> None:
    library(office)
    volume(office, walter(office))
    visit = book(office, "9:30", patient_id=walter(office), reason="Post-hospital visit")
    letter = filed(office, walter(office), reader_ids=(provider(office),))
    picture = keep(office, PNG, "Rash, left arm", "arm.png")
    secret = keep(office, sheet("Therapy"), "Therapy note", "t.pdf", Sensitivity.MENTAL_HEALTH)
    found = office.ask(preparation.choices, appointment_id=visit)
    assert {(each.title, each.is_proposed, each.is_unread) for each in found.documents} == {
        ("Discharge summary", True, True),
        ("Rash, left arm", True, False),
        ("Therapy note", False, False),
    }
    (wanted,) = office.ask(preparation.proposed, day=DAY, provider_id=None)
    assert set(wanted.document_ids) == {letter, picture}
    office.do(preparation.note_packet, wanted=(wanted,))
    (entry,) = office.database.log_after(0, limit=1_000)[-1:]
    assert entry.intent.command == "visit.preparation.note_packet"
    assert set(entry.intent.arguments["wanted"][0]["document_ids"]) == {letter, picture}
    assert entry.patient_ids == (walter(office),)
    pdf = office.ask(preparation.packet_pdf, wanted=(wanted,))
    pages = PdfReader(io.BytesIO(pdf))
    assert len(pages.pages) == 3
    cover = pages.pages[0].extract_text()
    for words in (
        "Post-hospital visit",
        "Walter Harris",
        "To be read: Discharge summary, 03/12/2026.",
        "Paper chart, HP-00001, volume 1: on its shelf.",
        "1 restricted document is left out. Ask at the records desk.",
        "No coverage on file",
    ):
        assert words in cover
    both = office.ask(preparation.packet_pdf, wanted=(Wanted(visit, (secret, letter)),))
    assert "Restricted" in text_of(both)
    assert "left out" not in text_of(both)


def test_restricted_documents_only_with_the_right(office: Office) -> None:
    visit = book(office, "9:30", patient_id=walter(office))
    secret = keep(office, sheet("Therapy"), "Therapy note", "t.pdf", Sensitivity.MENTAL_HEALTH)
    office.actor = Actor(None, "Kim Park", "KP", frozenset({"records.view"}))
    found = office.ask(preparation.choices, appointment_id=visit)
    assert (found.documents, found.hidden) == ((), 1)
    with pytest.raises(NotAllowed):
        office.do(preparation.note_packet, wanted=(Wanted(visit, (secret,)),))
    with pytest.raises(NotAllowed):
        office.ask(preparation.packet_pdf, wanted=(Wanted(visit, (secret,)),))


def test_what_cannot_be_read_is_named_on_the_cover() -> None:
    cover = Cover("Walter Harris", (("Chart", "HP-09177"),), (), "", (), ())
    shut, broken, whole = (
        PacketDocument("03/10/2026", title, "Court", "", partial(bytes, data))
        for title, data in (("Locked", locked()), ("Broken", b""), ("Whole", sheet("Seen")))
    )
    pdf = packet_pdf(CASCADE, "03/17/2026", [PacketPart(cover, (shut, broken, whole))])
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    assert text_of(pdf).replace("\n", " ").count("not included") == 2


def test_what_moved_is_refused(office: Office) -> None:
    visit = book(office, "9:30", patient_id=walter(office))
    moved = keep(office, sheet("A letter"), "From the court", "court.pdf")
    nora = patient(office, "Nora", "Quist")
    office.do(filing.refile, document_id=moved, patient_id=nora, reason="Wrong chart")
    wanted = (Wanted(visit, (moved,)),)
    with refusal("A document of the packet is no longer in this chart. Choose again."):
        office.do(preparation.note_packet, wanted=wanted)
    with refusal("A document of the packet is no longer in this chart. Choose again."):
        office.ask(preparation.packet_pdf, wanted=wanted)
    with refusal("No visit is left on that day to prepare for."):
        office.do(preparation.note_packet, wanted=())
