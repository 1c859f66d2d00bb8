"""Which payers take their claims on paper, as a part of the billing set-up."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import paper_payers
from frontdesk.services.billing.paper_payers import PaperForm, PaperRule, PayerOnPaper
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.billing.printer_offset import PrinterDialog, PrinterOffset, offset_edits
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Toolbar, column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.setup_part import SetupPart
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

_FILE = "file"
_WAYS = ((_FILE, "In a file"), (PaperForm.RED.value, "Red form"), (PaperForm.PLAIN.value, "Drawn form"))
_WORDS = {PaperForm.RED: "on the red form", PaperForm.PLAIN: "on white paper, form drawn"}


class PaperPart(SetupPart):
    """Enter changes how a payer takes its claims, T prints the test page, S sets this computer's printer."""

    topics = frozenset({"paper_payer", "payer", "claim"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.offset = PrinterOffset()
        self.model = TableModel[PayerOnPaper](
            [
                Column("Payer", lambda each: Cell(each.payer, role="strong")),
                Column("Claims go", _way, width=210),
                Column("Moved", _moved, width=150),
                Column("Ready", lambda each: str(each.ready) if each.ready else "", width=70, align="right"),
            ],
            key=lambda each: each.payer_id,
        )
        self.table = Table(self.model, says=tr("Payers and how they take claims"))
        ColumnFit(self.table, self.model.columns, least=170, first_to_go=("Moved",))
        self.table.opened.connect(self.edit)
        self._printer = EndingLabel("", "secondary", "text-2")
        change = Button(tr("Change"), icon="pencil", keys="Enter")
        change.clicked.connect(self.edit)
        page = Button(tr("Test page"), icon="printer", keys="T")
        page.clicked.connect(self.print_test_page)
        mine = Button(tr("This printer"), icon="settings-2", keys="S")
        mine.clicked.connect(self.set_printer)
        bar = Toolbar()
        bar.add_left(self._printer)
        bar.add(mine, page, change)
        self.setLayout(column(bar, self.banner, self.table, gap=0))

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("Change how a payer takes claims")),
            Key("T", tr("Print the test page"), self.on_list(self.print_test_page)),
            Key("S", tr("Set this computer's printer"), self.on_list(self.set_printer)),
        )

    def reload(self) -> None:
        self._say_printer()
        self.desk.ask(self, self._show, paper_payers.paper_list)

    def edit(self, _: object = None) -> None:
        """How the chosen payer takes its claims."""
        if (chosen := self.table.current()) is not None:
            PaperRuleDialog(self, self.desk, chosen, self.told.emit).open()

    def print_test_page(self) -> None:
        """Marks to lay over a red form, moved as this computer's printer moves them."""
        dialog = PaperDialog(self, self.desk, tr("CMS-1500 test page"), "cms1500-test.pdf", actual_size=True)
        dialog.open()
        self.desk.ask(
            dialog,
            dialog.show_pdf,
            paper_payers.alignment_page,
            right=self.offset.right,
            down=self.offset.down,
        )

    def set_printer(self) -> None:
        dialog = PrinterDialog(self, self.offset)
        dialog.accepted.connect(self._say_printer)
        dialog.open()

    def _say_printer(self) -> None:
        said = self.offset.said() or tr("not moved")
        self._printer.setText(tr("This computer's printer: {said}", said=said))

    def _show(self, found: tuple[PayerOnPaper, ...]) -> None:
        self.model.show(found)
        self.table.choose_one()


class PaperRuleDialog(ActDialog):
    """In a file, on the red form, or drawn; and how far the letters move for this payer."""

    def __init__(
        self, parent: QWidget, desk: Desk, shown: PayerOnPaper, told: Callable[[str], object]
    ) -> None:
        super().__init__(
            parent,
            desk,
            tr("How does {payer} take its claims?", payer=shown.payer),
            tr("Payers that read by machine take the red form only; the drawn one is for who takes copies."),
            icon="printer",
            width=520,
            verb=tr("Save"),
            keep=tr("Keep as it was"),
            told=told,
        )
        self._shown = shown
        rule = shown.rule
        self.way: Segmented[str] = Segmented(
            tuple((name, tr(words)) for name, words in _WAYS), says=tr("How claims go"), fills=True
        )
        self.way.set_value(_FILE if rule is None else rule.form.value)
        self.form.add("form", tr("Claims go"), self.way, span=12)
        self.right, self.down = offset_edits(self.form, rule.right if rule else 0, rule.down if rule else 0)
        self.way.chosen.connect(self._allow)
        self._allow()
        self.way.setFocus()

    def act(self) -> None:
        way = self.way.value()
        rule = (
            None
            if way == _FILE
            else PaperRule(PaperForm(way), self.right.value() or 0, self.down.value() or 0)
        )
        self.desk.do(self, self._saved, paper_payers.set_paper, payer_id=self._shown.payer_id, rule=rule)

    def _allow(self, _: object = None) -> None:
        on_paper = self.way.value() != _FILE
        self.right.setEnabled(on_paper)
        self.down.setEnabled(on_paper)

    def _saved(self, _: object) -> None:
        self.close_with(tr("Changed how {payer} takes its claims", payer=self._shown.payer))


def _way(each: PayerOnPaper) -> str | Cell:
    if each.rule is None:
        return Cell(tr("in a file"), color="text-3")
    return tr(_WORDS[each.rule.form])


def _moved(each: PayerOnPaper) -> str:
    if each.rule is None or not (each.rule.right or each.rule.down):
        return ""
    return tr("{right} right, {down} down", right=each.rule.right, down=each.rule.down)
