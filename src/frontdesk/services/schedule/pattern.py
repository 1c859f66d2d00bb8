"""What a visit needs, minute by minute: the phases of its type, fitted to its length."""

from collections.abc import Iterable
from dataclasses import dataclass

from frontdesk.models.schedule.visit_type import PhaseKind, Role

PROVIDER = (Role.PROVIDER, "")

Want = tuple[Role, str]
"""A kind of resource: its role, and its room kind, device kind or skill."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of one kind of resource, counted from the start of the visit."""

    kind: PhaseKind
    want: Want
    offset: int
    minutes: int

    @property
    def ends(self) -> int:
        return self.offset + self.minutes


def fitted(phases: Iterable[Phase], type_minutes: int | None, minutes: int) -> tuple[Phase, ...]:
    """The phases of a visit of `minutes`; a difference from the type's length falls at its end.

    A type without phases of the provider needs the provider from start to end.
    """
    usual = minutes if type_minutes is None else type_minutes

    def moved(at: int) -> int:
        return at + minutes - usual if at >= usual else min(at, minutes)

    known = tuple(phases)
    if not any(phase.want == PROVIDER for phase in known):
        known = (Phase(PhaseKind.PROCEDURE, PROVIDER, 0, usual), *known)
    fitting = (
        Phase(phase.kind, phase.want, moved(phase.offset), moved(phase.ends) - moved(phase.offset))
        for phase in known
    )
    return tuple(phase for phase in fitting if phase.minutes > 0)


def by_want(phases: Iterable[Phase]) -> dict[Want, list[Phase]]:
    """The phases that one resource must serve, in their order, by what is wanted."""
    wanted: dict[Want, list[Phase]] = {}
    for phase in sorted(phases, key=lambda phase: phase.offset):
        wanted.setdefault(phase.want, []).append(phase)
    return wanted
