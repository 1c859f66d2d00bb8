"""The time that is held for the caller: taken when an opening is picked, given up when it is left."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.changes import Changes
from frontdesk.services.schedule import holds
from frontdesk.services.schedule.slot import Slot
from frontdesk.ui.desk import Desk

_TAKES = "schedule.holds.hold"


class Holding(QObject):
    """At most one time at once; what is asked last counts."""

    held = Signal()
    lost = Signal()
    """Undone, or given up by somebody else."""
    failed = Signal(object)
    """FrontdeskError: why the time could not be held."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._attempt: _Attempt | None = None
        self.hold_id: int | None = None
        self.until: datetime | None = None
        self._slot: Slot | None = None
        desk.changed.connect(self._heard)

    @property
    def is_pending(self) -> bool:
        """Whether the answer is still to come."""
        return self._attempt is not None

    def lasts(self, now: datetime) -> bool:
        return self.until is not None and now < self.until

    def holds(self, slot: Slot, now: datetime) -> bool:
        """Whether it is this time that is held."""
        return slot == self._slot and self.lasts(now)

    def take(self, patient_id: int, slot: Slot, visit_type_id: int) -> None:
        """Hold this time instead of what is held."""
        self.let_go()
        self._attempt = attempt = _Attempt(self, slot)
        self._desk.do(
            attempt, attempt.held, holds.hold, patient_id=patient_id, slot=slot, visit_type_id=visit_type_id
        )

    def let_go(self) -> None:
        """Give the time up, or will as soon as it is held."""
        self._attempt = None
        if self.hold_id is not None:
            self._release(self.hold_id)
        self.forget()

    def forget(self) -> None:
        """It was used up, or somebody else keeps it from now on."""
        self.hold_id = self.until = self._slot = None

    def keep(self, hold_id: int, slot: Slot, until: datetime) -> None:
        """Go on with a time that was held before."""
        self.hold_id, self._slot, self.until = hold_id, slot, until

    def refused(self, error: FrontdeskError) -> None:
        """A release that failed: the hold ends by itself in five minutes."""

    def settle(self, attempt: "_Attempt", hold_id: int) -> None:
        """An attempt came through; one that is no longer wanted is given up at once."""
        if attempt is not self._attempt:
            self._release(hold_id)
            return
        self._attempt = None
        self.keep(hold_id, attempt.slot, self._desk.local_now + holds.LASTS)
        self.held.emit()

    def fail(self, attempt: "_Attempt", error: FrontdeskError) -> None:
        if attempt is self._attempt:
            self._attempt = None
            self.failed.emit(error)

    def _release(self, hold_id: int) -> None:
        self._desk.do(self, _say_nothing, holds.release, hold_id=hold_id)

    def _heard(self, changes: Changes) -> None:
        is_mine = self.hold_id is not None and ("slot_hold", self.hold_id) in changes.rows
        if is_mine and changes.command != _TAKES:
            self.forget()
            self.lost.emit()


class _Attempt(QObject):
    """One try: its answer and its refusal are told apart from those of the next."""

    def __init__(self, holding: Holding, slot: Slot) -> None:
        super().__init__(holding)
        self.slot = slot
        self._holding = holding

    def held(self, hold_id: int) -> None:
        self._holding.settle(self, hold_id)
        self.deleteLater()

    def refused(self, error: FrontdeskError) -> None:
        self._holding.fail(self, error)
        self.deleteLater()


def _say_nothing(_: None) -> None:
    """A released time needs no word."""
