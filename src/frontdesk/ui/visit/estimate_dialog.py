"""An estimate is written: what is expected, priced as it is typed; and how often, where visits come back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import estimate_draft, estimates
from frontdesk.services.billing.estimate_draft import EstimateDraft, LineDraft, Proposal, Reckoned
from frontdesk.services.schedule import visit_types
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import LinkButton
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ROWS = 4
_HEADS = ("Code", "Service", "Diagnosis, where known", "Units", "Patient pays")


class _Line:
    """The fields of one expected service."""

    def __init__(self, place: int) -> None:
        self.code, self.diagnosis, self.units = TextEdit(), TextEdit(), NumberEdit(least=1, most=99)
        self.label, self.cents = EndingLabel("", "body", "text-2"), Label("", "strong")
        for field, words in ((self.code, "Code"), (self.diagnosis, "Diagnosis"), (self.units, "Units")):
            field.setAccessibleName(tr("{field} of line {place}", field=tr(words), place=place))

    def draft(self) -> LineDraft | None:
        """None where the line is empty."""
        if not self.code.value():
            return None
        return LineDraft(self.code.value(), self.units.value() or 1, self.diagnosis.value())

    def put(self, line: LineDraft) -> None:
        self.code.set_value(line.code)
        self.diagnosis.set_value(line.diagnosis)
        self.units.set_value(line.units)


class EstimateDialog(Dialog):
    """Asks for the proposal, and reckons again with each change. `then` gets the estimate's id."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        patient_id: int,
        then: Callable[[int], object],
        *,
        appointment_id: int | None = None,
        estimate_id: int | None = None,
    ) -> None:
        super().__init__(parent, tr("Write estimate"), icon="file-text", icon_color="accent", width=680)
        self._desk, self._patient_id, self._then = desk, patient_id, then
        self._appointment_id, self._estimate_id = appointment_id, estimate_id
        self._draft: EstimateDraft | None = None
        self._lines: list[_Line] = []
        self._about = Label("", "secondary", "text-2", wrap=True)
        self.kind: Combo[int] = Combo()
        self.kind.chosen.connect(self._propose)
        self.service, self.separately = TextEdit(), TextEdit(hint=tr("Laboratory, imaging, another visit"))
        self.requested = DateEdit()
        self.visits, self.until = NumberEdit(least=1, most=60), DateEdit()
        self.form = Form()
        self._kind_row = self.form.add("visit_type_id", tr("Visit"), self.kind, span=7)
        self._requested_row = self.form.add("requested_on", tr("Asked for on"), self.requested, span=5)
        self.form.add("service", tr("What it is for, in plain words"), self.service)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setColumnStretch(1, 1)
        for place, head in enumerate(_HEADS):
            self._grid.addWidget(Label(tr(head), "secondary", "text-2"), 0, place)
        self._total, self._why = Label("", "figure"), Label("", "secondary", "text-2", wrap=True)
        adds = LinkButton(tr("Another line"))
        adds.clicked.connect(self._add_line)
        more = Form()
        more.add("visits", tr("Visits"), self.visits, span=2)
        more.add("until_on", tr("Until, where they come back"), self.until, span=4)
        more.add("separately", tr("To be scheduled separately"), self.separately, span=6)
        self._more = more
        self.body.addWidget(self._about)
        self.body.addWidget(self.form)
        self.body.addLayout(self._grid)
        self.body.addLayout(row(adds, None, Label(tr("Patient is expected to pay"), "strong"), self._total))
        self.body.addWidget(self._why)
        self.body.addWidget(more)
        for _ in range(_ROWS):
            self._add_line()
        for edit in (self.visits, self.until):
            edit.editingFinished.connect(self._reckon)
        self.add_verb(tr("Not now"), keys="Esc")
        self.verb = self.add_verb(tr("Write"), self._write, kind="primary", keys="Enter", closes=False)
        if appointment_id is None:
            desk.ask(self, self._show_kinds, visit_types.visit_types)
        else:
            for shown in (self._kind_row, self._requested_row):
                set_shown(shown, False)
        self._propose()

    def refused(self, error: FrontdeskError) -> None:
        """What concerns the lines stands above them."""
        findings = error.findings if isinstance(error, Refused) else (Finding(str(error)),)
        for form in (self.form, self._more):
            findings = form.show_findings(findings)
        self.banner.say("block", " ".join(dict.fromkeys(finding.message for finding in findings)))
        self._total.setText("–")
        self.adjustSize()

    def _propose(self, _: object = None) -> None:
        self._desk.ask(
            self,
            self._show,
            estimate_draft.proposal,
            patient_id=self._patient_id,
            appointment_id=self._appointment_id,
            visit_type_id=self.kind.value(),
        )

    def _show_kinds(self, kinds: tuple[VisitTypeView, ...]) -> None:
        self.kind.set_options(tuple((kind.id, kind.name) for kind in kinds if kind.is_active))
        if self._draft is not None:
            self.kind.set_value(self._draft.visit_type_id)

    def _show(self, shown: Proposal) -> None:
        self._draft = shown.draft
        if self._appointment_id is None:
            self.kind.set_value(shown.draft.visit_type_id)
        on = us_date(shown.draft.service_on) if shown.draft.service_on else tr("not scheduled yet")
        said = (
            tr("Good-faith estimate for {name}, {provider}, {day}.")
            if shown.is_good_faith
            else tr("{name} has insurance: an informal estimate of their share. {provider}, {day}.")
        )
        self._about.setText(said.format(name=shown.patient, provider=shown.provider, day=on))
        self.service.set_value(shown.draft.service)
        self.requested.set_value(shown.draft.requested_on)
        self.visits.set_value(shown.draft.visits)
        self.until.set_value(shown.draft.until_on)
        while len(self._lines) < len(shown.draft.lines):
            self._add_line()
        for place, line in enumerate(self._lines):
            line.put(shown.draft.lines[place] if place < len(shown.draft.lines) else LineDraft(""))
        if shown.without_fee:
            words = tr("No fee is set for {codes}.", codes=", ".join(shown.without_fee))
            self.banner.say("warn", words)
        self._reckon()
        self.service.setFocus()
        self.service.selectAll()

    def _typed(self) -> EstimateDraft | None:
        if self._draft is None:
            return None
        lines = tuple(draft for line in self._lines if (draft := line.draft()) is not None)
        return replace(
            self._draft,
            service=self.service.value(),
            lines=lines,
            requested_on=self.requested.value() if self._appointment_id is None else None,
            visits=self.visits.value() or 1,
            until_on=self.until.value(),
            separately=self.separately.value(),
        )

    def _reckon(self) -> None:
        draft = self._typed()
        if draft is None or not draft.lines:
            self._total.setText("–")
            return
        self._desk.ask(self, self._show_reckoned, estimate_draft.reckon, draft=draft)

    def _show_reckoned(self, reckoned: Reckoned) -> None:
        self.banner.say("block", "")
        by_code = {line.code: line for line in reckoned.lines}
        for line in self._lines:
            known = by_code.get(line.code.value().upper())
            line.label.setText(known.label if known else "")
            line.cents.setText(dollars(known.expected_cents) if known else "")
        count = self.visits.value() or 1
        self._total.setText(dollars(reckoned.total_cents * count))
        fees = tr("The office's fees are {amount}.", amount=dollars(reckoned.fees_cents * count))
        self._why.setText(" ".join(part for part in (fees, reckoned.why) if part))

    def _write(self) -> None:
        draft = self._typed()
        if draft is None or not (self.form.check() and self._more.check()):
            return
        self.banner.say("block", "")
        self._desk.do(self, self._written, estimates.write, draft=draft, estimate_id=self._estimate_id)

    def _written(self, estimate_id: int) -> None:
        self.accept()
        self._then(estimate_id)

    def _add_line(self) -> None:
        line = _Line(len(self._lines) + 1)
        line.units.set_value(1)
        self._lines.append(line)
        px = theme().px
        for field, width in ((line.code, 80), (line.diagnosis, 130), (line.units, 52)):
            field.setFixedWidth(px(width))
            field.editingFinished.connect(self._reckon)
        line.cents.setMinimumWidth(px(84))
        for place, widget in enumerate((line.code, line.label, line.diagnosis, line.units, line.cents)):
            self._grid.addWidget(widget, len(self._lines), place)
