"""The views of the book: one switch on the toolbar of each."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.page import Errand, Page
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

VIEWS: tuple[tuple[str, str], ...] = (("schedule", "Day"), ("resources", "Resources"))
"""The page's name in shell/pages.py and its word, in the order of the switch."""


def nothing_to_show() -> Errand | None:
    """The other view stays where it was."""
    return None


def view_switch(page: Page, name: str, shows: Callable[[], Errand | None] = nothing_to_show) -> QWidget:
    """The switch for the page of this name; another view opens its page, at what this one shows."""
    switch = Segmented[str](tuple((view, tr(words)) for view, words in VIEWS), says=tr("View"))
    switch.set_value(name)
    set_shown(switch, len(VIEWS) > 1)

    def opened(view: str) -> None:
        if view != name:
            switch.set_value(name)
            page.go.emit(view, shows())

    switch.chosen.connect(opened)
    return switch
