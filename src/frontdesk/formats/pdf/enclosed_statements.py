"""What patients and the office wrote about enclosed records (45 CFR 164.526), set as pages of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import SMALL, Letter, Sender


@dataclass(frozen=True, slots=True)
class SaidAbout:
    """One text about a document: an amendment, a request, a denial, a disagreement, a rebuttal."""

    document: str
    kind: str
    number: str
    dated: str
    text: str


def enclosed_statements_pdf(sender: Sender, said: Sequence[SaidAbout]) -> bytes:
    """All of them, under the document that each is about."""
    letter = Letter(sender, "Statements about enclosed records", is_numbered=False)
    letter.title()
    letter.text(
        "The law wants these to go with the records that they are about (45 CFR 164.526(c)(1), (d)(5)).",
        SMALL,
    )
    letter.space(6)
    last = ""
    for each in said:
        if each.document != last:
            letter.section(f"About: {each.document}")
            last = each.document
        letter.text(f"{each.kind}, {each.number}, {each.dated}", SMALL)
        for line in each.text.splitlines() or [""]:
            letter.text(line)
    return letter.pdf()
