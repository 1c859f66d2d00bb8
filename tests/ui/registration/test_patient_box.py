"""Finding a patient while typing, in a field: keys alone, nobody found, refusals, answers that come late."""

from collections.abc import Callable, Iterator
from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.registration import patients, search
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.row_list import ITEM_ROLE, Item, RowList
from tests.builders.registration import patient
from tests.office import Office
from tests.patience import settled

Settle = Callable[[], None]


@pytest.fixture
def office(file_database: Database, clock: SetClock) -> Office:
    return Office(file_database, clock)


class Room(QWidget):
    """A window with one field, and room for its list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.box = PatientBox(desk, can_register=True)
        column = QVBoxLayout(self)
        column.addWidget(self.box)
        column.addStretch()
        self.resize(600, 500)

    def lines(self) -> list[Item]:
        """What the list under the field shows; nothing while it is hidden."""
        found = self.findChildren(RowList)
        if not found or not found[0].isVisible():
            return []
        model = found[0].model()
        return [model.data(model.index(row, 0), ITEM_ROLE) for row in range(model.rowCount())]


@pytest.fixture
def room(desk: Desk, qtbot: QtBot) -> Iterator[Room]:
    made = Room(desk)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.box.setFocus()
    yield made
    settled(qtbot, desk)


def test_the_keys_alone_choose_a_patient(room: Room, office: Office, settle: Settle) -> None:
    patient(office, "Ana", "Foster", phone="971 222 0137")
    dani = patient(office, phone="(503) 555-0148", preferred="Dani", former_last="Blake")
    chosen: list[search.FoundPatient] = []
    room.box.chosen.connect(chosen.append)
    QTest.keyClicks(room.box, "fost")
    settle()
    first, second = room.lines()
    assert (first.title, second.title) == ("Ana Foster", "Danielle “Dani” Foster")
    assert [second.title[at : at + length] for at, length in second.marks] == ["Fost"]
    assert second.lines[0][0].text == "06/14/1982 · 43 y · (503) 555-0148"
    QTest.keyClick(room.box, Qt.Key.Key_Down)
    QTest.keyClick(room.box, Qt.Key.Key_Return)
    assert [one.patient_id for one in chosen] == [dani]
    assert room.box.patient is chosen[0]
    assert room.lines() == []


def test_the_line_underlines_what_was_typed(room: Room, office: Office, settle: Settle) -> None:
    patient(office, phone="(503) 555-0148", former_last="Blake")
    for typed, marked in (("blake", "formerly Blake"), ("0148", "0148"), ("6/14/82", "06/14/1982")):
        room.box.clear_patient()
        QTest.keyClicks(room.box, typed)
        settle()
        [words] = room.lines()[0].lines[0]
        assert [words.text[at : at + length] for at, length in words.marks] == [marked]


def test_nobody_found_offers_to_register_with_what_was_typed(
    room: Room, office: Office, settle: Settle
) -> None:
    patient(office)
    wanted: list[str] = []
    room.box.register_wanted.connect(wanted.append)
    QTest.keyClicks(room.box, "nowak, eva")
    settle()
    assert [line.title for line in room.lines()] == [
        "Nobody found for “nowak, eva”",
        "Register a new patient",
    ]
    QTest.keyClick(room.box, Qt.Key.Key_Return)
    assert wanted == ["nowak, eva"]


def test_without_the_right_the_list_says_so(room: Room, office: Office, desk: Desk, settle: Settle) -> None:
    patient(office)
    desk.sign_in(Actor(None, "Cleaner", "CL", frozenset()))
    QTest.keyClicks(room.box, "fost")
    settle()
    [line] = room.lines()
    assert line.title == "You do not have the right to do this"
    assert line.lines[0][0].text == "Ask the office manager."
    QTest.keyClick(room.box, Qt.Key.Key_Return)
    assert room.box.patient is None


def test_the_inactive_and_the_deceased_are_marked(room: Room, office: Office, settle: Settle) -> None:
    gone, dead = patient(office), patient(office, "Walter", "Foster")
    office.do(patients.deactivate, patient_id=gone, reason="Moved away")
    office.do(patients.record_death, patient_id=dead, died_on=date(2026, 3, 1))
    QTest.keyClicks(room.box, "foster")
    settle()
    assert [line.chip for line in room.lines()] == ["Inactive", "Deceased"]


def test_typing_faster_than_answers_never_shows_a_stale_list(
    room: Room, office: Office, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers come late and out of order, through the real desk: each wait is let go by hand."""
    patient(office, "Ana", "Foss")
    patient(office, "Dan", "Foster")
    patient(office, "Eva", "Fox")
    gates = {typed: Event() for typed in ("f", "fo", "fos", "fost")}
    answered: list[str] = []
    ask = desk.database.ask

    def held_back(*asked: Any, **arguments: Any) -> Any:  # Any: whatever the desk asks
        answer = ask(*asked, **arguments)
        typed = str(arguments.get("typed", ""))
        if typed in gates:
            assert gates[typed].wait(20)
            answered.append(typed)
        return answer

    monkeypatch.setattr(desk.database, "ask", held_back)

    def titles() -> list[str]:
        QApplication.processEvents()
        return [line.title for line in room.lines()]

    QTest.keyClicks(room.box, "f")
    gates["f"].set()
    qtbot.waitUntil(lambda: titles() == ["Ana Foss", "Dan Foster", "Eva Fox"])
    QTest.keyClicks(room.box, "o")
    assert titles() == ["Ana Foss", "Dan Foster", "Eva Fox"]  # all of them fit
    QTest.keyClicks(room.box, "s")
    assert titles() == [
        "Ana Foss",
        "Dan Foster",
    ]  # the answer is not there, yet nobody stands who does not fit
    QTest.keyClicks(room.box, "t")
    assert titles() == ["Dan Foster"]
    gates["fost"].set()
    qtbot.waitUntil(lambda: answered == ["f", "fost"])
    assert titles() == ["Dan Foster"]
    gates["fo"].set()
    gates["fos"].set()
    settled(qtbot, desk)
    assert titles() == ["Dan Foster"]
    QTest.keyClick(room.box, Qt.Key.Key_Return)
    assert room.box.patient is not None
    assert room.box.patient.name == "Dan Foster"
