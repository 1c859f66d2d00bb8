"""A provider goes home at 10:40: everybody affected gets a new time at once, and is told."""

from datetime import date

from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.schedule.absences import providers_today
from frontdesk.services.schedule.affected import State
from frontdesk.ui.schedule.replan_page import ReplanPage
from frontdesk.ui.schedule.replan_rows import Line, duration
from tests.e2e.scheduling import visit_of
from tests.e2e.tour import Tour

_OUT, _OTHER = "Dr. Reyes", "P. Raman, NP"
_UNTIL = date(2026, 3, 18)
_ELEVEN = 11


def a_provider_is_out(tour: Tour) -> str:
    """Ctrl+K, who and until when: the affected are listed, whoever is here already first."""
    hands = tour.driver
    hands.press("Ctrl+K")
    hands.write("> provider out")
    hands.press("Return")
    hands.expect("Who is out?")
    names = {each.id: each.name for each in hands.desk.database.ask(hands.desk.actor, providers_today)}
    provider = _OTHER if names[visit_of(tour).provider_id] == _OUT else _OUT
    tour.remembers["out"] = provider
    hands.choose("Provider", provider)
    hands.enter(
        {"From, at": "10:40", "Until": us_date(_UNTIL), "Until, at": "5 pm", "Why, for the office": "Ill"}
    )
    tour.look("who is out, from when, until when")
    hands.press("Return")
    hands.expect(f"{provider} is out")
    hands.until(lambda: any(line.can_move for line in _page(tour).acts.lines), "no proposals")
    lines = _page(tour).acts.lines
    here = sum(line.visit.state is State.HERE for line in lines)
    assert lines[0].visit.state is State.HERE, "who is here is not first"
    return f"{len(lines)} affected, {here} of them here; {_moving(tour)} have a proposal"


def eleven_at_once(tour: Tour) -> str:
    """Ctrl+Enter gives each their own time, with the least delay for all together."""
    hands = tour.driver
    moving = [line for line in _page(tour).acts.lines if line.can_move]
    assert len(moving) >= _ELEVEN, f"only {len(moving)} are re-planned"
    assert len(
        {(line.opening.slot.provider_id, line.opening.starts) for line in moving if line.opening}
    ) == len(moving), "two patients at one time"
    hands.press("Ctrl+Return")
    hands.expect(f"Moved {len(moving)} patients to new times")
    hands.until(lambda: _count(tour, State.MOVED) >= len(moving), "not all were moved")
    tour.remembers["moved"] = len(moving)
    return f"{hands.workplace.status.said}, {_delay(moving)} later on the average"


def one_undo(tour: Tour) -> str:
    """Ctrl+Z brings all of them back; then they are moved again."""
    hands, moved = tour.driver, tour.remembers["moved"]
    hands.press("Ctrl+Z")
    hands.until(lambda: _moving(tour) == moved, "they did not come back")
    tour.look("all are back where they were")
    hands.press("Ctrl+Return")
    hands.until(lambda: _moving(tour) == 0, "they were not moved again")
    return hands.workplace.status.said


def told_one_after_another(tour: Tour) -> str:
    """T, M, N: told, message left, no answer; the next patient is up each time, with the words to say."""
    hands, page = tour.driver, _page(tour)
    page.table.setFocus()
    hands.expect("Your visit is now")
    hands.press("T", "T", "M", "N", "T")
    hands.until(lambda: _count(tour, State.TOLD) == 3, "three were not told")
    assert (_count(tour, State.MESSAGE_LEFT), _count(tour, State.NO_ANSWER)) == (1, 1)
    line = page.table.current()
    assert line is not None
    assert line.visit.told is None
    return f"3 told, 1 message, 1 no answer; next is a visit at {us_time(line.visit.starts)}"


def _page(tour: Tour) -> ReplanPage:
    page = tour.driver.page
    assert isinstance(page, ReplanPage)
    return page


def _moving(tour: Tour) -> int:
    return sum(line.can_move for line in _page(tour).acts.lines)


def _count(tour: Tour, state: State) -> int:
    return sum(line.visit.state is state for line in _page(tour).acts.lines)


def _delay(lines: list[Line]) -> str:
    minutes = [
        int((line.opening.starts - line.visit.was).total_seconds() // 60) for line in lines if line.opening
    ]
    return duration(sum(minutes) // len(minutes))
