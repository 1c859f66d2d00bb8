"""A remittance of any size: its sums are of all claims, however many are shown, or posted at once."""

import pytest

from frontdesk.formats.x12.remittance import Person
from frontdesk.services.billing import balances, claim_detail, remittance_chunk, remittance_views, remittances
from frontdesk.services.billing.remittance_views import AnswerState, RemittanceSheet
from tests.builders.claims import insured, sent
from tests.builders.payer import (
    CONTRACT,
    COPAY,
    answer,
    delivered,
    mirrored,
    paid_claim,
    paid_line,
    received,
    written,
)
from tests.office import Office

STRANGER = paid_claim("77-1", (paid_line(1, "99213", 5000),), Person("NOBODY", "ANN"))


def of_every_kind(office: Office) -> int:
    """Matched, denied, of nobody, and one with an amount that no rule settles."""
    plain, denied, cut = (
        sent(office, insured(office, first, "Castillo", f"XQP00000000{n}"))
        for n, first in enumerate(("Raymond", "Maria", "Ana"))
    )
    return received(
        office,
        answer(office, plain, [(CONTRACT, 3844), (COPAY, 3000)]),
        answer(office, denied, [(("CO", "50"), 13000)], status="4"),
        STRANGER,
        answer(office, cut, [(("CO", "97"), 4000)]),
    )


def seen(office: Office, remittance: int, limit: int = 500) -> RemittanceSheet:
    return office.ask(remittance_views.sheet, remittance_id=remittance, limit=limit)


def test_the_sums_are_those_of_the_rows(office: Office) -> None:
    sheet = seen(office, of_every_kind(office))
    rows = sheet.answers
    ours = [row for row in rows if row.claim_id is not None]
    assert [row.state for row in rows] == [
        AnswerState.MATCHED,
        AnswerState.DENIED,
        AnswerState.NO_MATCH,
        AnswerState.REVIEW,
    ]
    assert sheet.total.claim_number == "4 claims"
    for name in ("charge_cents", "contract_cents", "patient_cents", "other_cents", "paid_cents"):
        assert getattr(sheet.total, name) == sum(getattr(row, name) for row in rows)
    assert (sheet.matched, sheet.to_review, sheet.row.unmatched) == (1, 2, 1)
    assert sheet.when_posted.open_cents == sum(row.open_cents for row in ours) == 17000
    assert sheet.when_posted.contract_cents == sum(row.contract_cents for row in ours)
    assert sheet.deposit.to_post_cents == sum(row.paid_cents for row in ours)
    assert sheet.deposit.no_match_cents == 5000


def test_of_many_those_are_shown_that_a_person_should_look_at(office: Office) -> None:
    remittance = of_every_kind(office)
    whole, first, two = seen(office, remittance), seen(office, remittance, 1), seen(office, remittance, 2)
    assert [row.place for row in first.answers] == [3]
    assert [row.place for row in two.answers] == [3, 2]
    for less in (first, two):
        assert (less.total, less.deposit, less.when_posted) == (whole.total, whole.deposit, whole.when_posted)
        assert (less.matched, less.to_review, less.why_not) == (1, 2, whole.why_not)
    office.do(remittances.keep_unapplied, remittance_claim_id=first.answers[0].id)
    assert [row.place for row in seen(office, remittance, 1).answers] == [2]


@pytest.mark.parametrize("at_once", [1, 2, 400])
def test_in_whatever_portions_it_is_posted_the_ledger_is_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Paid, taken back and decided again in one file: each rests on the one before."""
    monkeypatch.setattr(remittance_chunk, "_AT_ONCE", at_once)
    claim = sent(office)
    first = answer(office, claim, [(CONTRACT, 3844)])
    again = answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)])
    (remittance,) = delivered(office, written(first, mirrored(first), again, STRANGER)).remittance_ids
    loose = seen(office, remittance).answers[3]
    office.do(remittances.keep_unapplied, remittance_claim_id=loose.id)
    before = office.ask(balances.receivable)
    office.do(remittances.post, remittance_id=remittance)
    detail = office.ask(claim_detail.detail, claim_id=claim)
    balance = office.ask(balances.of_patient, patient_id=detail.row.patient_id)
    assert (detail.row.state.value, balance.payer_cents, balance.patient_cents) == ("paid", 0, 3000)
    assert before - office.ask(balances.receivable) == 3844 + 6156 + 5000
