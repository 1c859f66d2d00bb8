"""A patient who was never here is registered, and nobody twice."""

from frontdesk.ui.registration.register import RegisterPage
from tests.e2e.tour import Tour

FIRST, LAST = "Amara", "Okonjo-Bell"
NEW_PATIENT = f"{FIRST} {LAST}"
"""Who comes today for the first time; as made up as everybody in the demo."""


def nobody_is_found(tour: Tour) -> str:
    """The command field finds nobody of that name, and offers to register."""
    hands = tour.driver
    hands.press("Ctrl+K")
    hands.write("okonjo ama")
    hands.expect("Register a new patient", hands.dialog)
    tour.look("nobody of that name is registered")
    hands.press("Return")
    assert isinstance(hands.page, RegisterPage), "the page for registering did not open"
    return "Enter opens the page for registering"


def somebody_is_registered_already(tour: Tour) -> str:
    """Danielle Foster, typed as she says it on the phone, is known as the same person."""
    hands = tour.driver
    hands.enter(
        {
            "Legal first name": "Daniele",
            "Legal last name": "Foster",
            "Birth date": "06/14/1982",
            "Mobile": "(503) 555-0148",
        }
    )
    hands.expect("Same person?")
    hands.press("Ctrl+Return")
    hands.expect("Reason to register all the same")
    tour.look("registering her twice is refused")
    hands.open_row("Danielle Foster")
    hands.expect("Chart HP-")
    return "her chart opens instead"


def a_refused_registration(tour: Tour) -> str:
    """Everything that is wrong is said at once, each sentence under its field."""
    hands = tour.driver
    hands.enter(
        {
            "Legal first name": FIRST,
            "Legal last name": LAST,
            "Birth date": "02/30/1991",
            "Mobile": "555-01",
            "ZIP": "9721",
        }
    )
    hands.press("Ctrl+Return")
    first = hands.refusals()
    tour.look("a birth date that is none")
    hands.enter({"Birth date": "11/23/1991"})
    hands.press("Ctrl+Return")
    said = [*first, *hands.refusals()]
    assert len(said) >= 3, said
    return " / ".join(said)


def the_new_patient(tour: Tour) -> str:
    """Typed once, kept with a chart number."""
    hands = tour.driver
    hands.enter(
        {
            "Street": "4218 Larkspur Ave",
            "City": "Portland",
            "State": "OR",
            "ZIP": "97214",
            "Mobile": "(503) 555-0164",
            "E-mail": "amara@example.com",
            "Pronouns": "she/her",
            "Name": "Tobias Bell",
            "Is the patient's": "husband",
            "Phone": "(503) 555-0165",
        }
    )
    hands.choose("Sex on the card", "Female")
    hands.click(hands.button("Text OK"))
    tour.look("the new patient is typed in")
    hands.click_button("Register and book")
    hands.expect("Registered")
    return hands.workplace.status.said
