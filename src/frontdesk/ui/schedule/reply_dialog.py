"""A patient's answer to a reminder, typed in by the desk: it confirms, declines, stops messages, or asks."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule import reminder_replies
from frontdesk.services.schedule.reminder_replies import Replied, ReplyMeaning
from frontdesk.services.schedule.words import Channel
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import NoteEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.text import tr

_DONE = {
    ReplyMeaning.CONFIRM: "Recorded the reply: the visit is confirmed",
    ReplyMeaning.DECLINE: "Recorded the reply: does not come, on the call list",
    ReplyMeaning.STOP: "Recorded the reply: no more messages to there",
    ReplyMeaning.START: "Recorded the reply: messages are allowed again",
    ReplyMeaning.OTHER: "Recorded the reply: on the call list",
}


class ReplyDialog(Dialog):
    """Enter the number or address and the words; what they mean is read from them."""

    def __init__(self, parent: QWidget, desk: Desk, told: Callable[[str], object]) -> None:
        super().__init__(
            parent,
            tr("What did the patient answer?"),
            tr(
                tr("C or Yes confirms, No declines, Stop ends the messages. Other words ask for a call."),
            ),
            icon="message-square-reply",
            icon_color="accent",
            width=480,
        )
        self._desk, self._told = desk, told
        self.channel: Segmented[Channel] = Segmented(
            ((Channel.TEXT, tr("Text")), (Channel.EMAIL, tr("E-mail"))), says=tr("Channel")
        )
        self.from_whom, self.said = TextEdit(), NoteEdit(lines=3)
        form = Form()
        form.add("channel", tr("By"), self.channel)
        form.add("sender", tr("From (number or address)"), self.from_whom)
        form.add("said", tr("Answer"), self.said)
        self.body.addWidget(form)
        self.add_verb(tr("Do not record"), keys="Esc")
        self.add_verb(tr("Record reply"), self.record, kind="primary", closes=False)

    def record(self) -> None:
        """Takes it down."""
        self._desk.do(
            self,
            self._recorded,
            reminder_replies.record,
            channel=self.channel.value(),
            sender=self.from_whom.value(),
            said=self.said.value(),
        )

    def _recorded(self, replied: Replied) -> None:
        self.accept()
        self._told(tr(_DONE[replied.meaning]))
