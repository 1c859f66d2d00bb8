"""Keeps Python's garbage collector in the window's thread.

By itself it runs in whichever thread allocates, also in the desk's readers, and would take windows,
timers and their C++ halves apart there: Qt answers that with a crash.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class GarbageCollector(QObject):
    """Looks once a second what the thresholds ask for; lives as long as its parent."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """The oldest generation that is due, with the younger ones."""
        for generation in (2, 1, 0):
            threshold = gc.get_threshold()[generation]
            if threshold and gc.get_count()[generation] > threshold:
                gc.collect(generation)
                return


def keep_in_this_thread(app: QObject) -> None:
    """From now on garbage is collected only here, where the application's events are handled."""
    if app.findChild(GarbageCollector) is None:
        GarbageCollector(app)
