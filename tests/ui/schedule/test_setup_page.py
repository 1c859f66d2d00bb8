"""The set-up: visit types with their phases, weeks of people, holidays; each refusal beside its field."""

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.billing import expected_codes
from frontdesk.services.office import holidays
from frontdesk.services.schedule import staff_hours, templates, visit_types
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.schedule.setup_dialogs import (
    BlockDialog,
    EndDialog,
    ExceptionDialog,
    RuleDialog,
    SessionDialog,
)
from frontdesk.ui.schedule.setup_page import SetupPage
from frontdesk.ui.schedule.setup_rules import What
from frontdesk.ui.schedule.stranded_dialog import StrandedDialog
from frontdesk.ui.shell.undo import UndoList
from tests.builders import billing, records, schedule
from tests.builders.office import device, room, staff_member
from tests.builders.schedule import at
from tests.office import Office
from tests.ui.schedule.conftest import Show

Settle = Callable[[], None]


@pytest.fixture
def page(practice: Office, show: Show[SetupPage]) -> SetupPage:
    room(practice, "Imaging")
    device(practice, "Ultrasound 1", "ultrasound")
    staff_member(practice, "K. Ortega", "sonographer")
    return show(SetupPage)


def dialog_of(kind: type[Dialog]) -> Dialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def press_primary(dialog: Dialog, words: str) -> None:
    button = next(each for each in dialog.findChildren(QPushButton) if each.text().startswith(words))
    button.click()


def type_of(practice: Office, name: str) -> visit_types.VisitTypeView:
    found = practice.ask(visit_types.visit_types, with_inactive=True)
    return next(each for each in found if each.name == name)


def closed(practice: Office) -> dict[str, int]:
    """The days of 2026 on which the office is closed, by name."""
    found = practice.ask(holidays.holidays, first=date(2026, 1, 1), last=date(2026, 12, 31))
    return {each.name: each.id for each in found}


def test_a_visit_type_is_made_with_its_phases(
    page: SetupPage, practice: Office, desk: Desk, settle: Settle
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    undo = UndoList(desk, page)
    pane = page.types
    page.new()
    QTest.keyClicks(pane.name, "Scan")
    pane.minutes.set_value(45)
    pane.phases.add_one()
    pane.phases.add_one()
    second = pane.phases._rows[1]
    second.want.set_value((Role.DEVICE, "ultrasound"))
    second.offset.set_value(0)
    second.minutes.set_value(45)
    page.save()
    settle()
    settle()
    made = type_of(practice, "Scan")
    assert [(each.role, each.wanted, each.minutes) for each in made.phases] == [
        (Role.PROVIDER, "", 15),
        (Role.DEVICE, "ultrasound", 45),
    ]
    assert told == ["Added Scan"]
    assert pane.table.current() is not None
    undo.undo()
    settle()
    assert not type_of(practice, "Scan").is_active


def test_codes_that_a_type_usually_comes_to(page: SetupPage, practice: Office, settle: Settle) -> None:
    billing.code_lists(practice)
    pane = page.types
    pane.codes.set_value("99999, 99213")
    page.save()
    settle()
    error = pane.form.row("expected_codes").error
    assert error == "99999 is not among the office's codes. Add or import it first."
    pane.codes.set_value("99213, 93000")
    page.save()
    settle()
    settle()
    follow_up = type_of(practice, "Follow-up").id
    assert practice.ask(expected_codes.expected, visit_type_id=follow_up) == ("99213", "93000")
    page.new()
    pane.table.choose(None)
    pane.table.choose(follow_up)
    settle()
    assert pane.codes.value() == "99213, 93000"


def test_forms_that_a_type_needs(practice: Office, show: Show[SetupPage], settle: Settle) -> None:
    records.library(practice)
    page = show(SetupPage)
    settle()
    box = page.types.form_boxes.boxes["procedure"]
    assert (box.text(), box.isChecked()) == ("Consent to a procedure", False)
    box.click()
    page.save()
    settle()
    settle()
    assert type_of(practice, "Follow-up").form_keys == ("procedure",)
    page.new()
    assert page.types.form_boxes.value() == ()
    page.types.table.choose(None)
    page.types.table.choose(type_of(practice, "Follow-up").id)
    settle()
    assert page.types.form_boxes.value() == ("procedure",)
    page.types.form_boxes.boxes["procedure"].click()
    page.save()
    settle()
    assert type_of(practice, "Follow-up").form_keys == ()


def test_what_is_wrong_with_a_type_stands_beside_its_field(
    page: SetupPage, practice: Office, settle: Settle
) -> None:
    pane = page.types
    page.new()
    page.save()
    settle()
    assert pane.form.row("name").error == "Give the visit type a name."
    pane.name.set_value("Scan")
    for _ in range(2):
        pane.phases.add_one()
    pane.phases._rows[1].offset.set_value(10)
    page.save()
    settle()
    assert pane.form.row("phases").error == "Two phases need the same provider at the same time."


def test_a_type_is_changed_and_no_longer_offered(page: SetupPage, practice: Office, settle: Settle) -> None:
    pane = page.types
    pane.preparation.set_value("bring your medicines")
    page.save()
    settle()
    changed = type_of(practice, "Follow-up")
    assert changed.preparation == "bring your medicines"
    pane.turn_active()
    settle()
    assert not type_of(practice, "Follow-up").is_active


def test_hours_are_added_on_several_days(page: SetupPage, practice: Office, settle: Settle) -> None:
    page.show_part("weeks")
    settle()
    settle()
    pane = page.weeks
    okafor = schedule.doctor(practice, "Okafor")
    pane.people.choose(okafor)
    settle()
    page.new()
    dialog = dialog_of(SessionDialog)
    assert isinstance(dialog, SessionDialog)
    for day, box in dialog.days.boxes.items():
        box.setChecked(day in (5, 6))
    press_primary(dialog, "Add these hours")
    settle()
    found = practice.ask(templates.provider_template, provider_id=okafor).sessions
    assert {each.weekly.weekday for each in found} == set(range(7))


def test_an_overlap_is_refused_in_the_dialog(page: SetupPage, practice: Office, settle: Settle) -> None:
    page.show_part("weeks")
    settle()
    settle()
    page.new()
    dialog = dialog_of(SessionDialog)
    assert isinstance(dialog, SessionDialog)
    press_primary(dialog, "Add these hours")
    settle()
    error = dialog.form.row("starts").error
    assert error == "This overlaps Dr. Lee's session on Tuesdays from 8:00 to 12:00."
    dialog.reject()


def test_kept_time_changed_ended_and_withdrawn(page: SetupPage, practice: Office, settle: Settle) -> None:
    page.show_part("weeks")
    settle()
    settle()
    pane = page.weeks
    lee = schedule.doctor(practice)
    pane.new_kept()
    keep = dialog_of(BlockDialog)
    assert isinstance(keep, BlockDialog)
    keep.ends.set_value(time(8, 30))
    press_primary(keep, "Keep this time")
    settle()
    settle()
    (block,) = practice.ask(templates.provider_template, provider_id=lee).blocks
    pane.rules.choose((What.KEPT, block.id))
    pane.change(pane.rules.current())
    change = dialog_of(BlockDialog)
    assert isinstance(change, BlockDialog)
    change.release.set_value(24)
    press_primary(change, "Change it from that day on")
    settle()
    settle()
    (block,) = practice.ask(templates.provider_template, provider_id=lee).blocks
    assert block.release_hours == 24
    pane.rules.choose((What.KEPT, block.id))
    pane.ask_end()
    end = dialog_of(EndDialog)
    assert isinstance(end, EndDialog)
    end.last_day.set_value(date(2026, 6, 30))
    press_primary(end, "End it then")
    settle()
    settle()
    (block,) = practice.ask(templates.provider_template, provider_id=lee).blocks
    assert block.weekly.effective_until == date(2026, 6, 30)
    pane.rules.choose((What.KEPT, block.id))
    pane.withdraw_rule()
    settle()
    assert practice.ask(templates.provider_template, provider_id=lee).blocks == ()


def test_visits_outside_the_hours_are_listed_and_lead_to_the_book(
    page: SetupPage, practice: Office, settle: Settle
) -> None:
    visit = schedule.book(practice, "9:30")
    page.show_part("weeks")
    settle()
    settle()
    pane = page.weeks
    assert not pane.warning.isVisible()
    pane.new_exception()
    dialog = dialog_of(ExceptionDialog)
    assert isinstance(dialog, ExceptionDialog)
    QTest.keyClicks(dialog.reason, "conference")
    press_primary(dialog, "Note it")
    settle()
    settle()
    settle()
    assert pane.warning.text == "1 visit stands outside these hours."
    gone: list[tuple[str, Errand]] = []
    page.go.connect(lambda name, errand: gone.append((name, errand)))
    pane.show_stranded()
    shown = dialog_of(StrandedDialog)
    assert isinstance(shown, StrandedDialog)
    press_primary(shown, "Show in the book")
    assert gone == [("schedule", Errand("show", appointment_id=visit, starts=at("9:30")))]


def test_staff_get_hours(page: SetupPage, practice: Office, settle: Settle) -> None:
    page.show_part("weeks")
    settle()
    settle()
    pane = page.weeks
    ortega = staff_member(practice, "K. Ortega", "sonographer")
    pane.people.choose(ortega)
    settle()
    assert not pane.keep_time.isVisible()
    page.new()
    dialog = dialog_of(RuleDialog)
    press_primary(dialog, "Add these hours")
    settle()
    (found,) = practice.ask(staff_hours.staff_hours, staff_id=ortega)
    assert (found.hours.weekday, found.hours.starts) == (1, time(8))


def test_holidays_of_a_year(page: SetupPage, practice: Office, settle: Settle) -> None:
    page.show_part("holidays")
    settle()
    settle()
    pane = page.holidays
    assert pane.federal.isEnabled()
    pane.add_federal()
    settle()
    settle()
    assert "Thanksgiving Day" in closed(practice)
    assert pane.federal.text() == "Federal ones are in"
    pane.on.set_value(date(2026, 11, 26))
    pane.close_on()
    settle()
    assert pane.form.row("on").error == "11/26/2026 is already closed."
    pane.on.set_value(date(2026, 11, 27))
    pane.name.set_value("Staff day")
    pane.close_on()
    settle()
    settle()
    pane.table.choose(closed(practice)["Staff day"])
    pane.open_on()
    settle()
    assert "Staff day" not in closed(practice)


def test_the_keys_that_are_shown_are_those_of_the_part(page: SetupPage) -> None:
    def shown() -> dict[str, str]:
        return {each.keys: each.words for each in SetupPage.keys(page)}

    assert shown()["Ctrl+Return"] == "Save visit type"
    page.show_part("weeks")
    assert shown()["Ctrl+N"] == "Add hours"
    assert "Ctrl+Return" not in shown()
