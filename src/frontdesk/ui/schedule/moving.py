"""Moving, copying and lengthening visits from the views of the book."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import booking, pinboard
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.slot import Slot as BookedSlot
from frontdesk.services.schedule.words import Lifecycle
from frontdesk.ui.kit.page import Page
from frontdesk.ui.schedule.findings_panel import Placing, Placings
from frontdesk.ui.schedule.geometry import Slot
from frontdesk.ui.text import tr


class Moving:
    """Owns the acts of the page that place a visit; what is in the way is shown in one panel."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._placing: Placing | None = None
        self._panels = Placings(page, page.desk)
        self.pins: dict[int, int] = {}
        """The person's pinboard: cards by their visits. Moving such a visit takes its card off."""

    def move(self, visit: DayVisit, to: Slot) -> None:
        """To another time or provider; its length stays. One of a series asks which of them are meant."""
        wanted = BookedSlot(to.provider_id, to.starts, minutes_of(visit), to.resource_ids)
        question = tr("Move {name} to {time}?", name=spoken(visit), time=_said(visit, to.starts))
        # One that was called off and is put down from the board is booked anew, alone.
        if visit.is_in_series and (visit.id not in self.pins or visit.lifecycle is Lifecycle.BOOKED):
            self._ask_series(visit, wanted, question, self.pins.get(visit.id))
            return

        def try_it(slot: BookedSlot, reason: str) -> None:
            pin_id = self.pins.get(visit.id)
            if pin_id is not None:
                self._page.desk.do(
                    self,
                    lambda _: self._page.told.emit(_moved(visit, replace(to, starts=slot.starts))),
                    pinboard.put_down,
                    pin_id=pin_id,
                    to=slot,
                    override_reason=reason,
                )
                return
            self._page.desk.do(
                self,
                lambda _: self._page.told.emit(_moved(visit, replace(to, starts=slot.starts))),
                booking.move,
                appointment_id=visit.id,
                to=slot,
                override_reason=reason,
                version=visit.version,
            )

        self._try(visit, question, wanted, try_it, tr("Move it all the same"))

    def copy(self, visit: DayVisit, to: Slot) -> None:
        """Another visit of the same kind at a place."""
        wanted = BookedSlot(to.provider_id, to.starts, minutes_of(visit), to.resource_ids)
        question = tr("Another visit for {name} at {time}?", name=spoken(visit), time=_said(visit, to.starts))

        def try_it(slot: BookedSlot, reason: str) -> None:
            time = _said(visit, slot.starts)
            words = tr("Booked another visit for {name}, {time}", name=spoken(visit), time=time)
            self._page.desk.do(
                self,
                lambda _: self._page.told.emit(words),
                booking.copy,
                appointment_id=visit.id,
                to=slot,
                override_reason=reason,
            )

        self._try(visit, question, wanted, try_it, tr("Book it all the same"))

    def resize(self, visit: DayVisit, until: datetime) -> None:
        """Until another time; its start stays."""
        minutes = int((until - visit.starts).total_seconds() // 60)
        wanted = BookedSlot(visit.provider_id, visit.starts, minutes)
        question = tr("{minutes} minutes for {name}?", minutes=minutes, name=spoken(visit))
        if visit.is_in_series and visit.lifecycle is Lifecycle.BOOKED:
            self._ask_series(visit, wanted, question)
            return
        words = tr("{name} now has {minutes} minutes", name=spoken(visit), minutes=minutes)

        def try_it(slot: BookedSlot, reason: str) -> None:
            if slot.starts != visit.starts:
                self._page.desk.do(
                    self,
                    lambda _: self._page.told.emit(_moved(visit, Slot(slot.provider_id, slot.starts))),
                    booking.move,
                    appointment_id=visit.id,
                    to=slot,
                    version=visit.version,
                )
                return
            self._page.desk.do(
                self,
                lambda _: self._page.told.emit(words),
                booking.resize,
                appointment_id=visit.id,
                minutes=minutes,
                override_reason=reason,
                version=visit.version,
            )

        self._try(visit, question, wanted, try_it, tr("Change it all the same"))

    def refused(self, error: FrontdeskError) -> None:
        placing, self._placing = self._placing, None
        if placing is None or not self._panels.show(placing, error):
            self._page.refused(error)

    def _try(
        self,
        visit: DayVisit,
        question: str,
        wanted: BookedSlot,
        try_it: Callable[[BookedSlot, str], None],
        verb: str,
    ) -> None:
        def again(slot: BookedSlot, reason: str) -> None:
            self._page.clear_complaints()
            self._placing = replace(placing, wanted=slot)
            try_it(slot, reason)

        placing = Placing(
            question, wanted, again, patient_id=visit.patient_id, visit_type_id=visit.visit_type_id, verb=verb
        )
        again(wanted, "")

    def _ask_series(self, visit: DayVisit, to: BookedSlot, question: str, pin_id: int | None = None) -> None:
        # Loaded here, as the windows that open from a visit's menu.
        from frontdesk.ui.schedule.series_panel import SeriesPanel

        SeriesPanel(self._page, self._page.desk, visit, to, question, self._page.told.emit, pin_id).open()


def minutes_of(visit: DayVisit) -> int:
    """How long the visit is booked for."""
    return int((visit.ends - visit.starts).total_seconds() // 60)


def spoken(visit: DayVisit) -> str:
    """ "Keiko Tanaka"."""
    return " ".join(reversed(visit.patient.split(", ")))


def _said(visit: DayVisit, at: datetime) -> str:
    """The time, with the weekday where it is another day."""
    day = "" if at.date() == visit.starts.date() else f"{at:%a} "
    return f"{day}{us_time(at)}"


def _moved(visit: DayVisit, to: Slot) -> str:
    time = _said(visit, to.starts)
    if to.place and to.starts == visit.starts:
        return tr("Moved {name} to {place}", name=spoken(visit), place=to.place)
    if to.place:
        return tr("Moved {name} to {place}, {time}", name=spoken(visit), place=to.place, time=time)
    return tr("Moved {name} to {time}", name=spoken(visit), time=time)
