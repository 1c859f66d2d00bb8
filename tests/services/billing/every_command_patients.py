"""The patients' side of money: refunds."""

from frontdesk.services.billing import refunds
from tests.builders.billing import paid
from tests.builders.refunds import approved, asked, refunded
from tests.office import Office


def run(office: Office, patient_id: int) -> None:
    """For a patient with an account."""
    receipt = paid(office, patient_id, 6000).receipt_id
    office.do(refunds.withdraw, refund_id=asked(office, receipt, 500), reason="Stays as credit")
    turned_down = asked(office, receipt, 500)
    approved(office, turned_down)
    office.do(refunds.refuse, refund_id=turned_down, reason="The household owes more")
    office.do(refunds.void, refund_id=refunded(office, receipt, 500), reason="The check came back")
    asked(office, receipt, 300)
    approved(office, asked(office, receipt, 400))
