"""The fee schedules of the billing set-up."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.formats import fee_csv
from frontdesk.services.billing import fees
from frontdesk.ui.billing.fee_dialogs import FeeDialog, NewListDialog, PercentEdit, RaiseDialog
from frontdesk.ui.billing.fee_import import FeeImportDialog, RefusedFeesDialog
from frontdesk.ui.billing.fees_part import FeesPart
from frontdesk.ui.desk import Desk
from tests.builders.billing import code_lists
from tests.builders.registration import plan
from tests.office import Office

Settle = Callable[[], None]
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def part(file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[FeesPart]:
    """With the office's own list of four fees."""
    code_lists(file_office)
    plan(file_office)
    made = FeesPart(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    for _ in range(4):
        settle()
    yield made
    made.hide()
    settle()


def test_the_fees_of_a_list_are_shown_and_one_is_set(
    part: FeesPart, file_office: Office, desk: Desk, qtbot: QtBot
) -> None:
    shown = part.lists.current()
    assert shown is not None
    assert [line.code for line in part.model.rows()] == ["20610", "93000", "99213", "99214"]
    dialog = FeeDialog(part, desk, shown, part.model.rows()[2], part.told.emit)
    dialog.amount.set_value(13_500)
    with qtbot.waitSignal(part.told) as told:
        dialog.go()
    assert told.args == ["Set the fee of 99213 in Office fees"]
    qtbot.waitUntil(lambda: part.model.rows()[2].amount_cents == 13_500)
    assert file_office.ask(fees.amount, code="99213", on=desk.today) == 13_500


def test_all_fees_are_raised_from_a_preview(part: FeesPart, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    shown = part.lists.current()
    assert shown is not None
    dialog = RaiseDialog(part, desk, shown, part.told.emit, as_copy=False)
    dialog.percent.set_value(35)
    dialog.rounding.set_value(100)
    dialog.look()
    settle()
    assert [each.raised_cents for each in dialog.model.rows()] == [11900, 8300, 13500, 17100]
    with qtbot.waitSignal(part.told) as told:
        dialog.go()
    assert told.args == ["Set 4 fees of Office fees from 01/01/2027"]


def test_a_list_for_the_new_year_and_one_of_a_payer_are_opened(
    part: FeesPart, file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    shown = part.lists.current()
    assert shown is not None
    copy = RaiseDialog(part, desk, shown, part.told.emit, as_copy=True)
    copy.name.set_value("Office fees 2027")
    with qtbot.waitSignal(part.told):
        copy.go()
    new = NewListDialog(part, desk, part.told.emit)
    settle()
    new.name.set_value("BCBS contract")
    new.payer.set_value(file_office.made["payer:BCBS"])
    new.contract.setChecked(True)
    with qtbot.waitSignal(part.told):
        new.go()
    qtbot.waitUntil(lambda: len(part.lists_model.rows()) == 3)
    part.lists.choose(part.lists_model.rows()[2].id)
    qtbot.waitUntil(part.nothing.isVisible)


def test_a_file_of_fees_says_which_lines_it_refused(
    part: FeesPart, desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "fees.csv"
    path.write_text("code,fee\n99213,140\n99214,x\n")
    shown = part.lists.current()
    assert shown is not None
    dialog = FeeImportDialog(part, desk, shown, fee_csv.read_fees(path), part.told.emit)
    dialog.show()
    dialog.save()
    qtbot.waitUntil(lambda: part.window().findChild(RefusedFeesDialog) is not None)
    refused = part.window().findChild(RefusedFeesDialog)
    assert isinstance(refused, RefusedFeesDialog)
    assert refused.windowTitle() == "1 line was refused"
    assert refused.accessibleDescription() == "In Office fees: 1 set, 0 as they were."
    assert [each.reason for each in refused.model.rows()] == ["99214: “x” is not an amount."]
    refused.reject()
    path.write_text("a,b\n1,2\n")
    part.take_in(path)
    settle()
    assert part.banner.text.startswith("Line 1, column 1: columns named code and fee are expected.")


def test_a_percentage_has_one_decimal(qtbot: QtBot) -> None:
    edit = PercentEdit()
    qtbot.addWidget(edit)
    for typed, value in (("3.5", 35), ("-2%", -20), ("10", 100), ("1.1", 11)):
        edit.setText(typed)
        assert (edit.value(), edit.problem()) == (value, "")
    for typed in ("3.55", "nan", "much"):
        edit.setText(typed)
        assert edit.problem() == "A percentage with one decimal at most is expected: 3.5."
