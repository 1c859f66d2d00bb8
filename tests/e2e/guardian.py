"""A child comes for the first time: who decides for it, and what the right rests on."""

from frontdesk.ui.registration.register import RegisterPage
from frontdesk.ui.registration.sheet_page import PatientSheetPage
from frontdesk.ui.visit.check_in_page import CheckInPage
from frontdesk.ui.visit.walk_in_page import WalkInPage
from tests.builders.records import sheet
from tests.e2e.tour import Tour

FIRST, LAST = "Milo", "Quintero-Vance"
CHILD = f"{FIRST} {LAST}"
GUARDIAN = "Inez Vance"


def a_child_is_registered(tour: Tour) -> str:
    """The name typed into the search is there already; a birth date of a child asks who pays and decides."""
    hands = tour.driver
    hands.workplace.go("check_in")
    hands.settle()
    hands.press("Ctrl+N")
    hands.until(lambda: isinstance(hands.page, WalkInPage), "the walk-in did not open")
    hands.write("milo quintero")
    hands.press("Ctrl+R")
    hands.until(lambda: isinstance(hands.page, RegisterPage), "the page for registering did not open")
    page = hands.page
    assert isinstance(page, RegisterPage)
    hands.enter({"Legal first name": FIRST, "Legal last name": LAST, "Birth date": "05/14/2019"})
    hands.press("Ctrl+Return")
    hands.expect("The patient is under 18. Choose the parent or guardian who pays.")
    tour.look("a child without anybody who decides is refused")
    hands.enter({"Or first name": "Inez", "Last name": "Vance", "Phone": "(503) 555-0181"}, page.form.payer)
    hands.choose("Is the child's", "grandparent", page.form.payer)
    hands.choose("The right rests on", "court order", page.form.payer)
    hands.enter({"Mobile": "(503) 555-0181", "Street": "18 Heron Way", "ZIP": "97214"})
    assert (page.form.city.text(), page.form.state.text()) == ("Portland", "OR"), "the ZIP fills its place"
    tour.look("the child and who decides for it")
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, WalkInPage), "the walk-in did not go on")
    return hands.workplace.status.said


def the_child_is_at_the_desk(tour: Tour) -> str:
    """Booked as arrived; two identifiers are compared."""
    hands = tour.driver
    page = hands.page
    assert isinstance(page, WalkInPage)
    hands.choose("Visit type", "Office visit")
    hands.until(lambda: bool(page.choices.openings), "there is no time today")
    page.choices.list.setFocus()
    hands.press("1")
    hands.until(lambda: isinstance(hands.page, CheckInPage), "the check-in did not open")
    hands.expect(CHILD)
    hands.press("Alt+1", "Space")
    hands.expect("Name and birth date match")
    return "name and birth date match"


def the_right_is_shown(tour: Tour) -> str:
    """Edit all leads to the sheet: the paper of the court is tied to the guardian, with its last day."""
    hands = tour.driver
    hands.press("Alt+8")
    hands.until(lambda: isinstance(hands.page, PatientSheetPage), "the sheet did not open")
    hands.press("Alt+3")
    hands.expect(GUARDIAN)
    paper = tour.out / "letter-of-guardianship.pdf"
    paper.write_bytes(sheet("The court appoints the grandparent as guardian."))
    hands.click_button("Add a photo or scan")
    hands.choose("It is", "Guardian's authority", hands.dialog)
    hands.enter({"Expires": "05/14/2037", "File": str(paper)}, hands.dialog)
    hands.press("Return")
    hands.until(lambda: hands.reads("05/14/2037"), "the paper is not tied")
    tour.look("the guardian and the paper of the court")
    hands.press("Esc")
    hands.until(lambda: isinstance(hands.page, CheckInPage), "the check-in did not come back")
    page = hands.page
    assert isinstance(page, CheckInPage)
    hands.click_button("Confirm with patient", page.demographics)
    hands.expect("Confirmed with patient", page.demographics)
    return "court order until 05/14/2037, tied to the guardian"
