"""The bridge between the window's thread and the office's data: ask, do, job. The window never waits."""

import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from frontdesk.kernel.errors import Cancelled, FrontdeskError
from frontdesk.services.database import Database, watched
from frontdesk.services.work import Actor, Work
from frontdesk.ui.courier import Courier

P = ParamSpec("P")
R = TypeVar("R")

READERS = 3
LOOK_AT_CONNECTION_MS = 2000


class Owner(Protocol):
    """A widget that asks and does: it takes the answers, and the refusals."""

    def refused(self, error: FrontdeskError) -> None:
        """Show why not, beside the fields that the findings name."""


class Asker(QObject):
    """Owns one of several questions that are asked at once: only the newest per owner and query arrives."""

    def __init__(self, parent: QObject, refused: Callable[[FrontdeskError], object]) -> None:
        super().__init__(parent)
        self._refused = refused

    def refused(self, error: FrontdeskError) -> None:
        self._refused(error)


class Job(QObject):
    """Long work under way: tells how far it is, and can be stopped."""

    progressed = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_cancelled = False

    def cancel(self) -> None:
        """Stop at the next step; nothing of the work is kept."""
        self._is_cancelled = True

    def step(self, done: int, of: int) -> None:
        """Called by the work, on its thread."""
        if self._is_cancelled:
            raise Cancelled("Stopped. Nothing was changed.")
        self.progressed.emit(done, of)


class Desk(QObject):
    """The signed-in person's way to the data, for widgets; lives in the window's thread.

    Reads run on a few threads, and only the newest answer per owner and query arrives. Writes run
    one after another, in the order of the clicks. Everything arrives in the window's thread.
    """

    changed = Signal(object)
    """Changes, by this desk or another."""
    done = Signal(object)
    """Done: what this desk has just carried out, for the status bar and its Undo."""
    actor_changed = Signal(object)
    connection_changed = Signal(bool)

    def __init__(self, database: Database, actor: Actor | None = None) -> None:
        super().__init__()
        self.database = database
        self._actor = actor
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="ask")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="do")
        self._newest: weakref.WeakKeyDictionary[Owner, dict[Callable[..., Any], int]] = (
            weakref.WeakKeyDictionary()
        )
        self._tickets = 0
        self._courier = Courier(self)
        self._is_closed = False
        self._was_reachable = True
        database.listen(self.changed.emit)
        self._look = QTimer(self)
        self._look.timeout.connect(self._look_at_connection)
        self._look.start(LOOK_AT_CONNECTION_MS)

    # -- who ------------------------------------------------------------------

    @property
    def actor(self) -> Actor:
        """Whoever is signed in; somebody is, wherever a page is on the screen."""
        assert self._actor is not None, "nobody is signed in"
        return self._actor

    @property
    def is_signed_in(self) -> bool:
        return self._actor is not None

    def sign_in(self, actor: Actor | None) -> None:
        """Act for this person from now on; None: nobody."""
        self._actor = actor
        self.actor_changed.emit(actor)

    def may(self, permission: str) -> bool:
        """Whether the signed-in person has this right: for showing an action, not for keeping it safe."""
        return self._actor is not None and self._actor.may(permission)

    # -- when -----------------------------------------------------------------

    @property
    def local_now(self) -> datetime:
        """What the clock on the office's wall shows: naive."""
        return self.database.clock.now().astimezone(self.database.zone).replace(tzinfo=None)

    @property
    def today(self) -> date:
        """The office's date."""
        return self.local_now.date()

    # -- the verbs ------------------------------------------------------------

    def ask(
        self,
        owner: Owner,
        then: Callable[[R], object],
        question: Callable[Concatenate[Work, P], R],
        /,
        *args: P.args,
        **arguments: P.kwargs,
    ) -> None:
        """Ask a query; `then` gets the answer, unless a newer one of the same owner is on its way."""
        actor = self.actor
        self._tickets += 1
        ticket, newest = self._tickets, self._newest.setdefault(owner, {})
        newest[question] = ticket

        def is_newest() -> bool:
            return newest[question] == ticket

        def answer() -> R | None:
            return self.database.ask(actor, question, *args, **arguments) if is_newest() else None

        self._start(self._readers, owner, then, answer, still_wanted=is_newest)

    def do(
        self,
        owner: Owner,
        then: Callable[[R], object],
        act: Callable[Concatenate[Work, P], R],
        /,
        *args: P.args,
        **arguments: P.kwargs,
    ) -> None:
        """Carry out a command; `then` gets its result, `done` is told."""
        actor = self.actor

        def carry_out() -> R:
            done = self.database.do(actor, act, *args, **arguments)
            self.done.emit(done)
            return done.result

        self._start(self._writer, owner, then, carry_out)

    def undo(self, owner: Owner, then: Callable[[Any], object], entry_id: int) -> None:
        """Take back what `done` told of; `then` gets the inverse's Done."""
        actor = self.actor
        self._start(self._writer, owner, then, lambda: self.database.undo(actor, entry_id))

    def job(
        self,
        owner: Owner,
        then: Callable[[R], object],
        act: Callable[Concatenate[Work, P], R],
        /,
        *args: P.args,
        **arguments: P.kwargs,
    ) -> Job:
        """Carry out a long command; its `work.step` moves the job's progress and honours its cancel."""
        actor, job = self.actor, Job(self)

        def carry_out() -> R:
            with watched(job.step):
                done = self.database.do(actor, act, *args, **arguments)
            self.done.emit(done)
            return done.result

        self._start(self._writer, owner, then, carry_out)
        return job

    def run(
        self,
        owner: Owner,
        then: Callable[[R], object],
        function: Callable[P, R],
        /,
        *args: P.args,
        **arguments: P.kwargs,
    ) -> None:
        """Run plain work off the window's thread: read a file, draw a PDF."""
        self._start(self._readers, owner, then, lambda: function(*args, **arguments))

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way and everything has arrived."""
        return self._courier.is_idle

    def close(self) -> None:
        """Finish the writes under way, then let go of the database."""
        self._look.stop()
        self._is_closed = True
        self._readers.shutdown(cancel_futures=True)
        self._writer.shutdown()
        self.database.close()

    # -- inside ---------------------------------------------------------------

    def _start(
        self,
        threads: ThreadPoolExecutor,
        owner: Owner,
        then: Callable[[Any], object],
        work: Callable[[], Any],
        *,
        still_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        if self._is_closed:  # a timer of a window that is going: nobody is there for the answer
            return
        wanted_by = weakref.ref(owner)

        def arrive(answer: Any, error: Exception | None) -> None:
            asker = wanted_by()
            gone = asker is None or (isinstance(asker, QObject) and not shiboken6.isValid(asker))
            if isinstance(error, FrontdeskError):
                if not gone and asker is not None and still_wanted():
                    asker.refused(error)
            elif error is not None:
                raise error
            elif not gone and still_wanted():
                then(answer)

        self._courier.send(threads, work, arrive)

    def _look_at_connection(self) -> None:
        is_reachable = self.database.is_reachable
        if is_reachable != self._was_reachable:
            self._was_reachable = is_reachable
            self.connection_changed.emit(is_reachable)
