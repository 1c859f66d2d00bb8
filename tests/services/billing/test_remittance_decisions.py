"""What a person decides on the amounts of a remittance that no rule settles."""

from frontdesk.models.billing.claims import ClaimState
from frontdesk.models.billing.remittances import Verdict
from frontdesk.services.billing import balances, remittance_views, remittance_voiding, remittances
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.services.billing.remittance_views import AnswerState
from tests.builders.claims import sent
from tests.builders.payer import CONTRACT, answer, received
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.explained_reports import comes_to
from tests.services.billing.test_remittances import patient_of, state_of


def test_a_person_decides_on_what_no_rule_settles(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (("CO", "97"), 4500)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    with refusal("Say why."):
        office.do(remittances.decide, remittance_claim_id=row.id, verdict=Verdict.WRITE_OFF, reason="")
    done = office.done(
        remittances.decide, remittance_claim_id=row.id, verdict=Verdict.WRITE_OFF, reason="In 90460"
    )
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    assert (row.state, row.contract_cents, row.other_cents) == (AnswerState.MATCHED, 8344, 0)
    office.database.undo(office.actor, done.entry_id)
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    assert (row.state, row.contract_cents, row.other_cents) == (AnswerState.REVIEW, 3844, 4500)
    office.do(remittances.decide, remittance_claim_id=row.id, verdict=Verdict.WRITE_OFF, reason="In 90460")
    office.do(remittances.post, remittance_id=remittance)
    (line,) = office.ask(balances.lines_of_patient, patient_id=patient_of(office, claim))
    assert (line.payer_cents, line.patient_cents, line.adjusted_cents) == (0, 0, -8344)
    assert state_of(office, claim) is ClaimState.PAID


def test_a_denial_that_the_patient_owes_is_billed_to_them(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(("CO", "27"), 13000)], status="4"))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(remittances.decide, remittance_claim_id=row.id, verdict=Verdict.PATIENT, reason="No coverage")
    office.do(remittances.post, remittance_id=remittance)
    balance = office.ask(balances.of_patient, patient_id=patient_of(office, claim))
    assert (balance.payer_cents, balance.patient_cents) == (0, 13000)
    assert state_of(office, claim) is ClaimState.PAID


def test_nothing_is_decided_where_nothing_is_open(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    with refusal("Nothing of this claim stays open. There is nothing to decide."):
        office.do(remittances.decide, remittance_claim_id=row.id, verdict=Verdict.PATIENT, reason="x")
    office.do(remittances.unmatch, remittance_claim_id=row.id)
    with refusal("This payment has no claim yet. Match it first."):
        office.do(remittances.decide, remittance_claim_id=row.id, verdict=Verdict.PATIENT, reason="x")


def test_a_match_with_a_decision_is_not_taken_back(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(("CO", "97"), 4500)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(remittances.decide, remittance_claim_id=row.id, verdict=Verdict.WRITE_OFF, reason="Small")
    with refusal("You decided on what is open of it. Decide anew first."):
        office.do(remittances.unmatch, remittance_claim_id=row.id)


def _part_of(office: Office, *, rest: Verdict, off: int = 1500) -> tuple[int, int, int]:
    """A claim of which $45.00 is open; a part is written off. The claim, the remittance, the answer."""
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (("CO", "97"), 4500)]))
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(
        remittances.decide, remittance_claim_id=row.id, verdict=rest, reason="Half", write_off_cents=off
    )
    return claim, remittance, row.id


def test_a_part_is_written_off_and_the_patient_owes_the_rest(office: Office) -> None:
    claim, remittance, answer_id = _part_of(office, rest=Verdict.PATIENT)
    sheet = office.ask(remittance_views.sheet, remittance_id=remittance)
    (row,) = sheet.answers
    assert (row.contract_cents, row.patient_cents, row.other_cents, row.open_cents) == (5344, 3000, 0, 0)
    assert row.review == "$15.00 written off, the rest billed to the patient when posted: Half."
    assert (sheet.when_posted.contract_cents, sheet.when_posted.moved_to_patients_cents) == (5344, 3000)
    office.do(remittances.post, remittance_id=remittance)
    who = patient_of(office, claim)
    (line,) = office.ask(balances.lines_of_patient, patient_id=who)
    assert (line.payer_cents, line.patient_cents, line.adjusted_cents) == (0, 3000, -5344)
    assert state_of(office, claim) is ClaimState.PAID
    for part, cents in ((Part.PAID, row.paid_cents), (Part.CONTRACT, 5344), (Part.PATIENT, 3000)):
        comes_to(office, Subject(About.ANSWER, answer_id, part), cents)
    office.do(remittance_voiding.void, remittance_id=remittance, reason="Wrong deposit")
    assert office.ask(balances.of_patient, patient_id=who).payer_cents == 13000


def test_a_part_is_written_off_and_the_rest_stays_with_the_payer(office: Office) -> None:
    claim, remittance, answer_id = _part_of(office, rest=Verdict.KEEP)
    sheet = office.ask(remittance_views.sheet, remittance_id=remittance)
    (row,) = sheet.answers
    assert (row.contract_cents, row.other_cents, row.open_cents) == (5344, 3000, 3000)
    assert sheet.when_posted.open_cents == 3000
    assert row.review == "$15.00 written off, the rest left open with the payer when posted: Half."
    office.do(remittances.post, remittance_id=remittance)
    (line,) = office.ask(balances.lines_of_patient, patient_id=patient_of(office, claim))
    assert (line.payer_cents, line.patient_cents, line.adjusted_cents) == (3000, 0, -5344)
    assert state_of(office, claim) is ClaimState.PART_PAID
    comes_to(office, Subject(About.ANSWER, answer_id, Part.OTHER), 3000)


def test_a_part_is_decided_anew_and_undone(office: Office) -> None:
    _, remittance, answer_id = _part_of(office, rest=Verdict.PATIENT)
    again = office.done(remittances.decide, remittance_claim_id=answer_id, verdict=None, reason="")
    (row,) = office.ask(remittance_views.sheet, remittance_id=remittance).answers
    assert (row.contract_cents, row.other_cents) == (3844, 4500)
    office.database.undo(office.actor, again.entry_id)
    (row,) = office.ask(remittance_views.sheet, remittance_id=remittance).answers
    assert (row.contract_cents, row.patient_cents) == (5344, 3000)


def test_a_part_is_less_than_what_is_open(office: Office) -> None:
    _, _, answer_id = _part_of(office, rest=Verdict.KEEP)

    def decide(off: int, verdict: Verdict) -> None:
        office.do(
            remittances.decide,
            remittance_claim_id=answer_id,
            verdict=verdict,
            reason="Half",
            write_off_cents=off,
        )

    for off, verdict in ((4500, Verdict.KEEP), (9000, Verdict.PATIENT), (1500, Verdict.WRITE_OFF)):
        with refusal("Only $45.00 is open. Write off a part of it, or all without a rest."):
            decide(off, verdict)
    with refusal("Enter an amount above zero."):
        decide(-1, Verdict.KEEP)
