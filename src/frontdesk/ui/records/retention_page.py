"""Retention: what may be destroyed, the runs that destroy it, the holds that stop them, and the rules."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.records.retention_boxes_view import BoxesView
from frontdesk.ui.records.retention_due_view import DueView
from frontdesk.ui.records.retention_holds_view import HoldsView
from frontdesk.ui.records.retention_rules_view import RulesView
from frontdesk.ui.records.retention_runs_view import RunsView
from frontdesk.ui.text import tr

VIEWS: Final[tuple[tuple[str, str, Callable[[Desk], SetupPart]], ...]] = (
    ("due", "Due", DueView),
    ("runs", "Runs", RunsView),
    ("holds", "Holds", HoldsView),
    ("boxes", "Boxes", BoxesView),
    ("rules", "Rules", RulesView),
)


class RetentionPage(RecordsTabPage):
    """One view at a time, Alt with its number; an errand named like a view opens it."""

    title = "Retention"
    part = "retention"
    topics = frozenset({"document", "disposal_run", "disposal_item", "legal_hold", "legal_hold_release"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.views = Segmented(
            tuple((name, tr(words)) for name, words, _ in VIEWS), says=tr("Views of retention")
        )
        self.views.chosen.connect(self.show_view)
        self.toolbar.add(self.views)
        self._made: dict[str, SetupPart] = {}
        self._stack = QStackedWidget()
        self.set_content(Frame("surface", column(self._stack, gap=0)))
        self._stack.setCurrentWidget(self.view(VIEWS[0][0]))
        self.bind_keys()

    def view(self, name: str) -> SetupPart:
        """A view, made when it is first wanted."""
        if name not in self._made:
            made = next(make for known, _, make in VIEWS if known == name)(self.desk)
            self._stack.addWidget(made)
            made.told.connect(self.told)
            made.go.connect(self._go)
            made.patient_chosen.connect(self.patient_chosen)
            self._made[name] = made
        return self._made[name]

    def keys(self) -> tuple[Key, ...]:
        shown = self.view(self.views.value())
        new = (Key("Ctrl+N", tr(shown.new_words), shown.new),) if shown.new_words else ()
        return (
            *shown.part_keys(),
            *new,
            *(
                Key(f"Alt+{digit}", tr(words), self._turner(name))
                for digit, (name, words, _) in enumerate(VIEWS, start=1)
            ),
        )

    def panes(self) -> tuple[QWidget, ...]:
        shown = self.view(self.views.value())
        below = (shown.items,) if isinstance(shown, RunsView) and shown.count else ()
        return (self.views, *below, shown.home())

    def open_with(self, errand: Errand) -> None:
        if errand.act in {name for name, _, _ in VIEWS}:
            self.show_view(errand.act)

    def show_view(self, name: str) -> None:
        """Turn to a view."""
        shown = self.view(name)
        self.views.set_value(name)
        self._stack.setCurrentWidget(shown)
        shown.home().setFocus(Qt.FocusReason.OtherFocusReason)
        self.bind_keys()

    def _go(self, page: str, errand: object) -> None:
        if page == "retention" and isinstance(errand, Errand):
            self.show_view(errand.act)
        else:
            self.go.emit(page, errand)

    def _turner(self, name: str) -> Callable[[], None]:
        return lambda: self.show_view(name)
