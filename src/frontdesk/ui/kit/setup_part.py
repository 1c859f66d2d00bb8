"""What a part of a set-up page is: a panel that says where its keyboard starts, and its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar, cast

from PySide6.QtWidgets import QLayout, QWidget

from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Key, Panel
from frontdesk.ui.theme import theme

_LINE_OF_A_FORM = 880
"""Design pixels: a field is as wide as what is typed into it, not as the window."""


def says(words: str, *beside: QWidget) -> Frame:
    """What a part, or a table of it, is for; beside the words what is done with it."""
    line = row(gap=10, margins=(12, 7, 12, 7))
    line.addWidget(Label(words, "secondary", "text-2", wrap=True), 1)
    for widget in beside:
        line.addWidget(widget)
    return Frame("bar", line)


def form_pane(*pieces: QWidget | QLayout) -> QWidget:
    """A form of the set-up from the top, no wider than is read at one glance."""
    inner = QWidget()
    inner.setLayout(column(*pieces, gap=12))
    inner.setMaximumWidth(theme().px(_LINE_OF_A_FORM))
    line = row(gap=0)
    line.addWidget(inner, 100)  # what is over the form's width stays free on its right
    line.addStretch(1)
    pane = QWidget()
    pane.setLayout(column(line, None, margins=(14, 12, 14, 12)))
    return pane


class SetupPart(Panel):
    """One part at a time is shown; each asks for itself, and reloads by its topics."""

    new_words: ClassVar[str] = ""
    """What Ctrl+N does here; empty: nothing."""

    def home(self) -> QWidget:
        """Where the focus goes when the part is turned to."""
        raise NotImplementedError

    def new(self) -> None:
        """Ctrl+N."""

    def step_back(self) -> bool:
        """Esc within the part: whether there was a level to go back from."""
        return False

    def part_keys(self) -> tuple[Key, ...]:
        """Its keys besides Ctrl+N; Alt with a digit and Esc are the page's."""
        return ()

    def on_list(self, act: Callable[[], object]) -> Callable[[], object]:
        """What a key does while the part's list has the focus; anywhere else the key is not its."""
        return lambda: act() if self.home().hasFocus() else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part by its name, the words of its sub-tab, where its class is, and who may open it."""

    name: str
    words: str
    where: str
    permission: str = ""

    def load(self) -> type[SetupPart]:
        module, _, name = self.where.partition(":")
        return cast("type[SetupPart]", getattr(import_module(module), name))
