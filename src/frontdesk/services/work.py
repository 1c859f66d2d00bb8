"""One piece of work: a session in a transaction, who is at it, where, and when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Conflict, NotAllowed, NotFound
from frontdesk.kernel.permissions import covers
from frontdesk.models.base import Row, Versioned
from frontdesk.services.prepared import Prepared

_next_numbers = Prepared(
    text(
        "INSERT INTO number_sequence (name, last) VALUES (:name, :count) "
        "ON CONFLICT (name) DO UPDATE SET last = number_sequence.last + :count RETURNING last"
    )
)
AnyRow = TypeVar("AnyRow", bound=Row)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the programme itself) who acts, with what they may do."""

    user_id: int | None
    name: str
    initials: str = ""
    permissions: frozenset[str] = frozenset()
    """Names such as "schedule.book"; what "schedule.*" and "*" stand for: `kernel.permissions`."""

    def is_person(self, user_id: int | None, name: str) -> bool:
        """Whether this person is on record so: by the account, for a name may have changed since."""
        if self.user_id is not None and user_id is not None:
            return self.user_id == user_id
        return self.name == name

    def may(self, permission: str) -> bool:
        """Whether this is among what they may do."""
        return covers(self.permissions, permission)


SYSTEM = Actor(None, "Frontdesk", "FD", frozenset({"*"}))
"""The programme itself: first set-up, imports, scheduled jobs."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The station at which work is done."""

    id: int
    name: str


def _no_progress(done: int, of: int) -> None:
    """Nobody watches."""


class Behind(Conflict):
    """An act would stand before what it builds on, for another desk's clock is ahead: it is tried again."""

    def __init__(self, id: int) -> None:
        super().__init__(
            "Another desk did something here at the same moment. Nothing was changed. Try again."
        )
        self.id = id


@dataclass(slots=False)
class Work:
    """The first argument of every service function.

    The transaction belongs to `Database`: a service never commits. All that a service may know
    of the world outside its arguments and the database is here, so that the same act, replayed,
    gives the same rows.
    """

    session: Session
    actor: Actor
    station: Desk
    now: datetime
    """The instant of the act, aware, UTC."""
    zone: ZoneInfo
    last_id: int = 0
    """The intent's id, then the ids of the rows it adds, one after another."""
    patients: set[int] = field(default_factory=set)
    progress: Progress = _no_progress
    in_turn: bool = False
    """Whether no other desk is at the ledger meanwhile: only then may it be written."""
    is_replay: bool = False
    """Whether it was meant before, without the office's data, and is carried out now."""

    @cached_property
    def local_now(self) -> datetime:
        """What the clock on the office's wall shows: naive."""
        return self.now.astimezone(self.zone).replace(tzinfo=None)

    @property
    def today(self) -> date:
        """The office's date."""
        return self.local_now.date()

    def instant(self, wall: datetime) -> datetime:
        """The instant, in UTC, at which the office's clock shows `wall`."""
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def wall(self, instant: datetime) -> datetime:
        """What the office's clock shows at an instant: naive."""
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def new_id(self) -> int:
        """The next id of this piece of work."""
        self.last_id += 1
        return self.last_id

    def comes_after(self, id: int) -> None:
        """Say that the ids of what this act adds must be later than one that is there: they give the order.

        What is replayed keeps its ids: it stands where it was meant.
        """
        if id > self.last_id and not self.is_replay:
            raise Behind(id)

    def add(self, row: AnyRow) -> AnyRow:
        """Give a new row its id and take it into the session."""
        if getattr(row, "id", None) is None:
            row.id = self.new_id()
        self.session.add(row)
        return row

    def get(
        self, model: type[AnyRow], id: int, version: int | None = None, *, is_held: bool = False
    ) -> AnyRow:
        """The row, as the caller last saw it; `is_held`: whoever else wants to hold it waits for this act.

        Raises NotFound when it is gone and Conflict when `version` is no longer its version.
        """
        row = self.session.get(model, id, with_for_update=is_held or None)
        if row is None:
            raise NotFound(f"This {_said(model)} is no longer there. Another desk may have removed it.")
        if version is not None:
            assert isinstance(row, Versioned), f"{model.__name__} has no version"
            if row.version != version:
                raise Conflict(
                    f"Another desk changed this {_said(model)} while you had it open. "
                    "Nothing of yours was saved. Look at what changed, then save again."
                )
        return row

    def flush(self) -> None:
        """Send what was added so far to the database, where its constraints look at it."""
        self.session.flush()

    def next_number(self, name: str) -> int:
        """The next number under a name; committed with the work, never given twice."""
        return self.next_numbers(name, 1)[0]

    def next_numbers(self, name: str, count: int) -> range:
        """As many numbers in a row, for bulk work."""
        last = int(_next_numbers.run(self.session, {"name": name, "count": count})[0][0])
        return range(last - count + 1, last + 1)

    def concerns(self, *patient_ids: int) -> None:
        """Name the patients whose record this work touches, for the audit log."""
        self.patients.update(patient_ids)

    def require(self, permission: str) -> None:
        """Raise NotAllowed unless the actor has this permission too."""
        if not self.actor.may(permission):
            raise NotAllowed("You do not have the right to do this. Ask the office manager.")

    def step(self, done: int, of: int) -> None:
        """Report progress of long work; raises Cancelled when its owner stopped it."""
        self.progress(done, of)


def _said(model: type[Row]) -> str:
    name = str(model.__tablename__).replace("_", " ")
    return {"appointment": "visit"}.get(name, name)
