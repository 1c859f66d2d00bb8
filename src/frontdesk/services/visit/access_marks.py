"""What of the access log is worth a second look: somebody of the same name, or nobody's visit near it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.text import fold
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.command import query
from frontdesk.services.records.access_log import AccessLine, Kind
from frontdesk.services.work import Work

NEAR: Final = timedelta(days=30)
_LOOKS: Final = (Kind.LOOKED, Kind.PRINTED, Kind.EXPORTED)


@dataclass(frozen=True, slots=True)
class Mark:
    """Why an entry may be unusual. It is a hint and no verdict: most have a good reason."""

    same_name: bool
    no_visit_near: bool


@query(permission="records.access_log")
def marks(work: Work, *, lines: tuple[AccessLine, ...]) -> dict[int, Mark]:
    """The unusual ones among looks, prints and copies, by the id of the entry."""
    looks = [line for line in lines if line.kind in _LOOKS and line.user_id is not None]
    if not looks:
        return {}
    visits = _visits(work, looks)
    found = {}
    for line in looks:
        on = line.at.date()
        mark = Mark(
            same_name=_is_same(line.last_name, line.who),
            no_visit_near=not any(abs(day - on) <= NEAR for day in visits[line.patient_id]),
        )
        if mark.same_name or mark.no_visit_near:
            found[line.entry_id] = mark
    return found


def _visits(work: Work, looks: list[AccessLine]) -> defaultdict[int, set[date]]:
    days = [line.at.date() for line in looks]
    rows = work.session.execute(
        select(Appointment.patient_id, Appointment.starts).where(
            Appointment.patient_id.in_({line.patient_id for line in looks}),
            Appointment.starts >= datetime.combine(min(days) - NEAR, time()),
            Appointment.starts < datetime.combine(max(days) + NEAR + timedelta(days=1), time()),
        )
    )
    found: defaultdict[int, set[date]] = defaultdict(set)
    for patient_id, starts in rows:
        found[patient_id].add(starts.date())
    return found


def _is_same(last_name: str, who: str) -> bool:
    """Whether the person bears the patient's last name."""
    return bool(fold(last_name)) and f" {fold(who)}".endswith(f" {fold(last_name)}")
