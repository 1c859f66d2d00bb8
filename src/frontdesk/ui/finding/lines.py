"""How patients who were found while typing look, wherever one is chosen."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import age_on, us_date
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.text import tr


class Fact(NamedTuple):
    """Something under the name, with what was typed of it."""

    text: str
    marks: draw.Marks = ()


class Badge(NamedTuple):
    """The chip of a line: what must not be overlooked."""

    text: str = ""
    tone: str = draw.NEUTRAL
    icon: str = ""


def facts(one: FoundPatient, today: date) -> tuple[Fact, ...]:
    """Birth date and age, phone, and by what else the patient was found."""
    born = us_date(one.born_on)
    return tuple(
        fact
        for fact in (
            Fact(born, ((0, len(born)),) if one.born_matched else ()),
            Fact(tr("{age} y", age=age_on(one.born_on, today)) if one.status != "deceased" else ""),
            Fact(one.phone, one.phone_marks),
            Fact(one.found_by, ((0, len(one.found_by)),) if one.found_by else ()),
        )
        if fact.text
    )


def joined(parts: Sequence[Fact], between: str = " · ") -> Fact:
    """The facts on one line."""
    marks: list[tuple[int, int]] = []
    at = 0
    for part in parts:
        marks += [(start + at, length) for start, length in part.marks]
        at += len(part.text) + len(between)
    return Fact(between.join(part.text for part in parts), tuple(marks))


def badge(one: FoundPatient) -> Badge:
    """Deceased and inactive before all; then a namesake to be told apart; then who is here today."""
    match one.status.value:
        case "deceased":
            return Badge(tr("Deceased"), draw.NEUTRAL, "")
        case "inactive":
            return Badge(tr("Inactive"), draw.NEUTRAL, "archive")
    if one.has_namesake:
        return Badge(tr("Check birth date"), "warn", "triangle-alert")
    if one.status.value == "prospective":
        return Badge(tr("Not registered in full"), draw.OUTLINE)
    return Badge(tr("Today"), draw.ACCENT) if one.is_today else Badge()


def found_item(one: FoundPatient, today: date) -> Item:
    """The line of the list under a search field."""
    chip = badge(one)
    line = joined(facts(one, today))
    return Item(
        one.name,
        marks=one.underlined,
        lines=((Words(line.text, marks=line.marks),),),
        icon="users-round" if one.has_namesake else "user-round",
        icon_color="warn" if one.has_namesake else "text-2",
        chip=chip.text,
        chip_tone=chip.tone,
        chip_icon=chip.icon,
    )


def nobody_item(typed: str) -> Item:
    """Said when nobody fits."""
    return Item(
        tr("Nobody found for “{typed}”", typed=typed),
        lines=((Words(tr("Try fewer letters, the birth date or the phone.")),),),
        icon="search-x",
        is_note=True,
    )


def register_item() -> Item:
    """Offered then, where registering may follow."""
    return Item(tr("Register a new patient"), icon="user-plus", icon_color="accent")


def problem_item(error: FrontdeskError) -> Item:
    """Why nobody could be looked up: the first sentence, and what is left of it under it."""
    first, _, rest = str(error).partition(". ")
    lines = ((Words(rest),),) if rest else ()
    return Item(first.rstrip("."), lines=lines, icon="circle-alert", icon_color="warn", is_note=True)
