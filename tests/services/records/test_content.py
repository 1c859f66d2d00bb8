"""Bytes go in once, come out whole, and do not change unnoticed."""

import io
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Refused
from frontdesk.models.records.content import MediaType
from frontdesk.services.database import Database
from frontdesk.services.records import content
from frontdesk.services.records.content import Damaged
from frontdesk.services.records.sniff import CHUNK_BYTES, LARGEST_BYTES, look_at, media_type_of
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


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"", "The file is empty: it has 0 bytes. Ask the sender to send it again."),
        (
            "a.exe",
            b"MZ\x90\x00\x03",
            "This kind of file is not kept here. Kept are PDF, PNG, JPEG, TIFF and plain text.",
        ),
        (
            "a.pdf",
            PNG,
            (
                "The file's name says a PDF, but it is a PNG picture. "
                "Ask the sender for the right file, or rename it if you know where it comes from."
            ),
        ),
        ("a.pdf", _protected(), "The file is protected by a password. Ask the sender for one without."),
        (
            "a.pdf",
            b"%PDF-1.7\nnothing more",
            "The file is damaged and cannot be shown. Ask the sender to send it again.",
        ),
    ],
    ids=["empty", "programme", "lie", "password", "broken"],
)
def test_what_no_chart_can_keep_is_refused(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    with pytest.raises(Refused) as refused:
        look_at(source)
    assert str(refused.value) == sentence


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    source = tmp_path / "huge.pdf"
    with source.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1024**2)
    with refusal("The file has 201 MB. The most that is kept is 200 MB. Split it, then add the parts."):
        look_at(source)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with refusal("The file cannot be read. Look whether it is still there."):
        look_at(tmp_path / "gone.pdf")
