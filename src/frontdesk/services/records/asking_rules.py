"""When the desk chases what others owe it, and who hears complaints: the office's own numbers."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import digits
from frontdesk.models.records.outside import AskingRule
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_asking_rule_singleton", "Another desk has just set these rules. Look at them, then save.")


@dataclass(frozen=True, slots=True)
class Asking:
    """The numbers, and what they are until the office says otherwise."""

    first_after_days: int = 5
    """So many days after a request was sent, the first call is due."""
    again_after_days: int = 3
    """So many days after a call, the next is due."""
    before_visit_days: int = 1
    """So many days before the visit the records must be here."""
    complaints_to: str = ""
    """Name or title, on letters about amendments; empty: the privacy officer."""
    complaints_phone: str = ""
    """Empty: the office's own number."""


_RANGES = {"first_after_days": (1, 60), "again_after_days": (1, 60), "before_visit_days": (0, 30)}


@query(permission="records.view")
def asking(work: Work) -> Asking:
    """The numbers that hold."""
    return in_force(work)


def _set_back(done: Performed) -> Undo:
    return Undo(set_asking, asking=done.result)


@command("Set how records are chased", permission="records.set_rules", undo=_set_back)
def set_asking(work: Work, *, asking: Asking) -> Asking:
    """From the next request on. Gives back what held before."""
    before = in_force(work)
    findings = [
        Finding(f"Enter a number of days from {least} to {most}.", field)
        for field, (least, most) in _RANGES.items()
        if not least <= getattr(asking, field) <= most
    ]
    phone = digits(asking.complaints_phone)
    if phone and len(phone) != 10:
        findings.append(
            Finding("This number cannot be dialed. Type area code and number.", "complaints_phone")
        )
    if len(asking.complaints_to.strip()) > 120:
        findings.append(Finding("A name has 120 characters at most. Shorten it.", "complaints_to"))
    refuse_if_any(findings)
    values = asdict(asking) | {"complaints_to": asking.complaints_to.strip(), "complaints_phone": phone}
    row = _row(work)
    if row is None:
        work.add(AskingRule(**values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    return before


def in_force(work: Work) -> Asking:
    """The numbers that hold."""
    row = _row(work)
    return Asking(**{name: getattr(row, name) for name in Asking.__dataclass_fields__}) if row else Asking()


def chase_on(work: Work, after_days: int, needed_on: date) -> date:
    """A working day so many days on; where that is too late, the last one before the day, never today."""
    tomorrow = weekday(work.today + timedelta(days=1))
    usual = weekday(work.today + timedelta(days=after_days))
    return min(usual, max(tomorrow, weekday(needed_on - timedelta(days=1), back=True)))


def weekday(on: date, *, back: bool = False) -> date:
    """The day itself, or the working day after or before a weekend."""
    while on.weekday() >= 5:
        on += timedelta(days=-1 if back else 1)
    return on


def _row(work: Work) -> AskingRule | None:
    return work.session.scalars(select(AskingRule).order_by(AskingRule.id).limit(1)).first()
