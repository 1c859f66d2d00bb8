"""What the command field finds: patients, what can be done, and whatever else is added here."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from frontdesk.kernel.text import age_on, fold, us_date
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.shell.actions import Action
from frontdesk.ui.shell.palette_rows import PaletteRow, RowVerb
from frontdesk.ui.text import tr

Perform = Callable[[Action, int | None], None]

COMMANDS_FROM = ">"
_ACTIONS_SHOWN = 4


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
    age = tr("{age} y", age=age_on(one.born_on, today))
    facts = (f"{us_date(one.born_on)}, {age}", one.phone, one.found_by)
    verbs = tuple(
        RowVerb(tr(action.short or action.title), action.keys, partial(perform, action, patient_id))
        for action in actions
        if action.for_patient and action.keys
    )
    return PaletteRow(
        one.name,
        lambda: open_patient(patient_id),
        marks=one.underlined,
        below=" · ".join(fact for fact in facts if fact),
        icon="users-round" if one.has_namesake else "user-round",
        icon_color="warn" if one.has_namesake else "text-2",
        chip=tr("Check birth date") if one.has_namesake else "",
        chip_tone="warn",
        chip_icon="triangle-alert",
        verbs=verbs,
    )


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
    at = fold(title).find(fold(asked)) if asked else -1
    return PaletteRow(
        title,
        lambda: perform(action, None),
        marks=((at, len(fold(asked))),) if at >= 0 else (),
        icon=action.icon,
        keys=action.keys,
    )


def _fits(title: str, asked: str) -> bool:
    words = fold(title).split()
    return all(any(word.startswith(part) for word in words) for part in fold(asked).split())
