"""What payers said of tomorrow's patients: most answered, some would not, one is no longer covered."""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.answering import INACTIVE, PPO, Said, answered, refuses
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import TODAY, instant
from frontdesk.kernel.clock import SetClock
from frontdesk.services.database import Database
from frontdesk.services.records import content
from frontdesk.services.registration import verification_assignments
from frontdesk.services.visit import eligibility_asking, eligibility_intake, eligibility_list
from frontdesk.services.visit.eligibility_asking import Question
from frontdesk.services.work import Actor

_ASKED_AT: Final = datetime.combine(TODAY, time(8, 5))
_ANSWERED_AT: Final = datetime.combine(TODAY, time(9, 20))
_SAYS: Final[tuple[Said, ...]] = (refuses("72", "C"), INACTIVE, PPO, refuses("42", "R"))
"""By the place of the question; the later ones wait for their answer."""
_ASKED: Final = 6


def ask(database: Database, clock: SetClock) -> None:
    """Ask BCBS about six of tomorrow's patients in a file this morning, and read what came back."""
    with Session(database.engines.read) as session:
        desk = acting.as_user(session, "theo")
    clock.set(instant(_ASKED_AT))
    tomorrow = TODAY + timedelta(days=1)
    wanted = [
        Question(row.coverage_id, tomorrow)
        for row in database.ask(desk, eligibility_list.to_verify).rows
        if row.coverage_id is not None and row.starts.date() == tomorrow and row.plan.startswith("BCBS")
    ]
    questions = tuple(wanted[:_ASKED])
    if questions:
        _ask(database, clock, desk, questions)
    clock.set(STARTS_AT)


def _ask(database: Database, clock: SetClock, desk: Actor, questions: tuple[Question, ...]) -> None:
    (batch_id,) = database.do(desk, eligibility_asking.ask, questions=questions).result.batch_ids
    question = database.ask(desk, eligibility_asking.file_of, batch_id=batch_id).text
    said = iter(_SAYS)
    data = answered(question, lambda _: next(said, None), at=_ANSWERED_AT)
    clock.set(instant(_ANSWERED_AT))
    seen = content.store_bytes(database, data, "answers.txt")
    database.do(desk, eligibility_intake.take_in, sha256=seen.sha256)
    database.do(
        desk,
        verification_assignments.assign,
        coverage_ids=tuple(each.coverage_id for each in questions[:2]),
        user_id=desk.user_id,
    )
