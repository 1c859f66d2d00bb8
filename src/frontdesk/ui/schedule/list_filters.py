"""What the list of visits shows: whose, in which status, and only what is still to be done."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule.resources import BookableProvider
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.visit_list import Wanted
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.form import Form
from frontdesk.ui.schedule import look
from frontdesk.ui.text import counted, tr

ALL, SEVERAL = 0, -1


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
        self._several: tuple[int, ...] = ()
        self._wanted_ids: tuple[int, ...] = ()
        self._to_choose: int | None = None
        self.setLayout(column(form, self.unconfirmed, self.needs_work, gap=6, margins=(12, 4, 12, 10)))
        self.provider.chosen.connect(self._tell)
        self.status.chosen.connect(self._tell)
        self.unconfirmed.toggled.connect(self._tell)
        self.needs_work.toggled.connect(self._tell)

    def show_providers(self, providers: tuple[BookableProvider, ...]) -> None:
        several = self._several
        kept = ((SEVERAL, counted(len(several), "{count} provider", "{count} providers")),) if several else ()
        each = ((provider.id, provider.name) for provider in providers)
        self.provider.set_options(((ALL, tr("All providers")), *kept, *each))
        if self._to_choose is not None:
            self.provider.set_value(self._to_choose)
            self._to_choose = None

    def set_wanted(self, wanted: Wanted) -> None:
        """As a kept view says; several providers become a choice of their own."""
        ids = wanted.provider_ids
        self._several = ids if len(ids) > 1 else ()
        self._to_choose = SEVERAL if self._several else ids[0] if ids else ALL
        self._wanted_ids = ids
        for box, is_on in ((self.unconfirmed, wanted.unconfirmed_only), (self.needs_work, wanted.needs_work)):
            with QSignalBlocker(box):
                box.setChecked(is_on)
        self.status.set_value(wanted.statuses[0].value if wanted.statuses else "")

    def wanted(self) -> Wanted:
        status = self.status.value()
        return Wanted(
            provider_ids=self._provider_ids(),
            statuses=(Status(status),) if status else (),
            unconfirmed_only=self.unconfirmed.isChecked(),
            needs_work=self.needs_work.isChecked(),
        )

    def _provider_ids(self) -> tuple[int, ...]:
        if self._to_choose is not None:  # the choice is still to be offered
            return self._wanted_ids
        provider = self.provider.value()
        return self._several if provider == SEVERAL else (provider,) if provider else ()

    def clear(self) -> None:
        """Everything is shown again."""
        self.provider.set_value(ALL)
        self.status.set_value("")
        self.unconfirmed.setChecked(False)
        self.needs_work.setChecked(False)
        self.changed.emit()

    def _tell(self, _: object) -> None:
        self.changed.emit()
