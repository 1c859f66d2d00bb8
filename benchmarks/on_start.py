"""A bare window that starts, paints, says so and ends."""

import sys

import psutil
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class FirstPaint(QObject):
    """Waits until a widget of this kind has painted something; then prints how much memory is resident."""

    def __init__(self, app: QApplication, kind: str) -> None:
        super().__init__(app)
        self._app, self._kind = app, kind
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self._is_it(watched.parent()):
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)  # behind the paint itself
        return False

    def _is_it(self, widget: QObject | None) -> bool:
        if type(widget).__name__ != self._kind:
            return False
        return self._kind != "DayGrid" or bool(widget.column_lefts)  # type: ignore[union-attr]

    def _tell(self) -> None:
        print(psutil.Process().memory_info().rss, flush=True)
        QApplication.closeAllWindows()


def bare() -> None:
    """Qt and nothing else."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("A day"))
    window.resize(1280, 800)
    FirstPaint(app, "QMainWindow")
    window.show()
    app.exec()


if __name__ == "__main__":
    bare()
