"""The statements that went out to those of the Tuesday who owe something, by the real command."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo.characters import CHARTS
from frontdesk.demo.people import chart_number
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import statements
from frontdesk.services.database import Database
from frontdesk.services.work import SYSTEM

SENT: Final = (
    ("Danielle Foster", datetime(2026, 1, 28, 16, 30)),
    ("Deborah Klein", datetime(2026, 2, 16, 16, 30)),
    ("George Mbeki", datetime(2026, 2, 16, 16, 31)),
)


def send(database: Database, clock: SetClock) -> None:
    """One statement each, on the day after the insurer had decided."""
    with Session(database.engines.read) as session:
        account_ids = {}
        for name, _ in SENT:
            first, last = name.split()
            named = select(Account.id).join(Patient, Patient.id == Account.holder_patient_id)
            named = named.where(Patient.legal_first == first, Patient.legal_last == last)
            if name in CHARTS:
                named = named.where(Patient.chart_number == chart_number(CHARTS[name]))
            account_ids[name] = session.scalars(named.order_by(Patient.id)).first()
    for name, at in SENT:
        account_id = account_ids[name]
        assert account_id is not None
        clock.set(instant(at))
        database.do(SYSTEM, statements.issue, account_id=account_id)
    clock.set(STARTS_AT)
