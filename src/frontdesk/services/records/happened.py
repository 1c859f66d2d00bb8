"""Logs that only grow: which of their lines hold, when a line may take back another."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Happened(Protocol):
    """A line of such a log; ids rise with time."""

    @property
    def id(self) -> int: ...
    @property
    def corrects_id(self) -> int | None: ...


H = TypeVar("H", bound=Happened)


def void(lines: Sequence[Happened]) -> set[int]:
    """The ids of lines that were taken back, and not brought again."""
    gone: set[int] = set()
    for line in sorted(lines, key=lambda line: line.id, reverse=True):
        if line.id not in gone and line.corrects_id is not None:
            gone.add(line.corrects_id)
    return gone


def holding(lines: Sequence[H]) -> list[H]:
    """The lines that hold, in order; corrections are left out."""
    gone = void(lines)
    return [
        line
        for line in sorted(lines, key=lambda line: line.id)
        if line.id not in gone and line.corrects_id is None
    ]
