"""The last step: what will be booked, until when the time is held, and the button."""

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.kernel.text import clock_time, us_time, weekday_date
from frontdesk.kernel.timespan import Span
from frontdesk.services.schedule.day import DaySheet
from frontdesk.services.schedule.openings import Opening
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.pane_head import PaneHead
from frontdesk.ui.schedule.provider_day import ProviderDay
from frontdesk.ui.schedule.remind_lines import RemindLines
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_LINE = 24


class ConfirmPane(Frame):
    """Empty until an opening is picked."""

    book_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._when = Label("", "section", wrap=True)
        self._what = Label("", "body", "text-2", wrap=True)
        self.day = ProviderDay()
        self._load = Label("", "secondary", "text-2", wrap=True)
        self._facts = _Facts()
        self.warning = Banner("warn")
        self.reminders = RemindLines()
        self._lock = IconLabel("lock", "text-2")
        self._held = Label("", "body", "text-2", wrap=True)
        self.book = Button("", "primary", icon="calendar-check", keys="Ctrl+Return", height="large")
        self.book.clicked.connect(self.book_wanted)
        self._chosen = QWidget()
        self._chosen.setLayout(
            column(
                self._when,
                self._what,
                6,
                self.day,
                self._load,
                6,
                self._facts,
                self.warning,
                self.reminders,
                None,
                row(self._lock, self._held),
                4,
                self.book,
                gap=4,
                margins=(14, 12, 14, 12),
            )
        )
        self._held.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._nothing = EmptyState(
            "mouse-pointer-click",
            tr("No time is picked"),
            tr("Press the number of an opening. It is held for five minutes while the caller decides."),
        )
        head = PaneHead(3, tr("Confirm"), tr("Alt 3"))
        self.setLayout(column(head, self._nothing, self._chosen, gap=0))
        self.show_opening(None, None)

    def show_opening(self, opening: Opening | None, kind: VisitTypeView | None) -> None:
        """What is picked; None: nothing."""
        set_shown(self._chosen, opening is not None)
        set_shown(self._nothing, opening is None)
        self.warn("")
        self.show_held(None)
        self.reminders.show_ahead(None)
        self.day.show_span(Span(opening.starts, opening.ends) if opening else None)
        self._load.setText("")
        if opening is None or kind is None:
            return
        starts = opening.starts
        self._when.setText(f"{weekday_date(starts.date())}, {us_time(starts)}")
        self._what.setText(
            tr(
                "Arrive {time}. {kind}, {provider}.",
                time=us_time(opening.arrive_at),
                kind=kind.name,
                provider=opening.provider,
            )
        )
        self.book.setText(tr("Book {time}", time=said_time(opening)))
        self._facts.show_facts(_facts(opening, kind))

    def show_sheet(self, sheet: DaySheet) -> None:
        """The day of the picked time."""
        self.day.show_sheet(sheet)
        self._load.setText(self.day.said)

    def show_held(self, until: datetime | None, *, has_ended: bool = False) -> None:
        """Until when nobody else can take it."""
        text = tr("Held for you until {time}", time=clock_time(until)) if until is not None else ""
        if has_ended:
            text = tr("No longer held. Press its number to hold it again.")
        self._held.setText(text)
        self._lock.show_icon("clock-alert" if has_ended else "lock", "warn" if has_ended else "text-2")
        set_shown(self._lock, bool(text))

    def warn(self, text: str) -> None:
        """What stands against this time."""
        self.warning.say("warn", text)


class _Facts(QWidget):
    """What happens with the booking, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, lines: list[tuple[str, str]]) -> None:
        self._lines = lines
        self.setAccessibleName("; ".join(words for _, words in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(_LINE) * len(self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        for place, (icon, words) in enumerate(self._lines):
            line = QRect(0, place * px(_LINE), self.width(), px(_LINE))
            draw.icon(painter, QRect(0, line.y(), px(16), line.height()), icon, "text-2")
            draw.words(
                painter, line.adjusted(px(25), 0, 0, 0), words, "body", align=Qt.AlignmentFlag.AlignLeft
            )
        painter.end()


def said_time(opening: Opening) -> str:
    """ "Thu 9:30 AM"."""
    return f"{opening.starts:%a} {us_time(opening.starts)}"


def _facts(opening: Opening, kind: VisitTypeView) -> list[tuple[str, str]]:
    minutes = int((opening.ends - opening.starts).total_seconds() // 60)
    facts = [("clock", tr("{minutes} minutes, until {time}", minutes=minutes, time=us_time(opening.ends)))]
    facts += [("door-open", tr("{thing} is reserved", thing=thing)) for thing in opening.things]
    if kind.preparation:
        facts.append(("message-square-quote", tr("Say: {what}", what=kind.preparation)))
    return facts
