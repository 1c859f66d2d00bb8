"""How this person at this computer likes the window: theme and scale, kept between starts."""

from typing import cast, get_args

from PySide6.QtCore import QSettings

from frontdesk.ui.theme import SCALES, ThemeName, theme


class Preferences:
    """Nothing about the office or its patients is kept here."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("Frontdesk", "Frontdesk")

    def apply(self) -> None:
        """The theme and scale of last time; the system's where there was none."""
        name = str(self._settings.value("theme", ""))
        scale = str(self._settings.value("scale", "100"))
        theme().use(
            cast("ThemeName", name) if name in get_args(ThemeName) else None,
            int(scale) if scale.isdecimal() and int(scale) in SCALES else None,
        )

    def keep(self) -> None:
        self._settings.setValue("theme", theme().name)
        self._settings.setValue("scale", theme().scale)
