"""Which days, payer, provider and site the reports are about."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.months import months_later
from frontdesk.services.billing.reports_filter import Narrowings, Wanted
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import Frame
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.label import EndingLabel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.wrapping import wrapped
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_ALL = 0


class ReportsFilter(Frame):
    """Tells when another choice was made."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("bar", parent=parent)
        self._desk = desk
        self.period: Combo[str] = Combo(
            (
                ("quarter", tr("Last 90 days")),
                ("month", tr("This month")),
                ("month_before", tr("Last month")),
                ("year", tr("This year")),
                ("twelve", tr("Last 12 months")),
            )
        )
        self.payer: Combo[int] = Combo(((_ALL, tr("All payers")),))
        self.provider: Combo[int] = Combo(((_ALL, tr("All providers")),))
        self.site: Combo[int] = Combo(((_ALL, tr("All sites")),))
        self._note = EndingLabel("", "secondary", "text-3")
        set_shown(self._note, False)  # without words it would still take a line where it is narrow
        named = (
            (self.period, tr("Period"), 148),
            (self.payer, tr("Payer"), 160),
            (self.provider, tr("Provider"), 148),
            (self.site, tr("Site"), 160),
        )
        for combo, says, width in named:
            combo.setAccessibleName(says)
            combo.setFixedWidth(theme().px(width))
            combo.chosen.connect(self._tell)
        line = wrapped(*(combo for combo, _, _ in named), 6, self._note, margins=(12, 7, 12, 7))
        self.setLayout(line)

    def wanted(self) -> Wanted:
        """What is chosen; the days end today or sooner."""
        since, until = _days(self.period.value() or "quarter", self._desk.today)
        return Wanted(
            since_on=since,
            until_on=until,
            payer_id=self.payer.value() or None,
            provider_id=self.provider.value() or None,
            site_id=self.site.value() or None,
        )

    def say(self, note: str) -> None:
        """Quiet words at the end of the line."""
        self._note.setText(note)
        set_shown(self._note, bool(note))

    def show_choices(self, found: Narrowings) -> None:
        """The names to choose from."""
        self.payer.set_options(((_ALL, tr("All payers")), *found.payers))
        self.provider.set_options(((_ALL, tr("All providers")), *found.providers))
        self.site.set_options(((_ALL, tr("All sites")), *found.sites))

    def _tell(self) -> None:
        self.changed.emit()


def _days(period: str, today: date) -> tuple[date, date]:
    first = today.replace(day=1)
    return {
        "month": (first, today),
        "month_before": (months_later(first, -1), first - timedelta(days=1)),
        "year": (today.replace(month=1, day=1), today),
        "twelve": (months_later(first, -11), today),
    }.get(period, (today - timedelta(days=89), today))
