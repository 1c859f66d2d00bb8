"""On a server the acts that touch the ledger go one after another, as on a file all acts do.

What such an act looks at before it writes (what is still owed on a line, what is left of a credit, whether
the day is open) is a sum over rows: no constraint holds it, and two desks that look at the same moment would
both find it and both spend it. So each waits here first, before it looks at anything, until the one before
has committed. Whoever waits longer than a lock is waited for (`engines`) gets a sentence and loses nothing.
"""

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from frontdesk.services.prepared import Prepared

LEDGER = 4_810_835_837
"""The lock's number among the database's advisory locks: any, but the same at every desk."""

_wait = Prepared(select(func.pg_advisory_xact_lock(bindparam("lock"))))


def wait(session: Session) -> None:
    """Returns once no other desk has the turn; it is given back with the transaction."""
    if session.connection().dialect.name == "postgresql":
        _wait.run(session, {"lock": LEDGER})
