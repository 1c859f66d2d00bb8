"""Estimates of the days before: written and given for who pays without insurance, one forgotten."""

from datetime import datetime, time
from typing import Final

from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.services.billing import estimate_draft, estimate_list, estimates
from frontdesk.services.billing.estimate_list import Standing
from frontdesk.services.billing.estimates import EstimateWay
from frontdesk.services.database import Database

WRITTEN_AT: Final = time(9, 40)
FORGOTTEN: Final = 1
"""Estimates that nobody wrote in time."""


def leave(database: Database, clock: SetClock) -> None:
    """Each on the day it was due; the way alternates."""
    with Session(database.engines.read) as session:
        actor = acting.as_user(session, "dana")
    lines = database.ask(actor, estimate_list.work_list)
    late = [line for line in lines if line.standing is Standing.OVERDUE and line.appointment_id]
    for number, line in enumerate(late[:-FORGOTTEN]):
        proposal = database.ask(
            actor, estimate_draft.proposal, patient_id=line.patient_id, appointment_id=line.appointment_id
        )
        if line.due_on is None or not proposal.draft.lines:
            continue
        clock.set(instant(datetime.combine(line.due_on, WRITTEN_AT)))
        estimate_id = database.do(actor, estimates.write, draft=proposal.draft).result
        way = EstimateWay.MAILED if number % 2 else EstimateWay.PRINTED
        database.do(actor, estimates.give, estimate_id=estimate_id, way=way)
    clock.set(STARTS_AT)
