"""Family members side by side: their visits planned one after another or at the same time, booked as one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.registration.account import AccountMember
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientContact
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import accounts
from frontdesk.services.schedule import booking, checks, known, nearby, resources
from frontdesk.services.schedule.series import Occurrence
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.together import each_or_none
from frontdesk.services.schedule.visit_types import needs_of
from frontdesk.services.work import Work


class SideBySide(StrEnum):
    """How the visits of a family stand to each other."""

    AFTER = "after"
    """One after another with the same provider."""
    BESIDE = "beside"
    """At the same time with other providers."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A patient of the same household, or one who is named as a contact."""

    patient_id: int
    name: str
    born_on: date
    relation: str
    """As the contact says it: "daughter"; empty for the same account."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who else comes, and for what."""

    patient_id: int
    visit_type_id: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A relative's visit as it would stand."""

    patient_id: int
    name: str
    visit_type_id: int
    provider: str
    then: Occurrence


@dataclass(frozen=True, slots=True)
class FamilyVisit:
    """A relative's visit to be booked."""

    patient_id: int
    visit_type_id: int
    slot: Slot


@query(permission="schedule.view")
def relatives(work: Work, *, patient_id: int) -> tuple[Relative, ...]:
    """The living patients of the same account today, and those named as contacts on either side."""
    account = accounts.account_id_of(work, patient_id, work.today)
    in_force = or_(AccountMember.valid_until.is_(None), AccountMember.valid_until >= work.today)
    same = select(AccountMember.patient_id).where(
        AccountMember.account_id == (account or 0), AccountMember.valid_from <= work.today, in_force
    )
    named = work.session.execute(
        select(
            PatientContact.patient_id, PatientContact.contact_patient_id, PatientContact.relationship
        ).where(
            or_(PatientContact.patient_id == patient_id, PatientContact.contact_patient_id == patient_id),
            PatientContact.contact_patient_id.is_not(None),
            PatientContact.ended_on.is_(None),
        )
    ).all()
    relations = {
        each.contact_patient_id: each.relationship for each in named if each.patient_id == patient_id
    }
    ids = {each.patient_id for each in named} | {each.contact_patient_id for each in named}
    found = work.session.scalars(
        select(Patient)
        .where(
            or_(Patient.id.in_(same), Patient.id.in_(sorted(ids))),
            Patient.id != patient_id,
            Patient.status.not_in([PatientStatus.DECEASED, PatientStatus.MERGED]),
        )
        .order_by(Patient.born_on, Patient.id)
    )
    return tuple(
        Relative(each.id, known.spoken_name(each), each.born_on, relations.get(each.id, "")) for each in found
    )


@query(permission="schedule.view")
def plan(
    work: Work, *, appointment_id: int, wanted: tuple[Wanted, ...], side: SideBySide
) -> tuple[Planned, ...]:
    """A place for each relative beside a booked visit, with what is in the way where there is none."""
    first = work.get(Appointment, appointment_id)
    names = resources.providers(work)
    used = {first.provider_id}
    cursor = first.ends
    planned: list[Planned] = []
    for one in wanted:
        if side is SideBySide.AFTER:
            then = _after(work, one, first.provider_id, cursor)
            cursor = max(cursor, then.ends)
        else:
            then = _beside(work, one, [id for id in names if id not in used], first)
            used.add(then.slot.provider_id)
        provider = names.get(then.slot.provider_id)
        planned.append(
            Planned(
                patient_id=one.patient_id,
                name=known.spoken_name(work.get(Patient, one.patient_id)),
                visit_type_id=one.visit_type_id,
                provider=provider.name if provider else "",
                then=then,
            )
        )
    return tuple(planned)


def _after(work: Work, one: Wanted, provider_id: int, cursor: datetime) -> Occurrence:
    then = _look(work, one, Slot(provider_id, cursor))
    if then.is_free:
        return then
    # The next time of that day that is still beside the others, if there is any.
    place = nearby.next_place(
        work,
        patient_id=one.patient_id,
        visit_type_id=one.visit_type_id,
        wanted=Slot(provider_id, cursor, then.slot.minutes),
    )
    return _look(work, one, place) if place is not None and place.starts.date() == cursor.date() else then


def _beside(work: Work, one: Wanted, provider_ids: list[int], first: Appointment) -> Occurrence:
    looked = [_look(work, one, Slot(id, first.starts)) for id in provider_ids]
    if not looked:
        finding = Finding("Every provider of the practice is taken by this family.", field="slot")
        slot = Slot(first.provider_id, first.starts, booking.minutes_of(first))
        return Occurrence(slot, first.ends, (finding,), None)
    return next((each for each in looked if each.is_free), looked[0])


def _look(work: Work, one: Wanted, slot: Slot) -> Occurrence:
    kind, _ = needs_of(work, one.visit_type_id)
    minutes = slot.minutes or kind.minutes or 0
    findings: tuple[Finding, ...] = ()
    try:
        checks.place(
            work,
            patient=work.get(Patient, one.patient_id),
            visit_type_id=one.visit_type_id,
            slot=slot,
            says_next=False,
        )
    except Refused as refused:
        findings = refused.findings
    asked = Slot(slot.provider_id, slot.starts, minutes or None)
    return Occurrence(asked, slot.starts + timedelta(minutes=minutes), findings, None)


def _unbook(done: Performed) -> Undo:
    return Undo(unbook, appointment_ids=done.result)


@command("Book family", permission="schedule.book", undo=_unbook)
def book(work: Work, *, visits: tuple[FamilyVisit, ...], override_reason: str = "") -> tuple[int, ...]:
    """Books the visits of a family, all of them or none; gives back their ids.

    Raises `Refused` with everything against each of them.
    """
    if not visits:
        raise Refused(Finding("Choose who else comes."))
    return each_or_none(
        visits,
        lambda each: booking.book(
            work,
            patient_id=each.patient_id,
            slot=each.slot,
            visit_type_id=each.visit_type_id,
            override_reason=override_reason,
        ),
        lambda each: known.spoken_name(work.get(Patient, each.patient_id)),
    )


@command(
    "Take back family's visits",
    permission="schedule.book",
    undo=irreversible("Book the family anew; the times may be gone."),
)
def unbook(work: Work, *, appointment_ids: tuple[int, ...]) -> None:
    """Takes back the visits that were booked together."""
    for id in reversed(appointment_ids):
        booking.unbook(work, appointment_id=id)
