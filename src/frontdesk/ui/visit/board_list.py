"""The flow board as a list: everybody of the day in one table, with both clocks."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.status import NAMES, Status
from frontdesk.services.visit.board import LANES, Board, Card
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.indicators import timer_tone
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr

_ORDER = (*LANES, Status.NOT_ARRIVED, Status.CONFIRMED, Status.SCHEDULED, Status.DONE)


class BoardList(Table[Card]):
    """Who is in the office first, by the longest wait; the minutes tick without a question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._now = datetime.min
        self._cards: tuple[Card, ...] = ()
        columns = (
            Column[Card]("Time", lambda card: clock_time(card.starts), width=64, sort_by=lambda c: c.starts),
            Column[Card](
                "Patient", lambda card: Cell(card.name, role="strong"), sort_by=lambda c: c.last_name
            ),
            Column[Card]("State", _state, width=140, sort_by=lambda card: _ORDER.index(card.status)),
            Column[Card]("In state", self._in_state, width=90, align="right"),
            Column[Card]("Since visit time", self._since, width=120, align="right"),
            Column[Card]("Provider", lambda card: card.provider, width=120, sort_by=lambda c: c.provider),
            Column[Card]("Room", lambda card: card.room, width=90, sort_by=lambda card: card.room),
            Column[Card]("In the way", _in_the_way, width=240),
            Column[Card]("Visit", lambda card: card.what, width=180),
        )
        super().__init__(
            TableModel[Card](columns, key=lambda card: card.appointment_id),
            says=tr("Patients of today"),
            parent=parent,
        )
        ColumnFit(self, columns, least=150, first_to_go=("Visit", "Room", "Provider", "In the way"))

    def show_board(self, shown: Board, now: datetime) -> None:
        self._now = now
        everybody = (*shown.cards, *shown.done)
        self._cards = tuple(
            sorted(everybody, key=lambda card: (_ORDER.index(card.status), card.since or card.starts))
        )
        self._cards_model().show(self._cards)

    def tick(self, now: datetime) -> None:
        """The minutes go on without a question to the database."""
        self._now = now
        self.viewport().update()

    def _cards_model(self) -> TableModel[Card]:
        model = self.model()
        assert isinstance(model, TableModel)
        return model

    def _in_state(self, card: Card) -> str | Cell:
        if card.since is None or card.status is Status.DONE:
            return ""
        minutes = card.minutes_here(self._now)
        tone = timer_tone(minutes, card.limit_minutes or 0)
        words = tr("{minutes} min", minutes=minutes)
        return words if tone == draw.NEUTRAL else Cell(words, role="strong", color=f"{tone}-tx")

    def _since(self, card: Card) -> str:
        minutes = card.minutes_late(self._now)
        return tr("{minutes} min", minutes=minutes) if minutes and card.status is not Status.DONE else ""


def _name(card: Card) -> Cell:
    return Cell(card.name, role="strong")


def _state(card: Card) -> Cell:
    return Cell(
        tr(NAMES[card.status]), icon=look.STATUS_ICON[card.status], icon_color=look.STATUS_TONE[card.status]
    )


def _in_the_way(card: Card) -> str | Cell:
    blocking = [flag for flag in card.flags if flag.severity in ("block", "warn")]
    if not blocking:
        return ""
    first = blocking[0]
    more = f"+{len(blocking) - 1}" if len(blocking) > 1 else ""
    return Cell(
        first.words,
        icon=look.FLAG_ICON[first.kind],
        icon_color=look.SEVERITY_TOKEN[first.severity],
        color=f"{first.severity}-tx",
        detail=more,
        spoken=", ".join(flag.words for flag in blocking),
    )
