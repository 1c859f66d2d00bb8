"""What goes to a thread and back: nothing of the window is let go of on the thread."""

import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.ui.courier import Courier


class _Dawdling(ThreadPoolExecutor):
    """Its thread has told what came of the work, and does not go on until it may."""

    def __init__(self) -> None:
        super().__init__(1)
        self.may_go_on = Event()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        def dawdle() -> None:
            fn(*args, **kwargs)
            self.may_go_on.wait()

        return super().submit(dawdle)


@pytest.fixture
def threads() -> Iterator[_Dawdling]:
    made = _Dawdling()
    yield made
    made.may_go_on.set()
    made.shutdown()


@pytest.fixture
def courier(qapp: QApplication) -> Courier:
    return Courier(qapp)


def test_a_thread_that_is_late_keeps_no_widget(courier: Courier, threads: _Dawdling, qtbot: QtBot) -> None:
    arrived: list[tuple[object, Exception | None]] = []

    def send() -> weakref.ref[QWidget]:
        widget = QWidget()
        courier.send(
            threads,
            lambda: widget.width(),
            lambda answer, error: arrived.append((answer == widget.width(), error)),
        )
        return weakref.ref(widget)

    widget = send()
    assert widget() is not None
    assert not courier.is_idle
    qtbot.waitUntil(lambda: courier.is_idle)
    assert arrived == [(True, None)]
    assert widget() is None


def test_neither_does_one_whose_work_failed(courier: Courier, threads: _Dawdling, qtbot: QtBot) -> None:
    arrived: list[str] = []

    def send() -> weakref.ref[QWidget]:
        widget = QWidget()

        def work() -> None:
            raise ValueError(widget.objectName() or "no name")

        courier.send(threads, work, lambda _, error: arrived.append(f"{error}{widget.objectName()}"))
        return weakref.ref(widget)

    widget = send()
    qtbot.waitUntil(lambda: courier.is_idle)
    assert arrived == ["no name"]
    assert widget() is None
