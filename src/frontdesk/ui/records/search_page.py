"""The Find part of Records: documents of all charts by the words that stand in them."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.services.records import search, text
from frontdesk.services.records.search import FoundDocument, FoundDocuments
from frontdesk.services.records.text import TextCounts, TextState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key, Parked
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.found_pane import FoundPane
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.records.words import icon_of
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_NARROW = 620
_LIST, _PANE = 10, 11
"""How the width is shared."""


class SearchPage(RecordsTabPage):
    """The field and what was found on the left, the chosen document on the right."""

    title = "Find in documents"
    part = "find_documents"
    parks = str
    topics = frozenset({"document"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._typed = ""
        self.box = _Field(tr("Words, “a phrase”, from:lab, category:hospital"), keys="/")
        self.box.searched.connect(self._look)
        self.box.down.connect(self._into_list)
        self._model = ListModel[FoundDocument](_item, key=lambda found: found.document_id)
        self.list = _Results(self._model, says=tr("Documents found"))
        self.list.pages_wanted.connect(self._show_pages)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._open)
        self.nothing = EmptyState("file-search", "", "")
        self._left = QStackedWidget()
        self._left.addWidget(self.nothing)
        self._left.addWidget(self.list)
        self._count = Label("", "secondary", "text-2")
        self._unread = Label("", "secondary", "text-2", wrap=True)
        set_shown(self._unread, False)
        self.pane = FoundPane(desk)
        self.pane.open_wanted.connect(self._open_current)
        self._build()
        self._say_nothing()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show_counts, text.counts)
        self._look(self._typed)

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("/", tr("Search"), partial(self.box.setFocus, Qt.FocusReason.ShortcutFocusReason)),
            Key("↑↓", tr("Document")),
            Key("Space", tr("Show its pages")),
            Key("Enter", tr("Open in the chart")),
            Key("Ctrl+P", tr("Print the pages shown"), self._print),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.pane.pages_button, self.box)

    def open_with(self, errand: Errand) -> None:
        if errand.typed:
            self.box.setText(errand.typed)
            self._look(errand.typed)

    def park(self) -> Parked | None:
        if not self._typed:
            return None
        typed = self._typed
        self.box.clear()
        self._look("")
        return Parked(tr("Find in documents"), typed)

    def take_up(self, state: object) -> None:
        assert isinstance(state, str)
        self.box.setText(state)
        self._look(state)

    # -- what is shown --------------------------------------------------------------

    def _look(self, typed: str) -> None:
        self._typed = typed.strip()
        self.clear_complaints()
        self.desk.ask(self, self._show, search.find, typed=self._typed)

    def _show(self, found: FoundDocuments) -> None:
        if found.typed != self._typed:
            return
        chosen = self.list.current()
        self._model.show(found.documents)
        self._left.setCurrentWidget(self.list if found.documents else self.nothing)
        if found.documents and (chosen is None or not self.list.choose(chosen.document_id)):
            self.list.choose(found.documents[0].document_id)
        self._chosen(self.list.current())
        self._say_nothing()
        if found.has_more:
            said = tr("The first {count}. Add a word to narrow them.", count=len(found.documents))
        else:
            said = counted(len(found.documents), "1 document", "{count} documents")
        self._count.setText(
            said if found.documents else tr("Nothing found") if self._typed else tr("All charts")
        )

    def _say_nothing(self) -> None:
        if self._typed:
            self.nothing.say(
                "search-x",
                tr("No document holds these words"),
                tr("Try fewer words, or the beginning of one. Scans without text are found by title only."),
            )
        else:
            self.nothing.say(
                "file-search",
                tr("Find a document by what stands in it"),
                tr("Type words of its text, its title, or who it is from. All charts are searched."),
            )

    def _show_counts(self, counts: TextCounts) -> None:
        said = []
        if counts.without_text:
            one, many = "1 scan has no text", "{count} scans have no text"
            said.append(
                tr("{what}; only titles are searched there.", what=counted(counts.without_text, one, many))
            )
        if counts.pending:
            said.append(counted(counts.pending, "1 is still being read.", "{count} are still being read."))
        if counts.failed:
            said.append(counted(counts.failed, "1 cannot be read.", "{count} cannot be read."))
        self._unread.setText(" ".join(said))
        set_shown(self._unread, bool(said))

    def _chosen(self, found: FoundDocument | None) -> None:
        self.pane.show_found(found)
        self.patient_chosen.emit(found.patient_id if found is not None else None)

    # -- what people do ---------------------------------------------------------------

    def _into_list(self) -> None:
        if self._model.rows():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_pages(self) -> None:
        if self.pane.isVisible():  # what nobody can look at is not opened, and not logged as seen
            self.pane.show_pages()

    def _print(self) -> None:
        if self.pane.shows_pages:
            self.pane.view.print_out()

    def _open_current(self) -> None:
        found = self.list.current()
        if found is not None:
            self._open(found)

    def _open(self, found: FoundDocument) -> None:
        errand = Errand("chart", patient_id=found.patient_id, about_id=found.document_id)
        self.go.emit("records", errand)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both the list stays, and Enter leads on."""
        super().resizeEvent(event)
        self._right.setVisible(self.width() >= theme().px(_NARROW))

    def _build(self) -> None:
        head = Frame("bar", row(self.box, margins=(12, 6, 12, 6)))
        foot = Frame("bar", column(self._count, self._unread, gap=2, margins=(12, 6, 12, 6)))
        left_column = column(head, self._left, foot, gap=0)
        left_column.setStretch(1, 1)
        left = Frame("surface", left_column)
        right = Frame("detail", column(self.pane, gap=0, margins=(1, 0, 0, 0)))
        right.setMinimumWidth(theme().px(300))
        self._right = right
        body = row(left, right, gap=0)
        body.setStretch(0, _LIST)
        body.setStretch(1, _PANE)
        content = QWidget()
        content.setLayout(body)
        self.set_content(content)


class _Field(SearchBox):
    """Down and Enter lead into the list."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        else:
            super().keyPressEvent(event)


class _Results(RowList[FoundDocument]):
    """Space asks for the pages."""

    pages_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.pages_wanted.emit()
        else:
            super().keyPressEvent(event)


def _item(found: FoundDocument) -> Item:
    whose = found.patient_name if found.patient_id is not None else tr("No chart yet")
    about = [Words(whose, "text"), Words(found.chart_number, "text-3")]
    if found.source:
        about.append(Words(found.source, marks=found.source_marks))
    lines = [tuple(about)]
    if found.snippet:
        lines.append((Words(found.snippet, marks=found.snippet_marks),))
    elif found.text_state is TextState.NO_TEXT:
        lines.append((Words(tr("Scan without text, found by its title"), "text-3", icon="scan"),))
    if found.is_sensitive:
        chip, tone, icon = tr("Restricted"), "neutral", "lock"
    else:
        chip, tone, icon = "" if found.is_filed else tr("Not filed"), "warn", "inbox"
    return Item(
        found.title,
        tuple(lines),
        icon=icon_of(found.category),
        trailing=Words(f"{found.on:%m/%d/%y}", "text-2"),
        chip=chip,
        chip_tone=tone,
        chip_icon=icon,
        marks=found.title_marks,
    )
