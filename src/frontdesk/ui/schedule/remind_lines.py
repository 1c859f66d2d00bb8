"""How the patient will be reminded of the visit that is about to be booked; each line can be left out."""

from datetime import datetime

from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.services.schedule import reminder_preview, waitlist_entries
from frontdesk.services.schedule.reminder_preview import ReminderLine, RemindersAhead
from frontdesk.services.schedule.waitlist_entries import EntryDraft
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr


class RemindLines(QWidget):
    """Hidden until it is known, and where the office has no rules."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[int, CheckBox] = {}
        self._kind = 0
        self.earlier = CheckBox(tr("Offer an earlier slot if one opens"))
        self._parts: list[QWidget] = []
        self._lines = column(gap=0)
        self._language = Label("", "secondary", "text-2")
        self.setLayout(
            column(
                Label(tr("Remind the patient"), "strong"),
                self._lines,
                self.earlier,
                row(IconLabel("languages"), self._language, None, gap=8),
                gap=4,
                margins=(0, 6, 0, 0),
            )
        )
        set_shown(self, False)

    def ask(self, page: Page, patient_id: int, visit_type_id: int, starts: datetime) -> None:
        """Asks, for its page, what the rules will do for this visit."""
        self._kind = visit_type_id
        page.desk.ask(
            page,
            self.show_ahead,
            reminder_preview.ahead,
            patient_id=patient_id,
            visit_type_id=visit_type_id,
            starts=starts,
        )

    def show_ahead(self, ahead: RemindersAhead | None) -> None:
        """The lines of a visit; None: nothing is picked."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._boxes, self._parts = {}, []
        self.earlier.setChecked(False)
        set_shown(self, ahead is not None)
        if ahead is None:
            return
        for line in ahead.lines:
            self._add(line)
        interpreter = tr("interpreter needed") if ahead.interpreter_needed else tr("no interpreter")
        self._language.setText(f"{ahead.language}, {interpreter}")

    def left_out(self) -> tuple[int, ...]:
        """The rules that the patient does not want for this visit."""
        return tuple(
            rule_id for rule_id, box in self._boxes.items() if box.isEnabled() and not box.isChecked()
        )

    def put_on_waitlist(self, page: Page, appointment_id: int, patient_id: int) -> None:
        """The visit that was just booked may move up, where the patient wants that."""
        if self.earlier.isChecked():
            draft = EntryDraft(patient_id, self._kind, appointment_id=appointment_id)
            page.desk.do(page, lambda _: None, waitlist_entries.add, draft=draft)

    def _add(self, line: ReminderLine) -> None:
        box = CheckBox(line.name, checked=line.goes_out)
        box.setEnabled(line.goes_out)
        box.setAccessibleDescription(line.detail)
        detail = EndingLabel(line.detail, "secondary", "text-3")
        detail.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        part = QWidget()
        part.setLayout(row(box, None, detail, gap=8))
        self._boxes[line.rule_id] = box
        self._parts.append(part)
        self._lines.addWidget(part)
