"""The office's own page about a packet that left: what was in it by fingerprint, each time it went."""

from dataclasses import dataclass

from frontdesk.formats.pdf.letterhead import DENSE, SMALL, Column, Letter, Sender, grid

_ENCLOSED = (Column("Document", 2.6), Column("Pages", 1.3), Column("SHA-256 of the document", 4.6))
_SENT = (Column("Sent", 1.2), Column("How, to whom", 3.4), Column("What came of it", 3.6))


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """Everything the page says; dates as they are to stand there."""

    sender: Sender
    number: str
    patient: str
    chart_number: str
    pages: str
    sha256: str
    list_sha256: str
    enclosed: tuple[tuple[str, str, str], ...]
    """Title and date, pages, SHA-256."""
    sendings: tuple[tuple[str, str, str], ...]
    printed_at: str


def release_record_pdf(sheet: RecordSheet) -> bytes:
    """The page as PDF. It stays in the office."""
    letter = Letter(sheet.sender, f"Record of release {sheet.number}", foot=f"Printed {sheet.printed_at}")
    letter.title()
    letter.facts(
        (
            ("Patient", sheet.patient),
            ("Chart number", sheet.chart_number),
            ("Request", sheet.number),
            ("Pages", sheet.pages),
        )
    )
    letter.facts(
        (("SHA-256 of the packet", sheet.sha256), ("SHA-256 of the list", sheet.list_sha256)), columns=1
    )
    letter.section("In the packet")
    letter.add(grid(_ENCLOSED, sheet.enclosed, text=DENSE))
    letter.section("Sent")
    letter.add(grid(_SENT, sheet.sendings, text=DENSE))
    letter.space(6)
    letter.text(
        "The very bytes are kept under their fingerprint and verified whenever they are read. A file that "
        "went under a password has a fingerprint of its own; the password is kept nowhere.",
        SMALL,
    )
    return letter.pdf()
