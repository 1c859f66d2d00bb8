"""What acts on the pages of the shown document: work on pages, the original, a copy, the printer."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records import signed, splitting, versions, viewing
from frontdesk.services.records.splitting import Split
from frontdesk.services.records.versions import VersionCause, VersionLine
from frontdesk.services.records.viewing import OpenedDocument
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.records.loading import save_copy
from frontdesk.ui.records.page_strip import PageStrip
from frontdesk.ui.text import counted, tr

_CAUSES = {
    VersionCause.CAME_IN: "As it came in",
    VersionCause.ARRANGED: "Pages arranged",
    VersionCause.SPLIT: "Split from a longer one",
    VersionCause.JOINED: "Put together from several",
    VersionCause.BROUGHT_BACK: "Brought back",
}
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/tiff": "tif", "text/plain": "txt"}


class DocumentTools(QObject):
    """Buttons in the bar of the view, and the strip of pages left of it."""

    arranged = Signal()
    """Its pages are others now."""
    split = Signal()
    """It is several documents now."""
    works_on_pages = Signal(bool)
    """The strip was opened, or closed."""
    told = Signal(str)
    failed = Signal(object)
    """A FrontdeskError."""

    def __init__(self, desk: Desk, view: PdfView, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._view, self._parent = desk, view, parent
        self._opened: OpenedDocument | None = None
        self._title = ""
        self.strip = PageStrip()
        self.original = Banner("info", icon="history")
        self.pages_button = IconButton("gallery-thumbnails", tr("Work on pages"), keys="Ctrl+G")
        self.original_button = IconButton("history", tr("As it came in"), keys="Ctrl+Shift+O")
        self.copy_button = IconButton("download", tr("Save a copy"), keys="Ctrl+Shift+E")
        for button in (self.pages_button, self.original_button):
            button.setCheckable(True)
        self.pages_button.clicked.connect(self._turn_strip)
        self.original_button.clicked.connect(self._show_original)
        self.copy_button.clicked.connect(self.save_copy)
        self.strip.keep_wanted.connect(self._keep)
        self.strip.split_wanted.connect(self._split)
        self.strip.list.turned_to.connect(view.go_to)
        self.original.acted.connect(self._bring_back)
        view.set_side(self.strip)
        view.add_tools(self.pages_button, self.original_button, self.copy_button)
        self.show_document(None)

    def keys(self) -> tuple[Key, ...]:
        """What acts on the pages."""
        return (
            Key("Ctrl+G", tr("Work on pages: turn, move, leave out, split"), self.toggle_pages),
            Key("Ctrl+S", tr("Keep the pages, or split"), self.strip.send),
            Key("Ctrl+Shift+O", tr("As it came in"), self.toggle_original),
            Key("Ctrl+Shift+E", tr("Save a copy"), self.save_copy),
        )

    @property
    def is_under_way(self) -> bool:
        """Whether pages were moved or turned, and not kept yet."""
        return self.strip.is_on and self.strip.plan.is_changed

    def show_document(self, opened: OpenedDocument | None, title: str = "") -> None:
        """What the buttons act on; its pages come with `show_pages`."""
        self._opened, self._title = opened, title
        self.pages_button.setVisible(opened is not None and self._desk.may("records.file"))
        self.original_button.setVisible(opened is not None and opened.is_arranged)
        self.copy_button.setVisible(opened is not None and self._desk.may("records.export"))
        self.original_button.setChecked(False)
        self.original.say("info", "")
        self.strip.show_document(None, can_split=True)

    def show_pages(self) -> None:
        """The view has the pages of the document."""
        if self.strip.is_on and self._opened is not None:
            self.strip.show_document(self._view.document, can_split=not self._opened.is_filed)

    def toggle_pages(self) -> None:
        """Ctrl+G."""
        if not self.pages_button.isHidden() or self.strip.is_on:
            self.pages_button.toggle()
            self._turn_strip()

    def toggle_original(self) -> None:
        """Ctrl+Shift+O."""
        if not self.original_button.isHidden():
            self.original_button.toggle()
            self._show_original()

    def refused(self, error: FrontdeskError) -> None:
        self.failed.emit(error)

    # -- pages --------------------------------------------------------------------

    def _turn_strip(self) -> None:
        is_on = self.pages_button.isChecked()
        self.strip.turn_on(shown=is_on)
        self.works_on_pages.emit(is_on)
        if is_on:
            self.show_pages()
            self.strip.list.setFocus()

    def _keep(self) -> None:
        if (opened := self._opened) is not None and self.strip.plan.is_changed:
            self._desk.do(
                self,
                self._kept,
                versions.arrange,
                document_id=opened.document_id,
                pages=self.strip.plan.pages(),
                version=opened.version,
            )

    def _kept(self, _result: object) -> None:
        self.told.emit(tr("Kept the pages as a new version"))
        self.arranged.emit()

    def _split(self) -> None:
        if (opened := self._opened) is not None and self.strip.plan.starts:
            self._desk.do(
                self,
                self._was_split,
                splitting.split_at,
                document_id=opened.document_id,
                starts=self.strip.plan.starts,
                version=opened.version,
            )

    def _was_split(self, done: Split) -> None:
        one, many = "Split into {count} document", "Split into {count} documents"
        self.told.emit(counted(len(done.part_ids), one, many))
        self.split.emit()

    # -- the original ---------------------------------------------------------------

    def _show_original(self) -> None:
        opened = self._opened
        if opened is None:
            return
        if not self.original_button.isChecked():
            self.arranged.emit()  # as it is kept now
            return
        document_id = opened.document_id
        self._desk.ask(self, self._tell_versions, versions.versions_of, document_id=document_id)
        self._desk.ask(
            self, self._show_first_version, versions.version_pdf, document_id=document_id, number=1
        )

    def _tell_versions(self, lines: tuple[VersionLine, ...]) -> None:
        shown = next((line for line in lines if line.is_shown), None)
        if shown is None or not self.original_button.isChecked():
            return
        now = tr(
            "Version {number} is in use: {cause} by {name}.",
            number=shown.number,
            cause=tr(_CAUSES[shown.cause]).lower(),
            name=shown.by,
        )
        can = tr("Use this one") if self._desk.may("records.file") else ""
        self.original.say("info", f"{tr('This is how it came in.')} {now}", icon="history", action=can)

    def _show_first_version(self, pdf: bytes) -> None:
        if self.original_button.isChecked():
            self.strip.show_document(None, can_split=True)
            self._view.show_pdf(pdf, self._title)

    def _bring_back(self) -> None:
        if (opened := self._opened) is not None:
            self._desk.do(
                self,
                self._kept,
                versions.bring_back,
                document_id=opened.document_id,
                number=1,
                version=opened.version,
            )

    # -- out of the office ------------------------------------------------------------

    def save_copy(self) -> None:
        """Ctrl+Shift+E: a copy as a file; that it left is in the log before it does."""
        opened = self._opened
        if opened is None or self.copy_button.isHidden():
            return
        ending = _SUFFIXES.get(opened.media_type, "pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent, tr("Save a copy"), f"document.{ending}", f"*.{ending}"
        )
        if chosen:
            target = Path(chosen)
            self._desk.do(self, lambda _: self._write(target), viewing.export, document_id=opened.document_id)

    def _write(self, target: Path) -> None:
        if self._opened is not None:
            self._desk.run(
                self,
                lambda _: self.told.emit(tr("Saved a copy")),
                save_copy,
                self._desk.database,
                self._desk.actor,
                self._opened.document_id,
                target,
            )

    def note_print(self, pages: int, consent_id: int | None) -> None:
        """Paper left the printer."""
        if self._opened is not None:
            document_id = self._opened.document_id
            self._desk.do(self, self._noted, viewing.note_print, document_id=document_id, pages=pages)
        elif consent_id is not None:
            self._desk.do(self, self._noted, signed.note_print, consent_id=consent_id, pages=pages)

    def _noted(self, _result: None) -> None:
        """The log has it; nothing on the screen changes."""
