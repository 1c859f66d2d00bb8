"""A scanned form in the tray: found by its code, recorded with one key."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import papers, superbills
from frontdesk.services.records import paper, standing
from frontdesk.services.records.paper import Wanted
from frontdesk.services.records.standing import Standing
from frontdesk.services.records.tray import tray
from frontdesk.ui.desk import Desk
from frontdesk.ui.records.page import RecordsPage
from frontdesk.ui.records.scan_found import RecordScan
from tests.builders.billing import code_lists, visit
from tests.builders.records import library, received, sheet
from tests.builders.registration import patient
from tests.builders.scans import scanned
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> Iterator[RecordsPage]:
    library(file_office)
    made = RecordsPage(desk)
    qtbot.addWidget(made)
    made.bind_keys()
    made.resize(1160, 800)
    made.show()
    settle()
    yield made
    made.hide()
    settle()


def test_a_dropped_scan_is_recorded_by_its_code(
    page: RecordsPage, file_office: Office, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    form_id = library(file_office)["consent_to_treat"]
    print_ids = file_office.do(paper.print_forms, wanted=(Wanted(dani, form_id),))
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(scanned(file_office.ask(paper.printed_pdf, print_ids=print_ids), turned=90))
    page.bringing.take([scan])
    found = page.preview.scan
    qtbot.waitUntil(lambda: bool(found.found))
    assert found.isVisible()
    assert found.found[0].sentence.startswith("“Consent to treat” of Foster, Danielle")

    found.record()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordScan) and w.isVisible())
    dialog.signed_on.set_value(None)
    dialog._record()
    assert dialog.fields.row("signed_on").error == "Enter the day it was signed."
    dialog.signed_on.set_value(file_office.clock.now().date())
    dialog._record()
    qtbot.waitUntil(lambda: file_office.ask(tray) == ())
    settle()

    asked = file_office.ask(standing.required_for, patient_id=dani)
    assert {each.key: each.standing for each in asked}["consent_to_treat"] is Standing.SIGNED


def test_a_document_without_a_code_shows_nothing(
    page: RecordsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    received(file_office, sheet("No code"))
    qtbot.waitUntil(lambda: page.preview.opened is not None)
    settle()
    assert not page.preview.scan.isVisible()
    assert page.preview.scan.next_to_record() is None


def test_a_superbill_in_the_tray_is_taken_in_with_the_same_key(
    page: RecordsPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    code_lists(file_office)
    dani = patient(file_office, "Danielle", "Foster")
    bill = file_office.do(superbills.issue, appointment_id=visit(file_office, dani))
    received(
        file_office, scanned(file_office.ask(papers.superbill_pdf, superbill_id=bill)), arrived_as="s.jpg"
    )
    found = page.preview.scan
    qtbot.waitUntil(lambda: found.superbill.is_there)
    assert found.isVisible()
    assert found.superbill._said.text().startswith("Superbill SB-000001 of Foster, Danielle")
    found.record()
    qtbot.waitUntil(lambda: file_office.ask(tray) == ())
    settle()
    state = file_office.ask(superbills.sheet_of, superbill_id=bill).row.state
    assert state is superbills.SuperbillState.RETURNED
