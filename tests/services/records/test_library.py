"""The office's own forms: written, published, translated, revised, retired."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.services.records import library, standing
from frontdesk.services.records.forms import PayerKind, Signer, Wording
from frontdesk.services.records.library import FormState
from frontdesk.services.records.standing import Standing
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import DetailsDraft
from tests.builders import visit
from tests.builders.consents import ENGLISH, SPANISH, form_draft, library_form, published
from tests.builders.records import library as adopted
from tests.builders.records import signed, text_of
from tests.builders.registration import draft, patient
from tests.office import Office
from tests.refusal import refusal


def _bare(wording: Wording) -> Wording:
    return replace(wording, questions=())


def _asked(office: Office, patient_id: int) -> dict[str, standing.FormStanding]:
    return {each.key: each for each in office.ask(standing.required_for, patient_id=patient_id)}


def test_a_draft_is_seen_by_no_patient_before_it_is_published(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    adopted(office)
    kept = office.do(library.keep_draft, draft=form_draft())
    assert library_form(office, "photographs").state is FormState.DRAFT
    assert "photographs" not in _asked(office, dani)

    assert office.do(library.publish, draft_id=kept.draft_id) == 1

    line = library_form(office, "photographs")
    assert (line.state, line.edition, line.draft_id) == (FormState.IN_USE, 1, None)
    assert [each.language for each in line.translations] == ["en", "es"]
    assert not line.is_starting_set
    assert library_form(office, "consent_to_treat").is_starting_set
    assert _asked(office, dani)["photographs"].standing is Standing.MISSING


def test_what_a_form_lacks_is_said_all_at_once(file_office: Office) -> None:
    adopted(file_office)
    with refusal("Enter a title, so that the draft is found again."):
        file_office.do(library.keep_draft, draft=form_draft(Wording("en", "", "Words")))
    poor = form_draft(
        Wording("en", "Photographs", "{practice} and {patient} agree.", ("Students?", "")),
        Wording("es", "", "Palabras", ("¿Estudiantes?", "Algo")),
        age_from=20,
        age_until=10,
        good_for_months=0,
        effective_on=date(2026, 3, 16),
    )
    kept = file_office.do(library.keep_draft, draft=poor)
    with pytest.raises(Refused) as refused:
        file_office.do(library.publish, draft_id=kept.draft_id)
    assert {finding.field: finding.message for finding in refused.value.findings} == {
        "text_en": "“{patient}” is not filled in by the program. Only {practice} is.",
        "questions_en": "A question has no words in this language.",
        "title_es": "Enter the title in this language.",
        "age_until": "The first age is above the last one.",
        "good_for_months": "A signature is good for 1 to 120 months, or without an end.",
        "effective_on": "03/16/2026 is over. An edition is in use from today on, or later.",
    }


def test_a_new_edition_asks_again_and_leaves_the_old_translation_behind(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    adopted(office)
    line = published(office, form_draft(_bare(ENGLISH), _bare(SPANISH), questions=()))
    signed(office, dani, "photographs")
    office.clock.set(datetime(2026, 3, 18, 17, 0, tzinfo=UTC))
    newer = Wording("en", "Photographs", "{practice} may take photographs and keep them for ten years.")
    revised = replace(line.draft, wordings=(newer, line.draft.wordings[1]), effective_on=date(2026, 3, 18))

    line = published(office, revised)

    assert line.edition == 2
    assert [(each.language, each.is_outdated) for each in line.translations] == [("en", False), ("es", True)]
    assert _asked(office, dani)["photographs"].standing is Standing.EXPIRED
    # The Spanish is shown beside the English, to be brought up to date.
    assert [each.language for each in line.draft.wordings] == ["en", "es"]
    with refusal("Nothing was changed, so there is nothing to publish."):
        published(office, line.draft)


def test_an_editorial_edition_asks_nobody_again(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    adopted(office)
    line = published(office, form_draft(_bare(ENGLISH), _bare(SPANISH), questions=()))
    signed(office, dani, "photographs")
    polished = replace(
        line.draft,
        wordings=(
            replace(_bare(ENGLISH), text="{practice} may photograph my skin for my chart."),
            _bare(SPANISH),
        ),
        is_editorial=True,
    )
    line = published(office, polished)
    assert line.edition == 2
    assert _asked(office, dani)["photographs"].standing is Standing.SIGNED
    who = replace(draft("Lucía", "Ortega"), details=DetailsDraft(language="Spanish"))
    lucia = office.do(patients.register, draft=who)
    assert _asked(office, lucia)["photographs"].title == "Fotografías"


def test_a_translation_joins_the_edition_that_is_in_force(office: Office) -> None:
    adopted(office)
    line = published(office, form_draft(_bare(ENGLISH), questions=()))
    line = published(office, replace(line.draft, wordings=(_bare(ENGLISH), _bare(SPANISH))))
    assert line.edition == 1
    assert [(each.language, each.is_outdated) for each in line.translations] == [("en", False), ("es", False)]


def test_a_translation_that_was_looked_at_joins_the_new_edition(office: Office) -> None:
    adopted(office)
    line = published(office, form_draft(_bare(ENGLISH), _bare(SPANISH), questions=()))
    newer = replace(_bare(ENGLISH), text="{practice} may take pictures of my skin for my chart.")
    line = published(office, replace(line.draft, wordings=(newer, _bare(SPANISH)), still_right=("es",)))
    assert [(each.language, each.edition) for each in line.translations] == [("en", 2), ("es", 2)]


def test_forms_are_asked_by_age_and_payer(office: Office) -> None:
    adopted(office)
    published(office, form_draft(_bare(ENGLISH), questions=(), age_from=12, age_until=17))
    medicare = Wording("en", "Medicare questionnaire", "I am asked who else pays.")
    published(office, form_draft(medicare, questions=(), payer_kinds=(PayerKind.MEDICARE,)))
    teen = patient(office, "Ben", "Foster", date(2011, 6, 14))
    grown = patient(office, "Danielle", "Foster")
    assert "photographs" in _asked(office, teen)
    assert "photographs" not in _asked(office, grown)
    assert "medicare_questionnaire" not in _asked(office, grown)
    visit.covered(office, grown)
    line = library_form(office, "medicare_questionnaire")
    published(office, replace(line.draft, payer_kinds=tuple(PayerKind)))
    assert "medicare_questionnaire" in _asked(office, grown)


def test_a_form_for_representatives_is_not_signed_alone(office: Office) -> None:
    adopted(office)
    published(office, form_draft(_bare(ENGLISH), questions=(), signer=Signer.REPRESENTATIVE))
    dani = patient(office, "Danielle", "Foster")
    assert _asked(office, dani)["photographs"].needs_guardian
    with refusal("This form is signed by a representative, with name, relation and authority."):
        signed(office, dani, "photographs")


def test_a_signature_ends_after_the_months_of_the_form(office: Office) -> None:
    adopted(office)
    published(office, form_draft(_bare(ENGLISH), questions=(), good_for_months=6))
    dani = patient(office, "Danielle", "Foster")
    signed(office, dani, "photographs")
    assert _asked(office, dani)["photographs"].expires_on == date(2026, 9, 17)


def test_a_retired_form_is_asked_of_nobody_until_it_is_brought_back(office: Office) -> None:
    adopted(office)
    dani = patient(office, "Danielle", "Foster")
    office.do(library.retire, key="messages")
    assert "messages" not in _asked(office, dani)
    assert library_form(office, "messages").state is FormState.RETIRED
    with refusal("This form is retired already."):
        office.do(library.retire, key="messages")
    office.clock.advance(minutes=1)
    office.do(library.bring_back, key="messages")
    assert "messages" in _asked(office, dani)
    with refusal("This form was never published. Discard its draft instead."):
        office.do(library.retire, key="nothing")


def test_two_desks_do_not_write_over_each_other(office: Office) -> None:
    adopted(office)
    kept = office.do(library.keep_draft, draft=form_draft())
    version = library_form(office, "photographs").version
    office.do(library.keep_draft, draft=form_draft(position=3), draft_id=kept.draft_id, version=version)
    with pytest.raises(Conflict):
        office.do(library.keep_draft, draft=form_draft(), draft_id=kept.draft_id, version=version)
    with refusal("Another desk began to change this form. Open it again."):
        office.do(library.keep_draft, draft=form_draft(key="photographs"))
    office.do(library.publish, draft_id=kept.draft_id)
    with refusal("This draft was published already. Open the form again to change it."):
        office.do(library.discard_draft, draft_id=kept.draft_id)


def test_the_preview_is_the_paper_without_a_name(file_office: Office) -> None:
    adopted(file_office)
    words = text_of(file_office.ask(library.preview_pdf, draft=form_draft(), language="es"))
    assert "Harbor Point Family Medicine puede tomar fotografías" in words
    assert "¿Pueden verlas estudiantes?" in words
    assert "FDC1-" not in words


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_question SET words = 'Agreed?'",
        "DELETE FROM consent_question",
        "UPDATE consent_form SET needs_witness = true",
    ],
)
def test_the_database_keeps_what_was_published(office: Office, statement: str) -> None:
    adopted(office)
    published(office, form_draft())
    with pytest.raises(IntegrityError), office.database.engines.write.begin() as connection:
        connection.execute(text(statement))
