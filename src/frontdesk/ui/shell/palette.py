"""The command field (Ctrl+K): finds patients while one types, and runs every action of the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.registration.search import Found, narrowed, search
from frontdesk.services.schedule import day
from frontdesk.services.schedule.day import DaySheet, DayVisit
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import Frame, row
from frontdesk.ui.kit.dialog import Scrim
from frontdesk.ui.kit.label import IconLabel, KeyHint, Label, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.shell.actions import Action
from frontdesk.ui.shell.palette_rows import PaletteDelegate, PaletteModel, PaletteRow
from frontdesk.ui.shell.palette_sources import (
    COMMANDS_FROM,
    action_rows,
    nobody_rows,
    patient_rows,
    visit_rows,
)
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WIDTH = 680
_TALLEST = 440
_PATIENTS = 6


class Palette(QDialog):
    """Tells which patient is to be opened; acts go through `perform`. Old answers are never shown."""

    patient_chosen = Signal(object)
    visit_chosen = Signal(object)
    """A DayVisit of today."""
    register_wanted = Signal(str)
    """Nobody fits: what was typed is to begin a registration."""

    def __init__(
        self,
        desk: Desk,
        actions: Sequence[Action],
        perform: Callable[[Action, int | None], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent.window(), Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Search and command"))
        self._desk = desk
        self._actions = tuple(actions)
        self._perform = perform
        self._scrim: Scrim | None = None
        self._found = Found("", (), has_more=False)
        self._is_asking = False
        self._visits: tuple[DayVisit, ...] = ()
        self._model = PaletteModel(self)
        self.field = QLineEdit()
        self.field.setProperty("place", "palette")
        self.field.setProperty("drawsOwnFocus", True)
        self.field.setFont(theme().font("page"))
        self.field.setPlaceholderText(tr("Name, birth date, phone, chart, or > for commands"))
        self.field.setAccessibleName(tr("Search and command"))
        self.field.textChanged.connect(self._typed)
        self._count = Label("", "secondary", "text-3")
        self.notice = Label("", "body", "warn-tx", wrap=True)
        self.notice.setContentsMargins(theme().px(14), theme().px(8), theme().px(14), theme().px(8))
        set_shown(self.notice, False)
        self.list = QListView()
        self.list.setAccessibleName(tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self._model)
        self._delegate = PaletteDelegate(self._model, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._clicked)
        self._build()
        self._show()
        if desk.may("schedule.view"):
            desk.ask(self, self._show_day, day.day_sheet, day=desk.today)

    @property
    def rows(self) -> tuple[PaletteRow, ...]:
        return self._model.rows

    def refused(self, error: FrontdeskError) -> None:
        """The search could not be done: said where the patients would stand."""
        self._is_asking = False
        self._found = Found("", (), has_more=False)
        self.notice.setText(str(error))
        set_shown(self.notice, True)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._model.step(1 if event.key() == Qt.Key.Key_Down else -1)
            self.list.scrollTo(self._model.index(self._model.chosen))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the verbs of the row: the focus stays in the field."""
        self._model.next_verb()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.parentWidget()
        if window is not None and self._scrim is None:
            self._scrim = Scrim(window)
            left = (window.width() - self.width()) // 2
            self.move(window.mapToGlobal(QPoint(left, theme().px(66))))
        self.field.setFocus()

    def done(self, result: int) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        super().done(result)

    def _build(self) -> None:
        px = theme().px
        frame = QFrame(self)
        frame.setProperty("look", "dialog")
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self._column = column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QWidget()
        top.setFixedHeight(px(46))
        icon = IconLabel("search", "text-2", 18)
        top.setLayout(row(icon, self.field, self._count, KeyHint("Esc"), gap=10, margins=(14, 0, 14, 0)))
        column.addWidget(top)
        column.addWidget(Rule())
        column.addWidget(self.notice)
        column.addWidget(self.list)
        hints = row(gap=8, margins=(14, 0, 14, 0))
        for keys, words in (("↑↓", tr("Move")), ("Enter", tr("Open")), ("Tab", tr("Actions"))):
            hints.addWidget(KeyHint(keys))
            hints.addWidget(Label(words, "secondary", "text-2"))
        hints.addStretch()
        foot = Frame("dialog-foot", hints)
        foot.setFixedHeight(px(32))
        column.addWidget(foot)
        self.setFixedWidth(px(_WIDTH))

    def _typed(self, text: str) -> None:
        """Asks at each key; until the answer is there, only who fits what is typed already is listed."""
        typed = text.strip()
        self._is_asking = (
            bool(typed) and not typed.startswith(COMMANDS_FROM) and self._desk.may("registration.view")
        )
        if self._is_asking:
            self._found = narrowed(self._found, typed, self._desk.today)
            self._desk.ask(self, self._show_found, search, typed=typed, limit=_PATIENTS)
        else:
            self._found = Found(typed, (), has_more=False)
            set_shown(self.notice, False)
        self._show()

    def _show_found(self, found: Found) -> None:
        if found.typed != self.field.text().strip():
            return
        self._is_asking = False
        self._found = found
        set_shown(self.notice, False)
        self._show()

    def _show_day(self, sheet: DaySheet) -> None:
        self._visits = sheet.visits
        self._show()

    def _show(self) -> None:
        typed = self.field.text().strip()
        today, patients = self._desk.today, self._found.patients
        everyday = [action for action in self._actions if not action.for_patient]
        rows = [
            *patient_rows(patients, today, self._actions, self._open_patient, self._act),
            *visit_rows(typed, self._visits, self._open_visit),
            *action_rows(typed or COMMANDS_FROM, everyday, self._act),
        ]
        found = sum(not row.is_heading for row in rows)
        was_nobody_found = self._found.typed == typed and not (self._is_asking or patients)
        if was_nobody_found and not self.notice.isVisibleTo(self) and not typed.startswith(COMMANDS_FROM):
            may_register = self._desk.may("registration.register")
            rows += nobody_rows(typed, self._register if may_register else None)
        self._model.show(rows)
        self._count.setText(tr("{count} found", count=found) if typed and not self._is_asking else "")
        height = sum(self.list.sizeHintForRow(place) for place in range(len(rows)))
        # While an answer is on its way the list keeps its height: nothing jumps between two keys.
        least = self.list.height() if self._is_asking else theme().px(34)
        self.list.setFixedHeight(min(theme().px(_TALLEST), max(height, least)))
        for layout in (self._column, self._whole):
            layout.activate()  # else the size that it had before would be taken once more
        self.adjustSize()

    def _register(self) -> None:
        self.register_wanted.emit(self.field.text().strip())

    def _clicked(self, index: QModelIndex) -> None:
        self._model.choose(index.row())
        self._run()

    def _run(self) -> None:
        chosen = self._model.current()
        if chosen is None or chosen.perform is None:
            return
        perform = chosen.verbs[self._model.verb].perform if self._model.verb >= 0 else chosen.perform
        self.accept()
        perform()

    def _act(self, action: Action, patient_id: int | None) -> None:
        self._perform(action, patient_id)

    def _open_patient(self, patient_id: int) -> None:
        self.patient_chosen.emit(patient_id)

    def _open_visit(self, visit: DayVisit) -> None:
        self.visit_chosen.emit(visit)
