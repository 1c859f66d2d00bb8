"""Which visit the arrows lead to from the chosen one."""

from datetime import datetime

from frontdesk.ui.schedule.geometry import DayGeometry


def along(day: DayGeometry, chosen: int | None, step: int, now: datetime | None) -> int | None:
    """The next visit of the same column; without a chosen one, the first that is still to end."""
    here = day.card_of(chosen) if chosen is not None else None
    cards = [card for card in day.placed if card.column == (here.column if here else _begin(day, now))]
    if not cards:
        return None
    place = next((i for i, card in enumerate(cards) if card.visit.id == chosen), None)
    if place is None:
        upcoming = [i for i, card in enumerate(cards) if now and card.visit.ends > now]
        place = (upcoming[0] if upcoming else 0) - step
    return cards[max(0, min(len(cards) - 1, place + step))].visit.id


def across(day: DayGeometry, chosen: int | None, step: int) -> int | None:
    """The nearest visit of the next column that has one."""
    here = day.card_of(chosen) if chosen is not None else None
    if here is None:
        return None
    column = here.column + step
    while 0 <= column < len(day.columns):
        cards = [card for card in day.placed if card.column == column]
        if cards:
            return min(cards, key=lambda card: abs(card.rect.top() - here.rect.top())).visit.id
        column += step
    return None


def _begin(day: DayGeometry, now: datetime | None) -> int:
    """Today's column, where there are several days; else the first. One without visits is passed over."""
    filled = sorted({card.column for card in day.placed})
    today = [place for place in filled if now and day.columns[place].day == now.date()]
    return next(iter([*today, *filled]), 0)
