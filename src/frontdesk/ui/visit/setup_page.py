"""Check-in set-up: the office's rules for the desk."""

from frontdesk.ui.kit import setup_page
from frontdesk.ui.visit.setup_parts import PARTS


class SetupPage(setup_page.SetupPage):
    """Its parts are declared in `setup_parts`."""

    title = "Check-in set-up"
    permission = "visit.edit_setup"
    declared = PARTS
    leads_back = ("check_in", "Flow board")
