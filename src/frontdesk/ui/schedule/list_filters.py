"""What the list of visits shows: whose, in which status, and only what is still to be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule.resources import BookableProvider
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.visit_list import Wanted
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.form import Form
from frontdesk.ui.schedule import look
from frontdesk.ui.text import tr

ALL = 0


class ListFilters(QWidget):
    """Tells that something else is wanted; `wanted` says what."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.provider = Combo[int](((ALL, tr("All providers")),))
        self.status = Combo[str](
            (("", tr("Any status")), *((each.value, tr(look.STATUS_NAME[each])) for each in Status))
        )
        self.unconfirmed = CheckBox(tr("Unconfirmed only"))
        self.needs_work = CheckBox(tr("Needs work"))
        form = Form()
        form.add("provider", tr("Provider"), self.provider)
        form.add("status", tr("Status"), self.status)
        self.setLayout(column(form, self.unconfirmed, self.needs_work, gap=6, margins=(12, 4, 12, 10)))
        self.provider.chosen.connect(self._tell)
        self.status.chosen.connect(self._tell)
        self.unconfirmed.toggled.connect(self._tell)
        self.needs_work.toggled.connect(self._tell)

    def show_providers(self, providers: tuple[BookableProvider, ...]) -> None:
        self.provider.set_options(((ALL, tr("All providers")), *((each.id, each.name) for each in providers)))

    def wanted(self) -> Wanted:
        provider, status = self.provider.value(), self.status.value()
        return Wanted(
            provider_ids=(provider,) if provider else (),
            statuses=(Status(status),) if status else (),
            unconfirmed_only=self.unconfirmed.isChecked(),
            needs_work=self.needs_work.isChecked(),
        )

    def clear(self) -> None:
        """Everything is shown again."""
        self.provider.set_value(ALL)
        self.status.set_value("")
        self.unconfirmed.setChecked(False)
        self.needs_work.setChecked(False)
        self.changed.emit()

    def _tell(self, _: object) -> None:
        self.changed.emit()
