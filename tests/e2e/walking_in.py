"""A stranger at the desk with an insurance card: four minutes later they wait for a room, all done.

Only keys, but for the strokes of the signatures; the keys are counted.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.models.billing.charges import Superbill
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import claim_detail, superbills
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.ui.kit.signature_pad import SignaturePad
from frontdesk.ui.registration.register import RegisterPage
from frontdesk.ui.visit.board_page import BoardPage
from frontdesk.ui.visit.check_in_page import CheckInPage
from frontdesk.ui.visit.walk_in_page import WalkInPage
from tests.e2e.checking_in import shown_pdf
from tests.e2e.tour import Tour

FIRST, LAST = "Nadia", "Velasquez-Orr"
STRANGER = f"{FIRST} {LAST}"
_STROKES = (((10, 70), (16, 30), (22, 68), (30, 40)), ((40, 60), (52, 42), (60, 64), (80, 46)))


def stands_at_the_desk(tour: Tour) -> str:
    """Ctrl+N on the board; nobody of that name is known, Ctrl+R registers."""
    hands = tour.driver
    hands.press("Ctrl+2")
    if not isinstance(hands.page, BoardPage):
        hands.workplace.go("check_in")
        hands.settle()
    tour.remembers["keys"] = hands.keystrokes
    hands.press("Ctrl+N")
    hands.until(lambda: isinstance(hands.page, WalkInPage), "the walk-in did not open")
    hands.write("velasq")
    tour.look("nobody of that name is known")
    hands.press("Ctrl+R")
    hands.until(lambda: isinstance(hands.page, RegisterPage), "the page for registering did not open")
    return "nobody found, Ctrl+R registers"


def looks_like_somebody(tour: Tour) -> str:
    """Typed as she says it she looks like a patient of the office: refused, until the name is read again."""
    hands = tour.driver
    typed = {"Legal first name": "Daniele", "Legal last name": "Foster", "Birth date": "06/14/1982"}
    hands.enter({**typed, "Mobile": "(503) 555-0148"})
    hands.expect("Same person?")
    hands.press("Ctrl+Return")
    hands.expect("Reason to register all the same")
    tour.look("a look-alike is refused")
    return "refused: she would be Danielle Foster"


def is_registered(tour: Tour) -> str:
    """Read again from her card; then the walk-in goes on with her."""
    hands = tour.driver
    hands.enter(
        {
            "Legal first name": FIRST,
            "Legal last name": LAST,
            "Birth date": "04/16/1979",
            "Mobile": "(503) 555-0171",
            "Street": "77 Quince Ln",
            "City": "Portland",
            "State": "OR",
            "ZIP": "97214",
        }
    )
    hands.choose("Sex on the card", "Female")
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, WalkInPage), "the walk-in did not go on")
    hands.expect(f"{STRANGER}, 04/16/1979")
    return hands.workplace.status.said


def is_booked_as_arrived(tour: Tour) -> str:
    """Enter takes the soonest time; the check-in opens."""
    hands = tour.driver
    page = hands.page
    assert isinstance(page, WalkInPage)
    hands.until(lambda: bool(page.choices.openings), "there is no time today")
    tour.look("the soonest times today")
    hands.press("Return")
    hands.until(lambda: isinstance(hands.page, CheckInPage), "the check-in did not open")
    hands.expect(STRANGER)
    return hands.workplace.status.said


def is_checked_in(tour: Tour) -> str:
    """Who she is, what is on file, the card, the payer's word, the forms and the copay."""
    hands, page = tour.driver, _page(tour)
    hands.press("Alt+1", "Space")
    hands.expect("Name and birth date match", page.rail)
    _press(tour, page.demographics.confirm_button)
    hands.expect("Confirmed with patient", page.demographics)
    _cover(tour, page)
    _sign(tour, page)
    _pay(tour, page)
    tour.look("all of it is done")
    assert page._visit is not None
    assert page._visit.open_steps == (), page._visit.open_steps
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, BoardPage), "she is not ready")
    begun = tour.remembers["keys"]
    assert isinstance(begun, int)
    return f"a new patient in {hands.keystrokes - begun} keystrokes, from the door to the waiting room"


def can_be_billed(tour: Tour) -> str:
    """What is found and done is entered from her sheet: the claim passes the check at once."""
    hands = tour.driver
    database, actor = hands.desk.database, hands.desk.actor
    with Session(database.engines.read) as session:
        bill = session.scalar(
            select(Superbill.id).join(Patient).where(Patient.legal_last == LAST, Patient.legal_first == FIRST)
        )
    assert bill is not None, "she has no superbill"
    sheet = Sheet(("R05.3",), (Ticked("99203"),))
    for act, arguments in (
        (superbills.enter, {"sheet": sheet}),
        (superbills.check, {}),
        (superbills.release, {}),
    ):
        database.do(actor, act, superbill_id=bill, **arguments)  # type: ignore[arg-type] # three acts, one loop
    hands.settle()
    with Session(database.engines.read) as session:
        claim = session.scalar(select(Claim.id).where(Claim.superbill_id == bill))
    assert claim is not None
    found = database.ask(actor, claim_detail.detail, claim_id=claim)
    assert (found.problems, found.row.state) == ((), ClaimState.READY)
    return f"claim {found.row.number}, no problem found"


def _cover(tour: Tour, page: CheckInPage) -> None:
    hands, card = tour.driver, page.insurance
    hands.press("Alt+3")
    hands.choose("Primary payer", "BCBS", card)
    hands.enter({"Member ID": "XQP 660 118 902", "Group": "88120"}, card)
    _press(tour, card.add_button)
    hands.expect("Not verified", card)
    hands.press("F5")
    hands.enter(
        {"Reference number": "R-771902", "Who said so": "Lena, provider line", "Copay": "30"}, hands.dialog
    )
    hands.press("Return")
    hands.expect("Active, verified today", card)


def _sign(tour: Tour, page: CheckInPage) -> None:
    hands, card = tour.driver, page.consents
    hands.press("Alt+4")
    while card.signing.isVisible():
        open_before = len(card._open)
        _draw(tour, card.pad)
        hands.click_button("Accept", card)
        hands.until(lambda before=open_before: len(card._open) < before, "the form is not signed")  # type: ignore[misc]
    hands.expect("All signed", card)


def _pay(tour: Tour, page: CheckInPage) -> None:
    hands, card = tour.driver, page.payment
    hands.press("Alt+C")
    hands.enter({"Card ending": "4417", "Approval code": "A77190"}, card)
    _press(tour, card.record_button)
    tour.keep_paper("receipt-of-the-walk-in.pdf", shown_pdf(tour))
    hands.press("Esc")
    hands.expect("Took $30.00", card)


def _press(tour: Tour, button: QWidget) -> None:
    """Tab on to a button, and press it: two keys, as a field counts one for its Tab."""
    hands = tour.driver
    button.setFocus(Qt.FocusReason.TabFocusReason)
    hands.keystrokes += 1
    hands.press("Space")


def _page(tour: Tour) -> CheckInPage:
    assert isinstance(tour.driver.page, CheckInPage), "the check-in is not open"
    return tour.driver.page


def _draw(tour: Tour, pad: SignaturePad) -> None:
    left = Qt.MouseButton.LeftButton
    for stroke in _STROKES:
        points = [QPoint(x * pad.width() // 100, y * pad.height() // 100) for x, y in stroke]
        QTest.mousePress(pad, left, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, left, pos=points[-1])
    tour.driver.settle()
