"""The window: the door while nobody is signed in, the workplace while somebody is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.office import practice
from frontdesk.services.security.sign_in import AT_THE_DOOR
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.focus import show_focus
from frontdesk.ui.shell import pages as page_list
from frontdesk.ui.shell.auto_lock import AutoLock
from frontdesk.ui.shell.pages import Entry
from frontdesk.ui.shell.parking import Parking
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.workplace import Workplace
from frontdesk.ui.theme import ThemeName, theme

_SIZE = (1440, 900)


class Window(QWidget):
    """Locking hides a workplace and keeps it: each person finds theirs as they left it."""

    locked = Signal(object)
    """The Actor who was here: the door asks for them first."""
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        door: QWidget,
        *,
        entries: Sequence[Entry] = page_list.PAGES,
        patient_panel: str = page_list.PATIENT_PANEL,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.door = door
        self._workplaces: dict[int | None, Workplace] = {}
        self._entries = tuple(entries)
        self._patient_panel = patient_panel
        self._actor: Actor | None = None
        self._preferences = preferences or Preferences()
        self._preferences.apply()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        show_focus(app)
        self.setWindowTitle("Frontdesk")
        self.setWindowIcon(theme().icon("concierge-bell", "accent", 32))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(door)
        self._auto_lock = AutoLock(self)
        self._auto_lock.due.connect(self.lock)
        self.resize(theme().px(_SIZE[0]), theme().px(_SIZE[1]))

    def let_in(self, actor: Actor) -> None:
        """This person is signed in: their workplace, as they left it."""
        self.desk.sign_in(actor)
        kept = self._workplaces.get(actor.user_id)
        if kept is None or kept.actor != actor:
            kept = self._make_workplace()
        self._actor = actor
        self._stack.setCurrentWidget(kept)
        ask = self.desk.database.ask
        self.desk.run(self, self._auto_lock.set_minutes, ask, AT_THE_DOOR, practice.lock_after_minutes)
        self._auto_lock.start()

    @property
    def workplace(self) -> Workplace | None:
        """The workplace in front; None while the desk is locked."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Workplace) else None

    def refused(self, error: FrontdeskError) -> None:
        if self.workplace is not None:
            self.workplace.complain(str(error))

    def lock(self) -> None:
        """In one step: the workplace is hidden, nobody is signed in, all work is kept."""
        if self._stack.currentWidget() is self.door:
            return
        self._auto_lock.stop()
        for dialog in QApplication.topLevelWidgets():
            owner = dialog.parentWidget()
            if dialog.isVisible() and owner is not None and owner.window() is self:
                dialog.close()
        self._stack.setCurrentWidget(self.door)
        self.desk.sign_in(None)
        self.locked.emit(self._actor)

    def change_look(self, name: str, scale: int) -> None:
        """Another theme at once; another scale with a workplace made anew, on the same page."""
        is_rescaled = bool(scale) and scale != theme().scale
        known: dict[str, ThemeName] = {"light": "light", "dark": "dark", "hc": "hc"}
        theme().use(known.get(name), scale or None)
        self._preferences.keep()
        former = self.workplace
        if is_rescaled and former is not None:
            under_way = former.page.park() if former.page is not None else None
            remade = self._make_workplace(former.parking)
            remade.go(former.current_name)
            remade.focus_patient(former.patient_id)
            self._stack.setCurrentWidget(remade)
            if under_way is not None and remade.page is not None:
                remade.page.take_up(under_way.state)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._auto_lock.stop()
        self.closed.emit()

    def _make_workplace(self, parking: Parking | None = None) -> Workplace:
        actor = self.desk.actor
        former = self._workplaces.pop(actor.user_id, None)
        made = Workplace(self.desk, self._entries, self._patient_panel, parking)
        made.lock_wanted.connect(self.lock)
        made.look_wanted.connect(self.change_look)
        self._workplaces[actor.user_id] = made
        self._stack.addWidget(made)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()
        return made
