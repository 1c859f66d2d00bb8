"""Amounts that explain themselves: a widget says which amounts it shows, and F8 or its menu ask why.

    explains(label, Amount(tr("Balance"), cents, Subject(About.ACCOUNT, account_id)))
    Offer(table, lambda: amounts_of(table.current()))

The question goes to the page that holds the widget (`Panel.why_wanted`), and from there to the window; from
a dialog to the page behind it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QLabel, QMenu, QWidget

from frontdesk.kernel.money import dollars
from frontdesk.ui.kit.page import Page, Panel
from frontdesk.ui.text import tr

W = TypeVar("W", bound=QWidget)
_KEY = "F8"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it is shown, its name, and what the ledger knows it by."""

    name: str
    cents: int
    subject: object
    """A `services.billing.explain_subject.Subject`."""
    said: str = ""
    """As it is shown where it is no money: "84.6 %"."""

    @property
    def value(self) -> str:
        return self.said or dollars(self.cents)

    def words(self) -> str:
        return tr("{name}: {amount}", name=self.name, amount=self.value)


class Offer(QObject):
    """What a widget shows, found by F8 and by its context menu; a label is clicked as well."""

    def __init__(self, widget: QWidget, amounts: Callable[[], Sequence[Amount]]) -> None:
        super().__init__(widget)
        self.widget = widget
        self.amounts = amounts
        watched = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        watched.installEventFilter(self)
        if watched is not widget:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            return self._open_menu(event)
        if event.type() == QEvent.Type.Show:
            _listen_in(self.widget.window())
        is_release = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        if is_release and isinstance(self.widget, QLabel):
            offered = self.amounts()
            if len(offered) == 1:
                ask_why(self.widget, offered[0])
                return True
        return False

    def menu(self) -> QMenu:
        """What the right button, or the menu key, opens."""
        return _menu_of(self.widget, self.amounts())

    def _open_menu(self, event: QContextMenuEvent) -> bool:
        if not self.amounts():
            return False
        self.menu().popup(event.globalPos())
        return True


def explains(widget: W, *amounts: Amount) -> W:
    """A widget that shows these amounts for as long as it lives; gives the widget back."""
    Offer(widget, lambda: amounts)
    if isinstance(widget, QLabel) and len(amounts) == 1:
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
        widget.setToolTip(tr("Click, or F8, explains it"))
    return widget


def ask_why(widget: QWidget, amount: Amount) -> None:
    """Ask the page that holds the widget."""
    panel: Panel | None = None
    parent: QWidget | None = widget
    last = widget
    while parent is not None:
        panel = parent if isinstance(parent, Panel) else panel
        last, parent = parent, parent.parentWidget()
    if panel is None:  # a dialog: its window shows the page that it is about
        panel = next((page for page in last.findChildren(Page) if page.isVisible()), None)
    if panel is not None:
        panel.why_wanted.emit(amount.subject)


def _menu_of(widget: QWidget, amounts: Sequence[Amount]) -> QMenu:
    menu = QMenu(widget)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for amount in amounts:
        action = menu.addAction(tr("Explain {words}", words=amount.words()))
        action.triggered.connect(lambda _=False, amount=amount: ask_why(widget, amount))
    return menu


def _listen_in(window: QWidget) -> None:
    """F8 in a dialog, to which the keys of the window behind it do not reach."""
    if isinstance(window, QDialog) and window.findChild(QShortcut, _KEY) is None:
        key = QShortcut(QKeySequence(_KEY), window)
        key.setObjectName(_KEY)
        key.activated.connect(lambda: _explain_in(window))


def _explain_in(dialog: QDialog) -> None:
    found = offered_near(dialog.focusWidget(), dialog)
    if len(found) == 1:
        ask_why(dialog, found[0])
    elif found:
        _menu_of(dialog, found).popup(dialog.mapToGlobal(dialog.rect().center()))


def offered_near(focus: QWidget | None, page: QWidget) -> list[Amount]:
    """The amounts of the innermost part around the focus that shows any; all of the page where none does."""
    around = focus if focus is not None and page.isAncestorOf(focus) else page
    while True:
        found = _offered(around)
        if found or around is page:
            return found
        around = around.parentWidget() or page


def _offered(within: QWidget) -> list[Amount]:
    offers = within.findChildren(Offer)
    found = [each for offer in offers if offer.widget.isVisible() for each in offer.amounts()]
    return list(dict.fromkeys(found))
