"""The accounting of disclosures: entries that stand, corrections that point back, the letter."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.records import accounting, disclosures, release_deliveries, suspensions
from frontdesk.services.records.accounting_report import summarised
from frontdesk.services.records.disclosures import DisclosureDraft, Ground
from frontdesk.services.records.release_deliveries import Outcome
from tests.builders.packets import ready, sent
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal

TODAY = date(2026, 3, 17)


def _draft(on: date = date(2026, 3, 10), **others: object) -> DisclosureDraft:
    given: dict[str, object] = {
        "disclosed_on": on,
        "recipient": "Multnomah County Health",
        "what": "Positive culture, by telephone",
        "purpose": "Reportable disease",
        "ground": Ground.PUBLIC_HEALTH,
        "recipient_address": "619 NW 6th Avenue\nPortland, OR 97209",
    }
    return DisclosureDraft(**(given | others))  # type: ignore[arg-type]


def _words(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_entries_are_made_corrected_and_struck_and_never_lost(office: Office) -> None:
    patient_id = patient(office)
    done = office.done(disclosures.enter, patient_id=patient_id, draft=_draft())
    newer = office.do(
        disclosures.correct, disclosure_id=done.result, draft=_draft(what="Positive culture, letter")
    )
    (entry,) = office.ask(disclosures.entries, patient_id=patient_id)
    assert (entry.disclosure_id, entry.what, entry.is_correction) == (newer, "Positive culture, letter", True)
    with refusal("This entry was corrected already. Look at the newer one."):
        office.do(disclosures.strike, disclosure_id=done.result, because="Mistake")
    with refusal("Write why the entry is struck."):
        office.do(disclosures.strike, disclosure_id=newer, because="")
    with pytest.raises(FrontdeskError):  # what was corrected does not go back as it was
        office.database.undo(office.actor, done.entry_id)
    second = office.done(disclosures.enter, patient_id=patient_id, draft=_draft())
    office.database.undo(office.actor, second.entry_id)
    office.do(disclosures.strike, disclosure_id=newer, because="Another patient")
    assert office.ask(disclosures.entries) == ()
    engine = office.database.engines.write
    for statement in ("DELETE FROM disclosure", "UPDATE disclosure SET what = 'x'"):
        with pytest.raises(IntegrityError, match="append_only_disclosure"), engine.begin() as connection:
            connection.execute(text(statement))


def test_an_entry_says_whom_what_and_why(file_office: Office) -> None:
    patient_id = patient(file_office)
    with refusal(
        "Enter who received it. Describe in a few words what was disclosed. "
        "Enter what for, so that the patient can understand it. "
        "This day is still to come. Look at the date again. "
        "Of a series enter the last day and how many there were."
    ):
        file_office.do(
            disclosures.enter,
            patient_id=patient_id,
            draft=_draft(TODAY + timedelta(days=1), recipient="", what="", purpose=" ", times=3),
        )
    with refusal("The last day lies after the first, and not ahead. A series has two disclosures or more."):
        file_office.do(
            disclosures.enter,
            patient_id=patient_id,
            draft=_draft(until_on=TODAY + timedelta(days=9), times=1),
        )
    with refusal("The patient was not born yet. Look at the date again."):
        file_office.do(disclosures.enter, patient_id=patient_id, draft=_draft(date(1980, 1, 1)))


def test_what_a_release_wrote_happened(office: Office) -> None:
    went = sent(office, ready(office))
    with refusal("A release wrote this entry, so it happened. Correct its words, or note that it failed."):
        office.do(disclosures.strike, disclosure_id=went.disclosure_id, because="Mistake")


def test_which_grounds_are_accounted_for() -> None:
    exempt = {ground for ground in Ground if not disclosures.is_accounted(ground, has_part_2=False)}
    assert exempt == {
        Ground.ACCESS,
        Ground.AUTHORIZATION,
        Ground.TREATMENT,
        Ground.PAYMENT,
        Ground.OPERATIONS,
    }
    assert disclosures.is_accounted(Ground.AUTHORIZATION, has_part_2=True)
    assert not disclosures.is_accounted(Ground.ACCESS, has_part_2=True)


def test_the_letter_sums_up_leaves_out_and_is_kept(office: Office) -> None:
    patient_id = patient(office)
    for on in (date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5)):
        office.do(disclosures.enter, patient_id=patient_id, draft=_draft(on))
    office.do(
        disclosures.enter,
        patient_id=patient_id,
        draft=_draft(
            date(2025, 6, 1), recipient="Portland Police", ground=Ground.LAW_ENFORCEMENT, purpose="Warrant"
        ),
    )
    office.do(
        disclosures.enter,
        patient_id=patient_id,
        draft=_draft(recipient="Dr. Amin", ground=Ground.TREATMENT, purpose="Care"),
    )
    office.do(
        disclosures.enter, patient_id=patient_id, draft=_draft(date(2019, 1, 1), recipient="Too long ago")
    )
    with refusal("Without a written statement it holds for thirty days at most. Enter an earlier day."):
        _suspend(office, patient_id, TODAY + timedelta(days=31), is_written=False)
    _suspend(office, patient_id, TODAY + timedelta(days=30), is_written=False)

    asked = office.do(accounting.ask, patient_id=patient_id, asked_by="Danielle Foster", asked_on=TODAY)
    (shown,) = office.ask(accounting.asked, only_open=True)
    assert (shown.from_on, shown.due_on) == (date(2020, 3, 17), date(2026, 5, 16))
    words = _words(office.ask(accounting.report, accounting_id=asked))
    assert "01/05/2026, 3 times, last 03/05/2026" in words
    assert "619 NW 6th Avenue" in words
    assert "free of charge" in words
    for left_out in ("Portland Police", "Dr. Amin", "Too long ago"):
        assert left_out not in words

    office.do(accounting.give, accounting_id=asked)
    given = office.ask(accounting.report, accounting_id=asked)
    office.do(disclosures.enter, patient_id=patient_id, draft=_draft(recipient="Later one"))
    office.clock.advance(days=90)
    assert office.ask(accounting.report, accounting_id=asked) == given, "kept as it was handed over"
    with refusal("This accounting was given already."):
        office.do(accounting.give, accounting_id=asked)
    assert not office.ask(accounting.is_free, patient_id=patient_id, asked_on=TODAY)

    again = office.do(
        accounting.ask,
        patient_id=patient_id,
        asked_by="Danielle Foster",
        asked_on=TODAY + timedelta(days=90),
        fee_cents=2500,
    )
    words = _words(office.ask(accounting.report, accounting_id=again))
    assert "Portland Police" in words, "the statement of the agency has ended"
    assert "The fee is $25.00" in words


def _suspend(office: Office, patient_id: int, ends_on: date, *, is_written: bool) -> int:
    return office.do(
        suspensions.suspend,
        patient_id=patient_id,
        agency="Portland Police",
        stated_by="Sgt. Ortiz",
        is_written=is_written,
        starts_on=TODAY,
        ends_on=ends_on,
    )


def test_the_clock_of_a_request_for_the_accounting(office: Office) -> None:
    patient_id = patient(office)
    ask = {"patient_id": patient_id, "asked_by": "Danielle Foster", "asked_on": TODAY}
    with refusal("The first accounting in twelve months costs nothing. Leave the fee at $0.00."):
        office.do(accounting.ask, fee_cents=2500, **ask)  # type: ignore[arg-type]
    with refusal("The accounting reaches back six years. Choose a later day."):
        office.do(accounting.ask, from_on=date(2020, 3, 16), **ask)  # type: ignore[arg-type]
    done = office.done(accounting.ask, **ask)  # type: ignore[arg-type]
    with refusal("Write the reason, as the patient is told it."):
        office.do(accounting.extend, accounting_id=done.result, reason="")
    office.do(accounting.extend, accounting_id=done.result, reason="Records are off site")
    (shown,) = office.ask(accounting.asked)
    assert (shown.due_on, shown.is_extended) == (date(2026, 6, 15), True)
    with refusal("The law allows one extension, and it was used. Give the accounting."):
        office.do(accounting.extend, accounting_id=done.result, reason="Still")
    office.do(accounting.withdraw, accounting_id=done.result)
    with refusal("This request was withdrawn. Take it anew."):
        office.do(accounting.give, accounting_id=done.result)
    office.clock.advance(days=61)
    second = office.do(accounting.ask, **ask)  # type: ignore[arg-type]
    with refusal("The sixty days are over: it is too late to extend. Give it now."):
        office.do(accounting.extend, accounting_id=second, reason="Late")


def test_what_did_not_arrive_is_said_so(file_office: Office) -> None:
    went = sent(file_office, ready(file_office))
    file_office.do(
        release_deliveries.note_proof,
        sending_id=went.sending_id,
        outcome=Outcome.FAILED,
        happened_on=TODAY,
        words="Returned",
    )
    lines = file_office.ask(disclosures.entries)
    (said,) = summarised(lines, frozenset({went.sending_id}))
    assert said.what.endswith("(did not arrive)")
