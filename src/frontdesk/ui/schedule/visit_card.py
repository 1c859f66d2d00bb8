"""Paints one visit of the day: stripe, status, name, flags; then the reason and where it goes on."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.flags import Flag
from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr
from frontdesk.ui.theme import Role, theme

STRIPE = 4
LINE = 18
ICON = 14
SERIES_ICON = 12


@dataclass(frozen=True, slots=True)
class CardLook:
    """How a card stands on the screen, beside what it says."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False
    dragged: bool = False


def paint(painter: QPainter, rect: QRect, visit: DayVisit, flags: tuple[Flag, ...], how: CardLook) -> None:
    """Everything of a card inside `rect`; what does not fit is left out in the order of the design."""
    px = theme().px
    tone = look.STATUS_TONE[visit.status]
    _ground(painter, rect, visit, tone, how)
    inner = rect.adjusted(px(STRIPE + 5), 0, -px(5), 0)
    lines = lines_in(rect.height())
    first = QRect(inner.x(), rect.y() + (px(1) if lines > 1 else 0), inner.width(), px(LINE))
    if lines == 1:
        first = QRect(inner.x(), rect.y(), inner.width(), rect.height())
    _first_line(painter, first, visit, flags, tone, alone=lines == 1)
    if lines >= 2:
        second = first.translated(0, px(LINE - 1))
        _second_line(painter, second, visit, tone)
    if lines >= 3 and (urgent := next((f for f in flags if f.severity != "neutral"), None)):
        third = first.translated(0, 2 * px(LINE - 1))
        draw.words(painter, third, urgent.words, "secondary", f"{tone}-tx")
    if how.selected:
        ring = "focus" if how.focused else "accent"
        draw.focus_ring(painter, rect.adjusted(-1, -1, 1, 1), 5, ring)


def lines_in(height: int) -> int:
    """How many lines of words a card of that height holds: half an hour two, in the day and in the week."""
    px = theme().px
    return 1 + max(0, height - px(1) - px(LINE)) // px(LINE - 1)


def said(visit: DayVisit, flags: tuple[Flag, ...], provider: str) -> str:
    """The card for a screen reader and the tooltip: time, name, status, blockers, provider."""
    parts = [clock_time(visit.starts), visit.patient, look.STATUS_NAME[visit.status].lower()]
    if visit.late_minutes:
        parts.append(tr("{minutes} minutes late", minutes=visit.late_minutes))
    if visit.predicted is not None:
        parts.append(tr("expected in at {time}", time=clock_time(visit.predicted)))
    parts += [flag.words for flag in flags]
    if visit.is_in_series:
        parts.append(tr("one of a series"))
    if visit.room:
        parts.append(visit.room)
    return ", ".join([*parts, visit.reason, provider])


def _ground(painter: QPainter, rect: QRect, visit: DayVisit, tone: str, how: CardLook) -> None:
    """Painted hundreds of times for a frame: so without saving, restoring and clipping."""
    color = theme().color
    fill, _, mark = draw.tone_colors(tone)
    here = visit.status in look.HERE
    frame = mark if here or theme().is_high_contrast else color("line-2")
    whole = 1.0
    if how.dragged:
        whole = painter.opacity()
        painter.setOpacity(0.6)
    corner, stripe = theme().px(4), theme().px(STRIPE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(frame)
    painter.setBrush(color("hover") if how.hovered and not here else fill)
    x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
    painter.drawRoundedRect(QRectF(x + 0.5, y + 0.5, width - 1, height - 1), corner, corner)
    if visit.status is Status.CANCELED:
        draw.hatch(painter, rect.adjusted(1, 1, -1, -1), color("line"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark)
    painter.drawRoundedRect(QRectF(x, y, stripe, height), stripe / 2, stripe / 2)
    if how.dragged:
        painter.setOpacity(whole)


def _first_line(
    painter: QPainter, line: QRect, visit: DayVisit, flags: tuple[Flag, ...], tone: str, *, alone: bool
) -> None:
    px = theme().px
    off = visit.status in look.CALLED_OFF
    draw.icon(
        painter,
        QRect(line.x(), line.y(), px(ICON), line.height()),
        look.STATUS_ICON[visit.status],
        tone,
        ICON,
    )
    left = line.x() + px(ICON + 5)
    right = line.right()
    tail = _tail(visit, alone=alone)
    if tail:
        width = draw.role_width(tail, "card-strong")
        draw.words(
            painter,
            QRect(right - width, line.y(), width + 1, line.height()),
            tail,
            "card-strong",
            f"{tone}-tx",
            elide=False,
        )
        right -= width + px(6)
    elif visit.status not in (Status.DONE, *look.CALLED_OFF):
        right = _flag_icons(painter, QRect(left, line.y(), right - left + 1, line.height()), flags)
    role: Role = "secondary" if visit.status in (Status.DONE, *look.CALLED_OFF) else "card-strong"
    name = _name_within(visit.patient, right - left, role)
    place = QRect(left, line.y(), right - left, line.height())
    dim = visit.status is Status.DONE or off
    width = draw.words(painter, place, name, role, f"{tone}-tx" if dim else "text", elide=False)
    if off:
        y = line.center().y() + 1
        painter.setPen(theme().color(f"{tone}-tx"))
        painter.drawLine(left, y, left + width, y)
    rest = QRect(left + width + px(6), line.y(), right - left - width - px(6), line.height())
    if alone and visit.is_in_series and not off and name == visit.patient:
        rest = series_icon(painter, rest, tone)
    said_off = look.STATUS_NAME[visit.status] if off else visit.reason if alone else ""
    if said_off and rest.width() > px(36):
        draw.words(painter, rest, said_off, "secondary", f"{tone}-tx")


def series_icon(painter: QPainter, rect: QRect, tone: str) -> QRect:
    """The mark of a series, if there is room for it; gives back what is left for the reason."""
    px = theme().px
    if rect.width() < px(SERIES_ICON):
        return rect
    slot = QRect(rect.x(), rect.y(), px(SERIES_ICON), rect.height())
    draw.icon(painter, slot, "repeat", f"{tone}-tx", SERIES_ICON)
    return rect.adjusted(px(SERIES_ICON + 6), 0, 0, 0)


def _second_line(painter: QPainter, line: QRect, visit: DayVisit, tone: str) -> None:
    px = theme().px
    right = line.right()
    end = _end(visit)
    if end:
        width = draw.role_width(end, "card-strong")
        draw.words(
            painter,
            QRect(right - width, line.y(), width + 1, line.height()),
            end,
            "card-strong",
            f"{tone}-tx",
            elide=False,
        )
        right -= width + px(6)
    if visit.is_in_series and visit.status not in look.CALLED_OFF:
        right -= px(SERIES_ICON)
        series_icon(painter, QRect(right, line.y(), px(SERIES_ICON), line.height()), tone)
        right -= px(4)
    draw.words(
        painter,
        QRect(line.x(), line.y(), right - line.x(), line.height()),
        visit.reason,
        "secondary",
        f"{tone}-tx",
    )


def _tail(visit: DayVisit, *, alone: bool) -> str:
    """What stands at the right of the first line instead of flags."""
    if visit.status is Status.NOT_ARRIVED:
        return tr("{minutes} min late", minutes=visit.late_minutes)
    return _end(visit) if alone and visit.status in look.HERE else ""


def _end(visit: DayVisit) -> str:
    """Where the patient is, or when they will be seen, if not when booked."""
    if visit.room and visit.status in (Status.IN_ROOM, Status.IN_VISIT):
        number = visit.room.removeprefix("Room ")
        return tr("Rm {room}", room=number) if number[:1].isdigit() else visit.room
    if visit.predicted is not None and visit.predicted > visit.starts:
        return f"→ {clock_time(visit.predicted)}"
    return ""


def _flag_icons(painter: QPainter, line: QRect, flags: tuple[Flag, ...]) -> int:
    """Icons from the right, the most severe first in reading order; gives back what is left of the line."""
    px = theme().px
    room_for_name = px(64)
    most = max(0, (line.width() - room_for_name) // px(ICON + 4))
    shown = flags[: min(most, 3)]
    right = line.right() + 1
    for flag in reversed(shown):
        slot = QRect(right - px(ICON), line.y(), px(ICON), line.height())
        token = look.SEVERITY_TOKEN[flag.severity]
        draw.icon(painter, slot, look.FLAG_ICON[flag.kind], token, ICON)
        right -= px(ICON + 4)
    return right - px(2)


def _name_within(name: str, width: int, role: Role) -> str:
    """First name to an initial before the last name is ever cut."""
    last, _, first = name.partition(", ")
    for candidate in (name, f"{last}, {first[:1]}." if first else last, last):
        if draw.role_width(candidate, role) <= width:
            return candidate
    metrics = QFontMetrics(theme().font(role))
    return metrics.elidedText(last, Qt.TextElideMode.ElideRight, max(width, 0))
