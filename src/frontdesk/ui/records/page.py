"""The Records page: one chart, or with none open everything that came in."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from frontdesk.services.records import tray
from frontdesk.services.records.chart import Chart, chart
from frontdesk.services.records.filing import possible_readers
from frontdesk.services.records.tray import TrayLine
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Badge, Label
from frontdesk.ui.kit.page import Errand, Key, Parked
from frontdesk.ui.kit.table import Table, TableModel
from frontdesk.ui.records import lines
from frontdesk.ui.records.contents import ALL, TO_FILE, TRAY, Contents, Part, category_of, words_of
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.records.intake import Intake
from frontdesk.ui.records.lines import Groups, Line
from frontdesk.ui.records.paper_card import PaperCard
from frontdesk.ui.records.preview import Preview
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_NARROW = 860
_MIDDLE, _MIDDLE_NARROW, _SIDE = 10, 6, 11
"""How the width is shared between the table and the document."""
_NO_SOURCE_BELOW = 420


@dataclass(frozen=True, slots=True)
class _Where:
    """What a parked chart needs to be as it was."""

    patient_id: int
    part: Part
    line: Hashable


class RecordsPage(RecordsTabPage):
    """Left the parts of the chart, in the middle its documents by year, on the right the one chosen."""

    title = "Records"
    part = "records"
    topics = frozenset({"document", "document_reading", "consent", "patient"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._patient_name = ""
        self._incoming: tuple[TrayLine, ...] = ()
        self._wanted: Hashable = None
        self._find = ""
        self.toolbar.show_title(tr("Incoming documents"))
        self.add_button = Button(tr("File document"), icon="file-plus", keys="Ctrl+N")
        self.add_button.clicked.connect(self.choose_files)
        self.toolbar.add(self.add_button)
        self.contents = Contents(desk)
        self.contents.part_chosen.connect(self._part_chosen)
        self.contents.searched.connect(self._searched)
        self.contents.patient_picked.connect(self._patient_picked)
        self.paper = PaperCard(desk)
        self.paper.told.connect(self.told)
        self.contents.foot.addWidget(self.paper)
        self._model = TableModel[Line](lines.columns(), key=lambda line: line.key)
        self.table = Table(self._model, says=tr("Documents"))
        self.preview = Preview(desk)
        self.preview.filed.connect(self._go_on)
        self.preview.left.connect(self._go_on)
        self.preview.told.connect(self.told)
        self.table.chosen.connect(self.preview.show_line)
        self.table.opened.connect(self._entered)
        self.intake = Intake(desk, self)
        self.intake.added.connect(self._was_added)
        self.intake.finished.connect(self._taken_in)
        self._intake_again: tuple[Path, ...] = ()
        self.banner.acted.connect(self._add_again)
        self.setAcceptDrops(True)
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self.preview, self.preview.show_readers, possible_readers)
        self.desk.ask(self, self._show_incoming, tray.tray)

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Enter", tr("File and next")),
            Key("↑↓", tr("Document")),
            Key("Ctrl+P", tr("Print"), self.preview.view.print_out),
            Key("Ctrl+N", tr("File document"), self.choose_files),
            Key("Ctrl+R", tr("Record the signature on a scanned form"), self.preview.scan.record),
            Key("/", tr("Search this chart"), self._start_search),
            Key("Ctrl+Return", tr("File and next, from any field"), self.preview.send),
        )

    def panes(self) -> tuple[QWidget, ...]:
        first = self.contents.search if self._patient_id is not None else self.contents.finder
        shown = (first, self.contents.parts) if self.contents.isVisible() else (self.contents.narrow,)
        return (*shown, self.table, self.preview.view, self.preview.form.heading)

    def open_with(self, errand: Errand) -> None:
        """A patient's chart; with a document, that document in it."""
        if errand.patient_id is not None:
            self._wanted = (errand.about_id, None) if errand.about_id is not None else None
            self.open_chart(errand.patient_id)

    def park(self) -> Parked | None:
        if self._patient_id is None:
            return None
        line = self.table.current()
        where = _Where(self._patient_id, self.contents.part, line.key if line else None)
        title = tr("Records: {name}", name=self._patient_name)
        self.open_chart(None)
        return Parked(title, where)

    def take_up(self, state: object) -> None:
        assert isinstance(state, _Where)
        self.open_chart(state.patient_id)
        self.contents.choose(state.part)
        self._wanted = state.line

    # -- what is shown --------------------------------------------------------------

    def open_chart(self, patient_id: int | None) -> None:
        """A chart, or the tray of all."""
        if patient_id != self._patient_id:
            self._patient_id = patient_id
            self._find = ""
            self.contents.search.clear()
            self.contents.finder.clear_patient()
            self.contents.choose(ALL if patient_id is not None else TRAY)
            self.preview.show_line(None)
            self._show_groups([], 0)
            self.patient_chosen.emit(patient_id)
            self.paper.show_patient(patient_id)
        self.clear_complaints()
        self.reload()

    def _show_incoming(self, incoming: tuple[TrayLine, ...]) -> None:
        self._incoming = incoming
        if self._patient_id is None:
            self.toolbar.show_title(tr("Incoming documents"))
            self.contents.show_tray(len(incoming))
            self._say_empty()
            self._show_groups(lines.of_tray(incoming), len(incoming))
        else:
            part = self.contents.part
            self.desk.ask(
                self,
                self._show_chart,
                chart,
                patient_id=self._patient_id,
                category=category_of(part),
                find=self._find,
            )

    def _show_chart(self, shown: Chart) -> None:
        if shown.patient_id != self._patient_id:
            return
        self._patient_name = shown.patient_name
        self.toolbar.show_title(shown.patient_name, shown.chart_number)
        self.contents.show_chart(shown, len(self._incoming))
        self.preview.text_note.show_found(shown.found)
        groups = lines.of_chart(shown, only_waiting=self.contents.part == TO_FILE)
        self._say_empty()
        self._show_groups(groups, sum(len(own) for _, own in groups))

    def _show_groups(self, groups: Groups, count: int) -> None:
        self._head.setText(words_of(self.contents.part))
        self._count.show_count(count)
        self._model.show_groups(groups)
        self.table.setColumnHidden(lines.LOCK, not any(line.is_sensitive for line in self._model.rows()))
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif self.table.current() is None:
            self.table.choose_first()
        self.preview.show_line(self.table.current())

    def _say_empty(self) -> None:
        if self._find:
            self.preview.say_empty("search-x", tr("Nothing in this chart fits"), tr("Try another word."))
        elif self._patient_id is None:
            self.preview.say_empty(
                "inbox",
                tr("The tray is empty"),
                tr("Drop files here, or press Ctrl+N. Type a name on the left to open a chart."),
            )
        else:
            self.preview.say_empty(
                "folder-open", tr("No documents here yet"), tr("Drop files here, or press Ctrl+N.")
            )

    # -- what people do ---------------------------------------------------------------

    def choose_files(self) -> None:
        """Ctrl+N: files from the disk into the tray."""
        kinds = tr("Documents (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.txt)")
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("File document"), "", kinds)
        self.take_in([Path(name) for name in chosen])

    def take_in(self, paths: list[Path]) -> None:
        """Put files into the tray, for the chart that is open."""
        if paths:
            self.clear_complaints()
            self.intake.add(paths, self._patient_id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self.contents.setVisible(not is_narrow)
        self.contents.narrow.setVisible(is_narrow)
        self._head.setVisible(not is_narrow)
        self._body.setStretch(1, _MIDDLE_NARROW if is_narrow else _MIDDLE)
        for_both = self.width() - (0 if is_narrow else self.contents.width())
        middle = for_both * self._body.stretch(1) // (self._body.stretch(1) + _SIDE)
        self.table.setColumnHidden(lines.SOURCE, middle < theme().px(_NO_SOURCE_BELOW))

    def _part_chosen(self, part: Part) -> None:
        if part == TRAY:
            self.open_chart(None)
        else:
            self.reload()

    def _searched(self, typed: str) -> None:
        self._find = typed.strip()
        self.reload()

    def _start_search(self) -> None:
        box = self.contents.search if self._patient_id is not None else self.contents.finder
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _patient_picked(self, found: FoundPatient) -> None:
        self.open_chart(found.patient_id)
        self.table.setFocus()

    def _entered(self, line: Line) -> None:
        """Enter on a row that waits files it, once nothing is missing."""
        if not line.is_filed and self.preview.opened is not None:
            self.preview.send()

    def _go_on(self) -> None:
        """The next document that waits; the list itself follows with the change."""
        waiting = [line.key for line in self._model.rows() if not line.is_filed]
        current = self.table.current()
        if current is not None and current.key in waiting:
            place = waiting.index(current.key)
            after = waiting[place + 1 :] + waiting[:place]
            if after:
                self.table.choose(after[0])
        self.reload()

    def _was_added(self, document_id: int) -> None:
        self._wanted = (document_id, None)

    def _taken_in(self, count: int, refused: tuple[str, ...]) -> None:
        self._intake_again = self.intake.twins
        again = tr("Add again") if self._intake_again else ""
        if refused:
            self.banner.say("block", " ".join(refused), action=again)
        if count:
            self.told.emit(counted(count, "1 document in the tray", "{count} documents in the tray"))

    def _add_again(self) -> None:
        twins, self._intake_again = self._intake_again, ()
        self.clear_complaints()
        self.intake.add(twins, self._patient_id, again=True)

    def _build(self) -> None:
        self._head = Label(words_of(TRAY), "strong")
        self._count = Badge()
        head = Frame("bar", row(self.contents.narrow, self._head, self._count, None, margins=(12, 0, 12, 0)))
        head.setFixedHeight(theme().px(37))
        middle = Frame("surface", column(head, self.table, gap=0))
        side = Frame("detail", column(self.preview, gap=0, margins=(1, 0, 0, 0)))
        side.setMinimumWidth(theme().px(300))
        body = row(self.contents, middle, side, gap=0)
        body.setStretch(1, _MIDDLE)
        body.setStretch(2, _SIDE)
        self._body = body
        content = QWidget()
        content.setLayout(body)
        self.set_content(content)
