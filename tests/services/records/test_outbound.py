"""Asking other offices: what is refused and why, the letter as it went out, chasing, parts, the end."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, Refused
from frontdesk.models.records.outbound import OutboundEvent, OutboundKind, PartState
from frontdesk.services.records import (
    consents,
    outbound,
    outbound_letter,
    outbound_views,
    outside,
    prior_providers,
    tray,
)
from frontdesk.services.records.asking_rules import Asking, set_asking
from frontdesk.services.records.filing import Category
from frontdesk.services.records.outbound import AskDraft, Basis, OutboundState, Way
from frontdesk.services.records.outbound_state import Stands, stands, state_of
from frontdesk.services.records.outside import OfficeDraft
from frontdesk.services.records.prior_providers import PriorDraft
from tests.builders.asking import asked, cascade
from tests.builders.office import provider
from tests.builders.records import filed, library, received, signed, text_of
from tests.builders.registration import patient
from tests.office import Office

NEEDED = date(2026, 4, 13)
Act = Any


def walter(office: Office) -> int:
    return patient(office, "Walter", "Harris", date(1951, 2, 9))


def said(office: Office, act: Act, **arguments: object) -> list[tuple[str, str]]:
    """Field and sentence of each finding."""
    with pytest.raises(Refused) as error:
        office.do(act, **arguments)
    return [(finding.field, finding.message) for finding in error.value.findings]


def whole(office: Office, request_id: int) -> outbound_views.Outbound:
    return office.ask(outbound_views.request, request_id=request_id)


def test_the_directory_refuses_what_cannot_be_reached_and_a_second_spelling(office: Office) -> None:
    cascade(office)
    wrong = OfficeDraft("", fax="123", email="nobody", street="1 Main Street", state="XX", zip="9")
    assert said(office, outside.add, draft=wrong) == [
        ("name", "Enter the name of the office."),
        ("fax", "This number cannot be dialed. Type area code and number."),
        ("email", "This is no e-mail address."),
        ("city", "Type the city."),
        ("state", "Type the state's two letters."),
        ("zip", "A ZIP code has five or nine digits."),
    ]
    assert said(office, outside.add, draft=OfficeDraft("Rose City Imaging")) == [
        ("fax", "Enter a fax, an address, an e-mail or a phone, so that it can be asked.")
    ]
    twice = OfficeDraft("CASCADE  General", department="health information", phone="5035550100")
    assert said(office, outside.add, draft=twice) == [
        ("name", "This office is in the directory already. Choose it there, or name the department.")
    ]
    (found,) = office.ask(outside.offices, find="ortiz casc")
    assert (found.title, found.reach) == ("Cascade General, Health information", "Fax (503) 555-0178")
    assert found.address == "100 Cascade Avenue, Portland, OR 97204"


def test_prior_providers_stand_with_their_time_and_what_they_hold(office: Office) -> None:
    who = walter(office)
    general = cascade(office)
    early = PriorDraft(None, seen_from=date(1949, 1, 1), seen_until=date(2027, 1, 1))
    assert said(office, prior_providers.add, patient_id=who, draft=early) == [
        ("office_id", "Choose the office from the directory, or add it there."),
        ("seen_from", "This day is before the birth date. Check the year."),
        ("seen_until", "This day is still to come. Check the year."),
    ]
    draft = PriorDraft(general, "Dr. Whitcomb", date(2019, 5, 1), date(2025, 7, 1), (Category.HOSPITAL,))
    office.do(prior_providers.add, patient_id=who, draft=draft)
    again = PriorDraft(general, "dr whitcomb", date(2024, 2, 1), date(2023, 2, 1))
    assert said(office, prior_providers.add, patient_id=who, draft=again) == [
        ("seen_until", "The last visit is before the first. Check both dates."),
        ("office_id", "This prior provider is on the sheet already."),
    ]
    (view,) = office.ask(prior_providers.priors, patient_id=who)
    assert (view.office.draft.name, view.seen, view.draft.holds) == (
        "Cascade General",
        "2019 to 2025",
        (Category.HOSPITAL,),
    )


def test_what_a_request_must_say(office: Office) -> None:
    who = walter(office)
    nothing = AskDraft(who, None, (" ",), None, covers_from=date(2026, 1, 2), covers_until=date(2026, 1, 1))
    assert said(office, outbound.ask, draft=nothing) == [
        ("office_id", "Choose the office from the directory, or add it there."),
        ("items", "Enter what is asked for, one thing a line."),
        ("needed_on", "Enter the day by which the records must be here."),
        ("covers_until", "The time ends before it starts. Check both dates."),
    ]
    late = AskDraft(who, cascade(office), ("X-ray", "x ray"), date(2026, 3, 16), is_guarded=True)
    needs = "Psychotherapy notes and substance use treatment need the patient's authorization."
    assert said(office, outbound.ask, draft=late) == [
        ("items", "One thing is asked for twice. Take one of them out."),
        ("needed_on", "03/16/2026 has passed. Choose a day to come."),
        ("authorization", f"{needs} Choose the signed form."),
    ]
    first = asked(office, who)
    same = AskDraft(who, cascade(office), ("sputum culture final",), NEEDED)
    assert said(office, outbound.ask, draft=same) == [
        ("items", f"{first.number} asks this office for the same already. Chase that one.")
    ]
    second = office.do(outbound.ask, draft=same, again=True)
    assert (first.number, second.number) == ("ROI-0001", "ROI-0002")
    assert office.ask(outbound.waiting_of, patient_id=who) == 2


def test_an_authorization_must_be_this_patients_and_in_force(office: Office) -> None:
    who, other = walter(office), patient(office, "Marcus", "Bell")
    library(office)
    theirs, own = signed(office, other), signed(office, who)

    def draft(consent_id: int | None = None, document_id: int | None = None) -> AskDraft:
        return AskDraft(
            who,
            cascade(office),
            ("Counselling notes",),
            NEEDED,
            basis=Basis.AUTHORIZATION,
            is_guarded=True,
            consent_id=consent_id,
            authorization_document_id=document_id,
        )

    tray_document = received(office, patient_id=who)
    assert [
        said(office, outbound.ask, draft=each)[0][1]
        for each in (draft(), draft(theirs), draft(None, tray_document))
    ] == [
        "Choose the form that the patient signed, or ask for treatment.",
        "This form is another patient's.",
        "The authorization must be in this patient's chart. File it first.",
    ]
    request = office.do(outbound.ask, draft=draft(own))
    words = text_of(office.ask(outbound_letter.letter_pdf, request_id=request.request_id, way=Way.FAX))
    assert "The patient's signed authorization of 03/17/2026 goes with this letter" in words
    assert "42 CFR Part 2" in words
    office.do(consents.revoke, consent_id=own, reason="Told the desk")
    assert said(office, outbound.ask, draft=draft(own)) == [
        ("authorization", "This form does not count: it is refused or revoked.")
    ]


def test_the_letter_says_why_they_may_and_is_kept_as_it_went_out(office: Office) -> None:
    who = walter(office)
    draft = AskDraft(
        who,
        cascade(office),
        ("Sputum culture, final", "Discharge medication list"),
        NEEDED,
        provider_id=provider(office),
        covers_from=date(2026, 3, 9),
        covers_until=date(2026, 3, 12),
    )
    request = office.do(outbound.ask, draft=draft).request_id
    event = office.do(outbound.note_sent, request_id=request, way=Way.FAX)
    went = office.ask(outbound_letter.sent_pdf, event_id=event)
    words = " ".join(text_of(went).split())
    for part in (
        "Cascade General",
        "Attn. M. Ortiz",
        "by fax to (503) 555-0178",
        "Request for records ROI-0001",
        "Sputum culture, final",
        "treatment without the patient's authorization (45 CFR 164.506(c)(2))",
        "03/09/2026 to 03/12/2026",
        "Grace Lee, MD",
        "04/13/2026",
    ):
        assert part in words
    office.do(outside.change, office_id=cascade(office), draft=OfficeDraft("Cascade West", fax="5035550111"))
    assert office.ask(outbound_letter.sent_pdf, event_id=event) == went
    assert "Cascade West" in text_of(office.ask(outbound_letter.letter_pdf, request_id=request))


def test_sending_needs_where_to_and_starts_the_chase(office: Office) -> None:
    who = walter(office)
    office.do(outside.change, office_id=cascade(office), draft=OfficeDraft("Cascade", phone="5035550177"))
    request = asked(office, who).request_id
    sent = [
        said(office, outbound.note_sent, request_id=request, way=way)
        for way in (Way.FAX, Way.EMAIL, Way.MAIL)
    ]
    assert sent == [
        [("sent_to", "Enter the fax number with its area code.")],
        [("sent_to", "Enter the address of the secure mailbox.")],
        [("sent_to", "Enter the address that is on the envelope.")],
    ]
    call = {"request_id": request, "note": "", "chase_on": date(2026, 3, 16)}
    assert said(office, outbound.note_call, answered_by=" ", **call) == [
        ("", "Nothing was sent yet. Send the request, then call."),
        ("answered_by", "Enter who answered, or “no answer”."),
        ("chase_on", "03/16/2026 has passed. Choose a day to come."),
    ]
    assert whole(office, request).line.says == "To be sent"
    office.do(set_asking, asking=Asking(first_after_days=4))
    office.do(outbound.note_sent, request_id=request, way=Way.FAX, sent_to="(503) 555-0178")
    assert whole(office, request).line.chase_on == date(2026, 3, 23), "Saturday the 21st is Monday the 23rd"
    office.clock.advance(days=7)
    assert whole(office, request).line.says == "Call now: sputum culture, final"
    office.do(outbound.note_call, request_id=request, answered_by="M. Ortiz", note="Not done yet")
    line = whole(office, request).line
    assert (line.chase_on, line.says) == (date(2026, 3, 27), "Waiting: sputum culture, final")
    assert said(office, set_asking, asking=Asking(0, 61, 3, complaints_phone="12")) == [
        ("first_after_days", "Enter a number of days from 1 to 60."),
        ("again_after_days", "Enter a number of days from 1 to 60."),
        ("complaints_phone", "This number cannot be dialed. Type area code and number."),
    ]


def test_parts_come_from_the_tray_until_all_is_here(office: Office) -> None:
    who, other = walter(office), patient(office, "Marcus", "Bell")
    request = asked(office, who, "Sputum culture", "Chest X-ray").request_id
    office.do(outbound.note_sent, request_id=request, way=Way.FAX)
    theirs, own = filed(office, other), filed(office, who, "Culture, Cascade General")
    scan = received(office, arrived_as="xray.pdf")
    offered = office.ask(outbound_views.candidates, request_id=request)
    assert [(each.document_id, each.is_likely) for each in offered] == [(own, True), (scan, True)]
    culture, x_ray = whole(office, request).parts
    came = {"item_id": culture.item_id, "document_id": theirs}
    assert said(office, outbound.note_came, **came) == [
        ("document_id", "This document is in another patient's chart.")
    ]
    assert said(office, outbound.note_came, item_id=culture.item_id, document_id=None) == [
        ("document_id", "Choose the document that came, or write how the answer came.")
    ]
    assert said(office, outbound.note_none_there, item_id=culture.item_id, note="") == [
        ("note", "Write who said that they have none.")
    ]
    office.do(outbound.note_came, item_id=culture.item_id, document_id=own)
    assert said(office, outbound.note_came, item_id=culture.item_id, document_id=own) == [
        ("", "This is ticked already. Take the tick back first.")
    ]
    assert whole(office, request).line.says == "Waiting: chest X-ray"
    done = office.done(outbound.note_came, item_id=x_ray.item_id, document_id=scan)
    assert whole(office, request).line.state is OutboundState.RECEIVED
    assert office.ask(outbound.waiting_of, patient_id=who) == 0
    assert {line.document_id for line in office.ask(tray.tray, patient_id=who)} == {scan}
    office.database.undo(office.actor, done.changes.entry_id)
    assert whole(office, request).line.state is OutboundState.WAITING
    assert office.ask(tray.tray, patient_id=who) == (), "the scan is nobody's again"
    assert said(office, outbound.give_up, request_id=request, reason="") == [
        ("reason", "Write why nothing more is expected.")
    ]
    given_up = office.do(outbound.give_up, request_id=request, reason="They moved")
    assert whole(office, request).line.says == "Given up, 1 of 2 came"
    assert said(office, outbound.note_sent, request_id=request, way=Way.FAX) == [
        ("", "ROI-0001 has ended. Ask anew, or undo how it ended.")
    ]
    office.do(outbound.take_back, event_id=given_up)
    assert said(office, outbound.take_back, event_id=given_up) == [("", "This entry was taken back already.")]
    history = [(line.words, line.is_gone) for line in whole(office, request).history]
    assert history == [
        ("Request written, needed by 04/13/2026", False),
        ("Sent by fax to (503) 555-0178", False),
        ("Sputum culture came", False),
        ("Chest X-ray came", True),
        ("Given up: They moved", True),
    ]


def test_two_desks_and_a_statement_that_goes_round(office: Office) -> None:
    who = walter(office)
    request = asked(office, who).request_id
    seen = whole(office, request).version
    office.do(outbound.note_sent, request_id=request, way=Way.FAX, version=seen)
    with pytest.raises(Conflict, match="Another desk changed this outbound request"):
        office.do(outbound.give_up, request_id=request, reason="Not needed", version=seen)
    printed = office.do(outbound.note_printed, request_id=request)
    assert said(office, outbound.take_back, event_id=printed) == [
        ("", "What was printed stays in the history.")
    ]
    for statement in ("UPDATE outbound_event SET note = 'x'", "DELETE FROM outbound_event"):
        with (
            pytest.raises(IntegrityError, match="append_only_outbound_event"),
            office.database.engines.write.begin() as connection,
        ):
            connection.execute(text(statement))


KINDS = (OutboundKind.SENT, OutboundKind.CALLED, OutboundKind.CAME, OutboundKind.GIVEN_UP)


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 12)), max_size=12))
def test_taking_back_everything_leaves_what_was_asked(
    steps: list[tuple[OutboundKind, int]],
) -> None:
    log = [OutboundEvent(id=1, kind=OutboundKind.ASKED, needed_on=NEEDED)]
    for number, (kind, item) in enumerate(steps, start=2):
        log.append(OutboundEvent(id=number, kind=kind, item_id=item % 2 + 1 if kind is KINDS[2] else None))
    before = stands(log)
    for number, event in enumerate(log[1:], start=100):
        log.append(OutboundEvent(id=number, kind=OutboundKind.TAKEN_BACK, corrects_id=event.id))
    assert stands(log) == Stands(is_asked=True, needed_on=NEEDED)
    assert state_of(stands(log), (1, 2)) is OutboundState.TO_SEND
    for number, event in enumerate([each for each in log if each.corrects_id], start=200):
        log.append(OutboundEvent(id=number, kind=OutboundKind.TAKEN_BACK, corrects_id=event.id))
    assert stands(log) == before
    assert all(state is PartState.CAME for state, _ in before.parts.values())
