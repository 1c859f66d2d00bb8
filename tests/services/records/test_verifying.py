"""One letter changed behind the service's back, and the check says where."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from frontdesk import cli
from frontdesk.models.records.consent import Consent
from frontdesk.services.records import consents, seal, verifying
from frontdesk.services.records.consents import Witness
from tests.builders.consents import form_draft, published
from tests.builders.records import SECOND_STROKES, STROKES, signed
from tests.builders.records import library as adopted
from tests.builders.registration import patient
from tests.office import Office


def _behind_the_back(office: Office, *statements: str) -> None:
    """Change consents as somebody could who owns the file and knows SQL."""
    with office.database.engines.write.begin() as connection:
        for what in ("update", "delete", "patient_id"):
            drop = f"DROP TRIGGER IF EXISTS append_only_consent_{what}"
            connection.execute(text(f"{drop} ON consent" if office.database.engines.on_server else drop))
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def consent(office: Office) -> int:
    """A whole one among others, with answers and a witness."""
    adopted(office)
    form_id = published(office, form_draft(needs_witness=True)).form_ids[0]
    for first in ("Marcus", "Nora"):
        signed(office, patient(office, first, "Bell"))
    dani = patient(office, "Danielle", "Foster")
    shown = office.ask(consents.form_to_sign, patient_id=dani, form_id=form_id)
    return office.do(
        consents.sign,
        patient_id=dani,
        form_id=form_id,
        fingerprint=shown.fingerprint,
        strokes=STROKES,
        witness=Witness("June Harris", SECOND_STROKES),
        answers=("yes", ""),
    )


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ("text_frozen = replace(text_frozen, 'skin', 'skim')", "the words of the form"),
        ("answers = replace(answers, 'yes', 'no')", "the answers to its questions"),
        ("strokes = replace(strokes, '[40,12,60]', '[40,12,61]')", "the signature"),
        ("witness_name = 'June Harriss'", "the witness"),
        ("signer_name = 'Danielle Forster'", "who signed, and by what right"),
        ("answered_on = '2026-03-16'", "the dates and times"),
        ("note = 'Agreed to all'", "the notes and the interpreter"),
        ('parts = replace(parts, \'"words":"\', \'"words":"0\')', "the words of the form"),
    ],
)
def test_the_check_names_the_consent_the_form_and_what_differs(
    office: Office, consent: int, change: str, differs: str
) -> None:
    assert office.ask(verifying.verify_all) == verifying.SealReport(3, ())
    _behind_the_back(office, f"UPDATE consent SET {change} WHERE id = {consent}")
    (broken,) = office.ask(verifying.verify_all).broken
    assert broken.sentence == f"Consent {consent}, “Photographs”: {differs} changed after it was given."


def test_a_new_seal_is_told_by_the_audit_log(office: Office, consent: int) -> None:
    with Session(office.database.engines.read) as session:
        row = session.get_one(Consent, consent)
        row.text_frozen = "I agree to everything."
        seal.put_on(row)
        again = {"text": row.text_frozen, "parts": row.parts, "sha": row.sha256, "id": consent}
        session.expunge_all()
    _behind_the_back(office)
    with office.database.engines.write.begin() as connection:
        forged = "UPDATE consent SET text_frozen = :text, parts = :parts, sha256 = :sha WHERE id = :id"
        connection.execute(text(forged), again)
    (broken,) = office.ask(verifying.verify_all).broken
    assert broken.differs == ("it was sealed anew: the audit log has another seal",)


def test_a_missing_consent_is_told_by_the_audit_log(office: Office, consent: int) -> None:
    _behind_the_back(office, f"DELETE FROM consent WHERE id = {consent}")
    (gone,) = office.ask(verifying.verify_all).broken
    assert gone.sentence == (
        f"Consent {consent}, “Photographs”: it is gone, and the audit log says that it was given."
    )


def test_a_consent_in_another_chart_is_told(office: Office, consent: int) -> None:
    other = patient(office, "Walter", "Harris", date(1950, 1, 1))
    _behind_the_back(office, f"UPDATE consent SET patient_id = {other} WHERE id = {consent}")
    (broken,) = office.ask(verifying.verify_patient, patient_id=other).broken
    assert broken.differs == ("it lies in another chart than the one in which it was given",)


def test_the_command_line_says_the_same(
    file_office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    adopted(file_office)
    one = signed(file_office, patient(file_office))
    _behind_the_back(file_office, f"UPDATE consent SET title = 'Consent to threat' WHERE id = {one}")
    monkeypatch.setattr(cli, "_open", lambda _: file_office.database)
    assert cli.main(["db", "verify-consents"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"Consent {one}, “Consent to treat”: the words of the form changed after it was given.",
        "1 consents, 1 that do not fit.",
    ]
