"""A reception day through the real windows: `make tour`. Prints a line per step, writes build/tour/.

The steps are in `tests/e2e/day.py`. A step that fails is named, and the tour fails with it.
"""

import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without a screen Qt would abort the process

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from frontdesk.app import application
from frontdesk.demo import place
from frontdesk.demo.office import PASSWORD
from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.security import door
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from frontdesk.ui.theme import theme
from tests.e2e.driver import Driver

OUT = Path(__file__).parents[2] / "build" / "tour"
PATIENTS = 400


@dataclass(slots=True)
class Tour:
    """One day at one database; `remembers` carries what a step found to the later ones."""

    driver: Driver
    clock: SetClock
    out: Path
    say: Callable[[str], object] = print
    remembers: dict[str, object] = field(default_factory=dict)
    pictures: int = 0

    def step(self, title: str, act: "Callable[[Tour], object]") -> None:
        """Do one step, say how it went, and keep a picture."""
        begun = time.perf_counter()
        self.pictures += 1
        name = "".join(letter if letter.isalnum() else "-" for letter in title.lower()).strip("-")
        picture = self.out / f"{self.pictures:02d}-{name[:60]}.png"
        try:
            told = act(self)
        except Exception:
            self.driver.look(picture.with_name(f"failed-{picture.name}"))
            self.say(f"FAILED  {self.pictures:2d} {title}")
            raise
        self.driver.look(picture)
        seconds = time.perf_counter() - begun
        self.say(f"ok {self.pictures:2d}  {title}{f': {told}' if told else ''}  ({seconds:.1f} s)")


def open_window(database: Database, login: str, folder: Path) -> tuple[Window, Desk]:
    """The window at a desk, with somebody signed in."""
    desk = Desk(database)
    settings = QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)
    window = Window(desk, preferences=Preferences(settings))
    theme().use("light", 100)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    verdict = door.enter(database, login=login, password=PASSWORD)
    assert verdict.actor is not None, verdict.sentence
    window.let_in(verdict.actor)
    return window, desk


def run(database: Database, clock: SetClock, out: Path, say: Callable[[str], object] = print) -> Tour:
    """The whole day on an open demo practice."""
    from tests.e2e import day  # the steps import this module's Tour

    window, desk = open_window(database, "maria", out)
    tour = Tour(Driver(window, desk), clock, out, say)
    tour.driver.settle()
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
    clock = SetClock(place.STARTS_AT)
    database = Database.open_file(file, place.KEY, station=place.STATION, clock=clock)
    try:
        tour = run(database, clock, OUT)
    except Exception:  # noqa: BLE001 - the programme's top: the failed step has been named
        traceback.print_exc()
        return 1
    finally:
        database.close()
        shutil.rmtree(file.parent, ignore_errors=True)
        QApplication.processEvents()
    print(f"{tour.pictures} steps, all well; pictures and papers are in {OUT.relative_to(Path.cwd())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
