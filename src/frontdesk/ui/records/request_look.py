"""How requests look: the deadline in words and colours, the marks of the checklist."""

from collections.abc import Callable
from datetime import date

from frontdesk.kernel.text import us_date
from frontdesk.services.records.request_row import CheckLine, Mark, RequestRow, number_words
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.kit.table import Column
from frontdesk.ui.text import counted, tr

DEADLINE, REQUEST, PATIENT, WHO, KIND, STATE, DUE = range(7)
_MARKS = {
    Mark.DONE: ("circle-check", "ok", "text-3"),
    Mark.MISSING: ("file-pen", "warn", "warn-tx"),
    Mark.OPEN: ("circle-dashed", "text-3", "text-3"),
    Mark.LOCKED: ("lock", "text-2", "text-3"),
}


def columns(today: Callable[[], date]) -> tuple[Column[RequestRow], ...]:
    """Of the list, in the order of the constants above; the office's date as each cell is painted."""
    return (
        Column("Deadline", lambda each: deadline_cell(each, today()), width=118),
        Column("Request", lambda each: Cell(number_words(each.number), color="text-2"), width=90),
        Column("Patient", lambda each: Cell(each.patient, role="strong"), width=146),
        Column("Who asks", lambda each: each.who, width=206),
        Column("Kind", lambda each: each.kind_words, width=96),
        Column("State", _state),
        Column("Due", _due, width=92, align="right"),
    )


def deadline_words(row: RequestRow, today: date) -> tuple[str, str, str]:
    """Words, tone and icon: "1 day over" with "block", "3 days left" with "warn", "" in good time."""
    if row.due_on is None:
        return ("", "", "")
    days = (row.due_on - today).days
    if days < 0:
        return (counted(-days, "{count} day over", "{count} days over"), "block", "circle-alert")
    words = tr("due today") if days == 0 else counted(days, "{count} day left", "{count} days left")
    if row.warn_on is not None and row.warn_on <= today:
        return (words, "warn", "triangle-alert")
    return (words, "", "clock")


def deadline_cell(row: RequestRow, today: date) -> Cell:
    words, tone, icon = deadline_words(row, today)
    if not words:
        return Cell(tr("sent") if row.is_sent else tr("ended"), color="text-3", icon="check")
    if not tone:
        return Cell(words, color="text-2", icon=icon)
    return Cell(words, role="strong", color=f"{tone}-tx", icon=icon, icon_color=tone)


def check_item(line: CheckLine) -> Item:
    """A line of the checklist."""
    icon, color, said = _MARKS[line.mark]
    return Item(
        title=line.words,
        icon=icon,
        icon_color=color,
        strong=line.mark is Mark.MISSING,
        trailing=Words(line.said, said) if line.said else None,
    )


def _state(row: RequestRow) -> Cell:
    return Cell(row.state_words, detail=tr("with {name}", name=row.owner) if row.owner else "")


def _due(row: RequestRow) -> Cell:
    if row.due_on is None:
        return Cell("")
    return Cell(us_date(row.due_on)[:6] + us_date(row.due_on)[-2:], color="text-2")
