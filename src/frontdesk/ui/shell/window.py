"""The window: the door while nobody is signed in, the workplace while somebody is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.office import practice
from frontdesk.services.security.sign_in import AT_THE_DOOR
from frontdesk.services.visit import board
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.focus import show_focus
from frontdesk.ui.security.idle import IdleWatch
from frontdesk.ui.shell import pages as page_list
from frontdesk.ui.shell.pages import Entry
from frontdesk.ui.shell.parking import Parking
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.workplace import Workplace
from frontdesk.ui.text import tr
from frontdesk.ui.theme import ThemeName, theme

if TYPE_CHECKING:
    from frontdesk.ui.security.lock import LockScreen
    from frontdesk.ui.security.sign_in import SignIn

_SIZE = (1440, 900)


class Window(QWidget):
    """Locking hides a workplace and keeps it: each person finds theirs as they left it."""

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        entries: Sequence[Entry] = page_list.PAGES,
        patient_panel: str = page_list.PATIENT_PANEL,
        preferences: Preferences | None = None,
        actor: Actor | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self._workplaces: dict[int | None, Workplace] = {}
        self._entries = tuple(entries)
        self._patient_panel = patient_panel
        self._preferences = preferences or Preferences()
        self._preferences.apply()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        show_focus(app)
        self.setWindowTitle("Frontdesk")
        self.setWindowIcon(theme().icon("concierge-bell", "accent", 32))
        self._stack = QStackedLayout(self)
        self._sign_in: SignIn | None = None
        self._locked: LockScreen | None = None
        self._idle = IdleWatch(app)
        self._idle.went_idle.connect(self._lock_by_itself)
        self.resize(theme().px(_SIZE[0]), theme().px(_SIZE[1]))
        self._scale = theme().scale
        theme().changed.connect(self._follow_scale)
        if actor is None:
            self._show_sign_in()
        else:
            self.let_in(actor)

    def let_in(self, actor: Actor) -> None:
        """This person is signed in: their workplace, as they left it."""
        self.desk.sign_in(actor)
        kept = self._workplaces.get(actor.user_id)
        if kept is None or kept.actor != actor:
            kept = self._make_workplace()
        elif kept.scale != theme().scale:
            kept = self._remade(kept)
        self._stack.setCurrentWidget(kept)
        kept.focus_page()
        ask = self.desk.database.ask
        self.desk.run(self, self._idle.start, ask, AT_THE_DOOR, practice.lock_after_minutes)

    @property
    def workplace(self) -> Workplace | None:
        """The workplace in front; None while the desk is locked."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Workplace) else None

    def refused(self, error: FrontdeskError) -> None:
        if self.workplace is not None:
            self.workplace.complain(str(error))

    def lock(self, idle_minutes: int = 0) -> None:
        """In one step: the workplace is hidden, nobody is signed in, all work is kept."""
        if self.workplace is None:
            return
        actor = self.desk.actor
        self._idle.stop()
        for dialog in QApplication.topLevelWidgets():
            owner = dialog.parentWidget()
            if dialog.isVisible() and owner is not None and owner.window() is self:
                dialog.close()
        if self._locked is None:
            self._locked = self._make_lock()
        self._locked.lock(actor, idle_minutes=idle_minutes)
        self.desk.run(self, self._show_counts, self.desk.database.ask, AT_THE_DOOR, board.counts)
        self._stack.setCurrentWidget(self._locked)
        self.desk.sign_in(None)

    def change_look(self, name: str, scale: int) -> None:
        """Another theme or scale, now and at the next start."""
        known: dict[str, ThemeName] = {"light": "light", "dark": "dark", "hc": "hc"}
        theme().use(known.get(name), scale or None)
        self._preferences.keep()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._idle.stop()
        self.closed.emit()

    def _follow_scale(self) -> None:
        """At another scale what is in front is made anew, on the same page; a lock when it next locks."""
        if theme().scale == self._scale or not self.isVisible():
            return
        self._scale = theme().scale
        former, at_the_door = self.workplace, self._stack.currentWidget() is self._sign_in
        if former is not None or at_the_door:
            self._drop_doors()
        if former is not None:
            self._remade(former)
        elif at_the_door:
            self._show_sign_in()

    def _show_counts(self, found: board.Counts) -> None:
        waiting = (found.ready, tr("patients ready and waiting"))
        arriving = (found.checking_in, tr("at the desk, checking in"))
        if self._locked is not None:
            self._locked.show_counts((waiting, arriving))

    def _lock_by_itself(self, minutes: int) -> None:
        self.lock(idle_minutes=minutes)

    def _lock_by_hand(self) -> None:
        self.lock()

    def _show_sign_in(self) -> None:
        if self._sign_in is None:
            # Loaded here, as the lock below: whoever is signed in already sees neither.
            from frontdesk.ui.security.sign_in import SignIn

            self._sign_in = SignIn(self.desk)
            self._sign_in.signed_in.connect(self.let_in)
            self._stack.addWidget(self._sign_in)
        self._stack.setCurrentWidget(self._sign_in)

    def _make_lock(self) -> "LockScreen":
        from frontdesk.ui.security.lock import LockScreen

        made = LockScreen(self.desk)
        made.signed_in.connect(self.let_in)
        made.switch_wanted.connect(self._show_sign_in)
        self._stack.addWidget(made)
        return made

    def _drop_doors(self) -> None:
        """At another scale they are made anew, when somebody next comes to them."""
        former, self._sign_in, self._locked = (self._sign_in, self._locked), None, None
        for door in former:
            if door is not None:
                self._stack.removeWidget(door)
                door.deleteLater()

    def _remade(self, former: Workplace) -> Workplace:
        """A workplace anew at another scale, with the work that was under way."""
        under_way = former.page.park() if former.page is not None else None
        remade = self._make_workplace(former.parking)
        remade.go(former.current_name)
        remade.focus_patient(former.patient_id)
        self._stack.setCurrentWidget(remade)
        if under_way is not None and remade.page is not None:
            remade.page.take_up(under_way.state)
        return remade

    def _make_workplace(self, parking: Parking | None = None) -> Workplace:
        actor = self.desk.actor
        former = self._workplaces.pop(actor.user_id, None)
        made = Workplace(self.desk, self._entries, self._patient_panel, parking)
        made.lock_wanted.connect(self._lock_by_hand)
        made.look_wanted.connect(self.change_look)
        self._workplaces[actor.user_id] = made
        self._stack.addWidget(made)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()
        return made
