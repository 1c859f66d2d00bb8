"""What the patient at the desk is told of a delay, and what becomes of one who cannot wait."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.schedule import notices
from frontdesk.services.visit import check_in
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.visit.check_in_page import CheckInPage
from frontdesk.ui.visit.reason_asked import ReasonAsked
from tests.builders.billing import at_work
from tests.builders.registration import danielle
from tests.builders.schedule import walter
from tests.builders.visit import at_the_desk, covered, due_today, with_doctor
from tests.office import Office
from tests.ui.visit.test_check_in_page import opened, press

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> CheckInPage:
    """Walter Harris went in late: Danielle Foster will wait twelve minutes beyond her time."""
    before = at_the_desk(file_office, walter(file_office))
    visit = due_today(file_office, minutes_from_now=18)
    file_office.clock.advance(minutes=15)
    with_doctor(file_office, before)
    file_office.do(check_in.begin, appointment_id=visit)
    return opened(desk, qtbot, settle, danielle(file_office), visit)


def test_the_patient_is_told_once(page: CheckInPage, file_office: Office, settle: Settle) -> None:
    assert page.rail.words == (
        "Dr. Lee is running about 12 minutes late. We expect you in at 11:12. Is that all right?"
    )
    QTest.keyClick(page.rail.told_button, Qt.Key.Key_Space)
    settle()
    assert not page.rail.told_button.isVisible()
    assert page.rail._told.text() == "Told 10:57"
    assert page._visit is not None
    (told,) = file_office.ask(notices.notices, appointment_ids=(page._visit.appointment_id,))
    assert told.said == page.rail.words


def test_who_cannot_wait_gets_another_time(page: CheckInPage, file_office: Office, settle: Settle) -> None:
    went: list[tuple[str, object]] = []
    page.go.connect(lambda name, errand: went.append((name, errand)))
    assert page._visit is not None
    visit = page._visit.appointment_id
    QTest.keyClick(page.rail.rebook_button, Qt.Key.Key_Space)
    (asked,) = page.window().findChildren(Dialog)
    assert asked.windowTitle() == "Does Danielle Foster leave, and come another time?"
    page.delay._leaves(page._visit)
    asked.reject()
    settle()
    assert went == [("find_slot", Errand("rebook", danielle(file_office), visit))]
    with at_work(file_office) as work:
        assert work.get(Appointment, visit).lifecycle is Lifecycle.LEFT


def test_the_routing_slip_is_shown_to_be_printed(page: CheckInPage, settle: Settle) -> None:
    press(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    (dialog,) = page.window().findChildren(PaperDialog)
    assert dialog.print_button.isEnabled()
    dialog.reject()


def test_what_is_ticked_is_shown_once_the_patient_is_ready(
    page: CheckInPage, file_office: Office, settle: Settle
) -> None:
    covered(file_office)
    settle()
    page.rail.label_box.setChecked(True)
    page.mark_ready()
    settle()
    (asked,) = page.window().findChildren(ReasonAsked)
    QTest.keyClick(asked.verb, Qt.Key.Key_Space)
    settle()
    (dialog,) = page.window().findChildren(PaperDialog)
    assert dialog.windowTitle() == "Label"
    assert dialog.print_button.isEnabled()
    dialog.reject()
