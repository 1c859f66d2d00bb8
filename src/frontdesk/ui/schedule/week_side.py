"""Beside the week: whose it is, how it goes, and who must still be called."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.week import ToCall, WeekProvider, WeekSheet
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import column, row
from frontdesk.ui.kit.label import EndingLabel, Label, Rule
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.worklists import LISTS
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

CALLS = "calls"
"""The worklist of calls, by its page's name."""
_MOST_CALLS = 5


class ProviderList(QWidget):
    """The providers with how late they run; the chosen one's week is shown."""

    provider_chosen = Signal(object)
    """The provider's id."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ListModel[WeekProvider](_provider, key=lambda each: each.id)
        self.list = RowList(self._model, says=tr("Providers"), lined=False)
        self.list.chosen.connect(self._chose)
        self._shown: int | None = None
        head = row(
            Label(tr("Provider"), "strong"),
            None,
            Label(tr("PgUp PgDn"), "secondary", "text-3"),
            margins=(12, 8, 12, 4),
        )
        self.setLayout(column(Rule(), head, self.list, gap=0))

    def show_providers(self, week: WeekSheet) -> None:
        self._shown = week.provider.id if week.provider else None
        with QSignalBlocker(self.list):  # nobody chose anything
            self._model.show(week.providers)
            self.list.choose(self._shown)
        self.list.setFixedHeight(max(theme().px(28), self.list.height_of_all()))

    def _chose(self, provider: WeekProvider | None) -> None:
        if provider is not None and provider.id != self._shown:
            self.provider_chosen.emit(provider.id)


class WeekFactsCard(QWidget):
    """Booked, how late it starts, who did not come, who has not confirmed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "caption", "text-3")
        lines = QGridLayout()
        lines.setContentsMargins(theme().px(12), 0, theme().px(12), theme().px(8))
        lines.setHorizontalSpacing(theme().px(10))
        lines.setVerticalSpacing(theme().px(2))
        lines.setColumnStretch(1, 1)
        self._values: list[EndingLabel] = []
        for place, words in enumerate((tr("Booked"), tr("Average start"), tr("No-shows"), tr("Unconfirmed"))):
            value = EndingLabel("", "secondary")
            self._values.append(value)
            lines.addWidget(Label(words, "secondary", "text-2"), place, 0)
            lines.addWidget(value, place, 1)
        self.setLayout(column(Rule(), row(self._title, margins=(12, 8, 12, 4)), lines, gap=0))

    def show_facts(self, week: WeekSheet) -> None:
        facts = week.facts
        name = week.provider.name if week.provider else ""
        self._title.setText(tr("{name} this week", name=name))
        booked = counted(facts.booked, "{count} visit", "{count} visits")
        share = round(100 * facts.no_shows / facts.ended) if facts.ended else 0
        said = (
            tr("{visits}, {hours} h", visits=booked, hours=f"{facts.booked_minutes / 60:.1f}"),
            start_words(facts.average_late),
            tr("{count} of {ended} ({share}%)", count=facts.no_shows, ended=facts.ended, share=share)
            if facts.ended
            else tr("None yet"),
            tr("{count} to call", count=len(facts.to_call)) if facts.to_call else tr("Nobody"),
        )
        for value, words in zip(self._values, said, strict=True):
            value.setText(words)

    def said(self) -> str:
        """All of it in one line."""
        return ", ".join(value.text() for value in self._values)


class CallList(QWidget):
    """The next to be called; Enter records what came of a call."""

    visit_chosen = Signal(object)
    call_wanted = Signal(object)
    """The id of a visit whose patient is called now."""

    def __init__(self, start: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ListModel[ToCall](_call, key=lambda each: each.appointment_id)
        self.list = RowList(self._model, says=tr("Call list"), lined=False)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._open)
        self._more = Label("", "secondary", "text-3")
        self._more.setContentsMargins(theme().px(12), 0, 0, 0)
        self.start = Button(tr("Start calling"), icon="phone-call")
        self.start.clicked.connect(start)
        self._foot = row(self.start, margins=(12, 6, 12, 10))
        self._has_page = CALLS in dict(LISTS)
        set_shown(self.start, self._has_page)
        title = row(Label(tr("Call list"), "caption", "text-3"), margins=(12, 8, 12, 2))
        self.setLayout(column(Rule(), title, self.list, self._more, self._foot, gap=0))

    def show_calls(self, calls: tuple[ToCall, ...]) -> None:
        self._model.show(calls[:_MOST_CALLS])
        self.list.setFixedHeight(max(1, self.list.height_of_all()))
        more = len(calls) - _MOST_CALLS
        self._more.setText(counted(more, "and {count} more", "and {count} more"))
        set_shown(self._more, more > 0)
        set_shown(self, bool(calls))

    def _chose(self, call: ToCall | None) -> None:
        if call is not None and self.list.hasFocus():
            self.visit_chosen.emit(call.appointment_id)

    def _open(self, call: ToCall | None) -> None:
        if call is not None:
            self.call_wanted.emit(call.appointment_id)


def start_words(late: int | None) -> str:
    """ "9 min late", "on time", or that nobody was seen yet."""
    if late is None:
        return tr("Nobody seen yet")
    if late == 0:
        return tr("On time")
    words = tr("{minutes} min late") if late > 0 else tr("{minutes} min early")
    return words.format(minutes=abs(late))


def _provider(each: WeekProvider) -> Item:
    late = tr("{minutes} min", minutes=each.late_minutes) if each.late_minutes else ""
    return Item(each.full_name, chip=late, chip_tone="warn", chip_icon="clock-alert" if late else "")


def _call(each: ToCall) -> Item:
    when = f"{each.starts:%a} {clock_time(each.starts)}"
    if each.attempts:
        when = tr("{when}, try {number}", when=when, number=each.attempts + 1)
    return Item(
        each.patient,
        icon="phone-missed" if each.attempts else "phone",
        icon_color="warn" if each.attempts else "text-2",
        trailing=Words(when, "text-2"),
    )
