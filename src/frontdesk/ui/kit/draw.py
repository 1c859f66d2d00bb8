"""What widgets and delegates both paint: chips, badges, key hints, icons, hatching, focus."""

from functools import cache, lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from frontdesk.ui.theme import Role, theme

Marks = tuple[tuple[int, int], ...]
"""Starts and lengths of pieces of a text."""
NEUTRAL = "neutral"
OUTLINE = "outline"
ACCENT = "accent"
CHIP_HEIGHT = 20
_CHIP_PADDING = 6
_CHIP_ICON = 14


def tone_colors(tone: str) -> tuple[QColor, QColor, QColor]:
    """Fill, text and mark of a tone: a severity ("warn"), a status ("st-arr"), neutral, outline, accent."""
    color = theme().color
    if tone == NEUTRAL:
        return color("sunken"), color("text-2"), color("text-3")
    if tone == OUTLINE:
        return color("surface"), color("text"), color("text-2")
    if tone == ACCENT:
        return color("accent-soft"), color("accent-text"), color("accent")
    return color(f"{tone}-bg"), color(f"{tone}-tx"), color(tone)


def mark_token(tone: str) -> str:
    """The token that icons of a tone are drawn in."""
    return {NEUTRAL: "text-3", OUTLINE: "text-2", ACCENT: "accent"}.get(tone, tone)


def text_token(tone: str) -> str:
    """The token that words of a tone are written in."""
    return {NEUTRAL: "text-2", OUTLINE: "text", ACCENT: "accent-text"}.get(tone, f"{tone}-tx")


def text_width(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(text)


def words(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: Role = "body",
    color: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    elide: bool = True,
) -> int:
    """Writes one line, vertically centred, and returns the width that it took."""
    shown, width = _fitted(text, role, max(0, rect.width()) if elide else -1, theme().scale)
    painter.setFont(theme().font(role))
    painter.setPen(theme().color(color))
    painter.drawText(rect, _on_one_line(align), shown)
    return width


def marked(
    painter: QPainter,
    rect: QRect,
    text: str,
    marks: Marks,
    role: Role = "body",
    color: str = "text",
) -> int:
    """One line as `words` writes it, with the pieces at `marks` underlined; returns its width."""
    width = words(painter, rect, text, role, color)
    if marks:
        metrics = QFontMetrics(theme().font(role))
        base = rect.y() + (rect.height() + metrics.ascent() - metrics.descent()) // 2 + theme().px(2)
        for start, length in marks:
            left = min(metrics.horizontalAdvance(text[:start]), width)
            right = min(metrics.horizontalAdvance(text[: start + length]), width)
            painter.fillRect(rect.x() + left, base, right - left, theme().px(2), theme().color("accent"))
    return width


def role_width(text: str, role: Role) -> int:
    """How wide a text is in a role; measured once."""
    return _fitted(text, role, -1, theme().scale)[1]


@lru_cache(4096)
def _fitted(text: str, role: Role, room: int, scale: int) -> tuple[str, int]:
    """What of the text fits, and its width; without bounds for -1. Grids paint the same words each time."""
    metrics = QFontMetrics(theme().font(role))
    width = metrics.horizontalAdvance(text)
    if room < 0 or width <= room:
        return text, width
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown)


@cache
def _on_one_line(align: Qt.AlignmentFlag) -> int:
    return int((align | Qt.AlignmentFlag.AlignVCenter).value | Qt.TextFlag.TextSingleLine.value)


def icon(painter: QPainter, rect: QRect, name: str, color: str = "text", size: int = 16) -> None:
    """An icon centred in `rect`."""
    look = theme()
    side = look.px(size)
    left = rect.x() + (rect.width() - side + 1) // 2
    top = rect.y() + (rect.height() - side + 1) // 2
    painter.drawPixmap(left, top, look.pixmap(name, color, size, painter.device().devicePixelRatioF()))


def box(
    painter: QPainter, rect: QRect, fill: QColor | None, frame: QColor | None = None, radius: float = 4
) -> None:
    """A rounded box, its one pixel frame inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(frame, 1) if frame is not None else Qt.PenStyle.NoPen)
    inset = 0.5 if frame is not None else 0.0
    corner = theme().px(radius)
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), corner, corner)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRect, radius: float = 6, color: str = "focus") -> None:
    """The two pixel ring along the inner edge of `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color(color), 2))
    corner = theme().px(radius)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), corner, corner)
    painter.restore()


def hatch(painter: QPainter, rect: QRect, color: QColor, step: int = 6) -> None:
    """Diagonal lines: "do not book without a reason", "not done yet"."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.4))
    for x in range(rect.left() - rect.height(), rect.right() + step, step):
        painter.drawLine(x, rect.bottom() + 1, x + rect.height(), rect.top())
    painter.restore()


def chip_width(text: str, icon_name: str = "", role: Role = "medium") -> int:
    px = theme().px
    width = 2 * px(_CHIP_PADDING) + text_width(text, theme().font(role))
    return width + (px(_CHIP_ICON) + px(4 if text else 0) if icon_name else 0)


def chip(
    painter: QPainter,
    rect: QRect,
    text: str,
    tone: str = NEUTRAL,
    icon_name: str = "",
    role: Role = "medium",
) -> None:
    """A chip filling `rect`; callers give it `chip_width` by CHIP_HEIGHT."""
    px = theme().px
    fill, _, mark = tone_colors(tone)
    framed = tone in (OUTLINE, ACCENT) or theme().is_high_contrast
    frame = theme().color("line-2") if tone == OUTLINE else mark
    box(painter, rect, fill, frame if framed else None)
    inner = rect.adjusted(px(_CHIP_PADDING), 0, -px(_CHIP_PADDING), 0)
    if icon_name:
        slot = QRect(inner.x(), inner.y(), px(_CHIP_ICON), inner.height())
        icon(painter, slot, icon_name, mark_token(tone), _CHIP_ICON)
        inner.setLeft(slot.right() + 1 + px(4))
    words(
        painter, inner, text, role, text_token(tone), elide=rect.width() < chip_width(text, icon_name, role)
    )


def badge_width(count: str) -> int:
    return max(theme().px(16), text_width(count, theme().font("caption")) + theme().px(10))


def badge(painter: QPainter, rect: QRect, count: str, tone: str = NEUTRAL) -> None:
    """A count in a pill of 16 px, centred vertically in `rect` at its left edge."""
    height = theme().px(17)
    pill = QRect(rect.x(), rect.y() + (rect.height() - height) // 2, badge_width(count), height)
    fill, _, mark = tone_colors(tone)
    box(painter, pill, fill, mark if theme().is_high_contrast else None, radius=8.5)
    words(painter, pill, count, "caption", text_token(tone), Qt.AlignmentFlag.AlignHCenter, elide=False)


def key_hint_width(keys: str) -> int:
    return text_width(keys, theme().font("key")) + theme().px(8)


def key_hint(painter: QPainter, rect: QRect, keys: str, color: QColor, frame: QColor) -> None:
    """The keys in a small frame, centred vertically at the left edge of `rect`."""
    height = theme().px(16)
    cap = QRect(rect.x(), rect.y() + (rect.height() - height) // 2, key_hint_width(keys), height)
    box(painter, cap, None, frame, radius=3)
    painter.setFont(theme().font("key"))
    painter.setPen(color)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)


_SIGNS = {
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Return": "Enter",
    "PgUp": "Page up",
    "PgDown": "Page down",
}


def key_text(keys: str) -> str:
    """A shortcut as its hint is written: "Ctrl+Return" is "Ctrl Enter", "Left" is an arrow."""
    parts = keys.replace("++", "+plus").split("+")
    return " ".join(_SIGNS.get(part, "+" if part == "plus" else part) for part in parts)
