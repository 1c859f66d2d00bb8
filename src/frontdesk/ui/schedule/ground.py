"""Paints what lies behind and over the cards of a day: hours, kept time, predictions, and now."""

from datetime import datetime

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.day import DayAway, DayBlock
from frontdesk.services.schedule.held import Held
from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look
from frontdesk.ui.schedule.geometry import RAIL_PX, DayGeometry, GridColumn, Placed
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


def paint_ground(painter: QPainter, day: DayGeometry, seen: QRect, now: datetime | None) -> None:
    """Working hours, the lines of the hours, and the kept time of each column."""
    color = theme().color
    painter.fillRect(seen, color("surface"))
    for place, column in enumerate(day.columns):
        if day.column_rect(place).intersects(seen):
            _paint_closed(painter, day, place, column)
    for minute in range(day.first, day.last + 1, 30):
        painter.setPen(color("line" if minute % 60 else "line-2"))
        painter.drawLine(day.gutter, day.y_at(minute), day.width, day.y_at(minute))
    for place, column in enumerate(day.columns):
        for block in column.blocks:
            rect = day.span_rect(place, block.starts, block.ends)
            if rect.intersects(seen):
                _paint_block(painter, day, rect, block, place)
        # What is kept while the provider is away is kept for nobody.
        for away in column.away:
            rect = day.span_rect(place, away.starts, away.ends)
            if rect.intersects(seen):
                _paint_away(painter, day, rect, away, place)
        for held in column.holds:
            if now is None or now < held.until:
                _paint_held(painter, day, day.span_rect(place, held.starts, held.ends), held)
    painter.setPen(color("line-2"))
    for place in range(len(day.columns) + 1):
        x = round(day.gutter + place * day.column_width)
        painter.drawLine(x, 0, x, day.height)


def paint_predictions(painter: QPainter, day: DayGeometry) -> None:
    """A dashed ghost in the rail of a late column, where each later visit will probably be."""
    px = theme().px
    for card in day.placed:
        visit = card.visit
        is_late = day.has_rail(card.column)
        if not is_late or visit.predicted is None or visit.predicted <= visit.starts:
            continue
        whole = day.column_rect(card.column)
        rect = day.span_rect(card.column, visit.predicted, visit.predicted + (visit.ends - visit.starts))
        rail = QRect(whole.right() - px(RAIL_PX) - 1, rect.y() + 1, px(RAIL_PX), rect.height() - 2)
        fill, _, mark = draw.tone_colors(look.STATUS_TONE[visit.status])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mark, 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(fill)
        painter.drawRoundedRect(rail, px(3), px(3))
        painter.restore()


def paint_now(painter: QPainter, day: DayGeometry, now: datetime | None) -> None:
    """The line across the columns of today."""
    if now is None or not day.shows(now):
        return
    for place, column in enumerate(day.columns):
        if column.day == now.date():
            whole = day.column_rect(place)
            painter.fillRect(whole.x(), day.y_of(now), whole.width(), 2, theme().color("now"))


def paint_gutter(painter: QPainter, day: DayGeometry, now: datetime | None) -> None:
    """The hours and the time now, which stay where they are while the columns scroll sideways."""
    painter.fillRect(0, 0, day.gutter, day.height, theme().color("surface"))
    painter.fillRect(day.gutter - 1, 0, 1, day.height, theme().color("line-2"))
    _paint_hours(painter, day)
    if now is None or not day.shows(now):
        return
    px, y = theme().px, day.y_of(now)
    label = QRect(px(1), y - px(8), day.gutter - px(2), px(17))
    draw.box(painter, label, theme().color("now"))
    draw.words(
        painter, label, clock_time(now), "caption", "on-now", Qt.AlignmentFlag.AlignHCenter, elide=False
    )


def paint_target(painter: QPainter, rect: QRect, words: str) -> None:
    """Where a dragged visit would land."""
    draw.box(painter, rect, theme().color("accent-soft"), theme().color("accent"))
    draw.words(painter, rect.adjusted(theme().px(8), 0, -4, 0), words, "card-strong", "accent-text")


def _paint_closed(painter: QPainter, day: DayGeometry, place: int, column: GridColumn) -> None:
    """Outside the sessions nothing is booked."""
    color = theme().color("band-lunch")
    at, last = day.hours_of(place)
    for session in sorted(column.sessions):
        if session.starts > at:
            painter.fillRect(day.span_rect(place, at, session.starts), color)
        at = max(at, session.ends)
    if at < last:
        painter.fillRect(day.span_rect(place, at, last), color)


def _paint_away(painter: QPainter, day: DayGeometry, rect: QRect, away: DayAway, place: int) -> None:
    """While the provider is away nothing is booked either; why they are away stands there."""
    painter.fillRect(rect, theme().color("band-lunch"))
    draw.hatch(painter, rect, theme().color("band-lunch-h"))
    said = tr("Out: {why}", why=away.reason) if away.reason else tr("Out")
    _label(painter, _uncovered(day, rect, place), "calendar-off", said)


def _paint_block(painter: QPainter, day: DayGeometry, rect: QRect, block: DayBlock, place: int) -> None:
    if block.is_released:
        return
    px = theme().px
    kind = block.kind.value
    token = look.KEPT_TOKEN[kind]
    painter.fillRect(rect, theme().color(token))
    if kind in look.KEPT_HATCHED:
        draw.hatch(painter, rect, theme().color(f"{token}-h"), px(8))
    _label(painter, _uncovered(day, rect, place), look.KEPT_ICON[kind], tr(look.KEPT_NAME[kind]))


def _paint_held(painter: QPainter, day: DayGeometry, rect: QRect, held: Held) -> None:
    """Kept for a caller: nobody else can take it until then."""
    px = theme().px
    inside = rect.adjusted(px(3), 1, -px(3), -1)
    draw.box(painter, inside, theme().color("accent-soft"), theme().color("accent"))
    until = clock_time(held.until)
    said = (
        tr("Held by you until {time}", time=until)
        if held.is_own
        else tr("Held by {name} until {time}", name=held.by, time=until)
    )
    draw.icon(
        painter, QRect(inside.x() + px(5), inside.y(), px(14), inside.height()), "lock", "accent-text", 14
    )
    draw.words(painter, inside.adjusted(px(24), 0, -px(4), 0), said, "secondary", "accent-text")


def _label(painter: QPainter, free: QRect, icon: str, said: str) -> None:
    """On as many lines as it needs and finds."""
    px = theme().px
    if free.height() < px(15):
        return
    draw.icon(painter, QRect(free.x() + px(7), free.y() + px(1), px(14), px(18)), icon, "text-3", 14)
    words = free.adjusted(px(26), px(1), -px(4), 0)
    if words.height() >= px(2 * 16) and draw.role_width(said, "secondary") > words.width():
        painter.setPen(theme().color("text-2"))
        painter.setFont(theme().font("secondary"))
        painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, said)
        return
    words.setHeight(px(18))
    draw.words(painter, words, said, "secondary", "text-2")


def _uncovered(day: DayGeometry, rect: QRect, place: int) -> QRect:
    """The first stretch of a block that no card covers: its label stands there."""
    top = rect.top()
    covering: list[Placed] = sorted(
        (card for card in day.placed if card.column == place and card.rect.intersects(rect)),
        key=lambda card: card.rect.top(),
    )
    for card in covering:
        if card.rect.top() - top >= theme().px(15):
            return QRect(rect.x(), top, rect.width(), card.rect.top() - top)
        top = max(top, card.rect.bottom() + 1)
    return QRect(rect.x(), top, rect.width(), rect.bottom() - top)


def _paint_hours(painter: QPainter, day: DayGeometry) -> None:
    px = theme().px
    for minute in range(day.first, day.last, 30):
        hour, is_whole = minute // 60, minute % 60 == 0
        text = f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}" if is_whole else ":30"
        place = QRect(0, day.y_at(minute) + px(1), day.gutter - px(6), px(16))
        draw.words(
            painter,
            place,
            text,
            "secondary",
            "text-2" if is_whole else "text-3",
            Qt.AlignmentFlag.AlignRight,
            elide=False,
        )
