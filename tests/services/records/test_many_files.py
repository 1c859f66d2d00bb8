"""Many files at once: kept in batches, told in their order, and none holds another up."""

from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Cancelled, Refused
from frontdesk.services.database import Database
from frontdesk.services.records import content, many_files
from frontdesk.services.records.sniff import Seen
from tests.builders.long_scans import jpeg, long_scan, scan


def _files(folder: Path) -> list[Path]:
    chance = Random(5)
    long_scan(folder / "long.pdf", megabytes=5)
    for name, data in {
        "a.pdf": scan(chance, pages=3, page_bytes=4_000),
        "b.jpg": jpeg(chance, 9_000),
        "c.txt": b"Take two at night.",
        "d.txt": b"Take two at night.",
        "e.pdf": b"",
        "f.pdf": b"%PDF-1.7 broken",
    }.items():
        (folder / name).write_bytes(data)
    names = ("a.pdf", "b.jpg", "e.pdf", "long.pdf", "c.txt", "d.txt", "f.pdf", "gone.pdf")
    return [folder / name for name in names]


def test_what_can_be_kept_is_kept_and_the_rest_is_told(database: Database, tmp_path: Path) -> None:
    files = _files(tmp_path)
    steps: list[tuple[int, int]] = []
    told = many_files.store_all(database, files, lambda done, of: steps.append((done, of)))

    said = [each.pages if isinstance(each, Seen) else str(each) for each in told]
    assert said == [
        3,
        None,
        "The file is empty: it has 0 bytes. Nothing was kept. Ask the sender to send it again.",
        5,
        None,
        None,
        "The file is damaged and cannot be shown. Nothing was kept. Ask the sender to send it again.",
        "The file cannot be read. Nothing was kept. Look whether it is still there.",
    ]
    with Session(database.engines.read) as session:
        for file, seen in zip(files, told, strict=True):
            if isinstance(seen, Seen):
                assert content.read(session, seen.sha256) == file.read_bytes()
                assert seen.sha256 == sha256(file.read_bytes()).hexdigest()
    assert steps[-1] == (8, 8)
    assert [str(each) for each in many_files.store_all(database, files)] == [str(each) for each in told]


def test_who_stops_keeps_what_is_kept(database: Database, tmp_path: Path) -> None:
    files = _files(tmp_path)

    def stop(done: int, of: int) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        many_files.store_all(database, files, stop)
    with Session(database.engines.read) as session:
        assert content.read(session, sha256(files[0].read_bytes()).hexdigest()) == files[0].read_bytes()


def test_a_batch_in_which_another_desk_was_first_is_kept_one_by_one(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _files(tmp_path)[:2]
    content.store(database, files[0])
    # As if the other desk's bytes had come in between the look and the write.
    monkeypatch.setattr(many_files, "_known", lambda *_: {})
    told = many_files.store_all(database, files)
    assert not any(isinstance(each, Refused) for each in told)
    with Session(database.engines.read) as session:
        assert [content.read(session, _address(file)) for file in files] == [f.read_bytes() for f in files]


def _address(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
