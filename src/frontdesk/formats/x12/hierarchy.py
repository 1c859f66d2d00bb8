"""The numbering inside a transaction set: HL levels and their parents, LX lines."""

from frontdesk.formats.x12.problems import Level, Problem
from frontdesk.formats.x12.tokens import Segment

_COUNTED = {"837"}
"""Sets whose LX counts the lines of a claim from 1; in an 835 it is only a label."""


class Hierarchy:
    """Follows HL and LX through one transaction set."""

    def __init__(self, kind: str) -> None:
        self._open: list[str] = []
        self._levels = 0
        self._lines = 0
        self._counts_lines = kind in _COUNTED

    def look(self, segment: Segment, number: int) -> Problem | None:
        """Checks one segment; only HL, LX and CLM have anything to say here."""
        match segment[0]:
            case "HL":
                return self._level(segment, number)
            case "CLM":
                self._lines = 0
            case "LX" if self._counts_lines:
                self._lines += 1
                if segment[1:2] != [str(self._lines)]:
                    return _found("LX", number, "LX01", f"expected line number {self._lines}.")
        return None

    def _level(self, segment: Segment, number: int) -> Problem | None:
        self._levels += 1
        name, parent = segment[1], segment[2] if len(segment) > 2 else ""
        if parent:
            while self._open and self._open[-1] != parent:
                self._open.pop()
        else:
            self._open.clear()
        is_orphan = bool(parent) and not self._open
        self._open.append(name)
        if name != str(self._levels):
            return _found("HL1", number, "HL01", f"expected level number {self._levels}.")
        if is_orphan:
            return _found("HL2", number, "HL02", "expected the number of a level that is still open.")
        return None


def _found(code: str, number: int, element: str, message: str) -> Problem:
    return Problem(Level.SEGMENT, code, number, element, message)
