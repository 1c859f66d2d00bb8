"""The Records page: one chart, or with none open everything that came in."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from frontdesk.services.records import remembering, splitting, tray, viewing
from frontdesk.services.records.chart import Chart, chart
from frontdesk.services.records.filing import possible_readers
from frontdesk.services.records.splitting import Piece, Split
from frontdesk.services.records.tray import TrayLine
from frontdesk.services.records.viewing import ReadingLine
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.page import Errand, Key, Parked
from frontdesk.ui.kit.table import Table, TableModel
from frontdesk.ui.records import lines
from frontdesk.ui.records.access_button import AccessButton
from frontdesk.ui.records.bringing_in import BringingIn
from frontdesk.ui.records.contents import (
    ALL,
    ARCHIVED,
    FOR_ALL,
    TO_FILE,
    TO_READ,
    TRAY,
    Contents,
    Part,
    category_of,
    words_of,
)
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.records.lines import Groups, Line
from frontdesk.ui.records.list_head import ListHead
from frontdesk.ui.records.preview import Preview
from frontdesk.ui.records.waiting_card import ChartFoot
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
    topics = frozenset(
        {
            "document",
            "document_reading",
            "consent",
            "patient",
            "watch_folder",
            "legal_hold",
            "legal_hold_release",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient_id: int | None = None
        self._patient_name = ""
        self._incoming: tuple[TrayLine, ...] = ()
        self._to_read: tuple[ReadingLine, ...] = ()
        self._chart: Chart | None = None
        self._marked: list[Hashable] = []
        self._wanted: Hashable = None
        self._find = ""
        self.toolbar.show_title(tr("Incoming documents"))
        self.bringing = BringingIn(desk, self, self.banner, lambda: self._patient_id)
        self.bringing.added.connect(self._was_added)
        self.bringing.told.connect(self.told)
        self.scan_button = Button(tr("Scan"), icon="scan", keys="Ctrl+Shift+S")
        self.scan_button.clicked.connect(self.bringing.scan)
        self.add_button = Button(tr("File document"), icon="file-plus", keys="Ctrl+N")
        self.add_button.clicked.connect(self.bringing.choose_files)
        self.access_button = AccessButton(desk, self)
        self.toolbar.add(self.access_button, *self.bringing.can_scan * (self.scan_button,), self.add_button)
        self.contents = Contents(desk)
        self.contents.part_chosen.connect(self._part_chosen)
        self.contents.searched.connect(self._searched)
        self.contents.patient_picked.connect(self._patient_picked)
        self.foot = ChartFoot(desk, self)
        self.paper = self.foot.paper
        self.contents.foot.addWidget(self.foot)
        self._model = TableModel[Line](lines.columns(self._is_marked), key=lambda line: line.key)
        self.table = Table(self._model, says=tr("Documents"))
        self.preview = Preview(desk)
        self.preview.filed.connect(self._go_on)
        self.preview.left.connect(self._go_on)
        self.preview.told.connect(self.told)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._entered)
        self.table.installEventFilter(self)
        self.head = ListHead(self.contents.narrow)
        self.head.changed.connect(self._show_lines)
        self.head.join_wanted.connect(self.put_together)
        self.head.folder_wanted.connect(self.bringing.set_up_folder)
        self.setAcceptDrops(True)
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self.preview, self.preview.show_readers, possible_readers)
        self.desk.ask(self.preview, self.preview.form.show_senders, remembering.senders)
        self.desk.ask(self, self._show_incoming, tray.tray)
        self.desk.ask(self, self._show_to_read, viewing.to_read)
        if self._patient_id is None:
            self.bringing.look_aside()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Enter", tr("File and next")),
            Key("↑↓", tr("Document")),
            Key("Ctrl+P", tr("Print"), self.preview.view.print_out),
            *self.bringing.keys(),
            *self.preview.keys(),
            Key("Space", tr("Choose a document of the tray, to be put together with others")),
            Key("Ctrl+M", tr("Put the chosen documents together"), self.put_together),
            Key("/", tr("Search this chart"), self._start_search),
            Key("Ctrl+Shift+H", tr("Who used this record"), self.access_button.lead),
        )

    def panes(self) -> tuple[QWidget, ...]:
        first = self.contents.search if self._patient_id is not None else self.contents.finder
        shown = (first, self.contents.parts) if self.contents.isVisible() else (self.contents.narrow,)
        return (*shown, self.table, self.preview.view, self.preview.form.heading)

    def home(self) -> QWidget:
        """The list: Enter there begins with the document that is chosen."""
        return self.table

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
            self._chart = None
            self._marked = []
            self.contents.search.clear()
            self.contents.finder.clear_patient()
            self.contents.choose(ALL if patient_id is not None else TRAY)
            self.access_button.show_patient(patient_id)
            self.preview.show_line(None)
            self._show_groups([])
            self.patient_chosen.emit(patient_id)
            self.foot.show_patient(patient_id)
        self.clear_complaints()
        self.reload()

    def _show_incoming(self, incoming: tuple[TrayLine, ...]) -> None:
        self._incoming = incoming
        if self._patient_id is None:
            self.toolbar.show_title(tr("Incoming documents"))
            self._show_lines()
        else:
            part = self.contents.part
            self.desk.ask(
                self,
                self._show_chart,
                chart,
                patient_id=self._patient_id,
                category=category_of(part),
                find=self._find,
                archived=part == ARCHIVED,
            )

    def _show_to_read(self, readings: tuple[ReadingLine, ...]) -> None:
        self._to_read = readings
        self._show_lines()

    def _show_chart(self, shown: Chart) -> None:
        if shown.patient_id != self._patient_id:
            return
        self._chart = shown
        self._patient_name = shown.patient_name
        self.toolbar.show_title(shown.patient_name, " · ".join((shown.chart_number, *shown.holds)))
        self.preview.text_note.show_found(shown.found)
        self._show_lines()

    def _show_lines(self) -> None:
        """What is known now, as it is filtered and ordered."""
        incoming, to_read = len(self._incoming), len(self._to_read)
        if self._patient_id is None:
            self.contents.show_tray(incoming, to_read)
            is_read = self.contents.part == TO_READ
            groups = lines.of_readings(self._to_read) if is_read else lines.of_tray(self._incoming)
        elif self._chart is not None:
            self.contents.show_chart(self._chart, incoming, to_read)
            groups = lines.of_chart(
                self._chart,
                only_waiting=self.contents.part == TO_FILE,
                since=self.head.since,
                order=self.head.order,
            )
        else:
            return
        self._say_empty()
        self._show_groups(groups)

    def _show_groups(self, groups: Groups) -> None:
        count = sum(len(own) for _, own in groups)
        self.head.show_list(
            words_of(self.contents.part),
            count,
            of_chart=self._patient_id is not None,
            this_year=self.desk.today.year,
            sets_up=self._patient_id is None and self.desk.may("records.edit_intake"),
        )
        row = self.table.keeper.current()
        self._model.show_groups(groups)
        there = {line.key for line in self._model.rows()}
        self._marked = [key for key in self._marked if key in there]
        self.head.show_marked(len(self._marked))
        self.table.setColumnHidden(lines.LOCK, not any(line.is_sensitive for line in self._model.rows()))
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        elif self.table.current() is None and self.preview.draft() is None:
            self.table.choose_near(row)
        self._chosen(self.table.current())

    def _chosen(self, line: Line | None) -> None:
        """What is typed stays on the screen where another desk took its line away."""
        if line is not None or self.preview.draft() is None:
            self.preview.show_line(line)

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

    def put_together(self) -> None:
        """Ctrl+M: the chosen documents as one, in the order in which they were chosen."""
        rows = {line.key: line for line in self._model.rows()}
        chosen = [rows[key] for key in self._marked if key in rows]
        if len(chosen) > 1:
            pieces = tuple(Piece(line.document_id, line.version) for line in chosen if line.document_id)
            self.desk.do(self, self._put_together, splitting.join, pieces=pieces)

    def _put_together(self, done: Split) -> None:
        self._marked = []
        self._wanted = (done.document_id, None)
        count = len(done.part_ids)
        self.told.emit(counted(count, "Put {count} document together", "Put {count} documents together"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.bringing.drop(event.mimeData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list alone: a digit takes a chart, Space chooses."""
        is_key = watched is self.table and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and not event.modifiers():
            if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_5:
                return self.preview.whose.list.take(event.key() - Qt.Key.Key_0)
            if event.key() == Qt.Key.Key_Space:
                self._mark(self.table.current())
                return True
        return super().eventFilter(watched, event)

    def _mark(self, line: Line | None) -> None:
        if line is not None and not line.is_filed and line.document_id is not None:
            if line.key in self._marked:
                self._marked.remove(line.key)
            else:
                self._marked.append(line.key)
            self.head.show_marked(len(self._marked))
            self.table.viewport().update()

    def _is_marked(self, line: Line) -> bool:
        return line.key in self._marked

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme().px(_NARROW)
        self.contents.setVisible(not is_narrow)
        self.contents.narrow.setVisible(is_narrow)
        self.head.show_words(shown=not is_narrow)
        self._body.setStretch(1, _MIDDLE_NARROW if is_narrow else _MIDDLE)
        for_both = self.width() - (0 if is_narrow else self.contents.width())
        middle = for_both * self._body.stretch(1) // (self._body.stretch(1) + _SIDE)
        self.table.setColumnHidden(lines.SOURCE, middle < theme().px(_NO_SOURCE_BELOW))

    def _part_chosen(self, part: Part) -> None:
        if part in FOR_ALL and self._patient_id is not None:
            self.open_chart(None)
            self.contents.choose(part)
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
        if not line.is_filed and self.preview.opened is not None and not self.preview.accept_first():
            self.preview.send()

    def _go_on(self) -> None:
        """The next document that waits; the list itself follows with the change."""
        self.clear_complaints()
        waiting = [line.key for line in self._model.rows() if not line.is_filed]
        current = self.table.current()
        if current is not None and current.key in waiting:
            place = waiting.index(current.key)
            after = waiting[place + 1 :] + waiting[:place]
            if after:
                self.table.choose(after[0])
        self.table.setFocus()
        self.reload()

    def _was_added(self, document_id: int) -> None:
        """Shown as soon as the list has it; the list may have been faster than this."""
        self._wanted = (document_id, None)
        if any(line.key == self._wanted for line in self._model.rows()):
            self.table.choose(self._wanted)

    def _build(self) -> None:
        notice = QWidget()
        notice.setLayout(column(self.bringing.aside, margins=(8, 0, 8, 0)))
        middle = Frame("surface", column(self.head, notice, self.table, gap=0))
        side = Frame("detail", column(self.preview, gap=0, margins=(1, 0, 0, 0)))
        side.setMinimumWidth(theme().px(300))
        self._body = row(self.contents, middle, side, gap=0)
        self._body.setStretch(1, _MIDDLE)
        self._body.setStretch(2, _SIDE)
        content = QWidget()
        content.setLayout(self._body)
        self.set_content(content)
