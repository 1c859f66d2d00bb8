"""Above the claims: whose time to be filed or appealed nearly ends."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import claim_deadlines
from frontdesk.services.billing.claim_deadlines import Deadline
from frontdesk.ui.billing.frame import BillingPage
from frontdesk.ui.desk import Asker, Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.text import counted, tr


class ClaimDeadlines(QObject):
    """Two banners; each opens the claim whose time ends first."""

    def __init__(self, desk: Desk, page: BillingPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.filing, self.appealing = _Ending(page), _Ending(page)
        self.banners = (self.filing, self.appealing)

    def look(self, payer_id: int | None) -> None:
        """Ask whose time ends within two weeks."""
        self._ask(self._show_filing, claim_deadlines.filing, payer_id)
        self._ask(self._show_appealing, claim_deadlines.appealing, payer_id)

    def _ask(
        self,
        show: Callable[[tuple[Deadline, ...]], None],
        question: Callable[..., tuple[Deadline, ...]],
        payer_id: int | None,
    ) -> None:
        self._desk.ask(Asker(self, self._page.refused), show, question, payer_id=payer_id)

    def _show_filing(self, found: tuple[Deadline, ...]) -> None:
        words = counted(
            len(found),
            "{count} claim that was not sent must be filed within two weeks",
            "{count} claims that were not sent must be filed within two weeks",
        )
        self.filing.show_first(found, words)

    def _show_appealing(self, found: tuple[Deadline, ...]) -> None:
        words = counted(
            len(found),
            "{count} denied claim can be appealed for two weeks at most",
            "{count} denied claims can be appealed for two weeks at most",
        )
        self.appealing.show_first(found, words)


class _Ending(Banner):
    def __init__(self, page: BillingPage) -> None:
        super().__init__("warn")
        self._page = page
        self._first: Deadline | None = None
        self.acted.connect(self._open)

    def show_first(self, found: tuple[Deadline, ...], words: str) -> None:
        """How many there are, and which is first."""
        self._first = found[0] if found else None
        if self._first is not None:
            day, number = us_date(self._first.on), self._first.number
            words = tr("{words}, {number} until {day}.", words=words, number=number, day=day)
        self.say("warn", words if found else "", action=tr("Open it"))

    def _open(self) -> None:
        if self._first is not None:
            self._page.open_with(Errand("claim", about_id=self._first.claim_id))
