"""What a person decides on the amounts of a remittance that no rule settles."""

from frontdesk.models.billing.claims import ClaimState
from frontdesk.models.billing.remittances import Treatment
from frontdesk.services.billing import balances, remittance_views, remittances
from frontdesk.services.billing.remittance_views import AnswerState
from tests.builders.claims import sent
from tests.builders.payer import CONTRACT, answer, received
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.test_remittances import patient_of, state_of


def test_a_person_decides_on_what_no_rule_settles(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (("CO", "97"), 4500)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    with refusal("Say why."):
        office.do(remittances.decide, remittance_claim_id=row.id, treatment=Treatment.WRITE_OFF, reason="")
    with refusal("Write it off, let the patient owe it, or leave it open."):
        office.do(remittances.decide, remittance_claim_id=row.id, treatment=Treatment.PRIOR, reason="x")
    done = office.done(
        remittances.decide, remittance_claim_id=row.id, treatment=Treatment.WRITE_OFF, reason="In 90460"
    )
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    assert (row.state, row.contract_cents, row.other_cents) == (AnswerState.MATCHED, 8344, 0)
    office.database.undo(office.actor, done.entry_id)
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    assert (row.state, row.contract_cents, row.other_cents) == (AnswerState.REVIEW, 3844, 4500)
    office.do(
        remittances.decide, remittance_claim_id=row.id, treatment=Treatment.WRITE_OFF, reason="In 90460"
    )
    office.do(remittances.post, remittance_id=remittance)
    (line,) = office.ask(balances.lines_of_patient, patient_id=patient_of(office, claim))
    assert (line.payer_cents, line.patient_cents, line.adjusted_cents) == (0, 0, -8344)
    assert state_of(office, claim) is ClaimState.PAID


def test_a_denial_that_the_patient_owes_is_billed_to_them(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(("CO", "27"), 13000)], status="4"))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(
        remittances.decide, remittance_claim_id=row.id, treatment=Treatment.PATIENT, reason="No coverage"
    )
    office.do(remittances.post, remittance_id=remittance)
    balance = office.ask(balances.of_patient, patient_id=patient_of(office, claim))
    assert (balance.payer_cents, balance.patient_cents) == (0, 13000)
    assert state_of(office, claim) is ClaimState.PAID


def test_nothing_is_decided_where_nothing_is_open(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    with refusal("Nothing of this claim stays open. There is nothing to decide."):
        office.do(remittances.decide, remittance_claim_id=row.id, treatment=Treatment.PATIENT, reason="x")
    office.do(remittances.unmatch, remittance_claim_id=row.id)
    with refusal("This payment has no claim yet. Match it first."):
        office.do(remittances.decide, remittance_claim_id=row.id, treatment=Treatment.PATIENT, reason="x")


def test_a_match_with_a_decision_is_not_taken_back(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(("CO", "97"), 4500)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(remittances.decide, remittance_claim_id=row.id, treatment=Treatment.WRITE_OFF, reason="Small")
    with refusal("You decided on what is open of it. Decide anew first."):
        office.do(remittances.unmatch, remittance_claim_id=row.id)
