"""A window's robot that waits a minute for what is to come: a slow machine is not a failure."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.ui.desk import Desk

PATIENCE = 60_000
"""Milliseconds; pytest-qt's own five seconds are too few for a machine under load."""


class Patient(QtBot):
    """pytest-qt's robot but for how long it waits."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)


def settled(qtbot: QtBot, *desks: Desk) -> None:
    """Waits until everything that was asked and done has arrived, and what was asked because of it.

    Pages reload in the turn after a change was told.
    """

    def is_so() -> bool:
        if all(desk.is_idle for desk in desks):
            QApplication.processEvents()
            return all(desk.is_idle for desk in desks)
        return False

    QApplication.processEvents()
    qtbot.waitUntil(is_so)
