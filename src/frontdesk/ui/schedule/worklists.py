"""The schedule's worklists: their names, and the base of their pages."""

from frontdesk.ui.kit import worklist

LISTS: tuple[tuple[str, str], ...] = (
    ("requests", "Requests"),
    ("waitlist", "Waitlist"),
    ("recall", "Recall"),
    ("unscheduled", "Unscheduled"),
    ("calls", "Call list"),
    ("reminders", "Reminders"),
    ("late", "Running late"),
    ("replan", "Provider out"),
)
"""The page's name in shell/pages.py and the words of its sub-tab, in the order of the tabs."""


class WorklistPage(worklist.WorklistPage):
    """A list of the Schedule tab; `part` is its name in `LISTS` and in shell/pages.py."""

    lists = LISTS
    home_page = "schedule"
    home_words = "Day view"
    permission = "schedule.view"

    def reload(self) -> None:
        # Loaded here: the counts need the service of every list.
        from frontdesk.services.schedule import overview

        self.desk.ask(self, self.show_waiting, overview.waiting)
