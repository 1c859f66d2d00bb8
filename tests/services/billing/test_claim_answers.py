"""TA1, 999, 277CA and 277 read back: each claim goes on as it was answered; the 276 asks where it stands."""

import io

import pytest

from frontdesk.formats.x12.claim_status import REQUEST_VERSION
from frontdesk.formats.x12.claim_status_inquiry import StatusRequestReader
from frontdesk.formats.x12.envelope import Reader
from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.claims import ClaimState
from frontdesk.services.billing import (
    appeals,
    batches,
    claim_answers,
    claim_asking,
    claim_detail,
    claims,
    remittances,
)
from frontdesk.services.billing.claim_answers import AnswersTaken
from frontdesk.services.billing.mail_file import Mailbox
from frontdesk.services.records import content
from tests.builders.answers import about, intake, syntax, told
from tests.builders.claims import insured, ready
from tests.builders.payer import answer, received
from tests.formats.x12.judges import x12sdk_models
from tests.office import Office
from tests.refusal import refusal


def two_sent(office: Office) -> tuple[int, int]:
    """Two claims in one file, sent through a clearinghouse: file 1, envelope 1."""
    one = ready(office)
    two = ready(office, insured(office, "Minh", "Tran", "TRA1"))
    office.do(batches.set_clearinghouse, mailbox=Mailbox("Tide Clearing", "TIDE01", "931234567"))
    (batch,) = office.do(batches.build).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    return one, two


def stands(office: Office, claim_id: int) -> tuple[ClaimState, str, str]:
    row = office.ask(claim_detail.detail, claim_id=claim_id).row
    return row.state, row.problem_code, row.problem


def last_word(office: Office, claim_id: int) -> str:
    return office.ask(claim_detail.detail, claim_id=claim_id).timeline[-1].detail


def test_a_claim_goes_from_sent_by_999_and_277ca_to_accepted(office: Office) -> None:
    one, two = two_sent(office)
    taken = syntax(
        office, "TA1*000000001*260317*1500*A*000", "AK1*HC*1", "AK2*837*0001", "IK5*A", "AK9*A*1*1*1"
    )
    assert (taken.accepted, taken.rejected, taken.unmatched) == (2, 0, 0)
    assert stands(office, one)[0] is stands(office, two)[0] is ClaimState.PASSED
    assert last_word(office, one) == "999: A The file passed the receiver's check."
    taken = intake(office, *about("26-00001", "A2:20"), *about("26-00002", "A7:562:85", level=5))
    assert (taken.accepted, taken.rejected) == (1, 1)
    assert stands(office, one) == (ClaimState.ACCEPTED, "", "")
    state, code, problem = stands(office, two)
    assert (state, code) == (ClaimState.REJECTED, "A7:562")
    assert problem == "Turned back, something is not valid: NPI (the billing provider)."
    detail = office.ask(claim_detail.detail, claim_id=one)
    assert detail.payer_control_number == "P77"
    assert next(m for m in detail.milestones if m.name == "Accepted").on is not None
    office.do(claims.send_again, claim_id=two)
    assert stands(office, two)[0] is ClaimState.READY


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    one, _ = two_sent(office)
    first = intake(office, *about("26-00001", "A2:20"))
    again = intake(office, *about("26-00001", "A2:20"))
    assert not first.is_known
    assert again == AnswersTaken(first.file_id, is_known=True)
    assert len(office.ask(claim_detail.detail, claim_id=one).timeline) == 6


def test_a_999_that_refuses_a_set_turns_its_claims_back_and_names_the_wrong_one(office: Office) -> None:
    one, two = two_sent(office)
    taken = syntax(
        office,
        "AK1*HC*1",
        "AK2*837*0001",
        "IK3*CLM*22**8",
        "CTX*CLM01:26-00002",
        "IK4*2*782*1",
        "IK5*R*5",
        "AK9*R*1*1*0",
    )
    assert taken.rejected == 2
    assert stands(office, one)[2] == (
        "The receiver could not read it: CLM at place 22 has an element that is wrong; element 2 is missing."
    )
    assert stands(office, two)[2] == "CLM at place 22 has an element that is wrong; element 2 is missing."


def test_an_envelope_that_was_turned_back_takes_its_claims_with_it(office: Office) -> None:
    one, two = two_sent(office)
    taken = told(office, "TA1*000000001*260317*1500*R*006", kind="", version="", group="")
    assert taken.rejected == 2
    assert stands(office, one) == stands(office, two)
    assert stands(office, one)[2] == "The whole file was turned back: the sender's number is not known."


def test_an_answer_that_is_late_or_after_the_decision_goes_into_the_timeline_only(office: Office) -> None:
    one, two = two_sent(office)
    intake(office, *about("26-00001", "A3:21"))
    office.do(claims.send_again, claim_id=one)
    (batch,) = office.do(batches.build, claim_ids=(one,)).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    intake(office, *about("26-00001", "A7:254"))
    assert stands(office, one)[0] is ClaimState.SENT
    assert last_word(office, one).endswith("main diagnosis. It is about an earlier file.")
    denied = received(office, answer(office, two, [(("CO", "50"), 13000)], status="4"))
    office.do(remittances.post, remittance_id=denied)
    intake(office, *about("26-00002", "A2:20"))
    assert stands(office, two)[0] is ClaimState.DENIED


def test_an_answer_that_fits_no_claim_waits_for_a_person(office: Office) -> None:
    one, _ = two_sent(office)
    taken = intake(office, *about("99-1", "A7:164:IL"), *about("98-2", "A2:20", level=5))
    assert (taken.unmatched, office.ask(claim_answers.waiting_count)) == (2, 2)
    second, first = office.ask(claim_answers.waiting)
    assert (first.message, first.from_name, first.claim_number) == ("277CA", "BCBS", "99-1")
    office.do(claim_answers.assign, answer_id=first.id, claim_id=one, version=first.version)
    assert stands(office, one)[:2] == (ClaimState.REJECTED, "A7:164")
    with refusal("This answer has its claim already."):
        office.do(claim_answers.assign, answer_id=first.id, claim_id=one)
    with refusal("Say why nobody needs to look for its claim."):
        office.do(claim_answers.set_aside, answer_id=second.id, reason=" ")
    done = office.done(claim_answers.set_aside, answer_id=second.id, reason="Of the office before us")
    assert office.ask(claim_answers.waiting) == ()
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(claim_answers.waiting_count) == 1
    with refusal("This answer was not set aside."):
        office.do(claim_answers.take_up, answer_id=second.id)


def test_an_acknowledgment_of_another_kind_of_file_waits_for_nobody(office: Office) -> None:
    two_sent(office)
    taken = syntax(office, "AK1*HS*9", "AK2*270*0001", "IK5*A", "AK9*A*1*1*1")
    assert (taken.accepted, taken.unmatched) == (0, 0)
    assert office.ask(claim_answers.waiting) == ()


def test_a_question_comes_back_as_its_answer_by_the_trace(office: Office) -> None:
    one, two = two_sent(office)
    assert office.ask(claim_asking.late) == ()
    office.clock.advance(days=22)
    assert office.ask(claim_asking.late) == (one, two)
    asked = office.do(claim_asking.ask, claim_ids=(one, two))
    assert (asked.questions, asked.left_out) == (2, ())
    assert office.ask(claim_asking.late) == ()
    file = office.ask(claim_asking.file_of, batch_id=asked.batch_ids[0])
    assert file.name == "276-000001.txt"
    assert x12sdk_models(file.text) == 1
    for message in Reader(io.BytesIO(file.text.encode())).transaction_sets():
        requests = list(StatusRequestReader(message))
    assert [(r.claim_number, r.trace, r.charge_cents) for r in requests] == [
        ("26-00001", "S000000001", 13000),
        ("26-00002", "S000000002", 13000),
    ]
    taken = told(
        office,
        "BHT*0010*08*1*20260417*0800*DG",
        "HL*1**20*1",
        "NM1*PR*2*BCBS*****PI*BCBS1",
        "HL*2*1*21*1",
        "NM1*41*2*HARBOR*****46*931234567",
        "HL*3*2*19*1",
        "NM1*1P*2*HARBOR*****XX*1234567893",
        "HL*4*3*22*0",
        "NM1*IL*1*CASTILLO*RAYMOND****MI*XQP884120557",
        "TRN*2*S000000001",
        "STC*P3:317*20260417**130********SEND THE NOTE",
        "REF*1K*P88",
        "HL*5*3*22*0",
        "NM1*IL*1*TRAN*MINH****MI*TRA1",
        "TRN*2*S000000002",
        "STC*F1:1*20260417**130*86.56",
        kind="277",
        version=REQUEST_VERSION,
        group="HN",
    )
    assert (taken.worked_on, taken.unmatched) == (2, 0)
    state, code, problem = stands(office, one)
    assert (state, code) == (ClaimState.IN_PROCESS, "P3:317")
    assert problem == (
        "Waits for information that the payer asked for: patient's medical records. SEND THE NOTE."
    )
    assert stands(office, two) == (ClaimState.IN_PROCESS, "", "")


def test_what_cannot_be_asked_about_is_refused_by_name(office: Office) -> None:
    with refusal("Nothing is chosen. Choose the claims to ask about."):
        office.do(claim_asking.ask, claim_ids=())
    one = ready(office)
    with refusal("Claim 26-00001 is ready to send. Only a claim that lies with the payer is asked about."):
        office.do(claim_asking.ask, claim_ids=(one,))


def test_a_file_cut_short_is_refused_whole(office: Office) -> None:
    one, _ = two_sent(office)
    data = b"".join(
        (
            b"ISA*00*          *00*          *ZZ*TIDE01         *ZZ*HARBOR         ",
            b"*260317*1600*^*00501*000000009*0*P*:~",
            b"GS*FA*TIDE01*HARBOR*20260317*1600*1*X*005010X231A1~ST*999*0001*005010X231A1~",
            b"AK1*HC*1~AK2*837*0001~IK5*R~",
        )
    )
    seen = content.store_bytes(office.database, data, "cut.txt")
    with pytest.raises(Refused, match=r"taken in\. Segment 6, SE: expected .* The file is cut"):
        office.do(claim_answers.take_in, sha256=seen.sha256)
    assert stands(office, one)[0] is ClaimState.SENT


def test_a_file_without_answers_says_what_it_holds(office: Office) -> None:
    with refusal(
        "There is no answer about claims (TA1, 999, 277CA, 277) in this file. It holds 835. "
        "Choose what the clearinghouse put into its folder for answers."
    ):
        told(office, "BPR*I*0*C*NON", kind="835", version="005010X221A1", group="HP")


def test_an_appeal_waits_for_the_second_decision(office: Office) -> None:
    one, two = two_sent(office)
    with refusal("Claim 26-00001 was sent. Only what the payer decided is appealed."):
        office.do(appeals.appeal, claim_id=one, reason="Records sent")
    denied = received(office, answer(office, one, [(("CO", "50"), 13000)], status="4"))
    office.do(remittances.post, remittance_id=denied)
    with refusal("Say what the appeal rests on."):
        office.do(appeals.appeal, claim_id=one, reason="")
    done = office.done(appeals.appeal, claim_id=one, reason="Records sent 03/17")
    assert stands(office, one)[0] is ClaimState.APPEALED
    office.database.undo(office.actor, done.entry_id)
    assert stands(office, one)[0] is ClaimState.DENIED
    with refusal("Claim 26-00002 was sent. There is no appeal."):
        office.do(appeals.withdraw_appeal, claim_id=two, state=ClaimState.DENIED)
    office.do(appeals.appeal, claim_id=one, reason="Again")
    with refusal("Say how the payer had decided."):
        office.do(appeals.withdraw_appeal, claim_id=one, state=ClaimState.SENT)
