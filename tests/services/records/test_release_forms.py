"""Forms of release: signed at check-in, ended, and what is found again after the pages were chosen."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from frontdesk.models.records.release import ReleaseRequest
from frontdesk.services.records import (
    consents,
    filing,
    release_asking,
    release_choice,
    release_detail,
    release_facts,
    release_forms,
    release_steps,
    release_validity,
)
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.release_facts import Fact, FormFacts, Known
from frontdesk.services.records.release_forms import CheckItem, FormDraft, FormEnd, Sensitivity
from frontdesk.services.records.release_words import STATED, ReleaseState
from frontdesk.services.records.releases import Basis, Requester
from frontdesk.services.records.request_row import Tone, Waits
from frontdesk.services.schedule import visit_forms
from frontdesk.services.visit import release_signing
from frontdesk.services.work import Actor
from tests.builders.records import STROKES, filed, library, signed
from tests.builders.registration import patient
from tests.builders.releases import (
    SIGNED,
    TODAY,
    access,
    authorized,
    checked,
    choose,
    hindrances,
    lawyer,
    of_ground,
    requested,
    said,
    valid_form,
)
from tests.builders.visit import due_today
from tests.office import Office

MARIA = Actor(None, "Maria Hess", "MH", frozenset({"*"}))


@pytest.fixture
def walter(office: Office) -> int:
    return patient(office, "Walter", "Harris", date(1951, 2, 9))


def test_a_form_is_signed_at_the_check_in_of_a_visit(office: Office, walter: int) -> None:
    form_ids = library(office)
    visit = due_today(office, walter)
    request_id = requested(office, lawyer(walter))
    checked(office, request_id, CheckItem.AUTHORITY)

    def keys() -> set[str]:
        return {each.key for each in office.ask(visit_forms.required_for, patient_id=walter)}

    assert release_asking.FORM_KEY not in keys()
    found = office.ask(release_signing.next_visit, request_id=request_id)
    assert found is not None
    assert found.appointment_id == visit
    office.do(release_signing.ask_at_visit, request_id=request_id, appointment_id=visit)
    assert release_asking.FORM_KEY in keys()
    (open_,) = office.ask(visit_forms.open_forms, patient_ids=(walter,))
    assert "Records release" in open_.titles
    form_id = form_ids[release_asking.FORM_KEY]
    shown = office.ask(consents.form_to_sign, patient_id=walter, form_id=form_id)
    consent = office.do(
        consents.sign,
        patient_id=walter,
        form_id=form_id,
        fingerprint=shown.fingerprint,
        strokes=STROKES,
        answers=("Rose City Legal, Portland", "All of 2025", "A suit", "no", "no", "yes", "no", "no"),
    )
    (here,) = office.ask(release_asking.signed_in_house, request_id=request_id)
    assert (here.consent_id, here.classes, here.states) == (consent, (Sensitivity.HIV,), STATED)
    form = FormDraft(
        here.answered_on,
        here.states,
        consent_id=consent,
        expires_on=here.expires_on,
        names_classes=here.classes,
    )
    office.do(release_forms.record_form, request_id=request_id, form=form)
    assert office.ask(release_detail.detail, request_id=request_id).state is ReleaseState.IDENTITY_CHECKED
    for wrong, sentence in (
        (replace(form, signed_on=SIGNED), "This consent was signed on 03/17/2026."),
        (
            replace(form, document_id=filed(office, walter)),
            "A form is on paper, or was signed in the house. Choose one.",
        ),
        (
            replace(form, consent_id=signed(office, patient(office, "Marcus", "Bell"))),
            "This consent is another patient's.",
        ),
    ):
        assert sentence in said(
            partial(office.do, release_forms.record_form, request_id=request_id, form=wrong)
        )
    office.do(consents.revoke, consent_id=consent, reason="Wrote a letter")
    assert hindrances(office, request_id)[0] == (
        "The form was revoked on 03/17/2026. Nothing may leave on it."
    )
    assert "The patient revoked this consent." in said(
        partial(office.do, release_forms.record_form, request_id=request_id, form=form)
    )


def test_a_signature_is_asked_for_where_it_makes_sense(office: Office, walter: int) -> None:
    visit, other = due_today(office, walter), due_today(office, minutes_from_now=20)
    own, theirs = requested(office, access(walter)), requested(office, lawyer(walter))

    def ask(request_id: int, appointment_id: int) -> None:
        office.do(release_signing.ask_at_visit, request_id=request_id, appointment_id=appointment_id)

    assert said(partial(ask, request_id=own, appointment_id=visit)) == (
        "The ground of this request asks for no signature."
    )
    assert said(partial(ask, request_id=theirs, appointment_id=other)) == "This visit is another patient's."
    assert said(partial(ask, request_id=theirs, appointment_id=visit)) == (
        "The library has no form “Records release”. Take it into use, or have a paper signed."
    )
    assert said(partial(office.do, release_signing.ask_no_more, request_id=theirs)) == (
        "The signature is not asked for at a visit."
    )


_DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 12, 31)))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    signed_on=_DAYS,
    expires_on=_DAYS,
    event=st.sampled_from(["", "end of the suit"]),
    ended_on=_DAYS,
    held=st.frozensets(st.sampled_from(STATED)),
    on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_a_form_holds_exactly_when_it_has_everything(
    signed_on: date | None,
    expires_on: date | None,
    event: str,
    ended_on: date | None,
    held: frozenset[CheckItem],
    on: date,
) -> None:
    form = FormFacts(
        form_id=1,
        document_id=None,
        consent_id=None,
        signed_on=signed_on,
        signer="Walter Harris",
        relation="",
        authority="",
        expires_on=expires_on,
        expires_event=event,
        names_classes=(),
        is_psychotherapy_alone=False,
        recorded_on=TODAY,
        ended_on=ended_on,
        ended_how=FormEnd.REVOKED if ended_on else None,
    )
    facts = {item: Fact(item, item in held, "", "Dana Brooks", TODAY) for item in STATED}
    row = ReleaseRequest(basis=Basis.AUTHORIZATION, requester=Requester.ATTORNEY)
    expected = (
        signed_on is not None
        and (expires_on is not None or bool(event))
        and (expires_on is None or expires_on >= on)
        and (ended_on is None or ended_on > on)
        and held == frozenset(STATED)
    )
    assert release_validity.form_holds(row, Known(facts, form), on) is expected
    assert release_facts.needs_form(row)


def test_what_is_guarded_after_its_pages_were_chosen_is_found_again(office: Office, walter: int) -> None:
    note = filed(office, walter, "Visit note", on=date(2026, 1, 20))
    request_id = authorized(office, walter)
    office.do(release_choice.choose, request_id=request_id, document_id=note, pages="1", instead_of=None)
    indexing = Indexing(
        Category.HOSPITAL, "Visit note", date(2026, 1, 20), "Dr. Lee", (), Sensitivity.SUBSTANCE_USE
    )
    office.do(filing.correct, document_id=note, indexing=indexing)
    locked = (
        "Substance use records are locked: the patient's consent under 42 CFR Part 2 must name them. "
        "Leave them out, or ask the patient to sign."
    )
    assert said(partial(office.do, release_steps.prepare, request_id=request_id)) == locked
    assert locked in hindrances(office, request_id)


def test_a_form_that_runs_out_stops_what_was_ready(office: Office, walter: int) -> None:
    request_id = authorized(office, walter, valid_form(expires_on=TODAY))
    office.do(choose, request_id=request_id, chosen=1, found=1)
    office.do(release_steps.prepare, request_id=request_id)
    office.actor = MARIA
    office.do(release_steps.review, request_id=request_id, agrees=True, round=1)
    ready = office.ask(release_detail.detail, request_id=request_id).panels
    assert (ready.row.state_words, ready.stands and ready.stands.headline) == (
        "Ready to send, 1 page",
        "May be sent.",
    )
    office.clock.set(office.clock.now() + timedelta(days=1))
    later = office.ask(release_detail.detail, request_id=request_id).panels
    assert (later.row.state_words, later.row.waits) == ("Form expired 03/17", Waits.SIGNATURE)
    assert later.stands is not None
    assert (later.stands.tone, later.stands.headline) == (Tone.BLOCK, "Cannot be sent.")
    assert hindrances(office, request_id) == ["The form expired on 03/17/2026. Ask for a new one."]


def test_a_minor_signs_only_where_the_law_lets_them(office: Office) -> None:
    caleb = patient(office, "Caleb", "Dixon", date(2015, 10, 30))
    request_id = requested(office, lawyer(caleb))
    record = partial(office.do, release_forms.record_form, request_id=request_id, form=valid_form())
    assert said(record) == (
        "The patient was 10 when it was signed. A parent or guardian signs, with name and relation, "
        "unless the law lets the minor consent to this care."
    )
    office.do(release_forms.record_form, request_id=request_id, form=valid_form(), minor_may_sign=True)
    by_mother = valid_form(signer_name="Ann Dixon", relation="mother", authority="parent")
    office.do(release_forms.record_form, request_id=request_id, form=by_mother)
    checked(office, request_id, CheckItem.AUTHORITY)
    row = office.ask(release_detail.detail, request_id=request_id).panels.row
    assert row.state_words == "Guardian form signed"


def test_nobody_asks_in_the_name_of_the_dead(office: Office, walter: int) -> None:
    with office.database.engines.write.begin() as go:
        go.execute(text("UPDATE patient SET status = 'deceased' WHERE id = :id"), {"id": walter})
    assert said(lambda: requested(office, access(walter))) == (
        "The patient is recorded as deceased. Only a personal representative may ask."
    )
    june = of_ground(access(walter, "June Harris"), Requester.REPRESENTATIVE, Basis.ACCESS)
    assert requested(office, june)
