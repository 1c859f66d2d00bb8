"""How documents come in at this desk: from the disk, by drag and drop, pasted, scanned, from a folder."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records import scanner, watch_folder
from frontdesk.services.records.watch_folder import FolderView
from frontdesk.services.records.watching import REFUSED, Put, refused_in
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.page import Key
from frontdesk.ui.records.intake import FromScanner, Intake, Source, from_clipboard
from frontdesk.ui.records.watch_dialog import WatchDialog
from frontdesk.ui.text import counted, tr

_MOST_NAMED = 3


class BringingIn(QObject):
    """Puts what comes into the tray, for the chart that is open; says what was refused."""

    added = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, page: QWidget, banner: Banner, patient: Callable[[], int | None]) -> None:
        super().__init__(page)
        self._desk, self._page, self._banner, self._patient = desk, page, banner, patient
        self._twins: tuple[Source, ...] = ()
        self._folder = ""
        self.can_scan = scanner.is_installed()
        self.aside = Banner("warn", icon="folder-x")
        """What the watch folder could not bring in."""
        self.aside.acted.connect(self._open_folder)
        self.intake = Intake(desk, self)
        self.intake.added.connect(self.added)
        self.intake.finished.connect(self._finished)
        banner.acted.connect(self._again)

    def keys(self) -> tuple[Key, ...]:
        """What brings documents in; the scanner's only where there is one."""
        scan = (Key("Ctrl+Shift+S", tr("Scan"), self.scan),) if self.can_scan else ()
        return (
            Key("Ctrl+N", tr("File document"), self.choose_files),
            *scan,
            Key("Ctrl+V", tr("Paste files or a picture"), self.paste),
            Key("Ctrl+Shift+W", tr("Watch folder"), self.set_up_folder),
        )

    def choose_files(self) -> None:
        """Ctrl+N."""
        kinds = tr("Documents (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.txt)")
        chosen, _ = QFileDialog.getOpenFileNames(self._page, tr("File document"), "", kinds)
        self.take([Path(name) for name in chosen])

    def paste(self) -> None:
        """Ctrl+V: the files or the picture that were copied."""
        found = from_clipboard(QGuiApplication.clipboard().mimeData())
        if found:
            self.take(found)
        else:
            self._banner.say(
                "block", tr("Neither files nor a picture were copied. Copy them, then paste again.")
            )

    def scan(self) -> None:
        """Ctrl+Shift+S: a page from the scanner of this desk."""
        if self.can_scan and not self.intake.is_busy:
            self.told.emit(tr("Scanning…"))
            self.take([FromScanner("scan.png", tr("Scan"))])

    def drop(self, data: QMimeData) -> None:
        self.take(from_clipboard(data))

    def take(self, sources: Sequence[Source]) -> None:
        if sources:
            self._banner.say("block", "")
            self.intake.add(sources, self._patient())

    def set_up_folder(self) -> None:
        """Ctrl+Shift+W."""
        if self._desk.may("records.edit_intake"):
            WatchDialog(self._page, self._desk).open()

    def look_aside(self) -> None:
        """What lies in the folder of the refused now."""
        self._desk.ask(self, self._look_aside, watch_folder.of_this_station)

    def refused(self, error: FrontdeskError) -> None:
        """A folder that cannot be looked into says nothing."""

    def _look_aside(self, seen: FolderView) -> None:
        self._folder = seen.folder.path if seen.folder.is_active else ""
        if self._folder:
            self._desk.run(self, self._show_aside, refused_in, self._folder)
        else:
            self._show_aside(())

    def _show_aside(self, refused: tuple[Put, ...]) -> None:
        named = " ".join(f"{each.name}: {each.why}" for each in refused[:_MOST_NAMED])
        one = "{count} file of the watch folder was not taken."
        many = "{count} files of the watch folder were not taken."
        said = f"{counted(len(refused), one, many)} {named}" if refused else ""
        self.aside.say("warn", said, action=tr("Open folder"), icon="folder-x")

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._folder) / REFUSED)))

    def _finished(self, count: int, refused: tuple[str, ...]) -> None:
        self._twins = self.intake.twins
        if refused:
            again = tr("Add again") if self._twins else ""
            self._banner.say("block", "\n".join(refused), action=again)
        if count:
            self.told.emit(counted(count, "1 document in the tray", "{count} documents in the tray"))

    def _again(self) -> None:
        twins, self._twins = self._twins, ()
        self._banner.say("block", "")
        self.intake.add(twins, self._patient(), again=True)
