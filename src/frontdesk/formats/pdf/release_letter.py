"""Letters about a request for copies: more time, a denial, and what goes back to its sender."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import Letter, Sender


@dataclass(frozen=True, slots=True)
class ReleaseLetter:
    """What a letter says; texts are plain."""

    sender: Sender
    title: str
    to: tuple[str, ...]
    """The lines of the address."""
    date: str
    facts: tuple[tuple[str, str], ...]
    """Request, patient, birth date, received."""
    paragraphs: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """A head and its paragraphs: the right to a review, how to complain."""
    signed: str = ""


def release_letter_pdf(letter: ReleaseLetter) -> bytes:
    """The letter as PDF, the same bytes for the same words."""
    made = Letter(letter.sender, letter.title, foot="Confidential. It names a patient.")
    for line in letter.to:
        made.text(line)
    made.space(8)
    made.text(letter.date)
    made.title()
    made.facts(letter.facts)
    for words in letter.paragraphs:
        made.text(words)
    for head, paragraphs in letter.sections:
        made.section(head)
        for words in paragraphs:
            made.text(words)
    made.space(12)
    made.text(letter.signed)
    return made.pdf()
