"""What a free place of the book is opened for: a new booking, or one that was begun and held."""

from collections.abc import Iterable

from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.geometry import GridColumn, Slot


def errand_at(columns: Iterable[GridColumn], slot: Slot) -> Errand:
    """To book there, or to go on with what the person at the desk keeps the time for."""
    for column in columns:
        kept = column.held_at(slot.starts) if column.is_of(slot) else None
        if kept is not None:
            return Errand("book_held", about_id=kept.id)
    return Errand("book", provider_id=slot.provider_id, starts=slot.starts)
