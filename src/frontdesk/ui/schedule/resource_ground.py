"""Paints the rows of the resources view: heads, hours, kept time, outages, the axis and now."""

from datetime import datetime, timedelta

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.resource_day import ResourceRow
from frontdesk.services.schedule.words import ResourceKind
from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look
from frontdesk.ui.schedule.resource_geometry import Line, ResourceGeometry
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_HOUR = timedelta(hours=1)
PART_NAME = {"people": "People", "rooms": "Rooms", "equipment": "Equipment"}
KIND_ICON = {
    ResourceKind.PROVIDER: "user",
    ResourceKind.STAFF: "user",
    ResourceKind.ROOM: "door-open",
    ResourceKind.DEVICE: "monitor",
}
_DEVICE_ICON = {"ecg": "activity", "colposcope": "microscope"}
_LABELLED = ("lunch", "charting")


def paint_rows(painter: QPainter, day: ResourceGeometry, seen: QRect) -> None:
    """The ground of each row, in the order in which things lie over each other."""
    color = theme().color
    painter.fillRect(seen, color("surface"))
    for number, line in enumerate(day.lines):
        if line.row is not None and line.rect.intersects(seen):
            _paint_closed(painter, day, number, line.row)
    _paint_hour_lines(painter, day)
    for number, line in enumerate(day.lines):
        if line.rect.intersects(seen):
            if line.row is not None:
                _paint_kept(painter, day, number, line.row)
                _paint_outages(painter, day, number, line.row)
            painter.fillRect(line.rect.x(), line.rect.bottom(), line.rect.width(), 1, color("line"))


def paint_now(painter: QPainter, day: ResourceGeometry, now: datetime | None, bottom: int) -> None:
    """The line down the day."""
    if now is not None and _shows(day, now):
        painter.fillRect(day.x_of(now), day.axis, 2, bottom - day.axis, theme().color("now"))


def paint_heads(painter: QPainter, day: ResourceGeometry, chosen: int | None, left: int, wide: int) -> None:
    """Names at the left edge of what is seen, and the groups' lines over its whole width."""
    color, px = theme().color, theme().px
    for number, line in enumerate(day.lines):
        if line.row is None:
            _paint_group(painter, line, left, wide)
            continue
        head = QRect(left, line.rect.y(), day.head, line.rect.height())
        painter.fillRect(head, color("accent-soft" if number == chosen else "surface"))
        if number == chosen:
            painter.fillRect(head.x(), head.y(), px(3), head.height() - 1, color("accent"))
        painter.fillRect(head.x(), head.bottom(), head.width(), 1, color("line"))
        painter.fillRect(head.right(), head.y(), 1, head.height(), color("line-2"))
        _paint_head(painter, QRect(head.x(), head.y(), head.width(), px(28)), line.row)


def paint_axis(
    painter: QPainter, day: ResourceGeometry, now: datetime | None, corner: tuple[int, int], wide: int
) -> None:
    """The hours along the upper edge of what is seen; `corner` is its upper left."""
    px, color = theme().px, theme().color
    left, top = corner
    painter.fillRect(left, top, wide, day.axis, color("subtle"))
    at = day.first
    while at <= day.last:
        x = day.x_of(at)
        painter.fillRect(x, top, 1, day.axis, color("line-2"))
        place = QRect(x + px(7), top, px(70), day.axis)
        hour = f"{at.hour % 12 or 12} {'AM' if at.hour < 12 else 'PM'}"
        if at < day.last:
            draw.words(painter, place, hour, "secondary", "text-2", elide=False)
        at += _HOUR
    if now is not None and _shows(day, now):
        words = clock_time(now)
        width = draw.role_width(words, "caption") + px(12)
        label = QRect(day.x_of(now) + 1 - width // 2, top + px(8), width, px(18))
        draw.box(painter, label, color("now"))
        draw.words(painter, label, words, "caption", "on-now", Qt.AlignmentFlag.AlignHCenter, elide=False)
    painter.fillRect(left, top, day.head, day.axis, color("subtle"))
    painter.fillRect(left + day.head - 1, top, 1, day.axis, color("line-2"))
    title = QRect(left + px(12), top, day.head - px(16), day.axis)
    draw.words(painter, title, tr("Resource"), "caption", "text-3")
    painter.fillRect(left, top + day.axis - 1, wide, 1, color("line-2"))


def _shows(day: ResourceGeometry, now: datetime) -> bool:
    return now.date() == day.day and day.first <= now <= day.last


def _paint_group(painter: QPainter, line: Line, left: int, wide: int) -> None:
    px, color = theme().px, theme().color
    rect = QRect(left, line.rect.y(), wide, line.rect.height())
    painter.fillRect(rect, color("subtle"))
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
    inner = rect.adjusted(px(12), 0, -px(8), 0)
    width = draw.words(painter, inner, tr(PART_NAME[line.group.part.value]), "card-strong", "text-2")
    inner.setLeft(inner.left() + width + px(8))
    draw.words(painter, inner, line.group.note, "secondary", "text-2")


def _paint_head(painter: QPainter, rect: QRect, row: ResourceRow) -> None:
    px = theme().px
    inner = rect.adjusted(px(12), 0, -px(10), 0)
    icon = "wrench" if row.is_out and row.kind is ResourceKind.DEVICE else _icon(row)
    draw.icon(painter, QRect(inner.x(), inner.y(), px(14), inner.height()), icon, "text-2", 14)
    inner.setLeft(inner.x() + px(22))
    detail = tr("service") if row.is_out else _short(row.detail)
    name = draw.role_width(row.name, "card-strong")
    draw.words(painter, inner, row.name, "card-strong", "text")
    rest = inner.adjusted(name + px(8), 0, 0, 0)
    if rest.width() > px(20):
        draw.words(painter, rest, detail, "secondary", "text-3", Qt.AlignmentFlag.AlignRight)


def _short(detail: str) -> str:
    """A kind of three letters is said by its letters: ECG."""
    return detail.upper() if len(detail) <= 3 else tr(detail)


def _icon(row: ResourceRow) -> str:
    return _DEVICE_ICON.get(row.detail.lower(), KIND_ICON[row.kind])


def _paint_closed(painter: QPainter, day: ResourceGeometry, number: int, row: ResourceRow) -> None:
    """Outside its hours nothing is booked on it."""
    if row.hours is None:
        return
    color = theme().color("band-lunch")
    at = day.first
    for span in sorted(row.hours):
        if span.starts > at:
            painter.fillRect(day.span_rect(number, at, span.starts), color)
        at = max(at, span.ends)
    if at < day.last:
        painter.fillRect(day.span_rect(number, at, day.last), color)


def _paint_hour_lines(painter: QPainter, day: ResourceGeometry) -> None:
    at = day.first
    while at <= day.last:
        painter.fillRect(day.x_of(at), day.axis, 1, day.height - day.axis, theme().color("line"))
        at += _HOUR


def _paint_kept(painter: QPainter, day: ResourceGeometry, number: int, row: ResourceRow) -> None:
    px = theme().px
    for block in row.blocks:
        if block.is_released:
            continue
        kind = block.kind.value
        rect = day.span_rect(number, block.starts, block.ends).adjusted(0, 0, 0, -1)
        token = look.KEPT_TOKEN[kind]
        painter.fillRect(rect, theme().color(token))
        if kind in look.KEPT_HATCHED:
            draw.hatch(painter, rect, theme().color(f"{token}-h"), px(8))
        if kind in _LABELLED:
            words = _free_of_bars(day, number, rect).adjusted(px(6), 0, -px(4), 0)
            if words.width() >= draw.role_width(tr(look.KEPT_NAME[kind]), "secondary"):
                draw.words(painter, words, tr(look.KEPT_NAME[kind]), "secondary", "text-2")


def _paint_outages(painter: QPainter, day: ResourceGeometry, number: int, row: ResourceRow) -> None:
    px = theme().px
    for outage in row.outages:
        rect = day.span_rect(number, max(outage.starts, day.first), min(outage.ends, day.last))
        rect.adjust(0, 0, 0, -1)
        painter.fillRect(rect, theme().color("band-lunch"))
        if rect.width() < day.width - day.head:
            draw.hatch(painter, rect, theme().color("band-lunch-h"), px(8))
        words = _free_of_bars(day, number, rect).adjusted(px(6), 0, -px(4), 0)
        if words.width() > px(24):
            draw.words(painter, words, outage.words, "secondary", "text-2")


def _free_of_bars(day: ResourceGeometry, number: int, rect: QRect) -> QRect:
    """The first stretch of a band that no bar covers: its words stand there."""
    left = rect.left()
    over = sorted(
        (each.rect for each in day.placed if each.line == number and each.rect.intersects(rect)),
        key=lambda bar: bar.left(),
    )
    for bar in over:
        if bar.left() - left >= theme().px(40):
            return QRect(left, rect.y(), bar.left() - left, rect.height())
        left = max(left, bar.right() + 1)
    return QRect(left, rect.y(), rect.right() - left, rect.height())
