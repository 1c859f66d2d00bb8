"""Whose payment a line of the agency's list is, where the file leaves it open."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing.agency_lines import LineView
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.text import tr

Then = Callable[[int | None, bool], None]
"""Gets somebody of the household, or None as the file says, and whether it is another payment."""


class AssignDialog(ActDialog):
    """Nothing is posted by it: the list is looked through once more with what was said."""

    def __init__(self, parent: QWidget, desk: Desk, line: LineView, then: Then) -> None:
        what = tr(
            "{amount} of {day}, account {account}, {name}.",
            amount=dollars(line.amount_cents) if line.amount_cents is not None else "–",
            day=us_date(line.paid_on) if line.paid_on is not None else "–",
            account=line.account or "–",
            name=line.name or "–",
        )
        super().__init__(
            parent,
            desk,
            tr("Whose payment is line {line}?", line=line.line),
            f"{what} {line.words}",
            verb=tr("Look again"),
            icon="user-search",
        )
        self._then = then
        self.patient = PatientBox(desk)
        self.another = CheckBox(tr("It is another payment, even if one like it was posted"))
        self.form.add("patient_id", tr("Somebody of the household"), self.patient)
        self.form.add("is_another", tr("Listed twice"), self.another)
        self.patient.setFocus()

    def act(self) -> None:
        found = self.patient.patient
        if found is None and not self.another.isChecked():
            missing = tr("Choose somebody, or say that it is another payment.")
            self.form.show_findings([Finding(missing, "patient_id")])
            return
        self.accept()
        self._then(found.patient_id if found is not None else None, self.another.isChecked())
