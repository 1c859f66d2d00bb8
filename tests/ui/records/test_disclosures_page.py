"""The disclosures page: entries by hand, corrections, requests for the accounting, what was sent."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.records import accounting, disclosures, suspensions
from frontdesk.services.records.disclosures import DisclosureDraft, Ground
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.records.disclosure_dialogs import AskDialog, EntryDialog, SuspendDialog, WhyDialog
from frontdesk.ui.records.disclosures_page import DisclosuresPage, Which
from frontdesk.ui.records.packet_send import SentPacket
from tests.builders.packets import ready, sent
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def page(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> DisclosuresPage:
    patient_id = patient(file_office)
    sent(file_office, ready(file_office, patient_id=patient_id))
    draft = DisclosureDraft(
        date(2026, 3, 10), "County Health", "Report by telephone", "Reportable disease", Ground.PUBLIC_HEALTH
    )
    file_office.do(disclosures.enter, patient_id=patient_id, draft=draft)
    made = DisclosuresPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: len(made.entries.rows()) == 2)
    settle()
    return made


def _dialog(kind: type[Dialog]) -> Dialog:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    assert len(found) == 1, f"{len(found)} of {kind.__name__}"
    return found[0]


def _choose(page: DisclosuresPage, recipient: str, settle: Settle) -> None:
    key = next(each.disclosure_id for each in page.entries.rows() if each.recipient == recipient)
    page.table.choose(key)
    settle()


def test_what_was_sent_is_opened_and_an_entry_corrected_and_struck(
    page: DisclosuresPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    _choose(page, "Rose City Legal LLP", settle)
    assert page.verbs["strike"].isHidden()
    page.act("sent")
    settle()
    packet = _dialog(SentPacket)
    assert isinstance(packet, SentPacket)
    assert packet.print_button.isEnabled()
    packet.reject()

    _choose(page, "County Health", settle)
    assert page.verbs["sent"].isHidden()
    page.act("correct")
    correcting = _dialog(EntryDialog)
    assert isinstance(correcting, EntryDialog)
    correcting.what.setText("Report by letter")
    correcting.save()
    qtbot.waitUntil(lambda: any(each.what == "Report by letter" for each in page.entries.rows()))
    settle()
    _choose(page, "County Health", settle)
    page.act("strike")
    why = _dialog(WhyDialog)
    assert isinstance(why, WhyDialog)
    why._then(why, "")
    settle()
    assert why.form.row("because").error == "Write why the entry is struck."
    why._then(why, "Another patient")
    qtbot.waitUntil(lambda: len(page.entries.rows()) == 1)
    settle()


def test_the_accounting_is_asked_for_and_given(
    page: DisclosuresPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    page.new_request()
    ask = _dialog(AskDialog)
    assert isinstance(ask, AskDialog)
    ask.save()
    assert ask.form.row("patient_id").error == "Choose the patient."
    ask.patient_id = page.entries.rows()[0].patient_id
    ask.by.setText("Danielle Foster")
    ask.save()
    settle()
    page.which.set_value(Which.ASKED)
    page.reload()
    qtbot.waitUntil(lambda: len(page.requests.rows()) == 1)
    settle()
    page._give(page.requests.rows()[0])
    qtbot.waitUntil(lambda: any(isinstance(w, PaperDialog) for w in QApplication.topLevelWidgets()))
    settle()
    _dialog(PaperDialog).reject()
    (asked,) = file_office.ask(accounting.asked)
    assert asked.given_on == date(2026, 3, 17)
    assert page.verbs["give"].isHidden()


def test_what_an_agency_suspends_is_said_and_ended(
    page: DisclosuresPage, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    patient_id = page.entries.rows()[0].patient_id
    draft = DisclosureDraft(
        date(2026, 3, 11), "Portland Police", "Address", "Warrant", Ground.LAW_ENFORCEMENT
    )
    file_office.do(disclosures.enter, patient_id=patient_id, draft=draft)
    page.reload()
    qtbot.waitUntil(lambda: len(page.entries.rows()) == 3)
    _choose(page, "Portland Police", settle)
    qtbot.waitUntil(lambda: not page.verbs["suspend"].isHidden())
    page.act("suspend")
    dialog = _dialog(SuspendDialog)
    assert isinstance(dialog, SuspendDialog)
    assert dialog.agency.value() == "Portland Police"
    dialog.by.setText("Sgt. Ortiz")
    dialog.start.set_value(date(2026, 3, 10))
    dialog.end.set_value(date(2026, 4, 1))
    dialog.save()
    qtbot.waitUntil(lambda: not page.verbs["resume"].isHidden())
    page.act("resume")
    qtbot.waitUntil(lambda: page.verbs["resume"].isHidden())
    (stated,) = file_office.ask(suspensions.suspensions, patient_id=patient_id)
    assert stated.ends_on == date(2026, 3, 16)
