"""The front desk's worklists, under Check-in: their names, and the base of their pages."""

from frontdesk.services.visit import overview
from frontdesk.ui.kit import worklist

LISTS: tuple[tuple[str, str], ...] = (
    ("eligibility", "Coverage to verify"),
    ("authorizations", "Authorizations"),
    ("consents_due", "Consents"),
    ("records_due", "Outside records"),
    ("estimates", "Estimates"),
    ("patient_import", "Import"),
    ("duplicates", "Duplicates"),
)
"""The page's name in shell/pages.py and the words of its sub-tab, in the order of the tabs."""


class FrontWorklistPage(worklist.WorklistPage):
    """A list of the Check-in tab; `part` is its name in `LISTS` and in shell/pages.py."""

    lists = LISTS
    home_page = "check_in"
    home_words = "Flow board"
    permission = "registration.view"

    def reload(self) -> None:
        self.desk.ask(self, self.show_waiting, overview.waiting)
