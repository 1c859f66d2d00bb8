"""What of a day goes on paper, from the day's page: the menu, the papers, and their names."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.schedule.day_page import DayPage
from tests.builders import claims, schedule
from tests.builders.schedule import TODAY, at
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]


@pytest.fixture
def page(practice: Office, show: Show[DayPage]) -> DayPage:
    claims.billing_office(practice)
    schedule.book(practice, at("1:00", TODAY))
    opened = show(DayPage)
    opened.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    return opened


def paper() -> PaperDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, PaperDialog) and w.isVisible())


def test_the_key_opens_the_menu(page: DayPage) -> None:
    """A platform without a screen cannot show a popup: so what is bound is looked at."""
    bound = page.keys()
    key = next(each for each in bound if each.keys == "Ctrl+P")
    assert key.handler == page.prints.open
    words = [each.text() for each in page.prints.menu().actions() if each.text()]
    assert words == [
        "Day list",
        "Day list, a page for each provider",
        "Room list",
        "Routing slips of the day",
        "Preparation packets of the day",
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Day list", "visits-2026-03-17.pdf"),
        ("Day list, a page for each provider", "visits-by-provider-2026-03-17.pdf"),
        ("Room list", "rooms-2026-03-17.pdf"),
        ("Routing slips of the day", "routing-slips-2026-03-17.pdf"),
        ("Routing slip of Foster, Danielle", "routing-slip-2026-03-17.pdf"),
    ],
)
def test_each_paper_is_shown_and_named_for_its_day(
    page: DayPage, settle: Settle, words: str, name: str
) -> None:
    page.grid.choose(page.grid._geometry.placed[0].visit.id)
    next(each for each in page.prints.menu().actions() if each.text() == words).trigger()
    settle()
    shown = paper()
    assert shown.print_button.isEnabled()
    assert shown._file_name == name
    shown.reject()


def test_slips_of_a_day_without_visits_are_refused(page: DayPage, settle: Settle) -> None:
    page.turn(1)
    settle()
    page.prints.papers.slips()
    settle()
    assert page.banner.text == "No visit of this day is still to come, so there are no slips to print."
