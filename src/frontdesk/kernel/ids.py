"""Ids that any desk can make on its own, online or not."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime

RANDOM_BITS = 21
_STEP_BITS = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class IdMaker:
    """Makes 63-bit ids that grow with time: 42 bits of Unix milliseconds, then 21 bits.

    The low bits start at random for each block, so two desks in the same millisecond differ; a
    block is a run of consecutive ids that belongs to one act (its intent, then the rows it adds).
    A block that would fall behind the last one begins a random way after it: two makers that
    stand in one millisecond, as a clock that was set does, would walk in step otherwise.
    The demo practice gives `bits` of its own, to be the same practice each time.
    """

    def __init__(self, bits: Callable[[int], int] = random.getrandbits) -> None:
        self._bits = bits
        self._last = 0
        self._lock = threading.Lock()

    def first_of_block(self, at: datetime) -> int:
        """The id of a new act; the ids after it are its rows'."""
        milliseconds = round((at - _EPOCH).total_seconds() * 1000)
        with self._lock:
            made = (milliseconds << RANDOM_BITS) | self._bits(RANDOM_BITS - 1)
            self._last = made if made > self._last else self._last + 1 + self._bits(_STEP_BITS)
            return self._last

    def used_up_to(self, last: int) -> None:
        """Never make an id at or below this one again."""
        with self._lock:
            self._last = max(self._last, last)
