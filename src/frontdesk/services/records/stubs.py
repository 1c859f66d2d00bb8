"""What is left of a document whose time was over: its entry, and when it was destroyed."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import us_date
from frontdesk.models.records.disposal import DisposalItem, DisposalRun
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_SENTENCE: Final = "This document was destroyed. Its entry stays as it is."
DESTROYED: Final = Finding(_SENTENCE)
"""For whoever wants to change, move or show it."""
says("document_stays_disposed", _SENTENCE)


def destroyed(work: Work, document_ids: Collection[int]) -> dict[int, str]:
    """ "Destroyed 03/17/2026, run D-0003" by document, in one statement."""
    if not document_ids:
        return {}
    rows = work.session.execute(
        select(DisposalItem.document_id, DisposalRun.number, DisposalRun.done_at)
        .join(DisposalRun, DisposalRun.id == DisposalItem.run_id)
        .where(DisposalItem.document_id.in_(document_ids), DisposalItem.outcome.is_not(None))
    )
    return {
        document_id: f"Destroyed {us_date(work.wall(done_at).date())}, run {run_said(number)}"
        for document_id, number, done_at in rows
        if document_id is not None and done_at is not None
    }


def run_said(number: int) -> str:
    """ "D-0003"."""
    return f"D-{number:04}"
