"""Two desks at one check-in: the second sees the first and may take over; a dead desk blocks nobody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.services.database import Database
from frontdesk.services.visit import board, check_in, presence, unfinished
from frontdesk.services.visit.presence import OpenAt
from frontdesk.services.work import Actor
from tests.builders.security import user
from tests.builders.visit import at_the_desk, covered
from tests.office import DANA, Office
from tests.refusal import refusal

Another = Callable[[], Database]
MARIA = Actor(None, "Maria Ortiz", "MO", frozenset({"*"}))
OPEN = "Open at Front desk 2 since 10:42 by Dana B."


def where(office: Office, visit: int) -> OpenAt | None:
    return office.ask(presence.open_at, appointment_id=visit)


def test_a_second_desk_sees_who_has_it_open_and_may_take_it_over(office: Office, another: Another) -> None:
    visit = at_the_desk(office)
    first = office.do(presence.open_here, appointment_id=visit)
    found = where(office, visit)
    assert found is not None
    assert (found.words, found.is_here) == (OPEN, True)
    assert office.do(presence.open_here, appointment_id=visit) == first, "opened again here: the same"

    desk_1 = another()
    shown = desk_1.ask(MARIA, check_in.check_in, appointment_id=visit)
    assert shown.open_at is not None
    assert (shown.open_at.words, shown.open_at.is_here) == (OPEN, False)
    with refusal(f"{OPEN} Look on, or take it over."):
        desk_1.do(MARIA, presence.open_here, appointment_id=visit)

    office.clock.advance(minutes=1)
    taken = desk_1.do(MARIA, presence.open_here, appointment_id=visit, instead_of=first).result
    found = where(office, visit)
    assert found is not None
    assert (found.opening_id, found.words) == (taken, "Open at Front desk 1 since 10:43 by Maria O.")
    assert office.do(presence.stay, opening_id=first) is False, "the first desk is told"
    with pytest.raises(Conflict) as conflict:
        office.do(presence.open_here, appointment_id=visit, instead_of=first)
    assert str(conflict.value).startswith("Open at Front desk 1 since 10:43 by Maria O. now.")


def test_a_desk_that_was_killed_blocks_nobody(office: Office, another: Another) -> None:
    visit = at_the_desk(office)
    first = office.do(presence.open_here, appointment_id=visit)
    office.clock.advance(minutes=2)
    assert office.do(presence.stay, opening_id=first) is True
    office.clock.advance(minutes=2)
    found = where(office, visit)
    assert found is not None, "it gave a sign of life two minutes ago"
    office.clock.advance(minutes=2)
    assert where(office, visit) is None
    desk_1 = another()
    desk_1.do(MARIA, presence.open_here, appointment_id=visit)
    assert office.do(presence.stay, opening_id=first) is False


def test_the_board_shows_where_a_check_in_is_open(office: Office, another: Another) -> None:
    visit = at_the_desk(office)
    another().do(MARIA, presence.open_here, appointment_id=visit)
    (card,) = office.ask(board.board).cards
    assert card.open_at is not None
    assert (card.open_at.station, card.open_at.by, card.open_at.is_here) == (
        "Front desk 1",
        "Maria O.",
        False,
    )
    office.clock.advance(minutes=5)
    (card,) = office.ask(board.board).cards
    assert card.open_at is None


def test_a_sign_of_life_is_no_change_that_desks_hear_of(office: Office) -> None:
    visit = at_the_desk(office)
    first = office.done(presence.open_here, appointment_id=visit)
    assert first.changes.topics == {"visit_opening"}
    assert office.done(presence.stay, opening_id=first.result).changes.topics == frozenset()


def test_leaving_and_finishing_end_it(office: Office) -> None:
    visit = at_the_desk(office)
    first = office.do(presence.open_here, appointment_id=visit)
    office.do(presence.leave, opening_id=first)
    assert where(office, visit) is None
    office.do(presence.leave, opening_id=first)
    office.do(presence.open_here, appointment_id=visit)
    covered(office)
    office.do(check_in.finish, appointment_id=visit, reason="In a hurry")
    assert where(office, visit) is None


def test_two_desks_at_the_same_instant_one_has_it(office: Office, another: Another) -> None:
    visit = at_the_desk(office)
    desks, start = (office.database, another()), Barrier(2)

    def open_it(desk: Database) -> str:
        start.wait()
        try:
            desk.do(MARIA, presence.open_here, appointment_id=visit)
        except Refused as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(open_it, desks))
    assert said[0] == ""
    assert said[1].endswith("by Maria O. Look on, or take it over.") or "just opened" in said[1]


def test_what_is_typed_belongs_to_who_typed_it(office: Office, another: Another) -> None:
    visit = at_the_desk(office)
    office.do(unfinished.keep, appointment_id=visit, content="", named="")
    assert office.ask(unfinished.left, appointment_id=visit) == ()
    office.do(unfinished.keep, appointment_id=visit, content='{"city":"Portland"}', named="City")
    (mine,) = office.ask(unfinished.left, appointment_id=visit)
    assert (mine.content, mine.named, mine.by, mine.is_mine) == (
        '{"city":"Portland"}',
        "City",
        "Dana B.",
        True,
    )
    office.do(unfinished.keep, appointment_id=visit, content='{"city":"Salem"}', named="City")
    restarted = another()
    (again,) = restarted.ask(DANA, unfinished.left, appointment_id=visit)
    assert again.content == '{"city":"Salem"}'
    with refusal("This is more than a check-in can keep unsaved. Save it, then go on."):
        office.do(unfinished.keep, appointment_id=visit, content="x" * 20_001, named="")
    covered(office)
    office.do(check_in.finish, appointment_id=visit, reason="In a hurry")
    assert office.ask(unfinished.left, appointment_id=visit) == ()


def test_nobody_elses_words_are_shown(office: Office) -> None:
    visit = at_the_desk(office)
    other = Actor(user(office), "Rita Gomez", "RG", frozenset({"*"}))
    office.database.do(other, unfinished.keep, appointment_id=visit, content="{}", named="Member ID")
    (theirs,) = office.ask(unfinished.left, appointment_id=visit)
    assert (theirs.content, theirs.named, theirs.by, theirs.is_mine) == ("", "Member ID", "Rita G.", False)
