"""Two charts of one person: prepared by Dana, approved by Maria, and apart again with what happened since."""

import tempfile
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt

from frontdesk.demo.start import PASSWORD
from frontdesk.models.registration.reach import AlertKind
from frontdesk.services.registration import alerts, merged
from frontdesk.services.visit import merging
from frontdesk.services.visit.merging import MergeState, MergeView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.registration.duplicates_page import DuplicatesPage
from frontdesk.ui.registration.merge_dialog import MergeDialog
from frontdesk.ui.registration.unmerge_dialog import UnmergeDialog
from tests.e2e.driver import Driver
from tests.e2e.tour import Tour, open_window

_NAME = "Osterman"


def a_pair(tour: Tour) -> str:
    """The list says what speaks for it; Enter shows both charts side by side."""
    hands = tour.driver
    page = _list(hands)
    tour.look("charts that may be one person's")
    hands.press("Return")
    hands.expect("Is this one person?", hands.dialog)
    tour.look("both charts side by side")
    hands.press("Esc")
    line = page.table.current()
    assert line is not None
    return f"{line.names}: {line.why}"


def prepared_and_approved(tour: Tour) -> str:
    """Dana, at the other desk, cannot merge by herself; Maria sees what will happen, and agrees."""
    hands = tour.driver
    desk = Desk(tour.another())
    settings = tempfile.TemporaryDirectory(prefix="frontdesk-tour-")
    window = open_window(desk, Path(settings.name))
    other = Driver(window, desk)
    try:
        other.expect("Dana Brooks")
        other.click_row("Dana Brooks")
        other.press("Return")
        other.write(PASSWORD)
        other.press("Return")
        other.until(lambda: window.workplace is not None, "Dana was not let in")
        _list(other)
        other.press("M")
        assert isinstance(other.dialog, MergeDialog)
        other.fill(other.one(TextEdit, other.dialog), "One Medicare card, one phone")
        tour.look("what the merge will do", other)
        other.press("Ctrl+Return")
        other.expect("a second person approves it")
    finally:
        window.close()
        other.until(lambda: desk.is_idle)
        desk.close()
        for gone in (window, desk):
            shiboken6.delete(gone)
        settings.cleanup()
    page = _page(hands)
    page.views.set_value("prepared")
    page.reload()
    hands.settle()
    page.table.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.press("Return")
    hands.expect("Prepared by Dana Brooks", hands.dialog)
    tour.look("looked at by the second person")
    hands.press("Ctrl+Return")
    hands.expect("Merged HP-")
    found = _merge(hands)
    return f"{found.goes.chart_number} into {found.stays.chart_number}"


def the_old_number(tour: Tour) -> str:
    """Whoever has the old number, or an old link, comes to the chart that stands."""
    hands = tour.driver
    found = _merge(hands)
    hands.press("Ctrl+K")
    hands.write(found.goes.chart_number)
    hands.expect(found.stays.name, hands.dialog)
    tour.look("the old chart number finds the patient")
    hands.press("Esc")
    hands.workplace.focus_patient(found.goes.patient_id)
    hands.settle()
    leads = hands.desk.database.ask(hands.desk.actor, merged.leads_to, patient_id=found.goes.patient_id)
    assert leads is not None
    hands.until(lambda: hands.workplace.patient_id == found.stays.patient_id, "the old chart is still open")
    return leads.sentence


def taken_apart(tour: Tour) -> str:
    """What came since is shown, each with the chart it will be in; Space sends one to the other."""
    hands = tour.driver
    found = _merge(hands)
    for sentence in ("Wants a copy of each lab report", "Comes by bus, call the day before"):
        hands.desk.database.do(
            hands.desk.actor,
            alerts.add,
            patient_id=found.stays.patient_id,
            kind=AlertKind.NOTE,
            sentence=sentence,
        )
    page = _page(hands)
    page.views.set_value("merged")
    page.reload()
    hands.settle()
    page.table.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.press("U")
    dialog = hands.dialog
    assert isinstance(dialog, UnmergeDialog)
    dialog.since.setFocus(Qt.FocusReason.OtherFocusReason)
    hands.press("Space")
    hands.fill(hands.one(TextEdit, dialog), "Sisters; the card was her sister's")
    tour.look("what happened since and where it goes")
    hands.press("Ctrl+Return")
    hands.expect("are two charts again")
    apart = hands.desk.database.ask(hands.desk.actor, merged.leads_to, patient_id=found.goes.patient_id)
    assert apart is None
    hands.press("Esc")
    return f"{found.goes.chart_number} and {found.stays.chart_number}, two things since sorted"


def _list(hands: Driver) -> DuplicatesPage:
    hands.workplace.go("duplicates", None)
    hands.settle()
    page = _page(hands)
    hands.until(lambda: bool(page.model.rows()), "no pairs are listed")
    page.table.setFocus(Qt.FocusReason.OtherFocusReason)
    page.table.choose(next(line.id for line in page.model.rows() if _NAME in line.names))
    hands.settle()
    return page


def _page(hands: Driver) -> DuplicatesPage:
    page = hands.page
    assert isinstance(page, DuplicatesPage)
    return page


def _merge(hands: Driver) -> MergeView:
    found = hands.desk.database.ask(hands.desk.actor, merging.merges, states=(MergeState.MERGED,))
    return found[0]
