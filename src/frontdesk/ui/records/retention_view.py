"""What the views of the Retention page share: a list with its detail beside it, and what stands for none."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import DetailWidth
from frontdesk.ui.text import tr

T = TypeVar("T")
_LEAST = 150
"""Design pixels for the words by which a line is known."""


class Detail(SidePanel):
    """Who or what the chosen line is, its facts, and the verbs."""

    def __init__(self) -> None:
        super().__init__()
        DetailWidth(self)
        self.name, self.what = Label("", "section", wrap=True), Label("", "body", "text-2", wrap=True)
        head = QWidget()
        head.setLayout(column(self.name, self.what, gap=2, margins=(14, 12, 14, 12)))
        self.set_head(head)

    def section(self, caption: str) -> "FactSection":
        """Another section of names and values."""
        made = FactSection(caption)
        self.add(made)
        return made

    def verbs(self, *rows: Sequence[QWidget]) -> Frame:
        """The buttons at the foot, a row each."""
        lines = [row(*buttons, gap=6) for buttons in rows]
        foot = Frame("foot", column(*lines, gap=6, margins=(12, 8, 12, 8)))
        self.set_foot(foot)
        return foot

    def show_head(self, name: str, what: str = "") -> None:
        self.name.setText(name)
        self.what.setText(what)
        set_shown(self.what, bool(what))


class FactSection(Section):
    """Names and values under a caption; away where there are none."""

    def __init__(self, caption: str) -> None:
        super().__init__(caption)
        self.facts = Facts()
        self.add(self.facts)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        self.facts.show_facts(tuple((name, value) for name, value in facts if value))
        set_shown(self, bool(facts))


class RetentionView(SetupPart, Generic[T]):
    """One list; a letter acts on the chosen line while the list has the focus."""

    def __init__(
        self,
        desk: Desk,
        columns: list[Column[T]],
        *,
        key: Callable[[T], object],
        says: str,
        empty: tuple[str, str, str],
        first_to_go: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.model = TableModel[T](columns, key=key)
        self.table = Table(self.model, says=says)
        ColumnFit(self.table, tuple(columns), least=_LEAST, first_to_go=first_to_go)
        self.detail = Detail()
        self.nothing = EmptyState(*empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        self.count = 0
        self.says = Label("", "secondary", "text-2")
        self.strip = Frame("bar", row(self.says, None, margins=(12, 6, 12, 6)))
        set_shown(self.strip, False)
        self._left = column(self.strip, self.stack, gap=0)
        whole = row(self._left, self.detail, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(column(self.banner, whole, gap=0))
        self.table.chosen.connect(self._chose)

    def home(self) -> QWidget:
        return self.table if self.count else self

    def show_rows(self, count: int) -> None:
        """After the model was filled: the list, or what stands for none."""
        self.count = count
        self.stack.setCurrentWidget(self.table if count else self.nothing)
        set_shown(self.detail, bool(count))
        if count and self.table.current() is None:
            self.table.choose_first()
        self._chose(self.table.current())

    def below(self, widget: QWidget) -> None:
        """What belongs to the chosen line, under the list."""
        self._left.addWidget(widget)
        self._left.setStretch(1, 2)
        self._left.setStretch(2, 3)

    def say(self, words: str) -> None:
        """A line above the list; away without words."""
        self.says.setText(words)
        set_shown(self.strip, bool(words))

    def show_chosen(self, line: T | None) -> None:
        """The detail of the chosen line."""
        raise NotImplementedError

    def by_letter(self, act: Callable[[], object]) -> Callable[[], None]:
        """A handler for a single letter: it acts only while the list has the focus."""

        def acts() -> None:
            if self.table.hasFocus():
                act()

        return acts

    def _chose(self, line: T | None) -> None:
        self.show_chosen(line)
        patient_id = getattr(line, "patient_id", None)
        if patient_id is not None:
            self.patient_chosen.emit(patient_id)


def verb(
    words: str, act: Callable[[], object], *, keys: str = "", icon: str = "", main: bool = False
) -> Button:
    """A button of the detail's foot."""
    button = Button(tr(words), "primary" if main else "default", icon=icon, keys=keys)
    button.clicked.connect(lambda: act())
    return button
