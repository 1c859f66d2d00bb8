"""A line on which two insurers owe something: each gives up, or hands on, only its own part."""

import pytest

from frontdesk.models.billing.journal import Party
from frontdesk.services.billing import aging, charges, claim_detail, explain, remittances
from tests.builders.claims import sent, twice_insured
from tests.builders.payer import CONTRACT, COPAY, answer, mirrored, received
from tests.office import Office
from tests.refusal import refusal


@pytest.fixture
def line(office: Office) -> int:
    """BCBS still owes $10.00 of it, Kaiser $30.00."""
    claim = sent(office, twice_insured(office))
    told = answer(office, claim, [(("CO", "16"), 1000), (CONTRACT, 3844), (COPAY, 3000)])
    office.do(remittances.post, remittance_id=received(office, told))
    return office.ask(claim_detail.detail, claim_id=claim).services[0].charge_line_id


def owed(office: Office) -> dict[int, int]:
    return {row.owner_id: row.aged.total for row in office.ask(aging.aging).rows if row.aged.total}


def test_no_more_is_written_off_than_the_one_who_owes_most_owes(office: Office, line: int) -> None:
    with refusal("The insurer owes only $30.00 here."):
        office.do(
            charges.write_off, charge_line_id=line, responsible=Party.PAYER, amount_cents=3500, reason="Small"
        )
    office.do(
        charges.write_off, charge_line_id=line, responsible=Party.PAYER, amount_cents=3000, reason="Small"
    )
    assert owed(office) == {office.made["payer:BCBS"]: 1000}


def test_no_more_moves_to_the_patient_than_that_insurer_owes(office: Office, line: int) -> None:
    with refusal("The insurer owes only $30.00 here."):
        office.do(
            charges.transfer, charge_line_id=line, to=Party.PATIENT, amount_cents=4000, reason="Not covered"
        )
    office.do(
        charges.transfer, charge_line_id=line, to=Party.PATIENT, amount_cents=3000, reason="Not covered"
    )
    assert owed(office)[office.made["payer:BCBS"]] == 1000


def test_what_one_insurer_leaves_to_the_next_is_said(office: Office, line: int) -> None:
    told = office.ask(explain.line, charge_line_id=line)
    assert [sentence.text for sentence in told.sentences][-1] == (
        "On 03/17/2026 BCBS left $30.00 of Office visit, low of 03/17/2026 to Kaiser: copay."
    )
    assert sum(sentence.amount_cents for sentence in told.sentences) == told.total_cents == 4000


def test_that_an_insurer_took_its_decision_back_is_said(office: Office) -> None:
    claim = sent(office, twice_insured(office))
    told = answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)])
    office.do(remittances.post, remittance_id=received(office, told))
    office.do(remittances.post, remittance_id=received(office, mirrored(told), trace="B1"))
    line = office.ask(claim_detail.detail, claim_id=claim).services[0].charge_line_id
    assert [sentence.text for sentence in office.ask(explain.line, charge_line_id=line).sentences] == [
        "03/17/2026: Office visit, low (99213) for Raymond Castillo cost $130.00, sent to BCBS.",
        "On 03/17/2026 BCBS took its decision on Office visit, low (99213) of 03/17/2026 back.",
    ]
