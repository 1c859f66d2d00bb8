"""Noting that a provider is out: who, from when, until when."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.services.schedule import absences
from frontdesk.services.schedule.absences import ProviderToday
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, TextEdit, TimeEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

_CLOSES = time(17)


class OutDialog(Dialog):
    """By default from now until the end of the provider's day; `then` gets the absence's id."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        then: Callable[[int], object],
        *,
        provider_id: int | None = None,
    ) -> None:
        super().__init__(
            parent,
            tr("Who is out?"),
            tr("Nothing more is booked in this time. Booked visits stay until you give them a new one."),
            icon="user-x",
            icon_color="text-2",
        )
        self._desk, self._then = desk, then
        self._wanted = provider_id
        self._ends: dict[int, datetime | None] = {}
        self.provider: Combo[int] = Combo(hint=tr("Choose a provider"))
        self.from_day, self.from_time = DateEdit(), TimeEdit()
        self.until_day, self.until_time = DateEdit(), TimeEdit()
        self.reason = TextEdit(hint=tr("Ill, emergency, leave"))
        now = desk.local_now
        self.from_day.set_value(now.date())
        self.from_time.set_value(now.time().replace(second=0, microsecond=0))
        self.until_day.set_value(now.date())
        self.until_time.set_value(max(_CLOSES, now.time()))
        self.form = Form()
        self.form.add("provider_id", tr("Provider"), self.provider)
        self.form.add("starts", tr("From"), self.from_day, span=6)
        self.form.add("starts_at", tr("From, at"), self.from_time, span=6)
        self.form.add("ends", tr("Until"), self.until_day, span=6)
        self.form.add("ends_at", tr("Until, at"), self.until_time, span=6)
        self.form.add(
            "reason", tr("Why, for the office"), self.reason, message=tr("Patients are not told why.")
        )
        self.body.addWidget(self.form)
        self.provider.chosen.connect(self._show_end)
        self.add_verb(tr("Note it, find new times"), self.note_it, kind="primary", closes=False)
        self.add_verb(tr("Nobody is out"), keys="Esc")
        desk.ask(self, self._show_providers, absences.providers_today)
        self.provider.setFocus()

    def note_it(self) -> None:
        self.banner.say("block", "")
        starts = _together(self.from_day, self.from_time)
        ends = _together(self.until_day, self.until_time)
        if self.provider.value() is None:
            self.form.show_findings((Finding(tr("Choose who is out."), "provider_id"),))
        elif self.form.check() and starts is not None and ends is not None:
            self._desk.do(
                self,
                self._noted,
                absences.mark_out,
                provider_id=self.provider.value() or 0,
                starts=starts,
                ends=ends,
                reason=self.reason.value(),
            )

    def _show_providers(self, found: tuple[ProviderToday, ...]) -> None:
        self._ends = {each.id: each.until for each in found}
        self.provider.set_options(tuple((each.id, each.name) for each in found))
        if self._wanted in self._ends:
            self.provider.set_value(self._wanted)
            self._show_end(self._wanted)
            self.reason.setFocus()

    def _show_end(self, provider_id: int | None) -> None:
        """The end of the provider's hours, as long as the day was left at today."""
        until = self._ends.get(provider_id or 0)
        now = self._desk.local_now
        if until is not None and until > now and self.until_day.value() == now.date():
            self.until_time.set_value(until.time())

    def _noted(self, absence_id: int) -> None:
        self.accept()
        self._then(absence_id)


def _together(day: DateEdit, at: TimeEdit) -> datetime | None:
    on, when = day.value(), at.value()
    return datetime.combine(on, when) if on is not None and when is not None else None
