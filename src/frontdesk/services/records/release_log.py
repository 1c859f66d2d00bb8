"""The history of a request: every act on it writes one line, and none is ever changed."""

from datetime import date

from frontdesk.models.records.release import ReleaseEvent, ReleaseRequest
from frontdesk.models.records.release import ReleaseEventKind as ReleaseEventKind
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_release_event", "The history of a request is never changed.")


def log(
    work: Work,
    row: ReleaseRequest,
    kind: ReleaseEventKind,
    words: str,
    *,
    on: date | None = None,
    document_id: int | None = None,
) -> None:
    """One line of the history; `on` where it happened on an earlier day than it is written down."""
    work.add(
        ReleaseEvent(
            request_id=row.id,
            kind=kind,
            state=row.state,
            words=words,
            happened_on=on or work.today,
            document_id=document_id,
            at=work.now,
            by=work.actor.name,
            user_id=work.actor.user_id,
            station_id=work.station.id,
        )
    )
