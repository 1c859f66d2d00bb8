"""Where the patient stands with the practice, and what the desk must know before it says a word."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.text import us_date, us_time
from frontdesk.services.registration import alerts, patients
from frontdesk.services.registration.alerts import Alert, AlertKind
from frontdesk.services.visit.patient_sheet import PatientSheet, PatientStatus, Upcoming
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_ROWS_HEIGHT = 120
_STATUS = {
    PatientStatus.PROSPECTIVE: ("Not seen yet", "info"),
    PatientStatus.ACTIVE: ("Active", "ok"),
    PatientStatus.INACTIVE: ("Inactive", "neutral"),
    PatientStatus.DECEASED: ("Deceased", "neutral"),
    PatientStatus.MERGED: ("Merged into another chart", "warn"),
}
_KINDS = (
    (AlertKind.NOTE, "Note"),
    (AlertKind.CODE_WORD, "Code word"),
    (AlertKind.ACCESS, "Access"),
    (AlertKind.PRIVACY, "Privacy"),
    (AlertKind.SAFETY, "Safety"),
    (AlertKind.MONEY, "Money"),
)


class StandingCard(Panel):
    """Active, inactive or deceased; what is still booked is listed; who may open the record."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.patient_id: int | None = None
        self._sheet: PatientSheet | None = None
        self.card = Card(tr("Standing"), "user-check")
        self.chip = Chip("")
        self.says = Label("", wrap=True)
        self.booked = Label("", "secondary", "warn-tx", wrap=True)
        self.inactive_button = Button(tr("Make inactive"), height="small")
        self.active_button = Button(tr("Make active again"), height="small")
        self.death_button = Button(tr("Record death"), height="small")
        self.alive_button = Button(tr("Withdraw record of death"), height="small")
        self.restrict_button = Button(tr("Restrict the record"), height="small", icon="lock")
        for button, handler in (
            (self.inactive_button, self.make_inactive),
            (self.active_button, self.make_active),
            (self.death_button, self.record_death),
            (self.alive_button, self.withdraw_death),
            (self.restrict_button, self.restrict),
        ):
            button.clicked.connect(handler)
        self.card.add_to_head(self.chip)
        buttons = row(
            self.inactive_button,
            self.active_button,
            self.death_button,
            self.alive_button,
            self.restrict_button,
            None,
        )
        for piece in (self.banner, self.says, self.booked):
            self.card.body.addWidget(piece)
        self.card.body.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)

    def show_sheet(self, sheet: PatientSheet) -> None:
        self._sheet = sheet
        status = sheet.who.status
        self.chip.show_state(tr(_STATUS[status][0]), _STATUS[status][1])
        self.says.setText(_status_words(sheet))
        self.booked.setText(_booked_words(sheet.upcoming, status))
        is_here = status in (PatientStatus.ACTIVE, PatientStatus.PROSPECTIVE)
        set_shown(self.inactive_button, is_here)
        set_shown(self.active_button, status is PatientStatus.INACTIVE)
        set_shown(self.death_button, is_here or status is PatientStatus.INACTIVE)
        set_shown(self.alive_button, status is PatientStatus.DECEASED)
        set_shown(self.restrict_button, self.desk.may("registration.restrict"))
        self.restrict_button.setText(
            tr("Open the record to all") if sheet.who.is_restricted else tr("Restrict the record")
        )

    def make_inactive(self) -> None:
        """Typing no longer finds the patient."""
        self._ask(
            tr("Why is the patient made inactive?"),
            tr("Search no longer finds the chart, reminders stop. Ctrl+Z takes it back."),
            tr("Make inactive"),
            self._send_inactive,
            with_reason=True,
        )

    def record_death(self) -> None:
        """Reminders stop; family still finds the chart."""
        self._ask(
            tr("When did the patient die?"),
            tr("Reminders and recalls stop. What is booked is listed, to be called off."),
            tr("Record death"),
            self._send_death,
            with_reason=False,
        )

    def make_active(self) -> None:
        if self.patient_id is not None:
            self.desk.do(self, self._done, patients.reactivate, patient_id=self.patient_id)

    def withdraw_death(self) -> None:
        if self.patient_id is not None:
            self.desk.do(self, self._done, patients.withdraw_death, patient_id=self.patient_id)

    def restrict(self) -> None:
        """Only those with the right, others with a reason that is reviewed; or open again."""
        if self.patient_id is not None and self._sheet is not None:
            self.desk.do(
                self,
                self._done,
                patients.restrict,
                patient_id=self.patient_id,
                restricted=not self._sheet.who.is_restricted,
            )

    def _ask(
        self,
        question: str,
        consequence: str,
        verb: str,
        then: Callable[["StandingDialog"], object],
        *,
        with_reason: bool,
    ) -> None:
        upcoming = self._sheet.upcoming if self._sheet is not None else ()
        StandingDialog(self, question, consequence, verb, upcoming, then, with_reason=with_reason).open()

    def _send_inactive(self, dialog: "StandingDialog") -> None:
        assert self.patient_id is not None
        self.desk.do(
            dialog,
            lambda _: dialog.finish(),
            patients.deactivate,
            patient_id=self.patient_id,
            reason=dialog.reason.value(),
        )

    def _send_death(self, dialog: "StandingDialog") -> None:
        assert self.patient_id is not None
        on = dialog.on.value()
        assert on is not None
        self.desk.do(
            dialog,
            lambda _: dialog.finish(),
            patients.record_death,
            patient_id=self.patient_id,
            died_on=on,
        )

    def _done(self, _: object) -> None:
        self.clear_complaints()


class StandingDialog(Dialog):
    """A reason or a day, and the visits that are still booked."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        consequence: str,
        verb: str,
        upcoming: tuple[Upcoming, ...],
        then: Callable[["StandingDialog"], object],
        *,
        with_reason: bool,
    ) -> None:
        super().__init__(parent, question, consequence, icon="triangle-alert", width=520)
        self._then, self._with_reason = then, with_reason
        self.reason, self.on = TextEdit(), DateEdit()
        self.form = Form()
        if with_reason:
            self.form.add("reason", tr("Reason, such as moved away"), self.reason)
        else:
            self.form.add("died_on", tr("Date of death"), self.on, span=6)
        self.body.addWidget(self.form)
        if upcoming:
            self.body.addWidget(Label(_booked_words(upcoming, None), "secondary", "warn-tx", wrap=True))
        self.add_verb(verb, self._try, kind="danger", closes=False)
        self.add_verb(tr("Change nothing"), keys="Esc")
        (self.reason if with_reason else self.on).setFocus()

    def finish(self) -> None:
        self.accept()

    def _try(self) -> None:
        if not self.form.check():
            return
        if not self._with_reason and self.on.value() is None:
            self.form.row("died_on").set_error(tr("Enter the date of death."))
            return
        self._then(self)


class AlertsCard(Panel):
    """The sentences at the top of the patient panel, each to its last day."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.patient_id: int | None = None
        self.card = Card(tr("Desk alerts"), "bell")
        words = dict(_KINDS)
        self.model = TableModel[Alert](
            [
                Column(tr("Kind"), lambda each: tr(words[each.kind]), width=110),
                Column(tr("The desk must know"), lambda each: Cell(each.sentence, role="strong")),
                Column(tr("Last day"), lambda each: _last_day(each.expires_on), width=120),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Desk alerts"))
        self.table.setMinimumHeight(theme().px(_ROWS_HEIGHT))
        self.add_button = Button(tr("Add an alert"), height="small", icon="plus")
        self.end_button = Button(tr("End"), height="small", icon="ban")
        self.card.add_to_head(self.add_button, self.end_button)
        self.add_button.clicked.connect(self.add)
        self.end_button.clicked.connect(self.end)
        self.table.chosen.connect(self._chose)
        self.card.body.addWidget(self.banner)
        self.card.body.addWidget(self.table)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        self._chose(None)

    def show_sheet(self, sheet: PatientSheet) -> None:
        self.model.show(sheet.alerts)
        self._chose(self.table.current())

    def add(self) -> None:
        if self.patient_id is not None:
            AlertDialog(self, self._add).open()

    def end(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self.desk.do(self, self._done, alerts.end, alert_id=chosen.id)

    def _add(self, dialog: "AlertDialog") -> None:
        assert self.patient_id is not None
        self.desk.do(
            dialog,
            lambda _: dialog.finish(),
            alerts.add,
            patient_id=self.patient_id,
            kind=dialog.kind.value() or AlertKind.NOTE,
            sentence=dialog.sentence.value(),
            expires_on=dialog.until.value(),
        )

    def _done(self, _: object) -> None:
        self.clear_complaints()

    def _chose(self, chosen: Alert | None) -> None:
        self.end_button.setEnabled(chosen is not None)


class AlertDialog(Dialog):
    """One sentence, its kind, and its last day."""

    def __init__(self, parent: QWidget, then: Callable[["AlertDialog"], object]) -> None:
        super().__init__(parent, tr("What must the desk know?"), width=520)
        self._then = then
        self.sentence, self.until = TextEdit(), DateEdit()
        self.kind: Combo[AlertKind] = Combo(tuple((kind, tr(words)) for kind, words in _KINDS))
        self.form = Form()
        self.form.add("sentence", tr("In one sentence"), self.sentence)
        self.form.add("kind", tr("Kind"), self.kind, span=6)
        self.form.add("expires_on", tr("Last day, if it ends"), self.until, span=6)
        self.body.addWidget(self.form)
        self.add_verb(tr("Add the alert"), self._try, kind="primary", closes=False)
        self.add_verb(tr("Add nothing"), keys="Esc")
        self.sentence.setFocus()

    def finish(self) -> None:
        self.accept()

    def _try(self) -> None:
        if self.form.check():
            self._then(self)


def _status_words(sheet: PatientSheet) -> str:
    who = sheet.who
    said = ""
    if who.status is PatientStatus.INACTIVE:
        said = tr("Inactive: {reason}. Search does not find the chart.", reason=who.status_reason)
    elif who.status is PatientStatus.DECEASED and sheet.died_on is not None:
        said = tr("Died {on}. Reminders and recalls have stopped.", on=us_date(sheet.died_on))
    elif who.status is PatientStatus.PROSPECTIVE:
        said = tr("Asked about a visit, not seen yet.")
    elif who.status is PatientStatus.ACTIVE:
        said = tr("A patient of the practice.")
    closed = tr("The record is restricted: others open it with a reason.") if who.is_restricted else ""
    return " ".join(filter(None, (said, closed)))


def _booked_words(upcoming: tuple[Upcoming, ...], status: PatientStatus | None) -> str:
    if not upcoming or status in (PatientStatus.ACTIVE, PatientStatus.PROSPECTIVE):
        return ""
    visits = "; ".join(
        tr(
            "{on} {time}, {provider}, {what}",
            on=us_date(visit.starts.date()),
            time=us_time(visit.starts),
            provider=visit.provider,
            what=visit.what,
        )
        for visit in upcoming
    )
    count = counted(len(upcoming), "{count} visit is still booked", "{count} visits are still booked")
    return tr("{count}, to be called off: {visits}.", count=count, visits=visits)


def _last_day(on: date | None) -> str:
    return us_date(on) if on is not None else tr("none")
