"""The look of the house: tokens to colours, fonts, palette and style sheet.

Widgets and painters ask `theme()`; what they cached from it they drop on `changed`.
"""

import json
import re
from functools import cache
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from frontdesk.kernel import files
from frontdesk.ui import icons

ThemeName = Literal["light", "dark", "hc"]
Role = Literal[
    "page", "section", "body", "strong", "secondary", "medium", "card-strong", "caption", "figure", "key"
]

SCALES = (100, 125, 150, 175, 200)

# Pixels at 100 % and weight, as in DESIGN-SYSTEM 2.
_ROLES: dict[str, tuple[int, QFont.Weight]] = {
    "page": (17, QFont.Weight.DemiBold),
    "section": (15, QFont.Weight.DemiBold),
    "body": (13, QFont.Weight.Normal),
    "strong": (13, QFont.Weight.DemiBold),
    "secondary": (12, QFont.Weight.Normal),
    "medium": (12, QFont.Weight.Medium),
    "card-strong": (12, QFont.Weight.DemiBold),
    "caption": (11, QFont.Weight.DemiBold),
    "figure": (18, QFont.Weight.DemiBold),
    "key": (10, QFont.Weight.Medium),
}

_PALETTE: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "canvas"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "subtle"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.PlaceholderText, "text-3"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "on-accent"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on-accent"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Link, "accent-text"),
    (QPalette.ColorRole.LinkVisited, "accent-text"),
    (QPalette.ColorRole.ToolTipBase, "header"),
    (QPalette.ColorRole.ToolTipText, "header-text"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.Midlight, "subtle"),
    (QPalette.ColorRole.Mid, "line-2"),
    (QPalette.ColorRole.Dark, "line-strong"),
    (QPalette.ColorRole.Shadow, "line-strong"),
)


@cache
def _tokens() -> dict[str, dict[str, str]]:
    text = (files.resources_folder() / "style/tokens.json").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", json.loads(text))


@cache
def _template() -> str:
    return (files.resources_folder() / "style/app.qss.template").read_text(encoding="utf-8")


def _parse(value: str) -> QColor:
    """A token's colour: `#RRGGBB` or `rgba(r,g,b,alpha)` with alpha from 0 to 1."""
    if value.startswith("#"):
        return QColor(value)
    red, green, blue, alpha = value.removeprefix("rgba(").removesuffix(")").split(",")
    color = QColor(int(red), int(green), int(blue))
    color.setAlphaF(float(alpha))
    return color


class Theme(QObject):
    """One set of tokens at one scale, applied to the whole application."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._pixels: dict[float, int] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self.name: ThemeName = "light"
        self.scale = 100
        installed = QFontDatabase.families()
        self._family = next((f for f in ("Inter", "Inter Variable") if f in installed), app.font().family())
        app.setStyle(QStyleFactory.create("Fusion"))
        self.use(self.of_system())

    @staticmethod
    def of_system() -> ThemeName:
        """What the operating system asks for; light where it says nothing."""
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "hc"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def use(self, name: ThemeName | None = None, scale: int | None = None) -> None:
        """Changes the whole application to another set of tokens, or another scale in percent."""
        self.name = name or self.name
        self.scale = scale or self.scale
        self._pixels, self._pixmaps = {}, {}
        self._colors = {token: _parse(value) for token, value in _tokens()[self.name].items()}
        self._fonts = {role: self._make_font(*look) for role, look in _ROLES.items()}
        self._app.setFont(self.font("body"))
        self._app.setPalette(self._make_palette())
        self._app.setStyleSheet(self._make_sheet())
        self.changed.emit()

    @property
    def is_high_contrast(self) -> bool:
        return self.name == "hc"

    def color(self, token: str) -> QColor:
        """The colour of a token of tokens.json. Raises KeyError for a name it does not have."""
        return self._colors[token]

    def font(self, role: Role) -> QFont:
        return self._fonts[role]

    def px(self, pixels: float) -> int:
        """Design pixels at 100 % as logical pixels at the chosen scale."""
        known = self._pixels.get(pixels)  # a frame of the schedule asks thousands of times
        if known is None:
            known = self._pixels[pixels] = round(pixels * self.scale / 100)
        return known

    def pixmap(self, name: str, color: str = "text", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """Lucide's icon `name` in the colour of a token, `size` design pixels wide."""
        key = (name, color, size, ratio)
        known = self._pixmaps.get(key)
        if known is None:
            known = self._pixmaps[key] = icons.pixmap(name, self.color(color), self.px(size), ratio)
        return known

    def icon(self, name: str, color: str = "text", size: int = 16) -> QIcon:
        """The same for menus and actions; make it anew on `changed`."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, color, size, ratio))
            icon.addPixmap(self.pixmap(name, "text-off", size, ratio), QIcon.Mode.Disabled)
        return icon

    def _make_font(self, pixels: int, weight: QFont.Weight) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(self.px(pixels))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        if pixels in (12, 13):
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.08)
        return font

    def _make_palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _PALETTE:
            palette.setColor(role, self.color(token))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text-off"))
        return palette

    def _make_sheet(self) -> str:
        """The template with `@token` as its colour and `12u` as scaled pixels."""
        sheet = re.sub(r"@([a-z0-9-]+)", lambda found: self._rgba(found[1]), _template())
        return re.sub(r"\b(\d+)u\b", lambda found: f"{self.px(int(found[1]))}px", sheet)

    def _rgba(self, token: str) -> str:
        color = self.color(token)
        return f"rgba({color.red()},{color.green()},{color.blue()},{color.alpha()})"


@cache
def theme() -> Theme:
    """The application's theme, made with the first question; needs a QApplication."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("A theme needs a running QApplication.")
    return Theme(app)
