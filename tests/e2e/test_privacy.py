"""What a day leaves behind outside the encrypted file says nothing about anybody."""

import logging
import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.models.registration.coverage import Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.services.database import Database
from frontdesk.services.registration import patients
from frontdesk.services.schedule import booking
from frontdesk.ui.shell.crash import CrashWindow
from tests.builders.office import site
from tests.builders.registration import coverage, draft
from tests.builders.schedule import book
from tests.office import KEY, Office
from tests.services.test_every_command import DOMAINS

MEMBER = "QJZ774411903"
NOTE = "Qvintessa waits in the car"
BY_NO_CHANCE = 7
UNSAID = ("zyxwvut", "quorlenna", "brixolt", "1957-11-23", "11/23/1957", "5550199", "555-0199")


def test_a_day_leaves_no_trace_of_a_patient_outside_the_file(
    empty_file: Path,
    tmp_path: Path,
    clock: SetClock,
    qapp: QApplication,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.INFO, "sqlalchemy")  # before the engines are made: they look then
    path = tmp_path / "office.db"
    path.write_bytes(empty_file.read_bytes())
    database = Database.open_file(path, KEY, station="Front desk 2", clock=clock)
    office = Office(database, clock)

    patient = _unmistakable(office)
    for domain in DOMAINS:
        import_module(f"tests.services.{domain}.every_command").run(office)
    visit = book(office, "4:30", patient_id=patient, note=NOTE)
    unsaid = {*UNSAID, MEMBER.lower(), NOTE.lower(), *_said_of(office)}
    crashes = tmp_path / "crashes"
    _crash_with_every_refusal(office, patient, visit, crashes)

    raw = b"".join(file.read_bytes() for file in tmp_path.glob("office.db*"))
    database.close()
    raw += path.read_bytes()
    said = capfd.readouterr()
    left = {
        "the log": "\n".join([caplog.text, *(record.getMessage() for record in caplog.records)]),
        "stdout": said.out,
        "stderr": said.err,
        "file names": "\n".join(str(file) for file in tmp_path.rglob("*")),
        "crash reports": "\n".join(file.read_text() for file in crashes.iterdir()),
        "the file": raw.decode("latin-1"),
    }
    told = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(unsaid)))
    # Among millions of random bytes a word of four letters turns up by chance.
    in_bytes = re.compile("|".join(re.escape(word) for word in sorted(unsaid) if len(word) >= BY_NO_CHANCE))
    found = {
        where: (in_bytes if where == "the file" else told).findall(text.lower())
        for where, text in left.items()
    }
    assert {where: words for where, words in found.items() if words} == {}
    assert "CREATE TABLE" not in left["the file"], "nothing at all can be read in it"
    assert "Refused" in left["crash reports"]
    assert "INSERT INTO patient" in left["the log"], "the libraries were asked to say all"


def _unmistakable(office: Office) -> int:
    """A patient whose every word is like no other's."""
    typed = draft("Quorlenna", "Zyxwvut", date(1957, 11, 23), preferred="Brixolt", phone="(503) 555-0199")
    site(office)
    patient = office.do(patients.register, draft=typed)
    coverage(office, patient, member_id=MEMBER)
    return patient


def _said_of(office: Office) -> set[str]:
    """The last names, phones and member ids of everybody the day had to do with."""
    with office.database.engines.read.connect() as connection:
        return {
            word.lower()
            for column in (Patient.legal_last, PatientPhone.number, Policy.member_id)
            for word in connection.execute(select(column)).scalars()
        }


def _crash_with_every_refusal(office: Office, patient: int, visit: int, folder: Path) -> None:
    """As if nobody had caught what names the patient: a look-alike, the book, the database itself."""

    def register_anew() -> None:
        office.do(patients.register, draft=draft("Quorlenna", "Zyxwvut", date(1957, 11, 23)))

    def book_twice() -> None:
        book(office, "4:30", patient_id=patient)

    def mark_too_early() -> None:
        office.do(booking.mark_no_show, appointment_id=visit)

    def go_round_the_services() -> None:
        with office.database.engines.write.begin() as connection:
            named = {"search_name": "zyxwvut quorlenna", "legal_first": "Zyxwvut", "legal_last": ""}
            connection.execute(update(Patient).values(**named))

    for act in (register_anew, book_twice, mark_too_early, go_round_the_services):
        office.clock.advance(seconds=1)
        window = CrashWindow(folder, office.clock)
        try:
            act()
        except (FrontdeskError, IntegrityError) as error:
            window.caught(type(error), error, error.__traceback__)
            if isinstance(error, IntegrityError):
                logging.getLogger("frontdesk").error("The engine said no.", exc_info=error)
        else:
            pytest.fail(f"{act.__name__} was not refused")
