"""Running late: how each provider's day runs, whom to tell, with which words, and what they were told."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.schedule import late
from frontdesk.services.schedule.late import LatePatient, LateProvider, RunningLate, Told
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.worklist import DetailWidth
from frontdesk.ui.schedule.late_detail import LateDetail, how_told
from frontdesk.ui.schedule.worklists import WorklistPage
from frontdesk.ui.text import counted, tr

Line = LateProvider | LatePatient
_AGAIN_MS = 60_000
"""The projection moves with the clock, whether or not anything is stamped."""


class LatePage(WorklistPage):
    """A row per patient under the provider they wait for; one key notes how they were told."""

    title = "Running late"
    part = "late"
    topics = frozenset({"appointment", "visit_notice", "patient_phone", "provider", "visit_type"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._answer: RunningLate | None = None
        self._wanted: int | None = None
        self._was_told: int | None = None
        self._model: ListModel[Line] = ListModel(_look, key=_key)
        self.list: RowList[Line] = RowList(self._model, says=tr("Patients to tell"), lead_width=52)
        self.list.chosen.connect(self._chose)
        self.list.opened.connect(self._open)
        self.detail = LateDetail()
        self.detail.told.connect(self.tell)
        self.detail.day_wanted.connect(self.show_in_day)
        self.nobody = EmptyState("clock-check", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nobody)
        self._stack.addWidget(self.list)
        self._head = Label("", "secondary", "text-2", wrap=True)
        left = Frame("surface", column(row(self._head, margins=(12, 8, 12, 8)), self._stack, gap=0))
        DetailWidth(self.detail)
        self.set_content(Frame("surface", row(left, self.detail, gap=0)))
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.reload_soon)
        self._clock.start(_AGAIN_MS)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Patient")),
            Key("T", tr("Told by phone"), lambda: self._told_by_key(Told.PHONE)),
            Key("S", tr("Send text"), lambda: self._told_by_key(Told.TEXT)),
            Key("M", tr("Message left"), lambda: self._told_by_key(Told.MESSAGE)),
            Key("P", tr("Told in person"), lambda: self._told_by_key(Told.IN_PERSON)),
            Key("Return", tr("Show in the day")),
            Key("Esc", tr("Day view"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.sub_tabs, self.detail.first, self.list)

    def open_with(self, errand: Errand) -> None:
        """With a provider: the first of their patients."""
        self._wanted = errand.provider_id
        self._choose_wanted()

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, late.running_late)

    def tell(self, how: Told) -> None:
        """Notes that the chosen patient was told, in the words that the page shows."""
        patient = self.list.current()
        if not isinstance(patient, LatePatient):
            return
        self.clear_complaints()
        self.desk.do(
            self,
            lambda _: self._noted(patient, how),
            late.tell,
            appointment_id=patient.appointment_id,
            how=how,
            said=patient.say,
            promised=patient.come_at,
        )

    def show_in_day(self) -> None:
        """The visit in the book, to find it another time."""
        patient = self.list.current()
        if isinstance(patient, LatePatient):
            self.go.emit(
                "schedule",
                Errand("show", patient.patient_id, patient.appointment_id, starts=patient.starts),
            )

    def _told_by_key(self, how: Told) -> None:
        if self.list.hasFocus():
            self.tell(how)

    def _noted(self, patient: LatePatient, how: Told) -> None:
        self._was_told = patient.appointment_id
        self.told.emit(tr("{how}: {name}", how=how_told(how), name=patient.patient))

    def _show(self, answer: RunningLate) -> None:
        self._answer = answer
        lines: list[Line] = []
        for provider in answer.providers:
            theirs = [each for each in answer.patients if each.provider_id == provider.provider_id]
            if provider.is_late or theirs:
                lines += [provider, *theirs]
        self._model.show(lines)
        self._stack.setCurrentIndex(1 if lines else 0)
        self._say_nobody(answer)
        self._head.setText(_summary(answer))
        self._to_next()
        self._choose_wanted()
        if lines and self.list.current() is None:
            self._choose_first()

    def _to_next(self) -> None:
        """After one was told, the next who was not."""
        if self._was_told is None:
            return
        rows = self._model.rows()
        told = self._model.row_of(("visit", self._was_told))
        self._was_told = None
        waiting = [n for n, each in enumerate(rows) if isinstance(each, LatePatient) and not each.is_told]
        after = [n for n in waiting if n > told] or waiting
        if after:
            self.list.keeper.choose(after[0])

    def _choose_wanted(self) -> None:
        if self._wanted is None or self._answer is None:
            return
        mine = [each for each in self._answer.patients if each.provider_id == self._wanted]
        self._wanted = None
        if mine:
            first = next((each for each in mine if not each.is_told), mine[0])
            self.list.choose(_key(first))

    def _choose_first(self) -> None:
        rows = [each for each in self._model.rows() if isinstance(each, LatePatient)]
        if rows:
            self.list.choose(_key(next((each for each in rows if not each.is_told), rows[0])))

    def _chose(self, line: Line | None) -> None:
        patient = line if isinstance(line, LatePatient) else None
        self.detail.show_patient(patient)
        self.patient_chosen.emit(patient.patient_id if patient else None)

    def _open(self, _: Line) -> None:
        self.show_in_day()

    def _say_nobody(self, answer: RunningLate) -> None:
        if answer.providers:
            self.nobody.say("clock-check", tr("Everybody is on time"), tr("Nobody has to be told anything."))
        else:
            self.nobody.say("clock-check", tr("Nobody is waiting"), tr("No more visits are expected today."))


def _summary(answer: RunningLate) -> str:
    late_ones = [each for each in answer.providers if each.is_late]
    if not answer.patients and not late_ones:
        return ""
    runs = counted(len(late_ones), "{count} provider runs late", "{count} providers run late")
    tell = counted(answer.to_tell, "{count} patient to tell", "{count} patients to tell")
    return tr("{runs}, {tell}. As of {time}.", runs=runs, tell=tell, time=clock_time(answer.at))


def _key(line: Line) -> tuple[str, int]:
    if isinstance(line, LatePatient):
        return ("visit", line.appointment_id)
    return ("provider", line.provider_id)


def _look(line: Line) -> Item:
    if isinstance(line, LateProvider):
        busy = (
            tr(", with a patient until {time}", time=clock_time(line.busy_until)) if line.busy_until else ""
        )
        return Item(line.provider, trailing=Words(f"{line.words}{busy}"), is_head=True)
    phone = line.phones[0].number if line.phones else tr("No phone")
    here = tr("here") if line.is_here else phone
    if line.is_told:
        tone, icon, chip = "ok", "check", tr("Told {time}", time=clock_time(line.told[-1].at))
    elif line.told:
        tone, icon, chip = "warn", "triangle-alert", tr("Told another time")
    else:
        tone, icon, chip = "warn", "phone-outgoing", tr("To tell")
    later = counted(line.late_minutes, "{count} min later", "{count} min later")
    return Item(
        line.patient,
        lines=(
            (
                Words(tr("→ {time}", time=clock_time(line.predicted)), "text", role="medium"),
                Words(later),
                Words(here, icon="user-check" if line.is_here else "phone"),
                Words(line.what, "text-3"),
            ),
        ),
        lead=clock_time(line.starts),
        chip=chip,
        chip_tone=tone,
        chip_icon=icon,
    )
