"""The red-flag script: written by clinicians, asked in order, answered for good."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, NotAllowed
from frontdesk.models.schedule.red_flag import RedFlagAnswer
from frontdesk.services.records import forms
from frontdesk.services.schedule import red_flags
from frontdesk.services.schedule.red_flags import STARTING_SCRIPT, Answer, RedFlagDraft
from frontdesk.services.visit import starting_set
from frontdesk.services.work import Actor
from tests.builders.office import provider
from tests.builders.registration import danielle
from tests.office import Office
from tests.refusal import refusal

BREATH = STARTING_SCRIPT[0]


def questions(office: Office) -> list[str]:
    return [each.draft.question for each in office.ask(red_flags.script)]


def test_a_new_office_has_a_script_that_nobody_has_reviewed(office: Office) -> None:
    provider(office)
    office.do(starting_set.prepare, shipped=forms.shipped_forms())
    found = office.ask(red_flags.script)
    assert [each.draft for each in found] == list(STARTING_SCRIPT)
    assert {each.draft.reviewed_by for each in found} == {""}


def test_questions_are_asked_in_their_order_and_no_longer_when_switched_off(office: Office) -> None:
    second = office.do(red_flags.add, draft=replace(BREATH, question="Second?", sort_order=2))
    office.do(red_flags.add, draft=replace(BREATH, question="First?", sort_order=1))
    assert questions(office) == ["First?", "Second?"]
    done = office.done(red_flags.set_active, red_flag_id=second, is_active=False)
    assert questions(office) == ["First?"]
    assert len(office.ask(red_flags.script, with_inactive=True)) == 2
    office.database.undo(office.actor, done.entry_id)
    assert questions(office) == ["First?", "Second?"]


def test_a_change_goes_back_and_the_later_desk_is_told(office: Office) -> None:
    flag = office.do(red_flags.add, draft=BREATH)
    changed = replace(
        BREATH, question="Short of breath?", reviewed_by="Dr. Lee", reviewed_on=date(2026, 3, 2)
    )
    done = office.done(red_flags.change, red_flag_id=flag, draft=changed, version=1)
    (found,) = office.ask(red_flags.script)
    assert (found.draft, found.version) == (changed, 2)
    with pytest.raises(Conflict):
        office.do(red_flags.change, red_flag_id=flag, draft=BREATH, version=1)
    office.database.undo(office.actor, done.entry_id)
    assert questions(office) == [BREATH.question]


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (replace(BREATH, question=" "), "Write down the question."),
        (replace(BREATH, question="x" * 201), "This question is longer than 200 characters. Ask it shorter."),
        (replace(BREATH, what_to_do=""), "Write down what to say and do at a yes."),
        (replace(BREATH, what_to_do="x" * 401), "This is longer than 400 characters. Say it shorter."),
        (replace(BREATH, reviewed_by="Dr. Lee"), "Say on which day it was reviewed."),
        (replace(BREATH, reviewed_on=date(2026, 3, 2)), "Say which clinician reviewed it."),
    ],
)
def test_half_a_question_is_refused(office: Office, draft: RedFlagDraft, sentence: str) -> None:
    with refusal(sentence):
        office.do(red_flags.add, draft=draft)


def test_answers_stay_on_record_without_the_words(office: Office) -> None:
    first, second = (office.do(red_flags.add, draft=draft) for draft in STARTING_SCRIPT[:2])
    done = office.done(
        red_flags.answer,
        answers=(Answer(first, 1, is_yes=False), Answer(second, 1, is_yes=True)),
        patient_id=danielle(office),
    )
    assert not done.can_undo
    with office.database.engines.read.connect() as connection:
        rows = connection.execute(
            select(RedFlagAnswer.red_flag_id, RedFlagAnswer.is_yes, RedFlagAnswer.patient_id).order_by(
                RedFlagAnswer.id
            )
        ).all()
        entry = connection.execute(
            text("SELECT intent, changes FROM audit_entry WHERE id = :id"), {"id": done.entry_id}
        ).one()
    assert rows == [(first, False, danielle(office)), (second, True, danielle(office))]
    for draft in STARTING_SCRIPT[:2]:
        assert draft.question not in str(entry)


def test_a_caller_who_is_not_yet_known_is_answered_for_too(office: Office) -> None:
    flag = office.do(red_flags.add, draft=BREATH)
    assert len(office.do(red_flags.answer, answers=(Answer(flag, 1, is_yes=True),), patient_id=None)) == 1


def test_only_who_may_edit_the_book_writes_the_script(office: Office) -> None:
    clerk = Actor(None, "Theo", "T", frozenset({"schedule.view", "schedule.book"}))
    with pytest.raises(NotAllowed):
        office.database.do(clerk, red_flags.add, draft=BREATH)


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM red_flag_answer",
        "UPDATE red_flag_answer SET is_yes = NOT is_yes",
        "UPDATE red_flag SET question = ''",
        "UPDATE red_flag SET what_to_do = ''",
        "UPDATE red_flag SET reviewed_by = 'Dr. Lee'",
    ],
)
def test_the_database_keeps_it_so(office: Office, act: str) -> None:
    flag = office.do(red_flags.add, draft=BREATH)
    office.do(red_flags.answer, answers=(Answer(flag, 1, is_yes=True),), patient_id=None)
    with office.database.engines.write.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(act))
