"""Lines of a file that were refused, each with its reason, and the list of them that is kept."""

import csv
from dataclasses import dataclass
from pathlib import Path

from frontdesk.kernel.errors import Unavailable


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that cannot be taken, with the reason in a whole sentence."""

    line: int
    reason: str
    stops: bool = False
    """Nothing of the file can be taken before this is put right."""


def save(path: Path, refused: tuple[RefusedLine, ...]) -> int:
    """Line and reason as CSV; how many. Raises `Unavailable` where the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("line", "reason"))
            writer.writerows((line.line, line.reason) for line in refused)
    except OSError as problem:
        raise Unavailable(
            f"The file cannot be written: {problem.strerror}. Choose another place."
        ) from problem
    return len(refused)
