"""The holders of many accounts at once, for lists: two statements, however many."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from frontdesk.kernel.names import first_last
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientAddress
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Holder:
    """Who pays for a household, and whether mail can reach them."""

    account_number: str
    first: str
    last: str
    has_address: bool

    @property
    def name(self) -> str:
        return first_last(self.first, self.last)


def holders(work: Work, account_ids: Collection[int]) -> dict[int, Holder]:
    """By account."""
    found = work.session.execute(
        select(Account, Patient.id, Patient.legal_first, Patient.legal_last)
        .outerjoin(Patient, Patient.id == Account.holder_patient_id)
        .where(Account.id.in_(account_ids))
    ).all()
    reached = set(
        work.session.scalars(
            select(PatientAddress.patient_id).where(
                PatientAddress.patient_id.in_([patient for _, patient, _, _ in found if patient]),
                PatientAddress.valid_from <= work.today,
                or_(PatientAddress.valid_until.is_(None), PatientAddress.valid_until >= work.today),
            )
        )
    )
    return {
        account.id: Holder(account.number, first, last, has_address=patient_id in reached)
        if patient_id
        else Holder(
            account.number, account.holder_first, account.holder_last, has_address=bool(account.street)
        )
        for account, patient_id, first, last in found
    }
