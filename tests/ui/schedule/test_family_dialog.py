"""The family beside a visit, planned with each choice and booked as one."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from frontdesk.services.registration.drafts import GuarantorDraft
from frontdesk.services.schedule import visits
from frontdesk.services.schedule.family import SideBySide
from frontdesk.ui.desk import Desk
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.family_dialog import FamilyDialog
from frontdesk.ui.shell.undo import UndoList
from tests.builders import registration, schedule
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show
from tests.ui.schedule.test_series_panels import open_dialog

Settle = Callable[[], None]


@pytest.fixture
def mia(practice: Office) -> int:
    """Danielle's daughter, on her account."""
    mother = GuarantorDraft(patient_id=registration.danielle(practice))
    return registration.patient(practice, "Mia", "Foster", date(2015, 5, 1), guarantor=mother)


@pytest.fixture
def page(practice: Office, mia: int, show: Show[DayPage]) -> DayPage:
    one = practice.made["one"] = schedule.book(practice, at("1:00", TODAY))
    opened = show(DayPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    opened.grid.choose(one)
    return opened


def test_a_daughter_is_booked_after_her_mother_and_taken_back(
    page: DayPage, practice: Office, mia: int, desk: Desk, settle: Settle
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    undo = UndoList(desk, page)
    QTest.keyClick(page.grid, Qt.Key.Key_F)
    settle()
    dialog = open_dialog(FamilyDialog)
    (line,) = dialog.lines
    assert line.comes.text() == "Mia Foster, 05/01/2015"
    line.comes.setChecked(True)
    settle()
    assert line.place.text() == "1:15 PM with Dr. Lee"
    dialog.side.set_value(SideBySide.BESIDE)
    dialog.side.chosen.emit(SideBySide.BESIDE)
    settle()
    assert line.place.text() == "1:00 PM with Dr. Okafor"
    dialog.verb.click()
    settle()
    assert told == ["Booked 1 visit with Danielle Foster"]
    (visit,) = practice.ask(visits.visits_of_patient, patient_id=mia).today
    assert (visit.starts, visit.provider) == (at("1:00", TODAY), "Dr. Okafor")
    undo.undo()
    settle()
    assert practice.ask(visits.visits_of_patient, patient_id=mia).today == ()


def test_a_patient_without_family_is_told_so(practice: Office, show: Show[DayPage], settle: Settle) -> None:
    one = schedule.book(practice, at("1:00", TODAY), patient_id=schedule.walter(practice))
    page = show(DayPage)
    page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    page.grid.choose(one)
    QTest.keyClick(page.grid, Qt.Key.Key_F)
    settle()
    dialog = open_dialog(FamilyDialog)
    said = "Nobody else is on this patient's account, and no contact is a patient here."
    assert dialog.nobody.text() == said
    assert not dialog.verb.isEnabled()
