"""The remittance policy in the set-up: what becomes of each reason, and which payers post by themselves."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import auto_post, remittance_policy
from frontdesk.services.billing.auto_post import AutoPostLevel, PayerLevel
from frontdesk.services.billing.remittance_policy import PolicyRow
from frontdesk.ui.billing.remittance_policy_dialogs import (
    LEVELS,
    TREATMENTS,
    EndDialog,
    LevelDialog,
    TreatDialog,
)
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.setup_part import SetupPart, says
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr


class RemittancePolicyPart(SetupPart):
    """Two tables: the reasons, and the payers with how far they are trusted."""

    topics = frozenset({"remittance_policy", "remittance_auto_post", "payer"})
    new_words = "New row"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payers: tuple[PayerLevel, ...] = ()
        self.model = TableModel[PolicyRow](
            [
                Column("Payer", _payer, width=180),
                Column("Reason", _reason, width=110),
                Column("What it means", lambda each: Cell(each.meaning, color="text-2")),
                Column("What becomes of it", lambda each: Cell(tr(TREATMENTS[each.treatment])), width=230),
                Column("From", lambda each: us_date(each.starts_on) if each.starts_on else "", width=100),
                Column("Until", lambda each: us_date(each.ends_on) if each.ends_on else "", width=100),
            ],
            key=_key,
        )
        self.table = Table(self.model, says=tr("Remittance policy"))
        ColumnFit(self.table, self.model.columns, least=170, first_to_go=("Until", "From"))
        self.table.opened.connect(self.end)
        self.level_model = TableModel[PayerLevel](
            [
                Column("Payer", lambda each: Cell(each.payer, role="strong"), width=260),
                Column("Posts by itself", _level),
            ],
            key=lambda each: each.payer_id,
        )
        self.level_table = Table(self.level_model, says=tr("Payers that post by themselves"))
        self.level_table.opened.connect(self.set_level)
        new = Button(tr("New row"), "primary", icon="plus", keys="Ctrl+N")
        new.clicked.connect(self.new)
        head = says(
            tr(
                "A payer's row goes before one for all payers, a row with a remark before one without, and "
                "the standard rules come last. A denial is never written off by itself, whatever stands here."
            ),
            new,
        )
        levels = says(
            tr(
                "A remittance posts by itself when it comes in only as far as its payer is trusted. Money "
                "taken back, a doubtful match and a sum that does not hold always wait for a person."
            )
        )
        whole = column(self.banner, head, self.table, levels, self.level_table, gap=0)
        whole.setStretchFactor(self.table, 3)
        whole.setStretchFactor(self.level_table, 2)
        self.setLayout(whole)

    def home(self) -> QWidget:
        return self.table

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("Enter", tr("End row, or set payer")), Key("Tab", tr("Payers")))

    def reload(self) -> None:
        self.desk.ask(self, self._show, remittance_policy.policy)
        self.desk.ask(self, self._show_levels, auto_post.levels)

    def new(self) -> None:
        """A row of the policy."""
        TreatDialog(self, self.desk, self._payers, self.told.emit).open()

    def end(self, chosen: PolicyRow) -> None:
        """The chosen row's last day; a standard rule is overridden by a row, not ended."""
        if chosen.id is None:
            TreatDialog(self, self.desk, self._payers, self.told.emit, code=chosen.code).open()
        else:
            EndDialog(self, self.desk, chosen, self.told.emit).open()

    def set_level(self, chosen: PayerLevel) -> None:
        """How far the chosen payer is trusted."""
        LevelDialog(self, self.desk, chosen, self.told.emit).open()

    def _show(self, found: tuple[PolicyRow, ...]) -> None:
        self.model.show(found)
        self.table.choose_one()

    def _show_levels(self, found: tuple[PayerLevel, ...]) -> None:
        self._payers = found
        self.level_model.show(found)
        self.level_table.choose_one()


def _key(each: PolicyRow) -> int | str:
    return each.id if each.id is not None else each.code


def _payer(each: PolicyRow) -> Cell:
    if each.id is None:
        return Cell(tr("Standard rule"), color="text-3")
    return Cell(each.payer or tr("All payers"), role="strong")


def _reason(each: PolicyRow) -> Cell:
    return Cell(f"{each.code} {each.remark}".strip(), role="strong")


def _level(each: PayerLevel) -> Cell:
    color = "text-3" if each.level is AutoPostLevel.NEVER else "text"
    return Cell(tr(LEVELS[each.level]), color=color)
