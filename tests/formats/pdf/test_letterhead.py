"""The style of what the office prints."""

import io

from pypdf import PdfReader

from frontdesk.formats.pdf.letterhead import Column, Letter, Sender

PRACTICE = Sender(
    "Harbor Point Family Medicine", ("410 Harbor Street", "Portland, OR 97204", "(503) 555-0100")
)


def _letter(rows: int) -> bytes:
    letter = Letter(PRACTICE, "Statement", foot="Printed 03/17/2026 10:42 AM")
    letter.title()
    letter.facts((("Patient", "Danielle Foster"), ("Account", "1042")))
    letter.table(
        (Column("Date", 1), Column("What", 3), Column("Amount", 1, is_number=True)),
        [("03/17/2026", f"Visit {number}", "30.00") for number in range(rows)],
        total=("", "Total", "30.00"),
    )
    return letter.pdf()


def test_each_page_says_which_of_how_many_it_is() -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(_letter(80))).pages]
    assert len(pages) > 2
    for number, words in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in words
        assert "Harbor Point Family Medicine" in words
        assert "Amount" in words  # the table's head repeats


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert _letter(3) == _letter(3)


def test_text_is_never_taken_for_markup() -> None:
    letter = Letter(PRACTICE, "A & B")
    letter.title()
    letter.text("Less than <b>3</b> & more")
    assert "Less than <b>3</b> & more" in PdfReader(io.BytesIO(letter.pdf())).pages[0].extract_text()


def test_names_beyond_helvetica_are_spelled() -> None:
    letter = Letter(PRACTICE, "Names")
    letter.text("Łukasz Wiśniewski and Núñez")
    words = PdfReader(io.BytesIO(letter.pdf())).pages[0].extract_text()
    assert "Łukasz Wiśniewski and Núñez" in words
