"""What is done on these pages is heard of as a change and asked for anew."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest


@pytest.fixture
def settle(settle: Callable[[], None]) -> Callable[[], None]:
    """Waits until what was done has come back as a new answer."""

    def wait() -> None:
        for _ in range(3):
            settle()
            QTest.qWait(5)
        settle()

    return wait
