"""A card corrected with a claim out, a secondary payer; units authorized, given back and taken again."""

from datetime import timedelta

from frontdesk.demo.covering import LOW, MISSING
from frontdesk.services.registration import authorizations, coverages
from frontdesk.services.registration.authorizations import Grant
from frontdesk.services.schedule import authorization_list
from frontdesk.services.schedule.authorization_list import Standing, WorkLine
from frontdesk.services.schedule.day import DayVisit, day_sheet
from frontdesk.services.schedule.status import Status
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.registration.authorizations_page import AuthorizationsPage
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.visit.check_in_page import CheckInPage
from tests.e2e.tour import Tour

_DAYS_AHEAD = 40


def a_card_with_claims_out(tour: Tour) -> str:
    """Another member ID: the card on file is kept for its claims, the new one holds from today."""
    hands = tour.driver
    visit = _with_claims(tour)
    hands.workplace.go("check_in_visit", Errand("check_in", visit.patient_id, visit.id))
    hands.settle()
    card = _page(tour).insurance
    hands.enter({"Member ID": "NEW 204-118.733"}, card)
    hands.click_button("Correct this card", card)
    hands.expect("old card", hands.dialog)
    tour.look("what becomes of the claims that went out")
    hands.press("Return")
    hands.expect("NEW 204 118 733", card)
    tour.remembers["new card"] = visit
    now = _coverages(tour, visit.patient_id)[0]
    assert now.effective_from == hands.desk.today, "it does not hold from today"
    return f"kept until yesterday, {now.member_id} from today"


def a_secondary(tour: Tour) -> str:
    """Add in the table of benefits; the second card, and who pays first."""
    hands, card = tour.driver, _page(tour).insurance
    visit = tour.remembers["new card"]
    assert isinstance(visit, DayVisit)
    hands.click_button("Add a secondary payer", card)
    hands.choose("Payer and plan", "Kaiser", hands.dialog)
    hands.enter({"Member ID": "KAI 551 902 114", "Valid from": "01/01/2026"}, hands.dialog)
    tour.look("the second card")
    hands.click_button("Add coverage", hands.dialog)
    hands.expect("Kaiser PPO", card)
    hands.click_button("Coverages", card)
    hands.expect("secondary", hands.dialog)
    tour.look("who covers the patient, and who did")
    hands.press("Esc")
    return ", then ".join(line.plan for line in _coverages(tour, visit.patient_id))


def what_is_authorized(tour: Tour) -> str:
    """The list: one is missing. Enter, the number, and the visit has its unit."""
    hands = tour.driver
    hands.workplace.go("authorizations", None)
    hands.settle()
    page = hands.page
    assert isinstance(page, AuthorizationsPage)
    missing = _line(tour, MISSING.last, Standing.MISSING)
    page.table.setFocus()
    page.table.choose(missing.key)
    hands.settle()
    hands.press("Return")
    hands.enter({"Number": "BC-771388", "How many": "3"}, hands.dialog)
    tour.look("what the payer authorized")
    hands.press("Return")
    hands.expect("1 unit is booked")
    [grant] = _grants(tour, missing.patient_id)
    assert (grant.remaining, grant.booked) == (2, 1), "the visit took no unit"
    return hands.workplace.status.said


def given_back(tour: Tour) -> str:
    """A visit is called off: its unit is free again. One undo, and it is taken once more."""
    hands = tour.driver
    visit = _visit_of(tour, LOW.last)
    [before] = _grants(tour, visit.patient_id)
    hands.workplace.go("schedule", None)
    page = hands.page
    assert isinstance(page, DayPage)
    page.show_day(visit.starts.date())
    hands.settle()
    page.grid.setFocus()
    page.grid.choose(visit.id)
    hands.press("Delete")
    hands.click_button("Cancel visit", hands.dialog)
    hands.until(lambda: _grants(tour, visit.patient_id)[0].booked == 0, "the unit was not given back")
    hands.settle()
    hands.press("Ctrl+Z")
    hands.until(lambda: _grants(tour, visit.patient_id)[0].booked == before.booked, "it was not taken again")
    return f"{before.number}: {before.remaining} left, {before.remaining + 1} when called off"


def _with_claims(tour: Tour) -> DayVisit:
    """A visit still to come today, of a patient whose card claims went out on."""
    desk = tour.driver.desk
    sheet = desk.database.ask(desk.actor, day_sheet, day=desk.today)
    for visit in sheet.visits:
        lines = _coverages(tour, visit.patient_id)
        if visit.status in (Status.SCHEDULED, Status.CONFIRMED) and len(lines) == 1 and lines[0].is_in_use:
            return visit
    raise AssertionError("no claim went out for anybody of today")


def _visit_of(tour: Tour, last: str) -> DayVisit:
    desk = tour.driver.desk
    for offset in range(_DAYS_AHEAD):
        for visit in desk.database.ask(desk.actor, day_sheet, day=desk.today + timedelta(days=offset)).visits:
            if visit.patient.startswith(f"{last},"):
                return visit
    raise AssertionError(f"{last} has no visit")


def _line(tour: Tour, last: str, standing: Standing) -> WorkLine:
    desk = tour.driver.desk
    lines = desk.database.ask(desk.actor, authorization_list.work_list)
    return next(line for line in lines if line.patient.startswith(last) and line.standing is standing)


def _grants(tour: Tour, patient_id: int) -> tuple[Grant, ...]:
    desk = tour.driver.desk
    return desk.database.ask(desk.actor, authorizations.grants, patient_id=patient_id)


def _coverages(tour: Tour, patient_id: int) -> tuple[coverages.CoverageLine, ...]:
    desk = tour.driver.desk
    return desk.database.ask(desk.actor, coverages.coverages, patient_id=patient_id)


def _page(tour: Tour) -> CheckInPage:
    assert isinstance(tour.driver.page, CheckInPage), "the check-in is not open"
    return tour.driver.page
