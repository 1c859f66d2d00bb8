"""A receipt by e-mail: only where a mail server is set up and the patient did not say no to messages.

No transaction is open while the server is waited for; what it took is noted afterwards.
"""

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.receipts import IssueWay, Receipt
from frontdesk.models.office.practice import Practice
from frontdesk.models.schedule.appointment import Channel
from frontdesk.services.billing import papers, receipts
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.command import query
from frontdesk.services.database import Database
from frontdesk.services.schedule import message_settings, reminder_reach, reminder_sender
from frontdesk.services.schedule.delivery import AttemptResult
from frontdesk.services.schedule.reminder_message import Message
from frontdesk.services.work import Actor, Work


@query(permission="billing.view")
def address_of(work: Work, *, patient_id: int) -> str:
    """Where a patient's receipts may be sent; empty where they may not, or no server is set up."""
    server = message_settings.settings(work).mail
    if server is None or not server.is_on:
        return ""
    return reminder_reach.reaches(work, (patient_id,))[patient_id].email


@query(permission="billing.take_payment")
def letter(work: Work, *, receipt_id: int) -> tuple[str, Message]:
    """To whom, and the message with the receipt; raises Refused where it may not be sent."""
    receipt = work.get(Receipt, receipt_id)
    work.concerns(receipt.patient_id)
    to = address_of(work, patient_id=receipt.patient_id)
    if not to:
        raise Refused(Finding("No e-mail may be sent to this patient. Print the receipt."))
    practice = work.session.scalars(select(Practice.name)).one()
    number = said_number(receipt.number)
    body = f"{practice}: thank you for your payment. Receipt {number} is attached."
    pdf = papers.receipt_pdf(work, receipt_id=receipt_id)
    return to, Message(f"Receipt {number} from {practice}", body, b"", pdf, f"receipt-{number}.pdf")


def send(database: Database, actor: Actor, *, receipt_id: int) -> str:
    """Send a receipt now; what the server answered, as a sentence. Raises Refused where it took nothing."""
    to, message = database.ask(actor, letter, receipt_id=receipt_id)
    settings = database.ask(actor, message_settings.settings)
    delivery = reminder_sender.hand_over(
        settings, Channel.EMAIL, to, message, about=receipt_id, database=database
    )
    if delivery.result is not AttemptResult.SENT:
        raise Refused(Finding(f"The receipt was not e-mailed. {delivery.answer} Print it instead."))
    database.do(actor, receipts.hand_out, receipt_id=receipt_id, way=IssueWay.EMAILED)
    return delivery.answer
