"""The note that staff leave on a day: one per day, seen at every desk."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.models.schedule.day_note import LONGEST, DayNote
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("ck_day_note_text", f"A note has 1 to {LONGEST} characters. Shorten it, then save again.", field="text")
says("uq_day_note_day", "Another desk left a note on this day first. Look at it, then save again.")
says("append_only_day_note", "What was written on a day stays on record. Write the note anew.")


@dataclass(frozen=True, slots=True)
class DayNoteView:
    """The note that stands on a day; `written` is the office's wall time."""

    id: int
    day: date
    text: str
    written_by: str
    written: datetime


@query(permission="schedule.view")
def note_of(work: Work, *, day: date) -> DayNoteView | None:
    """What stands on a day."""
    note = _standing(work, day)
    if note is None:
        return None
    return DayNoteView(note.id, note.day, note.text, note.written_by, work.wall(note.written_at))


def _written_back(done: Performed) -> Undo | None:
    day, before = done.arguments["day"], done.arguments["instead_of"]
    return None if done.result == before else Undo(put_back, day=day, note_id=before, instead_of=done.result)


@command("Write day note", permission="schedule.book", undo=_written_back)
def write(work: Work, *, day: date, text: str, instead_of: int | None) -> int | None:
    """Puts a note on a day; an empty text takes it off. Gives back the id of the note that stands then.

    `instead_of` is the note that the writer saw, None where none stood. Raises `Conflict` when another
    stands there by now.
    """
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise Refused(
            Finding(
                f"A note has at most {LONGEST} characters, this one {len(words)}. Shorten it.", field="text"
            )
        )
    standing = _seen(work, day, instead_of)
    if words == (standing.text if standing else ""):
        return instead_of
    _end(work, standing)
    if not words:
        return None
    actor = work.actor
    return work.add(
        DayNote(day=day, text=words, written_by=actor.name, user_id=actor.user_id, written_at=work.now)
    ).id


def _put_back_again(done: Performed) -> Undo:
    before, after = done.arguments["instead_of"], done.arguments["note_id"]
    return Undo(put_back, day=done.arguments["day"], note_id=before, instead_of=after)


@command("Put back day note", permission="schedule.book", undo=_put_back_again)
def put_back(work: Work, *, day: date, note_id: int | None, instead_of: int | None) -> None:
    """Lets an earlier note stand again, as its writer left it; None: no note."""
    _end(work, _seen(work, day, instead_of))
    if note_id is not None:
        earlier = work.get(DayNote, note_id)
        assert earlier.day == day, "a note stays on its day"
        earlier.ended_at = None


def _seen(work: Work, day: date, id: int | None) -> DayNote | None:
    """The note that stands, where it is still the one that the person saw."""
    standing = _standing(work, day)
    if (standing.id if standing else None) != id:
        raise Conflict("Another desk changed the note on this day. Nothing of yours was saved. Look at it.")
    return standing


def _standing(work: Work, day: date) -> DayNote | None:
    return work.session.scalars(
        select(DayNote).where(DayNote.day == day, DayNote.ended_at.is_(None))
    ).one_or_none()


def _end(work: Work, note: DayNote | None) -> None:
    if note is not None:
        note.ended_at = work.now
        work.flush()  # before another takes its place
