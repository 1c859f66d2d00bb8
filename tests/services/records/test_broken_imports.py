"""An import that is cut short leaves nothing half-written; a long one holds little of itself in memory."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from frontdesk.kernel.errors import Unavailable
from frontdesk.models.records.content import DocumentChunk
from frontdesk.models.records.document import Document
from frontdesk.services.database import Database
from frontdesk.services.records import checking, content, many_files
from frontdesk.services.records.checking import StoreCheck
from frontdesk.services.records.sniff import CHUNK_BYTES
from tests.builders.long_scans import long_scan, scan
from tests.builders.office import site
from tests.office import Office
from tests.twin import file_of, rows_of

ROUNDS = 5
CHECKOUT = Path(__file__).parents[3]


def _place(database: Database) -> str:
    url = database.engines.write.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False) if database.engines.on_server else str(file_of(database))


def _ran(module: str, *arguments: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout


def _checked(database: Database) -> StoreCheck:
    return checking.check(database, lambda done, of: None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor SIGKILL")
def test_an_import_that_is_killed_leaves_a_whole_content_or_none(office: Office) -> None:
    site(office)
    told = _ran("tests.services.records.killed_imports", str(ROUNDS), _place(office.database))
    acknowledged = {int(line) for line in told.split()}
    assert len(acknowledged) >= ROUNDS

    found = _checked(office.database)
    assert found.broken == ()
    documents = {row[0] for row in rows_of(office.database)[str(Document.__tablename__)]}
    assert acknowledged <= documents
    assert found.contents == len(documents) + len(found.unclaimed)


def test_a_disk_that_is_full_in_the_middle_is_said_and_nothing_is_kept(
    database: Database, tmp_path: Path
) -> None:
    long = tmp_path / "long.pdf"
    long_scan(long, megabytes=6)
    _fill_the_disk(database)
    said = "The disk is full. Nothing was saved. Make room on the disk, then do this again."
    with pytest.raises(Unavailable) as full:
        content.store(database, long)
    assert str(full.value) == said
    short = tmp_path / "short.pdf"
    short.write_bytes(scan(Random(3), pages=3, page_bytes=CHUNK_BYTES))
    with pytest.raises(Unavailable) as full:
        many_files.store_all(database, [short, long])
    assert str(full.value) == said
    assert _checked(database) == StoreCheck(0, 0, 0, (), ())


def _fill_the_disk(database: Database) -> None:
    """From the third chunk on there is no room."""
    if database.engines.on_server:
        with database.engines.write.begin() as connection:
            connection.execute(
                text(
                    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    "RAISE EXCEPTION 'Auf dem Gerät ist kein Platz mehr' USING ERRCODE = 'disk_full'; END $$"
                )
            )
            connection.execute(
                text(
                    f"CREATE TRIGGER no_room BEFORE INSERT ON {DocumentChunk.__tablename__} FOR EACH ROW "
                    "WHEN (NEW.position = 2) EXECUTE FUNCTION no_room()"
                )
            )
        return
    raw = database.engines.write.raw_connection()
    driver = raw.driver_connection
    assert driver is not None
    (pages,) = driver.execute("PRAGMA page_count").fetchone()
    driver.execute(f"PRAGMA max_page_count = {pages + 600}")
    raw.close()


def test_twice_the_scan_takes_no_more_memory(database: Database, tmp_path: Path) -> None:
    taken = []
    for megabytes in (70, 130):
        long_scan(tmp_path / f"{megabytes}.pdf", megabytes=megabytes)
        taken.append(
            float(_ran("benchmarks.on_memory", _place(database), str(tmp_path / f"{megabytes}.pdf")))
        )
    short, long = taken
    assert long < short + 25  # of 60 MB more; the engine has a cache of 64 MB, and fills it once
