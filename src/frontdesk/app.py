"""The client from its start to its end: finds the office, opens the desk, shows the window."""

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk.kernel.clock import ShiftedClock
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services import keys, places
from frontdesk.services.database import Database
from frontdesk.services.places import Place
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.garbage import keep_in_this_thread
from frontdesk.ui.records.folder_timer import FolderWatcher
from frontdesk.ui.records.text_timer import TextReader
from frontdesk.ui.schedule.reminder_timer import ReminderSender
from frontdesk.ui.shell.crash import CrashWindow
from frontdesk.ui.shell.loading_ahead import LoadingAhead
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.preparing import Preparing
from frontdesk.ui.shell.window import Window
from frontdesk.ui.text import tr

if TYPE_CHECKING:
    from frontdesk.services.office.opening import Opened

_DEMO_LOGIN = "dana"


def run(place: Place | None, *, is_demo: bool = False, patients: int = 2500) -> int:
    """Shows the client until its window is closed. Raises FrontdeskError where there is no screen."""
    app = application()
    client = Client(app)
    if is_demo:
        client.start_demo(patients)
    else:
        client.start(place)
    return app.exec()


def application() -> QApplication:
    """The Qt application, or a sentence in place of Qt's abort where there is no screen."""
    is_linux = sys.platform.startswith("linux")
    if is_linux and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise FrontdeskError(
            "Frontdesk needs a screen, and this session has none. "
            "Start it on the desktop, or with a virtual screen: xvfb-run frontdesk."
        )
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Frontdesk")
    app.setDesktopFileName("frontdesk")
    keep_in_this_thread(app)
    return app


def build_window(desk: Desk, actor: Actor | None = None, preferences: Preferences | None = None) -> Window:
    """The window of a desk; with an actor somebody is signed in already."""
    return Window(desk, preferences=preferences, actor=actor)


class Client(QObject):
    """Holds whichever window is in front, and the desk behind it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._window: QWidget | None = None
        self._desk: Desk | None = None
        self._sender: ReminderSender | None = None
        self._reader: TextReader | None = None
        self._watcher: FolderWatcher | None = None
        self._ahead: LoadingAhead | None = None
        self._demo_files: list[Path] = []
        self._crash = CrashWindow()
        self._crash.install()
        Preferences().apply()
        app.aboutToQuit.connect(self._end)

    def start(self, place: Place | None) -> None:
        """The remembered or named office; the first set-up where there is none."""
        if place is None:
            self._first_run()
            return
        try:
            self._open(places.open_place(place))
        except keys.PassphraseNeeded:
            # Loaded here, as all the windows below that an ordinary morning does not show.
            from frontdesk.ui.shell.passphrase import PassphraseWindow

            asking = PassphraseWindow(place)
            asking.opened.connect(self._open)
            self._show(asking)

    def start_demo(self, patients: int) -> None:
        """The sample office, on its Tuesday at 10:42: built once, then copied afresh for each start."""
        # Loaded here: the real office never needs the sample's making.
        from frontdesk.demo import place

        if place.is_made(patients):
            self._demo_files.append(place.ready_file(patients))
            self._open_demo()
            return
        preparing = Preparing(
            tr("Making a sample office"),
            lambda progress: self._demo_files.append(place.ready_file(patients, progress)),
        )
        preparing.finished.connect(self._open_demo)
        preparing.failed.connect(self._give_up)
        self._window = preparing
        preparing.begin()

    def _open_demo(self) -> None:
        from frontdesk.demo import acting, place
        from frontdesk.demo.start import PASSWORD

        database = Database.open_file(
            self._demo_files[-1], place.KEY, station=place.STATION, clock=ShiftedClock(place.STARTS_AT)
        )
        sys.stdout.write(f"This is a sample office. Everybody's password in it is: {PASSWORD}\n")
        self._open(database, acting.come_in(database, _DEMO_LOGIN))

    def _first_run(self) -> None:
        from frontdesk.ui.security.first_run import FirstRun

        setting_up = FirstRun()
        setting_up.opened.connect(self._set_up)
        setting_up.sample_wanted.connect(lambda: self.start_demo(2500))
        setting_up.setWindowTitle("Frontdesk")
        setting_up.resize(1200, 800)
        self._show(setting_up)

    def _set_up(self, opened: "Opened") -> None:
        """A new office gets what its first visit needs; one that others have set up is there already."""
        from frontdesk.services.visit import starting_set

        database, actor = opened.database, opened.actor
        if actor is None:
            self._open(database)
            return
        what = tr("Hours, forms and code lists")
        preparing = Preparing(
            tr("Preparing the office"),
            lambda progress: starting_set.open_for_work(
                database, actor, lambda done, of: progress(done, of, what)
            ),
        )
        preparing.finished.connect(lambda: self._open(database, actor))
        preparing.failed.connect(self._give_up)
        self._show(preparing)
        preparing.begin()

    def _open(self, database: Database, actor: Actor | None = None) -> None:
        database.watch_others()
        self._desk = Desk(database)
        self._reader = TextReader(self._desk)
        self._watcher = FolderWatcher(self._desk)
        self._ahead = LoadingAhead(self._desk)
        if not self._demo_files:  # a sample office writes to nobody
            self._sender = ReminderSender(self._desk)
        window = build_window(self._desk, actor)
        window.closed.connect(QApplication.quit)
        self._show(window)

    def _show(self, window: QWidget) -> None:
        former, self._window = self._window, window
        window.show()
        if former is not None:
            former.close()
            former.deleteLater()

    def _give_up(self, why: str) -> None:
        sys.stderr.write(f"{why}\n")
        QTimer.singleShot(0, lambda: QApplication.exit(1))

    def _end(self) -> None:
        self._crash.remove()
        if self._sender is not None:
            self._sender.stop()
        if self._reader is not None:
            self._reader.stop()
        if self._watcher is not None:
            self._watcher.stop()
        if self._ahead is not None:
            self._ahead.stop()
        if self._desk is not None:
            self._desk.close()
        for file in self._demo_files:
            shutil.rmtree(file.parent, ignore_errors=True)
