"""What the codes on a scan say: whose printed form it is, and the one key that records its signature."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.records import paper, splitting
from frontdesk.services.records.scans import PageFound, Verdict
from frontdesk.services.records.signers import Representative
from frontdesk.services.records.splitting import Split
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.superbill_found import SuperbillFound
from frontdesk.ui.text import counted, tr

_TONES = {
    Verdict.OURS: ("file-pen", "accent"),
    Verdict.RECORDED: ("circle-check", "ok"),
    Verdict.UNKNOWN: ("circle-question-mark", "warn"),
    Verdict.FOREIGN: ("info", "text-3"),
    Verdict.UNREADABLE: ("circle-question-mark", "warn"),
}


class ScanFound(Panel):
    """A line for each code on the shown document; the first form that waits can be recorded."""

    recorded = Signal()
    """A signature was recorded; the document may have left the tray."""
    looked = Signal(object)
    """The codes of this document are known now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._document_id: int | None = None
        self._found: tuple[PageFound, ...] = ()
        self._lines = column(gap=2)
        self.record_button = Button(tr("Record signature…"), "tonal", icon="file-check", keys="Ctrl+R")
        self.record_button.clicked.connect(self.record)
        self.split_button = Button(tr("Split by patient"), icon="scissors")
        self.split_button.clicked.connect(self.split)
        self.superbill = SuperbillFound(desk)
        self.superbill.told.connect(self.told)
        self.superbill.taken_in.connect(self.recorded)
        self.superbill.looked.connect(self._show_if_found)
        verbs = row(self.record_button, self.split_button, None)
        self.setLayout(column(self.banner, self._lines, verbs, self.superbill, gap=4))
        self.hide()

    @property
    def found(self) -> tuple[PageFound, ...]:
        """What the codes of the shown document say."""
        return self._found

    def show_document(self, document_id: int | None) -> None:
        """Look for codes on a document; none of the document before stays."""
        if document_id != self._document_id:
            self._show(())
        self._document_id = document_id
        self.superbill.show_document(document_id)
        self.complain("")
        if document_id is not None and self.desk.may("records.view"):
            self.desk.ask(
                self, lambda found: self._take(document_id, found), paper.found_in, document_id=document_id
            )

    def next_to_record(self) -> PageFound | None:
        """The first form on the scan whose signature is not on record yet."""
        return next((page for page in self._found if page.verdict is Verdict.OURS), None)

    def record(self) -> None:
        """Ctrl+R: ask for the day of the signature, then record it; or take a superbill back in."""
        page, document_id = self.next_to_record(), self._document_id
        if page is None and self.superbill.is_there:
            self.superbill.take_in()
            return
        if self.split_button.isVisibleTo(self):
            self.complain(tr("This scan holds forms of several patients. Split it first."))
        elif page is not None and document_id is not None:
            RecordScan(self, self.desk, document_id, page, self._recorded).open()

    def split(self) -> None:
        """A document for each patient whose forms are on the scan."""
        if self._document_id is not None:
            self.complain("")
            self.desk.do(self, self._was_split, splitting.split, document_id=self._document_id)

    def _was_split(self, done: Split) -> None:
        self.told.emit(
            counted(len(done.part_ids), "Split into {count} document", "Split into {count} documents")
        )
        self.recorded.emit()

    def _recorded(self) -> None:
        page = self.next_to_record()
        if page is not None:
            self.told.emit(tr("Recorded {title} of {name}", title=page.title, name=page.patient_name))
        self.show_document(self._document_id)
        self.recorded.emit()

    def _take(self, document_id: int, found: tuple[PageFound, ...]) -> None:
        if document_id == self._document_id:
            self._show(found)
            self.looked.emit(document_id)

    def _show(self, found: tuple[PageFound, ...]) -> None:
        self._found = found
        while (item := self._lines.takeAt(0)) is not None:
            inner = item.layout()
            while inner is not None and (piece := inner.takeAt(0)) is not None:
                if (widget := piece.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        said = _once_each(found)
        for page in said[:_MOST_LINES]:
            icon, color = _TONES[page.verdict]
            line = row(IconLabel(icon, color), Label(page.sentence, "secondary", wrap=True), gap=6)
            line.setStretch(1, 1)
            self._lines.addLayout(line)
        if len(said) > _MOST_LINES:
            rest = len(said) - _MOST_LINES
            more = counted(rest, "{count} more page with a code", "{count} more pages with codes")
            self._lines.addLayout(row(Label(more, "secondary", "text-3"), None))
        waits = self.next_to_record() is not None and self.desk.may("records.take_consent")
        several = len({page.patient_id for page in found if page.patient_id is not None}) > 1
        set_shown(self.record_button, waits and not several)
        set_shown(self.split_button, several and self.desk.may("records.file"))
        self._show_if_found()

    def _show_if_found(self) -> None:
        set_shown(self, bool(self._found) or self.superbill.is_there)


_MOST_LINES = 4


def _once_each(found: tuple[PageFound, ...]) -> tuple[PageFound, ...]:
    """A sheet of several pages is one line."""
    kept: dict[object, PageFound] = {}
    for page in found:
        kept.setdefault(page.print_id if page.print_id is not None else ("page", page.page), page)
    return tuple(kept.values())


class RecordScan(Dialog):
    """The day on the paper, and who signed where it was not the patient: Enter records it."""

    def __init__(
        self, parent: QWidget, desk: Desk, document_id: int, page: PageFound, then: Callable[[], object]
    ) -> None:
        super().__init__(
            parent,
            tr("Signed on paper: {title}", title=page.title),
            tr("{name}, chart {number}. Look at the signature and its date.").format(
                name=page.patient_name, number=page.chart_number
            ),
            icon="file-check",
            icon_color="accent",
            width=480,
        )
        self._desk, self._document_id, self._page, self._then = desk, document_id, page, then
        self.signed_on = DateEdit()
        self.signed_on.set_value(desk.today)
        self.name, self.relation = TextEdit(), TextEdit(hint=tr("Mother, guardian, proxy"))
        self.authority = TextEdit(hint=tr("Parent, court order, power of attorney"))
        self.witness = TextEdit()
        self.fields = Form()
        self.fields.add("signed_on", tr("Signed on"), self.signed_on, span=4)
        self.fields.add("representative_name", tr("Signed by, if not the patient"), self.name, span=8)
        self.fields.add("representative_relation", tr("Relation"), self.relation, span=4)
        self.fields.add("representative_authority", tr("Authority"), self.authority, span=8)
        if page.needs_witness:
            self.fields.add("witness_name", tr("Witness on the paper"), self.witness)
        self.body.addWidget(self.fields)
        self.add_verb(tr("Not signed"), keys="Esc")
        self.add_verb(tr("Record signature"), self._record, kind="primary", closes=False)
        (self.name if page.needs_guardian else self.signed_on).setFocus()

    def _record(self) -> None:
        signed_on = self.signed_on.value()
        if not self.fields.check() or signed_on is None:
            self.fields.row("signed_on").set_error(tr("Enter the day it was signed."))
            return
        assert self._page.print_id is not None  # only a form of ours is offered
        typed = (self.name.value(), self.relation.value(), self.authority.value())
        self._desk.do(
            self,
            self._recorded,
            paper.record_scanned,
            document_id=self._document_id,
            print_id=self._page.print_id,
            signed_on=signed_on,
            representative=Representative(*typed) if any(typed) else None,
            witness_name=self.witness.value(),
        )

    def _recorded(self, _result: int) -> None:
        self.accept()
        self._then()
