"""Every icon that a screen names is in the package: a wrong name would only show where it is painted."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

import frontdesk.ui
from frontdesk.ui.icons import pixmap

FOLDER = Path(frontdesk.ui.__file__).parent
TAKES_A_NAME = {"IconLabel", "IconButton", "EmptyState"}


def named(path: Path) -> Iterator[str]:
    """The constant icon names in calls: `icon="..."`, and the first argument of what shows an icon."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else ""
        first = node.args[:1] if called in TAKES_A_NAME else []
        by_word = [word.value for word in node.keywords if word.arg == "icon"]
        for value in (*first, *by_word):
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield value.value


@pytest.mark.usefixtures("qapp")
def test_every_icon_that_a_screen_names_is_there() -> None:
    wanted = {(name, path.name) for path in FOLDER.rglob("*.py") for name in named(path)}
    assert len(wanted) > 200
    assert [pair for pair in sorted(wanted) if not _is_there(pair[0])] == []


def _is_there(name: str) -> bool:
    try:
        return not pixmap(name, QColor("black"), 16).isNull()
    except KeyError:
        return False
