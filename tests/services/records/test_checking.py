"""The check of the store: quiet where all is well, and naming what is not by its id."""

from contextlib import closing
from hashlib import sha256
from random import Random

import pytest

from frontdesk.kernel.errors import Unavailable
from frontdesk.services.database import Database
from frontdesk.services.records import checking, content, search, tray, viewing
from frontdesk.services.records.checking import StoreCheck
from tests.builders.long_scans import scan
from tests.builders.records import around_the_guards, flip_a_byte, received, sheet
from tests.office import DANA, KEY, Office
from tests.twin import file_of

RESTORE = "Have it restored from a backup."


def _checked(database: Database) -> StoreCheck:
    return checking.check(database, lambda done, of: None)


def _content(data: bytes) -> str:
    return f"content {sha256(data).hexdigest()[:12]}"


def test_an_office_in_order_is_said_to_be(office: Office) -> None:
    received(office)
    content.store_bytes(office.database, b"Kept, and never put anywhere.", "note.txt")
    steps: list[tuple[int, int]] = []
    found = checking.check(office.database, lambda done, of: steps.append((done, of)))

    size = len(sheet()) + len(b"Kept, and never put anywhere.")
    unclaimed = sha256(b"Kept, and never put anywhere.").hexdigest()
    assert found == StoreCheck(2, size, 0, (), (unclaimed,))
    assert office.ask(checking.unclaimed) == (unclaimed,)
    assert steps == [(1, 2), (2, 2)]


def test_what_does_not_fit_is_named(office: Office) -> None:
    sheets = [sheet(f"Sheet {number}") for number in range(4)]
    flipped, lost, longer, _ = (received(office, data) for data in sheets)
    database = office.database
    flip_a_byte(database, sha256(sheets[0]).hexdigest())
    address = sha256(sheets[1]).hexdigest()
    around_the_guards(database, "document_key", f"DELETE FROM document_key WHERE sha256 = '{address}'")
    address = sha256(sheets[2]).hexdigest()
    around_the_guards(
        database,
        "document_chunk",
        f"INSERT INTO document_chunk SELECT sha256, 1, bytes FROM document_chunk WHERE sha256 = '{address}'",
    )
    assert sorted(_checked(database).broken) == sorted(
        (
            (
                f"Document {flipped} ({_content(sheets[0])}): "
                f"the stored bytes are not the ones that came in. {RESTORE}"
            ),
            (
                f"Document {lost} ({_content(sheets[1])}): "
                f"its key is gone, and no erasure is on record. {RESTORE}"
            ),
            f"Document {longer} ({_content(sheets[2])}): there are more stored bytes than came in.",
        )
    )


def test_a_document_without_its_content_is_named(file_office: Office) -> None:
    document_id = received(file_office)
    raw = file_office.database.engines.write.raw_connection()
    raw.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
    raw.close()
    for table in ("document_chunk", "document_key", "document_content"):
        around_the_guards(file_office.database, table, f"DELETE FROM {table}")
    (told,) = _checked(file_office.database).broken
    assert told == f"Document {document_id}: its {_content(sheet())} is not there. {RESTORE}"


def test_a_byte_flipped_in_the_file_itself_is_found_and_the_rest_still_looked_at(file_office: Office) -> None:
    long = scan(Random(7), pages=4, page_bytes=1024**2)
    document_id, other = received(file_office, long), received(file_office, sheet())
    path = file_of(file_office.database)
    file_office.database.close()
    database = Database.open_file(path, KEY)
    raw = database.engines.write.raw_connection()
    raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    raw.close()
    database.close()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        kept = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([kept[0] ^ 1]))

    with closing(Database.open_file(path, KEY)) as damaged:
        told = _checked(damaged).broken
        assert "HMAC verification failed for page" in told[0]
        assert told[1:] == (
            f"Document {document_id} ({_content(long)}): the stored bytes cannot be read. {RESTORE}",
        )
        with pytest.raises(Unavailable, match="A part of the office's file is damaged"):
            damaged.ask(DANA, viewing.document_bytes, document_id=document_id)
        assert damaged.ask(DANA, viewing.document_bytes, document_id=other) == sheet()


def test_an_index_that_another_desk_changed_since_the_last_search_is_in_order(file_office: Office) -> None:
    """A reading connection remembers FTS5's structure, and `integrity_check` would believe it."""
    made = [
        received(file_office, sheet(f"{number}"), arrived_as=f"letter-{number}.pdf") for number in range(6)
    ]
    other = Database.open_file(file_of(file_office.database), KEY, station="Phone 2", clock=file_office.clock)
    with closing(other):
        for document_id in made:
            other.ask(DANA, search.find, typed="letter")
            file_office.do(tray.withdraw, document_id=document_id, reason="Added by mistake")
            file_office.do(tray.restore, document_id=document_id)
            assert _checked(other).broken == ()
