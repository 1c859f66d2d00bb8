"""Bytes go in once, come out whole, and do not change unnoticed."""

import contextlib
import io
import os
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from random import Random
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Refused
from frontdesk.models.records.content import MediaType
from frontdesk.services.database import Database
from frontdesk.services.records import content
from frontdesk.services.records.content import Damaged
from frontdesk.services.records.sniff import (
    CHUNK_BYTES,
    LARGEST_BYTES,
    look_at,
    look_through,
    media_type_of,
    shown_name,
)
from tests.builders.long_scans import jpeg
from tests.builders.records import PNG, around_the_guards, flip_a_byte, sheet
from tests.refusal import refusal
from tests.twin import copy_of


def test_a_file_comes_back_as_it_went_in(database: Database, tmp_path: Path) -> None:
    source = tmp_path / "long.txt"
    source.write_bytes(b"Line after line.\n" * 150_000)

    seen = content.store(database, source)

    assert seen.size_bytes > 2 * CHUNK_BYTES
    with Session(database.engines.read) as session:
        assert content.read(session, seen.sha256) == source.read_bytes()


def test_the_same_bytes_are_kept_once(database: Database) -> None:
    pdf = sheet()
    first = content.store_bytes(database, pdf, "a.pdf")
    second = content.store_bytes(database, pdf, "b.pdf")

    assert first == second
    with database.engines.read.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM document_content")) == 1


def test_two_desks_that_keep_the_same_bytes_at_once_both_have_them(
    database: Database, another: Callable[[], Database]
) -> None:
    data = b"Line after line.\n" * 150_000
    desks, together = (database, another()), Barrier(2)

    def keep(desk: Database) -> str:
        together.wait()
        return content.store_bytes(desk, data, "long.txt").sha256

    with ThreadPoolExecutor(2) as pool:
        addresses = set(pool.map(keep, desks))
    assert addresses == {sha256(data).hexdigest()}
    with Session(database.engines.read) as session:
        assert content.read(session, addresses.pop()) == data


def test_a_flipped_byte_is_noticed_when_read(database: Database) -> None:
    seen = content.store_bytes(database, b"Take two at night.", "note.txt")
    flip_a_byte(database, seen.sha256)

    with Session(database.engines.read) as session, pytest.raises(Damaged, match="not the ones that came in"):
        content.read(session, seen.sha256)


def test_a_chunk_moved_or_missing_is_noticed_when_read(database: Database) -> None:
    seen = content.store_bytes(database, b"Line after line.\n" * 150_000, "long.txt")
    for statement in (
        "UPDATE document_chunk SET position = 7 WHERE position = 1",  # the second is missing
        "UPDATE document_chunk SET position = 1 WHERE position = 0",  # the first stands for the second
    ):
        around_the_guards(database, "document_chunk", statement)
        with Session(database.engines.read) as session, pytest.raises(Damaged):
            content.read(session, seen.sha256)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE document_chunk SET bytes = bytes",
        "DELETE FROM document_chunk",
        "UPDATE document_content SET size_bytes = 1",
        "DELETE FROM document_content",
    ],
)
def test_the_database_refuses_to_change_or_delete_bytes(database: Database, statement: str) -> None:
    content.store_bytes(database, b"Kept.", "note.txt")
    with pytest.raises(IntegrityError, match="append_only"), database.engines.write.begin() as connection:
        connection.execute(text(statement))


def test_content_is_carried_over_before_a_replay(database: Database, tmp_path: Path) -> None:
    with copy_of(database, tmp_path) as twin:
        seen = content.store_bytes(database, sheet(), "a.pdf")
        copy = twin()
        assert content.carry(database, copy) == 1
        assert content.carry(database, copy) == 0
        with Session(copy.engines.read) as session:
            assert sha256(content.read(session, seen.sha256)).hexdigest() == seen.sha256


def test_the_nature_is_read_from_the_bytes() -> None:
    assert media_type_of(sheet()[:4096]) is MediaType.PDF
    assert media_type_of(PNG) is MediaType.PNG
    assert media_type_of(b"\xff\xd8\xff\xe0") is MediaType.JPEG
    assert media_type_of(b"II*\x00\x08") is MediaType.TIFF
    assert media_type_of("Señora Núñez, 45 años\r\n".encode()) is MediaType.TEXT
    assert media_type_of(b"x" * 4095 + "ñ".encode()[:1]) is MediaType.TEXT
    assert media_type_of(b"MZ\x90\x00\x03") is None
    assert media_type_of(b"PK\x03\x04") is None


def test_pages_are_counted(tmp_path: Path) -> None:
    source = tmp_path / "three.pdf"
    source.write_bytes(sheet(pages=3))
    assert look_at(source).pages == 3


def _protected() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sheet())))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _hostile(*, pages: int = 1, bomb: bool = False) -> bytes:
    """A PDF that says more pages than it has, or whose page unpacks to 300 MB."""
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(bytes(1024**2)) for _ in range(300 if bomb else 1)) + packing.flush()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[3 0 R]>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    )
    objects = b"".join(b"%d 0 obj%bendobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R>>"


def _tiff(width: int, height: int, *, frames: int = 1) -> bytes:
    """The directories of a TIFF, one behind another, each naming its size."""
    data = b"II*\x00" + (8).to_bytes(4, "little")
    for number in range(1, frames + 1):
        data += struct.pack("<HHHIIHHII", 2, 256, 4, 1, width, 257, 4, 1, height)
        data += (len(data) + 4 if number < frames else 0).to_bytes(4, "little")
    return data


_DAMAGED = "The file is damaged and cannot be shown. Nothing was kept. Ask the sender to send it again."
_TOO_MANY = "This picture has {}, more than can be shown. Nothing was kept. Scan it again at 600 dpi or less."


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "a.pdf",
            b"",
            "The file is empty: it has 0 bytes. Nothing was kept. Ask the sender to send it again.",
        ),
        (
            "a.exe",
            b"MZ\x90\x00\x03",
            (
                "This is a program. Kept are PDF, PNG, JPEG, TIFF and plain text. Nothing was kept. "
                "Do not open it; ask the sender what they meant to send."
            ),
        ),
        (
            "scan.pdf",
            b"PK\x03\x04\x14",
            (
                "This is a ZIP archive or an Office document. Kept are PDF, PNG, JPEG, TIFF and plain text. "
                "Nothing was kept. Open it, and save what it holds as PDF."
            ),
        ),
        (
            "phone.heic",
            b"\x00\x00\x00\x24ftypheic\x00\x00",
            (
                "This is a HEIC picture. Kept are PDF, PNG, JPEG, TIFF and plain text. Nothing was kept. "
                "Save it as JPEG, then add that."
            ),
        ),
        (
            "note.txt",
            b"\xfe\xed\xfa\xce\x00",
            (
                "This kind of file is not kept here. Kept are PDF, PNG, JPEG, TIFF and plain text. "
                "Nothing was kept. Save it as one of these, then add that."
            ),
        ),
        (
            "note.txt",
            b"Words. " * 1000 + b"\0",
            (
                "The file begins as text, but what follows is not text. Nothing was kept. "
                "Ask the sender to send it again."
            ),
        ),
        (
            "a.pdf",
            PNG,
            (
                "The file's name says a PDF, but it is a PNG picture. Nothing was kept. "
                "Ask the sender for the right file, or rename it if you know where it comes from."
            ),
        ),
        (
            "a.pdf",
            _protected(),
            "The file is protected by a password. Nothing was kept. Ask the sender for one without.",
        ),
        ("a.pdf", b"%PDF-1.7\nnothing more", _DAMAGED),
        ("a.pdf", _hostile(pages=900_000), _DAMAGED),
        ("a.pdf", sheet()[:600], _DAMAGED),
        (
            "a.pdf",
            _hostile(bomb=True),
            (
                "A part of this PDF unpacks to more than 256 MB: it is broken, or made to do harm. "
                "Nothing was kept. Do not open it; ask the sender what they meant to send."
            ),
        ),
        (
            "a.png",
            PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:],
            (
                "This picture has 60,000 by 60,000 dots, more than can be shown. Nothing was kept. "
                "Scan it again at 600 dpi or less."
            ),
        ),
        ("a.png", PNG[:20], _DAMAGED),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", _DAMAGED),
        ("a.jpg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff", _TOO_MANY.format("65,535 by 65,535 dots")),
        ("a.tif", b"II*\x00\xff\xff\x00\x00", _DAMAGED),
        ("a.tif", _tiff(20_000, 20_000), _TOO_MANY.format("20,000 by 20,000 dots")),
    ],
    ids=[
        "empty",
        "program",
        "archive",
        "heic",
        "unknown",
        "text-at-first",
        "lie",
        "password",
        "broken",
        "page-count",
        "cut-off",
        "flate-bomb",
        "png-bomb",
        "png-cut-off",
        "jpeg-cut-off",
        "jpeg-bomb",
        "tiff-broken",
        "tiff-bomb",
    ],
)
def test_what_no_chart_can_keep_is_refused(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    with pytest.raises(Refused) as refused:
        look_at(source)
    assert str(refused.value) == sentence


def test_the_frames_of_a_fax_are_its_pages_and_they_end() -> None:
    assert look_through(io.BytesIO(_tiff(1728, 2200, frames=3)), "fax.tif").pages == 3
    going_round = _tiff(1728, 2200)[:-4] + (8).to_bytes(4, "little")
    assert look_through(io.BytesIO(going_round), "fax.tif").pages == 1
    with refusal(_TOO_MANY.format("2,000 pages and more")):
        look_through(io.BytesIO(_tiff(1, 1, frames=2001)), "fax.tif")


def test_a_pdf_that_anybody_may_open_is_kept_though_its_owner_set_a_password() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(sheet(pages=2))))
    writer.encrypt("", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert look_through(out, "statement.pdf").pages == 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\Windows\\CON.pdf", "CON.pdf"),
        ("scan\u202efdp.exe", "scanfdp.exe"),
        ("scan\0.pdf\n", "scan.pdf"),
        ("a" * 400 + ".pdf", "a" * 190 + ".pdf"),
        ("Señora Núñez.pdf", "Señora Núñez.pdf"),
    ],
)
def test_a_name_is_shown_without_its_tricks(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    for name in ("pipe.pdf", "."):
        with refusal("This is a folder or a device, not a file. Nothing was kept. Choose the file itself."):
            look_at(tmp_path / name)
    with refusal("The file cannot be read. Nothing was kept. Look whether it is still there."):
        look_at(tmp_path / "a\0.pdf")


_WELL = {"a.pdf": sheet(pages=2), "a.png": PNG, "a.jpg": jpeg(Random(1), 300), "a.tif": _tiff(9, 9, frames=2)}


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(_WELL)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=6),
)
def test_whatever_is_in_a_file_it_is_kept_or_refused(
    name: str, changes: list[tuple[float, bytes, int]]
) -> None:
    data = _WELL[name]
    for where, put, taken in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + taken :]
    with contextlib.suppress(Refused):
        assert look_through(io.BytesIO(data), name).size_bytes == len(data)


def test_a_picture_or_pdf_of_nothing_but_marks_is_given_up_soon() -> None:
    with refusal(_DAMAGED):
        look_through(io.BytesIO(b"\xff\xd8" + b"\xff" * 3_000_000), "a.jpg")
    with refusal(_DAMAGED):
        look_through(io.BytesIO(b"%PDF-1.7 " + b"stream endstream " * 100_000), "a.pdf")


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    source = tmp_path / "huge.pdf"
    with source.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1024**2)
    with refusal(
        "The file has 201 MB. The most that is kept is 200 MB. Nothing was kept. "
        "Split it, then add the parts."
    ):
        look_at(source)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with refusal("The file cannot be read. Nothing was kept. Look whether it is still there."):
        look_at(tmp_path / "gone.pdf")
