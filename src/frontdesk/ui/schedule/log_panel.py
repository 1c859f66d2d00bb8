"""The log of reminders by state, each with its tries; here a bounce and a patient's answer are entered."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.text import clock_time, us_phone, us_time
from frontdesk.services.schedule import reminder_jobs, reminder_log
from frontdesk.services.schedule.reminder_log import Attempt, JobLine, ReminderLog, Shown
from frontdesk.services.schedule.reminder_rules import CHANNELS
from frontdesk.services.schedule.words import AttemptResult, Channel, JobState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Section, SidePanel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.kit.worklist import DetailWidth
from frontdesk.ui.schedule.cards_dialog import CardsDialog
from frontdesk.ui.schedule.replies_panel import RepliesPanel
from frontdesk.ui.schedule.reply_dialog import ReplyDialog
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_REPLIES = "replies"
_PARTS = (
    (Shown.WAITING.value, "Waiting"),
    (Shown.SENT.value, "Sent"),
    (Shown.FAILED.value, "Failed"),
    (Shown.WITHDRAWN.value, "Withdrawn"),
    (_REPLIES, "Replies"),
)
_ICONS = {
    Channel.TEXT: "message-square-text",
    Channel.EMAIL: "mail",
    Channel.PHONE: "phone",
    Channel.LETTER: "mailbox",
}
_STATES = {
    JobState.PLANNED: ("Waiting", "neutral"),
    JobState.CLAIMED: ("Being sent", "info"),
    JobState.SENT: ("Sent", "ok"),
    JobState.FAILED: ("Failed", "block"),
    JobState.UNKNOWN: ("Unknown", "warn"),
    JobState.WITHDRAWN: ("Withdrawn", "neutral"),
}
_RESULTS = {
    AttemptResult.SENT: "Sent",
    AttemptResult.TEMPORARY: "Failed for now",
    AttemptResult.PERMANENT: "Failed for good",
    AttemptResult.UNKNOWN: "Unknown",
    AttemptResult.BOUNCED: "Came back",
}


class LogPanel(Panel):
    """Reminders on the left, the tries of the chosen one on the right."""

    topics = frozenset({"reminder_job", "reminder_attempt"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.parts = SubTabs(tuple((name, tr(words)) for name, words in _PARTS), says=tr("Part of the log"))
        self.parts.chosen.connect(self.reload)
        self._model = TableModel[JobLine](
            [
                Column("Due", self._due, width=110),
                Column("Patient", lambda job: Cell(job.patient, role="strong")),
                Column("Visit", self._visit, width=120),
                Column("By", _by, width=110),
                Column("Reminder", lambda job: job.what, width=180),
                Column("State", _state, width=100),
            ],
            key=lambda job: job.id,
        )
        self.table = Table(self._model, says=tr("Reminders"))
        self.table.chosen.connect(self._choose)
        ColumnFit(self.table, self._model.columns, least=170, first_to_go=("Reminder", "Due", "By", "Visit"))
        self._nothing = EmptyState(
            "bell",
            tr("Nothing here"),
            tr("Reminders are planned by the rules, a minute after the visit is booked."),
        )
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self._nothing)
        self.replies = RepliesPanel(desk)
        self.replies.told.connect(self.told)
        self.replies.patient_chosen.connect(self.patient_chosen)
        self._list.addWidget(self.replies)
        self.reply = Button(tr("Record a reply"), icon="message-square-reply")
        self.reply.clicked.connect(self.record_reply)
        self.cards = Button(tr("Print cards"), icon="printer")
        self.cards.clicked.connect(self.print_cards)
        head = Frame("bar", row(self.parts, None, margins=(0, 0, 12, 0)))
        head.setFixedHeight(theme().px(44))
        self.bounced = Button(tr("It came back"), icon="undo-2")
        self.bounced.clicked.connect(self.mark_bounced)
        foot = Frame("foot", row(self.bounced, self.reply, self.cards, None, margins=(12, 8, 12, 8)))
        left = QWidget()
        left.setLayout(column(head, self.banner, self._list, foot, gap=0))
        self._name = Label("", "section", wrap=True)
        self._why = Label("", "body", "text-2", wrap=True)
        self._tries = Section(tr("Tries"))
        top = QWidget()
        top.setLayout(column(self._name, self._why, gap=2, margins=(14, 12, 14, 12)))
        self.side = SidePanel()
        self.side.set_head(top)
        self.side.add(self._tries)
        whole = row(gap=0)
        whole.addWidget(left, 1)
        whole.addWidget(self.side)
        self.setLayout(whole)
        DetailWidth(self.side)
        self._choose(None)

    def reload(self) -> None:
        set_shown(self.side, self.parts.value() != _REPLIES)
        if self.parts.value() == _REPLIES:
            self._list.setCurrentWidget(self.replies)
            set_shown(self.bounced, False)
            return
        self.desk.ask(self, self._show, reminder_log.log, shown=Shown(self.parts.value()))

    def record_reply(self) -> None:
        """What a patient answered, typed in."""
        dialog = ReplyDialog(self, self.desk, self.told.emit)
        dialog.open()
        dialog.from_whom.setFocus()

    def print_cards(self) -> None:
        """Printed cards for a day."""
        CardsDialog(self, self.desk, self.told.emit).open()

    def mark_bounced(self) -> None:
        """The chosen message came back: the patient is called instead."""
        job = self.table.current()
        if job is not None:
            self.clear_complaints()
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Put {name} on the call list", name=job.patient)),
                reminder_jobs.mark_bounced,
                job_id=job.id,
                said="",
            )

    def _show(self, found: ReminderLog) -> None:
        if self.parts.value() == _REPLIES:
            return
        for name, count in found.counts.items():
            self.parts.show_count(name, count)
        self._model.show(found.lines)
        self._list.setCurrentWidget(self.table if found.lines else self._nothing)
        if found.lines and self.table.current() is None:
            self.table.choose_first()
        self._choose(self.table.current())

    def _choose(self, job: JobLine | None) -> None:
        can_bounce = (
            job is not None and job.state is JobState.SENT and job.channel in (Channel.TEXT, Channel.EMAIL)
        )
        set_shown(self.bounced, can_bounce and self.desk.may("schedule.book"))
        self._tries.clear()
        if job is None:
            self._name.setText(tr("No reminder is chosen"))
            self._why.setText(tr("Choose one on the left: what came of it stands here."))
            return
        self.patient_chosen.emit(job.patient_id)
        self._name.setText(job.patient)
        self._why.setText(tr(job.why or _stands(job)))
        self.desk.ask(self, self._show_attempts, reminder_log.attempts, job_id=job.id)

    def _show_attempts(self, attempts: tuple[Attempt, ...]) -> None:
        self._tries.clear()
        for each in attempts:
            when = f"{each.at.month}/{each.at.day}, {us_time(each.at)}, {each.desk}"
            to = each.sent_to if "@" in each.sent_to else us_phone(each.sent_to)
            head = f"{tr(_RESULTS[each.result])}{f': {to}' if to else ''}"
            self._tries.add(Label(head, "strong", wrap=True))
            self._tries.add(Label(when, "secondary", "text-3", wrap=True))
            if each.answer:
                self._tries.add(Label(each.answer, "secondary", "text-2", wrap=True))
            if each.next_try is not None:
                again = tr("Tried again at {time}.", time=clock_time(each.next_try))
                self._tries.add(Label(again, "secondary", "text-2", wrap=True))
        if not attempts:
            self._tries.add(Label(tr("None yet."), "secondary", "text-3"))

    def _due(self, job: JobLine) -> str:
        if job.due.date() == self.desk.today:
            return tr("Today {time}", time=clock_time(job.due))
        return f"{job.due.month}/{job.due.day}, {clock_time(job.due)}"

    def _visit(self, job: JobLine) -> str:
        return f"{job.starts:%a} {job.starts.month}/{job.starts.day}, {clock_time(job.starts)}"


_STANDS = {
    JobState.PLANNED: "It waits for its time.",
    JobState.CLAIMED: "A desk is sending it.",
    JobState.SENT: "The server took it. Whether it was read nobody knows.",
    JobState.FAILED: "It did not go out. A call takes its place.",
    JobState.UNKNOWN: "Nobody can say whether it arrived. It is not sent again; call the patient.",
    JobState.WITHDRAWN: "It was not sent.",
}


def _stands(job: JobLine) -> str:
    if job.channel is Channel.PHONE and job.state is JobState.PLANNED:
        return "A call. It is on the call list once its time has come."
    if job.channel is Channel.PHONE and job.state is JobState.SENT:
        return "The patient was called."
    return _STANDS[job.state]


def _by(job: JobLine) -> Cell:
    return Cell(tr(dict(CHANNELS)[job.channel]), icon=_ICONS[job.channel])


def _state(job: JobLine) -> Cell:
    words, tone = _STATES[job.state]
    if job.channel is Channel.PHONE:
        words = {JobState.PLANNED: "To call", JobState.SENT: "Called"}.get(job.state, words)
    return Cell(tr(words), tone=tone, count=str(job.tries) if job.tries > 1 else "")
