"""The papers of the money, from the books to the page."""

from frontdesk.services.billing import papers
from tests.builders.billing import cash, charged, paid
from tests.builders.registration import patient
from tests.formats.pdf.reading import words
from tests.office import Office


def test_a_receipt_shows_the_change(office: Office) -> None:
    carol = patient(office)
    (line,) = charged(office, carol)
    taken = paid(office, carol, 13000, line=line, tender=cash(13000, 15000))
    said = words(office.ask(papers.receipt_pdf, receipt_id=taken.receipt_id))
    assert f"Receipt {taken.number}" in said
    assert "Office visit, low, 03/17/2026 $130.00" in said
    assert "Handed over $150.00" in said
    assert "Change given $20.00" in said
