"""The superbills of a whole day, issued at once and looked at before they are printed."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import weekday_date
from frontdesk.services.billing import superbill_batch
from frontdesk.services.billing.superbill_batch import DayIssued
from frontdesk.services.office import providers
from frontdesk.services.office.providers import ProviderView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr


class IssueDayDialog(Dialog):
    """The day, and whose visits; `then` gets what was issued."""

    def __init__(self, parent: QWidget, desk: Desk, then: Callable[[DayIssued], object]) -> None:
        super().__init__(
            parent,
            tr("Superbills of a day"),
            tr("Each visit gets its superbill, and they are printed together. Who has one keeps its number."),
            icon="receipt-text",
            icon_color="accent",
            width=480,
        )
        self._desk, self._then = desk, then
        self.on = DateEdit()
        self.on.set_value(desk.today)
        self.provider: Combo[int | None] = Combo(((None, tr("All providers")),))
        self.form = Form()
        tomorrow = weekday_date(desk.today + timedelta(days=1))
        self.form.add("on", tr("Day"), self.on, span=5, message=tr("Tomorrow is {day}.", day=tomorrow))
        self.form.add("provider_id", tr("Provider"), self.provider, span=7)
        self.body.addWidget(self.form)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(tr("Issue and print…"), self._issue, kind="primary", keys="Enter", closes=False)
        self.on.setFocus()
        desk.ask(self, self._show_providers, providers.providers)

    def _show_providers(self, found: tuple[ProviderView, ...]) -> None:
        named: tuple[tuple[int | None, str], ...] = tuple((each.id, each.short_name) for each in found)
        self.provider.set_options((((None, tr("All providers"))), *named))

    def _issue(self) -> None:
        on = self.on.value()
        if not self.form.check() or on is None:
            self.form.row("on").set_error(tr("Enter the day."))
            return
        self._desk.do(self, self._issued, superbill_batch.issue_day, on=on, provider_id=self.provider.value())

    def _issued(self, issued: DayIssued) -> None:
        self.accept()
        self._then(issued)
