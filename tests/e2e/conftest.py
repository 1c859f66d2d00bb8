"""The windows of these tests live as in the client: garbage is collected in their own thread only."""

import pytest
from PySide6.QtWidgets import QApplication

from frontdesk.ui.garbage import keep_in_this_thread


@pytest.fixture(autouse=True)
def _garbage_stays(qapp: QApplication) -> None:
    """A reader's thread would take windows apart, which ends in a crash now and then."""
    keep_in_this_thread(qapp)
