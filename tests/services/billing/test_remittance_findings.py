"""What is to be reviewed says its facts, and offers what can be done about it."""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from frontdesk.models.billing.claims import ClaimState
from frontdesk.models.billing.refund import RefundState
from frontdesk.models.billing.remittances import Verdict
from frontdesk.services.billing import (
    balances,
    claim_detail,
    credit_list,
    fees,
    refunds,
    remittance_rules,
    remittance_views,
    remittances,
)
from frontdesk.services.billing.remittance_views import AnswerRow, AnswerState, Verb
from tests.builders.billing import paid
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, DEDUCTIBLE, answer, received
from tests.builders.refunds import approved
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.test_remittances import state_of

SHARED = Path(os.environ.get("FRONTDESK_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))
BUNDLED, ENDED = ("CO", "97"), ("CO", "27")


def row_of(office: Office, remittance_id: int) -> AnswerRow:
    return office.ask(remittance_views.sheet, remittance_id=remittance_id).answers[0]


def overpaid(office: Office) -> tuple[int, int, int]:
    """The patient paid 100.00; the payer leaves them 84.20."""
    who = insured(office)
    claim = sent(office, who)
    visit = office.ask(claim_detail.detail, claim_id=claim).appointment_id
    paid(office, who, 10000, copay_of=visit)
    return who, claim, received(office, answer(office, claim, [(CONTRACT, 3844), (DEDUCTIBLE, 8420)]))


def test_what_a_patient_paid_too_much_is_refunded_once_it_is_posted(office: Office) -> None:
    who, _, remittance = overpaid(office)
    row = row_of(office, remittance)
    assert row.review == (
        "Deductible PR-1 moves $84.20 to the patient, who paid $100.00 on 03/17. Refund $15.80."
    )
    assert row.verbs == (Verb.REFUND, Verb.OPEN)
    assert row.refund is not None
    assert row.refund.amount_cents == 1580
    done = office.done(refunds.ask_for, draft=row.refund)
    asked = row_of(office, remittance)
    assert asked.review.endswith("RF-000001 of $15.80 is asked for. It is paid once this is posted.")
    assert (asked.verbs, asked.is_settled, asked.refund) == ((Verb.WITHDRAW, Verb.OPEN), True, None)

    approved(office, done.result)
    with refusal("It rests on 835-0317-01, which is not posted. Post that first, or withdraw this."):
        office.do(refunds.pay, refund_id=done.result, reference="2071", version=2)
    office.do(remittances.post, remittance_id=remittance)
    assert office.ask(balances.of_patient, patient_id=who).credit_cents == 1580
    office.do(refunds.pay, refund_id=done.result, reference="2071", version=2)
    balance = office.ask(balances.of_patient, patient_id=who)
    assert (balance.total_cents, balance.credit_cents) == (0, 0)
    assert row_of(office, remittance).review.endswith("RF-000001 of $15.80 was paid.")


def test_a_refund_that_is_not_wanted_goes_back(office: Office) -> None:
    _, _, remittance = overpaid(office)
    draft = row_of(office, remittance).refund
    assert draft is not None
    done = office.done(refunds.ask_for, draft=draft)
    with refusal("You asked for this refund yourself. A second person with the right to refund approves it."):
        office.do(refunds.approve, refund_id=done.result, version=1)
    office.database.undo(office.actor, done.entry_id)
    assert row_of(office, remittance).verbs == (Verb.REFUND, Verb.OPEN)
    (refund,) = office.ask(credit_list.refund_list, states=(RefundState.WITHDRAWN,))
    assert refund.amount_cents == 1580


def test_a_service_that_was_not_paid_says_the_usual_rate_and_is_appealed(office: Office) -> None:
    claim = sent(office)
    list_id = office.do(
        fees.add_schedule,
        name="BCBS contract",
        effective_on=date(2026, 1, 1),
        payer_id=office.made["payer:BCBS"],
        is_contract=True,
    )
    office.do(
        fees.set_fee, fee_schedule_id=list_id, code="99213", amount_cents=9156, effective_on=date(2026, 1, 1)
    )
    remittance = received(office, answer(office, claim, [(BUNDLED, 13000)]))
    row = row_of(office, remittance)
    assert row.review == ("99213 paid at $0.00, CO-97 included in another service. Usual rate is $91.56.")
    assert row.verbs == (Verb.APPEAL, Verb.WRITE_OFF, Verb.OPEN)
    done = office.done(
        remittances.decide, remittance_claim_id=row.id, verdict=Verdict.APPEAL, reason="Letter of 03/17."
    )
    row = row_of(office, remittance)
    assert row.review == "Appealed when posted: Letter of 03/17."
    assert (row.verbs, row.open_cents, row.is_settled) == ((Verb.AGAIN, Verb.OPEN), 13000, True)
    office.database.undo(office.actor, done.entry_id)
    assert row_of(office, remittance).verbs == (Verb.APPEAL, Verb.WRITE_OFF, Verb.OPEN)
    office.do(
        remittances.decide, remittance_claim_id=row.id, verdict=Verdict.APPEAL, reason="Letter of 03/17."
    )
    office.do(remittances.post, remittance_id=remittance)
    assert state_of(office, claim) is ClaimState.APPEALED
    row = row_of(office, remittance)
    assert (row.review, row.verbs) == ("Appealed: Letter of 03/17.", (Verb.OPEN,))


def test_ended_coverage_is_billed_to_the_patient(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(ENDED, 13000)], status="4"))
    row = row_of(office, remittance)
    assert (row.state, row.verbs) == (AnswerState.DENIED, (Verb.PATIENT, Verb.OPEN))


def test_each_code_has_words_and_an_unknown_one_says_where_to_look(office: Office) -> None:
    _, claim, _ = overpaid(office)
    said = answer(office, claim, [(CONTRACT, 3844), (DEDUCTIBLE, 8420)])
    lines = tuple(replace(line, remarks=("N179", "N999")) for line in said.lines)
    remittance = received(office, replace(said, lines=lines), trace="77")
    detail = office.ask(remittance_views.answer_detail, remittance_claim_id=row_of(office, remittance).id)
    assert detail.meanings == (
        ("CO-45", "Above the contracted or allowed fee. Write it off; never bill the patient."),
        ("PR-1", "Deductible. The patient paid $100.00 on 03/17, so nothing is due."),
        ("N179", "Remark: more information was asked of the member."),
        ("N999", "Remark N999: look it up in the payer's list."),
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not on this machine")
def test_every_code_of_the_samples_is_on_our_lists() -> None:
    reasons, remarks = set[str](), set[str]()
    for path in sorted((SHARED / "x12").rglob("*")):
        text = path.read_text("latin-1") if path.is_file() else ""
        for name, *elements in (re.split(r"[*|]", each.strip()) for each in re.split(r"[~\n']", text)):
            if name == "CAS":
                reasons |= set(elements[1::3]) - {""}
            elif name == "LQ" and elements[0] == "HE":
                remarks.add(elements[1])
            elif name in ("MOA", "MIA"):
                remarks |= {each for each in elements if re.fullmatch(r"(M|MA|N)\d+", each)}
    assert remarks
    assert [code for code in sorted(reasons) if not remittance_rules.meaning(code)] == []
    assert [code for code in sorted(remarks) if not remittance_rules.remark_meaning(code)] == []
