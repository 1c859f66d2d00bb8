"""Money that goes back: asked for by the one at the desk, approved by another."""

from frontdesk.services.billing import refunds
from frontdesk.services.billing.refunds import RefundDraft, RefundWay
from frontdesk.services.work import Actor
from tests.office import Office

MANAGER = Actor(None, "Maria Hess", "MH", frozenset({"*"}))
"""The second of two persons."""


def asked(office: Office, receipt_id: int, cents: int, way: RefundWay = RefundWay.CHECK) -> int:
    """A refund of what is left of a receipt, asked for."""
    draft = RefundDraft(cents, way, "Paid twice", receipt_id=receipt_id)
    return office.do(refunds.ask_for, draft=draft)


def approved(office: Office, refund_id: int, version: int = 1) -> None:
    """By Maria, who did not ask for it."""
    office.database.do(MANAGER, refunds.approve, refund_id=refund_id, version=version)


def refunded(office: Office, receipt_id: int, cents: int) -> int:
    """A refund that went out by check."""
    refund_id = asked(office, receipt_id, cents)
    approved(office, refund_id)
    office.do(refunds.pay, refund_id=refund_id, reference="2071", version=2)
    return refund_id
