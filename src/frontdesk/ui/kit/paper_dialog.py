"""A paper before it is printed: looked at, printed, or saved as PDF."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.errors import Unavailable
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WIDTH, _HEIGHT = 720, 620


class PaperDialog(Dialog):
    """Owns the question for its PDF: hand `show_pdf` to `desk.ask`."""

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, file_name: str, *, actual_size: bool = False
    ) -> None:
        super().__init__(parent, title, icon="file-text", icon_color="accent", width=_WIDTH)
        self._desk = desk
        self._file_name = file_name
        self._pdf = b""
        self.view = PdfView(says=title, actual_size=actual_size)
        self.view.setFixedHeight(min(theme().px(_HEIGHT), parent.window().height() - theme().px(140)))
        self.body.addWidget(self.view)
        self.add_verb(tr("Close"), keys="Esc")
        self.save_button = self.add_verb(tr("Save as PDF…"), self._choose_path, closes=False)
        self.print_button = self.add_verb(tr("Print"), self.view.print_out, kind="primary", closes=False)
        self.save_button.setEnabled(False)
        self.print_button.setEnabled(False)

    def show_pdf(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.view.show_pdf(pdf, self._file_name)
        self.save_button.setEnabled(True)
        self.print_button.setEnabled(True)

    def show_on_form(self, shown: bytes, printed: bytes) -> None:
        """A paper whose lines are on the paper already: they are shown, and neither printed nor saved."""
        self.show_pdf(shown)
        self._pdf = printed
        self.view.print_instead(printed)

    def save(self, path: Path) -> None:
        """Write the PDF there."""
        self._desk.run(self, self._saved, write_file, path, self._pdf)

    def _choose_path(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save as PDF"), self._file_name, "PDF (*.pdf)")
        if chosen:
            self.save(Path(chosen))

    def _saved(self, path: Path) -> None:
        self.banner.say("ok", tr("Saved as {path}", path=path))


def write_file(path: Path, content: bytes) -> Path:
    """For `desk.run`: raises Unavailable with a sentence where the folder does not take it."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Unavailable(tr("The file could not be written. Choose another folder.")) from error
    return path
