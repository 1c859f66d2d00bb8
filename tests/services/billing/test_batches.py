"""Files of claims: made of what passes, good in other people's eyes, kept as they were."""

import io
from pathlib import Path

import pytest

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.professional_claim_reader import ProfessionalClaimReader
from frontdesk.kernel.errors import Unavailable
from frontdesk.models.billing.claims import BatchState, ClaimState
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.payer import PayerKind
from frontdesk.services.billing import batches, claim_detail, claims
from frontdesk.services.billing.mail_file import Mailbox, write_file
from frontdesk.services.registration import coverages, policies
from frontdesk.services.registration.drafts import CoverageDraft
from tests.builders.claims import home_of, insured, ready, sent
from tests.builders.registration import card, patient, plan
from tests.formats.x12.judges import pyx12_complaints, x12sdk_models
from tests.office import Office
from tests.refusal import refusal


def text_of(office: Office, batch_id: int) -> str:
    return office.ask(batches.file_of, batch_id=batch_id).text


def state_of(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def test_the_file_is_good_in_two_other_validators(office: Office) -> None:
    ready(office)
    ready(office, insured(office, "Zoë", "Núñez", "NUN1"))
    built = office.do(batches.build)
    assert (built.claims, built.charge_cents, built.stopped) == (2, 26000, ())
    text = text_of(office, built.batch_ids[0])
    assert pyx12_complaints(text) == ""
    assert x12sdk_models(text) == 1
    reader = Reader(io.BytesIO(text.encode()))
    found = [claim for message in reader.transaction_sets() for claim in ProfessionalClaimReader(message)]
    assert [(claim.number, claim.policy.subscriber.last) for claim in found] == [
        ("26-00001", "CASTILLO"),
        ("26-00002", "NUNEZ"),
    ]


def test_a_childs_claim_names_the_parent_as_subscriber(office: Office) -> None:
    parent = insured(office)
    child = patient(office, "Noa", "Castillo")
    home_of(office, child)
    office.do(
        coverages.add,
        patient_id=child,
        policy=card(office, parent),
        coverage=CoverageDraft(1, Relationship.CHILD),
    )
    ready(office, child)
    text = text_of(office, office.do(batches.build).batch_ids[0])
    assert pyx12_complaints(text) == ""
    assert "NM1*IL*1*CASTILLO*RAYMOND****MI*XQP884120557~" in text
    assert "PAT*19~NM1*QC*1*CASTILLO*NOA~" in text


def test_each_payer_gets_its_own_file_until_there_is_a_clearinghouse(office: Office) -> None:
    ready(office)
    other = insured(office, "Minh", "Tran", "TRA1", plan_id=plan(office, "Kaiser", "PPO", PayerKind.HMO))
    ready(office, other)
    built = office.do(batches.build)
    assert [row.receiver for row in office.ask(batches.batches)] == ["Kaiser", "BCBS"]
    office.do(batches.dissolve, batch_ids=built.batch_ids)
    office.do(batches.set_clearinghouse, mailbox=Mailbox("Tide Clearing", "TIDE01", "931234567", True))
    (batch,) = office.do(batches.build).batch_ids
    text = text_of(office, batch)
    assert "*ZZ*931234567      *ZZ*TIDE01         *260317*1042*^*00501*000000003*1*T*:~" in text
    assert text.count("CLM*") == 2


def test_a_claim_that_fails_at_the_last_moment_stays_behind(office: Office) -> None:
    good = ready(office)
    who = insured(office, "Minh", "Tran", "TRA1")
    bad = ready(office, who)
    (line,) = office.ask(coverages.coverages, patient_id=who)
    office.do(coverages.set_end, coverage_id=line.id, last_day=line.effective_from)
    built = office.do(batches.build)
    assert (built.claims, built.stopped) == (1, (bad,))
    assert (state_of(office, good), state_of(office, bad)) == (ClaimState.BATCHED, ClaimState.FAILED)


def test_a_claim_that_is_not_ready_cannot_be_chosen(office: Office) -> None:
    claim = ready(office)
    office.do(claims.hold, claim_id=claim, reason="Waiting")
    with refusal("Claim 26-00001 is on hold. Only a claim that is ready can be sent."):
        office.do(batches.build, claim_ids=(claim,))


def test_sending_is_said_once(office: Office) -> None:
    claim = ready(office)
    (batch,) = office.do(batches.build).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    assert state_of(office, claim) is ClaimState.SENT
    with refusal("File 1 was sent already."):
        office.do(batches.mark_sent, batch_id=batch)
    with refusal("File 1 was sent already."):
        office.do(batches.dissolve, batch_ids=(batch,))
    assert [row.state for row in office.ask(batches.batches)] == [BatchState.SENT]


def test_making_files_is_taken_back_as_long_as_they_are_here(office: Office) -> None:
    claim = ready(office)
    done = office.done(batches.build)
    office.database.undo(office.actor, done.entry_id)
    assert state_of(office, claim) is ClaimState.READY


def test_a_policy_that_a_claim_went_out_on_is_fixed(office: Office) -> None:
    claim = sent(office)
    coverage_id = office.ask(claim_detail.detail, claim_id=claim).coverage_id
    who = office.ask(claim_detail.detail, claim_id=claim).row.patient_id
    (line,) = office.ask(coverages.coverages, patient_id=who)
    assert line.id == coverage_id
    assert office.ask(policies.policy, policy_id=line.policy_id).is_in_use


def test_the_file_is_written_whole_and_its_name_tells_nothing(file_office: Office, tmp_path: Path) -> None:
    ready(file_office)
    (batch,) = file_office.do(batches.build).batch_ids
    file = file_office.ask(batches.file_of, batch_id=batch)
    written = write_file(file, tmp_path / "out")
    assert written.name == "837p-000001.txt"
    assert written.read_text() == file.text
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["837p-000001.txt"]


def test_a_folder_that_takes_nothing_says_so(file_office: Office, tmp_path: Path) -> None:
    ready(file_office)
    (batch,) = file_office.do(batches.build).batch_ids
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Unavailable, match="The folder for files to payers cannot be written to"):
        write_file(file_office.ask(batches.file_of, batch_id=batch), blocked)
