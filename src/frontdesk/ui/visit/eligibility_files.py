"""The files between the office and its payers: questions saved, answers read, a folder or by hand."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.services.billing.mail_file import MailFile, write_file
from frontdesk.services.records import content
from frontdesk.services.records.sniff import Seen
from frontdesk.services.registration import eligibility_settings
from frontdesk.services.registration.eligibility_settings import SettingsView
from frontdesk.services.visit import eligibility_asking, eligibility_intake
from frontdesk.services.visit.eligibility_asking import Asked, Question
from frontdesk.services.visit.eligibility_intake import READ_BEFORE, TakenIn
from frontdesk.ui.desk import Asker, Desk
from frontdesk.ui.text import counted, tr

_SETTING = "eligibility_folder"


class EligibilityFiles(QObject):
    """Writes questions where the office's program picks them up, and reads what came back."""

    told = Signal(str)
    failed = Signal(object)
    """FrontdeskError: what stands in the way of a file."""
    finished = Signal()

    def __init__(self, desk: Desk, page: QWidget, settings: QSettings | None = None) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._settings = settings or QSettings("Frontdesk", "Frontdesk")
        self._waiting: list[Path] = []
        self._read: list[TakenIn] = []
        self._said: list[str] = []
        self._is_folder = False
        self._old = 0

    def refused(self, error: FrontdeskError) -> None:
        """A file that is not taken in is named, and the next one is read."""
        if self._waiting:
            path = self._waiting.pop(0)
            was_read = isinstance(error, Refused) and error.findings[0].field == READ_BEFORE
            if was_read and self._is_folder:
                self._old += 1
            else:
                self._said.append(f"{path.name}: {error}")
            self._next()
        else:
            self.failed.emit(error)

    # -- questions ------------------------------------------------------------

    def ask(self, questions: tuple[Question, ...]) -> None:
        """Write the questions and save their files."""
        self._waiting.clear()
        self._desk.do(self, self._asked, eligibility_asking.ask, questions=questions)

    def use_folder(self, folder: Path) -> None:
        """Where this computer saves questions, while the office has set no folder."""
        self._settings.setValue(_SETTING, str(folder))

    def _asked(self, asked: Asked) -> None:
        words = counted(asked.inquiries, "Wrote {count} question", "Wrote {count} questions")
        if asked.left_out:
            out = counted(len(asked.left_out), "{count} left out", "{count} left out")
            words = f"{words}, {out}"
            self.failed.emit(Refused(*(Finding(f"{each.plan}: {each.reason}") for each in asked.left_out)))
        self.told.emit(words)
        self._with_settings(lambda set_up: self._save(asked.batch_ids, set_up.draft.outgoing_folder))

    def _save(self, batch_ids: tuple[int, ...], office_folder: str) -> None:
        folder = self._folder(office_folder)
        if folder is None:
            self.finished.emit()
            return
        for batch_id in batch_ids:
            self._desk.ask(
                Asker(self, self.failed.emit),
                lambda file: self._write(file, folder),
                eligibility_asking.file_of,
                batch_id=batch_id,
            )

    def _folder(self, office_folder: str) -> Path | None:
        kept = office_folder or str(self._settings.value(_SETTING, ""))
        if kept:
            return Path(kept)
        chosen = QFileDialog.getExistingDirectory(self._page, tr("Folder for questions to payers"))
        if not chosen:
            self.failed.emit(
                Refused(
                    Finding(tr("The questions are written and kept, but not saved. Save them from Files."))
                )
            )
            return None
        self.use_folder(Path(chosen))
        return Path(chosen)

    def save_again(self, batch_id: int, path: Path) -> None:
        """A file once more, where somebody wants it."""
        self._desk.ask(
            Asker(self, self.failed.emit),
            lambda file: self._write(file, path),
            eligibility_asking.file_of,
            batch_id=batch_id,
        )

    def _write(self, file: MailFile, folder: Path) -> None:
        self._desk.run(self, self._written, write_file, file, folder)

    def _written(self, path: Path) -> None:
        self.told.emit(tr("Saved {name}", name=path.name))
        self.finished.emit()

    # -- answers --------------------------------------------------------------

    def choose_and_read(self) -> None:
        """What lies in the office's folder, or the files that somebody chooses."""
        self._with_settings(self._read_from)

    def read(self, paths: list[Path]) -> None:
        """Read these files one after another; what came of all of them is told at the end."""
        self._is_folder, self._old = False, 0
        self._start(paths)

    def _start(self, paths: list[Path]) -> None:
        self._waiting, self._read, self._said = paths, [], []
        self._next()

    def _read_from(self, set_up: SettingsView) -> None:
        if set_up.draft.incoming_folder:
            folder = Path(set_up.draft.incoming_folder)
            self._desk.run(self, lambda paths: self._found(folder, paths), _files_in, folder)
            return
        chosen, _ = QFileDialog.getOpenFileNames(
            self._page,
            tr("Read eligibility answers"),
            "",
            tr("Eligibility answers (*.271 *.edi *.x12 *.txt);;All files (*)"),
        )
        if chosen:
            self.read([Path(name) for name in chosen])

    def _found(self, folder: Path, paths: list[Path]) -> None:
        if paths:
            self._is_folder, self._old = True, 0
            self._start(paths)
        else:
            self.told.emit(tr("No file lies in {folder}", folder=folder.name))

    def _next(self) -> None:
        if not self._waiting:
            self._tell()
            return
        self._desk.run(self, self._kept, content.store, self._desk.database, self._waiting[0])

    def _kept(self, seen: Seen) -> None:
        self._desk.do(self, self._taken_in, eligibility_intake.take_in, sha256=seen.sha256)

    def _taken_in(self, taken: TakenIn) -> None:
        path = self._waiting.pop(0)
        self._read.append(taken)
        if taken.note:
            self._said.append(f"{path.name}: {taken.note}")
        self._next()

    def _tell(self) -> None:
        if self._read:
            self.told.emit(read_words(self._read))
        elif self._old and not self._said:
            self.told.emit(tr("No new file. All that lie there were read before."))
        if self._said:
            self.failed.emit(Refused(*(Finding(sentence) for sentence in self._said)))
        self.finished.emit()

    def _with_settings(self, then: Callable[[SettingsView], object]) -> None:
        self._desk.ask(Asker(self, self.failed.emit), then, eligibility_settings.settings)


def read_words(read: list[TakenIn]) -> str:
    """ "Read 12 answers, 1 refused by the payer, 2 fit nobody"."""
    words = [counted(sum(each.answers for each in read), "Read {count} answer", "Read {count} answers")]
    if failed := sum(each.failed for each in read):
        words.append(tr("{count} refused by the payer", count=failed))
    if loose := sum(each.unmatched for each in read):
        words.append(counted(loose, "{count} fits nobody", "{count} fit nobody"))
    if known := sum(each.known for each in read):
        words.append(tr("{count} here already", count=known))
    return ", ".join(words)


def _files_in(folder: Path) -> list[Path]:
    """The files of a folder by name; those read before are refused kindly when they are read again."""
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise Refused(
            Finding("The folder for answers cannot be read. Look whether it is still there, in the set-up.")
        ) from error
