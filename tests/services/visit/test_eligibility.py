"""Payers asked in files, their answers read, matched and kept."""

from datetime import date
from pathlib import Path

import pytest

from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.verification import VerificationResult
from frontdesk.services.billing.mail_file import write_file
from frontdesk.services.records import content
from frontdesk.services.registration import benefits, coverages, panel, verifications
from frontdesk.services.registration.drafts import CoverageDraft
from frontdesk.services.visit import eligibility_asking, eligibility_intake
from frontdesk.services.visit.eligibility_asking import Question
from tests.builders.eligibility import asked, read, reply
from tests.builders.eligibility_payer import INACTIVE, PPO, refuses
from tests.builders.registration import card, coverage, danielle, patient, verification
from tests.builders.schedule import TODAY
from tests.office import Office
from tests.refusal import refusal

SAMPLES = Path(__file__).parents[2] / "data" / "x12"


def latest(office: Office, coverage_id: int) -> verifications.Verification:
    found = office.ask(verifications.latest, coverage_id=coverage_id)
    assert found is not None
    return found


def test_an_answer_comes_back_by_its_trace_number_with_all_its_benefits(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    taken = read(office, reply(asked(office, coverage_id), PPO))
    assert (taken.answers, taken.matched, taken.failed, taken.unmatched, taken.known) == (1, 1, 0, 0, 0)
    answer = latest(office, coverage_id)
    assert (answer.result, answer.plan_said, answer.plan_begins_on) == (
        VerificationResult.ACTIVE,
        "BCBS PREFERRED PPO",
        date(2026, 1, 1),
    )
    assert (answer.copay_cents, answer.coinsurance_percent) == (3000, None)
    assert (answer.deductible_cents, answer.deductible_left_cents) == (150000, 41200)
    assert (answer.out_of_pocket_cents, answer.out_of_pocket_left_cents) == (600000, 481000)
    assert answer.has_benefits
    lines = office.ask(benefits.benefits, verification_id=answer.id)
    assert [line.information for line in lines] == ["1", *"CCCCCGGBABFF", "ZZ", "L"]
    assert lines[10].messages == ("URGENT CARE COPAY IS WAIVED IF ADMITTED",)
    assert (lines[13].service_types, lines[13].amount_cents, lines[13].text) == (
        ("Q9",),
        1250,
        "EB*ZZ*IND*Q9****12.5~\n",
    )
    assert lines[14].others == ("Primary care provider: GRACE LEE, 1234567893, (503) 555-0100",)


def test_a_child_is_asked_about_under_the_card_of_the_parent(office: Office) -> None:
    dani = danielle(office)
    maya = patient(office, "Maya", "Foster", date(2015, 2, 3))
    child = office.do(
        coverages.add,
        patient_id=maya,
        policy=card(office, dani),
        coverage=CoverageDraft(1, Relationship.CHILD),
    )
    question = asked(office, child)
    assert "NM1*IL*1*FOSTER*DANIELLE*M.***MI*XQP884120557~" in question
    assert "NM1*03*1*FOSTER*MAYA~DMG*D8*20150203*F~INS*N*19~DTP*291*D8*20260317~EQ*30~" in question
    read(office, reply(question, PPO))
    assert latest(office, child).copay_cents == 3000


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    question = asked(office, coverage_id)
    data = reply(question, PPO)
    read(office, data)
    with refusal("This file was read on 03/17/2026 at 10:42 AM by Dana Brooks. Nothing was changed."):
        read(office, data)
    again = read(office, reply(question, PPO, number=2))
    assert (again.known, again.matched) == (1, 0)
    assert len(office.ask(verifications.history, coverage_id=coverage_id)) == 1


def test_a_refusal_is_kept_and_hides_neither_the_coverage_nor_the_last_good_answer(office: Office) -> None:
    dani = danielle(office)
    coverage_id = coverage(office, dani)
    verification(office, coverage_id)
    office.clock.advance(minutes=5)
    taken = read(office, reply(asked(office, coverage_id), refuses("72", "C")))
    assert (taken.matched, taken.failed) == (1, 1)
    newest, before = office.ask(verifications.history, coverage_id=coverage_id)
    assert (newest.result, newest.reject_codes) == (VerificationResult.REJECTED, "subscriber 72 C")
    assert latest(office, coverage_id).id == before.id
    (shown,) = office.ask(panel.panel, patient_id=dani).coverages
    assert shown.verification is not None
    assert shown.verification.result is VerificationResult.ACTIVE


def test_not_active_is_a_real_answer(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    verification(office, coverage_id)
    office.clock.advance(minutes=5)
    read(office, reply(asked(office, coverage_id), INACTIVE))
    answer = latest(office, coverage_id)
    assert (answer.result, answer.plan_ends_on, answer.copay_cents) == (
        VerificationResult.INACTIVE,
        date(2026, 2, 28),
        None,
    )


def test_an_answer_nobody_asked_for_is_matched_by_who_it_is_about(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    question = asked(office, coverage_id).replace("TRN*1*", "TRN*1*OTHER")
    assert read(office, reply(question, PPO)).matched == 1
    assert latest(office, coverage_id).copay_cents == 3000


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("19820614", "19820641", "The member ID is known here, but name or birth date differ."),
        ("FOSTER", "FORSTER", "The member ID is known here, but name or birth date differ."),
        ("XQP884120557", "ABC1", "No patient here fits the member ID."),
    ],
)
def test_an_answer_that_fits_nobody_is_listed_with_the_reason(
    office: Office, old: str, new: str, why: str
) -> None:
    coverage_id = coverage(office, danielle(office))
    question = asked(office, coverage_id).replace("TRN*1*", "TRN*1*OTHER").replace(old, new)
    assert read(office, reply(question, PPO)).unmatched == 1
    (loose,) = office.ask(eligibility_intake.loose)
    assert (loose.why, loose.payer) == (why, "BCBS")
    office.do(eligibility_intake.match, answer_id=loose.answer_id, coverage_id=coverage_id)
    assert latest(office, coverage_id).copay_cents == 3000
    assert office.ask(eligibility_intake.loose) == ()


def test_our_number_on_an_answer_about_somebody_else_is_not_believed(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    question = asked(office, coverage_id)
    other = (
        question.replace("FOSTER*DANIELLE", "ABBOTT*ANN")
        .replace("XQP884120557", "A1")
        .replace("1982", "1975")
    )
    assert read(office, reply(other, PPO)).unmatched == 1
    (loose,) = office.ask(eligibility_intake.loose)
    assert loose.why == "It names our question 000000001, but is about somebody else."
    assert office.ask(verifications.latest, coverage_id=coverage_id) is None


def test_a_wrong_match_is_taken_back_and_no_longer_counts(office: Office) -> None:
    coverage_id = coverage(office, danielle(office))
    read(
        office,
        reply(asked(office, coverage_id).replace("FOSTER", "FORSTER").replace("TRN*1*", "TRN*1*X"), PPO),
    )
    (loose,) = office.ask(eligibility_intake.loose)
    office.do(eligibility_intake.match, answer_id=loose.answer_id, coverage_id=coverage_id)
    with refusal("This answer has its coverage already. Withdraw it there first."):
        office.do(eligibility_intake.match, answer_id=loose.answer_id, coverage_id=coverage_id)
    office.do(eligibility_intake.unmatch, answer_id=loose.answer_id)
    assert office.ask(verifications.latest, coverage_id=coverage_id) is None
    office.do(eligibility_intake.set_aside, answer_id=loose.answer_id, reason="Not ours")
    assert office.ask(eligibility_intake.loose) == ()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<!DOCTYPE html><p>Sign in</p>", "This is a web page. Choose a file of eligibility answers (271)."),
        (
            b"Dear office",
            (
                "This is a file of another kind (it does not begin with ISA). "
                "Choose a file of eligibility answers (271)."
            ),
        ),
        (
            (SAMPLES / "835-dollars-and-data.edi").read_bytes(),
            "This file holds a remittance (835). Choose a file of eligibility answers (271).",
        ),
        (
            (SAMPLES / "270-subscriber.edi").read_bytes(),
            "This file holds an eligibility question (270). Choose a file of eligibility answers (271).",
        ),
        (
            (SAMPLES / "271-subscriber.edi").read_bytes()[:600],
            (
                "Nothing was read: the file is not whole. It breaks off at segment 19. "
                "Ask the payer to send it again."
            ),
        ),
        (
            (SAMPLES / "271-subscriber.edi").read_bytes().replace(b"005010X279", b"004010X092A1"),
            (
                "Nothing was read. Segment 3, ST03: expected version 005010X279A1; this is 004010X092A1. "
                "Ask the payer or clearinghouse for answers in version 5010, the one that HIPAA adopted "
                "(45 CFR 162.1202)."
            ),
        ),
    ],
    ids=["html", "letter", "835", "270", "truncated", "4010"],
)
def test_a_foreign_or_broken_file_is_called_by_its_name(office: Office, data: bytes, sentence: str) -> None:
    with refusal(sentence):
        read(office, data)
    assert office.ask(eligibility_intake.loose) == ()


def test_every_published_answer_is_read_and_listed(office: Office) -> None:
    danielle(office)
    for path in sorted(SAMPLES.glob("*271*")):
        seen = content.store(office.database, path)
        taken = office.do(eligibility_intake.take_in, sha256=seen.sha256)
        assert taken.unmatched + taken.known == taken.answers == 1
        assert bool(taken.note) == ("imsweb" in path.name)
    assert len(office.ask(eligibility_intake.loose)) >= 5


def test_a_question_says_what_is_in_its_way(office: Office) -> None:
    with refusal("Nothing is chosen. Choose whose coverage to ask about."):
        office.do(eligibility_asking.ask, questions=())
    maya = patient(office, "Maya", "Reed", date(2015, 2, 3))
    child = office.do(
        coverages.add,
        patient_id=maya,
        policy=card(
            office, maya, "RD1", subscriber_patient_id=None, subscriber_last="Reed", subscriber_first="Al"
        ),
        coverage=CoverageDraft(1, Relationship.CHILD),
    )
    with refusal(
        "BCBS PPO: The subscriber's birth date is missing. Enter it on the policy, or call the payer."
    ):
        office.do(eligibility_asking.ask, questions=(Question(child, TODAY),))
    good = coverage(office, danielle(office))
    done = office.do(eligibility_asking.ask, questions=(Question(child, TODAY), Question(good, TODAY)))
    assert (done.inquiries, [left.coverage_id for left in done.left_out]) == (1, [child])


def test_the_file_lies_whole_in_its_folder(file_office: Office, tmp_path: Path) -> None:
    coverage_id = coverage(file_office, danielle(file_office))
    (batch_id,) = file_office.do(eligibility_asking.ask, questions=(Question(coverage_id, TODAY),)).batch_ids
    file = file_office.ask(eligibility_asking.file_of, batch_id=batch_id)
    path = write_file(file, tmp_path / "out")
    assert (path.name, path.read_text()) == ("270-000001.txt", file.text)
    assert [each.name for each in path.parent.iterdir()] == ["270-000001.txt"]
