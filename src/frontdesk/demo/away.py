"""Hospital rounds and a team meeting: when a provider sees nobody this week."""

from datetime import datetime

from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import ABSENCES, instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.schedule.template import ExceptionKind
from frontdesk.services.database import Database
from frontdesk.services.office import providers
from frontdesk.services.schedule import templates
from frontdesk.services.work import SYSTEM


def note(database: Database, clock: SetClock) -> None:
    """Through the real command, the week before; the book was kept free of visits then."""
    ids = {view.draft.last_name: view.id for view in database.ask(SYSTEM, providers.providers)}
    clock.set(instant(datetime(2026, 3, 9, 9)))
    for each in ABSENCES:
        database.do(
            SYSTEM,
            templates.add_exception,
            provider_id=ids[each.provider],
            kind=ExceptionKind.OUT,
            starts=each.starts,
            ends=each.ends,
            reason=each.reason,
        )
    clock.set(STARTS_AT)
