"""Which row and which bar the arrows lead to in the resources view."""

from frontdesk.services.schedule.resource_day import ResourceRow
from frontdesk.ui.schedule.resource_geometry import PlacedBar, ResourceGeometry


def row_beside(day: ResourceGeometry, row_id: int | None, step: int) -> ResourceRow | None:
    """The next row up or down; the first, where none is chosen."""
    rows = [line.row for line in day.lines if line.row is not None]
    ids = [row.id for row in rows]
    at = ids.index(row_id) + step if row_id in ids else 0
    return rows[max(0, min(len(rows) - 1, at))] if rows else None


def nearest(day: ResourceGeometry, row_id: int, x: int) -> int | None:
    """The visit of a row that stands nearest to a place in time."""
    bars = [each for each in _bars(day, row_id) if each.visit is not None]
    found = min(bars, key=lambda each: abs(each.rect.center().x() - x), default=None)
    return found.visit.id if found and found.visit else None


def along(day: ResourceGeometry, row_id: int, chosen: int | None, step: int) -> int | None:
    """The next visit of the same row."""
    ids = list(dict.fromkeys(each.visit.id for each in _bars(day, row_id) if each.visit is not None))
    if not ids:
        return None
    at = ids.index(chosen) + step if chosen in ids else 0
    return ids[max(0, min(len(ids) - 1, at))]


def _bars(day: ResourceGeometry, row_id: int) -> list[PlacedBar]:
    return sorted((each for each in day.placed if each.bar.resource_id == row_id), key=lambda e: e.rect.x())
