"""Work on pages: the thumbnails, what acts on them, and what becomes of the plan."""

from PySide6.QtCore import Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.page_plan import PagePlan
from frontdesk.ui.records.thumbnails import Thumbnails
from frontdesk.ui.text import counted, tr


class PageStrip(Frame):
    """The thumbnails, left of the pages; what acts on them stands in `bar`, above the pages."""

    keep_wanted = Signal()
    split_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent=parent)
        self.list = Thumbnails()
        self.list.planned.connect(self._show_plan)
        self.setLayout(column(self.list, gap=0))
        self._left = IconButton("rotate-ccw", tr("Turn left"), keys="Shift+R")
        self._right = IconButton("rotate-cw", tr("Turn right"), keys="R")
        self._up = IconButton("arrow-up", tr("Move up"), keys="Alt+Up")
        self._down = IconButton("arrow-down", tr("Move down"), keys="Alt+Down")
        self._out = IconButton("trash-2", tr("Leave page out"), keys="Del")
        self._split = IconButton("scissors", tr("Another document begins here"), keys="S")
        self._words = Label("", "secondary", "text-2", wrap=True)
        self.discard_button = Button(tr("Discard"), height="small")
        self.keep_button = Button(tr("Keep pages"), "tonal", keys="Ctrl+S", height="small")
        self.split_button = Button(tr("Split"), "tonal", icon="scissors", keys="Ctrl+S", height="small")
        self._left.clicked.connect(lambda: self.list.turn(-90))
        self._right.clicked.connect(lambda: self.list.turn(90))
        self._up.clicked.connect(lambda: self.list.shift(-1))
        self._down.clicked.connect(lambda: self.list.shift(1))
        self._out.clicked.connect(self.list.leave_out)
        self._split.clicked.connect(self.list.split_here)
        self.discard_button.clicked.connect(self.discard)
        self.keep_button.clicked.connect(self.keep_wanted)
        self.split_button.clicked.connect(self.split_wanted)
        tools = row(self._left, self._right, self._up, self._down, self._out, self._split, None, gap=2)
        verbs = row(self._words, self.discard_button, self.keep_button, self.split_button)
        verbs.setStretch(0, 1)
        self.bar = Frame("plain", column(tools, verbs, gap=4))
        self._document: QPdfDocument | None = None
        self._can_split = True
        self.turn_on(shown=False)

    @property
    def plan(self) -> PagePlan:
        return self.list.plan

    @property
    def is_on(self) -> bool:
        return not self.isHidden()

    def turn_on(self, *, shown: bool) -> None:
        set_shown(self, shown)
        set_shown(self.bar, shown)
        if not shown:
            self.discard()

    def show_document(self, document: QPdfDocument | None, *, can_split: bool) -> None:
        """The pages of a document as it is kept; one that is filed cannot be split."""
        self._document, self._can_split = document, can_split
        set_shown(self._split, can_split)
        self.list.show_document(document)

    def discard(self) -> None:
        """The pages as they are kept."""
        self.list.show_document(self._document)

    def send(self) -> None:
        """Ctrl+S: keep the pages, or else split."""
        if self.keep_button.isVisibleTo(self.bar):
            self.keep_wanted.emit()
        elif self.split_button.isVisibleTo(self.bar):
            self.split_wanted.emit()

    def _show_plan(self) -> None:
        changed, starts = self.plan.is_changed, self.plan.starts
        set_shown(self.keep_button, changed)
        set_shown(self.split_button, bool(starts) and not changed)
        set_shown(self.discard_button, changed or bool(starts))
        if changed and starts:
            self._words.setText(tr("Keep the pages first, then split."))
        elif changed:
            self._words.setText(tr("A new version. What came in stays."))
        elif starts:
            many = counted(len(starts) + 1, "{count} document", "{count} documents")
            self._words.setText(tr("Becomes {many}.", many=many))
        else:
            chosen = tr("R turns, Del leaves out, Alt+↑↓ moves")
            self._words.setText(f"{chosen}, {tr('S splits')}" if self._can_split else chosen)
