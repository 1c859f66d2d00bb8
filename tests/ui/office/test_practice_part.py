"""The practice is changed after the first set-up: refusals beside their fields, undo, two desks at once."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.services.office import practice
from frontdesk.ui.billing.setup_parts import PARTS as AT_BILLING
from frontdesk.ui.desk import Desk
from frontdesk.ui.office.practice_part import PracticePart
from frontdesk.ui.shell.actions import ACTIONS
from frontdesk.ui.visit.setup_parts import PARTS as AT_THE_DESK
from tests.builders.office import HARBOR_POINT, site
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def part(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> PracticePart:
    site(file_office)
    made = PracticePart(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


def test_it_shows_what_is_saved_as_it_is_written_on_paper(part: PracticePart) -> None:
    assert part.form.text("name").value() == "Harbor Point Family Medicine"
    assert part.form.text("tax_id").value() == "93-1234567"
    assert part.form.phone.text() == "(503) 555-0100"
    assert part.form.zone.currentText() == "Pacific (Los Angeles)"
    assert part.form.lock_after.value() == 5


def test_it_is_changed_and_goes_back(
    part: PracticePart, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    told: list[str] = []
    part.told.connect(told.append)
    before = file_office.ask(practice.practice)
    part.form.text("name").set_value("Harbor Point Clinic")
    part.form.text("tax_id").set_value("123-45-6789")
    part.form.is_ssn.setChecked(True)
    part.form.fax.setText("503 555 0101")
    part.form.zone.set_value("America/Denver")
    part.form.lock_after.set_value(10)
    part.save()
    settle()
    kept = file_office.ask(practice.practice).draft
    assert (kept.name, kept.tax_id, kept.tax_id_is_ssn) == ("Harbor Point Clinic", "123456789", True)
    assert (kept.fax, kept.zone, kept.lock_after_minutes) == ("5035550101", "America/Denver", 10)
    assert told == ["Changed the practice"]
    assert str(file_office.database.zone) == "America/Denver"
    qtbot.waitUntil(lambda: part.form.fax.text() == "(503) 555-0101")
    file_office.do(practice.edit_practice, draft=before.draft)
    qtbot.waitUntil(lambda: part.form.text("tax_id").value() == "93-1234567")
    assert str(file_office.database.zone) == "America/Los_Angeles"


def test_each_refusal_stands_beside_its_field(part: PracticePart, settle: Settle) -> None:
    for name, typed in {
        "name": "",
        "npi": "1234567890",
        "tax_id": "12",
        "taxonomy": "207",
        "address1": "",
        "city": "x" * 81,
        "state": "ZZ",
        "zip": "9720",
        "email": "front desk",
    }.items():
        part.form.text(name).set_value(typed)
    part.save()
    settle()
    assert {name: row.error for name, row in part.form.fields().items() if row.error} == {
        "name": "Type the practice's name.",
        "npi": "This is no NPI: check its ten digits.",
        "tax_id": "A tax ID has nine digits.",
        "taxonomy": "A taxonomy code has ten characters and ends in X.",
        "address1": "Type the street address.",
        "city": "At most 80 characters are kept. Shorten it.",
        "state": "Type the state's two letters.",
        "zip": "A ZIP code has five or nine digits.",
        "email": "This is no e-mail address.",
    }


def test_another_desk_was_first_and_nothing_typed_is_lost(
    part: PracticePart, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    part.form.text("address2").set_value("Suite 200")
    file_office.do(practice.edit_practice, draft=replace(HARBOR_POINT, name="Harbor Point Clinic"))
    settle()
    part.save()
    settle()
    assert part.banner.text.startswith("Another desk changed this practice while you had it open.")
    assert part.form.text("address2").value() == "Suite 200"
    assert file_office.ask(practice.practice).draft.address2 == ""
    part.restore()
    qtbot.waitUntil(lambda: part.form.text("name").value() == "Harbor Point Clinic")
    part.form.text("address2").set_value("Suite 200")
    part.save()
    settle()
    assert file_office.ask(practice.practice).draft.address2 == "Suite 200"


def test_it_is_found_in_both_set_ups_and_by_its_words() -> None:
    for parts in (AT_THE_DESK, AT_BILLING):
        (found,) = (each for each in parts if each.name == "practice")
        assert found.permission == "office.edit"
        assert found.load() is PracticePart
    assert "practice" in [action.name for action in ACTIONS if action.page == "check_in_setup"]
