"""Two small pages and a patient panel, to try the window with."""

from typing import ClassVar

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.page import Errand, Key, Page, Parked, PatientView
from frontdesk.ui.shell.pages import Entry


class FirstPage(Page):
    title = "Schedule"
    parks = str
    topics = frozenset({"patient"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.errands: list[Errand] = []
        self.note = QLineEdit()
        self.button = QPushButton("Go")
        self.set_content(Frame("canvas", column(self.note, self.button, None)))
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+I", "Find here", self.find_here), Key("Left", "Provider"))

    def find_here(self) -> None:
        self.note.setText("found")

    def open_with(self, errand: Errand) -> None:
        self.errands.append(errand)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.note, self.button)

    def recount(self) -> None:
        self.count_changed.emit(3)

    def park(self) -> Parked | None:
        typed = self.note.text()
        self.note.clear()
        return Parked("Booking: T. Nguyen", typed) if typed else None

    def take_up(self, state: object) -> None:
        self.note.setText(str(state))


class SecondPage(FirstPage):
    title = "Check-in"
    shows_patient: ClassVar[bool] = True

    def keys(self) -> tuple[Key, ...]:
        return ()


class ClosedPage(FirstPage):
    title = "Billing"
    permission = "billing.view"


class PatientPanel(PatientView):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: list[int | None] = []

    def show_patient(self, patient_id: int | None) -> None:
        self.shown.append(patient_id)


ENTRIES = (
    Entry("schedule", "Schedule", f"{__name__}:FirstPage", counts=True),
    Entry("find_slot", "Schedule", f"{__name__}:SecondPage"),
    Entry("check_in", "Check-in", f"{__name__}:SecondPage"),
    Entry("payment", "Check-in", f"{__name__}:SecondPage"),
    Entry("billing", "Billing", f"{__name__}:ClosedPage"),
)
PANEL = f"{__name__}:PatientPanel"
