"""Sends what is due: plan, claim, send, record, one message after another, until nothing is due.

No transaction is open while a server is waited for. The client runs it while it is open, and
`frontdesk reminders send` for a scheduler; any number may run at once (see `reminder_jobs`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict
from frontdesk.models.office.practice import Practice
from frontdesk.models.schedule.appointment import Channel
from frontdesk.services.command import query
from frontdesk.services.database import Database
from frontdesk.services.schedule import (
    mail_delivery,
    message_secrets,
    message_settings,
    reminder_jobs,
    reminder_message,
    text_delivery,
)
from frontdesk.services.schedule.delivery import AttemptResult, Delivery
from frontdesk.services.schedule.message_settings import MailDraft, MessageSettings, TextDraft
from frontdesk.services.schedule.reminder_jobs import Claim, Refreshed
from frontdesk.services.schedule.reminder_message import Message
from frontdesk.services.work import Actor, Work

PATIENCE: Final = 3
"""After so many failures one after another the server has a bad hour: the next round tries the rest."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How one round went, in numbers of messages."""

    planned: int = 0
    withdrawn: int = 0
    sent: int = 0
    again: int = 0
    """To be tried again later."""
    to_call: int = 0
    """Given up: a person calls."""

    @property
    def is_anything(self) -> bool:
        return any((self.planned, self.withdrawn, self.sent, self.again, self.to_call))


def send_due(database: Database, actor: Actor, *, is_stopped: Callable[[], bool] = lambda: False) -> Sent:
    """One round; writes nothing where nothing waits. Stops between two messages when it is told to."""
    if not database.ask(actor, reminder_jobs.is_work_waiting):
        return Sent()
    try:
        refreshed = database.do(actor, reminder_jobs.refresh).result
    except Conflict:  # another desk plans at this moment: its plan is as good as ours
        refreshed = Refreshed(0, 0, 0)
    sent, again, to_call = 0, 0, refreshed.unknown
    settings = database.ask(actor, message_settings.settings)
    in_a_row = 0
    while not is_stopped():
        try:
            claimed = database.do(actor, reminder_jobs.claim).result
        except Conflict:  # another desk took it between our look and our claim: on to the next
            continue
        if claimed is None:
            break
        if not claimed.job_ids:
            to_call += 1
            continue
        result = _send(database, actor, settings, claimed)
        sent += result is AttemptResult.SENT
        again += result is AttemptResult.TEMPORARY
        to_call += result in (AttemptResult.PERMANENT, AttemptResult.UNKNOWN)
        in_a_row = in_a_row + 1 if result is AttemptResult.TEMPORARY else 0
        if in_a_row == PATIENCE:
            break
    return Sent(refreshed.planned, refreshed.withdrawn, sent, again, to_call)


def send_test(database: Database, actor: Actor, *, channel: Channel, to: str) -> Delivery:
    """Send words that name nobody to a number or address of the office's own; what the server answered."""
    settings = database.ask(actor, message_settings.settings)
    words = database.ask(actor, test_words)
    return hand_over(settings, channel, to, words, about=0, database=database)


@query(permission="office.edit_messaging")
def test_words(work: Work) -> Message:
    """What a test says."""
    practice = work.session.scalars(select(Practice.name)).one()
    return Message(
        f"Test from {practice}", f"{practice}: this is a test from Frontdesk. Nobody needs to answer.", b""
    )


def _send(database: Database, actor: Actor, settings: MessageSettings, claimed: Claim) -> AttemptResult:
    words = database.ask(actor, reminder_message.message, job_ids=claimed.job_ids)
    about = claimed.job_ids[0]
    delivery = hand_over(settings, claimed.channel, claimed.sent_to, words, about=about, database=database)
    database.do(
        actor,
        reminder_jobs.record,
        job_ids=claimed.job_ids,
        result=delivery.result,
        sent_to=claimed.sent_to,
        gateway_id=delivery.gateway_id,
        answer=delivery.answer,
        wait_seconds=delivery.wait_seconds,
    )
    return delivery.result


def hand_over(
    settings: MessageSettings, channel: Channel, to: str, message: Message, *, about: int, database: Database
) -> Delivery:
    """Give a message to the server of its channel."""
    if channel is Channel.EMAIL and settings.mail is not None:
        mail: MailDraft = settings.mail
        account = message_secrets.mail_account(mail.login, mail.host)
        password = message_secrets.kept(message_secrets.MAIL, account) if mail.login else ""
        domain = mail.sender_address.rpartition("@")[2]
        return mail_delivery.deliver(mail, password, to, message, message_id=f"<reminder-{about}@{domain}>")
    if channel is Channel.TEXT and settings.text is not None:
        gateway: TextDraft = settings.text
        token = (
            message_secrets.kept(message_secrets.TEXT, gateway.url) if "{token}" in gateway.headers else ""
        )
        return text_delivery.deliver(gateway, token, to, message.body, now=database.clock.now())
    return Delivery(AttemptResult.TEMPORARY, "No server is set up for this. Set it up under Servers.")
