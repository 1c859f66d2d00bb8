"""The check-in that this desk has open: taken, kept with a sign of life each minute, and given up."""

from PySide6.QtCore import QObject, QTimer, Signal

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.visit import presence
from frontdesk.ui.desk import Desk


class HoldingOpen(QObject):
    """At most one check-in at once."""

    lost = Signal()
    """Another desk has it now, or was first."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appointment_id: int | None = None
        self._opening_id: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(presence.STAY_EVERY_SECONDS * 1000)
        self._timer.timeout.connect(self.stay)

    @property
    def appointment_id(self) -> int | None:
        """Whose check-in is open here, or will be once the answer is there."""
        return self._appointment_id

    @property
    def opening_id(self) -> int | None:
        """The opening that stands; None while the answer is still to come."""
        return self._opening_id

    def take(self, appointment_id: int, instead_of: int | None = None) -> None:
        """Open it here; `instead_of` is the opening that is taken over."""
        if self._appointment_id not in (None, appointment_id):
            self.let_go()
        self._appointment_id = appointment_id
        attempt = _Attempt(self, appointment_id)
        self._desk.do(
            attempt,
            attempt.opened,
            presence.open_here,
            appointment_id=appointment_id,
            instead_of=instead_of,
        )

    def stay(self) -> None:
        """A sign of life; nothing while nobody is signed in."""
        if self._opening_id is not None and self._desk.is_signed_in:
            self._desk.do(self, self._stayed, presence.stay, opening_id=self._opening_id)

    def let_go(self) -> None:
        """It is open here no longer."""
        if self._opening_id is not None and self._desk.is_signed_in:
            self._desk.do(self, _nothing, presence.leave, opening_id=self._opening_id)
        self.forget()

    def forget(self) -> None:
        """It ended by itself: finished, or taken over."""
        self._appointment_id = self._opening_id = None
        self._timer.stop()

    def settle(self, appointment_id: int, opening_id: int) -> None:
        """An attempt came through; one that is no longer wanted is given up."""
        if appointment_id != self._appointment_id:
            if self._desk.is_signed_in:
                self._desk.do(self, _nothing, presence.leave, opening_id=opening_id)
            return
        self._opening_id = opening_id
        self._timer.start()

    def fail(self, appointment_id: int) -> None:
        if appointment_id == self._appointment_id:
            self.forget()
            self.lost.emit()

    def refused(self, error: FrontdeskError) -> None:
        """A sign of life that did not arrive: the next one may."""

    def _stayed(self, is_open: bool) -> None:
        if not is_open and self._opening_id is not None:
            self.forget()
            self.lost.emit()


class _Attempt(QObject):
    """One try: its answer is told apart from that of the next."""

    def __init__(self, holding: HoldingOpen, appointment_id: int) -> None:
        super().__init__(holding)
        self._holding, self._appointment_id = holding, appointment_id

    def opened(self, opening_id: int) -> None:
        self._holding.settle(self._appointment_id, opening_id)
        self.deleteLater()

    def refused(self, error: FrontdeskError) -> None:
        self._holding.fail(self._appointment_id)
        self.deleteLater()


def _nothing(_: None) -> None:
    """A check-in that was left needs no word."""
