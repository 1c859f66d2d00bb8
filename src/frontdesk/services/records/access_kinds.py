"""What kind of act a command is, as the access log tells it, and how it is said."""

from enum import StrEnum
from functools import cache

from frontdesk.services.command import Command, Irreversible, all_commands


class Kind(StrEnum):
    """What was done with a record."""

    LOOKED = "looked"
    PRINTED = "printed"
    EXPORTED = "exported"
    SENT = "sent"
    CHANGED = "changed"
    """Everything else that was done for a patient: booked, filed, charged, corrected."""


_LOOKS = ("open_", "view_", "look_at_")
_PRINTS = ("note_print", "print_")
_EXPORTS = ("export", "save_copy", "note_export", "note_saved")
_SENDS = frozenset({"Send", "Release", "Disclose", "Deliver", "Hand", "Mail", "Fax", "E-mail"})
_SAID = {Kind.LOOKED: "Opened", Kind.PRINTED: "Printed", Kind.EXPORTED: "Saved a copy of"}


def kind_of(command: Command) -> Kind:
    """By the verb of its name; of the words of its title only where records leave the office."""
    act = command.name.rsplit(".", 1)[1]
    if act.startswith(_LOOKS) and isinstance(command.undo, Irreversible):
        return Kind.LOOKED
    if act.startswith(_PRINTS):
        return Kind.PRINTED
    if act.startswith(_EXPORTS):
        return Kind.EXPORTED
    if command.name.startswith("records.") and command.title.split()[0] in _SENDS:
        return Kind.SENT
    return Kind.CHANGED


@cache
def kinds() -> dict[str, Kind]:
    """Of every command, by its recorded name."""
    return {command.name: kind_of(command) for command in all_commands()}


def names_of(kind: Kind) -> tuple[str, ...]:
    """The commands of a kind."""
    return tuple(name for name, its in kinds().items() if its is kind)


@cache
def _titles() -> dict[str, str]:
    return {command.name: command.title for command in all_commands()}


def words_of(command: str, subject: str) -> str:
    """ "Opened Hospital discharge summary", "File document: Photo ID", "Book visit"."""
    kind = kinds().get(command, Kind.CHANGED)
    title = _titles().get(command, command)  # a command of a newer or an older version
    if not subject:
        return title
    return f"{_SAID[kind]} {subject}" if kind in _SAID else f"{title}: {subject}"
