"""A letter before it leaves: looked at, printed or saved; that it was is written into the history."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.paper_dialog import PaperDialog


class LetterDialog(PaperDialog):
    """`printed` notes it; a letter that went out before needs no note."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        title: str,
        file_name: str,
        printed: Callable[["LetterDialog"], object] | None = None,
    ) -> None:
        super().__init__(parent, desk, title, file_name)
        self._note = printed
        self.print_button.clicked.connect(self._noted)

    def save(self, path: Path) -> None:
        super().save(path)
        self._noted()

    def _noted(self) -> None:
        if self._note is not None:
            self._note(self)

    def noted(self, _: object) -> None:
        """For the answer of the command that notes it."""
