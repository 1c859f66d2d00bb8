"""Reminder cards, three on a sheet: to be cut, handed over at the desk or put into an envelope."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import HRFlowable, Paragraph, Spacer

from frontdesk.formats.pdf.fonts import BOLD, markup
from frontdesk.formats.pdf.letterhead import LINE, SMALL, STRONG, TEXT, Letter, Sender

PER_SHEET: Final = 3
_WHEN: Final = ParagraphStyle("when", TEXT, fontName=BOLD, fontSize=13, leading=17, spaceAfter=4)


@dataclass(frozen=True, slots=True)
class ReminderCard:
    """One visit; never why the patient comes."""

    name: str
    address: tuple[str, ...]
    when: str
    words: str


def reminder_cards_pdf(sender: Sender, title: str, cards: tuple[ReminderCard, ...]) -> bytes:
    """The cards as PDF, in the order given."""
    letter = Letter(sender, title, foot="Names patients: hand over or mail today, shred what is left.")
    letter.title()
    for place, card in enumerate(cards):
        if place and place % PER_SHEET == 0:
            letter.new_page()
        address = [Paragraph(markup(line), SMALL) for line in card.address]
        letter.drawing(
            Paragraph(markup(card.name), STRONG),
            *address,
            Spacer(1, 8),
            Paragraph(markup(card.when), _WHEN),
            Paragraph(markup(card.words), TEXT),
            Spacer(1, 14),
            HRFlowable(width="100%", color=LINE, dash=(3, 3)),
            Spacer(1, 18),
        )
    if not cards:
        letter.text("No visit of this day needs a card.", SMALL)
    return letter.pdf()
