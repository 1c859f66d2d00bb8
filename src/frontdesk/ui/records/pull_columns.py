"""The columns of the three lists of paper charts."""

from datetime import date

from frontdesk.kernel.text import clock_time, us_date
from frontdesk.services.records.whereabouts import Place, Volume, is_overdue, when
from frontdesk.services.visit.pull_list import PullLine, PullState
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.table import Column
from frontdesk.ui.records import volume_words
from frontdesk.ui.text import tr


def pull_columns() -> tuple[Column[PullLine], ...]:
    """In shelf order: where it stands, whose it is, for whom, how far."""
    return (
        Column(tr("Shelf"), lambda line: line.volume.home, width=190),
        Column(tr("Chart"), lambda line: Cell(line.volume.label, color="text-2"), width=150),
        Column(tr("Patient"), _patient),
        Column(tr("For"), _visits, width=170),
        Column(tr("State"), _state, width=140),
        Column(tr("Now"), lambda line: Cell(_where(line), color="text-2"), width=170),
    )


def out_columns(today: date) -> tuple[Column[Volume], ...]:
    """Overdue first."""

    def due(volume: Volume) -> Cell:
        on = volume.due_on or volume.for_on
        words = us_date(on) if on else ""
        if is_overdue(volume, today):
            return Cell(words or tr("Long out"), tone="warn", icon="clock-alert")
        return Cell(words)

    return (
        Column(tr("Patient"), lambda volume: Cell(volume.patient, role="strong")),
        Column(tr("Chart"), lambda volume: Cell(volume.label, color="text-2"), width=160),
        Column(tr("Where"), lambda volume: _first_up(volume.where), width=220),
        Column(tr("For"), lambda volume: volume.out_for, width=150),
        Column(tr("Out since"), lambda volume: _since(volume, today), width=150),
        Column(tr("Back by"), due, width=130),
    )


def missing_columns(today: date) -> tuple[Column[Volume], ...]:
    """Missing longest first."""
    return (
        Column(tr("Patient"), lambda volume: Cell(volume.patient, role="strong")),
        Column(tr("Chart"), lambda volume: Cell(volume.label, color="text-2"), width=160),
        Column(tr("Shelf"), lambda volume: volume.home, width=210),
        Column(tr("For"), lambda volume: volume.out_for, width=150),
        Column(tr("Missing since"), lambda volume: when(volume.since, today), width=130),
    )


def _patient(line: PullLine) -> Cell:
    late = tr("late add") if line.is_late_add else ""
    return Cell(line.volume.patient, role="strong", count=late, count_tone="warn")


def _visits(line: PullLine) -> Cell:
    if not line.visits:
        return Cell(tr("No visit any more"), color="text-3")
    first, *others = line.visits
    more = "; ".join(f"{clock_time(visit.starts)} {visit.provider}" for visit in others)
    return Cell(f"{clock_time(first.starts)} {first.provider}", detail=more)


def _state(line: PullLine) -> Cell:
    words, tone, icon = volume_words.state_look(line.state)
    if line.state is PullState.UNNEEDED and line.volume.place is Place.SHELF:
        words, tone, icon = tr("Not needed"), "neutral", "calendar-x"
    elif not line.visits and line.state is PullState.WITH_PROVIDER:
        words, tone, icon = volume_words.state_look(PullState.UNNEEDED)
    return Cell(words, tone=tone, icon=icon)


def _where(line: PullLine) -> str:
    """What the state does not say already."""
    if line.state in (PullState.WITH_PROVIDER, PullState.NEEDED, PullState.MISSING):
        return "" if line.volume.place in (Place.SHELF, Place.MISSING) else _first_up(line.volume.where)
    if line.state is PullState.UNNEEDED and line.volume.place is not Place.SHELF:
        return tr("No longer needed, put back")
    return ""


def _since(volume: Volume, today: date) -> str:
    return f"{when(volume.out_since or volume.since, today)}, {volume.out_by}"


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
