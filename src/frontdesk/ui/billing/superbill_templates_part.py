"""Set-up: what stands on the superbills, by provider and specialty, from which day on."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Refused
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import superbill_templates
from frontdesk.services.billing.superbill_templates import TemplateDraft, TemplateView
from frontdesk.services.office import providers
from frontdesk.services.office.providers import ProviderView
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, NoteEdit, TextEdit
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, says
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr

Whose = tuple[int | None, str]
"""A provider, or a specialty's code; neither for everybody."""


class SuperbillTemplatesPart(SetupPart):
    """Every version that stands; Enter writes the next one, Delete withdraws."""

    topics = frozenset({"superbill_template", "provider", "resource"})
    new_words = "New template"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._providers: tuple[ProviderView, ...] = ()
        self.model = TableModel[TemplateView](
            [
                Column("For", lambda each: Cell(each.whose, role="strong"), width=180),
                Column("Template", lambda each: each.draft.name, width=220),
                Column("From", lambda each: us_date(each.draft.effective_on), width=110),
                Column("State", _state, width=120),
                Column("Sections", _sections),
                Column("Written by", lambda each: Cell(each.written_by, color="text-2"), width=160),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Superbill templates"))
        ColumnFit(self.table, self.model.columns, least=170, first_to_go=("Written by", "From", "State"))
        self.table.opened.connect(self.edit)
        new = Button(tr("New template"), "primary", icon="plus", keys="Ctrl+N")
        new.clicked.connect(self.new)
        head = says(
            tr(
                "A provider's own template goes before that of the specialty, and that before the one for "
                "everybody. Without any, a superbill shows the office's favorite codes."
            ),
            new,
        )
        self.setLayout(column(self.banner, head, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Return", tr("Write the next version")), Key("Delete", tr("Withdraw"), self.withdraw))

    def reload(self) -> None:
        self.desk.ask(self, self._show_providers, providers.providers)
        self.desk.ask(self, self._show, superbill_templates.templates)

    def new(self) -> None:
        """Ctrl+N."""
        TemplateDialog(self, self.desk, self._providers, self.told.emit).open()

    def edit(self, chosen: TemplateView) -> None:
        """The next version begins as the chosen one stands."""
        TemplateDialog(self, self.desk, self._providers, self.told.emit, chosen).open()

    def withdraw(self) -> None:
        """Delete: the version before it holds again."""
        chosen = self.table.current()
        if chosen is not None:
            self.clear_complaints()
            self.desk.do(self, self._withdrawn, superbill_templates.withdraw, template_id=chosen.id)

    def _withdrawn(self, _: None) -> None:
        self.told.emit(tr("Withdrew the template"))

    def _show(self, found: tuple[TemplateView, ...]) -> None:
        self.model.show(found)
        self.table.choose_one()

    def _show_providers(self, found: tuple[ProviderView, ...]) -> None:
        self._providers = found


class TemplateDialog(ActDialog):
    """Name, for whom, from when, and the sections as text, one a line."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        known: tuple[ProviderView, ...],
        told: Callable[[str], object],
        before: TemplateView | None = None,
    ) -> None:
        super().__init__(
            parent,
            desk,
            tr("Superbill template"),
            tr("Sheets that are printed already stay as they are. No sections at all end the template."),
            icon="receipt-text",
            width=640,
            verb=tr("Save"),
            told=told,
        )
        self.name = TextEdit(hint=tr("Family medicine"))
        self.whose: Combo[Whose] = Combo(_whose(known))
        self.effective_on = DateEdit()
        self.effective_on.set_value(desk.today)
        self.sections = NoteEdit(hint=tr("Office visits: 99212 99213 99214"), lines=10)
        if before is not None:
            self.name.set_value(before.draft.name)
            self.whose.set_value((before.draft.provider_id, before.draft.taxonomy))
            self.sections.set_value(superbill_templates.written(before.draft.sections))
        self.form.add("name", tr("Name"), self.name, span=5)
        self.form.add("whose", tr("For"), self.whose, span=4)
        self.form.add("effective_on", tr("From"), self.effective_on, span=3)
        self.form.add("sections", tr("Sections, one a line: a head, a colon, its codes"), self.sections)
        self.name.setFocus()

    def act(self) -> None:
        on = self.effective_on.value()
        if on is None:
            self.form.row("effective_on").set_error(tr("Enter the day from which it holds."))
            return
        try:
            sections = superbill_templates.parsed(self.sections.value())
        except Refused as no:
            self.form.show_findings(no.findings)
            return
        provider_id, taxonomy = self.whose.value() or (None, "")
        draft = TemplateDraft(self.name.value(), on, sections, provider_id, taxonomy)
        self.desk.do(self, self._saved, superbill_templates.write, draft=draft)

    def _saved(self, _: int) -> None:
        self.close_with(tr("Saved the template"))


def _whose(known: tuple[ProviderView, ...]) -> tuple[tuple[Whose, str], ...]:
    by_specialty: dict[str, list[str]] = {}
    for each in known:
        if each.draft.taxonomy:
            by_specialty.setdefault(each.draft.taxonomy, []).append(each.short_name)
    specialties = tuple(
        ((None, code), tr("Specialty {code} ({names})", code=code, names=", ".join(names)))
        for code, names in sorted(by_specialty.items())
    )
    everybody: tuple[tuple[Whose, str], ...] = (((None, ""), tr("Everybody")),)
    return everybody + specialties + tuple(((each.id, ""), each.short_name) for each in known)


def _state(each: TemplateView) -> Cell:
    if each.is_current:
        return Cell(tr("In use") if each.draft.sections else tr("Ended"), color="text")
    return Cell(tr("Not in use"), color="text-3")


def _sections(each: TemplateView) -> Cell:
    codes = sum(len(section.codes) for section in each.draft.sections)
    names = ", ".join(section.title for section in each.draft.sections)
    return Cell(
        f"{names} ({counted(codes, '{count} code', '{count} codes')})" if names else "–", color="text-2"
    )
