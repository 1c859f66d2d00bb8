"""What a payer was asked and said about an authorization, written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.registration import authorization_alerts
from frontdesk.services.registration.authorization_alerts import Alerts
from frontdesk.services.registration.authorizations import Grant, GrantDraft, GrantKind, UnitKind
from frontdesk.services.schedule import authorization_steps
from frontdesk.services.schedule.authorization_steps import Granted, StepDraft, StepKind, StepWay
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import counted, tr

Told = Callable[[str], object]

_WAYS = (
    (StepWay.PHONE, "By phone"),
    (StepWay.PORTAL, "On the payer's website"),
    (StepWay.FAX, "By fax"),
    (StepWay.LETTER, "By letter"),
)
_TITLES = {
    StepKind.ASKED: "How was {payer} asked for {name}'s authorization?",
    StepKind.CHASED: "What does {payer} say about {name}'s authorization?",
    StepKind.DENIED: "Why does {payer} deny {name}'s authorization?",
    StepKind.NOT_NEEDED: "Who says that {name} needs no authorization?",
}
_SAID = {
    StepKind.ASKED: "Asked for the authorization of {name}",
    StepKind.CHASED: "Asked again about the authorization of {name}",
    StepKind.DENIED: "The authorization of {name} is denied",
    StepKind.NOT_NEEDED: "{name} needs no authorization",
}
_VERBS = {
    StepKind.ASKED: "Note request",
    StepKind.CHASED: "Note call",
    StepKind.DENIED: "Note denial",
    StepKind.NOT_NEEDED: "Not needed",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a dialog is about."""

    patient: str
    payer: str
    appointment_id: int | None
    coverage_id: int
    provider: str = ""
    provider_id: int | None = None
    what_for: str = ""
    from_day: date | None = None
    units: int = 1


class StepDialog(Dialog):
    """One contact with the payer; a question has a day on which it is asked again."""

    def __init__(self, parent: QWidget, desk: Desk, kind: StepKind, about: About, told: Told) -> None:
        payer = about.payer or tr("the payer")
        super().__init__(
            parent, tr(_TITLES[kind], payer=payer, name=about.patient), icon="file-lock", icon_color="accent"
        )
        self._desk, self._kind, self._about, self._told = desk, kind, about, told
        self.way: Combo[StepWay] = Combo(tuple((way, tr(words)) for way, words in _WAYS))
        self.spoke_to, self.reference, self.note = TextEdit(), TextEdit(), TextEdit()
        self.chase_on = DateEdit()
        self.form = Form()
        self.form.add("way", tr("How"), self.way, span=6)
        self.form.add("spoke_to", tr("Spoke to"), self.spoke_to, span=6)
        self.form.add("reference", tr("Reference number"), self.reference, span=6)
        if kind in (StepKind.ASKED, StepKind.CHASED):
            self.form.add("chase_on", tr("Ask again on"), self.chase_on, span=6)
        words = tr("What was said") if kind in (StepKind.ASKED, StepKind.CHASED) else tr("Why")
        self.form.add("note", words, self.note)
        self.body.addWidget(self.form)
        self.add_verb(tr("Not now"), keys="Esc")
        self.add_verb(tr(_VERBS[kind]), self.save, kind="primary", closes=False)
        first = self.note if kind in (StepKind.DENIED, StepKind.NOT_NEEDED) else self.way
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep what was said."""
        if self._about.appointment_id is not None and self.form.check():
            self._desk.do(
                self,
                self._saved,
                authorization_steps.note,
                appointment_id=self._about.appointment_id,
                draft=StepDraft(
                    self._kind,
                    self.way.value(),
                    self.spoke_to.value(),
                    self.reference.value(),
                    self.chase_on.value(),
                    self.note.value(),
                ),
            )

    def _saved(self, _: int) -> None:
        self.accept()
        self._told(tr(_SAID[self._kind], name=self._about.patient))


class GrantDialog(Dialog):
    """An authorization as the payer's letter says it."""

    def __init__(self, parent: QWidget, desk: Desk, about: About, told: Told) -> None:
        super().__init__(
            parent,
            tr("What did {payer} authorize for {name}?", payer=about.payer, name=about.patient),
            tr("Coming visits take their units of it at once."),
            icon="file-check",
            icon_color="accent",
            width=560,
        )
        self._desk, self._about, self._told = desk, about, told
        self.number, self.what_for, self.codes = TextEdit(), TextEdit(about.what_for), TextEdit()
        self.kind: Combo[GrantKind] = Combo(
            ((GrantKind.AUTHORIZATION, tr("Authorization")), (GrantKind.REFERRAL, tr("Referral")))
        )
        self.counts: Combo[UnitKind] = Combo(
            ((UnitKind.VISITS, tr("Visits")), (UnitKind.UNITS, tr("Units of the codes")))
        )
        self.units = NumberEdit(most=99_999)
        self.units.set_value(about.units)
        self.starts, self.ends = DateEdit(), DateEdit()
        self.starts.set_value(min(about.from_day or desk.today, desk.today))
        self.only = CheckBox(tr("Only with {provider}", provider=about.provider))
        form = self.form = Form()
        form.add("number", tr("Number"), self.number, span=6)
        form.add("kind", tr("Kind"), self.kind, span=6)
        form.add("units", tr("How many"), self.units, span=3)
        form.add("counts", tr("Of what"), self.counts, span=3)
        form.add("valid_from", tr("Valid from"), self.starts, span=3)
        form.add("valid_until", tr("Until"), self.ends, span=3)
        form.add("what_for", tr("What for"), self.what_for, span=6)
        form.add("codes", tr("Codes (CPT, HCPCS)"), self.codes, span=6)
        self.body.addWidget(form)
        if about.provider:
            self.body.addWidget(self.only)
        self.add_verb(tr("Not now"), keys="Esc")
        self.add_verb(tr("Record authorization"), self.save, kind="primary", closes=False)
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the authorization; what it is too few for stays on the list."""
        if not self.form.check():
            return
        self._desk.do(
            self,
            self._saved,
            authorization_steps.grant,
            appointment_id=self._about.appointment_id,
            draft=GrantDraft(
                self._about.coverage_id,
                self.number.value(),
                self.units.value() or 0,
                self.starts.value() or self._desk.today,
                self.ends.value(),
                kind=self.kind.value() or GrantKind.AUTHORIZATION,
                what_for=self.what_for.value(),
                codes=self.codes.value(),
                provider_id=self._about.provider_id if self.only.isChecked() else None,
                counts=self.counts.value() or UnitKind.VISITS,
            ),
        )

    def _saved(self, done: Granted) -> None:
        self.accept()
        taken = counted(done.taken, "{count} unit is booked", "{count} units are booked")
        self._told(tr("Authorization of {name}: {taken}", name=self._about.patient, taken=taken))


class ExtendDialog(Dialog):
    """More units, or a later end."""

    def __init__(self, parent: QWidget, desk: Desk, grant: Grant, patient: str, told: Told) -> None:
        super().__init__(
            parent,
            tr("What does {number} allow now?", number=grant.number),
            tr(
                "{used} used and {booked} booked of {units}.",
                used=grant.used,
                booked=grant.booked,
                units=grant.units,
            ),
            icon="file-check",
            icon_color="accent",
        )
        self._desk, self._grant, self._patient, self._told = desk, grant, patient, told
        self.units, self.ends = NumberEdit(most=99_999), DateEdit()
        self.units.set_value(grant.units)
        self.ends.set_value(grant.valid_until)
        self.form = Form()
        self.form.add("units", tr("Allowed in all"), self.units, span=6)
        self.form.add("valid_until", tr("Until"), self.ends, span=6)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("Change authorization"), self.save, kind="primary", closes=False)
        self.units.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the new extent."""
        if self.form.check():
            self._desk.do(
                self,
                self._saved,
                authorization_steps.change,
                grant_id=self._grant.id,
                units=self.units.value() or 0,
                valid_until=self.ends.value(),
            )

    def _saved(self, _: object) -> None:
        self.accept()
        self._told(tr("Changed authorization {number}", number=self._grant.number))


class AlertsDialog(Dialog):
    """When this office is told that an authorization runs out."""

    def __init__(self, parent: QWidget, desk: Desk, told: Told) -> None:
        super().__init__(parent, tr("When is an authorization on this list?"), width=480)
        self._desk, self._told = desk, told
        self.fields = {
            "low_at": (NumberEdit(most=999), tr("So many units left, or fewer")),
            "days_before_end": (NumberEdit(most=9999), tr("Days before its last day")),
            "chase_after_days": (NumberEdit(most=9999), tr("Ask again after, in days")),
            "days_ahead": (NumberEdit(most=9999), tr("Visits without one, days ahead")),
        }
        self.form = Form()
        for name, (edit, words) in self.fields.items():
            self.form.add(name, words, edit, span=6)
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("Save"), self.save, kind="primary", closes=False)
        desk.ask(self, self._show, authorization_alerts.alerts)

    def save(self) -> None:
        """The office's numbers from now on."""
        if self.form.check():
            values = {name: edit.value() or 0 for name, (edit, _) in self.fields.items()}
            self._desk.do(self, self._saved, authorization_alerts.set_alerts, alerts=Alerts(**values))

    def _show(self, alerts: Alerts) -> None:
        for name, (edit, _) in self.fields.items():
            edit.set_value(getattr(alerts, name))
        self.fields["low_at"][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, _: object) -> None:
        self.accept()
        self._told(tr("Changed when authorizations are on the list"))
