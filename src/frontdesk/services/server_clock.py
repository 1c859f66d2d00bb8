"""The office's time at many desks: the server's, whatever a desk's own clock shows."""

import time
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from frontdesk.kernel.clock import Clock, SystemClock

_AGAIN_AFTER_SECONDS = 300
_APART = timedelta(seconds=1)
"""Less is not told from the way to the server and back."""


class ServerClock:
    """A desk's own clock, put right where the server's is a second or more away from it.

    What happened first, on which day money came in and how long a patient waits are read from times
    that several desks wrote.
    """

    def __init__(self, own: Clock | None = None, *, again_after: float = _AGAIN_AFTER_SECONDS) -> None:
        """`again_after`: seconds for which an answer of the server's is good."""
        self._own = own or SystemClock()
        self._again_after = again_after
        self._ahead = timedelta()
        self._looked: float | None = None

    def now(self) -> datetime:
        return self._own.now() + self._ahead

    def look(self, connection: Connection) -> None:
        """Ask the server what time it is, unless its last answer is still good."""
        if self._looked is not None and time.monotonic() - self._looked < self._again_after:
            return
        before = self._own.now()
        server: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        ahead = server - before - (self._own.now() - before) / 2
        if abs(ahead - self._ahead) >= _APART:
            self._ahead = ahead
        self._looked = time.monotonic()
