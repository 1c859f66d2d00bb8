"""The client's start: without a screen, with a passphrase, with a sample office to make first."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk import app
from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services import keys, places
from frontdesk.services.database import Database
from frontdesk.services.places import Place
from frontdesk.ui.security.password_edit import PasswordEdit
from frontdesk.ui.shell.passphrase import PassphraseWindow
from frontdesk.ui.shell.preparing import Preparing, Progress

PASSPHRASE = "harbor lantern copper river"


def test_without_a_screen_it_says_so_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(FrontdeskError, match=r"^Frontdesk needs a screen, and this session has none\."):
        app.application()


def test_a_wrong_passphrase_is_said_under_its_field_and_the_right_one_opens(
    tmp_path: Path, qtbot: QtBot
) -> None:
    place = Place(file=str(tmp_path / "office.db"))
    Database.open_file(place.path, keys.create(place.path, PASSPHRASE)).close()
    asking = PassphraseWindow(place)
    qtbot.addWidget(asking)
    asking.show()
    edit = asking.findChild(PasswordEdit)
    assert isinstance(edit, PasswordEdit)
    QTest.keyClicks(edit, "something else")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(edit.accessibleDescription()))
    edit.clear()
    QTest.keyClicks(edit, PASSPHRASE)
    with qtbot.waitSignal(asking.opened) as opened:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    opened.args[0].close()


def test_a_place_without_a_keyring_asks_for_its_passphrase(tmp_path: Path) -> None:
    place = Place(file=str(tmp_path / "office.db"))
    Database.open_file(place.path, keys.create(place.path, PASSPHRASE)).close()
    with pytest.raises(keys.PassphraseNeeded):
        places.open_place(place)


def test_long_making_shows_how_far_it_is(qtbot: QtBot) -> None:
    seen: list[str] = []

    def make(progress: Progress) -> None:
        progress(50, 100, "Patients and visits")
        seen.append("made")

    preparing = Preparing("Making a sample office", make)
    qtbot.addWidget(preparing)
    with qtbot.waitSignal(preparing.finished):
        preparing.begin()
    assert seen == ["made"]


def test_what_cannot_be_made_is_told(qtbot: QtBot) -> None:
    def make(progress: Progress) -> None:
        raise FrontdeskError("The disk is full.")

    preparing = Preparing("Making a sample office", make)
    qtbot.addWidget(preparing)
    with qtbot.waitSignal(preparing.failed) as failed:
        preparing.begin()
    assert failed.args == ["The disk is full."]
