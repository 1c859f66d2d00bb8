"""A sentence with an icon before it, over as many lines as it takes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.label import IconLabel, Label


def said(icon: str, color: str, sentence: str) -> QWidget:
    """For a dialog that says several things, one under another."""
    line = QWidget()
    mark = IconLabel(icon, color, 16)
    words = Label(sentence, "body", wrap=True)
    pieces = row(mark, words, gap=8)
    pieces.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    pieces.setStretch(1, 1)
    line.setLayout(pieces)
    return line
