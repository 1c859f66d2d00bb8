"""What should not have happened: told calmly, reported without a patient's name."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.shell.crash import CrashWindow, report_text


def broken() -> ValueError:
    try:
        try:
            raise KeyError("Danielle Foster")
        except KeyError as cause:
            raise ValueError("born 06/14/1982") from cause
    except ValueError as error:
        return error


def test_a_report_holds_places_and_no_words() -> None:
    report = report_text(broken())
    assert "builtins.ValueError" in report
    assert "builtins.KeyError" in report
    assert "test_crash.py" in report
    assert "Foster" not in report
    assert "1982" not in report


def test_a_crash_is_told_once_and_written(
    tmp_path: Path, clock: SetClock, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    crash = CrashWindow(tmp_path, clock)
    error = broken()
    crash.caught(type(error), error, None)
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible()]
    crash.caught(type(error), error, None)
    again = [w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible()]
    assert len(shown) == len(again) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["crash-20260317-174200.txt"]
    assert "Foster" not in capsys.readouterr().err
    shown[0].close()


def test_the_hook_goes_back_where_it_was() -> None:
    before = sys.excepthook
    crash = CrashWindow()
    crash.install()
    assert sys.excepthook == crash.caught
    crash.remove()
    assert sys.excepthook is before
