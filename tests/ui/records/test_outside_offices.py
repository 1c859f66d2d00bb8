"""Offices outside in the set-up, on the patient's sheet, and as what a chart still waits for."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.records import amendments, asking_rules, outbound, outside, prior_providers
from frontdesk.services.records.amendments import AmendmentState, Decision
from frontdesk.services.records.filing import Category
from frontdesk.services.records.outbound import Way
from frontdesk.services.visit.patient_sheet import patient_sheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.outside_office import OfficeDialog
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.amendment_note import AmendmentNote
from frontdesk.ui.records.asking_part import AskingPart, DaysDialog
from frontdesk.ui.records.waiting_card import WaitingCard
from frontdesk.ui.registration.sheet_priors import PriorDialog, PriorsCard
from tests.builders.asking import amendment, asked, cascade
from tests.builders.office import site
from tests.builders.records import filed
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]
D = TypeVar("D", bound=Dialog)


def opened(kind: type[D]) -> D:
    """The dialog of this kind that is open."""
    (found,) = (
        each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
    )
    return found


def test_the_directory_and_its_days_are_kept_in_the_set_up(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    cascade(file_office)
    part = AskingPart(desk)
    qtbot.addWidget(part)
    part.resize(900, 600)
    part.show()
    settle()
    assert part.said.text().startswith("First call 5 days after sending")
    part.edit()
    office = opened(OfficeDialog)
    assert office.fax.value() == "5035550178"
    office.attention.set_value("R. Singh")
    office.save.click()
    settle()
    part.edit_days()
    days = opened(DaysDialog)
    days.first.set_value(7)
    days.to.set_value("Maria Hess")
    days.save.click()
    settle()
    assert file_office.ask(asking_rules.asking).first_after_days == 7
    assert part.retire_button.text() == "Retire"
    part.retire_button.click()
    settle()
    assert file_office.ask(outside.offices) == ()
    qtbot.waitUntil(lambda: part.retire_button.text() == "Bring back")
    part.retire()
    settle()
    assert file_office.ask(outside.offices)[0].draft.attention == "R. Singh"


def test_the_first_office_is_added_by_a_verb_in_sight(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    site(file_office)
    part = AskingPart(desk)
    qtbot.addWidget(part)
    part.show()
    settle()
    assert not part.table.isVisible()
    assert not part.change_button.isVisible()
    part.new_button.click()
    office = opened(OfficeDialog)
    office.name.set_value("Willamette Labs")
    office.fax.setText("503 555 0142")
    office.save.click()
    settle()
    qtbot.waitUntil(part.table.isVisible)
    assert part.change_button.isVisible()


def test_prior_providers_stand_on_the_sheet_and_lead_to_a_request(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    walter = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    cascade(file_office)
    card = PriorsCard(desk)
    qtbot.addWidget(card)
    card.resize(900, 300)
    card.show()
    card.show_sheet(file_office.ask(patient_sheet, patient_id=walter))
    settle()
    card.add()
    settle()
    dialog = opened(PriorDialog)
    dialog.save.click()
    settle()
    assert dialog.form.row("office_id").error == "Choose the office from the directory, or add it there."
    dialog.office.set_value(cascade(file_office))
    dialog.who.set_value("L. Whitcomb, MD")
    dialog.seen_until.set_value(date(2026, 3, 12))
    dialog.holds[Category.HOSPITAL].setChecked(True)
    dialog.save.click()
    settle()
    (prior,) = file_office.ask(prior_providers.priors, patient_id=walter)
    assert prior.draft.holds == (Category.HOSPITAL,)
    qtbot.waitUntil(lambda: card.model.rowCount() == 1)
    with qtbot.waitSignal(card.go) as led:
        card.ask_button.click()
    assert led.args == [
        "records_requests",
        Errand("request_records", patient_id=walter, typed="outbound"),
    ]
    card.table.choose_first()
    card.off_button.click()
    settle()
    assert file_office.ask(prior_providers.priors, patient_id=walter) == ()


def test_a_chart_says_what_it_waits_for_and_a_document_what_was_amended(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    walter = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    card = WaitingCard(desk)
    qtbot.addWidget(card)
    card.show_patient(walter)
    settle()
    assert card.isHidden()
    request = asked(file_office, walter, "Sputum culture", "Chest X-ray")
    file_office.do(outbound.note_sent, request_id=request.request_id, way=Way.FAX)
    card.reload_soon()
    settle()
    assert (card.count.text(), card.what.text()) == ("2", "Sputum culture and 1 more")
    assert card.who.text() == "Cascade General, by 04/13/26"
    with qtbot.waitSignal(card.go) as led:
        card.open_button.click()
    assert led.args == [
        "records_requests",
        Errand("records_requests", about_id=request.request_id, typed="outbound"),
    ]
    card.show_patient(None)
    assert card.isHidden()

    note = filed(file_office, walter, "Cough, 3 weeks")
    amended = amendment(file_office, walter, note).request_id
    accepted = Decision(AmendmentState.ACCEPTED, accepted="Never smoked.")
    file_office.do(amendments.decide, request_id=amended, decision=accepted)
    shown = AmendmentNote(desk)
    qtbot.addWidget(shown)
    shown.show_document(note)
    settle()
    assert shown.banner.text == "Amended 03/17/2026 (ROI-0002): Never smoked."
    shown.show_document(None)
    assert shown.banner.text == ""
