"""The middle step: what to say to the caller, the openings, or why there are none."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from frontdesk.services.schedule import preview
from frontdesk.services.schedule.openings import Opening, Openings
from frontdesk.services.schedule.preview import Wait
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.fit_month import FitMonth
from frontdesk.ui.schedule.opening_list import OpeningList
from frontdesk.ui.schedule.pane_head import PaneHead
from frontdesk.ui.schedule.squeeze_list import SqueezeSection
from frontdesk.ui.text import counted, tr

KEYS = 9
"""How many openings have a digit."""


class OpeningsPane(Frame):
    """Shows the answer of a search; a time that was pointed at in the day goes first."""

    picked = Signal(object)
    """Opening."""
    more_wanted = Signal()
    wait_wanted = Signal()
    """The caller would rather wait for a better time."""

    def __init__(self, parent: QWidget | None = None, *, with_foot: bool = True) -> None:
        super().__init__("canvas", parent=parent)
        self._with_foot = with_foot
        self._openings: tuple[Opening, ...] = ()
        self._head = PaneHead(2, tr("Openings"))
        self._say = Banner("info", icon="message-square-quote")
        self.list = OpeningList()
        self.list.picked.connect(self.pick)
        self.nothing = EmptyState("calendar-search", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.list)
        self.squeeze_ins = SqueezeSection()
        self._more = Label("", "secondary", "text-2", wrap=True)
        self._more.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        more_button = Button(tr("Show more"), height="small")
        more_button.clicked.connect(self.more_wanted)
        self._more_button = more_button
        self.wait = Button(tr("Add to waitlist"), icon="list-plus", height="small")
        self.wait.clicked.connect(self.wait_wanted)
        self.month = FitMonth()
        self.by_month = Button(tr("By month"), icon="calendar-days", height="small")
        self.by_month.setToolTip(tr("Where it fits in the month"))
        self.by_month.clicked.connect(lambda: self.show_month(not self.month.isVisibleTo(self)))
        set_shown(self.month, False)
        foot = row(
            IconLabel("calendar-search"),
            self._more,
            self.by_month,
            more_button,
            self.wait,
            gap=6,
            margins=(14, 8, 14, 8),
        )
        self._foot = Frame("foot", foot)
        self.setLayout(
            column(self._head, self._say, self._stack, self.squeeze_ins, self.month, self._foot, gap=0)
        )
        self.show_question(tr("Who is it for, and what?"), tr("Choose the patient and the type of visit."))

    @property
    def openings(self) -> tuple[Opening, ...]:
        return self._openings

    def show_question(self, title: str, text: str) -> None:
        """Nothing to search yet."""
        self._openings = ()
        self.list.show_openings((), date.min)
        self.squeeze_ins.show_found((), date.min)
        self.nothing.say("calendar-search", title, text)
        self._dress("", 0, is_answer=False)

    def show_answer(self, answer: Openings, asked: Opening | None, today: date) -> None:
        """What was found, after the time that was asked for."""
        others = tuple(each for each in answer.found if asked is None or each.slot != asked.slot)
        self._openings = (asked, *others) if asked is not None else others
        self.list.show_openings(self._openings, today)
        if not self._openings:
            self.nothing.say("calendar-x", tr("No time fits"), " ".join(answer.why_not))
        self._dress("" if asked is not None else answer.say, answer.more)

    def ask_waits(self, page: Page, visit_type_id: int) -> None:
        """What each would do to its provider's day; an answer to openings that are gone is dropped."""
        slots = tuple(each.slot for each in self._openings)

        def show(waits: tuple[Wait, ...]) -> None:
            if slots == tuple(each.slot for each in self._openings):
                self.list.show_waits(waits)

        page.desk.ask(page, show, preview.expected_waits, slots=slots, visit_type_id=visit_type_id)

    def show_month(self, is_shown: bool) -> None:
        """The month of the request, in the place of the squeeze-ins."""
        set_shown(self.month, is_shown)
        self.squeeze_ins.setMaximumHeight(0 if is_shown else 16777215)
        if is_shown:
            self.month.days.setFocus()
            self.month.month_asked.emit(self.month.first_day)

    def show_picked(self, opening: Opening | None) -> None:
        """Mark it; None: none is picked."""
        self.list.show_picked(self._openings.index(opening) if opening in self._openings else -1)

    def pick(self, place: int) -> None:
        """By its digit, by Enter or by a click."""
        if 0 <= place < len(self._openings):
            self.picked.emit(self._openings[place])

    def _dress(self, say: str, more: int, *, is_answer: bool = True) -> None:
        count = len(self._openings)
        keys = min(count, KEYS)
        hint = tr("Best first. Press {keys}", keys="1" if keys == 1 else f"1–{keys}") if keys else ""
        self._head.show_count(count, hint)
        self._say.say("info", f"“{say}”" if say else "", icon="message-square-quote")
        self._stack.setCurrentIndex(1 if count else 0)
        words = counted(more, "None suit? {count} more", "None suit? {count} more")
        self._more.setText(words if more else tr("None suit?"))
        self._more_button.setVisible(more > 0)
        set_shown(self._foot, is_answer and self._with_foot)
