"""The files that claims are sent in: written to the office's folder, handed over, marked as sent."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_time
from frontdesk.services.billing import batches
from frontdesk.services.billing.batch_blocks import MadeAnew
from frontdesk.services.billing.batches import BatchRow, BatchState, Channel
from frontdesk.services.billing.mail_file import MailFile, remove_file, write_file
from frontdesk.ui.billing.batch_list import BatchListDialog, state_words
from frontdesk.ui.desk import Asker, Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.table import Column
from frontdesk.ui.text import counted, tr

_SETTING = "claim_folder"


class ClaimFiles(QObject):
    """Knows the folder, writes the files, and shows them."""

    told = Signal(str)

    def __init__(self, desk: Desk, page: QWidget, settings: QSettings | None = None) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._settings = settings or QSettings("Frontdesk", "Frontdesk")
        self.dialog: FilesDialog | None = None
        self.banner = Banner("info")
        self.banner.acted.connect(self.open_dialog)

    def look(self) -> None:
        """Ask which files were made and not marked as sent."""
        self._desk.ask(
            Asker(self, self.refused), self._show_unsent, batches.batches, states=(BatchState.MADE,)
        )

    @property
    def folder(self) -> Path | None:
        """Where files were written last at this computer; None before the first time."""
        kept = str(self._settings.value(_SETTING, ""))
        return Path(kept) if kept else None

    def use_folder(self, folder: Path) -> None:
        self._settings.setValue(_SETTING, str(folder))

    def when_folder_known(self, then: Callable[[Path], object]) -> None:
        """Ask for the folder the first time only."""
        folder = self.folder or self.choose_folder()
        if folder is not None:
            then(folder)

    def choose_folder(self) -> Path | None:
        """Ask which folder the clearinghouse's program reads; None when nothing was chosen."""
        chosen = QFileDialog.getExistingDirectory(self._page, tr("Folder for claim files"))
        if not chosen:
            return None
        self.use_folder(Path(chosen))
        return Path(chosen)

    def write(self, batch_ids: tuple[int, ...], folder: Path) -> None:
        """Write these files, then show them."""
        self.open_dialog()
        for batch_id in batch_ids:
            self.write_one(batch_id, folder)

    def write_one(self, batch_id: int, folder: Path) -> None:
        """Write a file while the dialog is open."""
        self._desk.ask(
            Asker(self, self.refused),
            lambda file: self._write(file, folder),
            batches.file_of,
            batch_id=batch_id,
        )

    def open_dialog(self, batch_id: int | None = None) -> None:
        """The files with their states and paths; one of them chosen."""
        self.dialog = FilesDialog(self._page, self._desk, self, batch_id)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def refused(self, error: FrontdeskError) -> None:
        if self.dialog is not None:
            self.dialog.refused(error)

    def _show_unsent(self, found: tuple[BatchRow, ...]) -> None:
        self.banner.say("info", unsent_words(len(found)) if found else "", action=tr("Open files"))

    def _write(self, file: MailFile, folder: Path) -> None:
        self._desk.run(self, self._written, write_file, file, folder)

    def _written(self, path: Path) -> None:
        self.told.emit(tr("Wrote {name}", name=path.name))
        if self.dialog is not None:
            self.dialog.show_path(path)

    def _closed(self) -> None:
        self.dialog = None


def unsent_words(files: int) -> str:
    """How many files still wait to be marked."""
    return counted(
        files, "{count} claim file is not marked as sent.", "{count} claim files are not marked as sent."
    )


class FilesDialog(BatchListDialog):
    """The newest files: what is written where, what is sent."""

    def __init__(self, parent: QWidget, desk: Desk, files: ClaimFiles, batch_id: int | None = None) -> None:
        super().__init__(
            parent,
            desk,
            Channel.FILE,
            tr("Claim files"),
            tr("Hand each file to its receiver, then mark it as sent: its claims lie with the payer then."),
            icon="file-up",
            name=Column("File", lambda batch: batch.file_name, width=150),
            state=_state,
            wanted=batch_id,
        )
        self._files = files
        self._path = EndingLabel("", "secondary", "text-2")
        folder = Button(tr("Other folder…"), "ghost", height="small")
        folder.clicked.connect(self._other_folder)
        self.write_button = self.add_verb(tr("Write again"), self._write_again, closes=False)
        self.end_with(tr("Mark as sent"))
        self.body.addLayout(row(self._path, None, folder))
        if files.folder is not None:
            self._path.setText(tr("Folder: {folder}", folder=files.folder))
        self.look()

    def show_path(self, path: Path) -> None:
        """Where a file was written."""
        self._path.setText(tr("Written: {path}", path=path))

    def choose(self, batch: BatchRow | None) -> None:
        """Any file is written again; only one that was not sent is marked or taken apart."""
        super().choose(batch)
        self.write_button.setEnabled(batch is not None)

    def made_anew(self, old: BatchRow, anew: MadeAnew) -> None:
        """The new file is written where the old one is taken away, if it has not left yet."""
        super().made_anew(old, anew)
        folder = self._files.folder
        if folder is None:
            return
        self._desk.ask(
            Asker(self, self.refused),
            lambda file: self._desk.run(
                self, lambda gone: self._say_gone(file, gone), remove_file, file, folder
            ),
            batches.file_of,
            batch_id=old.id,
        )
        if anew.batch_id is not None:
            self._files.write_one(anew.batch_id, folder)

    def _say_gone(self, file: MailFile, is_gone: bool) -> None:
        if not is_gone:
            self.banner.say(
                "warn",
                tr("{name} was not in the folder. If it left already, tell its receiver.", name=file.name),
            )
            self.adjustSize()

    def _write_again(self) -> None:
        batch = self.table.current()
        folder = self._files.folder or self._files.choose_folder()
        if batch is not None and folder is not None:
            self._desk.ask(
                self,
                lambda file: self._desk.run(self, self.show_path, write_file, file, folder),
                batches.file_of,
                batch_id=batch.id,
            )

    def _other_folder(self) -> None:
        folder = self._files.choose_folder()
        if folder is not None:
            self._path.setText(tr("Folder: {folder}", folder=folder))


def _state(batch: BatchRow) -> str:
    sent = f"{batch.sent_at:%m/%d} {us_time(batch.sent_at)}" if batch.sent_at else ""
    return state_words(batch, sent=tr("Sent {day}", day=sent), waits=tr("Not sent yet"))
