"""A document's pages on their way to the screen: read beside the window, in memory once."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtGui import QImage

from frontdesk.formats.page_picture import PagePicture
from frontdesk.kernel.errors import Cancelled, Finding, FrontdeskError, Refused
from frontdesk.services.database import Database
from frontdesk.services.records import viewing
from frontdesk.services.records.viewing import OpenedDocument
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk


class Loading:
    """One document; once nobody waits for it any more the reading stops at the next piece."""

    def __init__(self, document_id: int) -> None:
        self.document_id = document_id
        self.is_wanted = True
        self._whole = QByteArray()

    def run(self, database: Database, actor: Actor) -> QByteArray:
        """On a thread of the desk; raises Cancelled."""
        database.ask(actor, viewing.pour_pdf, document_id=self.document_id, write=self._take)
        return self._whole

    def _take(self, piece: bytes) -> None:
        if not self.is_wanted:
            raise Cancelled("Another document was chosen.")
        self._whole.append(piece)


class PagesOnTheWay(QObject):
    """Brings the pages of one document at a time; of a long one the first page before the rest."""

    first = Signal(object)
    """The PagePicture of the first page."""
    arrived = Signal(object)
    """All of it, as a QByteArray."""
    failed = Signal(object)
    """A FrontdeskError."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._loading: Loading | None = None

    def start(self, opened: OpenedDocument, width: int) -> None:
        """The first page of a long one is drawn so many pixels wide."""
        self.stop()
        loading = self._loading = Loading(opened.document_id)
        desk = self._desk
        if opened.is_long:
            desk.ask(self, self._show_first, viewing.first_page, document_id=opened.document_id, width=width)
        desk.run(self, lambda whole: self._loaded(loading, whole), loading.run, desk.database, desk.actor)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        if self._loading is not None:
            self._loading.is_wanted = False
            self._loading = None

    def refused(self, error: FrontdeskError) -> None:
        if not isinstance(error, Cancelled):
            self.failed.emit(error)

    def _show_first(self, page: PagePicture | None) -> None:
        if page is not None and self._loading is not None:
            self.first.emit(page)

    def _loaded(self, loading: Loading, whole: QByteArray) -> None:
        if loading is self._loading:
            self._loading = None
            self.arrived.emit(whole)


def picture_of(page: PagePicture) -> QImage:
    """For the window: a copy, since the bytes belong to who drew them."""
    return QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32).copy()


def save_copy(database: Database, actor: Actor, document_id: int, target: Path) -> int:
    """The bytes as they are kept, as a file for this person only; their number. Raises Refused."""
    data = database.ask(actor, viewing.document_bytes, document_id=document_id)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.touch(mode=0o600)
        beside.write_bytes(data)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(Finding("The copy could not be saved there. Choose another folder.")) from error
    return len(data)
