"""Requests for copies: written down, their clock, who works on them, how they end; every refusal in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.command import command, irreversible
from frontdesk.services.database import Database
from frontdesk.services.records import (
    release_desk,
    release_detail,
    release_endings,
    release_people,
    release_rules,
    release_steps,
    releases,
    request_list,
    viewing,
)
from frontdesk.services.records.release_endings import DenialGround
from frontdesk.services.records.release_rules import SHIPPED
from frontdesk.services.records.release_words import ReleaseState
from frontdesk.services.records.releases import Basis, CopyForm, Delivery, ReleaseDraft, Requester
from frontdesk.services.records.request_row import Waits, Which
from frontdesk.services.work import Actor, Work
from tests.builders.records import filed, text_of
from tests.builders.registration import patient
from tests.builders.releases import TODAY, access, lawyer, of_ground, requested, send, version_of
from tests.office import Office

RITA = Actor(None, "Rita Gomez", "RG", frozenset({"*"}))


@pytest.fixture
def walter(office: Office) -> int:
    return patient(office, "Walter", "Harris", date(1951, 2, 9))


def said(act: Callable[[], object]) -> str:
    """What the office says no with."""
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def state_of(office: Office, request_id: int) -> ReleaseState:
    return office.ask(release_detail.detail, request_id=request_id).state


@command("Add representative", permission="registration.edit", undo=irreversible("A test added it."))
def add_guardian(work: Work, *, patient_id: int, is_guardian: bool, until: date | None) -> int:
    return work.add(
        PatientContact(
            patient_id=patient_id,
            name="June Harris",
            relationship="wife",
            is_guardian=is_guardian,
            authority="power of attorney" if is_guardian else "",
            authority_until=until if is_guardian else None,
        )
    ).id


def test_a_request_has_its_number_its_deadline_and_its_place_in_the_list(office: Office, walter: int) -> None:
    late = requested(office, lawyer(walter, received_on=date(2026, 2, 14)))
    soon = requested(office, replace(access(walter), wanted_by=date(2026, 3, 20)))
    far = requested(office, replace(access(walter, received_on=TODAY), requester_name="W. Harris"))
    listed = office.ask(request_list.requests)
    assert [(row.id, row.number, row.due_on) for row in listed.rows] == [
        (late, 1, date(2026, 3, 16)),
        (soon, 2, date(2026, 3, 20)),
        (far, 3, date(2026, 4, 16)),
    ]
    assert (listed.past_deadline, listed.due_this_week, listed.for_signature, listed.for_others) == (
        1,
        1,
        0,
        0,
    )
    assert [row.kind_words for row in listed.rows] == ["Attorney", "Access", "Access"]
    assert [row.who for row in listed.rows] == ["Rose City Legal LLP", "Patient herself", "Patient herself"]
    assert office.ask(request_list.requests, which=Which.SENT).rows == ()
    assert {row.waits for row in listed.rows} == {Waits.DESK}
    shown = office.ask(release_detail.detail, request_id=late).panels
    assert [line.words for line in shown.history] == ["Request came by fax, 2 pages", "Deadline passed"]
    assert dict(shown.facts)["Who asks"] == "Rose City Legal LLP, attn. P. Doan"
    assert dict(shown.facts)["Send by"] == "Secure e-mail, records@rosecity.example.com"
    assert dict(shown.facts)["Covers"] == "01/01/2025 to 03/12/2026, visits and hospital"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"requester_name": " "}, "Enter who asks for the copies."),
        (
            {"received_on": TODAY + timedelta(1)},
            "A request cannot have come in after today. Look at the date.",
        ),
        (
            {"covers_from": TODAY, "covers_until": date(2026, 1, 1)},
            "The last day that is asked for is before the first.",
        ),
        ({"wanted_by": date(2026, 1, 1)}, "The day by which it is wanted is before it came in."),
        ({"came_pages": 0}, "A request has one page or more."),
        ({"purpose": " "}, "Enter what the copies are for."),
        ({"purpose": "x" * 1001}, "This is longer than 1000 characters. Say it shorter."),
        (
            {"basis": Basis.ACCESS},
            "Only the patient, or who acts for the patient, has a right of access. Choose another ground.",
        ),
        (
            {"basis": Basis.TREATMENT},
            "Copies for treatment go to another provider. Choose another ground.",
        ),
        (
            {"basis": Basis.SUBPOENA, "requester": Requester.EMPLOYER},
            "An order or a subpoena comes from a court, an attorney or an office.",
        ),
        (
            {"delivery": Delivery.FAX},
            "Enter the fax number to which the copies go.",
        ),
        (
            {"copy_form": CopyForm.PAPER},
            "A paper copy cannot go by e-mail. Choose the other form, or another way.",
        ),
    ],
)
def test_what_a_request_lacks_is_said(file_office: Office, change: dict[str, object], sentence: str) -> None:
    walter = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    draft: ReleaseDraft = replace(lawyer(walter), **change)  # type: ignore[arg-type]  # fields by name
    assert said(lambda: file_office.do(releases.write_down, draft=draft)) == sentence


def test_a_twin_is_asked_about_and_may_stand(office: Office, walter: int) -> None:
    first = requested(office, lawyer(walter))
    again = replace(lawyer(walter), requester_name=" rose city LEGAL llp")
    assert said(lambda: office.do(releases.write_down, draft=again)) == (
        "ROI-0001 of 03/02/2026 is by the same sender for this chart. "
        "Look at it, or write this one down all the same."
    )
    second = office.do(releases.write_down, draft=again, again=True)
    office.do(release_endings.withdraw, request_id=second, reason="Sent twice")
    found = office.ask(
        releases.alike, patient_id=walter, requester_name="Rose City Legal LLP", received_on=TODAY, but=first
    )
    assert found == ()


def test_a_representative_is_on_file_with_the_right_to_act(office: Office, walter: int) -> None:
    friend = office.do(add_guardian, patient_id=walter, is_guardian=False, until=None)
    wife = office.do(add_guardian, patient_id=walter, is_guardian=True, until=date(2026, 3, 10))
    other = patient(office, "Marcus", "Bell")
    assert [each.words for each in office.ask(release_people.people, patient_id=walter).representatives] == [
        "June Harris, wife (power of attorney to 03/10/2026)"
    ]
    asks = replace(of_ground(access(walter), Requester.REPRESENTATIVE, Basis.ACCESS), contact_id=friend)
    assert said(lambda: office.do(releases.write_down, draft=asks)) == (
        "June Harris is on file without the right to act for the patient. "
        "Enter the authority in registration first."
    )
    assert "This person is not on file with the patient." in said(
        lambda: office.do(releases.write_down, draft=replace(asks, patient_id=other, contact_id=wife))
    )
    strange = filed(office, other)
    assert said(
        lambda: office.do(releases.write_down, draft=replace(asks, contact_id=wife, document_ids=(strange,)))
    ) == ("A document that was named lies in another patient's chart.")
    request_id = requested(office, replace(asks, contact_id=wife))
    sentences = [each.message for each in office.ask(release_steps.may_send, request_id=request_id)]
    assert "The authority of the person who asks is not on file. Ask for the paper." in sentences


def test_a_changed_request_moves_its_deadline_and_goes_back(office: Office, walter: int) -> None:
    request_id = requested(office, lawyer(walter))
    document = filed(office, walter)
    after = replace(
        lawyer(walter, received_on=date(2026, 3, 5)), document_ids=(document,), covers_words="the stay"
    )
    done = office.done(releases.change, request_id=request_id, draft=after)
    shown = office.ask(release_detail.detail, request_id=request_id).panels
    assert shown.row.due_on == date(2026, 4, 4)
    assert shown.history[-1].words == "Changed: the day it came, what is asked for"
    assert "“Discharge summary”" in dict(shown.facts)["Covers"]
    assert office.ask(releases.draft_of, request_id=request_id) == after
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(releases.draft_of, request_id=request_id) == lawyer(walter)
    other = patient(office, "Marcus", "Bell")
    assert said(lambda: office.do(releases.change, request_id=request_id, draft=lawyer(other))).startswith(
        "A request stays with its patient."
    )


def test_two_desks_see_who_works_on_it(office: Office, walter: int, another: Callable[[], Database]) -> None:
    request_id = requested(office, lawyer(walter))
    seen = version_of(office, request_id)
    office.do(release_desk.take_on, request_id=request_id, version=seen)
    office.do(release_desk.take_on, request_id=request_id)  # nothing to do twice
    assert office.ask(request_list.requests).rows[0].owner == "Dana Brooks"
    with pytest.raises(Conflict, match="Another desk changed this release request while you had it open"):
        another().do(RITA, release_desk.take_on, request_id=request_id, version=seen)
    office.actor, dana = RITA, office.actor
    assert said(lambda: office.do(release_desk.take_on, request_id=request_id)) == (
        "Dana Brooks has been working on this request since 10:42. Ask, or take it over."
    )
    office.do(release_desk.take_on, request_id=request_id, take_over=True)
    office.do(release_desk.let_go, request_id=request_id)
    assert said(lambda: office.do(release_desk.let_go, request_id=request_id)) == (
        "Nobody is working on this request."
    )
    office.actor = dana
    history = office.ask(release_detail.detail, request_id=request_id).panels.history
    assert [line.words for line in history][-2:] == [
        "Dana Brooks took it on",
        "Rita Gomez took it over from Dana Brooks",
    ]


def test_a_note_has_its_day(office: Office, walter: int) -> None:
    request_id = requested(office, lawyer(walter))
    office.do(release_desk.note, request_id=request_id, words="Form sent", on=date(2026, 3, 3), asked=True)
    for words, on, sentence in (
        (" ", None, "Write what happened."),
        ("x" * 1001, None, "This is longer than 1000 characters. Say it shorter."),
        ("Call", TODAY + timedelta(1), "This day is still to come. Look at the date."),
        ("Call", date(2026, 3, 1), "The request came later than this. Look at the date."),
    ):
        noted = partial(office.do, release_desk.note, request_id=request_id, words=words, on=on)
        assert said(noted) == sentence
    with (
        pytest.raises(IntegrityError, match="append_only_release_event"),
        office.database.engines.write.begin() as go,
    ):
        go.execute(text("UPDATE release_event SET words = 'other'"))


def test_more_time_once_and_before_it_is_over(office: Office, walter: int) -> None:
    late = requested(office, lawyer(walter, received_on=date(2026, 2, 14)))
    assert said(lambda: office.do(release_endings.extend, request_id=late, reason="Off site")) == (
        "The deadline passed on 03/16/2026. Time is asked for before it is over; answer the request now."
    )
    request_id = requested(office, access(walter))
    assert said(lambda: office.do(release_endings.extend, request_id=request_id, reason=" ")) == (
        "Write the reason; it stays with the request."
    )
    letter = office.do(release_endings.extend, request_id=request_id, reason="The old volumes are off site")
    words = _letter(office, letter)
    assert "The office cannot answer your request by 04/01/2026. The old volumes are off site." in words
    assert "by 05/01/2026." in words
    assert office.ask(release_detail.detail, request_id=request_id).panels.row.due_on == date(2026, 5, 1)
    assert said(lambda: office.do(release_endings.extend, request_id=request_id, reason="Again")) == (
        "The time was extended on 03/17/2026, and it can be extended once only."
    )
    care = of_ground(access(walter, "Dr. Amin"), Requester.PROVIDER, Basis.TREATMENT)
    assert said(
        lambda: office.do(release_endings.extend, request_id=requested(office, care), reason="Much to do")
    ) == ("The office gives no extension for requests on this ground.")


def test_a_denial_names_its_ground_and_the_ways_to_object(office: Office, walter: int) -> None:
    own = requested(office, access(walter))
    for ground, sentence in (
        (
            DenialGround.FORM_NOT_VALID,
            "The law does not allow the patient's own access to be denied on this ground.",
        ),
        (
            DenialGround.ENDANGERS,
            "Write which licensed professional decided so; the letter names the right to a review.",
        ),
        (DenialGround.NOT_KEPT, "Write who keeps it, if the office knows; the letter says so."),
    ):
        denied = partial(office.do, release_endings.deny, request_id=own, ground=ground, words="")
        assert said(denied) == sentence
    letter = office.do(
        release_endings.deny, request_id=own, ground=DenialGround.ENDANGERS, words="Dr. Lee decided so"
    )
    words = _letter(office, letter)
    assert "You may have this decision reviewed" in words
    assert "Dr. Lee decided so." in words
    assert "www.hhs.gov/ocr" in words
    assert state_of(office, own) is ReleaseState.DENIED
    assert said(lambda: office.do(release_desk.take_on, request_id=own)) == (
        "This request was denied. Take it up again first."
    )
    office.do(release_endings.reopen, request_id=own, reason="Reviewed")
    again = office.do(release_endings.deny, request_id=own, ground=DenialGround.LITIGATION, words="")
    assert "The law gives no review of a decision on this ground" in _letter(office, again)


def test_a_request_goes_back_to_its_sender_and_may_come_again(office: Office, walter: int) -> None:
    own, theirs = requested(office, access(walter)), requested(office, lawyer(walter))
    assert said(lambda: office.do(release_endings.return_to_sender, request_id=own, reason="Unsigned")) == (
        "A patient's own request is not sent back. Ask for what is missing, or deny it on a ground."
    )
    letter = office.do(release_endings.return_to_sender, request_id=theirs, reason="The form has no date")
    assert "The form has no date." in _letter(office, letter)
    assert "Rose City Legal LLP" in _letter(office, letter)
    assert office.ask(request_list.requests, which=Which.ALL).rows[-1].state_words == "Returned to sender"
    assert said(lambda: office.do(release_endings.reopen, request_id=own, reason="x")) == (
        "This request has not ended without copies, so it cannot be taken up again."
    )
    assert office.do(release_endings.withdraw, request_id=own, reason="Wrong chart") is None
    with (
        pytest.raises(IntegrityError, match="append_only_release_end"),
        office.database.engines.write.begin() as go,
    ):
        go.execute(text("DELETE FROM release_end"))


def test_what_was_sent_is_closed_with_a_word(office: Office, walter: int) -> None:
    own = requested(office, access(walter))
    assert said(lambda: office.do(release_steps.close, request_id=own, words="Picked up")) == (
        "Only what was sent can be closed. Send the copies, or end the request."
    )
    office.do(send, request_id=own)
    assert said(lambda: office.do(release_steps.close, request_id=own, words="")) == (
        "Write how the office knows that the copies arrived."
    )
    office.do(release_steps.close, request_id=own, words="Picked up")
    (row,) = office.ask(request_list.requests, which=Which.SENT).rows
    assert (row.state_words, row.due_on) == ("Closed 03/17", None)
    assert said(lambda: office.do(release_desk.take_on, request_id=own)) == "This request is closed."


def test_the_office_sets_its_own_clock_within_the_law(office: Office, walter: int) -> None:
    rule = SHIPPED[Basis.ACCESS]
    for changed, sentence in (
        (replace(rule, days=0), "Enter a number of days from 1 to 365."),
        (replace(rule, warn_days=61), "Enter a number of days from 0 to 60."),
        (
            replace(rule, days=31),
            "The law gives thirty days for the patient's own access. Enter 30 or fewer.",
        ),
        (
            replace(rule, extension_days=60),
            "The law allows one extension of thirty days. Enter 30 or fewer.",
        ),
        (
            replace(rule, reviewed_by="Maria Hess"),
            "Enter who reviewed the rule and on which day, or neither.",
        ),
        (
            replace(rule, reviewed_by="Maria Hess", reviewed_on=TODAY + timedelta(1)),
            "The day of the review is still to come. Look at the date.",
        ),
    ):
        assert said(partial(office.do, release_rules.set_rule, rule=changed)) == sentence
    done = office.done(release_rules.set_rule, rule=replace(rule, days=10, warn_days=2))
    assert requested(office, access(walter))
    listed = office.ask(request_list.requests)
    assert (listed.rows[0].due_on, listed.rows[0].warn_on) == (date(2026, 3, 12), date(2026, 3, 10))
    assert listed.access_days == 10
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(release_rules.rules)[0] == rule


def _letter(office: Office, document_id: int) -> str:
    return " ".join(text_of(office.ask(viewing.document_bytes, document_id=document_id)).split())
