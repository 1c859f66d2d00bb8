"""Pages and panels: they ask, show, reload when their topics change, and say refusals in place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.text import tr

PAGE_BEFORE = ""
"""`go` with this name leads back to the page that was open before."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a page: on the F1 sheet, in the status bar while it can be used, bound where it has a handler.

    `when` says whether there is now what it acts on: a row, or the button that does the same.
    """

    keys: str
    words: str
    handler: Callable[[], object] | None = None
    when: "Callable[[], bool] | QWidget | None" = None

    @property
    def is_offered(self) -> bool:
        if isinstance(self.when, QWidget):
            return self.when.isEnabled() and self.when.isVisible()
        return self.when is None or self.when()


@dataclass(frozen=True, slots=True)
class Errand:
    """What another page, the patient panel or the command field sends somebody to a page for."""

    act: str
    """ "book", "check_in", "pay", ...: see shell/actions.py."""
    patient_id: int | None = None
    appointment_id: int | None = None
    about_id: int | None = None
    """A claim, a document, a superbill: whatever the act is about besides."""
    provider_id: int | None = None
    starts: datetime | None = None
    """The time that is meant, where one was pointed at."""
    typed: str = ""
    """What was typed into a search field that found nobody."""


@dataclass(frozen=True, slots=True)
class Parked:
    """Work put aside: its name for the status bar, and what its page needs to go on."""

    title: str
    state: object


class Panel(QWidget):
    """Part of a page, or what stands beside pages: asks for itself and reloads by its topics."""

    topics: ClassVar[frozenset[str]] = frozenset()
    """Tables whose changes make it reload."""

    patient_chosen = Signal(object)
    """The id of the patient in focus here, or None: the patient panel follows."""
    go = Signal(str, object)
    """Open another page by its name, with an Errand or None."""
    told = Signal(str)
    """What was just done, as a person would say it, for the status bar: "Moved Keiko Tanaka to room 9"."""
    why_wanted = Signal(object)
    """Why an amount that is shown here is so much: its Subject; see kit/explained.py."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.banner = Banner("block")
        self._is_stale = True
        desk.changed.connect(self._heard)
        desk.connection_changed.connect(self._heard_of_connection)

    def reload(self) -> None:
        """Ask for everything that is shown. Called when it is shown first, and when a topic changed."""

    def reload_soon(self) -> None:
        """Reload once for however many changes came, and not while it is hidden."""
        if not self._is_stale:
            self._is_stale = True
            if self.isVisible():
                QTimer.singleShot(0, self._reload_if_stale)

    def forms(self) -> Iterable[Form]:
        """The forms on it, for the findings of a refusal: those found among its children."""
        return self.findChildren(Form)

    def refused(self, error: FrontdeskError) -> None:
        """Each finding beside its field; what has no field here into the banner."""
        findings = error.findings if isinstance(error, Refused) else (Finding(str(error)),)
        for form in self.forms():
            if form.isVisibleTo(self):
                findings = form.show_findings(findings)
        self.complain(" ".join(finding.message for finding in findings))

    def complain(self, message: str) -> None:
        """What stands in the way, in the banner; an empty message takes it away."""
        self.banner.say("block", message)

    def clear_complaints(self) -> None:
        """Before the next try."""
        self.complain("")
        for form in self.forms():
            form.clear_errors()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_stale()

    def _reload_if_stale(self) -> None:
        if self._is_stale and self.isVisible() and self.desk.is_signed_in:
            self._is_stale = False
            self.reload()

    def _heard(self, changes: object) -> None:
        if self.topics & getattr(changes, "topics", frozenset()):
            self.reload_soon()

    def _heard_of_connection(self, is_reachable: bool) -> None:
        """What was asked in vain is asked again once the office's data can be reached."""
        if is_reachable:
            self.complain("")
            self.reload_soon()


class PatientView(Panel):
    """What fills the patient panel beside the pages."""

    def show_patient(self, patient_id: int | None) -> None:
        """Show this patient, or that none is in focus."""
        raise NotImplementedError


class Page(Panel):
    """One page of the window. Subclasses build in `__init__` and put the content with `set_content`."""

    title: ClassVar[str] = ""
    permission: ClassVar[str] = ""
    """Who may open it; everybody when empty."""
    shows_patient: ClassVar[bool] = False
    """Whether it shows the patient itself, so that the patient panel rests as a rail."""
    parks: ClassVar[Any] = None  # Any: a type, plain or generic
    """The type of the state that `park` gives, so that it survives a restart; None: it does not."""

    keys_changed = Signal()
    """Other keys, or others of them can be used now than before."""
    park_wanted = Signal()
    """The page's own button for F12."""
    count_changed = Signal(int)
    """The count on the page's tab."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.banner)
        self._shortcuts: list[QShortcut] = []
        self._top_bar: QWidget | None = None
        self._level_keys: tuple[Key, ...] = ()
        self._turned_tabs: SubTabs | None = None

    def set_content(self, content: QWidget) -> None:
        """What the page shows, below its banner."""
        self._layout.addWidget(content, 1)

    def set_toolbar(self, toolbar: QWidget) -> None:
        """What stays on top, above the banner."""
        self._top_bar = toolbar
        self._layout.insertWidget(0, toolbar)

    def turns_with(self, parts: SubTabs) -> None:
        """Alt with the page keys turns these sub-tabs, whichever are in sight."""
        self._turned_tabs = parts

    def go_within(self, keys: tuple[Key, ...]) -> None:
        """A level within the page is in front, with keys of its own; Esc leads back. No keys: it is left."""
        self._level_keys = keys
        if self._top_bar is not None:
            set_shown(self._top_bar, not keys)  # the level has a bar of its own
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        """The keys of the page as it stands now."""
        return ()

    def keys_now(self) -> tuple[Key, ...]:
        """The keys of the level in front, those of the page, and those that turn its sub-tabs."""
        own = {key.keys for key in self._level_keys}
        kept = tuple(key for key in self.keys() if key.keys not in own)
        return (*self._level_keys, *kept, *self._turning())

    def bind_keys(self) -> None:
        """Binds `keys_now` while the page is on the screen; call it again when they change."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []
        for key in self.keys_now():
            if key.handler is not None:
                shortcut = QShortcut(QKeySequence(key.keys), self)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(key.handler)
                self._shortcuts.append(shortcut)
        self.keys_changed.emit()

    def open_with(self, errand: Errand) -> None:
        """Do or show what somebody was sent here for."""

    def panes(self) -> tuple[QWidget, ...]:
        """What F6 walks through, in reading order."""
        return ()

    def home(self) -> QWidget | None:
        """Where the focus goes when the page opens: its last pane, where the work is done."""
        return self.panes()[-1] if self.panes() else None

    def recount(self) -> None:
        """Ask for the count on the tab; called at the start and by topics, on the screen or not."""

    def park(self) -> Parked | None:
        """F12: gives the work under way and clears the page; None when there is none."""
        return None

    def take_up(self, state: object) -> None:
        """Ctrl+J: continue with the state that `park` gave."""

    def _turning(self) -> tuple[Key, ...]:
        parts = self._turned_tabs
        if parts is None:
            return ()
        return (
            Key("Alt+PgUp", tr("Part before"), partial(parts.turn, -1)),
            Key("Alt+PgDown", tr("Next part"), partial(parts.turn, 1)),
            Key("Alt+0", tr("All parts, by name"), parts.open_all),
        )

    def _heard(self, changes: object) -> None:
        super()._heard(changes)
        holder = self.parentWidget()
        is_in_use = holder is not None and holder.isVisible()
        if is_in_use and self.topics & getattr(changes, "topics", frozenset()):
            self.recount()
