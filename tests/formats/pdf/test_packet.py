"""What leaves the office: the chosen pages and not one more, stamped beside their text, under a password."""

import io
import json
import re
import zlib
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit, NameObject, NumberObject, RectangleObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from frontdesk.formats.pdf.letterhead import Sender
from frontdesk.formats.pdf.locked import locked_pdf, new_password
from frontdesk.formats.pdf.packet import MANIFEST, Damaged, Enclosed, Packet, PacketSheet, packet_pdf
from frontdesk.formats.pdf.page_stamp import STRIP
from frontdesk.kernel.page_ranges import read_pages, said_pages, written_pages

SENDER = Sender("Harbor Point Family Medicine", ("410 Harbor Street", "Portland, OR 97204"))


def _paper(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 700, f"Secret of page {number}.")
        canvas.drawString(72, 4, f"Last line of page {number}.")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _packet(source: bytes, pages: tuple[int, ...], of: int = 5, *, has_part_2: bool = False) -> Packet:
    sheet = PacketSheet(
        sender=SENDER,
        number="ROI-0261",
        made_on="03/17/2026",
        to="Rose City Legal LLP",
        to_lines=("attn. P. Doan",),
        patient="Walter Harris",
        born_on="02/09/1951",
        chart_number="HP-09177",
        authority="Authorization signed 02/20/2026",
        purpose="Legal",
        enclosed=(Enclosed("Discharge summary", "03/12/2026", "a" * 64, pages, of),),
        has_part_2=has_part_2,
    )
    return packet_pdf(sheet, [source])


def _everything(pdf: bytes) -> bytes:
    """All that stands in the file, unpacked: what a curious recipient could find."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    found = [pdf]
    for stream in streams:
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    reader = PdfReader(io.BytesIO(pdf))
    found += [page.extract_text().encode() for page in reader.pages]
    return b"\n".join(found)


def test_it_holds_the_chosen_pages_and_nothing_of_the_others() -> None:
    made = _packet(_paper(5), (1, 4))
    reader = PdfReader(io.BytesIO(made.pdf))
    words = [page.extract_text() for page in reader.pages]
    assert made.pages == len(words) == 3
    assert made.record_pages == 2
    assert "Rose City Legal LLP" in words[0]
    assert "pages 1, 4 of 5" in words[0]
    assert "Secret of page 1." in words[1]
    assert "Secret of page 4." in words[2]
    assert "Page 3 of 3   03/17/2026" in words[2]
    assert "ROI-0261" in words[2]
    assert b"Secret of page 2" not in _everything(made.pdf)
    assert "prohibited" not in words[0]

    listed = json.loads(reader.attachments[MANIFEST][0])
    (document,) = listed["documents"]
    assert (document["title"], document["sha256"]) == ("Discharge summary", "a" * 64)
    assert (document["pages"], document["of"], document["part"]) == ("1,4", 5, "record")
    assert len(listed["list_sha256"]) == 64
    assert made == _packet(_paper(5), (1, 4)), "the same choice gives the same bytes"


def test_links_and_shared_pictures_take_no_other_page_along() -> None:
    """A link to a page brings the page, a shared list of pictures all pictures, when they are just copied."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), pageCompression=0)
    for number in (1, 2):
        canvas.drawString(72, 700, f"Secret of page {number}.")
        canvas.drawImage(ImageReader(Image.new("RGB", (9, number), (0, 99, number))), 72, 400, 50, 50)
        canvas.acroForm.textfield(name=f"f{number}", value=f"Typed on {number}", x=72, y=200, width=200)
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=io.BytesIO(out.getvalue()))
    shared = writer.pages[0]["/Resources"]
    for page in writer.pages:
        shared["/XObject"].update(page["/Resources"]["/XObject"])  # type: ignore[index]
    for page in writer.pages:
        page[NameObject("/Resources")] = shared
    writer.add_annotation(0, Link(rect=(0, 0, 90, 90), target_page_index=1, fit=Fit.fit()))
    writer.add_attachment("other.txt", b"app.alert('hello')")
    source = io.BytesIO()
    writer.write(source)
    assert len(PdfReader(source).pages[0].images) == 2

    made = _packet(source.getvalue(), (1,), of=2)
    reader = PdfReader(io.BytesIO(made.pdf))
    assert len(reader.pages[1].images) == 1
    everything = _everything(made.pdf)
    assert b"Secret of page 2" not in everything
    assert b"app.alert" not in everything
    assert "/Annots" not in reader.pages[1]
    assert "Typed on 1" in reader.pages[1].extract_text(), "a filled-in field stays to be read"
    assert b"Typed on 2" not in everything


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_stamp_stands_below_the_page_and_covers_nothing(turned: int) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(_paper(1)))
    writer.pages[0][NameObject("/Rotate")] = NumberObject(turned)
    writer.pages[0].cropbox = RectangleObject((10, 0, 602, 780))
    turned_source = io.BytesIO()
    writer.write(turned_source)
    page = PdfReader(io.BytesIO(_packet(turned_source.getvalue(), (1,), of=1).pdf)).pages[1]
    grown = (592 + STRIP, 780) if turned in (90, 270) else (592, 780 + STRIP)
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(grown)
    places: dict[str, tuple[float, float]] = {}

    def note(text: str, matrix: list[float], text_matrix: list[float], _font: object, _size: float) -> None:
        x, y = text_matrix[4], text_matrix[5]
        a, b, c, d, e, f = matrix
        places[text.strip()] = (x * a + y * c + e, x * b + y * d + f)

    page.extract_text(visitor_text=note)
    x, y = next(place for text, place in places.items() if text.startswith("ROI-0261"))
    assert not (10 <= x <= 602 and 0 <= y <= 780), "the stamp is outside of what was the page"
    assert page.mediabox.left <= x <= page.mediabox.right
    assert page.mediabox.bottom <= y <= page.mediabox.top


def test_the_notice_of_part_2_stands_on_the_cover() -> None:
    words = PdfReader(io.BytesIO(_packet(_paper(1), (1,), of=1, has_part_2=True).pdf)).pages[0].extract_text()
    assert "42 CFR part 2" in words
    assert "prohibit you from using" in words


def test_a_damaged_source_is_named() -> None:
    with pytest.raises(Damaged) as caught:
        _packet(b"%PDF-1.4 but nothing more", (1,))
    assert caught.value.title == "Discharge summary"
    assert "Discharge" not in str(caught.value)


def test_it_opens_with_its_password_and_no_other() -> None:
    made = _packet(_paper(5), (2,))
    password = new_password()
    assert re.fullmatch(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}", password)
    assert password != new_password()
    locked = locked_pdf(made.pdf, password)
    assert b"Secret" not in _strings(locked)
    assert PdfReader(io.BytesIO(locked)).decrypt("wrong") == 0
    reader = PdfReader(io.BytesIO(locked), password=password)
    assert len(reader.pages) == made.pages
    assert "Secret of page 2." in reader.pages[1].extract_text()
    encrypted = cast("dict[str, Any]", reader.trailer["/Encrypt"].get_object())
    assert encrypted["/V"] == 5
    assert encrypted["/CF"]["/StdCF"]["/CFM"] == "/AESV3"


def _strings(pdf: bytes) -> bytes:
    return b"\n".join([pdf, *re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)])


@given(st.sets(st.integers(1, 40)))
def test_pages_are_said_and_read_back(pages: set[int]) -> None:
    assert read_pages(written_pages(pages), 40) == tuple(sorted(pages))


def test_pages_as_people_say_them() -> None:
    assert read_pages(" 7, 1-3 ,2", 9) == (1, 2, 3, 7)
    assert read_pages("3-", 5) == (3, 4, 5)
    assert read_pages("all", 2) == (1, 2)
    assert read_pages("", 2) == ()
    for wrong in ("0", "3-2", "6", "x", "1-x", "--"):
        with pytest.raises(ValueError):  # noqa: PT011 - one kind is enough here
            read_pages(wrong, 5)
    assert [said_pages(p, 4) for p in ((), (1,), (1, 2, 4), (1, 2, 3, 4))] == [
        "no pages",
        "page 1 of 4",
        "pages 1-2, 4 of 4",
        "all 4 pages",
    ]
