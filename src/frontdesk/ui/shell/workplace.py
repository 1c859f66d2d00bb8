"""The signed-in person's workplace: header, pages, patient panel, status bar; carries out the actions."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.office import practice
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.security.sign_in import AT_THE_DOOR
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.explained import offered_near
from frontdesk.ui.kit.front_stack import FrontStack
from frontdesk.ui.kit.list_detail import bring, is_within_reach
from frontdesk.ui.kit.page import PAGE_BEFORE, Errand, Page
from frontdesk.ui.kit.toast import Toast
from frontdesk.ui.shell import pages as page_list
from frontdesk.ui.shell.actions import Action, offered
from frontdesk.ui.shell.header import Header
from frontdesk.ui.shell.keys_sheet import KeysSheet
from frontdesk.ui.shell.page_view import PageView
from frontdesk.ui.shell.pages import Entry
from frontdesk.ui.shell.parking import Parking, state_of
from frontdesk.ui.shell.patient_slot import PatientSlot
from frontdesk.ui.shell.status_bar import HEIGHT as STATUS_HEIGHT
from frontdesk.ui.shell.status_bar import StatusBar
from frontdesk.ui.shell.undo import UndoList
from frontdesk.ui.shell.user_menu import UserMenu
from frontdesk.ui.shell.which_amount import WhichAmount
from frontdesk.ui.text import tr
from frontdesk.ui.theme import SCALES, ThemeName, theme

_NARROW = 1100
"""Below this many design pixels the patient panel rests as a rail."""


class Workplace(QWidget):
    """One for each person who signs in; made anew at another scale, with the work parked before."""

    lock_wanted = Signal()
    look_wanted = Signal(str, int)
    """Another theme, or another scale in percent; "" and 0 leave it."""

    def __init__(
        self,
        desk: Desk,
        entries: Sequence[Entry] = page_list.PAGES,
        patient_panel: str = page_list.PATIENT_PANEL,
        parking: Parking | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.actor = desk.actor
        self.scale = theme().scale
        self._entries = {entry.name: entry for entry in entries}
        self._tabs = page_list.tabs(entries)
        self._pages: dict[str, Page] = {}
        self._actions = offered(desk.may, tuple(self._entries))
        self._patient_id: int | None = None
        self.current_name = ""
        self._page_before = ""
        menu = UserMenu(self)
        menu.theme_chosen.connect(self.use_theme)
        menu.scale_chosen.connect(self._use_scale)
        menu.keys_wanted.connect(self.show_keys)
        menu.lock_wanted.connect(self.lock)
        self.header = Header(self._tabs, menu)
        self.header.tab_chosen.connect(self._open_tab)
        self.header.search_wanted.connect(self.open_palette)
        self.header.lock_wanted.connect(self.lock)
        self.header.show_user(desk.actor.name, desk.actor.initials)
        self._stack = FrontStack()
        self.slot = self._make_slot(patient_panel)
        self.status = StatusBar()
        self._toast = Toast(self)
        self.undo_list = UndoList(desk, self)
        self.undo_list.said.connect(self._say)
        self.undo_list.complained.connect(self.complain)
        self.parking = parking or Parking(desk)
        self.parking.changed.connect(self.status.show_parked)
        self.parking.tell()
        self.status.undo_wanted.connect(self.undo)
        self.status.parked_wanted.connect(self.take_up_parked)
        self._shortcuts: dict[str, QShortcut] = {}
        self._build()
        self._bind()
        desk.connection_changed.connect(self._show_connection)
        self._show_connection(desk.database.is_reachable)
        ask = desk.database.ask
        desk.run(self, self._show_practice, ask, AT_THE_DOOR, practice.practice_name)
        if entries:
            self.go(entries[0].name)
        QTimer.singleShot(0, self._count_all)

    # -- what the actions do ----------------------------------------------------

    def go(self, page: str, errand: Errand | None = None) -> None:
        """Opens a page by its name, with what somebody is sent there for; `PAGE_BEFORE` leads back."""
        if page == PAGE_BEFORE:
            page, errand = self._page_before or next(iter(self._entries)), None
        opened = self._page(page)
        if opened.permission and not self.desk.may(opened.permission):
            self.complain(tr("You do not have the right to open this page. Ask the office manager."))
            return
        if page != self.current_name:
            self._page_before = self.current_name
        self.current_name = page
        # Asked before: Qt itself focuses the first field of what comes to the front.
        before = cast("QWidget | None", opened.focusWidget())  # the stubs do not know that there may be none
        self._stack.setCurrentWidget(opened)
        self.header.show_tab(self._entries[page].tab)
        if self.slot is not None:
            self._rest_panel()
        self._keys_changed()
        _focus_page(opened, before)
        if errand is not None:
            opened.open_with(errand)

    def focus_page(self) -> None:
        """Back to where the person was on the page, or to where its work is done."""
        page = self.page
        if page is not None:
            _focus_page(page, cast("QWidget | None", page.focusWidget()))

    def open_palette(self) -> None:
        # Loaded here: the day is shown before anybody looks for something.
        from frontdesk.ui.shell.palette import Palette

        palette = Palette(self.desk, self._actions, self.perform, self)
        palette.patient_chosen.connect(self.focus_patient)
        palette.visit_chosen.connect(self._open_visit)
        palette.register_wanted.connect(self._register)
        palette.open()

    def perform(self, action: Action, patient_id: int | None = None) -> None:
        """Carries out an action, for this patient or the one in focus."""
        patient_id = patient_id if patient_id is not None else self._patient_id
        if action.for_patient and patient_id is None:
            self.complain(tr("Choose a patient first. Ctrl+K finds one."))
            return
        action.perform(self, patient_id if action.for_patient else None)

    def show_keys(self) -> None:
        page = self.page
        keys = page.keys_now() if page is not None else ()
        KeysSheet(self, page.title if page else "", keys, self._tabs, self._actions).open()

    def next_pane(self) -> None:
        self._walk_panes(1)

    def pane_before(self) -> None:
        self._walk_panes(-1)

    def turn_panel(self) -> None:
        if self.slot is not None:
            self.slot.turn()

    def park(self) -> None:
        work = self.page.park() if self.page is not None else None
        if work is None:
            self.complain(tr("There is no work here to park."))
        else:
            self.parking.put(self.current_name, work, self.page.parks if self.page else None)

    def take_up_parked(self) -> None:
        taken = self.parking.take()
        if taken is None:
            self.complain(tr("Nothing is parked."))
            return
        if taken.page not in self._entries:
            self.complain(tr("What was parked was kept by another version, and cannot be read."))
            return
        self.go(taken.page)
        page = self._page(taken.page)
        try:
            state = state_of(taken, page.parks)
        except FrontdeskError as error:
            self.complain(str(error))
            return
        page.take_up(state)

    def undo(self) -> None:
        self.undo_list.undo()

    def lock(self) -> None:
        self.lock_wanted.emit()

    def explain_amount(self) -> None:
        """Why the amount in focus is so much; where there are several, they are there to choose from."""
        focus = QApplication.focusWidget()
        in_panel = self.slot is not None and focus is not None and self.slot.isAncestorOf(focus)
        place = self.slot if in_panel else self.page
        found = offered_near(focus, place) if place is not None else []
        if len(found) == 1:
            self.explain(found[0].subject)
        elif found:
            dialog = WhichAmount(self, found)
            dialog.wanted.connect(self.explain)
            dialog.open()
        else:
            self.complain(tr("No amount is in sight here that the ledger could explain."))

    def explain(self, subject: object) -> None:
        """The sentences that an amount is the sum of."""
        if self.desk.may("billing.view"):
            page_list.load_explainer()(self, self.desk, subject).open()

    def use_theme(self, name: ThemeName) -> None:
        self.look_wanted.emit(name, 0)

    def scale_by(self, steps: int) -> None:
        place = min(len(SCALES) - 1, max(0, SCALES.index(theme().scale) + steps))
        self._use_scale(SCALES[place])

    # -- what pages tell ----------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page in front."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def page_names(self) -> tuple[str, ...]:
        """Every page there is, by its name."""
        return tuple(self._entries)

    @property
    def patient_id(self) -> int | None:
        """The patient in focus."""
        return self._patient_id

    def focus_patient(self, patient_id: int | None) -> None:
        """The patient panel and the patient's actions are about this one from now on."""
        self._patient_id = patient_id
        if self.slot is not None:
            self.slot.show_patient(patient_id)

    def complain(self, message: str) -> None:
        """Something cannot be done: said in the status bar, where the eye looks for the last act."""
        self.status.say(message, icon="info", color="warn")

    def refused(self, error: FrontdeskError) -> None:
        self.complain(str(error))

    def _register(self, typed: str) -> None:
        self.go("registration", Errand("register", typed=typed))

    def _open_visit(self, visit: DayVisit) -> None:
        self.focus_patient(visit.patient_id)
        self.go("schedule", Errand("show", patient_id=visit.patient_id, appointment_id=visit.id))

    # -- inside -------------------------------------------------------------------

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(PageView(self._stack), 1)
        if self.slot is not None:
            middle.addWidget(self.slot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status)

    def _make_slot(self, where: str) -> PatientSlot | None:
        if not where:
            return None
        content = page_list.load_panel(where)(self.desk)
        content.go.connect(self.go)
        content.patient_chosen.connect(self.focus_patient)
        content.told.connect(self._reword)
        content.why_wanted.connect(self.explain)
        return PatientSlot(content)

    def _reword(self, text: str) -> None:
        self.undo_list.reword(text)

    def _bind(self) -> None:
        for place, tab in enumerate(self._tabs, 1):
            self._shortcut(f"Ctrl+{place}").activated.connect(lambda tab=tab: self._open_tab(tab))
        for action in self._actions:
            if action.keys:
                bound = self._shortcut(action.keys)
                bound.activated.connect(lambda action=action: self.perform(action))

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        self._shortcuts[QKeySequence(keys).toString()] = shortcut
        return shortcut

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            page = self._entries[name].load()(self.desk)
            page.patient_chosen.connect(self.focus_patient)
            page.go.connect(self.go)
            page.told.connect(self.undo_list.reword)
            page.why_wanted.connect(self.explain)
            page.keys_changed.connect(self._keys_changed)
            page.park_wanted.connect(self.park)
            tab = self._entries[name].tab
            page.count_changed.connect(lambda count: self.header.show_count(tab, count))
            self._pages[name] = page
            self._stack.addWidget(page)
        return self._pages[name]

    def _open_tab(self, tab: str) -> None:
        """The tab's first page, or, where one of its pages is in front already, stays there."""
        if self.current_name and self._entries[self.current_name].tab == tab:
            return
        self.go(next(entry.name for entry in self._entries.values() if entry.tab == tab))

    def _count_all(self) -> None:
        for name, entry in self._entries.items():
            if not entry.counts:
                continue
            permission = entry.load().permission
            if not permission or self.desk.may(permission):
                self._page(name).recount()

    def _keys_changed(self) -> None:
        """The page's own keys go before the window's."""
        page = self.page
        keys = page.keys_now() if page is not None else ()
        self.status.show_keys(keys)
        taken = {QKeySequence(key.keys).toString() for key in keys if key.handler is not None}
        for name, shortcut in self._shortcuts.items():
            shortcut.setEnabled(name not in taken)

    def _walk_panes(self, by: int) -> None:
        panes = [pane for pane in (self.page.panes() if self.page else ()) if is_within_reach(pane)]
        if self.slot is not None and self.slot.shown == "panel":
            panes.append(self.slot)
        if not panes:
            return
        focused = QApplication.focusWidget()
        here = next((n for n, pane in enumerate(panes) if focused and _within(focused, pane)), -1)
        there = panes[(here + by) % len(panes)] if here >= 0 else panes[0]
        _focus(there, Qt.FocusReason.ShortcutFocusReason)

    def _rest_panel(self) -> None:
        page = self.page
        if self.slot is not None:
            is_narrow = 0 < self.width() < theme().px(_NARROW)
            self.slot.rest_as_rail(is_narrow or (page is not None and page.shows_patient))

    def _say(self, text: str, can_undo: bool) -> None:
        self.status.say(text, can_undo=can_undo)
        self._toast.say(text, self.undo if can_undo else None, above=theme().px(STATUS_HEIGHT))

    def _show_connection(self, is_reachable: bool) -> None:
        if not self.desk.database.engines.on_server:
            self.header.show_connection(tr("Local, encrypted"), "hard-drive")
        elif is_reachable:
            self.header.show_connection(tr("Office server"), "server")
        else:
            self.header.show_connection(tr("Office server: not reachable"), "cloud-off", is_well=False)

    def _show_practice(self, name: str) -> None:
        self.status.show_place(self.desk.database.station.name, name)

    def _use_scale(self, scale: int) -> None:
        self.look_wanted.emit("", scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rest_panel()


def _within(widget: QWidget, pane: QWidget) -> bool:
    return widget is pane or pane.isAncestorOf(widget)


def _focus_page(page: Page, before: QWidget | None) -> None:
    target = before if before is not None and before.isVisibleTo(page) else page.home()
    if target is not None:
        _focus(target, Qt.FocusReason.OtherFocusReason)


def _focus(pane: QWidget, why: Qt.FocusReason) -> None:
    """The pane itself, or the first thing in it that takes the focus; it comes to the front for it."""
    bring(pane)
    if pane.focusPolicy() != Qt.FocusPolicy.NoFocus:
        pane.setFocus(why)
        return
    inside = (child for child in pane.findChildren(QWidget) if child.isVisibleTo(pane) and child.isEnabled())
    target = next((child for child in inside if child.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
    if target is not None:
        target.setFocus(why)
