from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as Absent
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.kernel.clock import SetClock
from frontdesk.services import places
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.choice import RadioButton
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.form import FieldRow
from frontdesk.ui.security.first_run import FirstRun
from tests import postgres_server
from tests.builders.office import npi
from tests.conftest import TUESDAY

PASSPHRASE = "maple violin harbor seven"


@pytest.fixture(autouse=True)
def _own_folders_and_no_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    before = keyring.get_keyring()
    keyring.set_keyring(Absent())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def first_run(tmp_path: Path, qtbot: QtBot) -> FirstRun:
    """The first start on a computer without a keyring."""
    return _started(tmp_path, qtbot)


def _started(folder: Path, qtbot: QtBot) -> FirstRun:
    window = FirstRun(file=folder / "data" / "office.db", clock=SetClock(TUESDAY))
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    _wait_for(qtbot, window, "so a passphrase opens the file")
    return window


def _read(window: QWidget) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def _row(window: QWidget, label: str) -> FieldRow:
    return next(
        row for row in window.findChildren(FieldRow) if row.isVisible() and row.label().text() == label
    )


def _fill(window: QWidget, **answers: str) -> None:
    """Type into fields, named by their labels."""
    for label, answer in answers.items():
        control = _row(window, label).control
        if isinstance(control, Combo):
            control.set_value(answer)
        else:
            assert isinstance(control, QLineEdit)
            control.clear()
            QTest.keyClicks(control, answer)
            QTest.keyClick(control, Qt.Key.Key_Tab)


def _choose_server(window: FirstRun) -> None:
    radios = window.findChildren(RadioButton)
    next(radio for radio in radios if radio.accessibleName() == "Office server").click()


def _wait_for(qtbot: QtBot, window: FirstRun, words: str) -> None:
    qtbot.waitUntil(lambda: words in _read(window))


def _wait_until_open(qtbot: QtBot, heard: list[Any]) -> None:
    qtbot.waitUntil(lambda: bool(heard))


def _enter(window: FirstRun) -> None:
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)


def _answer_everything_but_place(window: FirstRun) -> None:
    _fill(
        window,
        **{
            "Name of the practice": "Harbor Point Family Medicine",
            "NPI of the practice": "1234567893",
            "Tax ID": "93-1234567",
            "Phone": "503 555 0100",
            "Street address": "410 Harbor Street",
            "City": "Portland",
            "State": "OR",
            "ZIP+4": "97204",
            "Time zone": "America/Los_Angeles",
        },
    )
    _enter(window)
    _fill(
        window,
        **{"Your name": "Maria Hess", "Password": "quiet river stone", "The same again": "quiet river stone"},
    )
    _enter(window)
    _fill(window, **{"First name": "Grace", "Last name": "Lee", "NPI of the provider": npi(1)})
    _enter(window)


def test_a_new_office_on_this_computer_from_the_keyboard(first_run: FirstRun, qtbot: QtBot) -> None:
    heard: list[Any] = []
    first_run.opened.connect(heard.append)
    _fill(first_run, **{"Passphrase": PASSPHRASE, "The same again": PASSPHRASE})
    _enter(first_run)
    _wait_for(qtbot, first_run, "As it stands on claims and letters.")
    _answer_everything_but_place(first_run)
    for words in (
        "This computer only",
        "Front desk 1",
        "410 Harbor Street, Portland, OR 97204",
        "Maria Hess",
    ):
        assert words in _read(first_run)
    _enter(first_run)
    _wait_until_open(qtbot, heard)
    assert heard[0].actor.name == "Maria Hess"
    assert places.remembered() == heard[0].place
    heard[0].database.close()


def test_nothing_goes_on_until_each_field_is_right(first_run: FirstRun, qtbot: QtBot) -> None:
    _fill(first_run, **{"Passphrase": "short", "Name of this desk": ""})
    _enter(first_run)
    shown = _read(first_run)
    assert "The passphrase needs at least 12 characters. Use four unrelated words." in shown
    assert "Name this desk, such as Front desk 1." in shown
    _fill(first_run, **{"Passphrase": PASSPHRASE, "The same again": "another", "Name of this desk": "Desk"})
    _enter(first_run)
    assert "The two passphrases differ. Type them again." in _read(first_run)
    _fill(first_run, **{"The same again": PASSPHRASE})
    _enter(first_run)
    _wait_for(qtbot, first_run, "As it stands on claims and letters.")
    _enter(first_run)
    assert _row(first_run, "NPI of the practice").error == "This is no NPI: check its ten digits."
    assert _row(first_run, "Name of the practice").control.hasFocus()


def test_escape_goes_back_and_what_was_typed_stays(first_run: FirstRun, qtbot: QtBot) -> None:
    _fill(first_run, **{"Passphrase": PASSPHRASE, "The same again": PASSPHRASE})
    _enter(first_run)
    _wait_for(qtbot, first_run, "As it stands on claims and letters.")
    _answer_everything_but_place(first_run)
    for _ in range(3):
        QTest.keyClick(first_run.focusWidget(), Qt.Key.Key_Escape)
    control = _row(first_run, "Name of the practice").control
    assert isinstance(control, QLineEdit)
    assert control.text() == "Harbor Point Family Medicine"
    assert not (places.settings_file()).exists()


def test_a_server_that_does_not_answer_is_told_beside_its_field(first_run: FirstRun, qtbot: QtBot) -> None:
    _choose_server(first_run)
    _enter(first_run)
    assert _row(first_run, "Server name or IP address").error == "Type the server's name or IP address."
    _fill(first_run, **{"Server name or IP address": "127.0.0.1", "Port": "1"})
    next(one for one in first_run.findChildren(Button) if one.text() == "&Check connection").click()
    qtbot.waitUntil(lambda: bool(_row(first_run, "Port").error))
    assert _row(first_run, "Port").error.startswith("127.0.0.1 was found, but nothing answers on port 1.")


def test_an_office_server_is_set_up_once_and_joined_by_the_next_desk(tmp_path: Path, qtbot: QtBot) -> None:
    name = "first_run_of_two_desks"
    port = postgres_server.create_database(name).rsplit(":", 1)[1].split("/")[0]
    server = {"Server name or IP address": "127.0.0.1", "Port": port, "Database": name, "User": "frontdesk"}
    try:
        for number, is_first in (("1", True), ("2", False)):
            window = _started(tmp_path / number, qtbot)
            heard: list[Any] = []
            window.opened.connect(heard.append)
            _choose_server(window)
            _fill(window, **server, **{"Name of this desk": f"Front desk {number}"})
            _enter(window)
            if is_first:
                _wait_for(qtbot, window, "As it stands on claims")
                _answer_everything_but_place(window)
            else:
                _wait_for(qtbot, window, "Sign in with your own account.")
                assert "Harbor Point Family Medicine" in _read(window)
            _enter(window)
            _wait_until_open(qtbot, heard)
            assert (heard[0].actor is not None) is is_first
            heard[0].database.close()
    finally:
        postgres_server.drop_database(name)


def test_a_file_that_is_there_is_opened_by_its_passphrase_only(
    first_run: FirstRun, tmp_path: Path, qtbot: QtBot
) -> None:
    test_a_new_office_on_this_computer_from_the_keyboard(first_run, qtbot)
    again = _started(tmp_path, qtbot)
    assert "There is already an office's file here. It is opened, not replaced." in _read(again)
    _fill(again, Passphrase="not this passphrase")
    _enter(again)
    qtbot.waitUntil(lambda: bool(_row(again, "Passphrase").error))
    assert _row(again, "Passphrase").error == (
        "This passphrase does not open the file. Check Caps Lock and type it again."
    )
    _fill(again, Passphrase=PASSPHRASE)
    _enter(again)
    _wait_for(qtbot, again, "Sign in with your own account.")
