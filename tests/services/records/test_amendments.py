"""Requests to amend a record: the clock, the decision, the letters, who is told, what goes out after a no."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.kernel.errors import NotAllowed, Refused
from frontdesk.models.records.amendment import AmendmentEvent, AmendmentKind
from frontdesk.services.records import (
    amendment_entries,
    amendment_letters,
    amendment_views,
    amendments,
    disagreements,
)
from frontdesk.services.records.amendment_state import due_on, stands
from frontdesk.services.records.amendments import (
    AmendmentDraft,
    AmendmentState,
    Decision,
    DenialGround,
    LetterKind,
)
from frontdesk.services.records.asking_rules import Asking, set_asking
from frontdesk.services.records.outbound import Way
from frontdesk.services.work import Actor
from tests.builders.asking import amendment
from tests.builders.records import filed, received, text_of
from tests.builders.registration import patient
from tests.office import Office

DENIED = Decision(AmendmentState.DENIED, grounds=(DenialGround.CORRECT,), basis="You said so at the visit.")
ACCEPTED = Decision(AmendmentState.ACCEPTED, accepted="Never smoked.")


def walter(office: Office) -> int:
    return patient(office, "Walter", "Harris", date(1951, 2, 9))


def said(office: Office, act: Callable[..., Any], **arguments: object) -> list[tuple[str, str]]:
    """Field and sentence of each finding."""
    with pytest.raises(Refused) as error:
        office.do(act, **arguments)
    return [(finding.field, finding.message) for finding in error.value.findings]


def whole(office: Office, request_id: int) -> amendment_views.Amendment:
    return office.ask(amendment_views.amendment, request_id=request_id)


def letter(office: Office, request_id: int, **which: Any) -> str:
    pdf = office.ask(amendment_letters.letter_pdf, request_id=request_id, **which)
    return " ".join(text_of(pdf).split())


def test_what_a_request_must_say(office: Office) -> None:
    who, other = walter(office), patient(office, "Marcus", "Bell")
    nothing = AmendmentDraft(who, " ", "", "", None, document_ids=(filed(office, other),))
    assert said(office, amendments.receive, draft=nothing) == [
        ("asked_by", "Enter who asks."),
        ("what", "Enter what the record says wrongly."),
        ("wanted", "Enter how it should read."),
        ("received_on", "Enter the day on which it came: the clock starts with it."),
        ("document_ids", "Each document must be in this patient's chart. File it first."),
    ]
    scan = received(office, patient_id=who)
    early = AmendmentDraft(who, "W", "x" * 2001, "y", date(2026, 3, 18), letter_id=scan)
    assert said(office, amendments.receive, draft=early) == [
        ("what", "This text has 2,000 characters at most. Shorten it."),
        ("received_on", "This day is still to come. The clock starts on receipt."),
        ("letter_id", "Each document must be in this patient's chart. File it first."),
    ]


def test_the_clock_has_60_days_and_one_extension_within_them(office: Office) -> None:
    who = walter(office)
    request = amendment(office, who).request_id
    shown = whole(office, request)
    assert (shown.line.due_on, shown.last_day, shown.may_extend) == (
        date(2026, 5, 9),
        date(2026, 6, 8),
        True,
    )
    assert said(office, amendments.extend, request_id=request, reason=" ", until=date(2026, 6, 9)) == [
        ("reason", "Write why it takes longer: the patient is told."),
        ("until", "The last possible day is 06/08/2026."),
    ]
    assert said(office, amendments.extend, request_id=request, reason="x", until=date(2026, 5, 9)) == [
        ("until", "Until 05/09/2026 no extension is needed.")
    ]
    why, until = "Dr. Lee is away", date(2026, 6, 1)
    done = office.do(amendments.extend, request_id=request, reason=why, until=until)
    words = " ".join(text_of(office.ask(amendment_letters.sent_pdf, event_id=done)).split())
    assert "You will have our answer by 06/01/2026. The reason: Dr. Lee is away" in words
    assert whole(office, request).line.due_on == date(2026, 6, 1)
    assert said(office, amendments.extend, request_id=request, reason=why, until=until) == [
        ("", "The time was extended once; there is no second extension.")
    ]
    late = amendment(office, who, received_on=date(2026, 1, 10)).request_id
    assert said(office, amendments.extend, request_id=late, reason="x", until=date(2026, 4, 1)) == [
        ("", "The 60 days ended on 03/11/2026. More time had to be taken before. Answer now.")
    ]
    listed = [(line.number, line.due_on) for line in office.ask(amendment_views.lines)]
    assert listed == [("ROI-0002", date(2026, 3, 11)), ("ROI-0001", date(2026, 6, 1))]


def test_a_yes_is_linked_and_told_before_it_ends(office: Office) -> None:
    who = walter(office)
    note = filed(office, who, "Cough, 3 weeks")
    request = amendment(office, who, note).request_id
    assert said(office, amendments.note_letter, request_id=request, way=Way.MAIL) == [
        ("", "Nothing is decided yet.")
    ]
    assert said(
        office, amendments.decide, request_id=request, decision=Decision(AmendmentState.ACCEPTED)
    ) == [("accepted", "Write how the record reads from now on.")]
    office.do(amendments.decide, request_id=request, decision=ACCEPTED)
    assert said(office, amendments.withdraw, request_id=request, reason="x") == [
        ("", "ROI-0001 is decided already.")
    ]
    assert said(office, disagreements.disagree, request_id=request, text="No") == [
        ("", "Nothing was denied: there is nothing to disagree with.")
    ]
    assert said(office, amendments.name_person, request_id=request, name="") == [
        ("name", "Enter the person or office.")
    ]
    person = office.do(amendments.name_person, request_id=request, name="Cascade General", sent_to="Portland")
    assert said(office, amendments.name_person, request_id=request, name="cascade general") == [
        ("name", "This person is on the list already.")
    ]
    assert whole(office, request).line.says == "Accepted, letter to be sent"
    words = letter(office, request)
    assert "Your record is amended" in words
    assert "Never smoked." in words
    assert "Cough, 3 weeks, 03/12/2026" in words
    assert "Cascade General" in words
    office.do(amendments.note_letter, request_id=request, way=Way.MAIL)
    assert whole(office, request).line.says == "Accepted, 1 to be told"
    assert "Please amend yours as well" in letter(office, request, kind=LetterKind.NOTICE, person_id=person)
    office.do(amendments.note_told, request_id=request, person_id=person, way=Way.FAX)
    assert said(office, amendments.note_told, request_id=request, person_id=person, way=Way.FAX) == [
        ("person_id", "This person was told already.")
    ]
    assert whole(office, request).line.is_ended
    assert office.ask(amendment_views.lines) == ()
    (statement,) = office.ask(amendment_views.statements, document_ids=(note,))
    assert (statement.kind, statement.text) == (amendment_views.StatementKind.AMENDED, "Never smoked.")


def test_a_no_has_its_ground_its_letter_and_what_follows(office: Office) -> None:
    who = walter(office)
    note = filed(office, who, "Cough, 3 weeks")
    request = amendment(office, who, note).request_id
    bare = Decision(AmendmentState.DENIED)
    assert said(office, amendments.decide, request_id=request, decision=bare) == [
        ("grounds", "Choose the ground: the law knows no other."),
        ("basis", "Write in plain language why not: it stands in the letter."),
    ]
    office.do(set_asking, asking=Asking(complaints_to="Maria Hess, privacy officer"))
    decided = office.do(amendments.decide, request_id=request, decision=DENIED)
    words = letter(office, request)
    for part in (
        "The record is accurate and complete.",
        "You said so at the visit.",
        "written statement that you disagree",
        "your request and this letter go out with each future disclosure",
        "Maria Hess, privacy officer, (503) 555-0100",
        "Secretary of the U.S. Department of Health and Human Services",
    ):
        assert part in words
    office.do(amendments.note_letter, request_id=request, way=Way.MAIL)
    assert whole(office, request).line.clock_stands

    def goes_out() -> list[str]:
        return [each.kind.value for each in office.ask(amendment_views.statements, document_ids=(note,))]

    assert goes_out() == []
    include = office.do(disagreements.ask_include, request_id=request)
    assert goes_out() == ["request", "denial"]
    assert said(office, disagreements.ask_include, request_id=request) == [("", "This was asked already.")]
    office.do(amendment_entries.take_back, event_id=include)
    assert said(office, disagreements.rebut, request_id=request, text="x") == [
        ("", "A rebuttal answers a statement of disagreement. There is none.")
    ]
    assert said(office, disagreements.disagree, request_id=request, text=" ") == [
        ("text", "Write what the statement says, or its essence where it was scanned.")
    ]
    office.do(disagreements.disagree, request_id=request, text="I have never smoked.")
    assert said(office, disagreements.ask_include, request_id=request) == [
        ("", "There is a statement of disagreement: it goes out as it is.")
    ]
    assert said(office, disagreements.disagree, request_id=request, text="Again") == [
        ("", "There is a statement already. Undo it to enter another.")
    ]
    office.do(disagreements.rebut, request_id=request, text="The note stands as dictated.")
    assert goes_out() == ["request", "denial", "disagreement", "rebuttal"]
    assert not whole(office, request).rebuttal_sent
    assert "The note stands as dictated." in letter(office, request, kind=LetterKind.REBUTTAL)
    office.do(amendments.note_letter, request_id=request, way=Way.MAIL, kind=LetterKind.REBUTTAL)
    assert whole(office, request).rebuttal_sent

    clerk = Actor(None, "Theo Park", "TP", frozenset({"records.*"}))
    with pytest.raises(NotAllowed):
        office.database.do(clerk, amendment_entries.take_back, event_id=decided)
    with pytest.raises(NotAllowed):
        office.database.do(clerk, amendments.decide, request_id=request, decision=DENIED)


def test_in_part_says_both(office: Office) -> None:
    who = walter(office)
    note = filed(office, who, "Cough, 3 weeks")
    request = amendment(office, who, note).request_id
    half = Decision(
        AmendmentState.IN_PART, "Quit in 2001.", (DenialGround.CORRECT,), "You smoked until then."
    )
    office.do(amendments.decide, request_id=request, decision=half)
    words = letter(office, request)
    assert "Your record is amended in part" in words
    assert words.index("Quit in 2001.") < words.index("You smoked until then.")
    assert "What you can do" in words
    (statement,) = office.ask(amendment_views.statements, document_ids=(note,))
    assert statement.text == "Quit in 2001."


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(61, 90) | st.none())
def test_the_deadline_never_passes_ninety_days(received_on: date, extended: int | None) -> None:
    until = None if extended is None else received_on + timedelta(days=extended)
    extension = AmendmentEvent(id=2, kind=AmendmentKind.EXTENDED, until=until) if until else None
    due = due_on(received_on, extension)
    assert timedelta(days=60) <= due - received_on <= timedelta(days=90)
    log = [AmendmentEvent(id=1, kind=AmendmentKind.RECEIVED), *filter(None, (extension,))]
    log.append(AmendmentEvent(id=3, kind=AmendmentKind.TAKEN_BACK, corrects_id=log[-1].id))
    at = stands(log)
    assert due_on(received_on, at.extension) - received_on == timedelta(days=60)
    assert at.is_received == (extension is not None)
