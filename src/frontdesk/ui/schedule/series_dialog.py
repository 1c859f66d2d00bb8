"""Making a series of a visit: its rhythm, all of its visits with what is in their way, booked as one."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding, FrontdeskError
from frontdesk.kernel.text import us_time, weekday_date
from frontdesk.services.schedule import series
from frontdesk.services.schedule.checks import OVERBOOK
from frontdesk.services.schedule.day import DayVisit
from frontdesk.services.schedule.recurrence import Rule, Unit, WhenClosed
from frontdesk.services.schedule.series import Occurrence, Series
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.choice import CheckBox, Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NumberEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.schedule.moving import spoken
from frontdesk.ui.schedule.occurrence_list import Line, OccurrenceList
from frontdesk.ui.schedule.visit_dialogs import Then
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WAITS_MS = 250
_USUAL = 8


class SeriesDialog(Dialog):
    """The preview follows each change; Enter books what is chosen, Escape books nothing."""

    def __init__(self, parent: QWidget, desk: Desk, visit: DayVisit, then: Then) -> None:
        starts = visit.starts
        super().__init__(
            parent,
            tr("Make a series of {name}'s visit", name=spoken(visit)),
            tr(
                "The first is on {day} at {time}.",
                day=weekday_date(starts.date()),
                time=us_time(starts),
            ),
            icon="repeat",
            icon_color="text-2",
            width=760,
        )
        self._desk, self._visit, self._then = desk, visit, then
        self.every = NumberEdit(least=1, most=99)
        self.every.set_value(1)
        self.unit = Segmented(
            ((Unit.WEEK, tr("Weeks")), (Unit.DAY, tr("Days")), (Unit.MONTH, tr("Months"))), says=tr("Of what")
        )
        self.count = NumberEdit(least=2, most=999)
        self.count.set_value(_USUAL)
        self.until = DateEdit()
        self.when_closed = Segmented(
            ((WhenClosed.SKIP, tr("Skip")), (WhenClosed.SHIFT, tr("Next open day"))),
            says=tr("On closed days"),
        )
        self.days = tuple(
            CheckBox(tr(day), checked=place == starts.weekday()) for place, day in enumerate(_DAYS)
        )
        days = QWidget()
        days.setLayout(row(*self.days, None, gap=12))
        self.form = Form()
        self.form.add("every", tr("Every"), self.every, span=2)
        self.form.add("unit", tr("Of what"), self.unit, span=4)
        self.form.add("count", tr("Visits in all"), self.count, span=2)
        self.form.add("until", tr("Or until"), self.until, span=4)
        self.form.add("weekdays", tr("On"), days, span=7)
        self.form.add("when_closed", tr("On closed days"), self.when_closed, span=5)
        self.lines = OccurrenceList(moves=False, may_overbook=desk.may(OVERBOOK))
        self.lines.table.setMinimumHeight(min(theme().px(220), parent.window().height() // 5))
        self.said = Label("", "secondary", "text-2", wrap=True)
        self.reason = TextEdit()
        self.why = Form()
        self.why.add("override_reason", tr("Why it is right all the same"), self.reason)
        for widget in (self.form, self.lines, self.said, self.why):
            self.body.addWidget(widget)
        set_shown(self.why, False)
        self.verb = self.add_verb(tr("Book series"), self._book, kind="primary", keys="Return", closes=False)
        self.add_verb(tr("Leave it single"), keys="Esc")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAITS_MS)
        self._soon.timeout.connect(self._ask)
        for edit in (self.every, self.count, self.until):
            edit.value_changed.connect(self._soon.start)
        for choice in (self.unit, self.when_closed):
            choice.chosen.connect(self._unit_chosen)
        for box in self.days:
            box.toggled.connect(self._soon.start)
        self.lines.changed.connect(self._show_choices)
        self.lines.line_chosen.connect(self._show_choices)
        self.every.setFocus()
        self._ask()

    def rule(self) -> Rule:
        """What is asked for."""
        ticked = tuple(place for place, box in enumerate(self.days) if box.isChecked())
        return Rule(
            unit=self.unit.value(),
            every=self.every.value() or 0,
            weekdays=ticked,
            count=self.count.value(),
            until=self.until.value(),
            when_closed=self.when_closed.value(),
        )

    def refused(self, error: FrontdeskError) -> None:
        super().refused(error)
        self.verb.setEnabled(False)

    def _unit_chosen(self, _: object) -> None:
        """Days may fall on any weekday but the weekend; weeks and months fall on the first visit's."""
        if self.sender() is self.unit:
            unit, first = self.unit.value(), self._visit.starts.weekday()
            for place, box in enumerate(self.days):
                weekdays = place < 5 or first >= 5
                box.blockSignals(True)
                box.setChecked(place == first if unit is Unit.WEEK else weekdays)
                box.blockSignals(False)
        self._soon.start()

    def _ask(self) -> None:
        self.banner.say("block", "")
        if not self.form.check():
            self.verb.setEnabled(False)
            return
        self._desk.ask(self, self._show, series.preview, appointment_id=self._visit.id, rule=self.rule())

    def _show(self, found: tuple[Occurrence, ...]) -> None:
        self.lines.show_lines([Line(place, None, each) for place, each in enumerate(found)])
        self.verb.setEnabled(True)

    def _show_choices(self) -> None:
        count, blocked = len(self.lines.chosen), self.lines.in_the_way
        self.verb.setText(counted(count, "Book {count} more visit", "Book {count} more visits"))
        free = tr("All of them are free. Space on a line leaves it out.")
        self.said.setText(self.lines.said or free if blocked else free)
        set_shown(self.why, self.lines.needs_reason)

    def _book(self) -> None:
        self.banner.say("block", "")
        self.why.clear_errors()
        if self.lines.needs_reason and not self.reason.value():
            self.why.show_findings((Finding(tr("Say why, for whoever asks later."), "override_reason"),))
            return
        self._desk.do(
            self,
            self._done,
            series.make,
            appointment_id=self._visit.id,
            slots=tuple(slot for _, slot in self.lines.chosen),
            override_reason=self.reason.value() if self.lines.needs_reason else "",
        )

    def _done(self, made: Series) -> None:
        self.accept()
        count = len(made.appointment_ids) + 1
        self._then(tr("Booked a series of {count} visits for {name}", count=count, name=spoken(self._visit)))
