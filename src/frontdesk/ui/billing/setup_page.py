"""Billing set-up: the office's rules for codes, claims and money."""

from frontdesk.ui.billing.setup_parts import PARTS
from frontdesk.ui.kit import setup_page


class SetupPage(setup_page.SetupPage):
    """Its parts are declared in `setup_parts`."""

    title = "Billing set-up"
    permission = "billing.edit_fees"
    declared = PARTS
    leads_back = ("claims", "Claims")
