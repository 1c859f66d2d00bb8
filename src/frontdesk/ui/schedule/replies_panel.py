"""What patients answered, and which numbers and addresses want no messages."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time, us_date, us_phone
from frontdesk.services.schedule import reminder_replies
from frontdesk.services.schedule.reminder_replies import OptOut, Reply
from frontdesk.services.schedule.words import ReplyMeaning
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr

_MEANINGS = {
    ReplyMeaning.CONFIRM: ("Confirms", "ok"),
    ReplyMeaning.DECLINE: ("Does not come", "warn"),
    ReplyMeaning.STOP: ("No more messages", "block"),
    ReplyMeaning.START: ("Messages again", "info"),
    ReplyMeaning.OTHER: ("To be called", "warn"),
}


class RepliesPanel(Panel):
    """Answers above, opt-outs below."""

    topics = frozenset({"reminder_reply", "reminder_opt_out"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._replies = TableModel[Reply](
            [
                Column("Came", lambda reply: f"{us_date(reply.at.date())} {clock_time(reply.at)}", width=130),
                Column("From", lambda reply: _said(reply.sender), width=150),
                Column("Patient", lambda reply: Cell(reply.patient, role="strong"), width=160),
                Column("Answer", lambda reply: reply.said),
                Column("Means", _means, width=140),
            ],
            key=lambda reply: reply.id,
        )
        self.table = Table(self._replies, says=tr("Replies"))
        self.table.chosen.connect(self._choose)
        ColumnFit(self.table, self._replies.columns, least=120, first_to_go=("From", "Came", "Patient"))
        self._opt_outs = TableModel[OptOut](
            [
                Column("Number or address", lambda each: Cell(_said(each.address), role="strong")),
                Column("Since", lambda each: us_date(each.since.date()), width=110),
            ],
            key=lambda each: each.id,
        )
        self.stopped = Table(self._opt_outs, says=tr("No messages to"))
        self.stopped.chosen.connect(self._stopped_chosen)
        self.allow = Button(tr("Allow messages again"), icon="message-square-text")
        self.allow.clicked.connect(self.allow_again)
        self.allow.setEnabled(False)
        self.silent = silent = Card(tr("No messages to"), "message-square-off")
        silent.body.addWidget(self.stopped)
        silent.body.addLayout(row(None, self.allow))
        whole = column(self.banner, gap=0)
        whole.addWidget(self.table, 2)
        whole.addLayout(column(silent, margins=(12, 12, 12, 12)), 1)
        self.setLayout(whole)

    def reload(self) -> None:
        self.desk.ask(self, self._replies.show, reminder_replies.replies)
        self.desk.ask(self, self._show_opt_outs, reminder_replies.opt_outs)

    def allow_again(self) -> None:
        """The chosen number or address may have messages again, as its owner asks."""
        chosen = self.stopped.current()
        if chosen is not None:
            self.clear_complaints()
            self.desk.do(self, self._allowed, reminder_replies.allow_again, opt_out_id=chosen.id)

    def _allowed(self, _: OptOut) -> None:
        self.told.emit(tr("Allowed messages again"))

    def _choose(self, reply: Reply | None) -> None:
        if reply is not None and reply.patient_id is not None:
            self.patient_chosen.emit(reply.patient_id)

    def _show_opt_outs(self, found: tuple[OptOut, ...]) -> None:
        self._opt_outs.show(found)
        set_shown(self.silent, bool(found))
        self._stopped_chosen(self.stopped.current())

    def _stopped_chosen(self, chosen: OptOut | None) -> None:
        self.allow.setEnabled(chosen is not None and self.desk.may("schedule.book"))


def _said(address: str) -> str:
    return address if "@" in address else us_phone(address)


def _means(reply: Reply) -> Cell:
    words, tone = _MEANINGS[reply.meaning]
    return Cell(tr(words), tone=tone)
