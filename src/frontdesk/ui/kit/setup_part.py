"""What a part of a set-up page is: a panel that says where its keyboard starts, and its keys."""

from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar, cast

from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.page import Key, Panel


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
