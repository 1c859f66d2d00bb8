"""The way from the book to its worklists."""

from frontdesk.ui.kit import worklists_button
from frontdesk.ui.schedule.worklists import LISTS


class WorklistsButton(worklists_button.WorklistsButton):
    """How much waits on all lists of the schedule."""

    lists = LISTS

    def reload(self) -> None:
        # Loaded here: the counts need the service of every list.
        from frontdesk.services.schedule import overview

        self.desk.ask(self, self.show_waiting, overview.waiting)
