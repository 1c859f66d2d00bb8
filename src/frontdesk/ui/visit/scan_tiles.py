"""The card's two sides and the photo ID: added by file, drop or paste, and looked at in the window."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.kernel.text import clock_time, us_date
from frontdesk.services.records import card_scans, content, viewing
from frontdesk.services.records.card_scans import CardSide, Scans, SideView
from frontdesk.services.records.sniff import Seen
from frontdesk.services.records.viewing import OpenedDocument
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel, IconLabel
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

Source = Path | bytes
"""A file, or a picture that was pasted."""
_FILTER = "PDF, PNG, JPEG, TIFF (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)"


class ScanTile(Frame):
    """What is scanned, or that nothing is; takes files that are dropped on it or pasted."""

    given = Signal(object)
    """Sources, in their order."""
    view_wanted = Signal()

    def __init__(self, icon: str, title: str) -> None:
        super().__init__("card-subtle")
        self._title, self._icon_name = title, icon
        self._icon = IconLabel(icon, "text-3", 22)
        self._words = EndingLabel(title, "strong")
        self.caption = EndingLabel("", "secondary", "text-2")
        self.view = Button(tr("View"), height="small")
        self.scan = Button(tr("Add…"), height="small")
        self.view.clicked.connect(self.view_wanted)
        self.scan.clicked.connect(self._choose)
        words = column(self._words, self.caption, gap=0)
        whole = row(self._icon, words, self.scan, self.view, gap=8, margins=(10, 7, 8, 7))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setToolTip(tr("Drop a scan here, or paste it with Ctrl+V"))

    def show_state(self, caption: str, *, is_there: bool, is_wrong: bool = False) -> None:
        """What is on file, in a few words."""
        self.caption.setText(caption)
        self.caption.recolor("warn-tx" if is_wrong else "text-2")
        self._icon.show_icon(self._icon_name, "ok" if is_there and not is_wrong else "text-3")
        self.setAccessibleDescription(caption)
        set_shown(self.view, is_there)
        self.scan.setText(tr("Replace…") if is_there else tr("Add…"))
        set_shown(self.scan, not is_there or is_wrong)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _sources(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if sources := _sources(event.mimeData()):
            event.acceptProposedAction()
            self.given.emit(sources)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            if sources := _sources(QGuiApplication.clipboard().mimeData()):
                self.given.emit(sources)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            (self.view if self.view.isVisibleTo(self) else self.scan).click()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(self, self._title, "", _FILTER)
        if paths:
            self.given.emit(tuple(Path(path) for path in paths))


class ScanTiles(QWidget):
    """Both tiles; the first file of a card is its front, the second its back."""

    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._patient_id: int | None = None
        self._scans: Scans | None = None
        self._queue: list[tuple[CardSide | None, Source]] = []
        self._issued_by = ""
        self._expires_on: date | None = None
        self.banner = Banner("block")
        self.card = ScanTile("id-card", tr("Card, front and back"))
        self.photo = ScanTile("contact-round", tr("Photo ID"))
        self.card.given.connect(self.add_card)
        self.photo.given.connect(self.add_photo)
        self.card.view_wanted.connect(self.view_card)
        self.photo.view_wanted.connect(self.view_photo)
        tiles = row(self.card, self.photo, gap=10)
        tiles.setStretch(0, 1)
        tiles.setStretch(1, 1)
        self.setLayout(column(self.banner, tiles, gap=6))

    def show_scans(self, patient_id: int, found: Scans) -> None:
        """What is on file of the first coverage's card and of the patient."""
        self._patient_id, self._scans = patient_id, found
        self.card.setEnabled(found.policy_id is not None)
        sides = {side.side for side in found.sides}
        if not found.sides:
            words = tr("New card: scan it") if found.has_former else tr("Not scanned")
            self.card.show_state(words, is_there=False, is_wrong=found.has_former)
        else:
            when = self._when(found.sides[-1].scanned_at)
            one_side = tr(", no back") if CardSide.FRONT in sides else tr(", no front")
            missing = one_side if len(sides) == 1 else ""
            self.card.show_state(when + missing, is_there=True, is_wrong=bool(missing))
        photo = found.photo_id
        if photo is None:
            self.photo.show_state(tr("Not scanned"), is_there=False)
            return
        words = photo.issued_by or self._when(photo.scanned_at)
        if photo.expires_on is not None:
            month = f"{photo.expires_on:%m/%Y}"
            said = "{words}, expired {month}" if photo.is_expired else "{words}, expires {month}"
            words = tr(said, words=words, month=month)
        self.photo.show_state(words, is_there=True, is_wrong=photo.is_expired)

    # -- adding ---------------------------------------------------------------

    def add_card(self, sources: Sequence[Source]) -> None:
        """Up to two sides; one alone is the side that is missing, the front first."""
        if self._scans is None or self._scans.policy_id is None:
            return
        there = {side.side for side in self._scans.sides}
        missing = [side for side in CardSide if side not in there] or list(CardSide)
        sides = list(CardSide) if len(sources) > 1 else missing[:1]
        self._queue = [(side, source) for side, source in zip(sides, sources, strict=False)]
        self._next()

    def add_photo(self, sources: Sequence[Source]) -> None:
        """The photo ID; who issued it and until when it holds is asked."""

        def add(issued_by: str, expires_on: date | None) -> None:
            self._issued_by, self._expires_on = issued_by, expires_on
            self._queue = [(None, sources[0])]
            self._next()

        if sources and self._patient_id is not None:
            IdDialog(self, add).open()

    def _next(self) -> None:
        self.banner.say("block", "")
        if self._queue:
            _, source = self._queue[0]
            if isinstance(source, bytes):
                self._desk.run(
                    self, self._kept, content.store_bytes, self._desk.database, source, "pasted.png"
                )
            else:
                self._desk.run(self, self._kept, content.store, self._desk.database, source)

    def _kept(self, seen: Seen) -> None:
        side, source = self._queue.pop(0)
        name = source.name if isinstance(source, Path) else ""
        assert self._patient_id is not None, "a scan is somebody's"
        if side is None:
            self._desk.do(
                self,
                self._scanned_id,
                card_scans.scan_id,
                patient_id=self._patient_id,
                sha256=seen.sha256,
                issued_by=self._issued_by,
                expires_on=self._expires_on,
                arrived_as=name,
            )
        elif self._scans is not None and self._scans.policy_id is not None:
            self._desk.do(
                self,
                self._scanned,
                card_scans.scan_card,
                patient_id=self._patient_id,
                policy_id=self._scans.policy_id,
                side=side,
                sha256=seen.sha256,
                arrived_as=name,
            )

    def _scanned(self, _: int) -> None:
        if self._queue:
            self._next()
        else:
            self.told.emit(tr("Scanned the insurance card"))

    def _scanned_id(self, _: int) -> None:
        self.told.emit(tr("Scanned the photo ID"))

    def refused(self, error: FrontdeskError) -> None:
        """A file that is none, in a sentence under the tiles; the rest is not tried."""
        self._queue = []
        findings = error.findings if isinstance(error, Refused) else (Finding(str(error)),)
        self.banner.say("block", " ".join(finding.message for finding in findings))

    # -- looking --------------------------------------------------------------

    def view_card(self) -> None:
        """The front, and once that is closed the back."""
        if self._scans is not None:
            self._view_sides(self._scans.sides)

    def _view_sides(self, sides: Sequence[SideView]) -> None:
        if sides:
            first, *rest = sides
            is_front = first.side is CardSide.FRONT
            words = tr("Insurance card, front") if is_front else tr("Insurance card, back")
            self._view(first.document_id, words).finished.connect(lambda _: self._view_sides(rest))

    def view_photo(self) -> None:
        if self._scans is not None and self._scans.photo_id is not None:
            self._view(self._scans.photo_id.document_id, tr("Photo ID"))

    def _view(self, document_id: int, title: str) -> PaperDialog:
        dialog = PaperDialog(self, self._desk, title, "scan.pdf")

        def show(_: OpenedDocument) -> None:
            self._desk.ask(dialog, dialog.show_pdf, viewing.document_pdf, document_id=document_id)

        dialog.open()
        self._desk.do(dialog, show, viewing.open_document, document_id=document_id)
        return dialog

    def _when(self, at: datetime) -> str:
        if at.date() == self._desk.today:
            return tr("Scanned today {time}", time=clock_time(at))
        return tr("Scanned {date}", date=us_date(at.date()))


class IdDialog(Dialog):
    """Who issued the ID, and until when it holds."""

    def __init__(self, parent: QWidget, then: object) -> None:
        super().__init__(parent, tr("What does the photo ID say?"), icon="contact-round", icon_color="accent")
        assert callable(then)
        self._then = then
        self.issued_by, self.expires_on = TextEdit(hint=tr("Oregon, US passport, …")), DateEdit()
        self.form = Form()
        self.form.add("issued_by", tr("Issued by"), self.issued_by, span=7)
        self.form.add("expires_on", tr("Expires"), self.expires_on, span=5)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not now"), keys="Esc")
        self.add_verb(tr("Add photo ID"), self.save, kind="primary", closes=False)
        self.issued_by.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        if self.form.check():
            self._then(self.issued_by.value(), self.expires_on.value())
            self.accept()


def _sources(data: QMimeData) -> tuple[Source, ...]:
    """Files first; else a picture, as from the clipboard."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return tuple(paths)
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return ()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs know no format as str
    return (bytes(buffer.data().data()),)
