"""Telling several patients at once by a message: each their own words, in one act with one undo."""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Channel
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.schedule import known, notices
from frontdesk.services.schedule.together import each_or_none
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Telling:
    """What one patient is told about a visit."""

    appointment_id: int
    kind: NoticeKind
    said: str
    promised: datetime | None = None


def _untold(done: Performed) -> Undo:
    return Undo(take_back_all, notice_ids=done.result)


@command("Tell patients", permission="schedule.book", undo=_untold)
def tell_all(work: Work, *, tellings: tuple[Telling, ...], channel: Channel) -> tuple[int, ...]:
    """Tells each, or none; messages leave with the next sender. Gives back the notices' ids.

    Raises `Refused` with each patient who cannot be reached that way.
    """
    if not tellings:
        raise Refused(Finding("There is nobody to tell this way. Call them instead."))

    def tell(one: Telling) -> int:
        return notices.tell(
            work,
            appointment_id=one.appointment_id,
            kind=one.kind,
            channel=channel,
            said=one.said,
            promised=one.promised,
        )

    def said(one: Telling) -> str:
        visit = work.get(Appointment, one.appointment_id)
        return known.spoken_name(work.get(Patient, visit.patient_id))

    return each_or_none(tellings, tell, said)


@command(
    "Take back notices",
    permission="schedule.book",
    undo=irreversible("What was said cannot be said again by itself; tell them anew."),
)
def take_back_all(work: Work, *, notice_ids: tuple[int, ...]) -> tuple[int, ...]:
    """The patients were not told after all; what was not sent yet is held back."""
    return tuple(notices.take_back(work, notice_id=id) for id in notice_ids)
