"""A check-in at two desks, left half-way, and after a restart."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from frontdesk.services.database import Database
from frontdesk.services.visit import presence, unfinished
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.shell.parking import Parking, state_of
from frontdesk.ui.shell.undo import UndoList
from frontdesk.ui.visit.check_in_page import CheckInPage
from frontdesk.ui.visit.since_band import SinceDialog
from tests.builders.registration import danielle, plan
from tests.builders.visit import at_the_desk, covered
from tests.office import DANA, KEY, Office
from tests.twin import file_of
from tests.ui.visit.test_check_in_page import alt, opened, write

Settle = Callable[[], None]
MARIA = Actor(None, "Maria Ortiz", "MO", frozenset({"*"}))


@pytest.fixture
def other(file_database: Database) -> Iterator[Database]:
    """The programme of front desk 1, at the same file."""
    found = Database.open_file(file_of(file_database), KEY, station="Front desk 1", clock=file_database.clock)
    yield found
    found.close()


@pytest.fixture
def visit(file_office: Office) -> int:
    made = at_the_desk(file_office)
    covered(file_office)
    return made


def typed(page: CheckInPage) -> dict[str, object]:
    return page.demographics.typed


def test_the_second_desk_looks_on_and_takes_over(
    desk: Desk, file_office: Office, other: Database, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    theirs = other.do(MARIA, presence.open_here, appointment_id=visit).result
    other.do(MARIA, unfinished.keep, appointment_id=visit, content="{}", named="Street, unit")
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    assert page.elsewhere.where.text == "Open at Front desk 1 since 10:42 by Maria O. You may look on."
    assert not page.demographics.form.isEnabled()
    assert not page.ready_button.isEnabled()
    page.mark_ready()
    settle()
    assert page.banner.text == ""
    alt(page, Qt.Key.Key_T)
    settle()
    assert page.elsewhere.where.text == ""
    assert page.demographics.form.isEnabled()
    assert other.do(MARIA, presence.stay, opening_id=theirs).result is False
    found = other.ask(MARIA, presence.open_at, appointment_id=visit)
    assert found is not None
    assert found.station == "Front desk 2"


def test_a_desk_that_is_taken_over_from_keeps_its_words_and_names_them(
    desk: Desk, file_office: Office, other: Database, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    desk.database.watch_others()
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    found = other.ask(MARIA, presence.open_at, appointment_id=visit)
    assert found is not None
    write(page.demographics.form.row("city").control, "Portland")
    other.do(MARIA, presence.open_here, appointment_id=visit, instead_of=found.opening_id)
    qtbot.waitUntil(lambda: page.elsewhere.where.text.startswith("Open at Front desk 1"))
    settle()
    assert typed(page) == {"city": "Portland"}
    (left,) = other.ask(DANA, unfinished.left, appointment_id=visit)
    assert left.named == "City"


def test_leaving_gives_the_check_in_up(
    desk: Desk, file_office: Office, other: Database, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    assert other.ask(MARIA, presence.open_at, appointment_id=visit) is not None
    page.back()
    settle()
    assert other.ask(MARIA, presence.open_at, appointment_id=visit) is None


def test_what_was_typed_is_there_after_a_restart(
    desk: Desk, file_office: Office, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    write(page.demographics.form.row("city").control, "Portland")
    write(page.insurance._member, "NEW 000 111 222")
    alt(page, Qt.Key.Key_K)
    write(page.payment.tender.check, "1042")
    page._tick()  # a pause; then the power goes
    settle()
    again = opened(desk, qtbot, settle, danielle(file_office), visit)
    assert typed(again) == {"city": "Portland"}
    assert again.insurance.typed == {"member_id": "NEW 000 111 222"}
    assert again.payment.tender.check.text() == "1042"
    for form, name in ((again.demographics.form, "city"), (again.insurance.form, "member_id")):
        control = form.row(name).control
        assert control.isVisible()
    again.demographics.drop()
    again.insurance.drop()
    again.payment._clear()
    again.back()
    settle()
    assert file_office.ask(unfinished.left, appointment_id=visit) == ()


def test_hiding_the_page_puts_by_what_was_typed(
    desk: Desk, file_office: Office, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    write(page.demographics.form.row("city").control, "Portland")
    page.hide()
    settle()
    (left,) = file_office.ask(unfinished.left, appointment_id=visit)
    assert left.named == "City"


def test_an_unsaved_insurance_card_or_payment_stops_the_end(
    desk: Desk, file_office: Office, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    write(page.insurance._member, "NEW 000 111 222")
    page.mark_ready()
    assert page.banner.text == "The insurance card is not saved yet. Save or clear it, then mark ready."
    page.insurance.drop()
    write(page.payment.tender.last4, "4417")
    page.mark_ready()
    assert page.banner.text == "The payment is not recorded yet. Save or clear it, then mark ready."


def test_coming_and_going_is_not_said_and_not_undone(
    desk: Desk, file_office: Office, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    undo = UndoList(desk, desk)
    said: list[str] = []
    undo.said.connect(lambda words, _can: said.append(words))
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    write(page.demographics.form.row("city").control, "Portland")
    page.back()
    settle()
    assert said == []


def test_the_first_visit_has_nothing_to_compare_with(
    desk: Desk, file_office: Office, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    assert not page.rail.since.isVisible()
    alt(page, Qt.Key.Key_7)
    assert page.window().findChildren(SinceDialog) == []


def test_a_card_half_entered_is_there_after_a_restart_with_its_plan(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    chosen = plan(file_office)
    plan(file_office, "Aetna", "HMO")
    visit = at_the_desk(file_office)
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    page.insurance._plan.set_value(chosen)
    write(page.insurance._member, "XQP 884 120 557")
    page._tick()
    settle()
    again = opened(desk, qtbot, settle, danielle(file_office), visit)
    assert again.insurance.typed == {"plan_id": chosen, "member_id": "XQP 884 120 557"}


def test_a_parked_check_in_is_taken_up_after_a_restart(
    desk: Desk, file_office: Office, visit: int, qtbot: QtBot, settle: Settle
) -> None:
    page = opened(desk, qtbot, settle, danielle(file_office), visit)
    write(page.demographics.form.row("city").control, "Portland")
    alt(page, Qt.Key.Key_K)
    write(page.payment.tender.check, "1042")
    before = Parking(desk)
    parked = page.park()
    assert parked is not None
    before.put("check_in_visit", parked, page.parks)
    settle()
    after = Parking(desk)
    settle()
    taken = after.take()
    assert taken is not None
    assert taken.title == "Check-in: D. Foster"
    assert taken.state is None, "from the office's data"
    again = CheckInPage(desk)
    qtbot.addWidget(again)
    again.show()
    again.take_up(state_of(taken, again.parks))
    settle()
    assert typed(again) == {"city": "Portland"}
    assert again.payment.tender.check.text() == "1042"
