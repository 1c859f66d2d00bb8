"""The command field and patients: answers that come late, nobody found, no right, no database."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell.actions import ACTIONS
from frontdesk.ui.shell.palette import Palette
from tests.builders.registration import patient
from tests.office import Office
from tests.patience import settled
from tests.twin import file_of

Settle = Callable[[], None]


@pytest.fixture
def office(file_database: Database, clock: SetClock) -> Office:
    return Office(file_database, clock)


@pytest.fixture
def open_palette(desk: Desk, qtbot: QtBot) -> Iterator[Callable[[], Palette]]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1200, 700)
    window.show()

    def open_it() -> Palette:
        palette = Palette(desk, ACTIONS, lambda action, patient_id: None, window)
        palette.open()
        return palette

    yield open_it
    settled(qtbot, desk)


def titles(palette: Palette) -> list[str]:
    QApplication.processEvents()
    return [row.title for row in palette.rows if not row.is_heading]


def test_nobody_found_offers_to_register_with_what_was_typed(
    open_palette: Callable[[], Palette], office: Office, settle: Settle
) -> None:
    patient(office)
    palette = open_palette()
    wanted: list[str] = []
    palette.register_wanted.connect(wanted.append)
    QTest.keyClicks(palette.field, "nowak eva 6/14/82")
    settle()
    assert titles(palette) == ["Register a new patient"]
    assert palette.rows[-1].below == "nowak eva 6/14/82"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert wanted == ["nowak eva 6/14/82"]


def test_who_may_not_register_is_not_offered_it(
    open_palette: Callable[[], Palette], office: Office, desk: Desk, settle: Settle
) -> None:
    patient(office)
    desk.sign_in(Actor(None, "Reader", "RE", frozenset({"registration.view"})))
    palette = open_palette()
    QTest.keyClicks(palette.field, "nowak")
    settle()
    assert [row.detail for row in palette.rows] == ["nobody found"]
    palette.close()


def test_a_file_that_is_gone_is_said_where_the_patients_would_stand(
    open_palette: Callable[[], Palette], office: Office, desk: Desk, settle: Settle
) -> None:
    patient(office)
    palette = open_palette()
    settle()
    desk.database.engines.close()  # what lies in the log beside the file goes into it
    path = file_of(desk.database)
    kept = path.read_bytes()
    path.write_bytes(b"nothing of ours " * 512)
    QTest.keyClicks(palette.field, "fost")
    settle()
    assert palette.notice.text().startswith("The office's ")
    assert palette.notice.isVisibleTo(palette)
    assert titles(palette) == []
    desk.database.engines.close()
    path.write_bytes(kept)
    QTest.keyClicks(palette.field, "e")
    settle()
    assert titles(palette) == ["Danielle Foster"]
    assert not palette.notice.isVisibleTo(palette)
    palette.close()


def test_answers_that_come_late_and_out_of_order_never_show_whom_one_no_longer_seeks(
    open_palette: Callable[[], Palette],
    office: Office,
    desk: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patient(office, "Ana", "Foss")
    patient(office, "Dan", "Foster")
    gates = {typed: Event() for typed in ("fo", "fos", "fost", "x")}
    ask = desk.database.ask

    def held_back(*asked: Any, **arguments: Any) -> Any:  # Any: whatever the desk asks
        answer = ask(*asked, **arguments)
        gate = gates.get(str(arguments.get("typed", "")))
        assert gate is None or gate.wait(20)
        return answer

    palette = open_palette()
    settled(qtbot, desk)
    monkeypatch.setattr(desk.database, "ask", held_back)
    QTest.keyClicks(palette.field, "fo")
    gates["fo"].set()
    qtbot.waitUntil(lambda: titles(palette) == ["Ana Foss", "Dan Foster"])
    QTest.keyClicks(palette.field, "s")
    QTest.keyClicks(palette.field, "t")
    assert titles(palette) == ["Dan Foster"]
    palette.field.setText("x")
    assert titles(palette) == []
    for typed in ("fost", "fos"):
        gates[typed].set()
    QApplication.processEvents()
    assert titles(palette) == []
    gates["x"].set()
    settled(qtbot, desk)
    assert titles(palette) == ["Register a new patient"]
    palette.close()
