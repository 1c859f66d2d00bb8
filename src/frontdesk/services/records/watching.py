"""A round through the watch folder: what is complete goes into the tray, what cannot be kept is put aside.

A file is claimed by moving it into `taking`, which one station only can do: of several that look
through the same folder one takes it, whenever they look. What lies there after a crash is taken up at
the next start; bytes that are in the tray already are then known again and not added twice.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.services.database import Database
from frontdesk.services.records import content, tray, watch_folder
from frontdesk.services.records.watch_folder import Afterwards, Folder
from frontdesk.services.work import Actor

TAKING: Final = "taking"
FILED: Final = "filed"
REFUSED: Final = "refused"
_WHY: Final = ".why.txt"
_LOOKED_AT: Final = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt"})
"""All else that lies in the folder is none of ours and stays: other programs' files, half-written ones."""
_MOST_IN_A_ROUND: Final = 50


@dataclass(frozen=True, slots=True)
class Put:
    """A file that was refused, with the sentence."""

    name: str
    why: str


@dataclass(slots=True)
class Round:
    """What a round brought."""

    taken: list[int] = field(default_factory=list)
    """The documents that are in the tray now."""
    refused: list[Put] = field(default_factory=list)


def _never() -> bool:
    return False


class FolderRounds:
    """Looks through the folder of this station, again and again; remembers how long each file was."""

    def __init__(self, database: Database, actor: Actor, *, is_stopped: Callable[[], bool] = _never) -> None:
        self._database, self._actor, self._is_stopped = database, actor, is_stopped
        self._seen: dict[str, tuple[int, int]] = {}
        self._is_first = True

    def go(self) -> Round:
        """One round; a folder that is not there, or not to be read, gives an empty one."""
        done = Round()
        folder = self._database.ask(self._actor, watch_folder.of_this_station).folder
        root = Path(folder.path) if folder.path else None
        if not folder.is_active or root is None or not root.is_dir():
            self._seen.clear()
            return done
        with suppress(OSError):  # a share that went away in the middle: the next round goes on
            if self._is_first:
                for left in sorted(self._own(root).iterdir() if self._own(root).is_dir() else ()):
                    self._take(root, folder, left, done, was_claimed=True)
                self._is_first = False
            for file in self._complete(root):
                if self._is_stopped():
                    break
                claimed = self._claim(root, file)
                if claimed is not None:
                    self._take(root, folder, claimed, done, was_claimed=False)
        return done

    def _complete(self, root: Path) -> Iterator[Path]:
        """Files that did not grow since the round before; what is being written is left."""
        found: dict[str, tuple[int, int]] = {}
        ready = []
        for file in sorted(root.iterdir()):
            name = file.name
            if name.startswith((".", "~")) or file.suffix.lower() not in _LOOKED_AT or not _is_file(file):
                continue
            seen = file.stat()
            found[name] = (seen.st_size, seen.st_mtime_ns)
            if self._seen.get(name) == found[name]:
                ready.append(file)
        self._seen = found
        yield from ready[:_MOST_IN_A_ROUND]

    def _claim(self, root: Path, file: Path) -> Path | None:
        """The file where only this station finds it; None where another one was first."""
        own = self._own(root)
        own.mkdir(parents=True, exist_ok=True)
        target = _reserved(own, file.name)
        try:
            file.replace(target)
        except OSError:  # gone, or still open in the program that writes it
            target.unlink()
            return None
        self._seen.pop(file.name, None)
        return target

    def _take(self, root: Path, folder: Folder, file: Path, done: Round, *, was_claimed: bool) -> None:
        try:
            seen = content.store(self._database, file)
            received = self._database.do(
                self._actor,
                tray.receive,
                sha256=seen.sha256,
                arrived_as=file.name,
                title=tray.title_from(file.name),
                source=folder.source,
            )
        except Refused as error:
            is_twin = all(finding.overridable for finding in error.findings)
            if is_twin and was_claimed:  # it was added, and the crash came before it was moved
                self._put_away(root, folder, file)
                return
            done.refused.append(Put(file.name, str(error)))
            aside = _moved(file, root / REFUSED)
            aside.with_name(aside.name + _WHY).write_text(f"{error}\n", encoding="utf-8")
        except FrontdeskError:  # the database cannot be reached, the disk is full: another round
            _moved(file, root)
        else:
            done.taken.append(received.result)
            self._put_away(root, folder, file)

    def _put_away(self, root: Path, folder: Folder, file: Path) -> None:
        if folder.afterwards is Afterwards.REMOVE:
            file.unlink()
        else:
            _moved(file, root / FILED)

    def _own(self, root: Path) -> Path:
        return root / TAKING / str(self._database.station.id)


def refused_in(path: str) -> tuple[Put, ...]:
    """What lies in the folder of the refused, each with its sentence; oldest first."""
    found = []
    with suppress(OSError):
        files = [file for file in (Path(path) / REFUSED).iterdir() if not file.name.endswith(_WHY)]
        for file in sorted(files, key=lambda file: (file.stat().st_mtime, file.name)):
            why = file.with_name(file.name + _WHY)
            said = why.read_text(encoding="utf-8").strip() if why.is_file() else ""
            found.append(Put(file.name, said))
    return tuple(found)


def _is_file(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _moved(file: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = _reserved(folder, file.name)
    file.replace(target)
    return target


def _reserved(folder: Path, name: str) -> Path:
    """A name in a folder that nothing bears yet, taken before another station can: "fax.pdf", "fax-2.pdf"."""
    target, number = folder / name, 2
    while True:
        try:
            target.open("xb").close()
        except FileExistsError:
            target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
            number += 1
        else:
            return target
