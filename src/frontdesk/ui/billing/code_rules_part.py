"""Billing set-up: what payers want with codes, and the CLIA certificates of the sites."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import code_rules, rule_overrides
from frontdesk.services.billing.code_rules import (
    Certificate,
    CodeRuleDraft,
    CodeRuleKind,
    CodeRuleRow,
    LaboratoryDraft,
    LaboratoryRow,
)
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

Told = Callable[[str], object]

_KINDS = {
    CodeRuleKind.DIAGNOSIS: "Paid for these diagnoses",
    CodeRuleKind.INTERVAL: "Not again within days",
    CodeRuleKind.NOT_WITH: "Not beside other codes",
    CodeRuleKind.NDC: "Needs the NDC",
    CodeRuleKind.REFERRING: "Needs a referring provider",
    CodeRuleKind.ORDERING: "Needs an ordering provider",
    CodeRuleKind.AUTHORIZATION: "Needs an authorization",
    CodeRuleKind.PRACTICE_NUMBER: "Needs its number of the practice",
    CodeRuleKind.PROVIDER_NUMBER: "Needs its number of the provider",
    CodeRuleKind.SITE_NUMBER: "Needs its number of the site",
    CodeRuleKind.REFERRING_NUMBER: "Needs its number of who referred",
}
_CERTIFICATES = {
    Certificate.WAIVER: "Waiver: waived tests, with QW",
    Certificate.MICROSCOPY: "Microscopy",
    Certificate.FULL: "Compliance or accreditation",
}
_ALL = 0


class CodeRulesPart(SetupPart):
    """A line per wish; Enter changes it, Delete drops it, L is the sites' certificates."""

    new_words = "Add wish"
    topics = frozenset({"code_rule", "laboratory", "payer"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payers: tuple[tuple[int, str], ...] = ()
        self.laboratories: tuple[LaboratoryRow, ...] = ()
        self.model = TableModel[CodeRuleRow](
            [
                Column(tr("Codes"), lambda each: Cell(each.draft.codes, "strong"), width=190),
                Column(tr("Payer"), lambda each: each.payer or tr("Every payer"), width=130),
                Column(tr("What is wanted"), _wanted, width=260),
                Column(tr("Said beside the problem"), lambda each: each.draft.note),
                Column(tr("Source"), lambda each: Cell(each.draft.source, color="text-2"), width=160),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("What payers want with codes"))
        self.table.opened.connect(lambda _: self.change())
        ColumnFit(
            self.table,
            self.model.columns,
            least=120,
            first_to_go=(tr("Source"),),
        )
        self._may = desk.may("billing.override_rules")
        self.nothing = EmptyState(
            "scale",
            tr("No payer wants anything of its own yet"),
            tr("What a payer wants with a code is checked before each claim is sent."),
            action=tr("Add wish") if self._may else "",
        )
        self.nothing.acted.connect(self.new)
        set_shown(self.nothing, False)
        bar = Toolbar()
        for words, icon, keys, act in (
            (tr("CLIA certificates"), "flask-conical", "L", self.certificates),
            (tr("Drop"), "x", "Delete", self.drop),
            (tr("Change"), "pencil", "Enter", self.change),
            (tr("Add wish"), "plus", "Ctrl+N", self.new),
        ):
            button = Button(words, "primary" if keys == "Ctrl+N" else "default", icon=icon, keys=keys)
            button.clicked.connect(act)
            button.setEnabled(self._may)
            bar.add(button)
        self.setLayout(column(bar, self.banner, self.nothing, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Change")),
            Key("L", tr("CLIA certificates"), self.on_list(self.certificates)),
            Key("Delete", tr("Drop"), self.on_list(self.drop)),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, code_rules.code_rules)
        self.desk.ask(self, self._show_payers, rule_overrides.payers)
        self.desk.ask(self, self._show_laboratories, code_rules.laboratories)

    def new(self) -> None:
        if self._may:
            CodeRuleDialog(self, self.desk, None, self._payers, self.told.emit).open()

    def change(self) -> None:
        if self._may and (row := self.table.current()) is not None:
            CodeRuleDialog(self, self.desk, row, self._payers, self.told.emit).open()

    def drop(self) -> None:
        """Claims are checked for it no more."""
        row = self.table.current()
        if row is not None and self._may:
            self.desk.do(
                self,
                lambda _: self.told.emit(
                    tr("Dropped what a payer wanted with {codes}", codes=row.draft.codes)
                ),
                code_rules.drop,
                code_rule_id=row.id,
                version=row.version,
            )

    def certificates(self) -> None:
        if self._may and self.laboratories:
            LaboratoryDialog(self, self.desk, self.laboratories, self.told.emit).open()

    def _show(self, rows: tuple[CodeRuleRow, ...]) -> None:
        self.model.show(rows)
        show_instead(*((self.table, self.nothing) if rows else (self.nothing, self.table)))
        self.table.choose_one()

    def _show_payers(self, payers: tuple[tuple[int, str], ...]) -> None:
        self._payers = payers

    def _show_laboratories(self, rows: tuple[LaboratoryRow, ...]) -> None:
        self.laboratories = rows


class CodeRuleDialog(ActDialog):
    """What is wanted with which codes; only the fields that the kind asks for are shown."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        row: CodeRuleRow | None,
        payers: tuple[tuple[int, str], ...],
        told: Told,
    ) -> None:
        super().__init__(
            parent,
            desk,
            tr("What does the payer want?"),
            tr("Write codes such as 93000, beginnings such as J*, or ranges such as 80000-89999."),
            width=560,
            verb=tr("Save"),
            keep=tr("Keep as it is"),
            told=told,
        )
        self._row = row
        draft = row.draft if row else CodeRuleDraft(CodeRuleKind.DIAGNOSIS, "")
        self.kind: Combo[CodeRuleKind] = Combo(tuple((kind, tr(words)) for kind, words in _KINDS.items()))
        self.kind.set_value(draft.kind)
        self.payer: Combo[int] = Combo(((_ALL, tr("Every payer")), *payers))
        self.payer.set_value(draft.payer_id or _ALL)
        self.codes, self.diagnoses = TextEdit(draft.codes), TextEdit(draft.diagnoses)
        self.others, self.days = TextEdit(draft.other_codes), NumberEdit(least=1, most=3660)
        self.days.set_value(draft.days)
        self.note, self.source = TextEdit(draft.note), TextEdit(draft.source)
        form = self.form
        form.add("kind", tr("&Wish"), self.kind, span=7)
        form.add("payer_id", tr("&Payer"), self.payer, span=5)
        form.add("codes", tr("&Codes"), self.codes)
        form.add("diagnoses", tr("&Diagnoses that it is paid for"), self.diagnoses)
        form.add("other_codes", tr("&Not beside these codes"), self.others)
        form.add("days", tr("D&ays between"), self.days, span=4)
        form.add("note", tr("&Said beside the problem"), self.note)
        form.add("source", tr("Where it s&tands"), self.source)
        self.kind.chosen.connect(self._dress)
        self._dress()
        self.codes.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        draft = CodeRuleDraft(
            kind=self._kind(),
            codes=self.codes.value(),
            payer_id=self.payer.value() or None,
            diagnoses=self.diagnoses.value(),
            other_codes=self.others.value(),
            days=self.days.value(),
            note=self.note.value(),
            source=self.source.value(),
        )
        if self._row is None:
            self.desk.do(self, self._saved, code_rules.keep, draft=draft)
        else:
            row = self._row
            self.desk.do(
                self, self._saved, code_rules.change, code_rule_id=row.id, draft=draft, version=row.version
            )

    def _kind(self) -> CodeRuleKind:
        return self.kind.value() or CodeRuleKind.DIAGNOSIS

    def _dress(self, _: object = None) -> None:
        kind = self._kind()
        set_shown(self.form.row("diagnoses"), kind is CodeRuleKind.DIAGNOSIS)
        set_shown(self.form.row("other_codes"), kind is CodeRuleKind.NOT_WITH)
        set_shown(self.form.row("days"), kind is CodeRuleKind.INTERVAL)
        self.adjustSize()

    def _saved(self, _: object) -> None:
        self.close_with(tr("Saved what a payer wants with {codes}", codes=self.codes.value()))


class LaboratoryDialog(ActDialog):
    """The certificate of one site after the other."""

    def __init__(self, parent: QWidget, desk: Desk, rows: tuple[LaboratoryRow, ...], told: Told) -> None:
        super().__init__(
            parent,
            desk,
            tr("Under which certificate does a site test?"),
            tr("Tests (80000 to 89999) go out with its number. Without a number they are stopped."),
            width=520,
            verb=tr("Save"),
            keep=tr("Keep as it is"),
            told=told,
        )
        self._rows = {row.site_id: row for row in rows}
        self.site: Combo[int] = Combo(tuple((row.site_id, row.site) for row in rows))
        self.number = TextEdit(hint="38D2098765")
        self.kind: Combo[Certificate] = Combo(
            tuple((kind, tr(words)) for kind, words in _CERTIFICATES.items())
        )
        self.until = DateEdit()
        self.form.add("site_id", tr("&Site"), self.site)
        self.form.add("number", tr("CLIA &number"), self.number, span=5)
        self.form.add("valid_until", tr("&Valid until"), self.until, span=7)
        self.form.add("certificate", tr("&Certificate"), self.kind)
        self.site.chosen.connect(self._fill)
        self._fill()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> None:
        """An empty number takes the certificate off."""
        site_id, until = self.site.value(), self.until.value()
        if site_id is None:
            return
        number = self.number.value()
        if number and until is None:
            self.form.row("valid_until").set_error(tr("Enter the last day."))
            return
        certificate = (
            LaboratoryDraft(number, self.kind.value() or Certificate.WAIVER, until)
            if number and until
            else None
        )
        self.desk.do(self, self._saved, code_rules.set_laboratory, site_id=site_id, certificate=certificate)

    def _fill(self, _: object = None) -> None:
        row = self._rows.get(self.site.value() or 0)
        certificate = row.certificate if row else None
        self.number.set_value(certificate.number if certificate else "")
        self.until.set_value(certificate.valid_until if certificate else None)
        self.kind.set_value(certificate.certificate if certificate else Certificate.WAIVER)

    def _saved(self, _: object) -> None:
        self.close_with(tr("Saved the CLIA certificate"))


def _wanted(row: CodeRuleRow) -> Cell:
    draft = row.draft
    more = {
        CodeRuleKind.DIAGNOSIS: draft.diagnoses,
        CodeRuleKind.NOT_WITH: draft.other_codes,
        CodeRuleKind.INTERVAL: str(draft.days or ""),
    }
    return Cell(tr(_KINDS[draft.kind]), detail=more.get(draft.kind, ""))
