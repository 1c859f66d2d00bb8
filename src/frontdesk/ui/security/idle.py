"""Locks the desk by itself: tells when nobody has touched a key or the mouse for a while."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Watches the whole application while it is on."""

    went_idle = Signal(int)
    """After how many minutes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._minutes = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may lock 5 % early
        self._timer.timeout.connect(self._tell)
        self._app = app

    def start(self, minutes: int) -> None:
        """Count from now; again and again until `stop`."""
        self._minutes = minutes
        self._app.installEventFilter(self)
        self._timer.start(minutes * 60_000)

    def stop(self) -> None:
        """While nobody is signed in, or the screen is locked."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return False

    def _tell(self) -> None:
        self.went_idle.emit(self._minutes)
