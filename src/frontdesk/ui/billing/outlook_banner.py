"""What a visit's claim would be stopped for, said where it can still be put right."""

from datetime import date

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.billing import claim_outlook
from frontdesk.services.billing.claim_outlook import Outlook
from frontdesk.services.billing.sheet import Sheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.text import tr


class OutlookBanner(Banner):
    """Hidden while nothing speaks against the claim; of several answers the newest is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn", icon="receipt-text", parent=parent)

        self._wanted = False

    def at_booking(self, desk: Desk, patient_id: int, provider_id: int, on: date) -> None:
        self._wanted = True
        desk.ask(
            self,
            self._show,
            claim_outlook.at_booking,
            patient_id=patient_id,
            provider_id=provider_id,
            on=on,
        )

    def at_check_in(self, desk: Desk, appointment_id: int) -> None:
        self._wanted = True
        desk.ask(self, self._show, claim_outlook.at_check_in, appointment_id=appointment_id)

    def at_entry(self, desk: Desk, superbill_id: int, sheet: Sheet) -> None:
        self._wanted = True
        desk.ask(self, self._show, claim_outlook.at_entry, superbill_id=superbill_id, sheet=sheet)

    def nothing(self) -> None:
        """Nothing is chosen; an answer on its way comes too late."""
        self._wanted = False
        self.say("warn", "")

    def refused(self, _: FrontdeskError) -> None:
        """A forecast that cannot be made says nothing: the act itself will."""
        self.nothing()

    def _show(self, found: Outlook) -> None:
        if not self._wanted:
            return
        words = found.words
        tone = "warn" if found.stops else "info"
        self.say(tone, tr("Claim: {words}", words=words) if words else "", icon="receipt-text")
