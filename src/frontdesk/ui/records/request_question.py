"""What the small questions about one request of the list have in common, and the panels that ask them."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from frontdesk.services.records.request_row import RequestDetail
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.records.request_panels import RequestPanels
from frontdesk.ui.text import tr

Told = Callable[[str], object]


class Line(Protocol):
    """A request in its list."""

    @property
    def request_id(self) -> int: ...

    @property
    def number(self) -> str: ...


class Shown(Protocol):
    """A request as it was read."""

    @property
    def line(self) -> Line: ...

    @property
    def version(self) -> int: ...


S = TypeVar("S", bound=Shown)


class RequestQuestion(Dialog, Generic[S]):
    """A question about one request; what is saved says the version that was seen."""

    width_of_it = 560

    def __init__(self, panel: Panel, shown: S, told: Told, question: str, words: str, *, icon: str) -> None:
        super().__init__(panel, question, words, icon=icon, icon_color="text-2", width=self.width_of_it)
        self._desk: Desk = panel.desk
        self._panel = panel
        self._shown, self._told = shown, told
        self._id, self._version = shown.line.request_id, shown.version
        self.form = Form()
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")

    def verb(self, words: str, act: Callable[[], object]) -> None:
        """The primary one."""
        self.save = self.add_verb(words, act, kind="primary", keys="Ctrl+Return", closes=False)
        self.save.setShortcut("Ctrl+Return")

    def done_with(self, words: str) -> Callable[[object], None]:
        """Closes and says so."""

        def over(_: object) -> None:
            self.accept()
            self._told(words.format(number=self._shown.line.number))

        return over


class AskingPanels(RequestPanels, Generic[S]):
    """Panels of a kind whose request is read besides its row, for what its questions need."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: S | None = None

    def forget_other(self, request_id: int) -> None:
        """Another request is turned to."""
        if self.shown is not None and self.shown.line.request_id != request_id:
            self.shown = None

    def show_read(self, shown: S) -> None:
        """The request as it was read, if it is still the one that is turned to."""
        if self.row is not None and shown.line.request_id == self.row.id:
            self.shown = shown
            self.show_acts()

    def show_detail(self, detail: RequestDetail) -> None:
        """Its checklist and its course."""
        if self.show_panels(detail):
            self.show_acts()
