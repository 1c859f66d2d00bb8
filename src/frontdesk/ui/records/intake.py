"""Files that come in by drag and drop or by hand: kept one after another, refused ones named."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.services.records import content, tray
from frontdesk.services.records.sniff import Seen
from frontdesk.ui.desk import Desk


class Intake(QObject):
    """Works through a list of files; `finished` tells the last document and what was refused."""

    added = Signal(object)
    """The id of a document that is in the tray now."""
    finished = Signal(int, object)
    """How many were added, and the sentences for those that were not."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[Path] = []
        self._path = Path()
        self._patient_id: int | None = None
        self._count = 0
        self._refused: list[str] = []
        self._twins: list[Path] = []
        self._again = False

    @property
    def twins(self) -> tuple[Path, ...]:
        """Files that were refused only because they are here already."""
        return tuple(self._twins)

    def add(self, paths: Sequence[Path], patient_id: int | None, *, again: bool = False) -> None:
        """Put files into the tray, for a chart where one is open; `again` allows second copies."""
        self._patient_id, self._again = patient_id, again
        self._count, self._refused, self._twins = 0, [], []
        self._waiting = list(paths)
        self._next()

    def refused(self, error: FrontdeskError) -> None:
        if isinstance(error, Refused) and all(finding.overridable for finding in error.findings):
            self._twins.append(self._path)
        self._refused.append(f"{self._path.name}: {error}")
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self.finished.emit(self._count, tuple(self._refused))
            return
        self._path = self._waiting.pop(0)
        self._desk.run(self, self._kept, content.store, self._desk.database, self._path)

    def _kept(self, seen: Seen) -> None:
        self._desk.do(
            self,
            self._received,
            tray.receive,
            sha256=seen.sha256,
            arrived_as=self._path.name,
            title=_title_from(self._path),
            patient_id=self._patient_id,
            again=self._again,
        )

    def _received(self, document_id: int) -> None:
        self._count += 1
        self.added.emit(document_id)
        self._next()


def _title_from(path: Path) -> str:
    """ "discharge_summary-2.pdf" as a first guess of a title."""
    words = path.stem.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
