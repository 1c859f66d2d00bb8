"""The note on a day: one stands, its writer is named, two desks never lose each other's words."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError

from frontdesk.kernel.errors import Conflict, FrontdeskError, NotAllowed
from frontdesk.models.schedule.day_note import DayNote
from frontdesk.services.database import Database
from frontdesk.services.engine_errors import ours
from frontdesk.services.schedule import day_note
from frontdesk.services.work import Actor
from tests.builders.office import site
from tests.builders.schedule import TODAY, WEDNESDAY
from tests.conftest import TUESDAY
from tests.office import Office
from tests.refusal import refusal

PLAY = "Dr. Lee leaves at 3 for a school play"
KIM = Actor(None, "Kim Ito", "KI", frozenset({"schedule.view", "schedule.book"}))
CHANGED = "Another desk changed the note on this day. Nothing of yours was saved. Look at it."


@pytest.fixture(autouse=True)
def _the_office_has_a_clock(office: Office) -> None:
    site(office)


def stands(office: Office) -> tuple[str, str, datetime] | None:
    note = office.ask(day_note.note_of, day=TODAY)
    return (note.text, note.written_by, note.written) if note else None


def test_a_note_names_its_writer_and_the_time(office: Office) -> None:
    assert stands(office) is None
    office.do(day_note.write, day=TODAY, text=f"  {PLAY}\n ", instead_of=None)
    assert stands(office) == (PLAY, "Dana Brooks", datetime(2026, 3, 17, 10, 42))
    assert office.ask(day_note.note_of, day=WEDNESDAY) is None


def test_a_change_and_its_undo_keep_each_writer(office: Office) -> None:
    first = office.database.do(KIM, day_note.write, day=TODAY, text=PLAY, instead_of=None).result
    office.clock.advance(minutes=8)
    changed = office.done(day_note.write, day=TODAY, text="Dr. Lee stays", instead_of=first)
    assert stands(office) == ("Dr. Lee stays", "Dana Brooks", datetime(2026, 3, 17, 10, 50))
    office.database.undo(office.actor, changed.entry_id)
    assert stands(office) == (PLAY, "Kim Ito", datetime(2026, 3, 17, 10, 42))


def test_an_empty_text_takes_it_off_and_undo_brings_it_back(office: Office) -> None:
    written = office.done(day_note.write, day=TODAY, text=PLAY, instead_of=None)
    off = office.done(day_note.write, day=TODAY, text=" ", instead_of=written.result)
    assert stands(office) is None
    office.database.undo(office.actor, off.entry_id)
    assert stands(office) is not None
    office.database.undo(office.actor, written.entry_id)
    assert stands(office) is None


def test_the_same_words_change_nothing(office: Office) -> None:
    first = office.do(day_note.write, day=TODAY, text=PLAY, instead_of=None)
    same = office.done(day_note.write, day=TODAY, text=PLAY, instead_of=first)
    assert same.result == first
    with pytest.raises(FrontdeskError, match="changed nothing"):
        office.database.undo(office.actor, same.entry_id)


def test_a_long_text_is_refused(office: Office) -> None:
    with refusal("A note has at most 500 characters, this one 501. Shorten it."):
        office.do(day_note.write, day=TODAY, text="x" * 501, instead_of=None)
    office.do(day_note.write, day=TODAY, text="x" * 500, instead_of=None)


def test_the_later_desk_is_told(office: Office, another: Callable[[], Database]) -> None:
    mine = office.done(day_note.write, day=TODAY, text=PLAY, instead_of=None)
    other = another()
    with pytest.raises(Conflict) as told:
        other.do(KIM, day_note.write, day=TODAY, text="Lunch is at 1", instead_of=None)
    assert str(told.value) == CHANGED
    other.do(KIM, day_note.write, day=TODAY, text="Lunch is at 1", instead_of=mine.result)
    with pytest.raises(Conflict) as told:
        office.database.undo(office.actor, mine.entry_id)
    assert str(told.value) == CHANGED


def test_who_may_only_look_cannot_write(office: Office) -> None:
    looks = Actor(None, "Lou", "L", frozenset({"schedule.view"}))
    with pytest.raises(NotAllowed):
        office.database.do(looks, day_note.write, day=TODAY, text=PLAY, instead_of=None)


@pytest.mark.parametrize(
    ("text", "day", "sentence"),
    [
        ("", WEDNESDAY, "A note has 1 to 500 characters. Shorten it, then save again."),
        ("x" * 501, WEDNESDAY, "A note has 1 to 500 characters. Shorten it, then save again."),
        ("Second", TODAY, "Another desk left a note on this day first. Look at it, then save again."),
    ],
)
def test_the_database_refuses_too(office: Office, text: str, day: datetime, sentence: str) -> None:
    office.do(day_note.write, day=TODAY, text=PLAY, instead_of=None)
    row = {"id": 7, "version": 1, "day": day, "text": text, "written_by": "Kim", "written_at": TUESDAY}
    with pytest.raises(DBAPIError) as fired, office.database.engines.write.begin() as connection:
        connection.execute(insert(DayNote).values(row))
    assert str(ours(fired.value)) == sentence


def test_written_words_stay(office: Office) -> None:
    office.do(day_note.write, day=TODAY, text=PLAY, instead_of=None)
    with pytest.raises(DBAPIError) as fired, office.database.engines.write.begin() as connection:
        connection.execute(update(DayNote).values(text="Dr. Lee stays"))
    assert str(ours(fired.value)) == "What was written on a day stays on record. Write the note anew."
