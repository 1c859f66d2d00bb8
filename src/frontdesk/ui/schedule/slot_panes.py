"""The ground of finding a slot: request, openings and confirmation, and the keys between them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar
from frontdesk.ui.kit.page import Errand, Page
from frontdesk.ui.schedule.booking_ways import wish_to_wait
from frontdesk.ui.schedule.confirm_pane import ConfirmPane
from frontdesk.ui.schedule.openings_pane import KEYS, OpeningsPane
from frontdesk.ui.schedule.request_pane import RequestPane
from frontdesk.ui.schedule.steps import Steps
from frontdesk.ui.schedule.waitlist_dialog import WaitlistDialog
from frontdesk.ui.text import tr


class SlotPanes(Page):
    """Digits pick an opening, Alt and a number goes to a pane."""

    title = "Find a slot"
    permission = "schedule.view"
    topics = frozenset(
        {
            "appointment",
            "resource_booking",
            "slot_hold",
            "template_session",
            "template_block",
            "schedule_exception",
            "staff_session",
            "resource_downtime",
            "holiday",
            "visit_type",
            "provider",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.request = RequestPane(desk)
        self.openings = OpeningsPane()
        self.confirm = ConfirmPane()
        self.openings.wait_wanted.connect(self.add_to_waitlist)
        toolbar = Toolbar(tr("Find a slot"))
        back = Button(tr("Day view"), "ghost", icon="arrow-left", keys="Esc")
        back.clicked.connect(self.back)
        toolbar.add_left(back)
        urgent = Button(tr("Urgent request"), icon="siren", keys="Ctrl+Shift+R")
        urgent.clicked.connect(self._to_urgent)
        toolbar.add(urgent)
        self.set_toolbar(toolbar)
        self._steps = Steps(self.request, self.openings, self.confirm)
        self.set_content(self._steps)
        for number in range(1, KEYS + 1):
            digit = QShortcut(QKeySequence(str(number)), self)
            digit.activated.connect(lambda place=number - 1: self.openings.pick(place))
        for number, pane in enumerate((self.request, self.openings, self.confirm), 1):
            step = QShortcut(QKeySequence(f"Alt+{number}"), self)
            step.activated.connect(lambda pane=pane: self._go_to(pane))

    def panes(self) -> tuple[QWidget, ...]:
        return (self.request.patient, self.openings.list, self.confirm.book)

    def home(self) -> QWidget:
        return self.request.patient if self.request.caller is None else self.request.visit_type

    def is_choosing(self) -> bool:
        """Whether the focus is where an opening is chosen or booked."""
        focus = QApplication.focusWidget()
        return focus is not None and any(pane.isAncestorOf(focus) for pane in (self.openings, self.confirm))

    def add_to_waitlist(self) -> None:
        """What stands in the request, to wait for a better time."""
        WaitlistDialog(self, self.desk, self.told.emit, draft=wish_to_wait(self.request)).open()

    def back(self) -> None:
        """To the day."""
        self.go.emit("schedule", None)

    def _to_urgent(self) -> None:
        caller = self.request.caller
        self.go.emit("urgent", Errand("urgent", caller.patient_id if caller else None))

    def _go_to(self, pane: QWidget) -> None:
        if pane is not self.request:
            self._steps.show_confirm(pane is self.confirm)
        request, openings, confirm = self.panes()
        first: dict[QWidget, QWidget] = {
            self.request: request,
            self.openings: openings,
            self.confirm: confirm,
        }
        first[pane].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_request(self) -> None:
        self.home().setFocus(Qt.FocusReason.OtherFocusReason)
