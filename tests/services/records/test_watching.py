"""The watch folder: what is complete comes in once, whoever looks; what cannot be kept is put aside."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.kernel.errors import Conflict, Refused, Unavailable
from frontdesk.services.database import Database
from frontdesk.services.records import content, scanner, tray, watch_folder
from frontdesk.services.records.watch_folder import Afterwards, Folder
from frontdesk.services.records.watching import FolderRounds, Put, refused_in
from frontdesk.services.work import SYSTEM
from tests.builders.office import site
from tests.builders.records import PNG, received, sheet
from tests.office import Office
from tests.refusal import refusal


def _watched(office: Office, folder: Path, afterwards: Afterwards = Afterwards.MOVE) -> FolderRounds:
    site(office)
    folder.mkdir(exist_ok=True)
    office.do(watch_folder.set_up, folder=Folder(str(folder), afterwards, "Fax"), version=None)
    return FolderRounds(office.database, SYSTEM)


@pytest.fixture
def fax(tmp_path: Path) -> Path:
    """The folder of the fax server."""
    return tmp_path / "fax"


def _inside(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_a_complete_file_comes_into_the_tray_and_is_moved(office: Office, fax: Path) -> None:
    rounds = _watched(office, fax)
    (fax / "lab_result.pdf").write_bytes(sheet("fax"))
    (fax / "still.pdf.part").write_bytes(b"%PDF-")
    (fax / "office.db").write_bytes(b"another program's")
    assert rounds.go().taken == []
    (taken,) = rounds.go().taken
    (line,) = office.ask(tray.tray)
    assert (line.document_id, line.title, line.source) == (taken, "Lab result", "Fax")
    assert _inside(fax) == ["filed/lab_result.pdf", "office.db", "still.pdf.part"]


def test_a_file_that_grows_is_left_until_it_is_complete(file_office: Office, fax: Path) -> None:
    rounds = _watched(file_office, fax, Afterwards.REMOVE)
    whole = sheet("slow fax")
    for length in (40, 80):
        (fax / "20260317_104233.pdf").write_bytes(whole[:length])
        assert rounds.go().taken == []
    (fax / "20260317_104233.pdf").write_bytes(whole)
    rounds.go()
    assert len(rounds.go().taken) == 1
    assert _inside(fax) == []
    assert file_office.ask(tray.tray)[0].title == "20260317_104233.pdf"


def test_what_cannot_be_kept_is_put_aside_with_its_sentence(file_office: Office, fax: Path) -> None:
    rounds = _watched(file_office, fax)
    received(file_office, sheet("here already"))
    (fax / "empty.pdf").write_bytes(b"")
    (fax / "twin.pdf").write_bytes(sheet("here already"))
    (fax / "link.pdf").symlink_to("/etc/hostname")
    rounds.go()
    assert len(rounds.go().refused) == 2
    assert set(refused_in(str(fax))) == {
        Put(
            "empty.pdf",
            "The file is empty: it has 0 bytes. Nothing was kept. Ask the sender to send it again.",
        ),
        Put("twin.pdf", "This very file is here already, in this chart or in the tray."),
    }
    (fax / "empty.pdf").write_bytes(b"")
    rounds.go()
    rounds.go()
    assert "empty-2.pdf" in [each.name for each in refused_in(str(fax))]
    assert refused_in(str(fax / "nowhere")) == ()


def test_two_stations_that_watch_one_folder_take_each_file_once(
    office: Office, another: Callable[[], Database], fax: Path
) -> None:
    here = _watched(office, fax)
    other = another()
    if other.station.id != office.database.station.id:
        other.do(office.actor, watch_folder.set_up, folder=Folder(str(fax), source="Fax"), version=None)
    there = FolderRounds(other, SYSTEM)
    for number in range(6):
        (fax / f"fax {number}.pdf").write_bytes(sheet(str(number)))
    here.go(), there.go()
    taken = [*here.go().taken, *there.go().taken, *here.go().taken]
    assert len(taken) == len(set(taken)) == len(office.ask(tray.tray)) == 6
    assert len(_inside(fax / "filed")) == 6


def test_what_a_crash_left_behind_is_taken_up_and_not_twice(file_office: Office, fax: Path) -> None:
    _watched(file_office, fax)
    left = fax / "taking" / str(file_office.database.station.id)
    left.mkdir(parents=True)
    (left / "new.pdf").write_bytes(sheet("new"))
    (left / "added.pdf").write_bytes(sheet("added"))
    received(file_office, sheet("added"), arrived_as="added.pdf")
    done = FolderRounds(file_office.database, SYSTEM).go()
    assert (len(done.taken), done.refused) == (1, [])
    assert _inside(fax) == ["filed/added.pdf", "filed/new.pdf"]


def test_an_unreachable_database_leaves_the_file_where_it_was(
    file_office: Office, fax: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = _watched(file_office, fax)
    (fax / "fax.pdf").write_bytes(sheet("fax"))
    rounds.go()
    with monkeypatch.context() as away:

        def fail(*_: object) -> None:
            raise Unavailable("The disk is full.")

        away.setattr(content, "store", fail)
        assert rounds.go().taken == []
    assert _inside(fax) == ["fax.pdf"]
    rounds.go()
    assert len(rounds.go().taken) == 1


def test_the_folder_of_a_station_is_set_up_and_set_back(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        office.do(watch_folder.set_up, folder=Folder(" ", source="x" * 121), version=0)
    assert [finding.message for finding in refused.value.findings] == [
        "Choose the folder.",
        "Enter at most 120 characters.",
    ]
    done = office.done(watch_folder.set_up, folder=Folder(str(tmp_path)), version=0)
    seen = office.ask(watch_folder.of_this_station)
    assert seen.folder.is_active
    with pytest.raises(Conflict):
        office.do(watch_folder.set_up, folder=Folder("/elsewhere"), version=0)
    office.database.undo(office.actor, done.entry_id)
    assert not office.ask(watch_folder.of_this_station).folder.is_active
    with refusal("Enter the folder, in at most 400 characters."):
        office.do(watch_folder.set_up, folder=Folder("/" * 401), version=None)


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (
            "echo 'no SANE devices: Invalid argument' >&2; exit 1",
            "No scanner was found. Look whether it is switched on and connected, then scan again.",
        ),
        ("echo 'Device busy' >&2; exit 1", "The scanner is busy. Wait until it is done, then scan again."),
        (
            "echo 'Document feeder out of documents' >&2; exit 7",
            "The feeder is empty. Put the paper in, then scan again.",
        ),
        (
            "echo 'Document feeder jammed' >&2; exit 6",
            "The paper is jammed. Open the scanner, take it out, then scan again.",
        ),
        ("exit 0", "The scanner did not give a page. Look at it, then scan again."),
    ],
)
def test_what_the_scanner_says_is_said_in_the_offices_words(
    file_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, sentence: str
) -> None:
    _scanner(tmp_path, monkeypatch, script)
    with refusal(sentence):
        scanner.scan(file_office.database)


def test_a_page_is_scanned(file_office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not scanner.is_installed()
    with refusal("No scanner program is installed at this desk."):
        scanner.scan(file_office.database)
    (tmp_path / "page.png").write_bytes(PNG)
    _scanner(tmp_path, monkeypatch, f"/bin/cat {tmp_path}/page.png")
    assert scanner.is_installed()
    assert scanner.scan(file_office.database).media_type.value == "image/png"


def _scanner(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A scanner's front end that does as the script says."""
    program = folder / scanner.PROGRAM
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))
