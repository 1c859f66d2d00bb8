"""Tables and lists: what is shown, what stays chosen, what is told."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.checklist import Checklist, Step
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.label import Badge
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown, show_instead
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Claim:
    number: int
    patient: str
    cents: int


CLAIMS = (Claim(3, "Ramos", 300), Claim(1, "Achebe", 100), Claim(2, "Castillo", 200))
COLUMNS = (
    Column[Claim]("Claim", lambda claim: str(claim.number), width=60, sort_by=lambda claim: claim.number),
    Column[Claim]("Patient", lambda claim: Cell(claim.patient, "strong", detail="today")),
    Column[Claim]("Charge", lambda claim: str(claim.cents), align="right", width=80),
)


def table_of(qtbot: QtBot) -> tuple[TableModel[Claim], Table[Claim]]:
    model = TableModel(COLUMNS, key=lambda claim: claim.number)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table = Table(model, says="Claims")
    qtbot.addWidget(table)
    table.show()
    return model, table


def test_the_chosen_row_stays_chosen_when_the_answer_comes_again(qtbot: QtBot) -> None:
    model, table = table_of(qtbot)
    model.show(CLAIMS)
    table.choose(1)
    model.show(tuple(reversed(CLAIMS)))
    assert table.current() == Claim(1, "Achebe", 100)
    model.show(CLAIMS[:1])
    assert table.current() is None


def test_a_table_tells_what_is_chosen_and_opened(qtbot: QtBot) -> None:
    model, table = table_of(qtbot)
    model.show(CLAIMS)
    with qtbot.waitSignal(table.chosen) as chosen:
        table.choose(2)
    assert chosen.args == [CLAIMS[2]]
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [CLAIMS[2]]


def test_the_bar_of_the_chosen_row_stays_where_the_first_column_gives_way(qtbot: QtBot) -> None:
    model, table = table_of(qtbot)
    model.show(CLAIMS)
    table.choose(1)
    table.setColumnHidden(0, True)
    middle = table.visualRect(model.index(1, 1)).center().y()
    assert table.viewport().grab().toImage().pixelColor(1, middle) == theme().color("accent")


def test_the_keyboard_passes_over_the_lines_of_groups(qtbot: QtBot) -> None:
    model, table = table_of(qtbot)
    model.show_groups(((Group("Needs fix", "1 claim"), CLAIMS[:1]), (Group("Denied"), CLAIMS[1:])))
    table.choose(3)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current() == CLAIMS[1]
    assert model.at(0) is None
    assert table.columnSpan(0, 0) == 3


def test_a_table_follows_another_scale(qtbot: QtBot) -> None:
    model, table = table_of(qtbot)
    model.show_groups(((Group("Needs fix", "1 claim"), CLAIMS[:1]), (Group("Denied"), CLAIMS[1:])))
    table.keep_rows(2)

    def heights() -> tuple[int, ...]:
        head = table.horizontalHeader().height()
        return (table.rowHeight(0), table.rowHeight(1), head, table.columnWidth(0), table.minimumHeight())

    assert heights() == (26, 30, 28, 60, 88)
    theme().use(scale=200)
    assert heights() == (52, 60, 56, 120, 176)
    theme().use(scale=100)
    assert heights() == (26, 30, 28, 60, 88)


def test_an_amount_is_never_cut_and_quieter_columns_give_way(qtbot: QtBot) -> None:
    model, table = table_of(qtbot)
    ColumnFit(table, COLUMNS, least=120, first_to_go=("Claim",))
    table.resize(280, 200)
    model.show(CLAIMS)
    assert (table.columnWidth(2), table.isColumnHidden(0)) == (80, False)
    model.show((*CLAIMS, Claim(4, "Ramos", 123_456_789_012)))
    assert table.columnWidth(2) > 80
    assert table.isColumnHidden(0)
    model.show(CLAIMS)
    assert (table.columnWidth(2), table.isColumnHidden(0)) == (80, False)


def test_a_head_sorts_by_what_its_column_names(qtbot: QtBot) -> None:
    model, table = table_of(qtbot)
    model.show(CLAIMS)
    table.horizontalHeader().sectionClicked.emit(0)
    assert [claim.number for claim in model.rows()] == [1, 2, 3]
    table.horizontalHeader().sectionClicked.emit(0)
    assert [claim.number for claim in model.rows()] == [3, 2, 1]
    model.show(CLAIMS)
    assert [claim.number for claim in model.rows()] == [3, 2, 1]


def test_a_cell_is_read_with_all_its_parts(qtbot: QtBot) -> None:
    model, _ = table_of(qtbot)
    model.show(CLAIMS)
    assert model.index(0, 1).data() == "Ramos today"


def test_a_list_is_painted_and_keeps_its_choice(qtbot: QtBot) -> None:
    model = ListModel[Claim](
        lambda claim: Item(
            claim.patient,
            lines=((Words("Lee, migraine"), Words("Copay", "warn-tx", "circle-dollar-sign", "warn")),),
            lead="10:45",
            chip="Late",
            trailing=Words("27 min late", "block-tx"),
        ),
        key=lambda claim: claim.number,
    )
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = RowList(model, says="Expected")
    qtbot.addWidget(rows)
    rows.show()
    model.show(CLAIMS)
    rows.choose(1)
    model.show(tuple(reversed(CLAIMS)))
    assert rows.current() == CLAIMS[1]
    assert not rows.grab().isNull()
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "10:45, Castillo, Lee, migraine, Copay, 27 min late, Late"


def test_a_checklist_tells_the_step_that_is_gone_to(qtbot: QtBot) -> None:
    steps = Checklist(says="Steps")
    qtbot.addWidget(steps)
    steps.show_steps(
        (Step("identity", "Identity", "Photo ID", "done"), Step("payment", "Payment", "$30.00 copay"))
    )
    QAbstractItemModelTester(steps.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignal(steps.chosen) as chosen:
        steps.choose("payment")
    assert chosen.args == ["payment"]
    said = steps.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "2, Payment, open, $30.00 copay"


def test_no_part_flashes_up_as_a_window_before_it_has_its_place(qtbot: QtBot) -> None:
    parts = (Badge(3), Banner("warn", "Eligibility was last checked 15 days ago."), Chip("Active", "ok"))
    for part in parts:
        qtbot.addWidget(part)
        assert not part.isVisible()
    parts[1].hide()
    parts[1].say("info", "Terminal 2 is ready.")
    page = Frame("surface", column(*parts))
    qtbot.addWidget(page)
    page.show()
    assert all(part.isVisible() for part in parts)


def test_the_focus_goes_to_what_takes_the_place_of_a_list(qtbot: QtBot) -> None:
    table = Table(TableModel(COLUMNS, key=lambda claim: claim.number), says="Claims")
    nothing, other = EmptyState("inbox", "No visit", action="New visit"), Button("Elsewhere")
    whole = QWidget()
    whole.setLayout(column(other, table, nothing))
    set_shown(nothing, False)
    qtbot.addWidget(whole)
    whole.show()
    table.setFocus()
    show_instead(nothing, table)
    assert nothing.isVisible()
    assert not table.isVisible()
    focus = whole.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "New visit"
    show_instead(table, nothing)
    assert whole.focusWidget() is table
    nothing.say("inbox", "No visit", "The next one is at 11:00.")
    show_instead(nothing, table)
    assert whole.focusWidget() is nothing
    assert nothing.accessibleName() == "No visit. The next one is at 11:00."
    whole.grab()
    other.setFocus()
    show_instead(table, nothing)
    assert whole.focusWidget() is other
