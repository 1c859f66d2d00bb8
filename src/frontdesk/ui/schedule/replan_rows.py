"""The rows of the page for a provider's absence: a visit, and what is offered to its patient."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.kernel.text import us_phone, us_time
from frontdesk.services.schedule.absence_book import Wish
from frontdesk.services.schedule.affected import AffectedVisit, State
from frontdesk.services.schedule.openings import Opening
from frontdesk.services.schedule.words import Channel, Stage, Urgency
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.table import Column
from frontdesk.ui.text import counted, tr

URGENCIES = {
    Urgency.TODAY: ("chevrons-up", "block", "Urgent"),
    Urgency.THIS_WEEK: ("chevron-up", "warn", "This week"),
    Urgency.ROUTINE: ("minus", "text-3", "Routine"),
}
"""Icon, colour and word."""

FIRST_TO_GO = ("Reason", "Phone", "Later by", "Was", "State")
"""Columns that a narrow window does without."""

STANDS = (State.HERE, State.TO_REPLAN)

_GROUPS: tuple[tuple[tuple[State, ...], str, str, str, str], ...] = (
    ((State.HERE,), "Here now", "decide for each: hand over, or wait", "user-check", "warn"),
    ((State.TO_REPLAN,), "Need a new time", "", "calendar-clock", "block"),
    (
        (State.MOVED, State.NO_ANSWER, State.MESSAGE_LEFT),
        "Have a new time, must be told",
        "",
        "phone",
        "warn",
    ),
    ((State.TOLD, State.REBOOKED), "Know their new time", "", "circle-check", "ok"),
    ((State.CALLED_OFF, State.SEEN), "Settled otherwise", "", "check", "text-3"),
)
_HERE = {
    Stage.ARRIVED: "Arrived",
    Stage.CHECKING_IN: "Checking in",
    Stage.READY: "Ready, waits",
    Stage.ROOMED: "In room",
    Stage.WITH_PROVIDER: "In visit",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An affected visit with the opening that is offered, or why there is none."""

    visit: AffectedVisit
    opening: Opening | None = None
    is_chosen: bool = False
    """Whether the desk chose this opening, rather than the proposal."""
    say: str = ""
    why_not: str = ""
    is_searched: bool = True
    wish: Wish | None = None

    @property
    def urgency(self) -> Urgency:
        """As the desk heard it, else as the book has it."""
        return self.wish.urgency if self.wish else self.visit.urgency

    @property
    def group(self) -> int:
        """Under which line of the list it stands."""
        return next(place for place, (states, *_) in enumerate(_GROUPS) if self.visit.state in states)

    @property
    def can_text(self) -> bool:
        """Whether a text could tell the new time to somebody who does not know it."""
        return self.visit.takes_texts and self.visit.state in (State.MOVED, State.NO_ANSWER)

    @property
    def can_move(self) -> bool:
        """Whether it goes with all the others: who is here needs somebody's decision."""
        return self.visit.state is State.TO_REPLAN and self.opening is not None


def columns() -> list[Column[Line]]:
    return [
        Column("Patient", _patient),
        Column("Reason", lambda line: Cell(line.visit.reason, color="text-2"), width=148),
        Column("Was", lambda line: Cell(short(line.visit.was), color="text-2"), width=94),
        Column("New time", _new_time, width=204),
        Column("Later by", _later, width=88, align="right"),
        Column("Phone", _phone, width=130),
        Column("State", _state, width=126),
    ]


def groups(lines: Iterable[Line]) -> list[tuple[Group, Sequence[Line]]]:
    """The lines under what has to be done about them; empty groups are left out."""
    everything = list(lines)
    found: list[tuple[Group, Sequence[Line]]] = []
    for place, (_, title, what, icon, color) in enumerate(_GROUPS):
        within = [line for line in everything if line.group == place]
        if within:
            many = counted(len(within), "{count} patient", "{count} patients")
            detail = f"{many}, {tr(what)}" if what else many
            found.append((Group(tr(title), detail, icon, color), within))
    return found


def short(at: datetime) -> str:
    """ "Tue 11:15"."""
    return f"{at:%a} {at.hour % 12 or 12}:{at.minute:02d}"


def duration(minutes: int) -> str:
    """ "45 min", "3 h 15", "2 days"."""
    if minutes < 60:
        return tr("{minutes} min", minutes=minutes)
    if minutes < 24 * 60:
        rest = f" {minutes % 60:02d}" if minutes % 60 else ""
        return tr("{hours} h{rest}", hours=minutes // 60, rest=rest)
    return counted(round(minutes / (24 * 60)), "{count} day", "{count} days")


def spoken_time(opening: Opening) -> str:
    """ "Wed 9:15 AM"."""
    return f"{opening.starts:%a} {us_time(opening.starts)}"


def _patient(line: Line) -> Cell:
    icon, color, word = URGENCIES[line.urgency]
    says = f"{line.visit.patient}, {tr(word)}"
    return Cell(line.visit.patient, role="strong", icon=icon, icon_color=color, spoken=says)


def _new_time(line: Line) -> Cell:
    visit = line.visit
    if visit.state not in STANDS:
        if visit.state in (State.CALLED_OFF, State.SEEN):
            return Cell("–", color="text-3")
        return Cell(f"{visit.starts:%a} {us_time(visit.starts)}", role="strong", detail=visit.provider)
    if line.opening is not None:
        icon = "hand" if line.is_chosen else ""
        return Cell(spoken_time(line.opening), icon=icon, detail=line.opening.provider)
    if visit.stage is Stage.WITH_PROVIDER:
        return Cell(tr("The visit has begun"), color="text-2")
    if not line.is_searched:
        return Cell(tr("Looking…"), color="text-3")
    return Cell(tr("No time found"), icon="triangle-alert", icon_color="warn", color="warn-tx")


def _later(line: Line) -> Cell:
    visit = line.visit
    if visit.state in (State.CALLED_OFF, State.SEEN):
        return Cell("")
    starts = line.opening.starts if line.opening is not None else visit.starts
    if visit.state in STANDS and line.opening is None:
        return Cell("")
    minutes = int((starts - visit.was).total_seconds() // 60)
    return Cell(duration(minutes) if minutes > 0 else tr("same time") if minutes == 0 else "", color="text-2")


def _phone(line: Line) -> Cell:
    phones = line.visit.phones
    return Cell(us_phone(phones[0].number) if phones else tr("no phone"), color="text-2")


def _state(line: Line) -> Cell:
    visit = line.visit
    told = f" {us_time(visit.told.at).removesuffix(' AM').removesuffix(' PM')}" if visit.told else ""
    match visit.state:
        case State.HERE:
            return Cell(tr(_HERE.get(visit.stage, "Here")), tone="warn", icon="user-check")
        case State.TO_REPLAN if visit.told:
            return Cell(tr("Called{at}", at=told), tone=draw.OUTLINE, icon="phone")
        case State.TO_REPLAN:
            tone = draw.OUTLINE if line.opening is not None else "block"
            return Cell(tr("Proposed") if line.opening else tr("To re-plan"), tone=tone)
        case State.MOVED:
            return Cell(tr("Not told yet"), tone="warn", icon="phone")
        case State.NO_ANSWER:
            return Cell(tr("No answer, {calls}", calls=visit.calls), tone="warn", icon="phone-missed")
        case State.MESSAGE_LEFT:
            return Cell(tr("Message left"), tone="info", icon="voicemail")
        case State.TOLD:
            texted = visit.told is not None and visit.told.channel is Channel.TEXT
            words = tr("Texted{at}", at=told) if texted else tr("Told{at}", at=told)
            return Cell(words, tone="ok", icon="check")
        case State.REBOOKED:
            return Cell(tr("Rebooked"), tone="ok", icon="check")
        case State.CALLED_OFF:
            return Cell(tr("Canceled"), tone="st-canc", icon="ban")
        case State.SEEN:
            return Cell(tr("Seen"), tone="st-done", icon="check")
