"""What a part of the check-in set-up is: a panel that says where its keyboard starts, and its keys."""

from typing import ClassVar

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

    def part_keys(self) -> tuple[Key, ...]:
        """Its keys besides Ctrl+N; Alt with a digit and Esc are the page's."""
        return ()
