"""The patient's photo, the ID that was shown, and guardians' papers: added, looked at, taken off."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.kernel.text import us_date
from frontdesk.services.records import card_scans, content, tied_papers, viewing
from frontdesk.services.records.card_scans import IdKind
from frontdesk.services.records.sniff import Seen
from frontdesk.services.records.tied_papers import Paper, PaperDraft, PaperPurpose
from frontdesk.services.registration.contacts import Contact
from frontdesk.services.visit.patient_sheet import PatientSheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.registration.words import ID_KINDS
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ROWS_HEIGHT = 120
_PHOTO, _ID, _AUTHORITY = "Photo of the patient", "Photo ID", "Guardian's authority"
_WORDS = {PaperPurpose.PHOTO: _PHOTO, PaperPurpose.AUTHORITY: _AUTHORITY}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the list; the ID has no `paper_id`: a newer scan takes its place."""

    what: str
    says: str
    document_id: int
    added_on: date
    expires_on: date | None
    is_expired: bool
    paper_id: int | None = None


class PapersCard(Panel):
    """What is tied to the patient; each is a document of the chart as well."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.patient_id: int | None = None
        self._guardians: tuple[Contact, ...] = ()
        self.card = Card(tr("Photo, ID and guardians' papers"), "id-card")
        self.model = TableModel[Shown](
            [
                Column(tr("What"), lambda each: Cell(tr(each.what), role="strong")),
                Column(tr("Says"), lambda each: each.says, width=220),
                Column(tr("Added"), lambda each: us_date(each.added_on), width=100),
                Column(
                    tr("Expires"),
                    lambda each: Cell(
                        us_date(each.expires_on) if each.expires_on else "",
                        tone="warn" if each.is_expired else "",
                    ),
                    width=120,
                ),
            ],
            key=lambda each: each.document_id,
        )
        self.table = Table(self.model, says=tr("Photo, ID and guardians' papers"))
        self.table.setMinimumHeight(theme().px(_ROWS_HEIGHT))
        self.add_button = Button(tr("Add a photo or scan"), height="small", icon="plus")
        self.view_button = Button(tr("View"), height="small", icon="eye")
        self.off_button = Button(tr("Take off"), height="small", icon="ban")
        self.card.add_to_head(self.add_button)
        self.add_button.clicked.connect(self.add)
        self.view_button.clicked.connect(self.view)
        self.off_button.clicked.connect(self.take_off)
        self.table.opened.connect(lambda _: self.view())
        self.table.chosen.connect(self._chose)
        ColumnFit(self.table, self.model.columns, least=150, first_to_go=("Added", "Says"))
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.table)
        self.card.body.addLayout(row(self.view_button, self.off_button, None))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self._chose(None)

    def show_sheet(self, sheet: PatientSheet) -> None:
        self._guardians = tuple(each for each in sheet.contacts if each.draft.is_guardian)
        self.model.show(_shown(sheet))
        self._chose(self.table.current())

    def add(self) -> None:
        """A file, and what it shows."""
        if self.patient_id is not None:
            PaperEntry(self, self.desk, self.patient_id, self._guardians, self._added).open()

    def view(self) -> None:
        """The document; that it was seen is written down."""
        chosen = self.table.current()
        if chosen is not None:
            look_at(self, self.desk, chosen)

    def take_off(self) -> None:
        chosen = self.table.current()
        if chosen is not None and chosen.paper_id is not None:
            self.desk.do(self, self._off, tied_papers.untie, paper_id=chosen.paper_id)

    def _added(self, _: int) -> None:
        self.told.emit(tr("Added to the chart"))

    def _off(self, _: None) -> None:
        self.told.emit(tr("Taken off; the document stays in the chart"))

    def _chose(self, chosen: Shown | None) -> None:
        self.view_button.setEnabled(chosen is not None)
        self.off_button.setEnabled(chosen is not None and chosen.paper_id is not None)


def look_at(parent: QWidget, desk: Desk, paper: Shown) -> PaperDialog:
    """The document of a paper, to look at and to print."""
    dialog = PaperDialog(parent, desk, tr(paper.what), "document.pdf")

    def opened(_: object) -> None:
        desk.ask(dialog, dialog.show_pdf, viewing.document_pdf, document_id=paper.document_id)

    desk.do(dialog, opened, viewing.open_document, document_id=paper.document_id)
    dialog.open()
    return dialog


class PaperEntry(Dialog):
    """Which file, what it shows, and of an ID its kind and expiry."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        patient_id: int,
        guardians: tuple[Contact, ...],
        then: Callable[[int], object],
    ) -> None:
        super().__init__(
            parent,
            tr("What is added?"),
            tr("The file goes into the chart under Identity. The number of an ID is not kept."),
            width=560,
        )
        self._desk, self._patient_id, self._done_then = desk, patient_id, then
        offered = (_ID, _PHOTO, _AUTHORITY) if guardians else (_ID, _PHOTO)
        self.purpose: Combo[str] = Combo(tuple((each, tr(each)) for each in offered))
        self.path = TextEdit(hint=tr("JPEG, PNG, TIFF or PDF"))
        choose = Button(tr("Choose a file"), icon="folder-open")
        choose.clicked.connect(self._choose)
        self.kind: Combo[IdKind] = Combo(tuple((kind, tr(words)) for kind, words in ID_KINDS))
        self.issuer = TextEdit(hint="Oregon")
        self.expires = DateEdit(century_ends=desk.today.year + 50)
        self.guardian: Combo[int] = Combo(tuple((each.id, each.draft.name) for each in guardians))
        self.form = Form()
        self.form.add("purpose", tr("It is"), self.purpose, span=6)
        self.form.add("contact_id", tr("Of the guardian"), self.guardian, span=6)
        self.form.add("id_kind", tr("Kind of ID"), self.kind, span=5)
        self.form.add("issued_by", tr("Issued by"), self.issuer, span=4)
        self.form.add("expires_on", tr("Expires"), self.expires, span=3)
        self.form.add("file", tr("File"), self.path)
        self.body.addWidget(self.form)
        self.body.addLayout(row(choose, None))
        self.purpose.chosen.connect(self._show_fields)
        self.add_verb(tr("Add it"), self._try, kind="primary", closes=False)
        self.add_verb(tr("Add nothing"), keys="Esc")
        self._show_fields()
        self.path.setFocus()

    def draft(self) -> PaperDraft:
        """What the desk says of a file that is no ID."""
        if self.purpose.value() == _PHOTO:
            return PaperDraft(PaperPurpose.PHOTO)
        return PaperDraft(PaperPurpose.AUTHORITY, self.guardian.value(), self.expires.value())

    def refused(self, error: FrontdeskError) -> None:
        super().refused(_beside_the_file(error))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Photo or scan"), "", "Pictures and PDF (*.jpg *.jpeg *.png *.tif *.tiff *.pdf)"
        )
        if chosen:
            self.path.setText(chosen)

    def _try(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            return
        if not self.path.value():
            self.form.row("file").set_error(tr("Choose the file."))
            self.path.setFocus()
            return
        self._desk.run(self, self._kept, content.store, self._desk.database, Path(self.path.value()))

    def _kept(self, seen: Seen) -> None:
        if self.purpose.value() == _ID:
            self._desk.do(
                self,
                self._added,
                card_scans.scan_id,
                patient_id=self._patient_id,
                sha256=seen.sha256,
                kind=self.kind.value(),
                issued_by=self.issuer.value(),
                expires_on=self.expires.value(),
                arrived_as=Path(self.path.value()).name,
            )
            return
        self._desk.do(
            self,
            self._added,
            tied_papers.add,
            patient_id=self._patient_id,
            sha256=seen.sha256,
            draft=self.draft(),
        )

    def _added(self, paper_id: int) -> None:
        self.accept()
        self._done_then(paper_id)

    def _show_fields(self, _: object = None) -> None:
        purpose = self.purpose.value()
        for name, shown in (
            ("contact_id", purpose == _AUTHORITY),
            ("id_kind", purpose == _ID),
            ("issued_by", purpose == _ID),
            ("expires_on", purpose != _PHOTO),
        ):
            self.form.row(name).setVisible(shown)
        self.adjustSize()


def _shown(sheet: PatientSheet) -> tuple[Shown, ...]:
    """The photo, the ID, the guardians' papers."""
    names = {each.id: each.draft.name for each in sheet.contacts}
    lines = [_line(paper, names) for paper in sheet.papers]
    if (photo_id := sheet.photo_id) is not None:
        kinds = {kind: tr(words) for kind, words in ID_KINDS}
        kind = kinds[photo_id.kind] if photo_id.kind else ""
        says = ", ".join(filter(None, (kind, photo_id.issued_by)))
        scanned = photo_id.scanned_at.date()
        line = Shown(_ID, says, photo_id.document_id, scanned, photo_id.expires_on, photo_id.is_expired)
        lines.insert(0, line)
    return tuple(lines)


def _line(paper: Paper, names: dict[int, str]) -> Shown:
    draft = paper.draft
    return Shown(
        _WORDS[draft.purpose],
        names.get(draft.contact_id or 0, ""),
        paper.document_id,
        paper.scanned_on,
        draft.expires_on,
        paper.is_expired,
        paper.id,
    )


def _beside_the_file(error: FrontdeskError) -> FrontdeskError:
    """What the file itself is refused for names no field."""
    if isinstance(error, Refused):
        return Refused(*(replace(each, field=each.field or "file") for each in error.findings))
    return error
