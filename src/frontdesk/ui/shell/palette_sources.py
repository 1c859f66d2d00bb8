"""What the command field finds: patients, today's visits, and what can be done."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from frontdesk.kernel.text import clock_time, fold
from frontdesk.services.registration.search import FoundPatient
from frontdesk.services.schedule.day import DayVisit
from frontdesk.ui.finding.lines import badge, facts, joined
from frontdesk.ui.schedule.look import STATUS_ICON, STATUS_NAME, STATUS_TONE
from frontdesk.ui.shell.actions import Action
from frontdesk.ui.shell.palette_rows import PaletteRow, RowVerb
from frontdesk.ui.text import tr

Perform = Callable[[Action, int | None], None]

COMMANDS_FROM = ">"
_ACTIONS_SHOWN = 4
_VISITS_SHOWN = 3


def patient_rows(
    found: Sequence[FoundPatient],
    today: date,
    actions: Sequence[Action],
    open_patient: Callable[[int], None],
    perform: Perform,
) -> list[PaletteRow]:
    """A heading and a line for each patient, with what can be done for them."""
    if not found:
        return []
    heading = PaletteRow(tr("Patients"), detail=tr("name, birth date, phone, chart"))
    return [heading, *(_patient_row(one, today, actions, open_patient, perform) for one in found)]


def _patient_row(
    one: FoundPatient,
    today: date,
    actions: Sequence[Action],
    open_patient: Callable[[int], None],
    perform: Perform,
) -> PaletteRow:
    patient_id = one.patient_id
    line, chip = joined(facts(one, today)), badge(one)
    verbs = tuple(
        RowVerb(tr(action.short or action.title), action.keys, partial(perform, action, patient_id))
        for action in actions
        if action.for_patient and action.keys
    )
    return PaletteRow(
        one.name,
        lambda: open_patient(patient_id),
        marks=one.underlined,
        below=line.text,
        below_marks=line.marks,
        icon="users-round" if one.has_namesake else "user-round",
        icon_color="warn" if one.has_namesake else "text-2",
        chip=chip.text,
        chip_tone=chip.tone,
        chip_icon=chip.icon,
        verbs=verbs,
    )


def nobody_rows(typed: str, register: Callable[[], None] | None) -> list[PaletteRow]:
    """Nobody fits; then registering comes next, with what was typed, where the person may."""
    heading = PaletteRow(tr("Patients"), detail=tr("nobody found"))
    if not typed or register is None:
        return [heading] if typed else []
    row = PaletteRow(
        tr("Register a new patient"), register, below=typed, icon="user-plus", icon_color="accent"
    )
    return [heading, row]


def visit_rows(
    typed: str, visits: Sequence[DayVisit], open_visit: Callable[[DayVisit], None]
) -> list[PaletteRow]:
    """A heading and a line for each visit of today whose patient's name has what was typed."""
    fitting = [visit for visit in visits if typed and _fits(visit.patient, typed)]
    if not fitting:
        return []
    heading = PaletteRow(tr("Visits today"))
    return [heading, *(_visit_row(visit, typed, open_visit) for visit in fitting[:_VISITS_SHOWN])]


def _visit_row(visit: DayVisit, typed: str, open_visit: Callable[[DayVisit], None]) -> PaletteRow:
    before = f"{clock_time(visit.starts)}, "
    return PaletteRow(
        before + visit.patient,
        partial(open_visit, visit),
        marks=tuple((at + len(before), length) for at, length in underlines(visit.patient, typed)),
        detail=visit.reason,
        icon="calendar-days",
        chip=tr(STATUS_NAME[visit.status]),
        chip_tone=STATUS_TONE[visit.status],
        chip_icon=STATUS_ICON[visit.status],
    )


def underlines(words: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Where words begin with what was typed; empty where folding shifts the letters."""
    folded, marks = words.lower(), []
    for part in fold(typed).split():
        starts = [at for at in range(len(folded)) if folded.startswith(part, at)]
        at = next((at for at in starts if at == 0 or not folded[at - 1].isalnum()), None)
        if at is not None:
            marks.append((at, len(part)))
    return tuple(sorted(marks))


def action_rows(typed: str, actions: Sequence[Action], perform: Perform) -> list[PaletteRow]:
    """A heading and a line for each act whose words begin with what was typed; all of them after ">"."""
    asked = typed.removeprefix(COMMANDS_FROM).strip()
    everything = typed.startswith(COMMANDS_FROM)
    fitting = [action for action in actions if not asked or _fits(tr(action.title), asked)]
    if not (asked or everything) or not fitting:
        return []
    shown = fitting if everything else fitting[:_ACTIONS_SHOWN]
    heading = PaletteRow(tr("Commands"), detail=tr("start with > for commands"))
    return [heading, *(_action_row(action, asked, perform) for action in shown)]


def _action_row(action: Action, asked: str, perform: Perform) -> PaletteRow:
    title = tr(action.title)
    return PaletteRow(
        title,
        lambda: perform(action, None),
        marks=underlines(title, asked),
        icon=action.icon,
        keys=action.keys,
    )


def _fits(title: str, asked: str) -> bool:
    words = fold(title).split()
    return all(any(word.startswith(part) for word in words) for part in fold(asked).split())
