"""Schedule set-up: what is given, who works when, and when the office is closed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Frame, Toolbar, column
from frontdesk.ui.kit.page import Errand, Key, Page
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.schedule.setup_holidays_pane import HolidaysPane
from frontdesk.ui.schedule.setup_red_flags_pane import RedFlagsPane
from frontdesk.ui.schedule.setup_types_pane import TypesPane
from frontdesk.ui.schedule.setup_weeks_pane import WeeksPane
from frontdesk.ui.text import tr

_NEW = {
    "types": "New visit type",
    "weeks": "Add hours",
    "holidays": "Close on a day",
    "red_flags": "Add a question",
}
"""What Ctrl+N does, by the part that is shown."""


class SetupPage(Page):
    """One part at a time; each asks for itself."""

    title = "Schedule set-up"
    permission = "schedule.edit_templates"
    shows_patient = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.types = TypesPane(desk)
        self.weeks = WeeksPane(desk)
        self.holidays = HolidaysPane(desk)
        self.red_flags = RedFlagsPane(desk)
        self._parts = {
            "types": self.types,
            "weeks": self.weeks,
            "holidays": self.holidays,
            "red_flags": self.red_flags,
        }
        self._homes: dict[str, QWidget] = {
            "types": self.types.table,
            "weeks": self.weeks.people,
            "holidays": self.holidays.table,
            "red_flags": self.red_flags.table,
        }
        back = IconButton("arrow-left", tr("Day view"), keys="Esc")
        back.clicked.connect(self.back)
        self.tabs = SubTabs(
            (
                ("types", tr("Visit types")),
                ("weeks", tr("Weeks")),
                ("holidays", tr("Holidays")),
                ("red_flags", tr("Red flags")),
            ),
            says=tr("Parts of the set-up"),
        )
        self.tabs.chosen.connect(self.show_part)
        self.toolbar = Toolbar()
        self.toolbar.add_left(back, self.tabs)
        self.turns_with(self.tabs)
        self.set_toolbar(self.toolbar)
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
            part.told.connect(self.told)
            part.go.connect(self.go)
        self.set_content(Frame("surface", column(self._stack, gap=0)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        part = self.tabs.value()
        save = (Key("Ctrl+Return", tr("Save visit type"), self.save),) if part == "types" else ()
        return (
            Key("↑↓", tr("Row")),
            Key("Ctrl+N", tr(_NEW[part]), self.new),
            *save,
            Key("Alt+1", tr("Visit types"), lambda: self.show_part("types")),
            Key("Alt+2", tr("Weeks"), lambda: self.show_part("weeks")),
            Key("Alt+3", tr("Holidays"), lambda: self.show_part("holidays")),
            Key("Alt+4", tr("Red flags"), lambda: self.show_part("red_flags")),
            Key("Esc", tr("Day view"), self.back),
        )

    def panes(self) -> tuple[QWidget, ...]:
        part = self.tabs.value()
        return (self.tabs, self._homes[part])

    def open_with(self, errand: Errand) -> None:
        if errand.act in self._parts:
            self.show_part(errand.act)

    def show_part(self, part: str) -> None:
        """Turn to a part."""
        self.tabs.set_value(part)
        self._stack.setCurrentWidget(self._parts[part])
        self._homes[part].setFocus(Qt.FocusReason.OtherFocusReason)
        self.bind_keys()

    def new(self) -> None:
        """Whatever is new in the part that is shown."""
        if self.tabs.value() == "types":
            self.types.start_new()
        elif self.tabs.value() == "weeks":
            self.weeks.new_hours()
        elif self.tabs.value() == "red_flags":
            self.red_flags.new()
        else:
            self.holidays.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        if self.tabs.value() == "types":
            self.types.keep()

    def back(self) -> None:
        self.go.emit("schedule", None)
