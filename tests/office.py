"""An office for tests: does and asks as a person with every right, and remembers what builders made."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database, Done
from frontdesk.services.work import Actor, Work

P = ParamSpec("P")
R = TypeVar("R")

KEY = bytes(range(32))
DANA = Actor(None, "Dana Brooks", "DB", frozenset({"*"}))


class Office:
    """The practice at its database. Builders (`tests/builders/<domain>.py`) are functions on it."""

    def __init__(self, database: Database, clock: SetClock) -> None:
        self.database = database
        self.clock = clock
        self.actor = DANA
        self.made: dict[str, Any] = {}
        """What builders keep for each other: ids by name, such as made["provider:Lee"]."""

    def do(self, act: Callable[Concatenate[Work, P], R], /, *args: P.args, **arguments: P.kwargs) -> R:
        """Carry out a command; its result."""
        return self.done(act, *args, **arguments).result

    def done(
        self, act: Callable[Concatenate[Work, P], R], /, *args: P.args, **arguments: P.kwargs
    ) -> Done[R]:
        """Carry out a command; all that came of it."""
        return self.database.do(self.actor, act, *args, **arguments)

    def ask(self, question: Callable[Concatenate[Work, P], R], /, *args: P.args, **arguments: P.kwargs) -> R:
        """The answer to a query."""
        return self.database.ask(self.actor, question, *args, **arguments)
