"""The favourites and the drugs of the billing set-up, and a drug's package at charge entry."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import code_favourites, drugs, superbills
from frontdesk.services.billing.code_favourites import FavouriteKind
from frontdesk.services.billing.drugs import DrugDraft, DrugUnit
from frontdesk.ui.billing.drugs_part import DrugDialog, DrugsPart
from frontdesk.ui.billing.favourites_part import FavouritesPart
from frontdesk.ui.billing.service_rows import ServiceRows
from frontdesk.ui.desk import Desk
from tests.builders.billing import code_lists, visit
from tests.builders.office import provider
from tests.builders.registration import danielle
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def practice(file_office: Office) -> Office:
    code_lists(file_office)
    provider(file_office)
    return file_office


def test_a_favourite_is_found_added_and_removed(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    part = FavouritesPart(desk)
    qtbot.addWidget(part)
    part.show()
    qtbot.waitUntil(part.nothing.isVisible)
    part._search("migraine")
    for _ in range(4):
        settle()
    assert part._found[0].value == (FavouriteKind.DIAGNOSIS, "G43.909")
    with qtbot.waitSignal(part.told) as told:
        part._add((FavouriteKind.DIAGNOSIS, "G43.909"))
    assert told.args == ["Added G43.909 to the favorites"]
    qtbot.waitUntil(part.table.isVisible)
    part.remove()
    qtbot.waitUntil(part.nothing.isVisible)
    assert practice.ask(code_favourites.favourites, provider_id=provider(practice)) == ()
    part.hide()


def test_a_package_is_kept_and_switched_off(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    part = DrugsPart(desk)
    qtbot.addWidget(part)
    part.show()
    qtbot.waitUntil(part.nothing.isVisible)
    dialog = DrugDialog(part, desk, part.told.emit)
    dialog.code.set_value("20610")
    dialog.ndc.set_value("9999-1100")
    dialog.name.set_value("Made up 4 MG/ML")
    dialog.quantity.setText("0.2555")
    dialog.go()
    assert dialog.form.row("quantity").error == "A quantity with three decimals at most is expected: 0.25."
    dialog.quantity.set_value(250)
    dialog.go()
    qtbot.waitUntil(lambda: bool(dialog.form.row("ndc").error))
    assert dialog.form.row("ndc").error == (
        "Enter the NDC as on the package, with its hyphens, or all eleven digits."
    )
    dialog.ndc.set_value("99999-1100-01")
    with qtbot.waitSignal(part.told) as told:
        dialog.go()
    assert told.args == ["Added Made up 4 MG/ML"]
    qtbot.waitUntil(lambda: len(part.model.rows()) == 1)
    part.switch()
    qtbot.waitUntil(lambda: not part.model.rows()[0].is_active)
    part.hide()
    settle()


def test_of_several_packages_one_is_chosen_at_charge_entry(
    practice: Office, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    for ndc, name in (("99999-1100-01", "Small"), ("99999-1100-02", "Large")):
        draft = DrugDraft("20610", ndc, name, DrugUnit.MILLILITRE, 250)
        practice.do(drugs.add_drug, draft=draft)
    bill = practice.do(superbills.issue, appointment_id=visit(practice, danielle(practice)))
    rows = ServiceRows(desk)
    qtbot.addWidget(rows)
    rows.show()
    rows.show_lines(bill, (), read_only=False)
    rows.take("20610")
    qtbot.waitUntil(lambda: len(rows.lines()) == 1)
    assert rows.lines()[0].ticked().ndc == ""
    chosen = rows.package(0)
    chosen.set_value("99999110002")
    chosen.chosen.emit("99999110002")
    assert rows.lines()[0].ticked().ndc == "99999110002"
    rows.hide()
    settle()
