"""What some claims say: entered at the claim, in its file and on its form; attachments and what is due."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.models.billing.claim_circumstances import (
    ClaimAttachment,
    ClaimCircumstances,
    ClaimLineMark,
    ClaimReference,
)
from frontdesk.services.billing import (
    batches,
    claim_attachments,
    claim_circumstances,
    claim_detail,
    claims,
    paper_claims,
)
from frontdesk.services.billing.claim_attachments import AttachmentDraft, Transmission
from frontdesk.services.billing.claim_circumstances import (
    Assignment,
    Circumstances,
    Delay,
    LineMarks,
    NoteKind,
    OnsetKind,
    OtherDate,
    Outside,
    Program,
    Reference,
    ReferenceKind,
    Screening,
    SpineCondition,
)
from tests.builders.billing import at_work
from tests.builders.claims import ready, sent
from tests.formats.pdf.cms1500_reading import letters, stands
from tests.formats.x12.judges import pyx12_complaints
from tests.office import Office
from tests.refusal import refusal

LAB = Outside("Tide Laboratory", "1993999998", "9 Shore Road", "Salem", "OR", "973011830")
SAID = Circumstances(
    onset_kind=OnsetKind.ILLNESS,
    onset_on=date(2026, 3, 1),
    other_kind=OtherDate.INITIAL_TREATMENT,
    other_on=date(2026, 3, 2),
    unable_from=date(2026, 3, 2),
    unable_until=date(2026, 3, 20),
    last_worked_on=date(2026, 3, 1),
    returned_on=date(2026, 3, 21),
    admitted_on=date(2026, 3, 3),
    discharged_on=date(2026, 3, 5),
    condition_codes="AA W2",
    case_number="WC77",
    delay=Delay.AUTHORIZATION,
    screening=Screening.REFERRED,
    note="Reports follow",
    note_kind=NoteKind.THIRD_PARTY,
    assignment=Assignment.LABORATORY,
    program=Program.SECOND_OPINION,
    file_info="STATE 42",
    spine=SpineCondition.ACUTE,
    references=(Reference(ReferenceKind.CROSSOVER, "Y"), Reference(ReferenceKind.TRIAL, "01234567")),
    outside=LAB,
    lines=(LineMarks(1, True, True, False, 4500, 45, "Long visit", "See letter", NoteKind.GOALS),),
)


def _named(kind: str, *numbers: str) -> Circumstances:
    return Circumstances(references=tuple(Reference(ReferenceKind[kind], number) for number in numbers))


def _say(office: Office, claim_id: int, said: Circumstances) -> Circumstances:
    return office.do(claim_circumstances.set_circumstances, claim_id=claim_id, said=said)


def test_it_is_kept_and_goes_back(office: Office) -> None:
    claim = ready(office)
    loose = replace(
        SAID, condition_codes=" aa,w2 ", note=" Reports  follow ", references=SAID.references[::-1]
    )
    done = office.done(claim_circumstances.set_circumstances, claim_id=claim, said=loose)
    assert office.ask(claim_circumstances.circumstances, claim_id=claim) == SAID
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(claim_circumstances.circumstances, claim_id=claim) == Circumstances()
    with at_work(office) as work:
        assert work.session.scalars(select(ClaimCircumstances.id)).all() == []


def test_the_file_and_the_form_say_it(office: Office) -> None:
    claim = ready(office)
    _say(office, claim, SAID)
    office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("OB", Transmission.MAIL, None))
    office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("RR", Transmission.FAX, 1))
    (batch,) = office.do(batches.build).batch_ids
    text = office.ask(batches.file_of, batch_id=batch).text
    assert pyx12_complaints(text) == ""
    for part in (
        "DTP*431*D8*20260301~DTP*454*D8*20260302~DTP*314*RD8*20260302-20260320~",
        "DTP*297*D8*20260301~DTP*296*D8*20260321~",
        "11:B:1*Y*B*Y*Y***09********3~",
        "REF*F5*Y~REF*P4*01234567~K3*STATE 42~NTE*TPO*REPORTS FOLLOW~CR2********A~",
        "*MJ*45***",
        ":LONG VISIT*",
        "~NTE*DCP*SEE LETTER~PS1*",
        "PWK*OB*BM***AC*26-00001-A1~",
        "HI*BG:AA*BG:W2~",
        "REF*Y4*WC77~",
        "PWK*RR*FX***AC*26-00001-A2~",
        "PS1*1993999998*45~",
        "NM1*77*2*TIDE LABORATORY*",
    ):
        assert part in text, part
    office.do(batches.dissolve, batch_ids=(batch,))
    (batch,) = office.do(paper_claims.build, claim_ids=(claim,)).batch_ids
    (page,) = letters(office.ask(paper_claims.printed_pdf, batch_id=batch))
    for said, row, column in (
        ("Y4", 24, 50),
        ("AA   W2", 28, 30),
        ("454", 34, 31),
        ("X", 38, 52),
        ("45", 38, 68),
        ("ST", 45, 63),
        ("TIDE LABORATORY", 60, 23),
        ("ZZLONG VISIT", 45, 1),
        ("45", 46, 59),
        ("X", 58, 43),
    ):
        assert stands(page, said, row, column), said


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Circumstances(other_on=date(2026, 3, 1)), "Say what the other date is."),
        (Circumstances(other_kind=OtherDate.XRAY), "Enter the other date, or choose none."),
        (
            Circumstances(unable_from=date(2026, 3, 2), unable_until=date(2026, 3, 1)),
            "Work cannot begin again before it stopped.",
        ),
        (Circumstances(discharged_on=date(2026, 3, 2)), "Enter the day of admission too."),
        (
            Circumstances(admitted_on=date(2026, 3, 2), discharged_on=date(2026, 3, 1)),
            "The discharge is before the admission.",
        ),
        (
            Circumstances(condition_codes="W2 ABC"),
            "Condition codes have two letters or digits, such as W2.",
        ),
        (Circumstances(note="x" * 81), "A note to the payer has room for 80 characters."),
        (
            Circumstances(last_worked_on=date(2026, 3, 2), returned_on=date(2026, 3, 2)),
            "Work cannot begin again before it stopped.",
        ),
        (Circumstances(file_info="x" * 81), "File information has room for 80 characters."),
        (_named("CARE_PLAN", "1234567890"), "This NPI is not valid. Compare its ten digits."),
        (_named("CARE_PLAN", "12345"), "The agency's NPI has ten digits."),
        (_named("SERVICE_EXCEPTION", "9"), "The exception of a service is a digit from 1 to 7."),
        (_named("CROSSOVER", "maybe"), "The crossover of Medicare is Y or N."),
        (_named("MAMMOGRAPHY", "M 1"), "The certificate's number is letters and digits."),
        (_named("DEVICE", "G/1"), "The device's number is letters and digits."),
        (_named("TRIAL", "NCT01234567"), "The number of a clinical trial has eight digits, without NCT."),
        (_named("TRIAL", "01234567", "01234568"), "A number of this kind is there already."),
        (
            Circumstances(lines=(LineMarks(1, minutes=1441),)),
            "Enter the minutes of anesthesia, from 1 to 1440.",
        ),
        (
            Circumstances(lines=(LineMarks(1, description="x" * 81),)),
            "A description has room for 80 characters.",
        ),
        (Circumstances(lines=(LineMarks(1, note="x" * 81),)), "A note to a line has room for 80 characters."),
        (
            Circumstances(lines=(LineMarks(1, note="Why", note_kind=NoteKind.DIAGNOSIS),)),
            "A note to a line is additional, says goals, or is for a third party.",
        ),
        (Circumstances(lines=(LineMarks(7, True),)), "The claim has no line 7."),
        (
            Circumstances(lines=(LineMarks(1, bought_cents=0),)),
            "Enter what the office paid for the service.",
        ),
        (Circumstances(outside=replace(LAB, name=" ")), "Enter who did the service."),
        (Circumstances(outside=replace(LAB, npi="1")), "This NPI is not valid. Compare its ten digits."),
        (
            Circumstances(outside=replace(LAB, zip="97")),
            "Enter the address whole: street, city, state, ZIP.",
        ),
    ],
)
def test_what_cannot_be_is_refused(office: Office, said: Circumstances, sentence: str) -> None:
    claim = ready(office)
    with refusal(sentence):
        _say(office, claim, said)


def test_a_sent_claim_says_what_it_said(office: Office) -> None:
    claim = sent(office)
    with refusal("Claim 26-00001 was sent. Correct the claim instead."):
        _say(office, claim, SAID)
    with refusal("Claim 26-00001 was sent. Correct the claim instead."):
        office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("OB", Transmission.MAIL))


def test_a_correction_says_the_same_but_why_it_was_late(office: Office) -> None:
    claim = ready(office)
    _say(office, claim, SAID)
    (batch,) = office.do(batches.build).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    office.do(claims.record_answer, claim_id=claim, is_accepted=True)
    new = office.do(claims.correct, claim_id=claim, reason="Wrong units")
    assert office.ask(claim_circumstances.circumstances, claim_id=new) == replace(SAID, delay=None)


def test_a_late_claim_goes_out_once_it_says_why(office: Office) -> None:
    claim = ready(office)
    office.clock.advance(days=400)
    assert office.do(claims.check, claim_ids=(claim,)) == 1
    _say(office, claim, Circumstances(delay=Delay.THIRD_PARTY))
    assert office.do(claims.check, claim_ids=(claim,)) == 0
    rules = [each.rule for each in office.ask(claim_detail.detail, claim_id=claim).problems]
    assert "filed_late" in rules
    assert "timely_filing" not in rules
    (batch,) = office.do(batches.build, claim_ids=(claim,)).batch_ids
    assert "*Y*A*Y*Y***********7~" in office.ask(batches.file_of, batch_id=batch).text


def test_what_is_still_to_be_mailed_is_listed_until_it_is_marked(office: Office) -> None:
    claim = ready(office)
    mail = office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("OB", Transmission.MAIL))
    office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("M1", Transmission.ON_REQUEST))
    assert office.ask(claim_attachments.outstanding) == ()  # not before the claim itself is on its way
    (batch,) = office.do(batches.build).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    (due,) = office.ask(claim_attachments.outstanding)
    assert (due.claim_number, due.patient, due.words, due.control_number) == (
        "26-00001",
        "Castillo, Raymond",
        "Operative note",
        "26-00001-A1",
    )
    done = office.done(claim_attachments.set_sent, attachment_ids=(mail,), is_sent=True)
    assert office.ask(claim_attachments.outstanding) == ()
    office.database.undo(office.actor, done.entry_id)
    assert [row.id for row in office.ask(claim_attachments.outstanding)] == [mail]


def test_the_papers_of_a_claim_go_over_to_the_one_that_replaces_it(office: Office) -> None:
    claim = ready(office)
    for draft in (
        AttachmentDraft("OB", Transmission.MAIL),
        AttachmentDraft("RR", Transmission.FAX, 1),
        AttachmentDraft("M1", Transmission.ON_REQUEST),
    ):
        office.do(claim_attachments.attach, claim_id=claim, draft=draft)
    loose = office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("OZ", Transmission.FAX))
    office.do(claim_attachments.remove, attachment_id=loose)
    (batch,) = office.do(batches.build).batch_ids
    office.do(batches.mark_sent, batch_id=batch)
    before = office.ask(claim_attachments.of_claim, claim_id=claim)
    office.do(claim_attachments.set_sent, attachment_ids=(before[0].id,), is_sent=True)
    office.do(claims.record_answer, claim_id=claim, is_accepted=True, payer_control_number="BC77")
    new = office.do(claims.correct, claim_id=claim, reason="Wrong units")
    after = office.ask(claim_attachments.of_claim, claim_id=new)
    assert [(row.draft, row.control_number, row.sent_on is None) for row in after] == [
        (AttachmentDraft("OB", Transmission.MAIL), "26-00001-A1", False),
        (AttachmentDraft("RR", Transmission.FAX, 1), "26-00001-A2", True),
        (AttachmentDraft("M1", Transmission.ON_REQUEST), "", True),
    ]
    (batch,) = office.do(batches.build).batch_ids
    text = office.ask(batches.file_of, batch_id=batch).text
    assert "PWK*OB*BM***AC*26-00001-A1~" in text
    assert pyx12_complaints(text) == ""
    office.do(batches.mark_sent, batch_id=batch)
    (due,) = office.ask(claim_attachments.outstanding)
    assert (due.claim_id, due.control_number) == (new, "26-00001-A2")
    office.do(claims.record_answer, claim_id=new, is_accepted=True)
    taken_back = office.do(claims.correct, claim_id=new, reason="Not ours", frequency=claims.Frequency.VOID)
    assert office.ask(claim_attachments.of_claim, claim_id=taken_back) == ()


def test_attachments_are_taken_off_and_put_on_again(office: Office) -> None:
    claim = ready(office)
    with refusal("Choose what the paper is."):
        office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("??", Transmission.MAIL))
    with refusal("The claim has no line 9."):
        office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("OB", Transmission.MAIL, 9))
    asked = office.do(
        claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("OB", Transmission.ON_REQUEST)
    )
    with refusal("This paper waits until the payer asks for it."):
        office.do(claim_attachments.set_sent, attachment_ids=(asked,), is_sent=True)
    done = office.done(claim_attachments.remove, attachment_id=asked)
    assert office.ask(claim_attachments.of_claim, claim_id=claim) == ()
    office.database.undo(office.actor, done.entry_id)
    (again,) = office.ask(claim_attachments.of_claim, claim_id=claim)
    assert again.draft == AttachmentDraft("OB", Transmission.ON_REQUEST)
    for _ in range(9):
        office.do(claim_attachments.attach, claim_id=claim, draft=again.draft)
    with refusal("A claim has room for 10 attachments, and so has each line."):
        office.do(claim_attachments.attach, claim_id=claim, draft=again.draft)


def test_the_database_keeps_what_the_services_keep(office: Office) -> None:
    claim = ready(office)
    _say(office, claim, SAID)
    office.do(claim_attachments.attach, claim_id=claim, draft=AttachmentDraft("OB", Transmission.MAIL))
    for wrong in (
        update(ClaimCircumstances).values(other_on=None),
        update(ClaimCircumstances).values(unable_until=date(2020, 1, 1)),
        update(ClaimCircumstances).values(discharged_on=date(2020, 1, 1)),
        update(ClaimCircumstances).values(note="x" * 81),
        update(ClaimAttachment).values(control_number=""),
        update(ClaimAttachment).values(report="OBX"),
        insert(ClaimCircumstances).values(id=99, claim_id=claim, version=1),
        update(ClaimCircumstances).values(file_info="x" * 81),
        update(ClaimLineMark).values(minutes=0),
        update(ClaimLineMark).values(description="x" * 81),
        update(ClaimLineMark).values(note_kind=NoteKind.DIAGNOSIS),
        update(ClaimReference).values(number=""),
        insert(ClaimReference).values(id=99, claim_id=claim, kind=ReferenceKind.TRIAL, number="1", version=1),
    ):
        with pytest.raises(SQLAlchemyError), office.database.engines.write.begin() as connection:
            connection.execute(wrong)
