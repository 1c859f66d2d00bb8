"""The explanation of benefits of one patient out of a remittance of many."""

from frontdesk.services.billing import eob, remittance_views
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, COPAY, answer, received
from tests.formats.pdf.reading import words
from tests.office import Office


def test_it_shows_one_patients_claim_and_nothing_of_another(office: Office) -> None:
    mine, other = sent(office), sent(office, insured(office, "Winston", "Achebe", "WAC100001"))
    remittance = received(
        office,
        answer(office, mine, [(CONTRACT, 3844), (COPAY, 3000)]),
        answer(office, other, [(CONTRACT, 100)]),
    )
    first, second = office.ask(remittance_views.sheet, remittance_id=remittance).answers
    said = words(office.ask(eob.eob_pdf, remittance_claim_id=first.id))
    for expected in (
        "Explanation of benefits",
        "EFT 0098817243 of 03/16/2026",
        "26-00001",
        "CO-45 Above the contracted or allowed fee $38.44",
        "Total $130.00 $68.44 $61.56",
        "The payer leaves $30.00 to the patient or the next payer.",
        "Processed as the first payer",
    ):
        assert expected in said
    assert "ACHEBE" not in said.upper()
    assert second.claim_number not in said
