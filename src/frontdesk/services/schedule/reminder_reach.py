"""How patients can be reached for a reminder: their own numbers, or a minor's guardian's."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from frontdesk.kernel.text import age_on
from frontdesk.models.records.consent import Answer, Consent, ConsentForm
from frontdesk.models.registration.account import Account, AccountMember
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientAddress, PatientContact, PatientPhone
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.reminder import ReminderOptOut
from frontdesk.services.schedule.reminder_plan import MESSAGES, Reach
from frontdesk.services.work import Work

MESSAGES_FORM = "messages"
"""The consent form about texts and e-mail: who refused or revoked it gets neither."""


@dataclass(frozen=True, slots=True)
class _Guardian:
    patient_id: int | None
    phone: str


def reaches(work: Work, patient_ids: Collection[int]) -> dict[int, Reach]:
    """By patient; eight statements, however many."""
    wanted = sorted(set(patient_ids))
    guardians = _guardians(work, wanted)
    others = {found.patient_id for found in guardians.values() if found.patient_id is not None}
    own = _own(work, sorted({*wanted, *others}))
    reached = {}
    for patient_id in wanted:
        reach, guardian = own[patient_id], guardians.get(patient_id)
        if guardian is None:
            reached[patient_id] = reach
        elif guardian.patient_id is not None:
            reached[patient_id] = replace(reach, guardian=own[guardian.patient_id])
        else:
            reached[patient_id] = replace(
                reach, guardian=Reach(reach.way, has_phone=True, has_address=reach.has_address)
            )
    return reached


def address_for(reach: Reach, channel: Channel) -> str:
    """The number or address of a message to this person."""
    return {Channel.TEXT: reach.text, Channel.EMAIL: reach.email}.get(channel, "")


def _own(work: Work, patient_ids: list[int]) -> dict[int, Reach]:
    asked = select(
        Patient.id, Patient.reminder_way, Patient.second_way, Patient.email, Patient.born_on
    ).where(Patient.id.in_(patient_ids))
    rows = work.session.execute(asked).all()
    silent = no_messages(work, patient_ids)
    texts, called = _phones(work, patient_ids)
    mailed = _with_address(work, patient_ids)
    stopped = _stopped(work, [*texts.values(), *(row.email for row in rows)])
    found = {}
    for row in rows:
        text = texts.get(row.id, "")
        may_write = row.id not in silent
        found[row.id] = Reach(
            way=row.reminder_way,
            second=row.second_way,
            text=text if may_write and (Channel.TEXT, text) not in stopped else "",
            email=row.email.lower()
            if may_write and (Channel.EMAIL, row.email.lower()) not in stopped
            else "",
            has_phone=row.id in called,
            has_address=row.id in mailed,
            age=age_on(row.born_on, work.today),
        )
    return found


def _phones(work: Work, patient_ids: list[int]) -> tuple[dict[int, str], set[int]]:
    """The first number that takes texts, and who has any number at all."""
    asked = (
        select(PatientPhone.patient_id, PatientPhone.number, PatientPhone.text_ok)
        .where(PatientPhone.patient_id.in_(patient_ids), PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.rank, PatientPhone.id)
    )
    texts: dict[int, str] = {}
    called = set()
    for patient_id, number, text_ok in work.session.execute(asked):
        called.add(patient_id)
        if text_ok:
            texts.setdefault(patient_id, number)
    return texts, called


def _with_address(work: Work, patient_ids: list[int]) -> set[int]:
    asked = select(PatientAddress.patient_id).where(
        PatientAddress.patient_id.in_(patient_ids),
        PatientAddress.valid_from <= work.today,
        or_(PatientAddress.valid_until.is_(None), PatientAddress.valid_until >= work.today),
    )
    return set(work.session.scalars(asked))


def no_messages(work: Work, patient_ids: list[int]) -> set[int]:
    """Who said no to texts and e-mail when asked last."""
    asked = (
        select(Consent.patient_id, Consent.answer)
        .join(ConsentForm, ConsentForm.id == Consent.form_id)
        .where(Consent.patient_id.in_(patient_ids), ConsentForm.key == MESSAGES_FORM)
        .order_by(Consent.recorded_at, Consent.id)
    )
    last = dict(work.session.execute(asked).all())
    return {id for id, answer in last.items() if answer in (Answer.REFUSED, Answer.REVOKED)}


def _stopped(work: Work, addresses: Iterable[str]) -> set[tuple[Channel, str]]:
    wanted = sorted({address.lower() for address in addresses if address})
    asked = select(ReminderOptOut.channel, ReminderOptOut.address).where(
        ReminderOptOut.channel.in_(MESSAGES),
        ReminderOptOut.address.in_(wanted),
        ReminderOptOut.ended_at.is_(None),
    )
    return {(channel, address) for channel, address in work.session.execute(asked)}


def _guardians(work: Work, patient_ids: list[int]) -> dict[int, _Guardian]:
    """Who decides for each: the guardian on file, else another patient who holds the account."""
    holders = (
        select(AccountMember.patient_id, Account.holder_patient_id)
        .join(Account, Account.id == AccountMember.account_id)
        .where(
            AccountMember.patient_id.in_(patient_ids),
            AccountMember.valid_from <= work.today,
            or_(AccountMember.valid_until.is_(None), AccountMember.valid_until >= work.today),
            Account.holder_patient_id.is_not(None),
            Account.holder_patient_id != AccountMember.patient_id,
        )
        .order_by(AccountMember.id)
    )
    found = {id: _Guardian(holder, "") for id, holder in work.session.execute(holders)}
    contacts = (
        select(PatientContact.patient_id, PatientContact.contact_patient_id, PatientContact.phone)
        .where(
            PatientContact.patient_id.in_(patient_ids),
            PatientContact.is_guardian,
            PatientContact.ended_on.is_(None),
            or_(PatientContact.contact_patient_id.is_not(None), PatientContact.phone != ""),
        )
        .order_by(PatientContact.id.desc())
    )
    for id, guardian_id, phone in work.session.execute(contacts):
        found[id] = _Guardian(guardian_id, phone)
    return found
