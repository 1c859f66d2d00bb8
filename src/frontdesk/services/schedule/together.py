"""Several visits changed by one act: its findings said together, and taken back together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_time
from frontdesk.models.schedule.appointment import AppointmentEvent, EventKind
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.schedule import occupancy
from frontdesk.services.schedule.standing import PLACES
from frontdesk.services.schedule.taking_back import take_back
from frontdesk.services.work import Work

One = TypeVar("One")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Happened:
    """One visit's part in an act."""

    appointment_id: int
    event_id: int


def each_or_none(
    several: Iterable[One], do: Callable[[One], Made], said: Callable[[One], str]
) -> tuple[Made, ...]:
    """Does it for each, in order; raises `Refused` with the findings of all, each with whose it is."""
    done: list[Made] = []
    findings: list[Finding] = []
    for one in several:
        try:
            done.append(do(one))
        except Refused as refused:
            findings += [
                Finding(f"{said(one)}: {each.message}", each.field, each.overridable)
                for each in refused.findings
            ]
    if findings:
        raise Refused(*findings)
    return tuple(done)


def on(starts: datetime) -> str:
    """ "Tue, Mar 24, 9:30 AM": which of several visits is meant."""
    return f"{starts:%a}, {starts:%b} {starts.day}, {us_time(starts)}"


def _again(done: Performed) -> Undo:
    return Undo(take_back_all, events=done.result)


@command("Take back together", permission="schedule.book", undo=_again)
def take_back_all(work: Work, *, events: tuple[Happened, ...]) -> tuple[Happened, ...]:
    """Takes back what one act did to several visits, the last first; all of it or nothing."""
    moved = []
    for each in events:
        event = work.get(AppointmentEvent, each.event_id)
        if event.kind in (*PLACES, EventKind.TAKEN_BACK):
            moved.append(each.appointment_id)
    # They may stand in each other's places: all of them leave before one comes back.
    occupancy.set_aside(work, moved)
    return tuple(
        Happened(
            each.appointment_id,
            take_back(work, appointment_id=each.appointment_id, event_id=each.event_id),
        )
        for each in reversed(events)
    )
