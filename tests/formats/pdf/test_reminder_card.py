"""Reminder cards on paper."""

from io import BytesIO

from pypdf import PdfReader

from frontdesk.formats.pdf.letterhead import Sender
from frontdesk.formats.pdf.reminder_card import ReminderCard, reminder_cards_pdf

SENDER = Sender("Harbor Point Family Medicine", ("410 Harbor Street", "Portland, OR 97204", "(503) 555-0100"))


def _texts(cards: tuple[ReminderCard, ...]) -> list[str]:
    pdf = reminder_cards_pdf(SENDER, "Reminder cards for 03/19/2026", cards)
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_three_cards_stand_on_a_sheet() -> None:
    card = ReminderCard(
        "Roy Kemp", ("12 Pine Street", "Portland, OR 97205"), "Thursday, March 19, 9:30 AM", "Arrive early."
    )
    pages = _texts((card,) * 4)
    assert [page.count("Roy Kemp") for page in pages] == [3, 1]
    assert "Thursday, March 19, 9:30 AM" in pages[0]
    assert "12 Pine Street" in pages[0]


def test_an_empty_day_says_so() -> None:
    (page,) = _texts(())
    assert "No visit of this day needs a card." in page
