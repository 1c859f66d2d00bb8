"""Feet of panels: before a second line is taken, the buttons leave out their keys."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.wrapping import wrapped


@pytest.mark.parametrize(("room", "lines", "keys"), [(460, 1, True), (350, 1, False), (240, 2, False)])
def test_keys_go_before_a_line_more_is_taken(qtbot: QtBot, room: int, lines: int, keys: bool) -> None:
    buttons = (
        Button("Hold…", icon="circle-pause"),
        Button("Check again", icon="refresh-cw", keys="F5"),
        Button("Fix and next", "primary", icon="arrow-right", keys="Ctrl+Enter"),
    )
    foot = QWidget()
    foot.setLayout(wrapped(*buttons[:2], None, buttons[2]))
    qtbot.addWidget(foot)
    foot.resize(room, 28 * lines + 8 * (lines - 1))
    foot.show()
    qtbot.waitExposed(foot)
    assert len({button.y() for button in buttons}) == lines
    assert foot.heightForWidth(room) == foot.height()
    assert [button.width() for button in buttons] == [
        button.wish() if keys else button.wish_without_keys() for button in buttons
    ]
    foot.resize(600, foot.height())
    qtbot.waitUntil(lambda: buttons[2].width() == buttons[2].wish())
