"""The patient panel: what it shows, what it hides, where its actions lead, what it writes down."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.registration import alerts, patients
from frontdesk.services.registration.alerts import AlertKind
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.registration.lines import NextAction, Said, Tile, breakable
from frontdesk.ui.registration.patient_panel import PatientPanel
from frontdesk.ui.registration.restricted import Restricted
from frontdesk.ui.shell.actions import ACTIONS
from tests.builders.registration import coverage, danielle, patient, verification
from tests.office import Office
from tests.patience import settled

Settle = Callable[[], None]
OFFERED = tuple(action for action in ACTIONS if action.name in ("book", "check_in", "pay", "chart"))


@pytest.fixture
def office(file_database: Database, clock: SetClock) -> Office:
    return Office(file_database, clock)


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot, office: Office) -> PatientPanel:
    danielle(office)
    panel = PatientPanel(desk, OFFERED)
    qtbot.addWidget(panel)
    panel.resize(280, 820)
    panel.show()
    return panel


def words(panel: PatientPanel) -> list[str]:
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]
    said += [line.accessibleName() for line in panel.findChildren(Said)]
    return said + [chip.text() for chip in panel.findChildren(Chip)]


def test_it_shows_the_patient_in_focus(panel: PatientPanel, office: Office, settle: Settle) -> None:
    dani = danielle(office)
    patient(office, born_on=date(1990, 10, 2))
    verification(office, coverage(office, dani))
    office.do(alerts.add, patient_id=dani, kind=AlertKind.CODE_WORD, sentence="Ask phone code word")
    panel.show_patient(dani)
    settle()
    shown = words(panel)
    for expected in (
        "Danielle Foster",
        "06/14/1982 · 43 y · she/her",
        "Chart HP-00001 · English",
        "(503) 555-0148",
        "mobile, text OK",
        "work, no voicemail",
        "Same name: born 1990",
        "Ask phone code word",
        "BCBS PPO",
        "Active",
        "Today 10:42 AM, phone",
        "XQP 884 120 557",
        "$30.00 each visit",
        "$412.00 of $1,500 left",
        "nothing due",
    ):
        assert expected in shown
    assert "Visits" not in shown, "without visits there is no such section"


def test_it_follows_changes_and_the_focus(panel: PatientPanel, office: Office, settle: Settle) -> None:
    dani = danielle(office)
    panel.show_patient(dani)
    settle()
    office.do(alerts.add, patient_id=dani, kind=AlertKind.NOTE, sentence="Wheelchair")
    settle()
    settle()
    assert "Wheelchair" in words(panel)
    panel.show_patient(None)
    settle()
    assert "No patient in focus" in words(panel)


def test_its_actions_lead_to_their_pages(
    panel: PatientPanel, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    panel.show_patient(danielle(office))
    settle()
    went: list[tuple[str, object]] = []
    panel.go.connect(lambda name, errand: went.append((name, errand)))
    [following] = panel.findChildren(NextAction)
    assert following.text() == "Book a visit"
    following.click()
    for tile in panel.findChildren(Tile):
        tile.click()
    dani = danielle(office)
    assert went == [
        ("find_slot", Errand("book", dani)),
        ("find_slot", Errand("book", dani)),
        ("payment", Errand("pay", dani)),
        ("records", Errand("chart", dani)),
    ]


def test_a_look_is_written_once_the_patient_stays_in_focus(
    panel: PatientPanel, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = danielle(office)

    def looks() -> int:
        entries = office.database.log_after(0, limit=1000)
        return sum(
            entry.intent.command == "registration.patients.open_record" and entry.patient_ids == (dani,)
            for entry in entries
        )

    panel.show_patient(dani)
    settle()
    assert looks() == 0
    qtbot.waitUntil(lambda: looks() == 1)
    settle()


def test_a_restricted_record_opens_with_a_reason(
    office: Office, file_database: Database, qtbot: QtBot
) -> None:
    dani = danielle(office)
    office.do(patients.restrict, patient_id=dani, restricted=True)
    desk = Desk(file_database, Actor(None, "Clerk", "C", frozenset({"registration.view"})))
    panel = PatientPanel(desk, OFFERED)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_patient(dani)
    qtbot.waitUntil(lambda: bool(panel.findChildren(Restricted)))
    assert "(503) 555-0148" not in words(panel)

    [closed] = panel.findChildren(Restricted)
    closed._open()
    settled(qtbot, desk)
    reason = next(form.row("reason") for form in panel.forms())
    assert reason.error == ("This record is restricted. Enter why you need it now; each reason is reviewed.")
    QTest.keyClicks(reason.control, "Patient is at the desk")
    closed._open()
    qtbot.waitUntil(lambda: "(503) 555-0148" in words(panel))
    settled(qtbot, desk)
    panel._looked_at.stop()
    desk.close()


def test_a_long_name_breaks_and_is_whole() -> None:
    name = "Maximiliana Featherstonehaugh-Villanueva"
    assert breakable(name).replace("\u200b", "") == name
    assert "-\u200b" in breakable(name)
