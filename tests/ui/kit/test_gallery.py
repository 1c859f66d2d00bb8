"""The gallery: every component can be painted in every theme and scale."""

from pathlib import Path
from typing import get_args

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.ui.kit import gallery
from frontdesk.ui.theme import ThemeName, theme


@pytest.mark.usefixtures("qapp")
def test_the_gallery_is_written_in_every_theme(tmp_path: Path) -> None:
    gallery.main(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [f"gallery-{name}.png" for name in sorted(get_args(ThemeName))]


def test_the_gallery_can_be_painted_at_twice_the_size(qtbot: QtBot) -> None:
    theme().use(scale=200)
    page = gallery.build()
    qtbot.addWidget(page)
    assert page.grab().width() >= 2880
