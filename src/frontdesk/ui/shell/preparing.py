"""A small window while something long must be made before there is anything to show."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.security.background import Background
from frontdesk.ui.shell.header import Logo
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

Progress = Callable[[int, int, str], None]


class Preparing(QWidget):
    """Runs the work on a thread; shows how far it is and what is being made."""

    finished = Signal()
    failed = Signal(str)
    _progressed = Signal(int, int, str)

    def __init__(self, title: str, work: Callable[[Progress], None]) -> None:
        super().__init__()
        self._work = work
        self._background = Background(self)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._what = Label(tr("Starting"), "secondary", "text-2")
        head = row(Logo(), Label(title, "section"), None, gap=10)
        frame = Frame("surface", column(head, self._bar, self._what, gap=12, margins=(24, 24, 24, 20)))
        self.setLayout(column(frame))
        self.setWindowTitle("Frontdesk")
        self.setFixedWidth(theme().px(420))
        self._progressed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        self.show()
        self._background.run(lambda: self._work(self._progressed.emit), self._finish, self._fail)

    def _show(self, done: int, of: int, what: str) -> None:
        self._bar.setMaximum(of)
        self._bar.setValue(done)
        self._what.setText(what)

    def _finish(self, _nothing: None) -> None:
        self.finished.emit()

    def _fail(self, error: FrontdeskError) -> None:
        self.failed.emit(str(error))
