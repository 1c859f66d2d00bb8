"""Everything against a place in one panel: go where it is free, do it with a reason, or leave it be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import nearby
from frontdesk.services.schedule.checks import OVERBOOK
from frontdesk.services.schedule.slot import Slot
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.text import tr


@dataclass(frozen=True, slots=True)
class Placing:
    """What is to be done at a place, so that it can be tried again elsewhere, or with a reason."""

    question: str
    wanted: Slot
    try_it: Callable[[Slot, str], None]
    patient_id: int
    visit_type_id: int
    verb: str
    """As on the button beside the reason: "Move it all the same"."""


class FindingsPanel(Dialog):
    """The next opening has the focus once it is found, else the reason; Escape leaves everything be."""

    def __init__(self, parent: QWidget, desk: Desk, placing: Placing, findings: Sequence[Finding]) -> None:
        super().__init__(parent, placing.question, icon="triangle-alert", width=520)
        self._placing = placing
        self.said = " ".join(finding.message for finding in findings)
        self.setAccessibleDescription(self.said)
        self._next: Slot | None = None
        for finding in findings:
            icon = IconLabel(
                "circle-alert" if finding.overridable else "ban",
                "warn" if finding.overridable else "block",
                14,
            )
            words = Label(finding.message, "body", "text", wrap=True)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            line = row(icon, words, gap=6)
            line.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(line)
        self.form = Form()
        self.reason = TextEdit()
        may_pass = bool(findings) and all(finding.overridable for finding in findings)
        self._passes = may_pass and desk.may(OVERBOOK)
        if self._passes:
            self.form.add("override_reason", tr("Why it is right all the same"), self.reason)
            self.body.addWidget(self.form)
        elif may_pass:
            self.body.addWidget(
                Label(
                    tr("Somebody who may overbook can do it with a reason."), "secondary", "text-2", wrap=True
                )
            )
        self.go_there = self.add_verb(tr("Look for the next opening"), self._go_there, closes=False)
        self.go_there.hide()
        if self._passes:
            self.do_it = self.add_verb(placing.verb, self._with_reason, closes=False)
        self.keep = self.add_verb(tr("Keep it as it was"), keys="Esc")
        self.reason.returnPressed.connect(self._with_reason)
        desk.ask(
            self,
            self._show_next,
            nearby.next_place,
            patient_id=placing.patient_id,
            visit_type_id=placing.visit_type_id,
            wanted=placing.wanted,
        )

    def refused(self, error: FrontdeskError) -> None:
        """The search for the next opening failed: the panel stands without it."""

    def first_field(self) -> QWidget:
        return self.reason if self._passes else self.keep

    def _show_next(self, place: Slot | None) -> None:
        if place is None or place.starts == self._placing.wanted.starts:
            return
        self._next = place
        at = place.starts
        day = "" if at.date() == self._placing.wanted.starts.date() else f"{at:%a %m/%d} "
        self.go_there.setText(tr("Next opening {time}", time=f"{day}{us_time(at)}"))
        self.go_there.show()
        if not self._passes:
            self.go_there.setDefault(True)
            self.go_there.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def _go_there(self) -> None:
        if self._next is not None:
            self.accept()
            self._placing.try_it(self._next, "")

    def _with_reason(self) -> None:
        words = self.reason.text().strip()
        if not words:
            self.form.show_findings((Finding(tr("Say why, for whoever asks later."), "override_reason"),))
            return
        self.accept()
        self._placing.try_it(self._placing.wanted, words)


class Placings:
    """Opens the panel for a page when something is in the way of a placing."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        self._parent, self._desk = parent, desk

    def show(self, placing: Placing, error: FrontdeskError) -> bool:
        """The panel for a refusal about the place; False where it is about something else."""
        findings = error.findings if isinstance(error, Refused) else ()
        if not any(finding.field in _OF_THE_PLACE for finding in findings):
            return False
        panel = FindingsPanel(self._parent, self._desk, placing, findings)
        panel.open()
        panel.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        return True


_OF_THE_PLACE = ("slot", "starts", "minutes")
