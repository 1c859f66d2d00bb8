"""What can be done with a visit of the day: one table for its menu and its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import visits
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.visits import VisitDetail
from frontdesk.services.schedule.words import Lifecycle
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.schedule.moving import Moving, spoken
from frontdesk.ui.schedule.visit_grid import VisitGrid
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

if TYPE_CHECKING:
    from frontdesk.services.visit.calling_off import Next, Terms

_STEP = timedelta(minutes=5)
_BOOKED = (Lifecycle.BOOKED,)
_ENDED = (Lifecycle.CANCELLED, Lifecycle.NO_SHOW)
_ANY = (*_BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS, Lifecycle.COMPLETED, *_ENDED)
_STAYS = (*_BOOKED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class VisitAct:
    """An act, its key while the day has the focus, and the visits it is for."""

    title: str
    keys: str
    icon: str
    run: Callable[[DayVisit], object]
    of: tuple[Lifecycle, ...]
    permission: str = "schedule.book"
    begins_group: bool = False


class VisitActs:
    """Carries the acts out for a page on its grid's chosen visit."""

    def __init__(
        self, page: Page, grid: VisitGrid, moving: Moving, pin: Callable[[DayVisit], None] | None = None
    ) -> None:
        self._page, self._grid, self._moving = page, grid, moving
        self._acts: tuple[VisitAct, ...] = (
            VisitAct(tr("Open check-in"), "", "clipboard-check", self.open, _STAYS, "visit.check_in"),
            VisitAct(tr("Confirm by phone"), "C", "phone", self.confirm, _BOOKED, begins_group=True),
            VisitAct(tr("Change the note"), "E", "notebook-pen", self.note, _ANY),
            VisitAct(tr("Pick up to move"), "Ctrl+X", "move", self.pick_up, _BOOKED, begins_group=True),
            VisitAct(tr("Copy visit"), "Ctrl+C", "copy", self.copy, _ANY),
            VisitAct(tr("Make a series"), "S", "repeat", self.make_series, _BOOKED),
            VisitAct(tr("Book family"), "F", "users", self.family, _STAYS),
            VisitAct(tr("5 minutes longer"), "Shift+Down", "plus", self.longer, _STAYS),
            VisitAct(tr("5 minutes shorter"), "Shift+Up", "minus", self.shorter, _STAYS),
            VisitAct(tr("Mark as no-show"), "N", "user-x", self.no_show, _BOOKED, begins_group=True),
            VisitAct(tr("Cancel visit"), "Del", "ban", self.cancel, _BOOKED),
            VisitAct(tr("Rebook visit"), "B", "calendar-plus", self.rebook, _ENDED),
            VisitAct(tr("Restore visit"), "R", "undo-2", self.restore, _ENDED),
        )
        if pin is not None:
            self._acts += (VisitAct(tr("Pin visit"), "P", "pin", pin, (*_BOOKED, *_ENDED)),)
        for act in self._acts:
            if act.keys:
                bound = QShortcut(QKeySequence(act.keys), grid)
                bound.setContext(Qt.ShortcutContext.WidgetShortcut)
                bound.activated.connect(lambda act=act: self._by_key(act))
        put_down = QShortcut(QKeySequence("Ctrl+V"), grid)
        put_down.setContext(Qt.ShortcutContext.WidgetShortcut)
        put_down.activated.connect(grid.put_down)
        grid.menu_asked.connect(self.show_menu)

    def keys(self) -> tuple[Key, ...]:
        """For the F1 sheet; bound on the grid itself."""
        own = tuple(Key(act.keys, act.title) for act in self._acts if act.keys)
        return (*own, Key("Ctrl+V", tr("Put down")))

    def menu(self, visit: DayVisit) -> QMenu:
        """What this visit and this person allow."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in self._acts:
            if visit.lifecycle in act.of and self._page.desk.may(act.permission):
                if act.begins_group:
                    menu.addSeparator()
                entry = menu.addAction(theme().icon(act.icon, "text-2"), act.title)
                entry.setShortcut(QKeySequence(act.keys))
                entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                entry.triggered.connect(lambda _=False, act=act: act.run(visit))
        return menu

    def show_menu(self, visit: DayVisit, at: QPoint) -> None:
        menu = self.menu(visit)
        if not menu.isEmpty():
            menu.popup(at)

    # -- the acts: their dialogs and commands are loaded here, when somebody acts ---

    def open(self, visit: DayVisit) -> None:
        self._page.go.emit("check_in", Errand("check_in", visit.patient_id, visit.id))

    def pick_up(self, _: DayVisit) -> None:
        self._grid.pick_up()

    def copy(self, _: DayVisit) -> None:
        self._grid.pick_up(copies=True)

    def make_series(self, visit: DayVisit) -> None:
        from frontdesk.ui.schedule.series_dialog import SeriesDialog

        SeriesDialog(self._page, self._page.desk, visit, self._page.told.emit).open()

    def family(self, visit: DayVisit) -> None:
        from frontdesk.ui.schedule.family_dialog import FamilyDialog

        FamilyDialog(self._page, self._page.desk, visit, self._page.told.emit).open()

    def confirm(self, visit: DayVisit) -> None:
        from frontdesk.ui.schedule.visit_dialogs import ConfirmDialog, opened

        dialog = ConfirmDialog(self._page, self._page.desk, visit, self._page.told.emit)
        opened(dialog, dialog.note)

    def cancel(self, visit: DayVisit) -> None:
        self._call_off(visit, missed=False)

    def note(self, visit: DayVisit) -> None:
        """The card shows the reason or the type; the dialog needs what was really written."""
        self._page.desk.ask(
            self._page, lambda detail: self._open_note(visit, detail), visits.visit, appointment_id=visit.id
        )

    def longer(self, visit: DayVisit) -> None:
        self._moving.resize(visit, visit.ends + _STEP)

    def shorter(self, visit: DayVisit) -> None:
        if visit.ends - visit.starts > _STEP:
            self._moving.resize(visit, visit.ends - _STEP)

    def no_show(self, visit: DayVisit) -> None:
        self._call_off(visit, missed=True)

    def restore(self, visit: DayVisit) -> None:
        from frontdesk.services.visit import calling_off

        words = tr("Restored {name}, {time}", name=spoken(visit), time=us_time(visit.starts))
        self._page.clear_complaints()
        self._page.desk.do(
            self._page,
            lambda _: self._page.told.emit(words),
            calling_off.restore,
            appointment_id=visit.id,
            version=visit.version,
        )

    def rebook(self, visit: DayVisit) -> None:
        """A new time for a visit that was called off; the two are linked."""
        self._page.go.emit("find_slot", Errand("rebook", visit.patient_id, visit.id))

    def _call_off(self, visit: DayVisit, *, missed: bool) -> None:
        from frontdesk.services.visit import calling_off
        from frontdesk.services.visit.calling_off import Next
        from frontdesk.ui.schedule.calling_off_dialog import CallingOffDialog
        from frontdesk.ui.schedule.visit_dialogs import opened

        def open_with(terms: "Terms") -> None:
            if missed and not terms.can_be_missed:  # the service says from when on
                self._page.desk.do(
                    self._page,
                    lambda _: None,
                    calling_off.miss,
                    appointment_id=visit.id,
                    then=Next.UNSCHEDULED,
                )
                return
            dialog = CallingOffDialog(
                self._page,
                self._page.desk,
                spoken(visit),
                visit.starts,
                terms,
                lambda words, then: self._called_off(visit, words, then),
                missed=missed,
            )
            opened(dialog, dialog.first_field())

        self._page.clear_complaints()
        self._page.desk.ask(self._page, open_with, calling_off.terms, appointment_id=visit.id)

    def _called_off(self, visit: DayVisit, words: str, then: "Next") -> None:
        from frontdesk.services.visit.calling_off import Next

        self._page.told.emit(words)
        if then is Next.REBOOK:
            self.rebook(visit)

    def _open_note(self, visit: DayVisit, detail: VisitDetail) -> None:
        from frontdesk.ui.schedule.visit_dialogs import NoteDialog, opened

        dialog = NoteDialog(self._page, self._page.desk, visit, detail, self._page.told.emit)
        opened(dialog, dialog.note)

    def _by_key(self, act: VisitAct) -> None:
        visit = self._grid.current
        if visit is not None and visit.lifecycle in act.of and self._page.desk.may(act.permission):
            act.run(visit)
