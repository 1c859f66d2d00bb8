"""A page of the Billing tab, shown as the window shows it."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.desk import Desk

Settle = Callable[[], None]
P = TypeVar("P", bound=BillingPage)
Shown = Callable[[type[P]], P]


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[Shown[BillingPage]]:
    """Makes a page of a class, at 1380 by 800, and waits until it has its answers."""
    made: list[BillingPage] = []

    def show(kind: type[BillingPage]) -> BillingPage:
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(1380, 800)
        page.show()
        made.append(page)
        _wait(settle)
        return page

    yield show
    for page in made:
        page.hide()
    settle()


def _wait(settle: Settle) -> None:
    """An answer asks the next question: three rounds reach the end of every chain here."""
    for _ in range(4):
        settle()
