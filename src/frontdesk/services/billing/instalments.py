"""The days and amounts of a payment plan. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from frontdesk.kernel.months import months_later
from frontdesk.models.billing.payment_plan import Rhythm


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is to be paid by a day, in cents."""

    due_on: date
    amount_cents: int


class DueState(StrEnum):
    """Where an instalment stands on a day."""

    PAID = "paid"
    MISSED = "missed"
    DUE = "due"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Standing:
    """An instalment with what was paid of it."""

    place: int
    due_on: date
    amount_cents: int
    paid_cents: int
    state: DueState

    @property
    def open_cents(self) -> int:
        return self.amount_cents - self.paid_cents


def spread_over(total_cents: int, count: int, rhythm: Rhythm, first_on: date) -> tuple[Instalment, ...]:
    """Equal parts, the odd cents on the first ones; the 31st becomes the last day of a shorter month."""
    each, odd = divmod(total_cents, count)
    return tuple(Instalment(due_on(first_on, rhythm, place), each + (place < odd)) for place in range(count))


def due_on(first_on: date, rhythm: Rhythm, place: int) -> date:
    """The day of an instalment; `place` counts from 0."""
    if rhythm is Rhythm.TWO_WEEKS:
        return first_on + timedelta(weeks=2 * place)
    return months_later(first_on, place)


def standing(agreed: Sequence[Instalment], paid_cents: int, on: date) -> tuple[Standing, ...]:
    """What was paid goes on the oldest first; what is not paid on its day is missed from the next day on."""
    stand = []
    for place, each in enumerate(agreed, 1):
        part = max(0, min(paid_cents, each.amount_cents))
        paid_cents -= part
        if part == each.amount_cents:
            state = DueState.PAID
        elif each.due_on < on:
            state = DueState.MISSED
        else:
            state = DueState.DUE if each.due_on == on else DueState.AHEAD
        stand.append(Standing(place, each.due_on, each.amount_cents, part, state))
    return tuple(stand)
