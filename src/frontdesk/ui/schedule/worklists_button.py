"""The way from the book to its worklists."""

from frontdesk.services.schedule import overview
from frontdesk.ui.kit import worklists_button
from frontdesk.ui.schedule.worklists import LISTS


class WorklistsButton(worklists_button.WorklistsButton):
    """How much waits on all lists of the schedule."""

    lists = LISTS

    def reload(self) -> None:
        self.desk.ask(self, self.show_waiting, overview.waiting)
