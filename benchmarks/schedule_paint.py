"""The paint of a full day and a full week, against a bare painter of the same figures."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Measure, compared
from frontdesk.kernel.timespan import Span
from frontdesk.services.schedule.day import DayColumn, DaySheet, DayVisit
from frontdesk.services.schedule.status import Status
from frontdesk.services.schedule.words import Confirmation, Lifecycle
from frontdesk.services.visit.flags import Flag, FlagKind
from frontdesk.ui.schedule.day_grid import DayGrid
from frontdesk.ui.schedule.geometry import DayGeometry, GridColumn, by_provider
from frontdesk.ui.theme import theme

NAMES = ("day_paint", "week_paint")
PROVIDERS, VISITS, DAYS = 12, 40, 5
EIGHT = datetime(2026, 3, 17, 8, 0)
WIDTH, WEEK_WIDTH, HEIGHT = 2700, 1152, 860
FLAGS = (
    Flag(FlagKind.COPAY, "warn", "Copay $30.00 due"),
    Flag(FlagKind.FORMS, "warn", "Consent to treat"),
)
STATUSES = (Status.SCHEDULED, Status.CONFIRMED, Status.CHECKING_IN, Status.READY)
"""Each of these draws two boxes, three icons and two texts."""


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The rows that are wanted, without a screen."""
    app = QApplication.instance() or QApplication([])
    if "day_paint" in wanted:
        yield _paint("day_paint", by_provider(_sheet()), WIDTH)
    if "week_paint" in wanted:
        yield _paint("week_paint", _week(), WEEK_WIDTH)
    app.processEvents()


def _paint(name: str, columns: Sequence[GridColumn], width: int) -> Measure:
    grid = DayGrid()
    grid.resize(width, HEIGHT)
    flags = {visit.id: FLAGS for column in columns for visit in column.visits}
    grid.show_columns(columns, flags, EIGHT + timedelta(hours=3))
    ours_image, bare_image = (QImage(width, HEIGHT, QImage.Format.Format_RGB32) for _ in range(2))
    day = DayGeometry(columns, width)

    def ours() -> None:
        grid.viewport().render(ours_image, QPoint())

    def limit() -> None:
        _paint_bare(bare_image, day)

    return compared(name, ours, limit, goal=2.0)


def _paint_bare(image: QImage, day: DayGeometry) -> None:
    """As many boxes, texts and icons, with nothing to decide."""
    painter = QPainter(image)
    painter.fillRect(image.rect(), QColor("white"))
    painter.setPen(QPen(QColor("gray")))
    for line in range(0, day.height, day.quarter * 2):
        painter.drawLine(0, line, image.width(), line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    strong, plain = theme().font("card-strong"), theme().font("secondary")
    icon = theme().pixmap("circle", "text", 14, 1.0)
    frame, fill, ink = QPen(QColor("gray")), QColor("lightblue"), QPen(QColor("black"))
    left = Qt.AlignmentFlag.AlignVCenter
    for card in day.placed:
        rect = card.rect
        painter.setPen(frame)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(rect), 4, 4)
        painter.drawRoundedRect(QRectF(rect.x(), rect.y(), 4, rect.height()), 4, 4)
        painter.drawPixmap(rect.x() + 9, rect.y() + 2, icon)
        painter.drawPixmap(rect.right() - 36, rect.y() + 2, icon)
        painter.drawPixmap(rect.right() - 18, rect.y() + 2, icon)
        painter.setPen(ink)
        painter.setFont(strong)
        painter.drawText(QRect(rect.x() + 28, rect.y(), 90, 18), left, card.visit.patient)
        painter.setFont(plain)
        painter.drawText(QRect(rect.x() + 120, rect.y(), 60, 18), left, card.visit.reason)
    painter.end()


def _sheet() -> DaySheet:
    columns = tuple(
        DayColumn(
            provider_id=provider,
            name=f"Dr. {provider}",
            rooms=(),
            sessions=(Span(EIGHT, EIGHT + timedelta(hours=10)),),
            away=(),
            blocks=(),
            holds=(),
            open_minutes=0,
            held_count=0,
            late_minutes=0,
            pace="On time",
            busy_until=None,
        )
        for provider in range(1, PROVIDERS + 1)
    )
    visits = tuple(_visit(provider, place) for provider in range(1, PROVIDERS + 1) for place in range(VISITS))
    return DaySheet(EIGHT.date(), "", columns, visits, (), 0, 0)


def _week() -> list[GridColumn]:
    """A provider's five days, each as full as a day of the other measure."""
    (one, *_) = by_provider(_sheet())
    return [
        replace(
            one,
            day=EIGHT.date() + timedelta(ahead),
            sessions=(Span(EIGHT + timedelta(ahead), EIGHT + timedelta(ahead, hours=10)),),
            visits=tuple(_visit(ahead + 1, place, timedelta(ahead)) for place in range(VISITS)),
        )
        for ahead in range(DAYS)
    ]


def _visit(provider: int, place: int, ahead: timedelta = timedelta()) -> DayVisit:
    starts = EIGHT + ahead + place * timedelta(minutes=15)
    return DayVisit(
        id=provider * 1000 + place,
        version=1,
        patient_id=provider * 1000 + place,
        patient="Foster, Danielle",
        chart_number="HP-20418",
        born_on=date(1982, 6, 14),
        provider_id=provider,
        visit_type_id=1,
        starts=starts,
        ends=starts + timedelta(minutes=15),
        lifecycle=Lifecycle.BOOKED,
        confirmation=Confirmation.CONFIRMED,
        status=STATUSES[(provider + place) % len(STATUSES)],
        status_since=None,
        late_minutes=0,
        reason="Follow-up",
        note="",
        room="",
        is_new_patient=False,
        is_overbooked=False,
        is_video=False,
        interpreter="",
        predicted=None,
    )
