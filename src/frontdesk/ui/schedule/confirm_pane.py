"""The last step: what will be booked, until when the time is held, and the button."""

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.kernel.text import clock_time, us_time, weekday_date
from frontdesk.services.schedule import preview, visit_authorizations
from frontdesk.services.schedule.openings import Opening
from frontdesk.services.schedule.preview import Preview
from frontdesk.services.schedule.visit_authorizations import Forecast
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.ui.billing.outlook_banner import OutlookBanner
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row, scrolled
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.toast import KEPT_CLEAR
from frontdesk.ui.schedule.before_after import BeforeAfter
from frontdesk.ui.schedule.pane_head import PaneHead
from frontdesk.ui.schedule.preview_bars import PreviewBars
from frontdesk.ui.schedule.remind_lines import RemindLines
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_LINE = 24


class ConfirmPane(Frame):
    """Empty until an opening is picked."""

    book_wanted = Signal()
    hold_wanted = Signal()
    """Keep the time, and book it later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._opening: Opening | None = None
        self._asks = ""
        self._when = Label("", "section", wrap=True)
        self._what = Label("", "body", "text-2", wrap=True)
        self.bars = PreviewBars()
        self.load = BeforeAfter()
        self.authorization = Banner("warn", icon="file-lock")
        self.claim = OutlookBanner()
        self._facts = _Facts()
        self.warning = Banner("warn")
        self.reminders = RemindLines()
        self._lock = IconLabel("lock", "text-2")
        self._held = Label("", "body", "text-2", wrap=True)
        self.book = Button("", "primary", icon="calendar-check", keys="Ctrl+Return", height="large")
        self.book.clicked.connect(self.book_wanted)
        self.book.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hold = Button(tr("Hold only"), height="large")
        self.hold.setToolTip(tr("Leave, and keep the time until then"))
        self.hold.clicked.connect(self.hold_wanted)
        self._chosen = QWidget()
        self._chosen.setLayout(
            column(
                self._when,
                self._what,
                6,
                self.bars,
                6,
                self.load,
                6,
                self.authorization,
                self.claim,
                self._facts,
                self.warning,
                self.reminders,
                None,
                gap=4,
                margins=(14, 12, 14, 4),
            )
        )
        self._end = QWidget()
        self._end.setLayout(
            column(row(self._lock, self._held), 4, row(self.hold, self.book), gap=4, margins=(14, 6, 14, 12))
        )
        self._end.setProperty(KEPT_CLEAR, True)
        self._body = scrolled(self._chosen)
        self._held.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._nothing = EmptyState(
            "mouse-pointer-click",
            tr("No time is picked"),
            tr("Press the number of an opening. It is held for five minutes while the caller decides."),
        )
        head = PaneHead(3, tr("Confirm"), tr("Alt 3"))
        self.setLayout(column(head, self._nothing, self._body, self._end, gap=0))
        self.show_opening(None, None)

    def show_opening(self, opening: Opening | None, kind: VisitTypeView | None) -> None:
        """What is picked; None: nothing."""
        self._opening = opening
        set_shown(self._body, opening is not None)
        set_shown(self._end, opening is not None)
        set_shown(self._nothing, opening is None)
        self.warn("")
        self.show_held(None)
        self.reminders.show_ahead(None)
        self.show_preview(None)
        self.claim.nothing()
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
        self._asks = _authorization(kind)
        self.authorization.say("warn", self._asks, icon="file-lock")

    def ask_day(self, page: Page, visit_type_id: int, patient_id: int | None) -> None:
        """The day of what is picked; an answer that comes after another pick is dropped."""
        picked = self._opening

        def show(found: Preview) -> None:
            if picked is self._opening:
                self.show_preview(found)

        if picked is not None and patient_id is not None:
            page.desk.ask(
                page,
                lambda found: self._show_forecast(found) if picked is self._opening else None,
                visit_authorizations.forecast,
                patient_id=patient_id,
                visit_type_id=visit_type_id,
                day=picked.starts.date(),
                provider_id=picked.slot.provider_id,
            )
            self.claim.at_booking(page.desk, patient_id, picked.slot.provider_id, picked.starts.date())
        if picked is not None:
            page.desk.ask(
                page,
                show,
                preview.slot_preview,
                slot=picked.slot,
                visit_type_id=visit_type_id,
                patient_id=patient_id,
            )

    def _show_forecast(self, found: Forecast) -> None:
        """The authorization that the visit takes its unit from, or that it will be on the list of work."""
        if not found.needs:
            self.authorization.say("warn", "")
        elif found.number:
            words = tr(
                "Authorization {number}: {left} left, this visit takes one.",
                number=found.number,
                left=found.remaining,
            )
            self.authorization.say("ok", words, icon="file-check")
        else:
            words = tr("None is on file: the visit will be on the list of authorizations.")
            self.authorization.say("warn", f"{self._asks} {words}", icon="file-lock")

    def show_preview(self, found: Preview | None) -> None:
        """The day of the picked time, before and after; None: still to come."""
        self.bars.show_preview(found)
        self.load.show_preview(found)

    def show_held(self, until: datetime | None, *, has_ended: bool = False) -> None:
        """Until when nobody else can take it."""
        text = tr("Held for you until {time}", time=clock_time(until)) if until is not None else ""
        if has_ended:
            text = tr("No longer held. Press its number to hold it again.")
        self._held.setText(text)
        self._lock.show_icon("clock-alert" if has_ended else "lock", "warn" if has_ended else "text-2")
        set_shown(self._lock, bool(text))
        self.hold.setEnabled(until is not None)

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


def _authorization(kind: VisitTypeView) -> str:
    if not kind.needs_authorization:
        return ""
    if not kind.authorization_days:
        return tr("{kind} needs an authorization. Ask the payer before the visit.", kind=kind.name)
    answer = counted(kind.authorization_days, "{count} working day", "{count} working days")
    return tr(
        "{kind} needs an authorization. Ask the payer today: the answer takes {answer}.",
        kind=kind.name,
        answer=answer,
    )


def _facts(opening: Opening, kind: VisitTypeView) -> list[tuple[str, str]]:
    minutes = int((opening.ends - opening.starts).total_seconds() // 60)
    facts = [("clock", tr("{minutes} minutes, until {time}", minutes=minutes, time=us_time(opening.ends)))]
    if kind.preparation:
        facts.append(("message-square-quote", tr("Say: {what}", what=kind.preparation)))
    return facts
