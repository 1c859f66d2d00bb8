"""Commands and queries: the office's acts and questions, declared once.

A command is a function on a `Work`. Its declaration feeds everything around it: permission,
audit, undo, the offline queue, the command field and the help. The decorated function stays the
plain function it was, so services call each other directly, inside one transaction.
"""

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, get_type_hints

import msgspec

from frontdesk import services
from frontdesk.kernel.errors import FrontdeskError

if TYPE_CHECKING:
    from frontdesk.services.work import Work

P = ParamSpec("P")
R = TypeVar("R")

# Any, in this file: a declaration holds functions of every signature; `Database.do` and
# `Desk.do` give each call its own types back through ParamSpec.
Arguments = Mapping[str, Any]


class Undo:
    """The call that takes an act back: `Undo(cancel_unkept, appointment_id=7)`."""

    def __init__(
        self, command: "Callable[Concatenate[Work, P], object]", *args: P.args, **arguments: P.kwargs
    ) -> None:
        if args:
            raise TypeError("a command's arguments are named")
        self.command = command
        self.arguments: Arguments = arguments


@dataclass(frozen=True, slots=True)
class Performed:
    """An act as an inverse sees it: its arguments and what it gave back."""

    arguments: Arguments
    result: Any


@dataclass(frozen=True, slots=True)
class Irreversible:
    """Why an act has no inverse, in a sentence for the person who asks."""

    because: str


def irreversible(because: str) -> Irreversible:
    """Declare that an act cannot be undone, and why."""
    return Irreversible(because)


Inverse = Callable[[Performed], Undo | None]


@dataclass(frozen=True, slots=True)
class Query:
    """A question: a function, and who may ask it."""

    name: str
    permission: str
    function: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Command:
    """An act: a function, its title for people, who may do it, and how it is taken back."""

    name: str
    """Where it lives below `services`: "schedule.booking.book"."""
    title: str
    permission: str
    undo: Inverse | Irreversible
    function: Callable[..., Any]
    in_turn: bool = False
    """Whether it waits until no other desk is at the ledger: see `services.turns`."""

    def written(self, arguments: Arguments) -> dict[str, Any]:
        """The arguments as JSON can hold them."""
        built: dict[str, Any] = msgspec.to_builtins(dict(arguments), builtin_types=())
        return built

    def read(self, written: Arguments) -> dict[str, Any]:
        """The arguments again, from JSON."""
        hints = _hints(self.function)
        return {name: msgspec.convert(value, hints[name], strict=False) for name, value in written.items()}

    def read_result(self, written: Any) -> Any:
        """The result again, from JSON."""
        return msgspec.convert(written, _hints(self.function)["return"], strict=False)


_commands: dict[str, Command] = {}
_queries: dict[str, Query] = {}


def command(
    title: str, *, permission: str, undo: Inverse | Irreversible, in_turn: bool | None = None
) -> "Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Work, P], R]]":
    """Declare a receptionist's act; `undo` names its inverse or says why there is none.

    `in_turn`: whether it has the ledger to itself (`services.turns`). Acts of billing do unless they say
    no; acts of other domains that post, or move what was posted, say yes.
    """

    def declare(
        function: "Callable[Concatenate[Work, P], R]",
    ) -> "Callable[Concatenate[Work, P], R]":
        name = _name_of(function)
        alone = name.startswith("billing.") if in_turn is None else in_turn
        _commands[name] = Command(name, title, permission, undo, function, alone)
        return function

    return declare


def query(
    *, permission: str
) -> "Callable[[Callable[Concatenate[Work, P], R]], Callable[Concatenate[Work, P], R]]":
    """Declare a question; it runs read-only."""

    def declare(
        function: "Callable[Concatenate[Work, P], R]",
    ) -> "Callable[Concatenate[Work, P], R]":
        name = _name_of(function)
        _queries[name] = Query(name, permission, function)
        return function

    return declare


def command_of(function: Callable[..., Any]) -> Command:
    """The declaration of a command's function."""
    return _commands[_name_of(function)]


def query_of(function: Callable[..., Any]) -> Query:
    """The declaration of a query's function."""
    return _queries[_name_of(function)]


def command_named(name: str) -> Command:
    """The declaration by its recorded name; a newer desk may have sent one we do not know."""
    if name not in _commands:
        _load_all()  # a page that was not opened yet, or another desk's act
    try:
        return _commands[name]
    except KeyError:
        raise FrontdeskError(f"This version of Frontdesk does not know the act {name}.") from None


def all_commands() -> Iterator[Command]:
    """Every declared command, by name."""
    _load_all()
    return iter([_commands[name] for name in sorted(_commands)])


def all_permissions() -> tuple[str, ...]:
    """Every permission that some command or query asks for."""
    _load_all()
    asked = {command.permission for command in _commands.values()}
    return tuple(sorted(asked | {query.permission for query in _queries.values()}))


@cache
def _load_all() -> None:
    """Pages load their services when they are opened; whoever wants all declarations needs all modules."""
    for module in pkgutil.walk_packages(services.__path__, prefix=f"{services.__name__}."):
        import_module(module.name)


def _name_of(function: Callable[..., Any]) -> str:
    assert isinstance(function, FunctionType), "commands and queries are plain functions"
    return f"{function.__module__.removeprefix('frontdesk.services.')}.{function.__name__}"


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    known = _known_hints.get(function)
    if known is None:
        # `work` is for the type checker only; its module imports this one.
        named = {name: kind for name, kind in inspect.get_annotations(function).items() if name != "work"}
        bare = FunctionType(function.__code__, function.__globals__)
        bare.__annotations__ = named
        known = _known_hints[function] = get_type_hints(bare)
    return known


_known_hints: dict[Callable[..., Any], dict[str, Any]] = {}
