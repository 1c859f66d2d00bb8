"""What was signed stays what was signed."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Refused
from frontdesk.services.database import Database
from frontdesk.services.records import consents, forms
from frontdesk.services.records import signed as signed_consents
from frontdesk.services.records.consents import Representative
from tests.builders.records import SECOND_STROKES, STROKES, library, received, sheet, signed, text_of
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal


def _without_guard(database: Database, statement: str) -> None:
    """Change a consent as somebody could who owns the file and knows SQL."""
    with database.engines.write.begin() as connection:
        drop = "DROP TRIGGER append_only_consent_update"
        connection.execute(text(f"{drop} ON consent" if database.engines.on_server else drop))
        connection.execute(text(statement))


def test_a_signature_keeps_the_words_and_the_ink(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    consent = signed(office, dani)

    shown = office.do(signed_consents.open_consent, consent_id=consent)

    assert shown.text.startswith("I ask Harbor Point Family Medicine to examine and treat me")
    assert shown.strokes == STROKES
    assert shown.sentence == "Signed on the screen on 03/17/2026 at 10:42 AM."
    assert shown.expires_on == date(2027, 3, 17)
    assert shown.check.holds
    assert shown.can_be_revoked


def test_the_database_refuses_to_change_one_letter(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    signed(office, dani)
    for statement in (
        "UPDATE consent SET text_frozen = replace(text_frozen, 'may', 'must')",
        "DELETE FROM consent",
        "UPDATE consent_form SET text = 'I agree to everything.'",
    ):
        with (
            pytest.raises(IntegrityError, match="append_only_consent"),
            office.database.engines.write.begin() as connection,
        ):
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "change",
    [
        "text_frozen = replace(text_frozen, 'examine', 'examinE')",
        "signer_name = 'Danielle Forster'",
        "answered_on = '2026-03-16'",
        "strokes = replace(strokes, '40', '41')",
        "note = 'Said yes to all'",
    ],
)
def test_one_changed_letter_breaks_the_seal(office: Office, change: str) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    consent = signed(office, dani)
    assert office.ask(signed_consents.verify, consent_id=consent).holds

    _without_guard(office.database, f"UPDATE consent SET {change}")

    check = office.ask(signed_consents.verify, consent_id=consent)
    assert not check.holds
    assert check.sentence == (
        "The seal is broken: this consent was changed after it was given. Do not rely on it. "
        "Tell the office manager, and have the form signed again."
    )


def test_a_dot_is_not_a_signature(file_office: Office) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    library(file_office)
    for nothing in ((), (((5, 5, 0), (5, 6, 10), (6, 6, 20), (6, 5, 30)),)):
        with refusal("There is no signature yet. Have it drawn above the line."):
            signed(file_office, dani, strokes=nothing)


def test_a_consent_is_signed_once(file_office: Office) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    library(file_office)
    signed(file_office, dani)
    with pytest.raises(Refused) as refused:
        signed(file_office, dani, strokes=SECOND_STROKES)
    assert str(refused.value) == (
        "“Consent to treat” was signed on 03/17/2026 already. It is good until 03/17/2027."
    )


def test_other_words_than_those_shown_are_refused(file_office: Office) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    form_id = library(file_office)["consent_to_treat"]
    with refusal("The form's words changed while it was open. Open it again and have it read again."):
        file_office.do(consents.sign, patient_id=dani, form_id=form_id, fingerprint="0" * 64, strokes=STROKES)


def test_a_child_cannot_sign_but_a_parent_can(office: Office) -> None:
    ben = patient(office, "Ben", "Foster", born_on=date(2014, 6, 1))
    library(office)
    with pytest.raises(Refused) as refused:
        signed(office, ben)
    assert str(refused.value) == "The patient is 11. A parent or guardian signs, with name and relation."
    with pytest.raises(Refused) as refused:
        signed(office, ben, representative=Representative(" ", ""))
    assert [finding.field for finding in refused.value.findings] == [
        "representative_name",
        "representative_relation",
    ]

    consent = signed(office, ben, representative=Representative("Ray Foster", "father"))

    shown = office.do(signed_consents.open_consent, consent_id=consent)
    assert shown.signer == "Ray Foster, father"


def test_a_refusal_keeps_its_reason(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    form_id = library(office)["privacy_notice"]
    with refusal("Write what the patient said, so that the record shows that the office asked."):
        office.do(consents.refuse, patient_id=dani, form_id=form_id, reason=" ")
    said_no = office.do(consents.refuse, patient_id=dani, form_id=form_id, reason="Wants to read it at home")
    shown = office.do(signed_consents.open_consent, consent_id=said_no)
    assert (shown.sentence, shown.note) == (
        "Asked and refused on 03/17/2026 at 10:42 AM.",
        "Wants to read it at home",
    )
    assert not shown.can_be_revoked


def test_a_consent_is_revoked_once_and_stays_readable(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    consent = signed(office, dani)

    office.do(consents.revoke, consent_id=consent, reason="Called on 03/17")

    shown = office.do(signed_consents.open_consent, consent_id=consent)
    assert shown.check.holds
    assert not shown.can_be_revoked
    with refusal("This consent was revoked already."):
        office.do(consents.revoke, consent_id=consent, reason="Again")


def test_paper_is_recorded_with_its_own_date(office: Office) -> None:
    dani, marcus = patient(office, "Danielle", "Foster"), patient(office, "Marcus", "Bell")
    form_id = library(office)["financial_policy"]
    scan = received(office, sheet("ink"), patient_id=marcus)
    with pytest.raises(Refused) as refused:
        office.do(
            consents.sign_on_paper,
            patient_id=dani,
            form_id=form_id,
            signed_on=date(2026, 3, 18),
            document_id=scan,
        )
    assert [finding.message for finding in refused.value.findings] == [
        "03/18/2026 is still to come. Enter the day it was signed.",
        "This sheet lies in another patient's chart. Move it first.",
    ]

    consent = office.do(consents.sign_on_paper, patient_id=dani, form_id=form_id, signed_on=date(2026, 3, 13))

    assert office.do(signed_consents.open_consent, consent_id=consent).sentence == (
        "Signed on paper on 03/13/2026."
    )


def test_the_sheet_shows_words_names_and_seal(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    consent = signed(office, dani)
    pdf = office.ask(signed_consents.signed_pdf, consent_id=consent)

    words = text_of(pdf)

    assert "Consent to treat" in words
    assert "Danielle Foster" in words
    assert "Signed on the screen on 03/17/2026 at 10:42 AM." in words
    assert office.do(signed_consents.open_consent, consent_id=consent).seal in words
    assert pdf == office.ask(signed_consents.signed_pdf, consent_id=consent)


def test_other_words_need_another_edition(file_office: Office) -> None:
    library(file_office)
    shipped = forms.shipped_forms()
    assert file_office.do(forms.adopt, forms=shipped) == 0
    changed = forms.Wording("en", "Consent to treat", "I agree to everything.")
    draft = shipped[0]
    with refusal(
        "“Consent to treat” has other words than edition 1 of 01/01/2024, which patients may have signed. "
        "Give the new words a new edition number and date."
    ):
        file_office.do(
            forms.adopt,
            forms=(
                forms.FormDraft(
                    draft.key,
                    draft.edition,
                    draft.effective_on,
                    draft.position,
                    draft.needed,
                    draft.may_be_refused,
                    draft.guardian_below_age,
                    (changed,),
                ),
            ),
        )
