"""Reminders: the log, the rules, the words and the servers."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.page import Key, Panel
from frontdesk.ui.schedule.log_panel import LogPanel
from frontdesk.ui.schedule.rules_panel import RulesPanel
from frontdesk.ui.schedule.servers_panel import ServersPanel
from frontdesk.ui.schedule.words_panel import WordsPanel
from frontdesk.ui.schedule.worklists import WorklistPage
from frontdesk.ui.text import tr


class RemindersPage(WorklistPage):
    """Four parts; Alt and a number opens one."""

    title = "Reminders"
    part = "reminders"
    topics = frozenset({"reminder_job"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.which: Segmented[int] = Segmented(
            ((0, tr("Log")), (1, tr("Rules")), (2, tr("Words")), (3, tr("Servers"))), says=tr("Part")
        )
        self.which.chosen.connect(self.open_panel)
        self.toolbar.add(self.which)
        self.log, self.rules = LogPanel(desk), RulesPanel(desk)
        self.words, self.servers = WordsPanel(desk), ServersPanel(desk)
        self._parts: tuple[Panel, ...] = (self.log, self.rules, self.words, self.servers)
        self._stack = QStackedWidget()
        for panel in self._parts:
            panel.told.connect(self.told)
            panel.patient_chosen.connect(self.patient_chosen)
            self._stack.addWidget(panel)
        self.set_content(Frame("surface", column(self._stack, gap=0)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("Alt+1", tr("Log"), lambda: self.open_panel(0)),
            Key("Alt+2", tr("Rules"), lambda: self.open_panel(1)),
            Key("Alt+3", tr("Words"), lambda: self.open_panel(2)),
            Key("Alt+4", tr("Servers"), lambda: self.open_panel(3)),
            Key("Esc", tr("Day view"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        shown = self._parts[self.which.value()]
        return (shown.table,) if isinstance(shown, LogPanel | RulesPanel) else (shown,)

    def open_panel(self, place: int) -> None:
        """Shows one of the four."""
        self.which.set_value(place)
        self._stack.setCurrentIndex(place)
