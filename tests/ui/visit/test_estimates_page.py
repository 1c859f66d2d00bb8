"""Estimates from the list: written, printed, noted as given; asked for without a visit."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import estimate_list, estimate_rules, estimates, expected_codes
from frontdesk.services.billing.estimate_list import Standing
from frontdesk.services.billing.estimates import EstimateWay
from frontdesk.services.schedule import booking
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.visit.estimate_dialog import EstimateDialog
from frontdesk.ui.visit.estimate_given import GivenDialog
from frontdesk.ui.visit.estimate_rules_dialog import EstimateRulesDialog
from frontdesk.ui.visit.estimates_page import EstimatesPage
from tests.builders.billing import code_lists
from tests.builders.office import provider
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def walter(file_office: Office) -> int:
    """He has no insurance, and a visit is booked for next week."""
    code_lists(file_office)
    who = patient(file_office, "Walter", "Harris")
    made = file_office.do(
        expected_codes.set_up,
        visit_type_id=None,
        draft=VisitTypeDraft("Heart check", 30),
        expected=("99213", "93000"),
    )
    file_office.do(
        booking.book,
        patient_id=who,
        slot=Slot(provider(file_office), datetime(2026, 3, 26, 11)),
        visit_type_id=made.visit_type_id,
        override_reason="A test needs this visit",
    )
    return who


@pytest.fixture
def page(desk: Desk, walter: int, qtbot: QtBot, settle: Settle) -> EstimatesPage:
    made = EstimatesPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 820)
    made.show()
    settle()
    return made


def dialog(page: EstimatesPage, kind: type[Dialog]) -> Dialog:
    """The one of this kind that is open."""
    return next(each for each in page.window().findChildren(kind) if each.isVisible())


def standings(office: Office) -> list[Standing]:
    return [line.standing for line in office.ask(estimate_list.work_list, with_given=True)]


def test_an_estimate_is_written_printed_and_gone_from_the_list(
    page: EstimatesPage, file_office: Office, settle: Settle
) -> None:
    assert page.detail.act.text() == "Write estimate…"
    page.open_chosen()
    settle()
    asked = dialog(page, EstimateDialog)
    assert isinstance(asked, EstimateDialog)
    assert [line.code.value() for line in asked._lines] == ["99213", "93000", "", ""]
    assert asked._total.text() == "$210.00"
    asked._lines[1].units.setText("2")
    asked._lines[1].units.editingFinished.emit()
    settle()
    assert asked._total.text() == "$290.00"
    asked._lines[2].code.setText("99999")
    asked._write()
    settle()
    assert asked.banner.text == "99999 is not among the office's codes. Add or import it first."
    asked._lines[2].code.setText("")
    asked._write()
    settle()
    paper = dialog(page, PaperDialog)
    assert isinstance(paper, PaperDialog)
    paper.view.printed.emit(1)
    settle()
    paper.reject()
    assert standings(file_office) == [Standing.GIVEN]


def test_how_it_was_given_is_noted(page: EstimatesPage, file_office: Office, settle: Settle) -> None:
    page.ask_given()
    assert page.banner.text == "Write the estimate first, then note how it was given."
    page.write()
    settle()
    asked = dialog(page, EstimateDialog)
    assert isinstance(asked, EstimateDialog)
    asked._write()
    settle()
    dialog(page, PaperDialog).reject()
    assert standings(file_office) == [Standing.DUE]
    page.ask_given()
    given = dialog(page, GivenDialog)
    assert isinstance(given, GivenDialog)
    given.way.set_value(EstimateWay.MAILED)
    given._give()
    settle()
    (line,) = file_office.ask(estimate_list.work_list, with_given=True)
    assert line.estimate_id is not None
    (version,) = file_office.ask(estimates.estimate, estimate_id=line.estimate_id).versions
    assert [each.way for each in version.given] == [EstimateWay.MAILED]


def test_a_patient_asks_for_one_without_a_visit(
    page: EstimatesPage, walter: int, file_office: Office, settle: Settle
) -> None:
    page.open_with(Errand("estimate", walter))
    settle()
    asked = dialog(page, EstimateDialog)
    assert isinstance(asked, EstimateDialog)
    assert asked.kind.isVisibleTo(asked)
    asked.visits.setText("12")
    asked._write()
    settle()
    assert asked._more.row("until_on").error == "Say until when the visits come back."
    asked.until.set_value(date(2027, 3, 1))
    asked._write()
    settle()
    dialog(page, PaperDialog).reject()
    assert len(file_office.ask(estimate_list.work_list)) == 2


def test_the_rules_are_the_office_s(page: EstimatesPage, file_office: Office, settle: Settle) -> None:
    page.rules.click()
    settle()
    asked = dialog(page, EstimateRulesDialog)
    assert isinstance(asked, EstimateRulesDialog)
    asked.discount.setText("20")
    asked.ahead.setText("50")
    asked._save()
    settle()
    assert file_office.ask(estimate_rules.rules) == estimate_rules.EstimateRules(20, 50)
