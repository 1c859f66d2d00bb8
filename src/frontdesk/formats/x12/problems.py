"""What is wrong with an X12 file, and where."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from frontdesk.kernel.errors import FrontdeskError


class Level(StrEnum):
    """The envelope that a problem belongs to; acknowledgment codes repeat from level to level."""

    INTERCHANGE = "interchange"
    GROUP = "group"
    SET = "set"
    SEGMENT = "segment"


class Problem(Struct, frozen=True, gc=False):
    """One finding; `code` is the acknowledgment code of X12 for its level (TA105, AK905, AK502, AK304)."""

    level: Level
    code: str
    segment_number: int
    element: str
    message: str
    is_harmless: bool = False

    def __str__(self) -> str:
        return f"Segment {self.segment_number}, {self.element}: {self.message}"


class Malformed(FrontdeskError):
    """The file cannot be read as X12; each problem says where and what was expected."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(str(problem) for problem in self.problems))
