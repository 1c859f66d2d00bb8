"""The look: every token in each theme, contrast where people read, icons and fonts by scale."""

import json
import re
from typing import get_args

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from frontdesk.kernel import files
from frontdesk.ui.theme import SCALES, ThemeName, theme

STYLE = files.resources_folder() / "style"
TOKENS = json.loads((STYLE / "tokens.json").read_text(encoding="utf-8"))
STATUSES = ("sched", "conf", "arr", "ready", "room", "prov", "out", "done", "noshow", "canc")
THEMES = get_args(ThemeName)


def luminance(color: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(theme().color(one)), luminance(theme().color(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_three_themes_name_the_same_tokens() -> None:
    assert set(TOKENS["light"]) == set(TOKENS["dark"]) == set(TOKENS["hc"])


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", THEMES)
def test_words_stand_out_from_their_ground(name: ThemeName) -> None:
    theme().use(name)
    pairs = [("text", "surface"), ("text-2", "surface"), ("text-3", "surface"), ("on-accent", "accent")]
    pairs += [(f"st-{status}-tx", f"st-{status}-bg") for status in STATUSES]
    pairs += [(f"{tone}-tx", f"{tone}-bg") for tone in ("ok", "info", "warn", "block")]
    pairs += [("on-badge", "badge"), ("header-text", "header"), ("header-dim", "header")]
    weak = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5}
    assert not weak


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", THEMES)
def test_stripes_and_rings_stand_out(name: ThemeName) -> None:
    theme().use(name)
    pairs = [(f"st-{status}", "surface") for status in STATUSES] + [("focus", "surface"), ("focus", "canvas")]
    weak = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 3.0}
    assert not weak


def test_the_sheet_has_no_colour_of_its_own() -> None:
    template = (STYLE / "app.qss.template").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", template)


def test_a_theme_fills_the_whole_sheet(qapp: QApplication) -> None:
    theme().use("dark", 150)
    sheet = qapp.styleSheet()
    assert "@" not in sheet.split("*/", 1)[1]
    assert not re.findall(r"\b\d+u\b", sheet.split("*/", 1)[1])


@pytest.mark.usefixtures("qapp")
def test_everything_grows_with_the_scale() -> None:
    sizes = []
    for scale in SCALES:
        theme().use(scale=scale)
        sizes.append((theme().font("body").pixelSize(), theme().px(28), theme().pixmap("lock").width()))
    assert sizes == sorted(sizes)
    assert sizes[0] == (13, 28, 16)
    assert sizes[-1] == (26, 56, 32)


@pytest.mark.usefixtures("qapp")
def test_an_icon_takes_the_colour_of_its_token() -> None:
    image = theme().pixmap("circle", "block", 24).toImage()
    seen = {image.pixelColor(x, 12).name() for x in range(24) if image.pixelColor(x, 12).alpha() == 255}
    assert theme().color("block").name() in seen


@pytest.mark.usefixtures("qapp")
def test_an_unknown_token_or_icon_is_said_at_once() -> None:
    with pytest.raises(KeyError):
        theme().color("rouge")
    with pytest.raises(KeyError):
        theme().pixmap("no-such-icon")
