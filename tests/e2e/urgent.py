"""Somebody calls with an emergency, somebody with a back spasm; and Dr. Lee runs late."""

from frontdesk.kernel.text import us_time
from frontdesk.services.schedule import late
from frontdesk.services.schedule.late import LatePatient
from frontdesk.services.schedule.squeeze import SqueezeIn
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.schedule.day_page import DayPage
from frontdesk.ui.schedule.late_page import LatePage
from frontdesk.ui.schedule.urgent_page import UrgentPage
from tests.e2e.tour import Tour

_PATIENT, _NAME = "kowalski jan", "Kowalski"


def a_yes_stops(tour: Tour) -> str:
    """The clinicians' questions in their order; the first yes says what to do, and nothing is booked."""
    hands = tour.driver
    hands.press("Ctrl+Shift+R")
    hands.expect("Question 1 of")
    hands.press("N")
    hands.expect("Question 2 of")
    hands.press("Y")
    hands.expect("Stop. Do this now")
    hands.expect("dial 911")
    hands.expect("The answer is on record")
    return "the words to say, and who answered when"


def squeezed_in_for_a_price(tour: Tour) -> str:
    """All questions answered with no: what is free, and what could be squeezed in at which price."""
    hands = tour.driver
    hands.press("Ctrl+Shift+R")
    hands.expect("Question 1 of")
    page = _page(tour)
    hands.fill(page.patient, _PATIENT)
    hands.press("Return")
    hands.expect(_NAME)
    while not page.is_cleared:
        hands.press("N")
    hands.choose("Visit type", "Follow-up")
    page.choices.list.setFocus()
    hands.until(lambda: bool(page.choices.squeeze_ins.found), "nothing can be squeezed in")
    tour.look("what is free, and what costs others something")
    letter, found = next(
        (letter, each)
        for letter, each in zip("ABCD", page.choices.squeeze_ins.found, strict=False)
        if each.longer
    )
    hands.press(letter)
    hands.expect("Why it cannot wait", hands.dialog)
    tour.look("the price, and one reason")
    hands.fill(hands.one(TextEdit, hands.dialog), "Back spasm, cannot sit")
    hands.press("Return")
    hands.until(lambda: isinstance(hands.page, DayPage), "it was not booked")
    hands.expect("Booked")
    return f"{us_time(found.starts)} {found.said}, {_price(found)}"


def one_undo(tour: Tour) -> str:
    """Ctrl+Z takes the squeeze-in back."""
    hands = tour.driver
    hands.press("Ctrl+Z")
    hands.expect("Undone")
    return hands.workplace.status.said


def whom_to_tell(tour: Tour) -> str:
    """From the command field: who will wait longer than they think, and the sentence to say; T notes it."""
    hands = tour.driver
    hands.press("Ctrl+K")
    hands.write("> running late")
    hands.press("Return")
    hands.until(lambda: isinstance(hands.page, LatePage), "the list did not open")
    page = hands.page
    assert isinstance(page, LatePage)
    hands.until(lambda: isinstance(page.list.current(), LatePatient), "nobody is to be told")
    patient = page.list.current()
    assert isinstance(patient, LatePatient)
    tour.look("whom to tell, and what to say")
    page.list.setFocus()
    hands.press("T")
    hands.expect(f"Told by phone: {patient.patient}")
    left = hands.desk.database.ask(hands.desk.actor, late.running_late).to_tell
    return f"{patient.say} {left} left to tell"


def _page(tour: Tour) -> UrgentPage:
    page = tour.driver.page
    assert isinstance(page, UrgentPage)
    return page


def _price(found: SqueezeIn) -> str:
    if not found.longer:
        return "nobody waits longer"
    return f"{len(found.longer)} wait up to {found.greatest} min longer"
