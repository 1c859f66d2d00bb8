"""A superbill comes back: scanned into the tray, or read at the desk; no number is lost."""

from datetime import UTC, datetime

import pytest

from frontdesk.models.billing.charges import SuperbillState
from frontdesk.models.records.document import Document
from frontdesk.services.billing import (
    balances,
    papers,
    superbill_numbers,
    superbill_scans,
    superbills,
)
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.records import chart, paper
from frontdesk.services.schedule import booking
from tests.builders.billing import MIGRAINE, TODAY, at_work, code_lists, paid, visit
from tests.builders.records import received, sheet
from tests.builders.registration import danielle, patient
from tests.builders.scans import empty_page, scanned, scanned_pdf
from tests.office import Office
from tests.refusal import refusal


def _issued(office: Office, patient_id: int) -> tuple[int, bytes]:
    code_lists(office)
    bill = office.do(superbills.issue, appointment_id=visit(office, patient_id))
    return bill, office.ask(papers.superbill_pdf, superbill_id=bill)


def _state(office: Office, bill: int) -> SuperbillState:
    return office.ask(superbills.sheet_of, superbill_id=bill).row.state


def _filed(office: Office, patient_id: int) -> list[tuple[int | None, str]]:
    found = office.ask(chart.chart, patient_id=patient_id)
    return [(line.document_id, line.title) for year in found.years for line in year.lines]


@pytest.mark.parametrize("turned", [0, 90, 180])
def test_the_bars_of_a_scan_find_the_superbill_and_its_chart(file_office: Office, turned: int) -> None:
    dani = danielle(file_office)
    bill, pdf = _issued(file_office, dani)
    document = received(file_office, scanned(pdf, turned=turned, askew=2), arrived_as="scan.jpg")
    (found,) = file_office.ask(superbill_scans.found_in, document_id=document)
    assert (found.superbill_id, found.page, found.is_out) == (bill, 1, True)
    assert found.sentence == (
        "Superbill SB-000001 of Foster, Danielle, visit of 03/17/2026: it is back with this page."
    )
    assert file_office.ask(paper.found_in, document_id=document) == (), "no strange code is complained of"
    taken = file_office.do(superbill_scans.take_in, document_id=document)
    assert taken.superbill_ids == (bill,)
    assert _state(file_office, bill) is SuperbillState.RETURNED
    assert _filed(file_office, dani) == [(document, "Superbill SB-000001")]
    with refusal("This document does not wait to be filed any more."):
        file_office.do(superbill_scans.take_in, document_id=document)


def test_a_stack_is_cut_before_each_superbill(office: Office) -> None:
    dani, carol = danielle(office), patient(office)
    first, one = _issued(office, dani)
    second, other = _issued(office, carol)
    document = received(office, scanned_pdf(scanned(one), empty_page(), scanned(other)))
    taken = office.do(superbill_scans.take_in, document_id=document)
    assert taken.superbill_ids == (first, second)
    assert _filed(office, dani) == [(taken.document_ids[0], "Superbill SB-000001")]
    assert _filed(office, carol) == [(taken.document_ids[1], "Superbill SB-000002")]
    with at_work(office) as work:
        assert [work.get(Document, part).pages for part in taken.document_ids] == [2, 1]
    assert _state(office, second) is SuperbillState.RETURNED


def test_a_page_that_was_returned_before_is_filed_and_changes_nothing(file_office: Office) -> None:
    dani = danielle(file_office)
    bill, pdf = _issued(file_office, dani)
    file_office.do(superbills.take_back, superbill_id=bill)
    document = received(file_office, scanned(pdf), arrived_as="scan.jpg")
    (found,) = file_office.ask(superbill_scans.found_in, document_id=document)
    assert found.sentence.endswith("it is returned already.")
    file_office.do(superbill_scans.take_in, document_id=document)
    assert _state(file_office, bill) is SuperbillState.RETURNED
    plain = received(file_office, sheet("No bars"), arrived_as="page.pdf")
    with refusal("No page of this document bears the bars of a superbill. Look at it again."):
        file_office.do(superbill_scans.take_in, document_id=plain)


@pytest.mark.parametrize("typed", ["SB-000001", "sb1", " 1 ", "SB 000001"])
def test_the_desk_s_scanner_or_a_typed_number_brings_it_back(file_office: Office, typed: str) -> None:
    bill, _ = _issued(file_office, danielle(file_office))
    back = file_office.do(superbill_scans.read_at_desk, typed=typed)
    assert (back.superbill_id, back.number, back.was_out) == (bill, "SB-000001", True)
    assert _state(file_office, bill) is SuperbillState.RETURNED
    assert not file_office.do(superbill_scans.read_at_desk, typed=typed).was_out
    for wrong in ("SB-000009", "HP-00001", "", "99999999999999"):
        with refusal("There is no superbill of this number. Look at it again."):
            file_office.do(superbill_scans.read_at_desk, typed=wrong)


def test_reopening_never_touches_what_was_paid(office: Office) -> None:
    dani = danielle(office)
    bill, _ = _issued(office, dani)
    entered = Sheet((MIGRAINE,), (Ticked("99213"),))
    (line,) = office.do(superbills.enter, superbill_id=bill, sheet=entered)
    taken = paid(office, dani, 13000, line=line)
    office.do(superbills.check, superbill_id=bill)
    office.do(superbills.release, superbill_id=bill)
    office.do(superbills.reopen, superbill_id=bill, reason="Wrong level")
    assert office.ask(balances.of_patient, patient_id=dani).credit_cents == 13000
    office.do(superbills.enter, superbill_id=bill, sheet=entered)
    after = office.ask(balances.of_patient, patient_id=dani)
    assert after.patient_cents - after.credit_cents == 0, "the payment counts against the new line"
    assert taken.total_cents == 13000


def test_every_number_has_its_fate(office: Office) -> None:
    dani, carol = danielle(office), patient(office)
    bill, _ = _issued(office, dani)
    code_lists(office)
    appointment = visit(office, carol)
    office.do(superbills.issue, appointment_id=appointment)
    office.clock.set(datetime(2026, 3, 17, 20, 0, tzinfo=UTC))
    office.do(booking.mark_no_show, appointment_id=appointment)
    office.do(superbills.take_back, superbill_id=bill)
    numbers = office.ask(superbill_numbers.numbers, since=TODAY, until=TODAY)
    assert [(each.said, each.fate) for each in numbers] == [
        ("SB-000001", "Back, not entered yet."),
        ("SB-000002", "Not used: the patient did not come."),
    ]
    listed = office.ask(superbills.of_state, states=tuple(SuperbillState))
    assert [row.id for row in listed] == [bill], "what did not take place waits for nobody"
