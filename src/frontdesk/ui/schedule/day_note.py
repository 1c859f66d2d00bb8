"""The note that staff leave on a day: a quiet line under the toolbar, and the dialog that writes it."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.kernel.text import us_date, us_time, weekday_date
from frontdesk.services.schedule import day_note
from frontdesk.services.schedule.day_note import DayNoteView
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import IconButton, LinkButton
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel, IconLabel, Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

KEY = "D"
_PERMISSION = "schedule.book"


class DayNoteLine(Panel):
    """Takes no room while there is no note; `button` is for the page's toolbar."""

    topics = frozenset({"day_note"})

    def __init__(self, desk: Desk, day: date, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._day = day
        self.button = IconButton("notebook-pen", tr("Note on this day"), keys=KEY)
        self.button.clicked.connect(self.edit)
        self.words = EndingLabel("", "body")
        self.words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.by = Label("", "secondary", "text-3")
        self.change = LinkButton(tr("Change"))
        self.change.clicked.connect(self.edit)
        self.line = Frame(
            "bar",
            row(
                IconLabel("notebook-pen", "text-2"),
                self.words,
                self.by,
                None,
                self.change,
                margins=(12, 0, 12, 0),
            ),
        )
        self.line.setFixedHeight(theme().px(28))
        set_shown(self.line, False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setLayout(column(self.banner, self.line, gap=0))

    def show_day(self, day: date) -> None:
        """Turn to a day."""
        self._day = day
        self.reload()

    def reload(self) -> None:
        self.desk.ask(self, self._show, day_note.note_of, day=self._day)

    def edit(self) -> None:
        """Opens the dialog, for whoever may write."""
        if self.desk.may(_PERMISSION):
            DayNoteDialog(self, self.desk, self._day, self.told.emit).open()

    def _show(self, note: DayNoteView | None) -> None:
        self.clear_complaints()
        may = self.desk.may(_PERMISSION)
        set_shown(self.button, may and note is None)
        set_shown(self.change, may)
        set_shown(self.line, note is not None)
        self.words.setText(note.text if note else "")
        self.by.setText(f"{note.written_by}, {_when(note.written, self.desk.today)}" if note else "")


class DayNoteDialog(Dialog):
    """Asks for the note as it stands now; Enter saves."""

    def __init__(self, parent: QWidget, desk: Desk, day: date, then: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            tr("Note on {day}", day=weekday_date(day)),
            tr("Everybody in the office sees it on the day's page."),
            icon="notebook-pen",
            icon_color="text-2",
            width=560,
        )
        self._desk, self._day, self._then = desk, day, then
        self._seen: int | None = None
        self.text = TextEdit(hint=tr("Dr. Lee leaves at 3"))
        self.text.setEnabled(False)
        self.form = Form()
        self.form.add("text", tr("Note"), self.text)
        self.body.addWidget(self.form)
        self.take_off = self.add_verb(tr("Take it off"), self._take_off, closes=False)
        self.add_verb(tr("Keep as it was"), keys="Esc")
        self.save = self.add_verb(tr("Save note"), self._save, kind="primary", keys="Return", closes=False)
        set_shown(self.take_off, False)
        desk.ask(self, self._show, day_note.note_of, day=day)

    def _show(self, note: DayNoteView | None) -> None:
        self._seen = note.id if note else None
        self.text.set_value(note.text if note else "")
        self.text.selectAll()
        self.text.setEnabled(True)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        set_shown(self.take_off, note is not None)

    def _save(self) -> None:
        if self.text.isEnabled():
            self._write(self.text.value())

    def _take_off(self) -> None:
        self._write("")

    def _write(self, text: str) -> None:
        self._desk.do(self, self._written, day_note.write, day=self._day, text=text, instead_of=self._seen)

    def _written(self, note_id: int | None) -> None:
        self.accept()
        day = weekday_date(self._day)
        if note_id is None:
            self._then(tr("No note stands on {day}", day=day))
        elif note_id != self._seen:
            self._then(tr("Left a note on {day}", day=day))


def _when(written: datetime, today: date) -> str:
    """The time alone where it was today."""
    time = us_time(written)
    return time if written.date() == today else f"{us_date(written.date())}, {time}"
