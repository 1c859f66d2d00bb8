"""The patient does not come: to call the visit off is an act of its own, asked here, never done by itself."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_time, weekday_date
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.calls import Call
from frontdesk.services.schedule.words import CancelledBy
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class DeclinedDialog(Dialog):
    """Cancel, cancel and look for another time at once, or leave the visit for now."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        call: Call,
        told: Callable[[str], object],
        find_time: Callable[[int], object],
    ) -> None:
        when = tr("{day}, {time}", day=weekday_date(call.starts.date()), time=us_time(call.starts))
        super().__init__(
            parent,
            tr("{name} does not come. Cancel {when}?", name=call.patient, when=when),
            tr("The visit still stands. Canceled, its time becomes free at once."),
            icon="calendar-x",
            width=520,
        )
        self._desk, self._call, self._told, self._find_time = desk, call, told, find_time
        self._finds_time = False
        self.reason = TextEdit()
        form = Form()
        form.add("reason", tr("Reason, as the patient says it"), self.reason)
        self.body.addWidget(form)
        self.add_verb(tr("Leave it for now"), keys="Esc")
        self.add_verb(tr("Cancel visit"), self.cancel, kind="danger", closes=False)
        self.add_verb(tr("Cancel and find a time"), self.cancel_and_find, kind="primary", closes=False)

    def cancel(self) -> None:
        """Call the visit off."""
        self._desk.do(
            self,
            self._cancelled,
            booking.cancel,
            appointment_id=self._call.appointment_id,
            by=CancelledBy.PATIENT,
            reason=self.reason.value(),
        )

    def cancel_and_find(self) -> None:
        """Call it off, and look for another time while the patient is on the line."""
        self._finds_time = True
        self.cancel()

    def _cancelled(self, _: int) -> None:
        self.accept()
        self._told(tr("Canceled {name}, {time}", name=self._call.patient, time=us_time(self._call.starts)))
        if self._finds_time:
            self._find_time(self._call.patient_id)
