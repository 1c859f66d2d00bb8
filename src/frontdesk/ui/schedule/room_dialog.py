"""Asks which free room a patient goes to."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.services.office import rooms
from frontdesk.services.office.rooms import RoomView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.label import Label
from frontdesk.ui.text import tr

_ACROSS = 3


class RoomDialog(Dialog):
    """The free rooms as buttons; the first has the focus, so Enter takes it."""

    def __init__(self, parent: QWidget, desk: Desk, patient: str, then: Callable[[int], object]) -> None:
        super().__init__(
            parent,
            tr("Which room for {patient}?", patient=patient),
            icon="door-open",
            icon_color="text-2",
        )
        self._then = then
        self._grid = QGridLayout()
        self.body.addLayout(self._grid)
        self.add_verb(tr("Keep waiting"), keys="Esc")
        desk.ask(self, self._show, rooms.rooms)

    def _show(self, found: tuple[RoomView, ...]) -> None:
        free = [room for room in found if room.state.value == "free"]
        if not free:
            self._grid.addWidget(
                Label(tr("No room is free. Mark one as clean first."), "body", "text-2"), 0, 0
            )
        for place, room in enumerate(free):
            button = Button(room.name, icon="door-open", height="large")
            button.clicked.connect(lambda _=False, room_id=room.id: self._take(room_id))
            self._grid.addWidget(button, place // _ACROSS, place % _ACROSS)
            if place == 0:
                button.setAutoDefault(True)
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def _take(self, room_id: int) -> None:
        self.accept()
        self._then(room_id)


def ask_for_room(parent: QWidget, desk: Desk, patient: str, then: Callable[[int], object]) -> Dialog:
    """Opens the dialog; `then` gets the room's id."""
    dialog = RoomDialog(parent, desk, patient, then)
    dialog.open()
    return dialog
