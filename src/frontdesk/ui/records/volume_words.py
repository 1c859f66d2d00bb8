"""How the state of a volume looks: a word, a tone, an icon."""

from datetime import date
from typing import Final

from frontdesk.services.records.movements import Logged, MoveKind
from frontdesk.services.records.whereabouts import Place, Volume, when
from frontdesk.services.visit.pull_list import PullState
from frontdesk.ui.text import tr

Look = tuple[str, str, str]
"""Words, tone, icon."""

PLACES: Final[dict[Place, Look]] = {
    Place.SHELF: ("On shelf", "neutral", ""),
    Place.PULLED: ("Pulled", "ok", "check"),
    Place.DESK: ("Pulled", "ok", "check"),
    Place.ROOM: ("In room", "ok", "check"),
    Place.PERSON: ("Out", "info", ""),
    Place.TO_REFILE: ("To refile", "warn", "undo-2"),
    Place.OFF_SITE: ("Off site", "neutral", "archive"),
    Place.MISSING: ("Missing", "block", "folder-search"),
    Place.DESTROYED: ("Destroyed", "neutral", "archive-x"),
}
STATES: Final[dict[PullState, Look]] = {
    PullState.NEEDED: ("Needed", "outline", ""),
    PullState.PULLED: ("Pulled", "ok", "check"),
    PullState.WITH_PROVIDER: ("With provider", "info", "arrow-right"),
    PullState.RETURNED: ("Returned", "warn", "undo-2"),
    PullState.REFILED: ("Refiled", "neutral", "check-check"),
    PullState.MISSING: ("Missing", "block", "folder-search"),
    PullState.UNNEEDED: ("Put back", "warn", "calendar-x"),
}
_MOVES: Final = {
    MoveKind.CHECKED_OUT: "Checked out",
    MoveKind.HANDED_OVER: "Handed over",
    MoveKind.RETURNED: "Brought back",
    MoveKind.REFILED: "Refiled",
    MoveKind.MISSING: "Missing",
    MoveKind.FOUND: "Found",
    MoveKind.DESTROYED: "Destroyed",
    MoveKind.TAKEN_BACK: "Taken back",
}


def place_look(volume: Volume) -> Look:
    is_for_visit = volume.for_on is not None or volume.place not in (Place.DESK, Place.ROOM)
    words, tone, icon = PLACES[volume.place if is_for_visit else Place.PERSON]
    return tr(words), tone, icon


def state_look(state: PullState) -> Look:
    words, tone, icon = STATES[state]
    return tr(words), tone, icon


def move_words(move: Logged) -> str:
    """ "Handed over, at Dr. Lee's desk"."""
    if move.kind is MoveKind.CHECKED_OUT and move.place is Place.PULLED:
        return tr("Pulled")
    said = tr(_MOVES[move.kind])
    has_more = move.kind in (MoveKind.CHECKED_OUT, MoveKind.HANDED_OVER, MoveKind.TAKEN_BACK)
    return f"{said}, {move.where}" if has_more else said


def now_words(volume: Volume, today: date) -> str:
    """ "Now at Dr. Lee's desk"; since when where nobody pulled it."""
    if volume.place is Place.SHELF:
        return ""
    if volume.place is Place.MISSING:
        return tr("Missing since {when}", when=when(volume.since, today))
    if volume.place is Place.DESTROYED:
        return volume.where[:1].upper() + volume.where[1:]
    return tr("Now {where}", where=volume.where)
