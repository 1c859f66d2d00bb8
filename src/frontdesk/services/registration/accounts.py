"""Guarantor accounts: who pays for whom, and from which day."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import age_on
from frontdesk.models.registration.account import Account, AccountMember
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.registration import addresses
from frontdesk.services.registration.drafts import AddressDraft, GuarantorDraft
from frontdesk.services.registration.phone_numbers import stored_phone
from frontdesk.services.registration.rules import ADULT_AGE, check_guarantor
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "no_overlap_account_member",
    "This patient already belongs to an account for these days.",
    field="guarantor",
)


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as statements see it."""

    id: int
    number: str
    holder_patient_id: int | None
    holder: str
    holder_phone: str
    address: AddressDraft | None
    member_ids: tuple[int, ...]
    """The patients whose balance goes there today."""


@query(permission="registration.view")
def account_of(work: Work, *, patient_id: int, on: date | None = None) -> AccountView | None:
    """The account that pays for the patient on a day (today)."""
    account_id = account_id_of(work, patient_id, on or work.today)
    return None if account_id is None else view(work, account_id)


def _change_guarantor_undone(done: Performed) -> Undo:
    return Undo(change_guarantor, patient_id=done.arguments["patient_id"], guarantor=done.result)


@command(
    "Change guarantor",
    permission="registration.edit",
    undo=_change_guarantor_undone,
    in_turn=True,
)
def change_guarantor(
    work: Work, *, patient_id: int, guarantor: GuarantorDraft | None
) -> GuarantorDraft | None:
    """From today the patient's new balances go there; gives back who paid before. None is the patient."""
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    refuse_if_any([] if guarantor is None else [*check_guarantor(guarantor), *_unfit(work, guarantor, "")])
    member = _membership(work, patient_id, work.today)
    before: GuarantorDraft | None = None
    if member is not None:
        account = work.get(Account, member.account_id)
        if account.holder_patient_id != patient_id:
            before = GuarantorDraft(account_id=account.id)
        if member.valid_from == work.today:
            work.session.delete(member)
        else:
            member.valid_until = work.today - timedelta(days=1)
        work.flush()
    _join(work, patient, guarantor)
    return before


def open_for(work: Work, patient: Patient, guarantor: GuarantorDraft | None) -> None:
    """Let the guarantor, or without one the new patient, pay from today on."""
    if guarantor is None:
        account = _opened(work, patient.id)
        work.add(AccountMember(account_id=account.id, patient_id=patient.id, valid_from=work.today))
        return
    refuse_if_any(_unfit(work, guarantor, "guarantor."))
    _join(work, patient, guarantor)


def _join(work: Work, patient: Patient, guarantor: GuarantorDraft | None) -> None:
    account = _account_for(work, patient, guarantor)
    work.add(AccountMember(account_id=account.id, patient_id=patient.id, valid_from=work.today))


def _account_for(work: Work, patient: Patient, guarantor: GuarantorDraft | None) -> Account:
    if guarantor is not None and guarantor.account_id is not None:
        return work.get(Account, guarantor.account_id)
    holder = patient.id if guarantor is None else guarantor.patient_id
    if holder is not None:
        known = work.session.scalars(select(Account).where(Account.holder_patient_id == holder)).first()
        if known is not None:
            return known
    return _opened(work, holder, guarantor)


def _opened(work: Work, holder: int | None, person: GuarantorDraft | None = None) -> Account:
    account = Account(number=f"A-{work.next_number('account'):05d}", holder_patient_id=holder)
    if person is not None and holder is None:
        _fill(account, person)
    work.add(account)
    work.flush()
    return account


def account_id_of(work: Work, patient_id: int, on: date) -> int | None:
    """The id of the account that pays for the patient on a day."""
    member = _membership(work, patient_id, on)
    return None if member is None else member.account_id


def view(work: Work, account_id: int) -> AccountView:
    """An account with its holder's name and address."""
    account = work.get(Account, account_id)
    members = work.session.scalars(
        select(AccountMember.patient_id)
        .where(AccountMember.account_id == account_id, *_on(work.today))
        .order_by(AccountMember.id)
    )
    holder, address = first_last(account.holder_first, account.holder_last), None
    if account.holder_patient_id is not None:
        person = work.get(Patient, account.holder_patient_id)
        holder = first_last(person.legal_first, person.legal_last)
        mail = addresses.mail_to(work, person.id)
        address = None if mail is None else mail.address
    elif account.street:
        address = _address_of(account)
    return AccountView(
        id=account.id,
        number=account.number,
        holder_patient_id=account.holder_patient_id,
        holder=holder,
        holder_phone=account.holder_phone,
        address=address,
        member_ids=tuple(members),
    )


def _membership(work: Work, patient_id: int, on: date) -> AccountMember | None:
    return work.session.scalars(
        select(AccountMember).where(AccountMember.patient_id == patient_id, *_on(on))
    ).first()


def _on(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        AccountMember.valid_from <= day,
        or_(AccountMember.valid_until.is_(None), AccountMember.valid_until >= day),
    )


def _unfit(work: Work, guarantor: GuarantorDraft, prefix: str) -> list[Finding]:
    field = f"{prefix}patient_id"
    if guarantor.patient_id is None:
        return []
    holder = work.session.get(Patient, guarantor.patient_id)
    if holder is None:
        return [Finding("The person who pays is no longer there. Choose another.", field)]
    if age_on(holder.born_on, work.today) < ADULT_AGE:
        return [Finding("The person who pays is under 18. Choose an adult.", field)]
    return []


def _fill(account: Account, guarantor: GuarantorDraft) -> None:
    account.holder_first = " ".join(guarantor.first.split())
    account.holder_last = " ".join(guarantor.last.split())
    account.holder_phone = stored_phone(guarantor.phone) if guarantor.phone.strip() else ""
    if guarantor.address is not None:
        account.street, account.unit = guarantor.address.street.strip(), guarantor.address.unit.strip()
        account.city, account.state = guarantor.address.city.strip(), guarantor.address.state.strip().upper()
        account.postal_code = guarantor.address.postal_code.strip()


def _address_of(account: Account) -> AddressDraft:
    return AddressDraft(account.street, account.city, account.state, account.postal_code, account.unit)
