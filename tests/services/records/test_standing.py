"""Which forms a patient must sign, and from when on."""

from dataclasses import replace
from datetime import UTC, date, datetime

from frontdesk.services.records import consents, forms
from frontdesk.services.records.consents import Representative
from frontdesk.services.records.standing import FormStanding, Standing, open_forms, required_for
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import DetailsDraft
from tests.builders.office import site
from tests.builders.records import library, signed
from tests.builders.registration import draft, patient
from tests.office import Office


def _of(office: Office, patient_id: int, key: str, on: date | None = None) -> FormStanding:
    return next(s for s in office.ask(required_for, patient_id=patient_id, on=on) if s.key == key)


def test_a_first_visit_asks_for_every_form(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    asked = office.ask(required_for, patient_id=dani)
    assert [stands.title for stands in asked] == [
        "Consent to treat",
        "Privacy notice received",
        "Text and e-mail messages",
        "Financial policy",
    ]
    assert all(stands.standing is Standing.MISSING and stands.is_open for stands in asked)


def test_a_yearly_form_runs_out(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    signed(office, dani)
    last_day = _of(office, dani, "consent_to_treat", date(2027, 3, 17))
    assert (last_day.standing, last_day.is_open) == (Standing.SIGNED, False)
    day_after = _of(office, dani, "consent_to_treat", date(2027, 3, 18))
    assert (day_after.standing, day_after.is_open) == (Standing.EXPIRED, True)
    assert day_after.expires_on == date(2027, 3, 17)


def test_a_form_signed_once_does_not_run_out(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    signed(office, dani, "privacy_notice")
    assert _of(office, dani, "privacy_notice", date(2036, 1, 1)).standing is Standing.SIGNED


def test_a_parents_signature_ends_when_the_child_is_of_age(office: Office) -> None:
    ben = patient(office, "Ben", "Foster", born_on=date(2008, 6, 1))
    library(office)
    signed(office, ben, "privacy_notice", representative=Representative("Ray Foster", "father"))
    before = _of(office, ben, "privacy_notice", date(2026, 5, 31))
    assert (before.standing, before.needs_guardian) == (Standing.SIGNED, True)
    birthday = _of(office, ben, "privacy_notice", date(2026, 6, 1))
    assert (birthday.standing, birthday.needs_guardian) == (Standing.EXPIRED, False)


def test_a_refusal_stays_open_only_where_the_form_must_be_signed(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    form_ids = library(office)
    for key in ("messages", "financial_policy"):
        office.do(consents.refuse, patient_id=dani, form_id=form_ids[key], reason="No")
    messages, policy = _of(office, dani, "messages"), _of(office, dani, "financial_policy")
    assert (messages.standing, messages.is_open) == (Standing.REFUSED, False)
    assert (policy.standing, policy.is_open) == (Standing.REFUSED, True)


def test_a_revocation_opens_the_form_again(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    consent = signed(office, dani)
    office.do(consents.revoke, consent_id=consent, reason="By phone")
    assert _of(office, dani, "consent_to_treat").standing is Standing.REVOKED
    office.clock.advance(minutes=1)
    signed(office, dani)
    assert _of(office, dani, "consent_to_treat").standing is Standing.SIGNED


def test_a_new_edition_asks_everybody_again_from_its_day_on(office: Office) -> None:
    dani = patient(office, "Danielle", "Foster")
    library(office)
    signed(office, dani, "privacy_notice")
    shipped = next(draft for draft in forms.shipped_forms() if draft.key == "privacy_notice")
    office.do(forms.adopt, forms=(replace(shipped, edition=2, effective_on=date(2026, 7, 1)),))
    assert _of(office, dani, "privacy_notice", date(2026, 6, 30)).standing is Standing.SIGNED
    assert _of(office, dani, "privacy_notice", date(2026, 7, 1)).standing is Standing.EXPIRED

    office.clock.set(datetime(2026, 7, 2, 17, 0, tzinfo=UTC))
    signed(office, dani, "privacy_notice")

    assert _of(office, dani, "privacy_notice").standing is Standing.SIGNED


def test_the_form_is_asked_in_the_patients_language(office: Office) -> None:
    site(office)
    who = replace(draft("Lucía", "Ortega"), details=DetailsDraft(language="Spanish"))
    lucia = office.do(patients.register, draft=who)
    library(office)
    assert _of(office, lucia, "privacy_notice").title == "Aviso de privacidad recibido"


def test_the_open_forms_of_many_patients_at_once(office: Office) -> None:
    dani, marcus = patient(office, "Danielle", "Foster"), patient(office, "Marcus", "Bell")
    library(office)
    for asked in office.ask(required_for, patient_id=dani):
        signed(office, dani, asked.key)
    signed(office, marcus)
    (found,) = office.ask(open_forms, patient_ids=(dani, marcus))
    assert found.patient_id == marcus
    assert "Consent to treat" not in found.titles
    assert len(found.titles) == 3
