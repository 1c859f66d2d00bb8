"""What must be so before copies leave: identity, the form, guarded records, and the second reader."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, NotAllowed, Refused
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.services.database import Database
from frontdesk.services.records import (
    consents,
    filing,
    release_asking,
    release_choice,
    release_detail,
    release_facts,
    release_forms,
    release_gates,
    release_steps,
    release_validity,
)
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.release_facts import Fact, FormFacts, Known
from frontdesk.services.records.release_forms import CheckItem, FormDraft, FormEnd, Sensitivity
from frontdesk.services.records.release_words import LACKS, STATED, ReleaseState
from frontdesk.services.records.releases import Basis, Requester
from frontdesk.services.records.request_row import Mark, Tone, Waits
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
    lawyer,
    of_ground,
    requested,
    valid_form,
)
from tests.builders.security import user
from tests.builders.visit import due_today
from tests.office import Office

MARIA = Actor(None, "Maria Hess", "MH", frozenset({"*"}))


@pytest.fixture
def walter(office: Office) -> int:
    return patient(office, "Walter", "Harris", date(1951, 2, 9))


def said(act: Callable[[], object]) -> str:
    """What the office says no with."""
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def hindrances(office: Office, request_id: int, *document_ids: int) -> list[str]:
    """All sentences of the gate."""
    found = office.ask(release_steps.may_send, request_id=request_id, document_ids=document_ids)
    return [each.message for each in found]


def guarded(office: Office, patient_id: int, sensitivity: Sensitivity) -> int:
    """A document of a guarded class."""
    made = filed(office, patient_id, f"Note on {sensitivity.value}")
    indexing = Indexing(Category.VISIT_NOTE, "A note", date(2026, 3, 12), "Dr. Lee", (), sensitivity)
    office.do(filing.correct, document_id=made, indexing=indexing)
    return made


def test_the_whole_way_of_a_request_with_a_form(office: Office, walter: int) -> None:
    request_id = requested(office, lawyer(walter))

    def state() -> ReleaseState:
        return office.ask(release_detail.detail, request_id=request_id).state

    def review(agrees: bool, words: str = "", round: int = 1) -> None:
        office.do(release_steps.review, request_id=request_id, agrees=agrees, words=words, round=round)

    assert hindrances(office, request_id) == [
        "Nobody has checked the identity of who asks. Check it first.",
        "The authority of the person who asks is not on file. Ask for the paper.",
        "The signed form is missing. Ask the patient to sign, or return the request.",
        "No page was chosen yet. Choose what is sent.",
        "A second person must read what is sent. Hand it over first.",
    ]
    checked(office, request_id)
    assert state() is ReleaseState.WAITING_SIGNATURE
    office.do(release_forms.record_form, request_id=request_id, form=valid_form())
    checked(office, request_id, CheckItem.AUTHORITY)
    assert state() is ReleaseState.IDENTITY_CHECKED
    assert said(partial(office.do, release_steps.prepare, request_id=request_id)) == (
        "No page was chosen yet. Choose what is sent."
    )
    office.do(choose, request_id=request_id, chosen=2, found=9)
    assert state() is ReleaseState.COLLECTING
    office.do(release_steps.prepare, request_id=request_id)
    assert state() is ReleaseState.UNDER_REVIEW
    assert said(partial(office.do, release_steps.prepare, request_id=request_id)) == (
        "This request is prepared already. Change its pages, or send it."
    )
    assert hindrances(office, request_id) == ["A second person must read what is sent. Hand it over first."]
    assert said(partial(review, agrees=True)) == (
        "You prepared these copies yourself. Another person must read them."
    )
    office.actor = MARIA
    assert said(partial(review, agrees=False)) == "Write what must be changed before it may leave."
    review(agrees=False, words="Page 3 is another patient's")
    assert state() is ReleaseState.COLLECTING
    office.do(release_steps.prepare, request_id=request_id)
    office.actor = replace(MARIA, name="Dana Brooks")
    review(agrees=True, round=2)
    assert hindrances(office, request_id) == []
    assert state() is ReleaseState.READY

    office.do(choose, request_id=request_id, chosen=3, found=9)  # other pages: to be read again
    assert state() is ReleaseState.COLLECTING
    assert hindrances(office, request_id) == ["A second person must read what is sent. Hand it over first."]
    history = [line.words for line in office.ask(release_detail.detail, request_id=request_id).panels.history]
    assert history[-1] == "The pages changed; to be prepared again"
    with (
        pytest.raises(IntegrityError, match="append_only_release_review"),
        office.database.engines.write.begin() as go,
    ):
        go.execute(text("DELETE FROM release_review"))


def test_no_second_reader_for_a_patients_own_plain_pages(office: Office, walter: int) -> None:
    request_id = requested(office, access(walter))
    checked(office, request_id)
    office.do(choose, request_id=request_id, chosen=2, found=2)
    assert hindrances(office, request_id) == [
        "The copies are not marked as ready. Finish preparing them first."
    ]
    office.do(release_steps.prepare, request_id=request_id)
    assert hindrances(office, request_id) == []
    office.do(release_steps.take_back, request_id=request_id)
    assert said(partial(office.do, release_steps.take_back, request_id=request_id)) == (
        "This request is not prepared yet, so there is nothing to take back."
    )
    note = guarded(office, walter, Sensitivity.HIV)
    office.do(choose, request_id=request_id, chosen=3, found=3, document_ids=(note,))
    office.do(release_steps.prepare, request_id=request_id, document_ids=(note,))
    assert office.ask(release_detail.detail, request_id=request_id).state is ReleaseState.UNDER_REVIEW


def test_two_readers_and_a_change_between(
    office: Office, walter: int, another: Callable[[], Database]
) -> None:
    request_id = authorized(office, walter)
    office.do(choose, request_id=request_id, chosen=1, found=1)
    office.do(release_steps.prepare, request_id=request_id)
    rita = Actor(user(office), "Rita Gomez", "RG", frozenset({"records.release", "records.view"}))
    with pytest.raises(NotAllowed):
        another().do(rita, release_steps.review, request_id=request_id, agrees=True, round=1)
    office.do(choose, request_id=request_id, chosen=1, found=2)
    office.actor = MARIA
    with pytest.raises(Conflict, match="no longer what you read"):
        office.do(release_steps.review, request_id=request_id, agrees=True, round=1)
    with (
        pytest.raises(IntegrityError, match="another_person"),
        office.database.engines.write.begin() as go,
    ):
        go.execute(
            text(
                "INSERT INTO release_review (id, request_id, round, prepared_by_id, reviewer_id, reviewer,"
                " agreed, words, at) VALUES (1, :request, 9, :user, :user, 'x', :yes, '', :at)"
            ),
            {"request": request_id, "user": rita.user_id, "yes": True, "at": "2026-03-17 12:00:00+00"},
        )


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (
            valid_form(signed_on=None),
            "The form has no signature or date. Have it completed, or return the request.",
        ),
        (
            valid_form(expires_on=None),
            "The form has no expiry date or event. Have it completed, or return the request.",
        ),
        (
            valid_form(expires_on=date(2026, 3, 16)),
            "The form expired on 03/16/2026. Ask for a new one.",
        ),
        *[
            (
                valid_form(states=tuple(each for each in STATED if each is not item)),
                f"The form {LACKS[item]}. Have it completed, or return the request.",
            )
            for item in STATED
        ],
        (
            valid_form(signer_name="June Harris", relation="wife"),
            "June Harris signed for the patient, and what the right rests on is not written down.",
        ),
    ],
)
def test_what_a_form_lacks_keeps_the_copies_here(file_office: Office, form: FormDraft, sentence: str) -> None:
    request_id = authorized(file_office, patient(file_office, "Walter", "Harris", date(1951, 2, 9)), form)
    assert hindrances(file_office, request_id)[0] == sentence


def test_a_form_that_cannot_be_is_not_recorded(office: Office, walter: int) -> None:
    request_id = requested(office, lawyer(walter))
    strange = filed(office, patient(office, "Marcus", "Bell"))
    for form, sentence in (
        (valid_form(signed_on=TODAY + timedelta(1)), "03/18/2026 is still to come. Look at the date."),
        (
            valid_form(signed_on=date(1950, 1, 1), expires_on=None, expires_event="x"),
            "This is before the patient was born. Look at the date.",
        ),
        (
            valid_form(expires_event="end of the suit"),
            "A form ends on a day or with an event. Enter the one that it names.",
        ),
        (
            valid_form(expires_on=SIGNED - timedelta(1)),
            "It would expire before it was signed. Look at the dates.",
        ),
        (valid_form(relation="wife"), "Enter the name of who signed for the patient."),
        (valid_form(states=(CheckItem.SIGNATURE,)), "Signature and expiry follow from their dates."),
        (valid_form(document_id=strange), "This form lies in another patient's chart. Move it first."),
        (
            valid_form(is_psychotherapy_alone=True, names_classes=(Sensitivity.HIV,)),
            "A form for psychotherapy notes covers nothing else. Record the other classes from another form.",
        ),
    ):
        act = partial(office.do, release_forms.record_form, request_id=request_id, form=form)
        assert said(act) == sentence


def test_a_form_ends_when_it_is_revoked_or_its_event_comes(office: Office, walter: int) -> None:
    request_id = requested(office, lawyer(walter))
    checked(office, request_id, CheckItem.AUTHORITY)

    def end(how: FormEnd, on: date, words: str = "") -> None:
        office.do(release_forms.end_form, request_id=request_id, how=how, on=on, words=words)

    assert said(partial(end, how=FormEnd.REVOKED, on=TODAY, words="Letter")) == (
        "No form is recorded for this request."
    )
    event = valid_form(expires_on=None, expires_event="end of the suit")
    office.do(release_forms.record_form, request_id=request_id, form=event)
    office.do(choose, request_id=request_id, chosen=1, found=1)
    office.do(release_steps.prepare, request_id=request_id)
    for how, on, sentence in (
        (
            FormEnd.REVOKED,
            TODAY,
            "Write how the patient revoked it; the law wants it in writing.",
        ),
        (
            FormEnd.EVENT_PASSED,
            TODAY + timedelta(1),
            "This day is still to come. Look at the date.",
        ),
        (
            FormEnd.EVENT_PASSED,
            SIGNED - timedelta(1),
            "The form was signed on 03/10/2026, which is later.",
        ),
    ):
        assert said(partial(end, how, on)) == sentence
    end(how=FormEnd.EVENT_PASSED, on=TODAY)
    assert hindrances(office, request_id)[0] == (
        "The form ended on 03/17/2026, when its event came. Ask for a new one."
    )
    assert said(partial(end, how=FormEnd.EVENT_PASSED, on=TODAY)) == "This form ended on 03/17/2026 already."
    detail = office.ask(release_detail.detail, request_id=request_id)
    assert (detail.state, detail.panels.row.state_words) == (ReleaseState.WAITING_SIGNATURE, "Form ended")
    office.do(release_forms.record_form, request_id=request_id, form=valid_form())
    assert said(partial(end, how=FormEnd.EVENT_PASSED, on=TODAY)) == (
        "This form names no event. It ends on its date, or is revoked."
    )
    end(how=FormEnd.REVOKED, on=TODAY, words="Letter of today")
    assert "The form was revoked on 03/17/2026. Nothing may leave on it." in hindrances(office, request_id)


def test_what_is_checked_says_what_was_seen(office: Office, walter: int) -> None:
    own = requested(office, access(walter))
    subpoena = requested(office, of_ground(lawyer(walter), Requester.ATTORNEY, Basis.SUBPOENA))
    boss = requested(
        office, replace(lawyer(walter), requester=Requester.EMPLOYER, requester_name="Portland Freight")
    )
    for request_id, item, holds, sentence in (
        (own, CheckItem.IDENTITY, True, "Write what was compared, such as name, birth date and address."),
        (own, CheckItem.IDENTITY, False, "Write what is missing."),
        (own, CheckItem.ASSURANCE, True, "This is not asked for on the ground of this request."),
        (
            boss,
            CheckItem.SIGNATURE,
            True,
            "Signature and expiry are read with the form. Record the form.",
        ),
        (boss, CheckItem.PURPOSE, True, "No form is recorded yet. Record the form first."),
        (
            boss,
            CheckItem.MINIMUM,
            True,
            "Write what is enough for the purpose, such as a fit-for-work letter.",
        ),
        (
            subpoena,
            CheckItem.AUTHORITY,
            True,
            "Write what the authority rests on, such as the letter that is filed.",
        ),
    ):
        act = partial(
            office.do, release_forms.check_item, request_id=request_id, item=item, holds=holds, words=" "
        )
        assert sentence in said(act)
    assert hindrances(office, subpoena)[2].startswith("A subpoena without a judge's order needs proof")
    assert "Nobody has said that no more is sent than the purpose needs. Check it." in hindrances(
        office, boss
    )
    office.do(
        release_forms.check_item, request_id=own, item=CheckItem.IDENTITY, holds=False, words="no license"
    )
    (line, *_) = office.ask(release_detail.detail, request_id=own).panels.checks
    assert (line.mark, line.said) == (Mark.MISSING, "no license")


def test_guarded_records_stay_locked_until_a_form_names_them(office: Office, walter: int) -> None:
    documents = {
        each: guarded(office, walter, each) for each in Sensitivity if each is not Sensitivity.ORDINARY
    }
    plain = filed(office, walter, "Plain")
    by_id = {id: each for each, id in documents.items()}

    def locked(request_id: int) -> set[Sensitivity]:
        found = office.ask(
            release_gates.check, request_id=request_id, document_ids=(plain, *documents.values())
        )
        return {by_id.get(gate.document_id, Sensitivity.ORDINARY) for gate in found}

    every = set(documents)
    therapy, part_2 = {Sensitivity.PSYCHOTHERAPY}, {Sensitivity.SUBSTANCE_USE}
    law = authorized(office, walter)
    assert locked(law) == every
    line = next(
        each
        for each in office.ask(release_detail.detail, request_id=law).panels.checks
        if each.mark is Mark.LOCKED
    )
    assert (line.words, line.said) == ("Protected notes left out", "6 locked")
    some = valid_form(names_classes=(Sensitivity.SUBSTANCE_USE, Sensitivity.HIV))
    office.do(release_forms.record_form, request_id=law, form=some)
    assert locked(law) == every - {Sensitivity.SUBSTANCE_USE, Sensitivity.HIV}
    alone = valid_form(names_classes=(Sensitivity.PSYCHOTHERAPY,), is_psychotherapy_alone=True)
    office.do(release_forms.record_form, request_id=law, form=alone)
    assert locked(law) == {*every, Sensitivity.ORDINARY} - therapy
    expired = replace(alone, expires_on=date(2026, 3, 16))
    office.do(release_forms.record_form, request_id=law, form=expired)
    assert locked(law) == {*every, Sensitivity.ORDINARY}

    assert locked(requested(office, access(walter))) == therapy
    child = of_ground(access(walter, "June Harris"), Requester.REPRESENTATIVE, Basis.ACCESS)
    assert locked(requested(office, child)) == every
    care = of_ground(access(walter, "Dr. Amin"), Requester.PROVIDER, Basis.TREATMENT)
    assert locked(requested(office, care)) == therapy | part_2
    order = of_ground(lawyer(walter), Requester.COURT, Basis.COURT_ORDER)
    ordered = requested(office, replace(order, requester_name="Multnomah County"))
    assert locked(ordered) == every


def test_only_what_is_filed_in_this_chart_may_go(office: Office, walter: int) -> None:
    request_id = authorized(office, walter)
    strange = filed(office, patient(office, "Marcus", "Bell"))
    loose = filed(office, walter, "Taken out")
    office.do(filing.unfile, document_id=loose)
    found = office.ask(release_gates.check, request_id=request_id, document_ids=(strange, loose))
    assert [gate.finding.message for gate in found] == [
        "This document lies in another patient's chart. Take it out of the request.",
        "This document is not filed in the chart. File it first, or take it out.",
    ]
    office.do(choose, request_id=request_id, chosen=1, found=1)
    act = partial(office.do, release_steps.prepare, request_id=request_id, document_ids=(strange,))
    assert said(act).startswith("This document lies in another patient's chart.")


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
