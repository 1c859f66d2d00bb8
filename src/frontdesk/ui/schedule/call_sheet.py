"""One call on the screen: whom to ask for, which number, what to say, what may be left on a machine."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import us_phone, us_time, weekday_date
from frontdesk.services.schedule.calls import CallOutcome, CallPhone, CallSheet
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import IconLine, Section, SidePanel
from frontdesk.ui.kit.worklist import DetailWidth
from frontdesk.ui.text import tr

OUTCOMES: Final = {
    CallOutcome.CONFIRMED: ("Comes", "C", "circle-check"),
    CallOutcome.MESSAGE_LEFT: ("Message left", "M", "voicemail"),
    CallOutcome.NO_ANSWER: ("No answer", "N", "phone-missed"),
    CallOutcome.DECLINED: ("Does not come", "D", "calendar-x"),
    CallOutcome.WRONG_NUMBER: ("Wrong number", "W", "phone-off"),
}
"""Each with its words, its key while the list has the focus, and its icon."""
_KINDS: Final = {"mobile": "smartphone", "home": "phone", "work": "building-2"}


class CallSheetPanel(QStackedWidget):
    """Empty until a patient of the list is chosen."""

    outcome_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("The call"))
        self._name = Label("", "section", wrap=True)
        self._visit = Label("", "body", "text-2", wrap=True)
        self._ask_for = Label("", "body", wrap=True)
        self._phones = Section(tr("Phones"))
        self._language = Banner("info")
        self._script = Banner("info", icon="message-square-quote")
        self._machine = Banner("warn", icon="voicemail")
        self.note = TextEdit(hint=tr("What else was said"))
        form = Form()
        form.add("note", tr("Note"), self.note)
        head = QWidget()
        head.setLayout(column(self._name, self._visit, gap=2, margins=(14, 12, 14, 12)))
        says = Section(tr("Say"))
        says.add(self._ask_for)
        says.add(self._language)
        says.add(self._script)
        says.add(self._machine)
        noted = Section(ruled=True)
        noted.add(form)
        panel = SidePanel()
        panel.set_head(head)
        for section in (self._phones, says, noted):
            panel.add(section)
        self.buttons = {
            outcome: Button(tr(words), icon=icon, keys=key)
            for outcome, (words, key, icon) in OUTCOMES.items()
        }
        for outcome, button in self.buttons.items():
            button.clicked.connect(lambda _=False, outcome=outcome: self.outcome_wanted.emit(outcome))
        self.buttons[CallOutcome.CONFIRMED].restyle("primary")
        both = list(self.buttons.values())
        foot = Frame(
            "foot",
            column(
                both[0],
                row(both[1], both[2], gap=6),
                row(both[3], both[4], gap=6),
                gap=6,
                margins=(12, 8, 12, 8),
            ),
        )
        panel.set_foot(foot)
        self._call = panel
        self._nothing = EmptyState(
            "phone",
            tr("No call is chosen"),
            tr("Choose a patient on the left: the numbers and what to say stand here."),
        )
        self.addWidget(self._nothing)
        self.addWidget(self._call)
        DetailWidth(self)
        self.show_sheet(None)

    def show_sheet(self, sheet: CallSheet | None, *, may_record: bool = True) -> None:
        """The call about a visit; None: none is chosen."""
        self.setCurrentWidget(self._nothing if sheet is None else self._call)
        if sheet is None:
            return
        call = sheet.call
        self._name.setText(call.patient)
        self._visit.setText(
            tr(
                "{day}, {time}, {provider}",
                day=weekday_date(call.starts.date()),
                time=us_time(call.starts),
                provider=call.provider,
            )
        )
        self._ask_for.setText(tr("Ask for {name}.", name=sheet.ask_for))
        self._phones.clear()
        for phone in sheet.phones:
            self._phones.add(_line(phone))
        if not sheet.phones:
            self._phones.add(Label(tr("No number is on file. Look at the contacts."), "body", "text-2"))
        needed = tr("{language}: have an interpreter on the line.", language=sheet.language)
        self._language.say("info", needed if sheet.interpreter_needed else "", icon="languages")
        self._script.say("info", f"“{sheet.script}”", icon="message-square-quote")
        self._machine.say(
            "warn" if sheet.voicemail else "block",
            tr("On a machine only: “{words}”", words=sheet.voicemail)
            if sheet.voicemail
            else tr("Leave no message: no number of this patient may have one."),
            icon="voicemail",
        )
        self.buttons[CallOutcome.MESSAGE_LEFT].setEnabled(may_record and bool(sheet.voicemail))
        for outcome, button in self.buttons.items():
            if outcome is not CallOutcome.MESSAGE_LEFT:
                button.setEnabled(may_record)
        set_shown(self.note, may_record)


def _line(phone: CallPhone) -> IconLine:
    may = tr("voicemail OK") if phone.voicemail_ok else tr("no voicemail")
    return IconLine(_KINDS.get(phone.kind, "phone"), us_phone(phone.number), f"{tr(phone.kind)}, {may}")
