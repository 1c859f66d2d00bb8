"""What the office says no with, word for word."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from frontdesk.kernel.errors import Refused


@contextmanager
def refusal(sentence: str) -> Iterator[None]:
    """The block is refused with exactly this text."""
    with pytest.raises(Refused) as refused:
        yield
    assert str(refused.value) == sentence
