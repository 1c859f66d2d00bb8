"""What a room is now: free, to be cleaned, or blocked and why."""

from PySide6.QtWidgets import QWidget

from frontdesk.services.office import rooms
from frontdesk.services.office.rooms import FormerState, RoomState
from frontdesk.services.visit.board import RoomTile
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr


class RoomStateDialog(Dialog):
    """Left and right choose the state; a blocked room names its reason to everybody."""

    def __init__(self, parent: QWidget, desk: Desk, room: RoomTile) -> None:
        super().__init__(
            parent, tr("What is {room} now?", room=room.name), icon="door-open", icon_color="text-2"
        )
        self._desk, self._room = desk, room
        self.state = Segmented[RoomState](
            (
                (RoomState.FREE, tr("Free")),
                (RoomState.TO_CLEAN, tr("To clean")),
                (RoomState.BLOCKED, tr("Blocked")),
            ),
            says=tr("State of the room"),
        )
        if room.state is not RoomState.OCCUPIED:
            self.state.set_value(room.state)
        self.reason = TextEdit(room.blocked_reason, hint=tr("Lamp broken, kept for a procedure, …"))
        self.form = Form()
        self.form.add("state", tr("State"), self.state)
        self._why = self.form.add("reason", tr("Why it is blocked"), self.reason)
        self.state.chosen.connect(self._fit)
        self.body.addWidget(self.form)
        self.add_verb(tr("Leave as it is"), keys="Esc")
        self.add_verb(tr("Set"), self.set_state, kind="primary", keys="Return", closes=False)
        self._fit()
        self.state.setFocus()

    def set_state(self) -> None:
        """The service says what is wrong with it."""
        self._desk.do(
            self,
            self._set,
            rooms.set_room_state,
            room_id=self._room.room_id,
            state=self.state.value(),
            reason=self.reason.value(),
        )

    def _set(self, _: FormerState) -> None:
        self.accept()

    def _fit(self) -> None:
        set_shown(self._why, self.state.value() is RoomState.BLOCKED)
        self.adjustSize()
