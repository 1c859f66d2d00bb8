"""The morning at the desk: who is here, and finding one's way about the window."""

from frontdesk.demo.start import PASSWORD, PIN
from tests.e2e.tour import Tour


def sign_in(tour: Tour) -> str:
    """A wrong password is refused in a sentence; the right one opens the window."""
    hands = tour.driver
    hands.expect("Maria")
    hands.click_row("Maria")
    hands.press("Return")
    hands.write("not my password")
    hands.press("Return")
    refusal = "The login and the password do not go together. Check Caps Lock and try again."
    hands.expect(refusal)
    tour.look("a wrong password is refused")
    hands.write(PASSWORD)
    hands.press("Return")
    hands.until(lambda: hands.window.workplace is not None, "nobody was let in")
    return hands.desk.actor.name


def lock_and_come_back(tour: Tour) -> str:
    """Ctrl+L hides everything; the PIN brings it back as it was."""
    hands = tour.driver
    before = hands.page
    hands.press("Ctrl+L")
    assert hands.window.workplace is None, "the desk is not locked"
    hands.settle()
    tour.look("locked")
    hands.write(PIN)
    hands.press("Return")
    hands.until(lambda: hands.window.workplace is not None, "the PIN did not unlock")
    assert hands.page is before, "another page than before"
    return "by PIN, at the same page"


def find_a_patient(tour: Tour) -> str:
    """Ctrl+K, a few letters, Enter: the patient is in the panel."""
    hands = tour.driver
    hands.press("Ctrl+K")
    hands.write("fost dan")
    hands.expect("Danielle Foster", hands.dialog)
    tour.look("three letters of each name find a patient")
    hands.press("Return")
    hands.expect("06/14/1982")
    return "“fost dan” finds Danielle Foster"


def read_the_keys(tour: Tour) -> str:
    """F1 shows what each key does on this page."""
    hands = tour.driver
    hands.press("F1")
    hands.expect("Pick up to move", hands.dialog)
    tour.look("the keys of this page")
    hands.press("Esc")
    return "closed with Esc"


def look_in_the_dark(tour: Tour) -> str:
    """The dark look, from the command field, and back."""
    hands = tour.driver
    for wanted in ("dark", "light"):
        hands.press("Ctrl+K")
        hands.write(f"> view {wanted}")
        hands.press("Return")
        if wanted == "dark":
            tour.look("the same day in the dark look")
    return "and back to light"
