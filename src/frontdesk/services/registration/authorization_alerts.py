"""When the desk is told that an authorization runs out: the office's own numbers."""

from dataclasses import asdict, dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.registration.authorization import AuthorizationAlert
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Alerts:
    """The numbers, and what they are until the office says otherwise."""

    low_at: int = 2
    """So many units left, or fewer, are few."""
    days_before_end: int = 14
    chase_after_days: int = 3
    days_ahead: int = 30


_RANGES = {
    "low_at": (0, 99, "units"),
    "days_before_end": (0, 365, "days"),
    "chase_after_days": (1, 90, "days"),
    "days_ahead": (1, 365, "days"),
}


@query(permission="registration.view")
def alerts(work: Work) -> Alerts:
    """The numbers that hold."""
    return in_force(work)


def _set_back(done: Performed) -> Undo:
    return Undo(set_alerts, alerts=done.result)


@command("Set authorization alerts", permission="registration.payers", undo=_set_back)
def set_alerts(work: Work, *, alerts: Alerts) -> Alerts:
    """From now on the list keeps to these. Gives back what held before."""
    before = in_force(work)
    refuse_if_any(
        [
            Finding(f"Enter a number of {what} from {least} to {most}.", field)
            for field, (least, most, what) in _RANGES.items()
            if not least <= getattr(alerts, field) <= most
        ]
    )
    row = _row(work)
    if row is None:
        work.add(AuthorizationAlert(**asdict(alerts)))
    else:
        for field in _RANGES:
            setattr(row, field, getattr(alerts, field))
    return before


def in_force(work: Work) -> Alerts:
    """The numbers that hold."""
    row = _row(work)
    return Alerts(**{field: getattr(row, field) for field in _RANGES}) if row else Alerts()


def _row(work: Work) -> AuthorizationAlert | None:
    return work.session.scalars(select(AuthorizationAlert).order_by(AuthorizationAlert.id).limit(1)).first()
