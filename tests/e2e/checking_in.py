"""The patient at the desk: who it is, what has changed, who pays, what is signed, and the copay."""

from PySide6.QtCore import QBuffer, QPoint, Qt
from PySide6.QtTest import QTest

from frontdesk.ui.kit.pdf_view import PdfView
from frontdesk.ui.kit.signature_pad import SignaturePad
from frontdesk.ui.visit.board_page import BoardPage
from frontdesk.ui.visit.check_in_page import CheckInPage
from tests.e2e.registering import LAST, NEW_PATIENT
from tests.e2e.tour import Tour

_FORMS = 4
"""What a new patient has to sign."""
_NAME_AS_DRAWN = (
    ((8, 70), (14, 30), (20, 68), (17, 52), (11, 52)),
    ((26, 66), (27, 50), (31, 48), (33, 64), (36, 48), (41, 50), (43, 66)),
    ((50, 58), (56, 46), (58, 60), (64, 50), (70, 62), (78, 44), (92, 56)),
)
"""Three strokes, in hundredths of the pad's width and height."""


def arrives(tour: Tour) -> str:
    """Ctrl+I and three letters on the board; Enter says that she is here."""
    hands = tour.driver
    tour.pass_time(minutes=19)
    hands.press("Ctrl+2")
    assert isinstance(hands.page, BoardPage)
    hands.press("Ctrl+I")
    hands.write(LAST[:3].lower())
    tour.look("three letters find who is at the desk")
    hands.press("Return")
    _page(tour)
    hands.expect(NEW_PATIENT)
    return f"{tour.clock.now():%H:%M} UTC, expected at 11:15"


def is_who_she_says(tour: Tour) -> str:
    """Name and birth date, asked and compared."""
    hands = tour.driver
    hands.click_button("Name and birth date match")
    return "identity checked"


def has_moved(tour: Tour) -> str:
    """The address is changed in place, all the rest is confirmed with her."""
    hands, card = tour.driver, _page(tour).demographics
    hands.enter({"Street, unit": "911 Alder St, Apt 5", "ZIP": "9720"}, card)
    hands.click_button("Save changes", card)
    refused = hands.refusals(card)
    assert refused, "a ZIP code of four digits was taken"
    tour.look("a ZIP code of four digits")
    hands.enter({"ZIP": "97205"}, card)
    hands.click_button("Confirm with patient", card)
    hands.expect("Confirmed with patient", card)
    return f"refused first: {refused[0]}"


def brings_a_card(tour: Tour) -> str:
    """The first coverage is typed from the card."""
    hands, card = tour.driver, _page(tour).insurance
    hands.choose("Primary payer", "BCBS", card)
    hands.enter({"Member ID": "XQP 771 204 336", "Group": "88120"}, card)
    hands.click_button("Add coverage", card)
    hands.expect("Not verified", card)
    return "BCBS PPO"


def is_covered(tour: Tour) -> str:
    """F5, and what the payer says on the phone is written down."""
    hands = tour.driver
    hands.press("F5")
    hands.enter(
        {
            "Reference number": "R-204417",
            "Who said so": "Lena, provider line",
            "Copay": "30",
            "Deductible": "1500",
            "Left of it": "640",
        },
        hands.dialog,
    )
    tour.look("what the payer says")
    hands.click_button("Record answer", hands.dialog)
    hands.expect("Active, verified today", _page(tour).insurance)
    return "active, copay $30.00"


def signs(tour: Tour) -> str:
    """Each form is signed on the screen with the mouse."""
    hands, card = tour.driver, _page(tour).consents
    for number in range(_FORMS):
        hands.expect(f"{_FORMS - number} signature" if number < _FORMS - 1 else "1 signature", card)
        _draw(tour, card.pad)
        if number == 0:
            tour.look("signing on the screen")
        hands.click_button("Accept", card)
    hands.expect("All signed", card)
    return f"{_FORMS} forms"


def pays_nothing_yet(tour: Tour) -> str:
    """A payment of nothing is refused, and so is a whole card number: only its last four are kept."""
    hands, card = tour.driver, _page(tour).payment
    hands.press("Alt+C")
    hands.enter({"Amount": "0", "Card ending": "4417"}, card)
    hands.click_button("Record", card)
    said = hands.refusals(card)
    tour.look("a payment of nothing")
    hands.enter({"Amount": "30", "Card ending": "4111111111111111"}, card)
    hands.click_button("Record", card)
    said += hands.refusals(card)
    assert len(said) >= 2, said
    return " / ".join(said)


def pays_the_copay(tour: Tour) -> str:
    """Thirty dollars by card, and the receipt."""
    hands, card = tour.driver, _page(tour).payment
    hands.enter({"Card ending": "4417", "Approval code": "A71204"}, card)
    hands.click_button("Record $30.00", card)
    told = tour.keep_paper("receipt.pdf", shown_pdf(tour))
    tour.look("the receipt")
    hands.press("Esc")
    hands.expect("receipt", card)
    return told


def is_ready(tour: Tour) -> str:
    """Ctrl+Enter: she waits for a room."""
    hands = tour.driver
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(hands.page, BoardPage), "she is not ready")
    return hands.workplace.status.said


def shown_pdf(tour: Tour) -> bytes:
    """What the PDF in sight is made of."""
    hands = tour.driver
    buffer = hands.one(PdfView, hands.dialog).findChild(QBuffer)
    assert buffer is not None
    hands.until(lambda: buffer.size() > 0, "no PDF is shown")
    content = bytes(buffer.data().data())
    assert content.startswith(b"%PDF"), "this is no PDF"
    return content


def _page(tour: Tour) -> CheckInPage:
    assert isinstance(tour.driver.page, CheckInPage), "the check-in is not open"
    return tour.driver.page


def _draw(tour: Tour, pad: SignaturePad) -> None:
    """Her name in three strokes."""
    left = Qt.MouseButton.LeftButton
    for stroke in _NAME_AS_DRAWN:
        points = [QPoint(x * pad.width() // 100, y * pad.height() // 100) for x, y in stroke]
        QTest.mousePress(pad, left, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, left, pos=points[-1])
    tour.driver.settle()
