"""Moving and lengthening visits from the day; what a reason lets pass asks for it."""

from collections.abc import Callable
from datetime import datetime

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.slot import Slot as BookedSlot
from frontdesk.ui.kit.page import Page
from frontdesk.ui.schedule.geometry import Slot
from frontdesk.ui.schedule.reason_dialog import ask_for_reason
from frontdesk.ui.text import tr


class Moving:
    """Owns the acts of the page that place a visit anew."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._again: Callable[[str], None] | None = None

    def move(self, visit: DayVisit, to: Slot, reason: str = "") -> None:
        """To another time or provider; its length stays."""
        self._page.clear_complaints()
        self._again = lambda reason: self.move(visit, to, reason)
        self._page.desk.do(
            self,
            lambda _: self._page.told.emit(_moved(visit, to)),
            booking.move,
            appointment_id=visit.id,
            to=BookedSlot(to.provider_id, to.starts, minutes_of(visit), to.resource_ids),
            override_reason=reason,
            version=visit.version,
        )

    def resize(self, visit: DayVisit, until: datetime, reason: str = "") -> None:
        """Until another time; its start stays."""
        self._page.clear_complaints()
        self._again = lambda reason: self.resize(visit, until, reason)
        minutes = int((until - visit.starts).total_seconds() // 60)
        words = tr("{name} now has {minutes} minutes", name=spoken(visit), minutes=minutes)
        self._page.desk.do(
            self,
            lambda _: self._page.told.emit(words),
            booking.resize,
            appointment_id=visit.id,
            minutes=minutes,
            override_reason=reason,
            version=visit.version,
        )

    def refused(self, error: FrontdeskError) -> None:
        again, self._again = self._again, None
        findings = error.findings if isinstance(error, Refused) else ()
        if findings and again is not None and all(finding.overridable for finding in findings):
            ask_for_reason(self._page, findings, again)
        else:
            self._page.refused(error)


def minutes_of(visit: DayVisit) -> int:
    """How long the visit is booked for."""
    return int((visit.ends - visit.starts).total_seconds() // 60)


def spoken(visit: DayVisit) -> str:
    """ "Keiko Tanaka"."""
    return " ".join(reversed(visit.patient.split(", ")))


def _moved(visit: DayVisit, to: Slot) -> str:
    day = "" if to.starts.date() == visit.starts.date() else f"{to.starts:%a} "
    time = f"{day}{us_time(to.starts)}"
    if to.place and to.starts == visit.starts:
        return tr("Moved {name} to {place}", name=spoken(visit), place=to.place)
    if to.place:
        return tr("Moved {name} to {place}, {time}", name=spoken(visit), place=to.place, time=time)
    return tr("Moved {name} to {time}", name=spoken(visit), time=time)
