"""A set-up page: rules of the office, one part at a time."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.kit.setup_part import Part, SetupPart
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.text import tr

_MOST_DIGITS = 9


class SetupPage(Page):
    """An errand named like a part opens that part."""

    shows_patient = True
    declared: ClassVar[tuple[Part, ...]] = ()
    leads_back: ClassVar[tuple[str, str]] = ("", "")
    """The page that Esc goes to, and its words."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._open = (
            tuple(part for part in self.declared if not part.permission or desk.may(part.permission))
            or self.declared[:1]
        )
        self._made: dict[str, SetupPart] = {}
        back = IconButton("arrow-left", tr(self.leads_back[1]), keys="Esc")
        back.clicked.connect(self.back)
        self.tabs = SubTabs(
            tuple((part.name, tr(part.words)) for part in self._open), says=tr("Parts of the set-up")
        )
        self.tabs.chosen.connect(self.show_part)
        self.toolbar = Toolbar()
        self.toolbar.add_left(back, self.tabs)
        self.turns_with(self.tabs)
        self.set_toolbar(self.toolbar)
        self._stack = QStackedWidget()
        self.set_content(Frame("surface", column(self._stack, gap=0)))
        self._stack.setCurrentWidget(self.part(self._open[0].name))
        self.bind_keys()

    def part(self, name: str) -> SetupPart:
        """A part, made when it is first wanted."""
        if name not in self._made:
            declared = next(part for part in self._open if part.name == name)
            made = declared.load()(self.desk)
            self._stack.addWidget(made)
            made.told.connect(self.told)
            made.go.connect(self.go)
            self._made[name] = made
        return self._made[name]

    def keys(self) -> tuple[Key, ...]:
        shown = self.part(self.tabs.value())
        new = (Key("Ctrl+N", tr(shown.new_words), shown.new),) if shown.new_words else ()
        return (
            *new,
            *shown.part_keys(),
            Key("Esc", tr(self.leads_back[1]), self.back),
            *(
                Key(f"Alt+{digit}", tr(part.words), self._turner(part.name))
                for digit, part in enumerate(self._open[:_MOST_DIGITS], start=1)
            ),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.tabs, _start(self.part(self.tabs.value())))

    def open_with(self, errand: Errand) -> None:
        if errand.act in {part.name for part in self._open}:
            self.show_part(errand.act)

    def show_part(self, name: str) -> None:
        """Turn to a part."""
        shown = self.part(name)
        self.tabs.set_value(name)
        self._stack.setCurrentWidget(shown)
        _start(shown).setFocus(Qt.FocusReason.OtherFocusReason)
        self.bind_keys()

    def back(self) -> None:
        """A level back within the part, else out of the set-up."""
        if not self.part(self.tabs.value()).step_back():
            self.go.emit(self.leads_back[0], None)

    def _turner(self, name: str) -> Callable[[], None]:
        return lambda: self.show_part(name)


def _start(part: SetupPart) -> QWidget:
    """Where the keyboard starts: what says that there is nothing yet, while the part's list is hidden."""
    home = part.home()
    if home.isVisibleTo(part):
        return home
    return next((each for each in part.findChildren(EmptyState) if each.isVisibleTo(part)), home)
