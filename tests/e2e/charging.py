"""What was found and done is typed from the sheet, looked over, and let go to the claim."""

from frontdesk.ui.billing.superbills_page import SuperbillsPage
from tests.e2e.registering import LAST
from tests.e2e.tour import Tour


def finds_the_sheet(tour: Tour) -> str:
    """The superbill of the visit, by the patient's name."""
    hands = tour.driver
    hands.press("Ctrl+4")
    page = _page(tour)
    hands.enter({"Patient, or scan a number": LAST}, page)
    hands.open_row(LAST, page.list)
    hands.expect("Superbill ", page.entry)
    return "one superbill of that name"


def enters_diagnoses(tour: Tour) -> str:
    """Found by words: the code need not be known."""
    hands, entry = tour.driver, _page(tour).entry
    for number, words in enumerate(("chronic cough", "fever unspecified"), 1):
        hands.fill(hands.field("Find a diagnosis", entry), words)
        tour.look(f"what “{words}” finds")
        hands.press("Return")
        assert len(entry.diagnoses.diagnoses()) == number, f"“{words}” found no code"
    return ", ".join(f"{found.code} {found.label}" for found in entry.diagnoses.diagnoses())


def enters_services(tour: Tour) -> str:
    """Found by code, or by the office's own words; a line that points to no diagnosis is refused."""
    hands, entry = tour.driver, _page(tour).entry
    for number, words in enumerate(("99203", "tuberculosis"), 1):
        hands.fill(hands.field("Find a service", entry), words)
        hands.press("Return")
        assert len(entry.services.lines()) == number, f"“{words}” found no code"
    hands.fill(hands.field("Diagnoses of line 1", entry), "AB")
    hands.fill(hands.field("Diagnoses of line 2", entry), "")
    hands.press("Ctrl+Return")
    said = hands.refusals(entry)
    assert said, "a line without a diagnosis was taken"
    tour.look("a line without a diagnosis")
    hands.fill(hands.field("Diagnoses of line 2", entry), "A")
    return f"refused first: {said[0]} Total ${entry.services.total_cents() / 100:,.2f}"


def releases_the_charges(tour: Tour) -> str:
    """Entered, checked, released: three times the same key."""
    hands, entry = tour.driver, _page(tour).entry
    for done in ("Entered", "Checked", "Released"):
        hands.press("Ctrl+Return")
        assert not hands.refusals(entry), hands.refusals(entry)
        hands.expect(f"{done} superbill")
        if done == "Entered":
            tour.look("the charges are entered")
    return hands.workplace.status.said


def _page(tour: Tour) -> SuperbillsPage:
    assert isinstance(tour.driver.page, SuperbillsPage)
    return tour.driver.page
