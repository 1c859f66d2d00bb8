"""The documents beside the pages of a release: what was asked for, what is locked, what is outside."""

from frontdesk.kernel.text import us_date
from frontdesk.services.records.release_choice import Choice, Offered
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.table import Column
from frontdesk.ui.text import tr

Groups = list[tuple[Group, list[Offered]]]


def columns() -> list[Column[Offered]]:
    """How each document stands, its title, its date, its pages."""
    return [
        Column("Document", _title),
        Column("Date", lambda each: Cell(_short(each), color="text-2"), width=84),
        Column("Pages", _pages, width=72, align="right"),
    ]


def groups(choice: Choice) -> Groups:
    """Only the groups that hold something."""
    asked = [each for each in choice.documents if not each.outside and not each.lock]
    locked = [each for each in choice.documents if each.lock and not each.outside]
    outside = [each for each in choice.documents if each.outside]
    decided = f"{choice.decided} of {choice.to_decide}"
    parts = (
        (Group(tr("Asked for"), decided), asked),
        (Group(tr("Protected, left out"), tr("{count} locked", count=len(locked)), "lock"), locked),
        (Group(tr("Not asked for"), str(len(outside))), outside),
    )
    return [(group, rows) for group, rows in parts if rows]


def _title(each: Offered) -> Cell:
    if each.lock:
        return Cell(
            each.title, color="text-3", icon="lock", icon_color="text-3", spoken=f"{each.title}, locked"
        )
    quiet = bool(each.outside) and not each.chosen
    if each.chosen:
        icon, color, said = "circle-check", "ok", tr("goes")
    elif each.is_decided:
        icon, color, said = "circle-minus", "text-3", tr("left out")
    else:
        icon, color, said = "circle-dashed", "text-3", tr("not decided")
    return Cell(
        each.title,
        role="strong" if each.chosen else "body",
        color="text-3" if quiet else "text",
        icon=icon,
        icon_color=color,
        detail=each.outside if each.outside else "",
        spoken=", ".join(part for part in (each.title, each.outside, said) if part),
    )


def _pages(each: Offered) -> Cell:
    if each.lock:
        return Cell(str(each.pages), color="text-3")
    words = f"{len(each.chosen)} of {each.pages}"
    return Cell(words, color="text" if each.chosen else "text-3")


def _short(each: Offered) -> str:
    written = us_date(each.on)
    return written[:6] + written[-2:]
