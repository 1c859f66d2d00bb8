"""One patient to tell: the sentence, the phones with what they allow, what was told before, the outcomes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule.late import LatePatient, Phone, Told
from frontdesk.services.schedule.notices import Notice
from frontdesk.ui.kit.banner import Banner, EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, IconLine, Section, SidePanel
from frontdesk.ui.text import tr


class LateDetail(QStackedWidget):
    """Empty until a patient is chosen."""

    told = Signal(object)
    """Told: how."""
    day_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = Label("", "section", wrap=True)
        self._when = Label("", "body", "text-2", wrap=True)
        self._say = Banner("info", icon="message-square-quote")
        self._say.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._phones = Section(tr("Phones"))
        self._before = Section(tr("Told before"))
        self.by_phone = Button(tr("Told by phone"), "primary", icon="phone-outgoing", keys="T")
        self.text = Button(tr("Send text"), icon="message-square", keys="S")
        self.message = Button(tr("Message left"), icon="voicemail", keys="M")
        self.in_person = Button(tr("Told in person"), "primary", icon="user-check", keys="P")
        self.to_day = Button(tr("Show in the day"), icon="calendar", keys="Enter")
        self._no_message = Label(tr("No phone allows a voicemail."), "secondary", "text-3", wrap=True)
        self.by_phone.clicked.connect(lambda: self.told.emit(Told.PHONE))
        self.text.clicked.connect(lambda: self.told.emit(Told.TEXT))
        self.message.clicked.connect(lambda: self.told.emit(Told.MESSAGE))
        self.in_person.clicked.connect(lambda: self.told.emit(Told.IN_PERSON))
        self.to_day.clicked.connect(self.day_wanted)
        panel = SidePanel()
        head = QWidget()
        head.setLayout(column(self._name, self._when, gap=2, margins=(14, 12, 14, 12)))
        panel.set_head(head)
        say = Section(tr("Say"))
        say.add(self._say)
        panel.add(self._phones)
        panel.add(say)
        panel.add(self._before)
        panel.set_foot(
            Frame(
                "foot",
                column(
                    self._no_message,
                    self.by_phone,
                    self.in_person,
                    row(self.text, self.message, gap=6),
                    self.to_day,
                    gap=6,
                    margins=(12, 8, 12, 8),
                ),
            )
        )
        nobody = EmptyState(
            "phone-outgoing",
            tr("Nobody is chosen"),
            tr("Choose a patient to see what to say and where to call."),
        )
        self.addWidget(Frame("detail", column(nobody)))
        self.addWidget(panel)

    @property
    def first(self) -> QWidget:
        """Where the focus goes with F6."""
        return self.in_person if self.in_person.isVisibleTo(self) else self.by_phone

    def show_patient(self, patient: LatePatient | None) -> None:
        """The chosen one; None: none is."""
        self.setCurrentIndex(0 if patient is None else 1)
        if patient is None:
            return
        self._name.setText(patient.patient)
        self._when.setText(
            tr(
                "{what}, booked {booked}, expected in at {predicted} with {provider}",
                what=patient.what,
                booked=clock_time(patient.starts),
                predicted=clock_time(patient.predicted),
                provider=patient.provider,
            )
        )
        self._say.say("info", f"“{patient.say}”", icon="message-square-quote")
        self._phones.clear()
        for phone in patient.phones:
            self._phones.add(IconLine("phone", phone.number, _allows(phone)))
        if not patient.phones:
            self._phones.add(Label(tr("No phone is on file. Tell them when they come."), "body", wrap=True))
        self._before.clear()
        if patient.told:
            self._before.add(Facts(tuple((clock_time(each.at), _said(each)) for each in patient.told)))
        set_shown(self._before, bool(patient.told))
        set_shown(self.in_person, patient.is_here)
        set_shown(self.by_phone, not patient.is_here)
        set_shown(self.text, patient.may_text)
        set_shown(self.message, patient.may_leave_message)
        set_shown(self._no_message, not patient.may_leave_message and not patient.is_here)


def how_told(how: Told) -> str:
    """ "Told by phone"."""
    return {
        Told.PHONE: tr("Told by phone"),
        Told.TEXT: tr("Text on its way"),
        Told.MESSAGE: tr("Message left"),
        Told.IN_PERSON: tr("Told in person"),
    }[how]


def _allows(phone: Phone) -> str:
    text = tr("text OK") if phone.text_ok else tr("no text")
    voicemail = tr("voicemail OK") if phone.voicemail_ok else tr("no voicemail")
    return f"{phone.kind}, {text}, {voicemail}"


def _said(notice: Notice) -> str:
    by = tr(" ({who})", who=notice.who) if notice.who else ""
    return f"{notice.said}{by}"
