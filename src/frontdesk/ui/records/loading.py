"""A document's pages on their way to the screen: read beside the window, in memory once."""

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

from frontdesk.formats.page_picture import PagePicture
from frontdesk.kernel.errors import Cancelled, Finding, Refused
from frontdesk.services.database import Database
from frontdesk.services.records import viewing
from frontdesk.services.work import Actor


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
