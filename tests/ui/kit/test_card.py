"""How a page is put together: what fits does not scroll."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.kit.card import column, scrolled
from frontdesk.ui.kit.label import Label

WORDS = "Point it to a diagnosis that does, or ask the provider before it is sent."


def _sentences(count: int) -> QWidget:
    content = QWidget()
    content.setLayout(column(*(Label(WORDS, wrap=True) for _ in range(count)), None))
    return content


@pytest.mark.parametrize(("height", "scrolls"), [(250, False), (120, True)])
def test_words_that_fit_at_the_width_they_have_do_not_scroll(
    qtbot: QtBot, height: int, scrolls: bool
) -> None:
    content = _sentences(8)
    area = scrolled(content)
    qtbot.addWidget(area)
    area.resize(560, height)
    area.show()
    qtbot.waitExposed(area)
    assert content.heightForWidth(560) < 250 < content.minimumSizeHint().height()
    assert (area.verticalScrollBar().maximum() > 0) == scrolls


def test_what_is_put_in_later_counts(qtbot: QtBot) -> None:
    content = _sentences(1)
    lines = content.layout()
    assert lines is not None
    area = scrolled(content)
    qtbot.addWidget(area)
    area.resize(560, 100)
    area.show()
    assert area.verticalScrollBar().maximum() == 0
    for _ in range(8):
        lines.addWidget(Label(WORDS, wrap=True))
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
