"""Attachments of claims: those of one claim, and what is still to be mailed or faxed for all."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import claim_attachments
from frontdesk.services.billing.claim_attachments import REPORTS, Attachment, AttachmentDraft, Transmission
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_WHOLE = 0
_WAYS = {
    Transmission.MAIL: "By mail",
    Transmission.FAX: "By fax",
    Transmission.ELECTRONIC: "Electronically",
    Transmission.EMAIL: "By e-mail",
    Transmission.FILE: "File transfer",
    Transmission.ON_REQUEST: "When the payer asks",
}
_EDITABLE = (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY, ClaimState.HELD, ClaimState.REJECTED)


class ClaimAttachments(QObject):
    """Says on the page what is still to be sent, and opens the two lists."""

    told = Signal(str)
    refused_with = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.banner = Banner("info", icon="paperclip")
        self.banner.acted.connect(self.open_outstanding)
        self.dialog: AttachmentsDialog | None = None

    def look(self) -> None:
        self._desk.ask(self, self._show, claim_attachments.outstanding)

    def open_for(self, claim: ClaimDetail) -> None:
        """The attachments of one claim."""
        self._open(AttachmentsDialog(self._page, self._desk, claim))

    def open_outstanding(self) -> None:
        """What is still to be sent, of all claims."""
        self._open(AttachmentsDialog(self._page, self._desk, None))

    def refused(self, error: FrontdeskError) -> None:
        self.refused_with.emit(str(error))

    def _open(self, dialog: "AttachmentsDialog") -> None:
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None
        self.look()

    def _show(self, found: tuple[Attachment, ...]) -> None:
        many = counted(
            len(found),
            "{count} attachment of a sent claim is still to be mailed or faxed.",
            "{count} attachments of sent claims are still to be mailed or faxed.",
        )
        self.banner.say("info", many if found else "", action=tr("Show them"), icon="paperclip")


class AttachmentsDialog(Dialog):
    """Of one claim, where some can be added; or those of all claims that are still to be sent."""

    def __init__(self, parent: QWidget, desk: Desk, claim: ClaimDetail | None) -> None:
        title = (
            tr("Attachments to be sent")
            if claim is None
            else tr("Attachments of claim {number}", number=claim.row.number)
        )
        words = tr("Write the number on each paper: by it the payer finds the claim.")
        super().__init__(parent, title, words, icon="paperclip", icon_color="accent", width=820)
        self._desk, self._claim = desk, claim
        self._version = claim.row.version if claim else None
        self._model = TableModel[Attachment](_columns(for_all=claim is None), key=lambda row: row.id)
        self.table = Table(self._model, says=title)
        self.table.setFixedHeight(theme().px(170))
        self.table.chosen.connect(lambda _: self._show_verbs())
        self._nothing = EmptyState("paperclip", tr("Nothing is attached"))
        self._nothing.setFixedHeight(theme().px(170))
        set_shown(self._nothing, False)
        self.body.addWidget(self.table)
        self.body.addWidget(self._nothing)
        self.report: Combo[str] = Combo(
            tuple((code, f"{tr(words)} ({code})") for code, words in REPORTS.items())
        )
        self.way: Combo[Transmission] = Combo(tuple((way, tr(words)) for way, words in _WAYS.items()))
        services = () if claim is None else claim.services
        self.line: Combo[int] = Combo(
            ((_WHOLE, tr("Whole claim")), *((line.place, f"{line.place}  {line.code}") for line in services))
        )
        self.form = Form(widens_below=420)
        self.form.add("report", tr("&What"), self.report, span=5)
        self.form.add("transmission", tr("&How"), self.way, span=4)
        self.form.add("line", tr("&Of"), self.line, span=3)
        self.body.addWidget(self.form)
        self.add_verb(tr("Close"), keys="Esc")
        self.remove_button = self.add_verb(tr("Take off"), self._remove, closes=False)
        self.sent_button = self.add_verb(tr("Mark as sent"), self._mark, closes=False)
        self.add_button = self.add_verb(tr("Attach"), self._attach, kind="primary", closes=False)
        can_add = claim is not None and claim.row.state in _EDITABLE
        set_shown(self.form, can_add)
        set_shown(self.add_button, can_add)
        set_shown(self.remove_button, can_add)
        self._look()

    def _look(self, _: object = None) -> None:
        if self._claim is None:
            self._desk.ask(self, self._show, claim_attachments.outstanding)
        else:
            self._desk.ask(self, self._show, claim_attachments.of_claim, claim_id=self._claim.row.id)

    def _show(self, found: tuple[Attachment, ...]) -> None:
        self._model.show(found)
        show_instead(*((self.table, self._nothing) if found else (self._nothing, self.table)))
        if self.table.current() is None and found:
            self.table.choose(next((row.id for row in found if row.is_due), found[0].id))
        self._show_verbs()

    def _show_verbs(self) -> None:
        row = self.table.current()
        can_be_sent = row is not None and row.draft.transmission is not Transmission.ON_REQUEST
        self.sent_button.setEnabled(can_be_sent)
        self.remove_button.setEnabled(row is not None)
        is_sent = row is not None and row.sent_on is not None
        self.sent_button.setText(tr("Not sent after all") if is_sent else tr("Mark as sent"))
        self.sent_button.updateGeometry()

    def _attach(self) -> None:
        if self._claim is None:
            return
        draft = AttachmentDraft(
            self.report.value() or "", self.way.value() or Transmission.MAIL, self.line.value() or None
        )
        # Each act changes the claim: only the first can say which one it saw.
        version, self._version = self._version, None
        self._desk.do(
            self,
            self._look,
            claim_attachments.attach,
            claim_id=self._claim.row.id,
            draft=draft,
            version=version,
        )

    def _remove(self) -> None:
        if (row := self.table.current()) is not None:
            self._desk.do(self, self._look, claim_attachments.remove, attachment_id=row.id)

    def _mark(self) -> None:
        if (row := self.table.current()) is not None:
            self._desk.do(
                self,
                self._look,
                claim_attachments.set_sent,
                attachment_ids=(row.id,),
                is_sent=row.sent_on is None,
            )


def _columns(*, for_all: bool) -> list[Column[Attachment]]:
    first = (
        [Column("Claim", _claim, width=176), Column("Payer", lambda row: row.payer, width=100)]
        if for_all
        else [Column[Attachment]("Of", _of, width=90)]
    )
    return [
        *first,
        Column("What", lambda row: tr(row.words)),
        Column("How", lambda row: tr(_WAYS[row.draft.transmission]), width=100 if for_all else 144),
        Column("Number", lambda row: row.control_number, width=106),
        Column("State", _state, width=92),
    ]


def _claim(row: Attachment) -> str:
    return f"{row.claim_number}  {row.patient}"


def _of(row: Attachment) -> str:
    return tr("Whole claim") if row.draft.line is None else tr("Line {line}", line=row.draft.line)


def _state(row: Attachment) -> str:
    if row.sent_on is not None:
        return tr("Sent {day}", day=us_date(row.sent_on)[:5])
    return tr("To be sent") if row.is_due else tr("On request")
