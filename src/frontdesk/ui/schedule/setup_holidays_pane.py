"""Holidays: the days on which the office is closed, year by year."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import weekday_date
from frontdesk.services.office import holidays
from frontdesk.services.office.holidays import HolidayDraft, HolidayView
from frontdesk.services.schedule import stranded
from frontdesk.services.schedule.stranded import Stranded
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button, IconButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.schedule.stranded_dialog import StrandedDialog
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_CLOSED = "Closed: "


class HolidaysPane(Panel):
    """One year in a list; a day is added below it, the federal ones all at once."""

    topics = frozenset({"holiday", "appointment"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._year = desk.today.year
        self._days: tuple[HolidayView, ...] = ()
        self._federal: tuple[HolidayDraft, ...] = ()
        self._stranded: tuple[Stranded, ...] = ()
        self.model = TableModel[HolidayView](
            [
                Column(tr("Day"), lambda each: weekday_date(each.on), width=210),
                Column(tr("Why the office is closed"), lambda each: Cell(each.name, "strong")),
            ],
            key=lambda each: each.id,
        )
        self.table = Table(self.model, says=tr("Days on which the office is closed"))
        before = IconButton("chevron-left", tr("Year before"))
        after = IconButton("chevron-right", tr("Next year"))
        before.clicked.connect(lambda: self.show_year(self._year - 1))
        after.clicked.connect(lambda: self.show_year(self._year + 1))
        self._title = Label("", "section")
        self.federal = Button("", icon="landmark")
        self.federal.clicked.connect(self.add_federal)
        self.open_again = Button(tr("Open on this day"), icon="door-open")
        self.open_again.clicked.connect(self.open_on)
        self.warning = Banner("warn")
        self.warning.acted.connect(self.show_stranded)
        self.on, self.name = DateEdit(), TextEdit(hint=tr("Staff day"))
        self.form = Form()
        self.form.add("on", tr("Closed on"), self.on, span=5)
        self.form.add("name", tr("Why"), self.name, span=7)
        self.add = Button(tr("Close on this day"), icon="calendar-x")
        self.add.clicked.connect(self.close_on)
        self.form.setMaximumWidth(theme().px(440))
        head = row(before, self._title, after, None, self.federal, self.open_again, margins=(12, 8, 12, 8))
        foot = row(self.form, self.add, None, margins=(12, 8, 12, 8))
        foot.setAlignment(self.add, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(column(self.banner, self.warning, head, self.table, Frame("foot", foot), gap=0))
        self.table.chosen.connect(lambda each: self.open_again.setEnabled(each is not None and self._may()))

    def reload(self) -> None:
        self.show_year(self._year)
        self.desk.ask(self, self._take_stranded, stranded.stranded)

    def show_year(self, year: int) -> None:
        """Turn to a year."""
        self._year = year
        self._title.setText(str(year))
        first, last = date(year, 1, 1), date(year, 12, 31)
        self.desk.ask(self, self._show, holidays.holidays, first=first, last=last)
        self.desk.ask(self, self._take_federal, holidays.federal_holidays, year=year)

    def _show(self, found: tuple[HolidayView, ...]) -> None:
        self._days = found
        self.model.show(found)
        self._offer()

    def _take_federal(self, found: tuple[HolidayDraft, ...]) -> None:
        self._federal = found
        self._offer()

    def _offer(self) -> None:
        missing = self._missing()
        self.federal.setText(
            counted(
                len(missing),
                "Add {count} federal holiday",
                "Add {count} federal holidays",
            )
            if missing
            else tr("Federal ones are in")
        )
        self.federal.setEnabled(bool(missing) and self._may())
        self.add.setEnabled(self._may())
        self.open_again.setEnabled(self.table.current() is not None and self._may())

    def _missing(self) -> tuple[HolidayDraft, ...]:
        closed = {each.on for each in self._days if each.site_id is None}
        once: dict[date, HolidayDraft] = {}
        for each in self._federal:
            if each.on.year == self._year and each.on not in closed:
                once.setdefault(each.on, each)
        return tuple(once.values())

    def _may(self) -> bool:
        return self.desk.may("office.edit")

    def _take_stranded(self, found: tuple[Stranded, ...]) -> None:
        self._stranded = tuple(each for each in found if each.why.startswith(_CLOSED))
        count = len(self._stranded)
        one, many = "{count} visit stands on a closed day.", "{count} visits stand on closed days."
        self.warning.say("warn", counted(count, one, many) if count else "", action=tr("Show them"))

    def show_stranded(self) -> None:
        """The visits on closed days; nothing moves them but a person."""
        StrandedDialog(self, self._stranded, self.go.emit).open()

    # -- what is changed ------------------------------------------------------

    def add_federal(self) -> None:
        self.clear_complaints()
        missing = self._missing()
        told = counted(
            len(missing), "Closed on {count} federal holiday", "Closed on {count} federal holidays"
        )
        self.desk.do(self, lambda _: self.told.emit(told), holidays.add_holidays, days=missing)

    def close_on(self) -> None:
        self.clear_complaints()
        on = self.on.value()
        if not self.form.check():
            return
        if on is None:
            self.form.row("on").set_error(tr("Say on which day."))
            self.on.setFocus()
            return
        draft = HolidayDraft(on, self.name.value())
        self.desk.do(self, self._closed, holidays.add_holidays, days=(draft,))

    def _closed(self, _: tuple[int, ...]) -> None:
        on = self.on.value()
        if on is not None:
            self.told.emit(tr("Closed on {day}", day=weekday_date(on)))
            self.show_year(on.year)
        self.on.set_value(None)
        self.name.set_value("")

    def open_on(self) -> None:
        found = self.table.current()
        if found is None:
            return
        self.clear_complaints()
        told = tr("Open on {day}", day=weekday_date(found.on))
        draft = HolidayDraft(found.on, found.name, found.site_id)
        self.desk.do(self, lambda _: self.told.emit(told), holidays.remove_holidays, days=(draft,))
