"""The way from the flow board to the front desk's worklists."""

from frontdesk.services.visit import overview
from frontdesk.ui.kit import worklists_button
from frontdesk.ui.registration.worklists import LISTS


class FrontWorklistsButton(worklists_button.WorklistsButton):
    """How much waits on all lists of the front desk."""

    lists = LISTS

    def reload(self) -> None:
        self.desk.ask(self, self.show_waiting, overview.waiting)
