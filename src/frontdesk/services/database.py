"""The office's data: runs queries and commands, one transaction each. No Qt: scripts use it as it is."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import event, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.kernel.clock import Clock, SystemClock
from frontdesk.kernel.errors import Conflict, FrontdeskError, NotAllowed, NotFound
from frontdesk.kernel.ids import IdMaker
from frontdesk.models.security.audit import Station
from frontdesk.services import audit, migrate, turns
from frontdesk.services.audit import AuditedSession, Entry, Heads, Intent
from frontdesk.services.changes import Changes, Watcher, changes_in
from frontdesk.services.command import (
    Arguments,
    Command,
    Irreversible,
    Performed,
    command_named,
    command_of,
    query_of,
)
from frontdesk.services.engine_errors import ours, too_large, was_dead, worth_another_try
from frontdesk.services.engines import Engines, local_file, office_server
from frontdesk.services.server_clock import ServerClock
from frontdesk.services.text_lengths import refuse_what_does_not_fit
from frontdesk.services.work import Actor, Behind, Desk, Progress, Work

P = ParamSpec("P")
R = TypeVar("R")
event.listen(AuditedSession, "before_flush", refuse_what_does_not_fit)
_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)
_TRIES = 3
"""Of two desks that want one time on a server, the loser of a deadlock may meet the winner's row before it
is committed; the third time it sees it."""


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """A command that was carried out."""

    result: R
    entry_id: int
    title: str
    can_undo: bool
    changes: Changes


@contextmanager
def watched(progress: Progress) -> Iterator[None]:
    """Let `work.step` of what runs inside report here; it may raise Cancelled."""
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)


class Database:
    """Asks and does, for one station. Reads may run on many threads; writes go one after another."""

    def __init__(
        self, engines: Engines, *, station: str, clock: Clock | None = None, ids: IdMaker | None = None
    ) -> None:
        self.engines = engines
        self.clock = clock or SystemClock()
        self._ids = ids or IdMaker()
        self._writing = threading.Lock()
        self._heads = Heads()
        self._listeners: list[Callable[[Changes], None]] = []
        self._watcher: Watcher | None = None
        try:
            migrate.upgrade(engines.write)
            if isinstance(self.clock, ServerClock):
                with engines.read.connect() as connection:
                    self.clock.look(connection)
            self.station = self._station_named(station)
            self._zone = self._zone_of_practice()
        except SQLAlchemyError as error:
            raise ours(error) from error

    @classmethod
    def open_file(
        cls, path: Path, key: bytes, *, station: str = "Front desk", clock: Clock | None = None
    ) -> "Database":
        """Open the encrypted file, making it where there is none. `key`: 32 bytes."""
        return cls(local_file(path, key), station=station, clock=clock)

    @classmethod
    def open_server(cls, url: str | URL, *, station: str, clock: Clock | None = None) -> "Database":
        """Open the office's PostgreSQL database; without a `clock` the server's time counts."""
        return cls(office_server(url), station=station, clock=clock or ServerClock())

    def close(self) -> None:
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None
        self.engines.close()

    # -- asking ---------------------------------------------------------------

    def ask(
        self,
        actor: Actor,
        question: Callable[Concatenate[Work, P], R],
        /,
        *args: P.args,
        **arguments: P.kwargs,
    ) -> R:
        """The answer to a query, from one read-only transaction.

        Raises NotAllowed, whatever the query raises, and Unavailable when the engine fails.
        """
        _allow(actor, query_of(question).permission)
        for last_try in (False, True):
            try:
                with Session(self.engines.read) as session:
                    return question(self._work(session, actor, self.clock.now()), *args, **arguments)
            except OverflowError as error:
                raise too_large() from error
            except SQLAlchemyError as error:
                if last_try or not was_dead(error):
                    raise ours(error) from error
        raise AssertionError("the last try gives an answer or raises")

    # -- doing ----------------------------------------------------------------

    def do(
        self, actor: Actor, act: Callable[Concatenate[Work, P], R], /, *args: P.args, **arguments: P.kwargs
    ) -> Done[R]:
        """Carry out a command: permission, one transaction, audit, notice.

        Raises NotAllowed, Refused, Conflict, NotFound and Unavailable; then nothing was changed.
        """
        declared = command_of(act)
        _allow(actor, declared.permission)
        done: Done[R] = self._perform(
            declared, self._intent(actor, declared, arguments), arguments, actor=actor
        )
        return done

    def undo(self, actor: Actor, entry_id: int) -> Done[Any]:
        """Take an act back by the inverse that its command names; that is a command of its own."""
        with self._reading() as session:
            entry = audit.read(session, id=entry_id)
            undone = audit.is_undone(session, id=entry_id)
        if entry is None:
            raise NotFound("This act is not in the log. Nothing was changed.")
        declared = command_named(entry.intent.command)
        if undone:
            raise Conflict(f"“{declared.title}” was undone already. Nothing was changed.")
        _allow(actor, declared.permission)
        if isinstance(declared.undo, Irreversible):
            raise FrontdeskError(declared.undo.because)
        inverse = declared.undo(
            Performed(declared.read(entry.intent.arguments), declared.read_result(entry.result))
        )
        if inverse is None:
            raise FrontdeskError(f"“{declared.title}” changed nothing that could be taken back.")
        taking_back = command_of(inverse.command)
        intent = self._intent(actor, taking_back, inverse.arguments)
        return self._perform(taking_back, intent, inverse.arguments, actor=actor, undoes_id=entry_id)

    def replay(self, intents: Iterable[tuple[Intent, int | None]]) -> int:
        """Carry out recorded intents (each with the entry it undoes, or None) once; counts the new ones.

        The permission was checked where they were meant. One that is in the log already is passed over.
        """
        count = 0
        for intent, undoes_id in intents:
            with self._reading() as session:
                known = audit.read(session, id=intent.id) is not None
            if not known:
                declared = command_named(intent.command)
                self._perform(
                    declared,
                    intent,
                    declared.read(intent.arguments),
                    actor=intent.actor,
                    undoes_id=undoes_id,
                    is_replay=True,
                )
                count += 1
        return count

    def log_after(self, position: int, *, limit: int = 1000) -> tuple[Entry, ...]:
        """The audit entries behind a position, oldest first."""
        with self._reading() as session:
            return tuple(audit.after(session, position, limit=limit))

    # -- telling --------------------------------------------------------------

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Be told of every command's changes, on the thread that found out."""
        self._listeners.append(listener)

    def watch_others(self) -> None:
        """Also tell what other processes do, from now on."""
        clock = self.clock if isinstance(self.clock, ServerClock) else None
        self._watcher = Watcher(self.engines, self._tell, clock)
        try:
            self._watcher.start()
            self._zone = self._zone_of_practice()  # what changed before was told to nobody
        except SQLAlchemyError as error:
            raise ours(error) from error

    @property
    def is_reachable(self) -> bool:
        """Whether the last look at the database succeeded."""
        return self._watcher is None or self._watcher.reachable

    @property
    def zone(self) -> ZoneInfo:
        """The practice's time zone; UTC until there is a practice. Known without asking: windows need it."""
        return self._zone

    # -- inside ---------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        try:
            with self._living_session() as session:
                yield session
        except SQLAlchemyError as error:
            raise ours(error) from error

    def _living_session(self) -> Session:
        """A session to read with, on a connection that answered just now."""
        session = Session(self.engines.read)
        try:
            session.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            session.close()
            if not was_dead(error):
                raise
            session = Session(self.engines.read)
        return session

    def _perform(
        self,
        declared: Command,
        intent: Intent,
        arguments: Arguments,
        *,
        actor: Actor,
        undoes_id: int | None = None,
        is_replay: bool = False,
    ) -> Done[Any]:
        for tries_left in reversed(range(_TRIES)):
            try:
                with self._writing:
                    entry = self._transact(declared, intent, arguments, actor, undoes_id, is_replay)
                break
            except Behind as behind:
                if not tries_left:
                    raise
                self._ids.used_up_to(behind.id)
                intent = replace(intent, id=self._ids.first_of_block(intent.at))
            except SQLAlchemyError as error:
                if not tries_left or not worth_another_try(error):
                    raise ours(error) from error
                if not is_replay:  # what refused may have been another desk's row of the same id
                    intent = replace(intent, id=self._ids.first_of_block(intent.at))
            except OverflowError as error:
                raise too_large() from error
        changes = changes_in(entry, here=True)
        self._tell(changes)
        can_undo = undoes_id is None and not isinstance(declared.undo, Irreversible)
        return Done(entry.result, intent.id, declared.title, can_undo, changes)

    def _transact(
        self,
        declared: Command,
        intent: Intent,
        arguments: Arguments,
        actor: Actor,
        undoes_id: int | None,
        is_replay: bool,
    ) -> Entry:
        with AuditedSession(self.engines.write, expire_on_commit=False) as session:
            if declared.in_turn:
                turns.wait(session)
            work = self._work(session, actor, intent.at, self._desk_of(session, intent))
            work.in_turn, work.is_replay = declared.in_turn, is_replay
            session.entry_id = work.last_id = intent.id
            result = declared.function(work, **arguments)
            session.flush()
            entry = audit.write(session, work, declared, intent, result, undoes_id, heads=self._heads)
            if self._watcher is None:
                session.commit()
            else:
                self._watcher.commit(session, entry)
        self._heads.keep(entry)
        self._ids.used_up_to(work.last_id)
        return entry

    def _desk_of(self, session: Session, intent: Intent) -> Desk:
        """Where it was meant: on replay that may be another desk than this one."""
        if intent.station_id == self.station.id:
            return self.station
        name = session.execute(select(Station.name).where(Station.id == intent.station_id)).scalar_one()
        return Desk(intent.station_id, name)

    def _work(self, session: Session, actor: Actor, at: datetime, station: Desk | None = None) -> Work:
        progress = _progress.get()
        work = Work(session, actor, station or self.station, at, self.zone)
        if progress is not None:
            work.progress = progress
        return work

    def _intent(self, actor: Actor, declared: Command, arguments: Arguments) -> Intent:
        # To the millisecond: what an id can hold, and what any store gives back unchanged.
        now = self.clock.now()
        at = now.replace(microsecond=now.microsecond // 1000 * 1000)
        return Intent(
            self._ids.first_of_block(at),
            at,
            self.station.id,
            actor.user_id,
            actor.name,
            actor.initials,
            declared.name,
            declared.written(arguments),
        )

    def _station_named(self, name: str) -> Desk:
        try:
            return self._found_or_made(name)
        except IntegrityError:  # two windows of one desk were opened at once, and the other has made it
            return self._found_or_made(name)

    def _found_or_made(self, name: str) -> Desk:
        with Session(self.engines.write) as session, session.begin():
            found = session.execute(select(Station).where(Station.name == name)).scalar_one_or_none()
            if found is None:
                found = Station(id=self._ids.first_of_block(self.clock.now()), name=name)
                session.add(found)
                session.flush()
            return Desk(found.id, found.name)

    def _zone_of_practice(self) -> ZoneInfo:
        with Session(self.engines.read) as session:
            return ZoneInfo(session.execute(text("SELECT zone FROM practice")).scalar() or "UTC")

    def _tell(self, changes: Changes) -> None:
        if "practice" in changes.topics:
            with suppress(SQLAlchemyError):  # gone just now: the zone of before
                self._zone = self._zone_of_practice()
        for listener in self._listeners:
            listener(changes)


def _allow(actor: Actor, permission: str) -> None:
    if not actor.may(permission):
        raise NotAllowed("You do not have the right to do this. Ask the office manager.")
