"""The command line: what it does to the office's data, and what it says."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from frontdesk.cli import main
from frontdesk.kernel.clock import SetClock
from frontdesk.services import keys, places
from frontdesk.services.database import Database
from frontdesk.services.places import Place
from frontdesk.services.records import content, tray
from frontdesk.services.work import SYSTEM
from tests.builders.office import site
from tests.builders.records import flip_a_byte
from tests.office import Office

PASSPHRASE = "four unrelated words here"
CSV = "First,Last,Birth date,Sex\nAda,Byron,12/10/1985,F\nNoah,Never,31/31/1990,M\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's file under a passphrase, which is given when it is asked for."""
    path = tmp_path / "office.db"
    Database.open_file(path, keys.create(path, PASSPHRASE)).close()
    monkeypatch.setattr("getpass.getpass", lambda _: PASSPHRASE)
    return path


def test_the_tables_are_brought_up_to_date(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", str(file), "db", "upgrade"]) == 0
    assert "The office's data is at version 0001." in capsys.readouterr().out


def test_the_audit_log_is_verified(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", str(file), "db", "verify-audit"]) == 0
    assert "0 entries, 0 that do not fit." in capsys.readouterr().out


def test_texts_are_read_and_counted(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", str(file), "db", "index-text", "--again"]) == 0
    said = "0 read. Of all: 0 with text, 0 scans without, 0 that cannot be read, 0 waiting.\n"
    assert capsys.readouterr().out == said


def test_patients_come_in_and_refused_lines_are_named(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "patients.csv"
    listed.write_text(CSV, encoding="utf-8")
    assert main(["--database", str(file), "import", "patients", str(listed), "--dry-run"]) == 1
    assert "1 would be registered" in capsys.readouterr().out
    assert main(["--database", str(file), "import", "patients", str(listed)]) == 1
    told = capsys.readouterr().out
    assert "Line 3: " in told
    assert "1 registered, 0 here already, 1 refused, 0 look like" in told


def test_a_wrong_passphrase_is_said_in_a_sentence(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _: "something else entirely")
    assert main(["--database", str(file), "db", "upgrade"]) == 1
    assert "passphrase" in capsys.readouterr().err


def test_what_is_no_remittance_is_refused(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "letter.txt"
    wrong.write_text("Dear office", encoding="utf-8")
    assert main(["--database", str(file), "import", "remittance", str(wrong)]) == 1
    assert capsys.readouterr().err


def test_answers_about_claims_of_nobody_here_are_kept_and_said(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = Path(__file__).parent / "data" / "x12" / "999-three-claims.edi"
    assert main(["--database", str(file), "import", "answers", str(sample)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("0 claims accepted, 0 rejected, 0 with the payer, ")
    assert said.endswith(" answers that fit no claim. See Billing, Claims.\n")
    assert main(["--database", str(file), "import", "answers", str(sample)]) == 0
    assert capsys.readouterr().out == "This file was read before. Nothing was changed.\n"


def test_a_remittance_is_taken_in_and_what_waits_is_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = places.open_place(Place(file=str(file)), passphrase=PASSPHRASE)
    site(Office(database, SetClock(datetime(2026, 3, 17, 17, tzinfo=UTC))))
    database.close()
    sample = Path(__file__).parent / "data" / "x12" / "835-dollars-and-data.edi"
    assert main(["--database", str(file), "import", "remittance", str(sample)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "The payment is for another practice: " in said[0]
    assert said[-1] == (
        "1 taken in: 0 posted, 1 held, 0 to be posted in Billing, Remittances. 0 here already."
    )


def test_an_eligibility_answer_of_nobody_here_is_kept_and_said(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = Path(__file__).parent / "data" / "x12" / "271-subscriber.edi"
    assert main(["--database", str(file), "import", "eligibility", str(sample)]) == 0
    assert capsys.readouterr().out.startswith("1 answers: 0 matched, 0 of them refused by the payer, 1 fit")
    assert main(["--database", str(file), "import", "eligibility", str(sample)]) == 1
    assert "This file was read on" in capsys.readouterr().err


def test_reminders_are_sent_and_only_numbers_are_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", str(file), "reminders", "send"]) == 0
    assert capsys.readouterr().out == "0 planned, 0 withdrawn, 0 sent, 0 to be tried again, 0 to call.\n"


def test_the_store_is_checked_and_a_flipped_byte_is_named(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = places.open_place(Place(file=str(file)), passphrase=PASSPHRASE)
    first = content.store_bytes(database, b"Take two at night.", "note.txt")
    second = content.store_bytes(database, b"Never put anywhere.", "note.txt")
    document_id = database.do(SYSTEM, tray.receive, sha256=first.sha256).result
    database.close()

    assert main(["--database", str(file), "db", "check", "--audit"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Content {second.sha256[:12]} came in and was never put anywhere: --to-tray does it.",
        "2 contents, 0.0 MB, 0 erased, 0 that do not fit.",
    ]
    assert main(["--database", str(file), "db", "check", "--to-tray"]) == 0
    assert "came in and is in the tray now." in capsys.readouterr().out

    database = places.open_place(Place(file=str(file)), passphrase=PASSPHRASE)
    flip_a_byte(database, first.sha256)
    database.close()
    assert main(["--database", str(file), "db", "check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        (
            f"Document {document_id} (content {first.sha256[:12]}): the stored bytes are not the ones "
            "that came in. Have it restored from a backup."
        ),
        "2 contents, 0.0 MB, 0 erased, 1 that do not fit.",
    ]
