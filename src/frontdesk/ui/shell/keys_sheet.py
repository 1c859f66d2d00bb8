"""F1: every key of the page in front, and those that work everywhere; made from the declarations."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import KeyHint, Label
from frontdesk.ui.kit.page import Key
from frontdesk.ui.shell.actions import Action
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_COLUMNS = 2


class KeysSheet(Dialog):
    """Two columns of keys with their words, this page's first."""

    def __init__(
        self,
        parent: QWidget,
        page_title: str,
        page_keys: Sequence[Key],
        tabs: Sequence[str],
        actions: Sequence[Action],
    ) -> None:
        super().__init__(parent, tr("Keys"), width=680)
        if page_keys:
            self._add(page_title, page_keys)
        going = [Key(f"Ctrl+{place}", tab) for place, tab in enumerate(tabs, 1)]
        self._add(tr("Everywhere"), [*going, *(Key(a.keys, tr(a.title)) for a in actions if a.keys)])
        self.add_verb(tr("Close"), kind="primary", keys="Esc")

    def _add(self, title: str, keys: Sequence[Key]) -> None:
        self.body.addWidget(Label(title, "caption", "text-3"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(5))
        lines = (len(keys) + _COLUMNS - 1) // _COLUMNS
        for place, key in enumerate(keys):
            across, down = divmod(place, lines)
            grid.addWidget(KeyHint(key.keys), down, across * 2)
            grid.addWidget(Label(key.words), down, across * 2 + 1)
            grid.setColumnStretch(across * 2 + 1, 1)
        self.body.addLayout(grid)
