"""What must be so before copies leave: identity, the form, guarded records, and the second reader."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, NotAllowed
from frontdesk.services.database import Database
from frontdesk.services.records import (
    filing,
    release_detail,
    release_forms,
    release_gates,
    release_steps,
)
from frontdesk.services.records.release_forms import CheckItem, FormDraft, FormEnd, Sensitivity
from frontdesk.services.records.release_words import LACKS, STATED, ReleaseState
from frontdesk.services.records.releases import Basis, Requester
from frontdesk.services.records.request_row import Mark
from frontdesk.services.work import Actor
from tests.builders.records import filed
from tests.builders.registration import patient
from tests.builders.releases import (
    SIGNED,
    TODAY,
    access,
    authorized,
    checked,
    choose,
    guarded,
    hindrances,
    lawyer,
    of_ground,
    requested,
    said,
    valid_form,
)
from tests.builders.security import user
from tests.office import Office

MARIA = Actor(None, "Maria Hess", "MH", frozenset({"*"}))


@pytest.fixture
def walter(office: Office) -> int:
    return patient(office, "Walter", "Harris", date(1951, 2, 9))


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
