from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.security import accounts, passwords
from frontdesk.services.work import Actor
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.security.idle import IdleWatch
from frontdesk.ui.security.lock import LockScreen
from frontdesk.ui.security.password_edit import PasswordEdit
from frontdesk.ui.security.sign_in import SignIn
from frontdesk.ui.theme import theme
from tests.builders.security import PASSWORD, come_in, user
from tests.office import Office
from tests.patience import settled

OWN_PASSWORD = "quiet river stone"


@pytest.fixture
def desk(file_office: Office, qtbot: QtBot) -> Iterator[Desk]:
    """A desk at which nobody is signed in; Rita and Maria could."""
    user(file_office)
    desk = Desk(file_office.database)
    yield desk
    settled(qtbot, desk)
    desk.close()


@pytest.fixture
def door(desk: Desk, qtbot: QtBot) -> SignIn:
    """The sign-in window with its list shown."""
    door = SignIn(desk)
    qtbot.addWidget(door)
    door.show()
    qtbot.waitExposed(door)
    settled(qtbot, desk)
    return door


def _secret(window: QWidget) -> PasswordEdit:
    return next(edit for edit in window.findChildren(PasswordEdit) if edit.isVisible())


def _read(window: QWidget) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def _press(window: QWidget, words: str) -> None:
    button = next(one for one in window.findChildren(Button) if one.text() == words and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _type(window: QWidget, secret: str) -> None:
    QTest.keyClicks(_secret(window), secret)
    QTest.keyClick(_secret(window), Qt.Key.Key_Return)


def _choose_rita(door: SignIn) -> None:
    QTest.keyClick(_people(door), Qt.Key.Key_Down)


def _people(door: SignIn) -> QAbstractItemView:
    found = door.findChild(QAbstractItemView)
    assert found is not None
    return found


def _heard(signal: Any) -> list[Any]:  # Any: what the signal carries
    heard: list[Any] = []
    signal.connect(heard.append)
    return heard


def test_the_keyboard_alone_signs_in_and_changes_a_given_password(
    door: SignIn, desk: Desk, file_office: Office, qtbot: QtBot
) -> None:
    heard = _heard(door.signed_in)
    _choose_rita(door)
    QTest.keyClick(_people(door), Qt.Key.Key_Return)
    _type(door, PASSWORD)
    settled(qtbot, desk)
    assert "Somebody else knows the password you typed." in _read(door)
    fields = [edit for edit in door.findChildren(PasswordEdit) if edit.isVisible()]
    QTest.keyClicks(fields[0], OWN_PASSWORD)
    QTest.keyClicks(fields[1], OWN_PASSWORD[:-1] + "E")
    QTest.keyClick(fields[1], Qt.Key.Key_Return)
    assert "The two passwords differ. Type them again." in _read(door)
    QTest.keyClick(fields[1], Qt.Key.Key_Backspace)
    QTest.keyClicks(fields[1], "e")
    QTest.keyClick(fields[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard))
    assert [actor.name for actor in heard] == ["Rita Gomez"]
    assert come_in(file_office, password=OWN_PASSWORD).name == "Rita Gomez"


def test_a_new_password_that_is_too_weak_is_refused_beside_its_field(
    door: SignIn, desk: Desk, qtbot: QtBot
) -> None:
    _choose_rita(door)
    _type(door, PASSWORD)
    settled(qtbot, desk)
    fields = [edit for edit in door.findChildren(PasswordEdit) if edit.isVisible()]
    for field in fields:
        QTest.keyClicks(field, "rita gomez 1234")
    _press(door, "Keep this password")
    settled(qtbot, desk)
    assert "The password contains the name or login. Choose another." in _read(door)
    assert fields[0].hasFocus()


def test_a_wrong_password_is_told_under_the_field_which_is_empty_again(
    door: SignIn, desk: Desk, qtbot: QtBot
) -> None:
    heard = _heard(door.signed_in)
    _choose_rita(door)
    _type(door, "a wrong guess")
    settled(qtbot, desk)
    assert "The login and the password do not go together. Check Caps Lock and try again." in _read(door)
    assert (_secret(door).text(), _secret(door).hasFocus(), heard) == ("", True, [])
    QTest.keyClick(_secret(door), Qt.Key.Key_Return)
    assert "Type your password." in _read(door)


def test_caps_lock_is_noticed_by_what_is_typed(door: SignIn) -> None:
    QTest.keyClicks(_secret(door), "h")
    assert "Caps Lock is on." not in _read(door)
    QTest.keyClick(_secret(door), Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert "Caps Lock is on." in _read(door)  # QTest writes a small h with Shift, as Caps Lock does
    QTest.keyClicks(_secret(door), "h")
    assert "Caps Lock is on." not in _read(door)


def test_what_is_typed_is_shown_only_on_demand(door: SignIn) -> None:
    secret = _secret(door)
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    secret.setFocus()
    QTest.keyClick(secret, Qt.Key.Key_Tab)
    eye = QApplication.focusWidget()
    assert eye is not None
    assert eye.accessibleName() == "Show what is typed"
    QTest.keyClick(eye, Qt.Key.Key_Space)
    assert secret.echoMode() is QLineEdit.EchoMode.Normal
    assert secret.hasFocus()


@pytest.fixture
def rita(desk: Desk, file_office: Office) -> Actor:
    """Rita, signed in at this desk with her own password, and with a PIN."""
    actor = come_in(file_office)
    file_office.database.do(
        actor, accounts.change_password, password_hash=passwords.hash_password(OWN_PASSWORD)
    )
    file_office.database.do(actor, accounts.set_pin, pin_hash=passwords.hash_pin("2749"))
    return actor


@pytest.fixture
def lock(desk: Desk, rita: Actor, qtbot: QtBot) -> LockScreen:
    """The screen locked for Rita, by itself."""
    lock = LockScreen(desk)
    qtbot.addWidget(lock)
    lock.lock(rita, idle_minutes=2)
    lock.show()
    qtbot.waitExposed(lock)
    settled(qtbot, desk)
    return lock


def test_the_locked_screen_shows_who_where_why_and_counts(lock: LockScreen) -> None:
    lock.show_counts(((3, "patients ready and waiting"),))
    QApplication.processEvents()
    shown = _read(lock)
    for words in (
        "Rita Gomez",
        "Front desk 2, Harbor Point Family Medicine",
        "Password or PIN",
        "Locked by itself after 2 minutes without a key or the mouse",
        "Forgot it? Ask Maria Hess",
        "3 patients ready and waiting",
        "Locked screens show counts only, never names.",
    ):
        assert words in shown


def test_a_pin_unlocks_and_a_wrong_one_does_not(lock: LockScreen, desk: Desk, qtbot: QtBot) -> None:
    heard = _heard(lock.signed_in)
    _type(lock, "5821")
    settled(qtbot, desk)
    assert "This is not your PIN. Type it again." in _read(lock)
    _type(lock, "2749")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].name == "Rita Gomez"


def test_the_password_unlocks_too(lock: LockScreen, qtbot: QtBot) -> None:
    heard = _heard(lock.signed_in)
    _type(lock, OWN_PASSWORD)
    qtbot.waitUntil(lambda: bool(heard))


def test_another_person_can_take_over(lock: LockScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lock.switch_wanted):
        _press(lock, "&Switch user")


def test_who_was_switched_off_meanwhile_stays_out(
    lock: LockScreen, desk: Desk, rita: Actor, file_office: Office, qtbot: QtBot
) -> None:
    assert rita.user_id is not None
    file_office.do(accounts.deactivate_user, user_id=rita.user_id)
    lock.lock(rita)
    settled(qtbot, desk)
    heard = _heard(lock.signed_in)
    _type(lock, OWN_PASSWORD)
    assert "This account is switched off. Switch user to go on." in _read(lock)
    assert heard == []


def test_the_desk_goes_idle_after_its_minutes_unless_a_key_is_pressed(
    qtbot: QtBot, qapp: QApplication
) -> None:
    watch = IdleWatch(qapp)
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    watch.start(1)
    timer = watch.findChildren(type(watch._timer))[0]
    qtbot.waitUntil(lambda: timer.remainingTime() < 59_700)
    QTest.keyClick(widget, Qt.Key.Key_A)
    assert timer.remainingTime() > 59_700
    with qtbot.waitSignal(watch.went_idle) as idle:
        timer.start(0)
    assert idle.args == [1]
    watch.stop()


def test_at_200_percent_both_screens_fit_a_small_one(
    desk: Desk, file_office: Office, rita: Actor, qtbot: QtBot
) -> None:
    for number in range(9):
        user(file_office, f"Person {number}", login=f"person{number}")
    theme().use("light", 200)
    door, lock = SignIn(desk), LockScreen(desk)
    lock.lock(rita)
    lock.show_counts(((3, "patients ready and waiting"), (3, "at the desk, checking in")))
    for screen in (door, lock):
        qtbot.addWidget(screen)
        screen.resize(1440, 900)
        screen.show()
        qtbot.waitExposed(screen)
        settled(qtbot, desk)
        needs = screen.minimumSizeHint()
        assert (needs.width() <= 1440, needs.height() <= 900) == (True, True), type(screen).__name__
        assert (screen.width(), screen.height()) == (1440, 900), type(screen).__name__
