"""What must be asked about a visit: what came of a call, what stands on it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import booking, confirmation, series_changes
from frontdesk.services.schedule.booking import Described
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.series_changes import Scope, Words
from frontdesk.services.schedule.visits import VisitDetail
from frontdesk.services.schedule.words import Channel, Confirmation
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.schedule.moving import spoken
from frontdesk.ui.text import tr

Then = Callable[[str], object]
"""Gets the words for the status bar."""


class ConfirmDialog(Dialog):
    """What the patient said on the phone."""

    def __init__(self, parent: QWidget, desk: Desk, visit: DayVisit, then: Then) -> None:
        super().__init__(
            parent,
            tr("{name}, {time}: what came of the call?", name=spoken(visit), time=us_time(visit.starts)),
            icon="phone",
            icon_color="text-2",
        )
        self._desk, self._visit, self._then = desk, visit, then
        self.outcome = Segmented(
            (
                (Confirmation.CONFIRMED, tr("Comes")),
                (Confirmation.MESSAGE_LEFT, tr("Message left")),
                (Confirmation.ATTEMPTED, tr("No answer")),
                (Confirmation.DECLINED, tr("Does not come")),
            ),
            says=tr("Outcome"),
        )
        self.note = TextEdit()
        form = Form()
        form.add("outcome", tr("Outcome"), self.outcome)
        form.add("note", tr("Note"), self.note)
        self.body.addWidget(form)
        self.note.returnPressed.connect(self._record)
        self.add_verb(tr("Record"), self._record, kind="primary", keys="Return", closes=False)
        self.add_verb(tr("Do not record"), keys="Esc")

    def _record(self) -> None:
        self._desk.do(
            self,
            self._done,
            confirmation.record,
            appointment_id=self._visit.id,
            channel=Channel.PHONE,
            outcome=self.outcome.value(),
            note=self.note.value(),
        )

    def _done(self, _: int) -> None:
        said = {
            Confirmation.CONFIRMED: tr("Confirmed {name}, {time}"),
            Confirmation.DECLINED: tr("{name} does not come at {time}: cancel or move the visit"),
        }.get(self.outcome.value(), tr("Called {name} about {time}"))
        self.accept()
        self._then(said.format(name=spoken(self._visit), time=us_time(self._visit.starts)))


class NoteDialog(Dialog):
    """Why the patient comes, and what the desk should know."""

    def __init__(self, parent: QWidget, desk: Desk, visit: DayVisit, detail: VisitDetail, then: Then) -> None:
        super().__init__(
            parent, tr("What stands on the visit of {name}", name=spoken(visit)), icon="notebook-pen"
        )
        self._desk, self._visit, self._version, self._then = desk, visit, detail.version, then
        self.reason = TextEdit(detail.reason, hint=detail.visit_type)
        self.note = TextEdit(detail.note)
        form = Form()
        form.add("reason", tr("Reason"), self.reason)
        form.add("note", tr("Note"), self.note)
        self.scope = Segmented(
            (
                (Scope.THIS, tr("This visit")),
                (Scope.FOLLOWING, tr("This and following")),
                (Scope.ALL, tr("All to come")),
            ),
            says=tr("Which visits"),
        )
        if detail.series_id is not None:
            form.add("scope", tr("Which visits of the series"), self.scope)
        self.body.addWidget(form)
        for field in (self.reason, self.note):
            field.returnPressed.connect(self._describe)
        self.add_verb(tr("Save note"), self._describe, kind="primary", keys="Return", closes=False)
        self.add_verb(tr("Keep as it was"), keys="Esc")

    def _describe(self) -> None:
        if self.scope.value() is not Scope.THIS:
            self._desk.do(
                self,
                self._done,
                series_changes.describe,
                appointment_id=self._visit.id,
                scope=self.scope.value(),
                reason=self.reason.value(),
                note=self.note.value(),
            )
            return
        self._desk.do(
            self,
            self._done,
            booking.describe,
            appointment_id=self._visit.id,
            reason=self.reason.value(),
            note=self.note.value(),
            version=self._version,
        )

    def _done(self, _: Described | tuple[Words, ...]) -> None:
        self.accept()
        self._then(tr("Changed the note of {name}", name=spoken(self._visit)))


def opened(dialog: Dialog, first: QWidget) -> None:
    """Shows it with the keys in its first field."""
    dialog.open()
    first.setFocus(Qt.FocusReason.OtherFocusReason)
