"""The sites on the screen: changed, added, closed; refusals beside their fields, two desks at once."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.office import sites
from frontdesk.services.office.sites import SiteDraft
from frontdesk.ui.billing.setup_parts import PARTS as AT_BILLING
from frontdesk.ui.desk import Desk
from frontdesk.ui.office.sites_part import SiteDialog, SitesPart
from frontdesk.ui.shell.actions import ACTIONS
from frontdesk.ui.visit.setup_parts import PARTS as AT_THE_DESK
from tests.builders.office import npi, site
from tests.office import Office

Settle = Callable[[], None]
PIER = SiteDraft("Pier Clinic", "America/Los_Angeles", "9 Shore Road", "Salem", "OR", "97301-1830")


@pytest.fixture
def part(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> SitesPart:
    site(file_office)
    made = SitesPart(desk)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


def _dialog(part: SitesPart, settle: Settle) -> SiteDialog:
    settle()
    found = QApplication.activeModalWidget()
    assert isinstance(found, SiteDialog)
    return found


def test_a_site_is_changed_as_it_stands_on_paper(
    part: SitesPart, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    told: list[str] = []
    part.told.connect(told.append)
    part.change_button.click()
    dialog = _dialog(part, settle)
    assert dialog.texts["zip"].value() == "97204"
    dialog.texts["address2"].set_value("Suite 2")
    dialog.texts["zip"].set_value("97204-1234")
    dialog.texts["npi"].set_value(npi(7))
    dialog.zone.set_value("America/Denver")
    dialog.phone.setText("503 555 0102")
    dialog.save()
    settle()
    kept = file_office.ask(sites.sites)[0].draft
    assert (kept.address2, kept.zip, kept.npi) == ("Suite 2", "972041234", npi(7))
    assert (kept.zone, kept.phone) == ("America/Denver", "5035550102")
    assert told == ["Changed Harbor Point Family Medicine"]
    qtbot.waitUntil(lambda: "Suite 2" in str(part.model.index(0, 1).data()))


def test_each_refusal_stands_beside_its_field_and_nothing_typed_is_lost(
    part: SitesPart, file_office: Office, settle: Settle
) -> None:
    part.change_button.click()
    dialog = _dialog(part, settle)
    for name in ("name", "address1", "city"):
        dialog.texts[name].set_value("")
    dialog.texts["npi"].set_value("12")
    dialog.texts["place_of_service"].set_value("office")
    dialog.save()
    settle()
    assert {name: row.error for name, row in dialog.form.fields().items() if row.error} == {
        "name": "Type the site's name.",
        "address1": "Type the street address.",
        "city": "Type the city.",
        "npi": "This is no NPI: check its ten digits.",
        "place_of_service": "A place of service is two digits, 11 for an office.",
    }
    known = file_office.ask(sites.sites)[0]
    file_office.do(sites.edit_site, site_id=known.id, draft=replace(known.draft, address2="Suite 9"))
    for name in ("name", "address1", "city", "npi", "place_of_service"):
        dialog.texts[name].set_value(getattr(known.draft, name))
    dialog.texts["address2"].set_value("Suite 2")
    dialog.save()
    settle()
    assert dialog.banner.text.startswith("Another desk changed this site while you had it open.")
    assert file_office.ask(sites.sites)[0].draft.address2 == "Suite 9"
    dialog.reject()


def test_a_site_is_added_closed_and_opened_again(
    part: SitesPart, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    told: list[str] = []
    part.told.connect(told.append)
    assert not part.close_button.isVisible()
    part.close_or_open()
    settle()
    assert part.banner.text == "The main site cannot be closed."
    part.new()
    dialog = _dialog(part, settle)
    assert (dialog.zone.value(), dialog.texts["state"].value()) == ("America/Los_Angeles", "OR")
    for name in ("name", "address1", "city", "zip"):
        dialog.texts[name].set_value(getattr(PIER, name))
    dialog.save()
    settle()
    pier = file_office.ask(sites.sites)[1].id
    qtbot.waitUntil(lambda: part.table.choose(pier))
    part.close_button.click()
    settle()
    qtbot.waitUntil(lambda: part.close_button.text() == "Open site again")
    assert [each.id for each in file_office.ask(sites.sites)] == [site(file_office)]
    part.close_or_open()
    settle()
    qtbot.waitUntil(lambda: part.close_button.text() == "Close site")
    assert told == ["Added Pier Clinic", "Closed Pier Clinic", "Opened Pier Clinic again"]


def test_it_is_found_in_both_set_ups_and_by_its_words() -> None:
    for parts in (AT_THE_DESK, AT_BILLING):
        (found,) = (each for each in parts if each.name == "sites")
        assert found.permission == "office.edit"
        assert found.load() is SitesPart
    assert "sites" in [action.name for action in ACTIONS if action.page == "check_in_setup"]
