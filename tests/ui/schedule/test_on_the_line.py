"""While the patient is on the line: what is due is booked too, what is old is asked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services.registration import phones, reviews
from frontdesk.services.registration.drafts import PhoneDraft
from frontdesk.services.schedule import lifecycle, recall, visits
from frontdesk.services.visit import demographics
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.find_slot_page import FindSlotPage
from tests.builders import schedule
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show
from tests.ui.schedule.test_find_slot import press

Settle = Callable[[], None]
DUE = "Physical is due Mar 2027"
NEXT = "Physical is booked next"
OLD = "Address last confirmed 03/2026"


@pytest.fixture
def page(show: Show[FindSlotPage], practice: Office, settle: Settle) -> FindSlotPage:
    """Danielle had a physical a year ago, and gave her address then."""
    physical = schedule.visit_type(practice, "Physical", 30)
    practice.do(recall.add_rule, visit_type_id=physical, months=12)
    visit = schedule.book(practice, at("10:45", TODAY), visit_type_id=physical)
    practice.do(lifecycle.arrive, appointment_id=visit)
    practice.do(lifecycle.complete, appointment_id=visit)
    practice.clock.advance(minutes=365 * 24 * 60)
    opened = show(FindSlotPage)
    opened.open_with(Errand("book", danielle(practice)))
    settle()
    settle()
    return opened


def said(page: FindSlotPage) -> list[str]:
    return list(page.request.on_the_line.said)


def push(page: FindSlotPage, words: str) -> None:
    hints = page.request.on_the_line
    next(each for each in hints.findChildren(Button) if each.accessibleName() == words).click()


def test_what_is_due_becomes_the_type_where_none_is_chosen(page: FindSlotPage, settle: Settle) -> None:
    assert said(page) == [DUE, OLD]
    push(page, f"Add: {DUE}")
    settle()
    assert page.request.kind is not None
    assert page.request.kind.name == "Physical"
    assert page.openings.openings
    assert said(page) == [OLD]


def test_what_is_due_is_booked_after_what_the_patient_called_for(
    page: FindSlotPage, practice: Office, qtbot: QtBot, settle: Settle
) -> None:
    press(Qt.Key.Key_F)
    settle()
    push(page, f"Add: {DUE}")
    assert said(page) == [NEXT, OLD]
    push(page, f"Leave out: {NEXT}")
    assert said(page) == [DUE, OLD]
    push(page, f"Add: {DUE}")
    gone: list[str] = []
    page.go.connect(lambda name, _: gone.append(name))
    page.openings.pick(0)
    settle()
    page.book()
    settle()
    settle()
    assert gone == []
    assert page.request.caller is not None
    assert page.request.kind is not None
    assert (page.request.kind.name, page.request.wish().comes_next) == ("Physical", None)
    page.openings.pick(0)
    settle()
    page.book()
    settle()
    assert gone == ["schedule"]
    found = practice.ask(visits.visits_of_patient, patient_id=danielle(practice))
    assert len(found.today) == 2


def test_an_address_that_is_still_right_is_written_down(
    page: FindSlotPage, practice: Office, clock: SetClock, settle: Settle
) -> None:
    push(page, f"Ask: {OLD}")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible())
    verbs = dialog.findChildren(Button)
    next(each for each in verbs if each.text() == "Mark address as confirmed").click()
    settle()
    settle()
    assert said(page) == [DUE]
    confirmed = {
        each.section.value: each.at for each in practice.ask(reviews.reviews, patient_id=danielle(practice))
    }
    assert confirmed["address"] is not None


def test_nobody_on_the_line_is_nothing_to_say(page: FindSlotPage, settle: Settle) -> None:
    page.clear()
    settle()
    assert page.request.on_the_line.isHidden()


def test_a_permission_to_text_is_asked_for_and_noted(
    page: FindSlotPage, practice: Office, settle: Settle
) -> None:
    walter = schedule.walter(practice)
    known = practice.ask(demographics.sheet, patient_id=walter).phones
    silent = (PhoneDraft("5035550177"),)
    practice.do(phones.change, patient_id=walter, before=known, after=silent)
    page.open_with(Errand("book", walter))
    settle()
    settle()
    words = "Reminders by text, but no permission to text"
    assert words in said(page)
    push(page, f"Ask: {words}")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible())
    verbs = dialog.findChildren(Button)
    next(each for each in verbs if each.text() == "Note the permission").click()
    settle()
    settle()
    assert words not in said(page)
    assert practice.ask(demographics.sheet, patient_id=walter).phones[0].text_ok
