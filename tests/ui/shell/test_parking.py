"""Parked work survives a restart and belongs to its person; each page says how its own is read back."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.security import parking as kept
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Page, Parked
from frontdesk.ui.shell.pages import PAGES, Entry
from frontdesk.ui.shell.parking import Parking, state_of
from frontdesk.ui.shell.workplace import Workplace
from frontdesk.ui.text import tr
from tests.office import Office
from tests.ui.shell.rooms import ENTRIES, FirstPage

Settle = Callable[[], None]
ONLY_HERE = {"records"}
"""What is open there is not half done: it lasts as long as the window."""


def test_what_was_parked_is_there_after_a_restart(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    before = Workplace(desk, ENTRIES, "")
    qtbot.addWidget(before)
    settle()
    page = before.page
    assert isinstance(page, FirstPage)
    for typed in ("half a booking", "another"):
        page.note.setText(typed)
        before.park()
        settle()
        file_office.clock.advance(minutes=3)

    after = Workplace(desk, ENTRIES, "")
    qtbot.addWidget(after)
    settle()
    assert after.status._parked.text() == "Booking: T. Nguyen"
    assert after.status._parked._age == "3 min, 1 more"
    for typed in ("another", "half a booking"):
        after.take_up_parked()
        settle()
        found = after.page
        assert isinstance(found, FirstPage)
        assert found.note.text() == typed
    after.take_up_parked()
    assert after.status.said == tr("Nothing is parked.")
    assert file_office.ask(kept.waiting) == ()


def test_taken_before_it_is_kept_it_does_not_come_back(
    desk: Desk, file_office: Office, settle: Settle
) -> None:
    parking = Parking(desk)
    settle()
    parking.put("schedule", Parked("Booking: T. Nguyen", "half"), str)
    taken = parking.take()
    assert taken is not None
    assert state_of(taken, str) == "half"
    settle()
    QApplication.processEvents()
    settle()
    assert file_office.ask(kept.waiting) == ()


def test_what_another_version_kept_is_said_to_be_unreadable(
    desk: Desk, file_office: Office, settle: Settle
) -> None:
    file_office.do(kept.put, page="schedule", title="Booking", content='{"a":1}')
    parking = Parking(desk)
    settle()
    taken = parking.take()
    assert taken is not None
    with pytest.raises(FrontdeskError, match="kept by another version"):
        state_of(taken, str)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_every_page_that_parks_says_how_it_is_read_back(entry: Entry) -> None:
    page = entry.load()
    does_park = page.park is not Page.park
    assert (page.parks is not None) == (does_park and entry.name not in ONLY_HERE)
    if page.parks is not None:
        msgspec.json.Decoder(page.parks)
