"""Copies of records by e-mail over the office's own server: the kept file, and the password by another way.

No transaction is open while the server is waited for; what it took is noted afterwards. It is here, as
records know nothing of the mail server that reminders are sent with.
"""

from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_phone
from frontdesk.models.office.practice import Practice
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.records.release_packet import PasswordWay, ReleasePacket, ReleaseSending
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.message_settings import MailSecurity
from frontdesk.services.command import query
from frontdesk.services.database import Database
from frontdesk.services.records import content, release_deliveries
from frontdesk.services.records.release_sending import Delivery
from frontdesk.services.records.request_row import number_words
from frontdesk.services.schedule import message_settings, reminder_sender
from frontdesk.services.schedule.delivery import AttemptResult
from frontdesk.services.schedule.reminder_message import Message
from frontdesk.services.work import Actor, Work

WAYS: Final = frozenset({Delivery.SECURE_EMAIL, Delivery.EMAIL})
_TOLD: Final = {
    PasswordWay.PHONE: "by telephone",
    PasswordWay.IN_PERSON: "in person",
    PasswordWay.LETTER: "in a letter",
}


@query(permission="records.release")
def address_of(work: Work, *, sending_id: int) -> str:
    """Where a sending may be e-mailed from here; empty where it goes another way, or no server is set up."""
    server = message_settings.settings(work).mail
    sending = work.get(ReleaseSending, sending_id)
    if server is None or not server.is_on or sending.way not in WAYS:
        return ""
    if sending.locked_sha256 is None and server.security is MailSecurity.PLAIN:
        return ""  # neither the file nor the line is locked
    return sending.to_address


@query(permission="records.release")
def letter(work: Work, *, sending_id: int) -> tuple[str, Message]:
    """To whom, and the message with the file; nothing in its words says whose records they are."""
    to = address_of(work, sending_id=sending_id)
    if not to:
        raise Refused(
            Finding("This cannot be e-mailed from here. Save the file, and send it as the office does.")
        )
    sending = work.get(ReleaseSending, sending_id)
    packet = work.get(ReleasePacket, sending.packet_id)
    request = work.get(ReleaseRequest, packet.request_id)
    work.concerns(request.patient_id)
    practice = work.session.scalars(select(Practice)).one()
    number = number_words(request.number)
    words = [f"{practice.name}: the copies that were asked for ({number}) are attached."]
    if sending.password_told is not None:
        words.append(f"The file opens with a password, which you are told {_TOLD[sending.password_told]}.")
    words.append(
        f"If this reached you by mistake, do not open it: delete it, and call {us_phone(practice.phone)}."
    )
    file = content.read(work.session, sending.locked_sha256 or packet.sha256)
    return to, Message(f"{number} from {practice.name}", "\n\n".join(words), b"", file, f"{number}.pdf")


def send(database: Database, actor: Actor, *, sending_id: int) -> str:
    """E-mail the file of a sending now; the server's answer. Raises Refused where it took nothing."""
    to, message = database.ask(actor, letter, sending_id=sending_id)
    settings = database.ask(actor, message_settings.settings)
    delivery = reminder_sender.hand_over(
        settings, Channel.EMAIL, to, message, about=sending_id, database=database
    )
    if delivery.result is not AttemptResult.SENT:
        raise Refused(
            Finding(f"The copies were not e-mailed. {delivery.answer} Try again, or save the file.")
        )
    database.do(actor, release_deliveries.note_mailed, sending_id=sending_id, answer=delivery.answer)
    return delivery.answer
