"""What only some claims say: the accident, other providers, the drug of a line; entered at the claim."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import claim_parts
from frontdesk.services.billing.claim_detail import ClaimDetail
from frontdesk.services.billing.claim_parts import (
    Accident,
    AccidentKind,
    Drug,
    DrugUnit,
    OtherProvider,
    Parts,
    ProviderRole,
)
from frontdesk.ui.billing.visit_providers import ROLES
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Rule
from frontdesk.ui.kit.page import Page
from frontdesk.ui.text import tr

_Act = Callable[[int | None], None]
"""Saves one part, for a version of the claim."""
_ACCIDENTS = (
    ("", "No accident"),
    (AccidentKind.AUTO, "Auto accident"),
    (AccidentKind.EMPLOYMENT, "At work"),
    (AccidentKind.OTHER, "Other accident"),
)
_UNITS = {
    DrugUnit.EACH: "each (UN)",
    DrugUnit.MILLILITRE: "ml (ML)",
    DrugUnit.MILLIGRAM: "mg (ME)",
    DrugUnit.GRAM: "g (GR)",
    DrugUnit.INTERNATIONAL: "int. units (F2)",
}


def open_for(page: Page, claim: ClaimDetail, field: str, line: int) -> None:
    """Ask what the claim says already, then open the dialog at the field of a problem."""
    page.desk.ask(
        page,
        lambda parts: ClaimPartsDialog(page, page.desk, claim, parts, page.told.emit).open_at(field, line),
        claim_parts.parts,
        claim_id=claim.row.id,
    )


class ClaimPartsDialog(Dialog):
    """Only what was changed is sent; the claim is checked with each change."""

    def __init__(
        self, parent: QWidget, desk: Desk, claim: ClaimDetail, parts: Parts, told: Callable[[str], object]
    ) -> None:
        super().__init__(parent, tr("What else does claim {number} say?", number=claim.row.number), width=600)
        self._desk, self._claim, self._parts, self._told = desk, claim, parts, told
        self._waiting: list[_Act] = []
        self._version: int | None = claim.row.version
        self.accident: Combo[str] = Combo(tuple((kind, tr(words)) for kind, words in _ACCIDENTS))
        self.happened, self.state = DateEdit(), TextEdit()
        self.role: Combo[ProviderRole] = Combo(tuple((role, tr(words)) for role, words in ROLES.items()))
        services = tuple((line.place, f"{line.place}  {line.code}") for line in claim.services)
        self.whose: Combo[int] = Combo(((0, tr("All lines")), *services))
        self.last, self.first, self.npi = TextEdit(), TextEdit(), TextEdit()
        self.line: Combo[int] = Combo(services)
        self.ndc, self.amount = TextEdit(hint="00409-1171-01"), TextEdit(hint="2.5")
        self.unit: Combo[DrugUnit] = Combo(tuple((unit, tr(words)) for unit, words in _UNITS.items()))
        form = self.form = Form()
        form.add("accident", tr("&Accident"), self.accident, span=5)
        form.add("happened_on", tr("&On"), self.happened, span=4)
        form.add("state", tr("&State"), self.state, span=3)
        form.add_wide(Rule())
        form.add("role", tr("Other &provider"), self.role, span=6)
        form.add("whose", tr("Of l&ine"), self.whose, span=6)
        form.add("last_name", tr("&Last name"), self.last, span=4)
        form.add("first_name", tr("&First name"), self.first, span=4)
        form.add("npi", tr("&NPI"), self.npi, span=4)
        form.add_wide(Rule())
        form.add("line", tr("Dr&ug of line"), self.line, span=3)
        form.add("ndc", tr("N&DC"), self.ndc, span=4)
        form.add("thousandths", tr("A&mount"), self.amount, span=2)
        form.add("unit", tr("Uni&t"), self.unit, span=3)
        self.body.addWidget(form)
        self.role.chosen.connect(self._show_provider)
        self.whose.chosen.connect(self._show_provider)
        self.line.chosen.connect(self._show_drug)
        self.add_verb(tr("Keep as it is"), keys="Esc")
        self.add_verb(tr("Save"), self.save, kind="primary", keys="Enter", closes=False)
        self._show_accident()
        self._show_provider()
        self._show_drug()

    def open_at(self, field: str, line: int) -> None:
        """The focus where the problem is."""
        if line:
            self.line.set_value(line)
            self._show_drug()
        if field in tuple(ProviderRole):
            self.role.set_value(ProviderRole(field))
            self.whose.set_value(line)
            self._show_provider()
        places = {"accident": self.accident, "ndc": self.ndc}
        self.open()
        target = places.get(field, self.last if field in tuple(ProviderRole) else self.accident)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        if not self.form.check():
            return
        amount = self._thousandths()
        if self.ndc.value() and amount is None:
            self.form.row("thousandths").set_error(tr("Enter how much was given, such as 2.5."))
            return
        changed = [act for act in (self._accident_act(), self._provider_act(), self._drug_act(amount)) if act]
        self._waiting = changed
        self._next()

    def _next(self) -> None:
        """One after the other: each changes the claim, so only the first can say which one it saw."""
        if self._waiting:
            self._waiting.pop(0)(self._version)
            return
        self.accept()
        if self._version is None:
            self._told(tr("Saved what claim {number} says", number=self._claim.row.number))

    def _accident_act(self) -> _Act | None:
        kind = self.accident.value()
        said = (
            Accident(AccidentKind(kind), self.happened.value(), self.state.value().upper()) if kind else None
        )
        if said == self._parts.accident:
            return None
        claim_id = self._claim.row.id
        return lambda version: self._desk.do(
            self, self._saved, claim_parts.set_accident, claim_id=claim_id, accident=said, version=version
        )

    def _provider_act(self) -> _Act | None:
        line, role = self._whose()
        typed = OtherProvider(self.last.value(), self.first.value(), self.npi.value())
        said = None if typed == OtherProvider("") else typed
        if said == self._parts.providers.get((line, role)):
            return None
        claim_id = self._claim.row.id
        return lambda version: self._desk.do(
            self,
            self._saved,
            claim_parts.set_provider,
            claim_id=claim_id,
            line=line,
            role=role,
            provider=said,
            version=version,
        )

    def _drug_act(self, amount: int | None) -> _Act | None:
        line = self.line.value()
        unit = self.unit.value() or DrugUnit.EACH
        said = Drug(self.ndc.value(), amount, unit) if self.ndc.value() and amount is not None else None
        if line is None or said == self._parts.drugs.get(line):
            return None
        claim_id = self._claim.row.id
        return lambda version: self._desk.do(
            self, self._saved, claim_parts.set_drug, claim_id=claim_id, line=line, drug=said, version=version
        )

    def _saved(self, _: object) -> None:
        self._version = None
        self._next()

    def _thousandths(self) -> int | None:
        try:
            return int(Decimal(self.amount.value()) * 1000)
        except InvalidOperation:
            return None

    def _show_accident(self) -> None:
        accident = self._parts.accident
        self.accident.set_value(accident.kind if accident else "")
        self.happened.set_value(accident.happened_on if accident else None)
        self.state.set_value(accident.state if accident else "")

    def _show_provider(self, _: object = None) -> None:
        other = self._parts.providers.get(self._whose())
        self.last.set_value(other.last_name if other else "")
        self.first.set_value(other.first_name if other else "")
        self.npi.set_value(other.npi if other else "")

    def _whose(self) -> tuple[int, ProviderRole]:
        return self.whose.value() or 0, self.role.value() or ProviderRole.REFERRING

    def _show_drug(self, _: object = None) -> None:
        drug = self._parts.drugs.get(self.line.value() or 0)
        self.ndc.set_value(drug.ndc if drug else "")
        self.amount.set_value(f"{Decimal(drug.thousandths) / 1000}" if drug else "")
        self.unit.set_value(drug.unit if drug else DrugUnit.EACH)
