"""The red-flag script: the clinicians' questions before an urgent visit, and the answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.schedule.red_flag import LONGEST_DUTY, LONGEST_QUESTION, RedFlag, RedFlagAnswer
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_LONG_QUESTION = f"This question is longer than {LONGEST_QUESTION} characters. Ask it shorter."
_LONG_DUTY = f"This is longer than {LONGEST_DUTY} characters. Say it shorter."
_CALL_911 = "Tell the caller to hang up and dial 911 now. Then tell a clinician that they called."

says("ck_red_flag_question", _LONG_QUESTION, field="question")
says("ck_red_flag_what_to_do", _LONG_DUTY, field="what_to_do")


@dataclass(frozen=True, slots=True)
class RedFlagDraft:
    """A question as it is written down."""

    question: str
    what_to_do: str
    sort_order: int = 0
    reviewed_by: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class RedFlagView:
    """A question of the script."""

    id: int
    version: int
    draft: RedFlagDraft
    is_active: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a question, as the desk saw it."""

    red_flag_id: int
    red_flag_version: int
    is_yes: bool


STARTING_SCRIPT: Final = (
    RedFlagDraft("Is it hard to breathe, or are the lips or the face blue or gray?", _CALL_911, 1),
    RedFlagDraft("Is there pain or pressure in the chest now, or was there in the last hour?", _CALL_911, 2),
    RedFlagDraft("Sudden weakness on one side, a drooping face, or trouble speaking?", _CALL_911, 3),
    RedFlagDraft("Fainted, confused, or hard to wake up?", _CALL_911, 4),
    RedFlagDraft("Bleeding that does not stop, or a bad injury?", _CALL_911, 5),
    RedFlagDraft(
        "Thoughts of hurting themselves or somebody else?",
        "Stay on the line. Bring a clinician to the phone now. If the caller must hang up: dial or text 988.",
        6,
    ),
)
"""A beginning, which the practice's clinicians must review before it is used."""


@query(permission="schedule.view")
def script(work: Work, *, with_inactive: bool = False) -> tuple[RedFlagView, ...]:
    """The questions in their order; one statement."""
    asked = select(RedFlag).order_by(RedFlag.sort_order, RedFlag.id)
    if not with_inactive:
        asked = asked.where(RedFlag.is_active)
    return tuple(
        RedFlagView(
            id=row.id,
            version=row.version,
            draft=RedFlagDraft(
                row.question, row.what_to_do, row.sort_order, row.reviewed_by, row.reviewed_on
            ),
            is_active=row.is_active,
        )
        for row in work.session.scalars(asked)
    )


def _switched_off(done: Performed) -> Undo:
    return Undo(set_active, red_flag_id=done.result, is_active=False)


@command("Add red flag", permission="schedule.edit_templates", undo=_switched_off)
def add(work: Work, *, draft: RedFlagDraft) -> int:
    """A question more; gives back its id."""
    refuse_if_any(list(_against(draft)))
    return work.add(RedFlag(is_active=True, **_values(draft))).id


def _as_before(done: Performed) -> Undo:
    return Undo(change, red_flag_id=done.arguments["red_flag_id"], draft=done.result, version=None)


@command("Change red flag", permission="schedule.edit_templates", undo=_as_before)
def change(work: Work, *, red_flag_id: int, draft: RedFlagDraft, version: int | None) -> RedFlagDraft:
    """Writes a question anew; gives back what it said before. Answers keep the number of their writing."""
    row = work.get(RedFlag, red_flag_id, version)
    refuse_if_any(list(_against(draft)))
    before = RedFlagDraft(row.question, row.what_to_do, row.sort_order, row.reviewed_by, row.reviewed_on)
    for name, value in _values(draft).items():
        setattr(row, name, value)
    return before


def _switched_back(done: Performed) -> Undo:
    return Undo(
        set_active, red_flag_id=done.arguments["red_flag_id"], is_active=not done.arguments["is_active"]
    )


@command("Use red flag, or not", permission="schedule.edit_templates", undo=_switched_back)
def set_active(work: Work, *, red_flag_id: int, is_active: bool) -> None:
    """Asks a question from now on, or no longer."""
    work.get(RedFlag, red_flag_id).is_active = is_active


@command(
    "Record red-flag answers",
    permission="schedule.book",
    undo=irreversible("What the caller answered stays on record. Ask again if it was wrong."),
)
def answer(work: Work, *, answers: tuple[Answer, ...], patient_id: int | None) -> tuple[int, ...]:
    """Notes what was asked, and what was said, of a patient where one is known. Gives back the rows' ids."""
    if patient_id is not None:
        work.concerns(patient_id)
    rows = [
        work.add(
            RedFlagAnswer(
                red_flag_id=each.red_flag_id,
                red_flag_version=each.red_flag_version,
                is_yes=each.is_yes,
                patient_id=patient_id,
                at=work.now,
                user_id=work.actor.user_id,
                station_id=work.station.id,
            )
        )
        for each in answers
    ]
    return tuple(row.id for row in rows)


def add_starting_script(work: Work, reviewed_by: str = "", reviewed_on: date | None = None) -> None:
    """The script of a new office."""
    for draft in STARTING_SCRIPT:
        add(
            work,
            draft=RedFlagDraft(draft.question, draft.what_to_do, draft.sort_order, reviewed_by, reviewed_on),
        )


def _values(draft: RedFlagDraft) -> dict[str, object]:
    return {
        "question": draft.question.strip(),
        "what_to_do": draft.what_to_do.strip(),
        "sort_order": draft.sort_order,
        "reviewed_by": draft.reviewed_by.strip(),
        "reviewed_on": draft.reviewed_on,
    }


def _against(draft: RedFlagDraft) -> Iterator[Finding]:
    if not draft.question.strip():
        yield Finding("Write down the question.", field="question")
    elif len(draft.question.strip()) > LONGEST_QUESTION:
        yield Finding(_LONG_QUESTION, field="question")
    if not draft.what_to_do.strip():
        yield Finding("Write down what to say and do at a yes.", field="what_to_do")
    elif len(draft.what_to_do.strip()) > LONGEST_DUTY:
        yield Finding(_LONG_DUTY, field="what_to_do")
    if draft.reviewed_by.strip() and draft.reviewed_on is None:
        yield Finding("Say on which day it was reviewed.", field="reviewed_on")
    elif draft.reviewed_on is not None and not draft.reviewed_by.strip():
        yield Finding("Say which clinician reviewed it.", field="reviewed_by")
