"""A packet is looked at, goes out, and is handed over: printed, or saved under its password."""

from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.kernel.errors import FrontdeskError, Unavailable
from frontdesk.services.records import release_packets, release_record, release_sending
from frontdesk.services.records.packet_view import PacketView
from frontdesk.services.records.release_deliveries import Sending
from frontdesk.services.records.release_packets import BuiltPacket, Kept
from frontdesk.services.records.release_sending import LOCKED_WAYS, Delivery, Letter, PasswordWay, Sent
from frontdesk.services.records.release_words import DELIVERIES
from frontdesk.services.visit import release_mail
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import NoteEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_ELECTRONIC: Final = frozenset({Delivery.MEDIA, Delivery.SECURE_EMAIL, Delivery.EMAIL})
_TOLD: Final = (
    (PasswordWay.PHONE, "By telephone"),
    (PasswordWay.IN_PERSON, "In person"),
    (PasswordWay.LETTER, "By a letter of its own"),
)
_ADDRESS: Final = {
    Delivery.MAIL: "Address",
    Delivery.FAX: "Fax number",
    Delivery.EMAIL: "E-mail address",
    Delivery.SECURE_EMAIL: "E-mail address",
}


def open_packet(panel: Panel, view: PacketView, built: BuiltPacket, *, sends: bool) -> Dialog:
    """The packet as it would go: to look at it, or on to the sending of it."""
    dialog: Dialog = SendDialog(panel, view, built) if sends else PacketDialog(panel, view, built)
    dialog.open()
    return dialog


class PacketDialog(Dialog):
    """Looked at before it goes. It is not printed here: what goes out is written down."""

    def __init__(self, panel: Panel, view: PacketView, built: BuiltPacket) -> None:
        pages = counted(built.pages, "{count} page", "{count} pages")
        super().__init__(
            panel, tr("{number}, {pages}", number=view.number, pages=pages), icon="eye", width=760
        )
        self._panel, self._request, self._built = panel, view, built
        self.view = PdfView(says=tr("The packet as it would go"), prints=False)
        self.view.setFixedHeight(min(theme().px(640), panel.window().height() - theme().px(140)))
        self.body.addWidget(self.view)
        self.add_verb(tr("Close"), keys="Esc")
        if view.is_ready:
            self.add_verb(tr("Send copies…"), self._send, kind="primary", keys="Return")
        self.view.show_pdf(built.pdf)

    def _send(self) -> None:
        SendDialog(self._panel, self._request, self._built).open()


class SendDialog(Dialog):
    """To whom, by which way; then it is sent, once. `after`: once more, after a sending that failed."""

    def __init__(
        self, panel: Panel, view: PacketView, built: BuiltPacket | None, *, after: Sending | None = None
    ) -> None:
        pages = built.pages if built is not None else after.pages if after is not None else 0
        super().__init__(
            panel,
            tr("Send {pages} to {to}?", pages=counted(pages, "{count} page", "{count} pages"), to=view.to),
            tr("The file is kept as it goes. The request is marked as sent, and the accounting written."),
            icon="send",
            icon_color="accent",
            width=540,
        )
        self._panel, self._request, self._built, self._after = panel, view, built, after
        self._kept: Kept | None = None
        self._pages = pages
        self.way = Combo(tuple((way, tr(words)) for way, words in DELIVERIES.items()))
        self.way.set_value(view.way)
        self.to = TextEdit(view.to)
        self.address = NoteEdit(lines=2)
        self.tracking = TextEdit()
        self.id_seen = TextEdit(hint=tr("Oregon driver license"))
        self.locked = CheckBox(tr("Lock the file with a password (AES-256)"), checked=True)
        self.told = Combo(tuple((way, tr(words)) for way, words in _TOLD))
        self.note = TextEdit()
        self.form = Form()
        self.form.add("way", tr("By which way"), self.way, span=6)
        self.form.add("to_name", tr("Who receives it"), self.to, span=6)
        self.form.add("to_address", tr("Address"), self.address)
        self.form.add("id_seen", tr("Identity paper that was seen"), self.id_seen)
        self.form.add("tracking", tr("Tracking number"), self.tracking)
        self.form.add_wide(self.locked)
        self.form.add("password_told", tr("How the password is told, never with the file"), self.told)
        self.form.add("note", tr("Note"), self.note)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep it here"), keys="Esc")
        self.send_button = self.add_verb(
            tr("Send copies"), self.send, kind="primary", keys="Ctrl+Return", closes=False
        )
        self.send_button.setShortcut("Ctrl+Return")
        self.way.chosen.connect(lambda _: self._other_way())
        self.locked.toggled.connect(lambda _: self._show_parts())
        self._other_way()
        self.way.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_locked(self) -> bool:
        way = self.way.value()
        return way in LOCKED_WAYS or (way in _ELECTRONIC and self.locked.isChecked())

    def _other_way(self) -> None:
        way = self.way.value()
        self.address.set_value(self._request.address_for(way) if way is not None else "")
        self._show_parts()

    def _show_parts(self) -> None:
        way = self.way.value()
        rows = self.form.fields()
        rows["to_address"].setVisible(way in _ADDRESS)
        if way in _ADDRESS:
            rows["to_address"].label().setText(tr(_ADDRESS[way]))
            self.address.setAccessibleName(tr(_ADDRESS[way]))
        rows["id_seen"].setVisible(way is Delivery.PICK_UP)
        rows["tracking"].setVisible(way is Delivery.MAIL)
        self.locked.setVisible(way is Delivery.EMAIL)
        rows["password_told"].setVisible(self.is_locked)
        self.adjustSize()

    def send(self) -> None:
        """Keep the bytes, then send: one command, which asks the gate once more."""
        self.form.clear_errors()
        self.banner.say("block", "")
        self.send_button.setEnabled(False)
        database = self._panel.desk.database
        if self._built is not None:
            self._panel.desk.run(
                self, self._go, release_packets.keep, database, self._built, is_locked=self.is_locked
            )
        elif self._after is not None and self.is_locked:
            self._panel.desk.ask(
                self, self._lock_again, release_packets.packet_bytes, packet_id=self._after.packet_id
            )
        elif self._after is not None:
            self._go(Kept(self._after.sha256))

    def _lock_again(self, pdf: bytes) -> None:
        self._panel.desk.run(
            self, self._go, release_packets.lock_again, self._panel.desk.database, pdf, self._pages
        )

    def _go(self, kept: Kept) -> None:
        self._kept = kept
        letter = Letter(
            way=self.way.value() or Delivery.MAIL,
            to_name=self.to.value(),
            to_address=self.address.value() if self.way.value() in _ADDRESS else "",
            password_told=self.told.value() if kept.locked_sha256 is not None else None,
            tracking=self.tracking.value() if self.way.value() is Delivery.MAIL else "",
            id_seen=self.id_seen.value() if self.way.value() is Delivery.PICK_UP else "",
            note=self.note.value(),
        )
        if self._built is not None:
            self._panel.desk.do(
                self,
                self._sent,
                release_sending.send,
                request_id=self._request.request_id,
                packet_sha256=kept.sha256,
                fingerprint=self._built.fingerprint,
                letter=letter,
                locked_sha256=kept.locked_sha256,
                version=self._request.version,
            )
        elif self._after is not None:
            self._panel.desk.do(
                self,
                self._sent,
                release_sending.send_again,
                packet_id=self._after.packet_id,
                letter=letter,
                after=self._after.sending_id,
                locked_sha256=kept.locked_sha256,
            )

    def refused(self, error: FrontdeskError) -> None:
        self.send_button.setEnabled(True)
        super().refused(error)

    def _sent(self, sent: Sent) -> None:
        assert self._kept is not None
        self.accept()
        self._panel.told.emit(tr("{number} sent", number=self._request.number))
        SentPacket(
            self._panel,
            sent.packet_id,
            self._kept.locked_sha256,
            self._request.number,
            sending_id=sent.sending_id,
            password=self._kept.password,
        ).open()


class SentPacket(PaperDialog):
    """Exactly what was sent: printed again, or saved again as it was, each time with a line in the log."""

    def __init__(
        self,
        panel: Panel,
        packet_id: int,
        locked_sha256: str | None,
        number: str,
        *,
        sending_id: int,
        password: str = "",
    ) -> None:
        super().__init__(panel, panel.desk, tr("{number}, as it was sent", number=number), f"{number}.pdf")
        self._packet_id, self._locked = packet_id, locked_sha256
        self._locked_bytes = b""
        self.password = Label(password, "page", "text")
        self.password.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.password.setAccessibleName(tr("Password"))
        if locked_sha256 is not None:
            words = (
                tr("The file that is saved opens with this password. It is shown once, and kept nowhere:")
                if password
                else tr(
                    "It went under a password, which is kept nowhere. Save it, and it opens with the same."
                )
            )
            self.body.insertWidget(1, Label(words, "body", "text-2", wrap=True))
            self.body.insertWidget(2, self.password)
            self.password.setVisible(bool(password))
            self.save_button.setText(tr("Save locked file…"))
            self.save_button.restyle("primary")
            self.print_button.restyle("default")
            self.view.setFixedHeight(self.view.height() - theme().px(64))
            panel.desk.ask(self, self._show_locked, release_packets.kept_bytes, sha256=locked_sha256)
        panel.desk.ask(self, self.show_pdf, release_packets.packet_bytes, packet_id=packet_id)
        self.view.printed.connect(self._note_print)
        self._sending_id = sending_id
        self.mail_button = self.add_verb("", self._mail, closes=False)
        self.mail_button.hide()
        panel.desk.ask(self, self._show_address, release_mail.address_of, sending_id=sending_id)
        self.record_button = self.add_verb(tr("Record…"), self._open_record, closes=False)
        verbs = (self.record_button, self.mail_button, self.save_button, self.print_button)
        ordered = verbs if locked_sha256 is None else (*verbs[:2], self.print_button, self.save_button)
        for before, button in pairwise((self.view, *ordered)):
            self._foot.addWidget(button)  # what is pressed most stands last
            QWidget.setTabOrder(before, button)
        self._panel, self._number = panel, number
        self._desk.do(self, _noted, release_packets.open_packet, packet_id=packet_id)

    def save(self, path: Path) -> None:
        """The locked file where it went as one, else the packet itself."""
        data = self._locked_bytes if self._locked is not None else self._pdf
        self._desk.run(self, self._saved, _write, path, data)

    def _choose_path(self) -> None:
        if self._locked is not None and not self._locked_bytes:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save what was sent"), self._file_name, "PDF (*.pdf)"
        )
        if chosen:
            self._desk.do(self, _noted, release_packets.note_saved, packet_id=self._packet_id)
            self.save(Path(chosen))

    def _show_locked(self, data: bytes) -> None:
        self._locked_bytes = data

    def _show_address(self, address: str) -> None:
        self.mail_button.setText(tr("E-mail it"))
        self.mail_button.setToolTip(address)
        self.mail_button.setVisible(bool(address))

    def _mail(self) -> None:
        self.mail_button.setEnabled(False)
        desk = self._desk
        desk.run(
            self, self._mailed, release_mail.send, desk.database, desk.actor, sending_id=self._sending_id
        )

    def _mailed(self, answer: str) -> None:
        self.banner.say("ok", answer)

    def refused(self, error: FrontdeskError) -> None:
        self.mail_button.setEnabled(True)
        super().refused(error)

    def _note_print(self, pages: int) -> None:
        self._desk.do(self, _noted, release_packets.note_print, packet_id=self._packet_id, pages=pages)

    def _open_record(self) -> None:
        """The office's own page: fingerprints, and each time it went."""
        paper = PaperDialog(
            self._panel, self._desk, tr("Record of release {number}", number=self._number), "record.pdf"
        )
        paper.open()
        self._desk.ask(paper, paper.show_pdf, release_record.record_pdf, packet_id=self._packet_id)


def _noted(_: None) -> None:
    """It is in the log."""


def _write(path: Path, data: bytes) -> Path:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise Unavailable(tr("The file could not be written. Choose another folder.")) from error
    return path
