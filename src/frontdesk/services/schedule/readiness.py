"""What must be in place before a patient comes: the third axis, item by item."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.schedule.appointment import Appointment, Readiness, ReadinessItem, ReadinessState
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class ItemState:
    """How far one item is, and what was noted."""

    state: ReadinessState
    note: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a visit."""

    item: ReadinessItem
    state: ReadinessState
    note: str


@query(permission="schedule.view")
def readiness(work: Work, *, appointment_id: int) -> tuple[ItemView, ...]:
    """Every item of a visit; what nobody marked is open."""
    marked = {row.item: row for row in _rows(work, appointment_id)}
    return tuple(
        ItemView(item, marked[item].state, marked[item].note)
        if item in marked
        else ItemView(item, ReadinessState.OPEN, "")
        for item in ReadinessItem
    )


def _marked_back(done: Performed) -> Undo:
    return Undo(
        mark,
        appointment_id=done.arguments["appointment_id"],
        item=done.arguments["item"],
        state=done.result.state,
        note=done.result.note,
    )


@command("Mark readiness", permission="schedule.flow", undo=_marked_back)
def mark(
    work: Work, *, appointment_id: int, item: ReadinessItem, state: ReadinessState, note: str = ""
) -> ItemState:
    """Says how far one item is; what is waived or blocked needs a word why. Gives back what it was."""
    work.concerns(work.get(Appointment, appointment_id).patient_id)
    if state in (ReadinessState.WAIVED, ReadinessState.BLOCKED) and not note.strip():
        raise Refused(Finding(f"Say why this is {state.value}.", field="note"))
    row = next((row for row in _rows(work, appointment_id) if row.item is item), None)
    before = ItemState(row.state, row.note) if row else ItemState(ReadinessState.OPEN, "")
    if row is None:
        row = work.add(Readiness(appointment_id=appointment_id, item=item))
    row.state, row.note = state, note.strip()
    return before


def _rows(work: Work, appointment_id: int) -> list[Readiness]:
    asked = select(Readiness).where(Readiness.appointment_id == appointment_id).order_by(Readiness.id)
    return list(work.session.scalars(asked))
