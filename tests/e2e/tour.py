"""A reception day through the real windows: `make tour`. Prints a line per step, writes build/tour/.

The steps are in `tests/e2e/day.py`. A step that fails is named, and the tour fails with it.
"""

import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without a screen Qt would abort the process

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from frontdesk.app import application
from frontdesk.demo import place
from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from frontdesk.ui.theme import theme
from tests.e2e.driver import Driver

OUT = Path(__file__).parents[2] / "build" / "tour"
PATIENTS = 400
STARTS_AT = place.STARTS_AT + timedelta(seconds=1)
"""Ids grow with time: in the instant in which the practice was made, a new one could lie below the old."""


@dataclass(slots=True)
class Tour:
    """One day at one desk; `remembers` carries what a step found to the later ones."""

    driver: Driver
    clock: SetClock
    out: Path
    another: Callable[[], Database]
    """Opens the same data as another desk's programme would."""
    say: Callable[[str], object] = print
    remembers: dict[str, object] = field(default_factory=dict)
    pictures: int = 0

    def step(self, title: str, act: "Callable[[Tour], object]") -> None:
        """Do one step, say how it went, and keep a picture."""
        begun = time.perf_counter()
        try:
            with heard_errors():
                told = act(self)
                self.look(title)
        except Exception:
            self.say(f"FAILED  {title}")
            self.look(f"failed {title}")
            raise
        seconds = time.perf_counter() - begun
        self.say(f"ok {self.pictures:2d}  {title}{f': {told}' if told else ''}  ({seconds:.1f} s)")

    def look(self, what: str, driver: Driver | None = None) -> None:
        """A picture of the window as it is now, also in the middle of a step; or of another window."""
        self.pictures += 1
        name = "".join(letter if letter.isalnum() else "-" for letter in what.lower()).strip("-")
        (driver or self.driver).look(self.out / f"{self.pictures:02d}-{name[:60]}.png")

    def pass_time(self, minutes: int) -> None:
        """The office's clock goes on."""
        self.clock.advance(minutes=minutes)

    def keep_paper(self, name: str, content: bytes) -> str:
        """A paper or file that a step made, in build/tour; gives back its size to be said."""
        (self.out / name).write_bytes(content)
        return f"{name}, {len(content):,} bytes"


@contextmanager
def heard_errors() -> Iterator[None]:
    """Qt goes on after an error in a slot or in painting; a step does not."""
    heard: list[BaseException] = []
    before = sys.excepthook
    sys.excepthook = lambda kind, error, trace: heard.append(error)
    try:
        yield
    finally:
        sys.excepthook = before
    if heard:
        raise heard[0]


def open_window(desk: Desk, folder: Path) -> Window:
    """The window of a desk, at its sign-in screen."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder))
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    settings = QSettings(str(folder / f"{desk.database.station.name}.ini"), QSettings.Format.IniFormat)
    window = Window(desk, preferences=Preferences(settings))
    theme().use("light", 100)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    return window


def run(
    desk: Desk,
    clock: SetClock,
    out: Path,
    another: Callable[[], Database],
    say: Callable[[str], object] = print,
) -> Tour:
    """The whole day at a desk of the demo practice; `another` opens the practice once more."""
    from tests.e2e import day  # the steps import this module's Tour

    with tempfile.TemporaryDirectory(prefix="frontdesk-tour-") as settings:
        window = open_window(desk, Path(settings))
        tour = Tour(Driver(window, desk), clock, out, another, say)
        try:
            for title, act in day.STEPS:
                tour.step(title, act)
        finally:
            window.close()
            tour.driver.until(lambda: desk.is_idle)
    return tour


def main() -> int:
    """On a fresh copy of the demo practice, on this computer's file."""
    application()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    file = place.ready_file(PATIENTS, lambda done, of, what: None)
    clock = SetClock(STARTS_AT)
    desk = Desk(Database.open_file(file, place.KEY, station=place.STATION, clock=clock))

    def another() -> Database:
        return Database.open_file(file, place.KEY, station="Front desk 1", clock=clock)

    try:
        tour = run(desk, clock, OUT, another)
    except Exception:  # noqa: BLE001 - the programme's top: the failed step has been named
        traceback.print_exc()
        return 1
    finally:
        desk.close()
        shutil.rmtree(file.parent, ignore_errors=True)
        QApplication.processEvents()
    print(f"{tour.pictures} pictures, all well; pictures and papers are in {OUT.relative_to(Path.cwd())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
