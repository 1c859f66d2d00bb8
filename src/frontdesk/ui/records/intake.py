"""Files and pictures that come in by hand: kept one after another, refused ones named."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.services.database import Database
from frontdesk.services.records import content, many_files, scanner, tray
from frontdesk.services.records.sniff import Seen, shown_name
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import tr


@dataclass(frozen=True, slots=True)
class Pasted:
    """Bytes that came without a file: a picture from the clipboard."""

    name: str
    data: bytes
    title: str


@dataclass(frozen=True, slots=True)
class FromScanner:
    """A page that is about to be scanned."""

    name: str
    title: str


Source = Path | Pasted | FromScanner
_AT_ONCE = 100
"""How many files are kept before the first of them is in the tray."""


class Intake(QObject):
    """Works through a list of files; `finished` tells the last document and what was refused."""

    added = Signal(object)
    """The id of a document that is in the tray now."""
    finished = Signal(int, object)
    """How many were added, and the sentences for those that were not."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[tuple[Source, int | None, bool]] = []
        self._now: tuple[Source, int | None, bool] | None = None
        self._count = 0
        self._refused: list[str] = []
        self._twins: list[Source] = []
        self._told: dict[Path, Seen | Refused] = {}

    @property
    def twins(self) -> tuple[Source, ...]:
        """What was refused only because it is here already."""
        return tuple(self._twins)

    @property
    def is_busy(self) -> bool:
        return self._now is not None

    def add(self, sources: Sequence[Source], patient_id: int | None, *, again: bool = False) -> None:
        """Put them into the tray, for a chart where one is open; `again` allows second copies."""
        self._waiting += [(source, patient_id, again) for source in sources]
        if not self.is_busy:
            self._count, self._refused, self._twins = 0, [], []
            self._next()

    def refused(self, error: FrontdeskError) -> None:
        assert self._now is not None
        source = self._now[0]
        if isinstance(error, Refused) and all(finding.overridable for finding in error.findings):
            self._twins.append(source)
        named = "" if isinstance(source, FromScanner) else f"{shown_name(source.name)}: "
        self._refused.append(f"{named}{error}")
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._now = None
            self.finished.emit(self._count, tuple(self._refused))
            return
        self._now = self._waiting.pop(0)
        source, database = self._now[0], self._desk.database
        if isinstance(source, Path):
            if source in self._told:
                self._go_on(source)
                return
            following = [each for each, *_ in self._waiting[: _AT_ONCE - 1] if isinstance(each, Path)]
            files = tuple(dict.fromkeys((source, *following)))
            self._desk.run(self, self._looked, _kept_all, database, files)
        elif isinstance(source, Pasted):
            self._desk.run(self, self._kept, content.store_bytes, database, source.data, source.name)
        else:
            self._desk.run(self, self._kept, scanner.scan, database)

    def _looked(self, told: dict[Path, Seen | Refused]) -> None:
        assert self._now is not None
        self._told = told
        source = self._now[0]
        assert isinstance(source, Path)
        self._go_on(source)

    def _go_on(self, source: Path) -> None:
        told = self._told.pop(source)
        if isinstance(told, Refused):
            self.refused(told)
        else:
            self._kept(told)

    def _kept(self, seen: Seen) -> None:
        assert self._now is not None
        source, patient_id, again = self._now
        is_file = isinstance(source, Path)
        self._desk.do(
            self,
            self._received,
            tray.receive,
            sha256=seen.sha256,
            arrived_as=source.name if is_file else "",
            title=tray.title_from(source.name) if isinstance(source, Path) else source.title,
            source="" if is_file else tr("Scan"),
            patient_id=patient_id,
            again=again,
        )

    def _received(self, document_id: int) -> None:
        self._count += 1
        self.added.emit(document_id)
        self._next()


def _kept_all(database: Database, files: tuple[Path, ...]) -> dict[Path, Seen | Refused]:
    return dict(zip(files, many_files.store_all(database, files), strict=True))


def from_clipboard(data: QMimeData) -> tuple[Source, ...]:
    """The files or the picture that were copied; empty where it is neither."""
    files = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if files or not data.hasImage():
        return files
    picture = data.imageData()
    if not isinstance(picture, QImage) or picture.isNull():
        return ()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want the format as bytes
    return (Pasted("pasted.png", bytes(held.data()), tr("Pasted picture")),)
