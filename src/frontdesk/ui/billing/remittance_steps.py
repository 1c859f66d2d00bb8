"""The remittances that wait, or those that were posted, one after another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing.remittance_views import RemittanceRow, RemittanceState
from frontdesk.ui.billing.place_steps import PlaceSteps
from frontdesk.ui.text import tr

WAITING = (RemittanceState.OPEN, RemittanceState.HELD)


class RemittanceSteps(PlaceSteps):
    """Knows which are listed and which is shown; tells which is to be shown instead."""

    wanted = Signal(int)
    """The id of the one before or after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Remittance before"), tr("Next remittance"), parent)
        self._listed: tuple[int, ...] = ()
        self._shown: int | None = None
        self._are_posted = False
        self.turned.connect(self.turn)

    @property
    def states(self) -> tuple[RemittanceState, ...]:
        """Of what it steps through now."""
        return (RemittanceState.POSTED,) if self._are_posted else WAITING

    @property
    def first(self) -> int | None:
        """Which is shown where none was asked for."""
        return self._listed[0] if self._listed else None

    def turn_over(self) -> None:
        """From what waits to what was posted, and back; none is shown yet."""
        self._are_posted, self._shown = not self._are_posted, None

    def show_listed(self, found: tuple[RemittanceRow, ...]) -> None:
        self._listed = tuple(row.id for row in found)
        self._tell_place()

    def show_shown(self, remittance_id: int | None) -> None:
        """This one stands on the page; it need not be among the listed."""
        self._shown = remittance_id
        self._tell_place()

    def turn(self, by: int) -> None:
        there = self._listed.index(self._shown) + by if self._shown in self._listed else -1
        if 0 <= there < len(self._listed):
            self.wanted.emit(self._listed[there])

    def _tell_place(self) -> None:
        place = self._listed.index(self._shown) + 1 if self._shown in self._listed else 0
        said = tr("Posted {place} of {many}") if self._are_posted else tr("Remittance {place} of {many}")
        self.show_place(said, place, len(self._listed))
