"""Who may sign, with which ink, and what is frozen with it."""

from datetime import date

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.services.records import consents, library, standing
from frontdesk.services.records import signed as signed_consents
from frontdesk.services.records.consents import Representative, Witness
from frontdesk.services.records.seal import Answered, Strokes
from frontdesk.services.records.standing import Standing
from frontdesk.services.registration import contacts
from frontdesk.services.registration.drafts import ContactDraft
from tests.builders.consents import form_draft, published
from tests.builders.records import SECOND_STROKES, STROKES, signed, text_of
from tests.builders.records import library as adopted
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal

RAY = ContactDraft("Ray Foster", "father", is_guardian=True, authority="parent, sole custody")


def _sign(
    office: Office,
    patient_id: int,
    form_id: int,
    *,
    strokes: Strokes = STROKES,
    representative: Representative | None = None,
    witness: Witness | None = None,
    answers: tuple[str, ...] = (),
    interpreter: str = "",
    note: str = "",
) -> int:
    shown = office.ask(consents.form_to_sign, patient_id=patient_id, form_id=form_id)
    return office.do(
        consents.sign,
        patient_id=patient_id,
        form_id=form_id,
        fingerprint=shown.fingerprint,
        strokes=strokes,
        representative=representative,
        witness=witness,
        answers=answers,
        interpreter=interpreter,
        note=note,
    )


def _said(error: Refused) -> dict[str, str]:
    return {finding.field: finding.message for finding in error.findings}


def test_answers_witness_interpreter_and_pressure_are_sealed(office: Office) -> None:
    adopted(office)
    form_id = published(office, form_draft(needs_witness=True)).form_ids[0]
    dani = patient(office, "Danielle", "Foster")
    pressed = tuple(tuple((*point, 512) for point in stroke) for stroke in STROKES)

    consent = _sign(
        office,
        dani,
        form_id,
        strokes=pressed,
        witness=Witness("June Harris", SECOND_STROKES),
        answers=("no", "My face"),
        interpreter="R. Ortiz, Spanish, by phone",
        note="Asked who sees the pictures. Told: the care team.",
    )

    shown = office.do(signed_consents.open_consent, consent_id=consent)
    assert shown.strokes == pressed
    assert (shown.witness, shown.witness_strokes) == ("June Harris", SECOND_STROKES)
    assert shown.answers == (
        Answered("May students see them?", "no"),
        Answered("Anything you do not want shown?", "My face"),
    )
    assert shown.check.holds
    words = text_of(office.ask(signed_consents.signed_pdf, consent_id=consent))
    for said in ("May students see them?", "My face", "Witness: June Harris", "R. Ortiz", "Told: the care"):
        assert said in words


def test_what_is_missing_is_said_beside_its_field(file_office: Office) -> None:
    adopted(file_office)
    form_id = published(file_office, form_draft(needs_witness=True)).form_ids[0]
    dani = patient(file_office, "Danielle", "Foster")
    with pytest.raises(Refused) as refused:
        _sign(file_office, dani, form_id, strokes=(((5, 5, 0),),))
    assert _said(refused.value) == {
        "answer_1": "Answer this question before the form is signed.",
        "strokes": "There is no signature yet. Have it drawn above the line.",
        "witness_name": "This form needs a witness, with name and signature.",
    }
    with pytest.raises(Refused) as refused:
        _sign(
            file_office,
            dani,
            form_id,
            witness=Witness("Daniélle  Foster", STROKES),
            answers=("perhaps", "", "one too many"),
        )
    assert _said(refused.value) == {
        "answer_1": "Answer this question with yes or no.",
        "": "The form's questions changed while it was open. Open it again.",
        "witness_name": "The witness must be another person than the one who signs.",
        "witness_strokes": "The witness signs with their own hand. Clear the second pad.",
    }


def test_ink_that_no_hand_made_is_refused(file_office: Office) -> None:
    form_id = adopted(file_office)["consent_to_treat"]
    dani = patient(file_office, "Danielle", "Foster")
    scribble = (tuple((x % 900, x % 70, x) for x in range(20_001)),)
    with refusal("This is too much ink for a signature. Clear it and sign again."):
        _sign(file_office, dani, form_id, strokes=scribble)
    backwards = (((10, 40, 90), (40, 12, 60), (70, 48, 30), (110, 20, 0)),)
    with refusal("The times of the strokes do not fit. Clear the pad and sign again."):
        _sign(file_office, dani, form_id, strokes=backwards)
    slowly = (((10, 40, 0), (40, 12, 60), (70, 48, 120), (110, 20, 700_000)),)
    with refusal(
        "More than ten minutes passed between the first stroke and the last. Clear it and sign again."
    ):
        _sign(file_office, dani, form_id, strokes=slowly)


def test_a_guardian_on_file_signs_by_the_authority_on_file(office: Office) -> None:
    adopted(office)
    ben = patient(office, "Ben", "Foster", date(2014, 6, 1))
    contact_id = office.do(contacts.add, patient_id=ben, draft=RAY)
    consent = signed(office, ben, representative=Representative("ray foster", "father"))
    shown = office.do(signed_consents.open_consent, consent_id=consent)
    assert shown.signer == "Ray Foster, father (parent, sole custody)"
    with refusal(
        "This person is not on file as a guardian. Enter what the right to sign rests on, "
        "such as a court order or power of attorney, and look at the paper."
    ):
        signed(office, ben, "privacy_notice", representative=Representative("Kim Foster", "mother"))
    office.do(contacts.end, contact_id=contact_id)
    with refusal(
        "This guardian is no longer on file for the patient. Choose another, or enter the authority."
    ):
        signed(
            office,
            ben,
            "privacy_notice",
            representative=Representative("Ray Foster", "father", "parent", contact_id),
        )
    with refusal("This is the patient's own name. Enter the person who signs in the patient's place."):
        signed(office, ben, "privacy_notice", representative=Representative("Ben Foster", "self", "none"))


def test_a_revocation_may_count_from_a_later_day(office: Office) -> None:
    adopted(office)
    dani = patient(office, "Danielle", "Foster")
    consent = signed(office, dani)
    with pytest.raises(Refused) as refused:
        office.do(
            consents.revoke,
            consent_id=consent,
            reason="",
            told_on=date(2026, 3, 16),
            counts_from=date(2026, 3, 15),
        )
    assert _said(refused.value) == {
        "reason": "Write how the patient revoked it, and why if they said so.",
        "told_on": "The form was signed on 03/17/2026, which is later. Look at the date.",
        "counts_from": "A revocation does not count before the patient told the office.",
    }
    office.do(consents.revoke, consent_id=consent, reason="In writing", counts_from=date(2026, 4, 1))

    def stands(on: date) -> Standing:
        found = office.ask(standing.required_for, patient_id=dani, on=on)
        return next(each.standing for each in found if each.key == "consent_to_treat")

    assert stands(date(2026, 3, 31)) is Standing.SIGNED
    assert stands(date(2026, 4, 1)) is Standing.REVOKED


def test_an_old_edition_or_a_retired_form_is_not_signed(file_office: Office) -> None:
    old = adopted(file_office)["messages"]
    dani = patient(file_office, "Danielle", "Foster")
    shown = file_office.ask(consents.form_to_sign, patient_id=dani, form_id=old)
    line = next(each for each in file_office.ask(library.library) if each.key == "messages")
    english = line.draft.wordings[0]
    newer = form_draft(
        type(english)("en", english.title, english.text + "\n\nThey may say my first name."),
        key="messages",
        position=3,
        questions=(),
    )
    published(file_office, newer)
    with refusal("There is a new edition of this form. Open it again and have it read again."):
        file_office.do(
            consents.sign, patient_id=dani, form_id=old, fingerprint=shown.fingerprint, strokes=STROKES
        )
    file_office.do(library.retire, key="messages")
    with refusal("This form was retired. Nobody is asked for it any more."):
        _sign(file_office, dani, old)
