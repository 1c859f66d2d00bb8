"""The views of the book: one switch on the toolbar of each."""

from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.page import Page
from frontdesk.ui.text import tr

VIEWS: tuple[tuple[str, str], ...] = (("schedule", "Day"),)
"""The page's name in shell/pages.py and its word, in the order of the switch."""


def view_switch(page: Page, name: str) -> QWidget:
    """The switch for the page of this name; another view opens its page."""
    switch = Segmented[str](tuple((view, tr(words)) for view, words in VIEWS), says=tr("View"))
    switch.set_value(name)

    def opened(view: str) -> None:
        if view != name:
            switch.set_value(name)
            page.go.emit(view, None)

    switch.chosen.connect(opened)
    return switch
