"""The other views of the book: a provider's week, the month, the list; kept under a name, and on paper."""

from frontdesk.services.schedule import named_views
from frontdesk.services.visit import papers, visit_list
from frontdesk.services.visit.visit_list import Wanted
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.list_page import ListPage
from frontdesk.ui.schedule.month_page import MonthPage
from frontdesk.ui.schedule.named_view_dialogs import KeepViewDialog
from frontdesk.ui.schedule.week_page import WeekPage
from frontdesk.ui.theme import theme
from tests.e2e.tour import Tour


def the_week_of_a_provider(tour: Tour) -> str:
    """From the day by the switch; Page down turns to the next provider."""
    hands = tour.driver
    hands.workplace.go("schedule")
    hands.settle()
    hands.click_button("Week")
    page = hands.page
    assert isinstance(page, WeekPage)
    page.grid.setFocus()
    hands.press("T", "Down", "Right")
    _in_the_dark(tour, "a week")
    first = page.toolbar.detail.text()
    hands.press("PgDown")
    assert page.toolbar.detail.text() != first, "the week is still of the same provider"
    hands.press("PgUp")
    return f"{first}, {page.facts.said()}"


def the_month(tour: Tour) -> str:
    """How full each day is, by provider; Enter opens the day."""
    hands = tour.driver
    hands.click_button("Month")
    page = hands.page
    assert isinstance(page, MonthPage)
    page.grid.setFocus()
    hands.press("T", "Down")
    _in_the_dark(tour, "a month")
    said = page.grid.accessibleDescription()
    hands.press("Return")
    assert isinstance(hands.page, DayPage), "Enter did not open the day"
    return said


def the_list(tour: Tour) -> str:
    """Filtered to what still needs work, typed to a patient, and printed."""
    hands = tour.driver
    hands.workplace.go("list")
    hands.settle()
    page = hands.page
    assert isinstance(page, ListPage)
    hands.press("Ctrl+T")
    hands.click(page.filters.needs_work)
    _in_the_dark(tour, "a list")
    shown = page.toolbar.detail.text()
    desk, (first, last) = hands.desk, page.days
    pdf = desk.database.ask(
        desk.actor, visit_list.visit_list_pdf, first=first, last=last, wanted=Wanted(needs_work=True)
    )
    return f"{shown}; {tour.keep_paper('list-of-visits.pdf', pdf)}"


def a_view_is_kept(tour: Tour) -> str:
    """The filters of the list under a name and a key, and back to them from another page."""
    hands = tour.driver
    page = hands.page
    assert isinstance(page, ListPage)
    page.named.keep()
    asked = hands.dialog
    assert isinstance(asked, KeepViewDialog)
    hands.write("To see to today")
    tour.look("a view is kept under a name")
    hands.press("Return")
    hands.until(lambda: bool(page.named.views), "the menu does not know the view")
    hands.click(page.filters.needs_work)
    desk = hands.desk
    (view,) = desk.database.ask(desk.actor, named_views.named_views)
    hands.press(view.keys)
    hands.until(lambda: page.filters.needs_work.isChecked(), f"{view.keys} did not bring it back")
    return f"“{view.draft.name}” on {view.keys}"


def the_days_papers(tour: Tour) -> str:
    """The day list, the room list and a slip, as the print menu draws them."""
    desk = tour.driver.desk
    ask, day = desk.database.ask, desk.today
    kept = [
        tour.keep_paper("day-list.pdf", ask(desk.actor, papers.day_list_pdf, day=day)),
        tour.keep_paper("room-list.pdf", ask(desk.actor, papers.room_list_pdf, day=day)),
        tour.keep_paper("routing-slips.pdf", ask(desk.actor, papers.day_slips_pdf, day=day)),
    ]
    return "; ".join(kept)


def _in_the_dark(tour: Tour, what: str) -> None:
    """The step's own picture is light; this one is not."""
    theme().use("dark")
    tour.look(f"{what} in the dark")
    theme().use("light")
