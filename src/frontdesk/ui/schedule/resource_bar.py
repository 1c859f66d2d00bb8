"""Paints one bar of the resources view: stripe, status, last name; or cleaning, or a held time."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.flags import Flag
from frontdesk.ui.kit import draw
from frontdesk.ui.schedule import look, visit_card
from frontdesk.ui.schedule.resource_geometry import PlacedBar
from frontdesk.ui.text import tr
from frontdesk.ui.theme import Role, theme

ICON_ONLY_BELOW = 40
"""Pixels under which a bar shows its icon alone (DESIGN-SYSTEM.md 7)."""
NAME_FROM = 22
"""Pixels that a name needs: one letter and dots say nothing."""


@dataclass(frozen=True, slots=True)
class BarLook:
    """How a bar stands on the screen, beside what it says."""

    is_chosen: bool = False
    is_of_chosen: bool = False
    """Whether it belongs to the visit that is chosen in another row."""
    is_focused: bool = False
    is_dragged: bool = False


def paint(painter: QPainter, placed: PlacedBar, how: BarLook) -> None:
    """Everything of a bar inside its rectangle."""
    visit = placed.visit
    if placed.bar.is_cleaning:
        _paint_cleaning(painter, placed.rect)
    elif visit is not None:
        _paint_visit(painter, placed.rect, visit, how)
    else:
        _paint_held(painter, placed.rect, placed.bar.held_by)
    if how.is_chosen:
        ring = "focus" if how.is_focused else "accent"
        draw.focus_ring(painter, placed.rect.adjusted(-1, -1, 1, 1), 5, ring)
    elif how.is_of_chosen:
        draw.box(painter, placed.rect, None, theme().color("accent"))


def said(placed: PlacedBar, resource: str, flags: tuple[Flag, ...], provider: str) -> str:
    """The bar for a screen reader and the tooltip."""
    span = f"{clock_time(placed.bar.starts)} to {clock_time(placed.bar.ends)}"
    if placed.visit is None:
        return tr("{resource}, {span}, held by {who}", resource=resource, span=span, who=placed.bar.held_by)
    what = visit_card.said(placed.visit, flags, provider)
    if placed.bar.is_cleaning:
        return tr("{resource}, cleaning {span}, after {visit}", resource=resource, span=span, visit=what)
    return tr("{resource}, {span}: {visit}", resource=resource, span=span, visit=what)


def paint_legend(painter: QPainter, rect: QRect, kind: str) -> None:
    """A swatch as it is painted in the rows: cleaning, or the kind of kept time."""
    if kind == "cleaning":
        _paint_cleaning(painter, rect)
        return
    token = look.KEPT_TOKEN[kind]
    painter.fillRect(rect, theme().color(token))
    if kind in look.KEPT_HATCHED:
        draw.hatch(painter, rect, theme().color(f"{token}-h"))
    if theme().is_high_contrast:
        draw.box(painter, rect, None, theme().color("line-2"), radius=1)


def _paint_visit(painter: QPainter, rect: QRect, visit: DayVisit, how: BarLook) -> None:
    px, color = theme().px, theme().color
    tone = look.STATUS_TONE[visit.status]
    fill, _, mark = draw.tone_colors(tone)
    is_here = visit.status in look.HERE
    frame = mark if is_here or theme().is_high_contrast else color("line-2")
    painter.setOpacity(0.5 if how.is_dragged else 1.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(frame)
    painter.setBrush(fill)
    x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
    painter.drawRoundedRect(QRectF(x + 0.5, y + 0.5, width - 1, height - 1), px(4), px(4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark)
    painter.drawRoundedRect(QRectF(x, y, px(4), height), px(2), px(2))
    is_narrow = width < px(ICON_ONLY_BELOW)
    inner = rect.adjusted(px(4), 0, -1, 0) if is_narrow else rect.adjusted(px(8), 0, -px(2), 0)
    slot = inner if is_narrow else QRect(inner.x(), inner.y(), px(14), inner.height())
    if slot.width() >= px(14):
        draw.icon(painter, slot, look.STATUS_ICON[visit.status], tone, 14)
    if not is_narrow:
        name = QRect(slot.right() + px(5), inner.y(), inner.right() - slot.right() - px(5), inner.height())
        dim = visit.status is Status.DONE or visit.status in look.CALLED_OFF
        last, _, _ = visit.patient.partition(", ")
        if name.width() >= px(NAME_FROM):
            role: Role = "secondary" if dim else "medium"
            width = draw.words(painter, name, last, role, f"{tone}-tx" if dim else "text")
            if visit.is_in_series and visit.status not in look.CALLED_OFF:
                visit_card.series_icon(painter, name.adjusted(width + px(5), 0, 0, 0), tone)
    painter.setOpacity(1.0)


def _paint_cleaning(painter: QPainter, rect: QRect) -> None:
    color = theme().color
    draw.hatch(painter, rect.adjusted(1, 1, -1, -1), color("line-2"))
    draw.box(painter, rect, None, color("line-2"))


def _paint_held(painter: QPainter, rect: QRect, held_by: str) -> None:
    px, color = theme().px, theme().color
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("line-strong"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(color("subtle"))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
    painter.restore()
    draw.icon(painter, QRect(rect.x() + px(5), rect.y(), px(14), rect.height()), "hand", "text-2", 14)
    draw.words(painter, rect.adjusted(px(24), 0, -px(4), 0), held_by, "secondary", "text-2")
