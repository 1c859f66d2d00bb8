"""The scan of a paper: chosen from the tray, shown with its remittance, enclosed for the next payer."""

from dataclasses import replace

from frontdesk.models.registration.coverage import Relationship
from frontdesk.services.billing import (
    paper_answer_scans,
    paper_answers,
    paper_claims,
    paper_enclosures,
    remittance_views,
    remittances,
)
from frontdesk.services.records import tray
from frontdesk.services.registration import coverages
from frontdesk.services.registration.drafts import CoverageDraft
from tests.builders.claims import insured, sent
from tests.builders.paper_answer import entered, paper, typed
from tests.builders.paper_claims import paper_payer
from tests.builders.payer import CONTRACT, DEDUCTIBLE, answer, received
from tests.builders.records import received as scanned
from tests.builders.records import sheet, text_of
from tests.builders.registration import card
from tests.office import Office
from tests.refusal import refusal


def scan_of(office: Office) -> int:
    return scanned(office, sheet("Explanation of benefits, check 71064"), arrived_as="eob.pdf", source="BCBS")


def test_a_scan_is_chosen_from_the_tray_and_shown_with_the_remittance(office: Office) -> None:
    scan = scan_of(office)
    (choice,) = office.ask(paper_answer_scans.choices)
    assert (choice.document_id, choice.title, choice.source) == (scan, "eob.pdf", "BCBS")
    told = paper(office, typed(office, sent(office), [(CONTRACT, 3844)]))
    made = office.do(paper_answers.enter, paper=replace(told, document_id=scan)).remittance_id
    assert made is not None
    assert office.ask(remittance_views.sheet, remittance_id=made).row.document_id == scan
    assert office.do(paper_answer_scans.attach, remittance_id=made, document_id=None) == scan


def test_a_file_needs_no_scan_and_a_withdrawn_one_is_none(office: Office) -> None:
    claim = sent(office)
    by_file = received(office, answer(office, claim, [(CONTRACT, 3844)]))
    scan = scan_of(office)
    with refusal("835-0317-01 came as a file. It needs no scan."):
        office.do(paper_answer_scans.attach, remittance_id=by_file, document_id=scan)
    made = entered(office, typed(office, claim, [(CONTRACT, 100)]))
    office.do(tray.withdraw, document_id=scan, reason="Not ours")
    with refusal("The scan is no longer in Records. Choose it again."):
        office.do(paper_answer_scans.attach, remittance_id=made, document_id=scan)


def test_the_next_payer_gets_the_scan_only_where_it_shows_nobody_else(office: Office) -> None:
    plan_id = paper_payer(office)
    first, second = (
        insured(office, name, "Castillo", number)
        for name, number in (("Raymond", "XQP884120557"), ("Esther", "XQP884120558"))
    )
    for patient_id, number in ((first, "TID99"), (second, "TID98")):
        office.do(
            coverages.add,
            patient_id=patient_id,
            policy=card(office, patient_id, number, plan_id=plan_id),
            coverage=CoverageDraft(2, Relationship.SELF),
        )
    alone = typed(office, sent(office, first), [(DEDUCTIBLE, 3000)])
    scan = scan_of(office)
    told = replace(paper(office, alone), document_id=scan)
    made = office.do(paper_answers.enter, paper=told).remittance_id
    assert made is not None
    office.do(remittances.post, remittance_id=made)
    (batch,) = office.do(paper_claims.build).batch_ids
    assert "check 71064" in text_of(office.ask(paper_enclosures.enclosed_pdf, batch_id=batch))

    other = typed(office, sent(office, second), [(DEDUCTIBLE, 2000)])
    third = typed(office, sent(office, insured(office, "Ada", "Quinn", "XQP884120559")), [(CONTRACT, 1000)])
    both = replace(paper(office, other, third, trace="71065"), document_id=scan)
    made = office.do(paper_answers.enter, paper=both).remittance_id
    assert made is not None
    office.do(remittances.post, remittance_id=made)
    (batch,) = office.do(paper_claims.build).batch_ids
    said = text_of(office.ask(paper_enclosures.enclosed_pdf, batch_id=batch))
    assert "check 71064" not in said
    assert "110.00" in said
    assert "Quinn" not in said
