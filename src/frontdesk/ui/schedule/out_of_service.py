"""Taking a room, a device or a member of staff out of service, and putting it back."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError, Refused
from frontdesk.services.schedule import downtime
from frontdesk.services.schedule.resource_day import ResourceRow
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit, TimeEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

_CLOSES = time(17)


class OutOfServiceDialog(Dialog):
    """Asks from when, until when, and why; visits that are booked on it then are said first."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        thing: ResourceRow,
        starts: datetime,
        told: Callable[[str], object],
    ) -> None:
        super().__init__(
            parent,
            tr("Take {name} out of service?", name=thing.name),
            tr("Nothing is booked on it meanwhile. Visits that are booked already stay until you move them."),
            icon="wrench",
            icon_color="text-2",
        )
        self._desk, self._thing, self._told = desk, thing, told
        self._is_read = False
        self.from_day, self.from_time = DateEdit(), TimeEdit()
        self.until_day, self.until_time = DateEdit(), TimeEdit()
        self.reason = TextEdit(hint=tr("Repair, calibration, leave"))
        self.from_day.set_value(starts.date())
        self.from_time.set_value(starts.time())
        self.until_day.set_value(starts.date())
        self.until_time.set_value(max(_CLOSES, starts.time()))
        self.form = Form()
        self.form.add("reason", tr("Why"), self.reason)
        self.form.add("starts", tr("From"), self.from_day, span=6)
        self.form.add("starts_at", tr("At"), self.from_time, span=6)
        self.form.add("ends", tr("Until"), self.until_day, span=6)
        self.form.add("ends_at", tr("At that time"), self.until_time, span=6)
        self.body.addWidget(self.form)
        self._verb = self.add_verb(tr("Take it out of service"), self.take_out, kind="primary", closes=False)
        self.add_verb(tr("Keep it in service"), keys="Esc")
        self.reason.setFocus()

    def take_out(self) -> None:
        self.banner.say("block", "")
        starts = _together(self.from_day, self.from_time)
        ends = _together(self.until_day, self.until_time)
        if not self.form.check() or starts is None or ends is None:
            return
        self._desk.do(
            self,
            self._taken_out,
            downtime.take_out,
            resource_id=self._thing.id,
            starts=starts,
            ends=ends,
            reason=self.reason.value(),
            visits_stay=self._is_read,
        )

    def refused(self, error: FrontdeskError) -> None:
        """Once the visits on it are said, the same verb does it all the same."""
        super().refused(error)
        findings = error.findings if isinstance(error, Refused) else ()
        self._is_read = bool(findings) and all(finding.overridable for finding in findings)
        if self._is_read:
            self._verb.setText(tr("Take it out, visits stay"))
            self._verb.setFocus()

    def _taken_out(self, _: int) -> None:
        self.accept()
        self._told(tr("Took {name} out of service", name=self._thing.name))


def _together(day: DateEdit, at: TimeEdit) -> datetime | None:
    on, when = day.value(), at.value()
    return datetime.combine(on, when) if on is not None and when is not None else None
