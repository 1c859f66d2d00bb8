"""What stands in the place of a restricted record: why it is closed, and the way in with a reason."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.side_panel import Section
from frontdesk.ui.text import tr


class Restricted(Section):
    """The reason goes to `open_with`; each is reviewed."""

    def __init__(self, open_with: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(tr("Restricted record"), parent=parent)
        self._open_with = open_with
        line = QWidget()
        words = Label(tr("Opened only with a reason. Each one is reviewed."), wrap=True)
        layout = row(IconLabel("lock", "warn"), words)
        layout.setStretch(1, 1)
        line.setLayout(layout)
        self.add(line)
        self._reason = TextEdit()
        form = Form()
        form.add("reason", tr("Why you need it now"), self._reason)
        self.add(form)
        button = Button(tr("Open record"), icon="lock-open")
        button.clicked.connect(self._open)
        self._reason.returnPressed.connect(self._open)
        self.add(button)

    def _open(self) -> None:
        self._open_with(self._reason.value())
