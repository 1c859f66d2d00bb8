"""A patient's addresses, each from one day to another; the old ones are kept."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import AddressKind, PatientAddress
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import match_keys
from frontdesk.services.registration.drafts import AddressDraft
from frontdesk.services.registration.rules import check_address
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

MAIL_ORDER = (AddressKind.CONFIDENTIAL, AddressKind.TEMPORARY, AddressKind.MAILING, AddressKind.HOME)

says(
    "no_overlap_patient_address",
    "The patient already has an address of this kind for these days. End that one first.",
    field="kind",
)


@dataclass(frozen=True, slots=True)
class PastAddress:
    """An address with the days for which it held; the last day is None while it holds."""

    address: AddressDraft
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class PastStay:
    """A temporary address as it was, and whose."""

    patient_id: int
    past: PastAddress


@dataclass(frozen=True, slots=True)
class Mail:
    """Where a patient's mail goes."""

    address: AddressDraft

    @property
    def is_confidential(self) -> bool:
        """Never read out, never printed beside the home address (45 CFR 164.522(b))."""
        return self.address.kind is AddressKind.CONFIDENTIAL


def _change_undone(done: Performed) -> Undo:
    return Undo(
        change,
        patient_id=done.arguments["patient_id"],
        before=done.arguments["after"],
        after=done.arguments["before"],
        kind=done.arguments["kind"],
    )


@command(
    "Change address",
    permission="registration.edit",
    undo=_change_undone,
)
def change(
    work: Work,
    *,
    patient_id: int,
    before: AddressDraft | None,
    after: AddressDraft | None,
    kind: AddressKind,
) -> None:
    """From today `after` holds in the place of `before`, which is what the desk saw; None is no address."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    if after is not None:
        refuse_if_any(check_address(after))
    row = current(work, patient_id, kind)
    if (None if row is None else draft_of(row)) != (None if before is None else _tidied(before, kind)):
        raise Conflict(
            "Another desk changed the address of this patient. Nothing of yours was saved. "
            "Look at what changed, then save again."
        )
    if row is not None and row.valid_from == work.today:
        # Entered today: a slip, or taken back. No day ever passed with it.
        work.session.delete(row)
        work.flush()
        if after is not None and _resume(work, patient_id, _tidied(after, kind)):
            match_keys.rebuild(work, patient_id)
            return
    elif row is not None:
        row.valid_until = work.today - timedelta(days=1)
        work.flush()
    if after is not None:
        start(work, patient_id, _tidied(after, kind), work.today)
    match_keys.rebuild(work, patient_id)


def _stay_undone(done: Performed) -> Undo:
    return Undo(end_stay, address_id=done.result, last_day=None)


@command("Add temporary address", permission="registration.edit", undo=_stay_undone)
def stay(
    work: Work, *, patient_id: int, draft: AddressDraft, first_day: date, last_day: date | None = None
) -> int:
    """The id of an address that holds from one day to another: a summer, a stay with family."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    findings = check_address(draft)
    if last_day is not None and last_day < first_day:
        findings.append(Finding("The last day is before the first. Check both.", "last_day"))
    if last_day is not None and last_day < work.today:
        findings.append(Finding("This stay is over already. Choose today or later.", "last_day"))
    refuse_if_any(findings)
    return start(work, patient_id, _tidied(draft, AddressKind.TEMPORARY), first_day, until=last_day).id


def _end_stay_undone(done: Performed) -> Undo:
    ended: PastStay = done.result
    return Undo(
        resume_stay,
        address_id=done.arguments["address_id"],
        patient_id=ended.patient_id,
        draft=ended.past.address,
        first_day=ended.past.valid_from,
        last_day=ended.past.valid_until,
    )


@command("End temporary address", permission="registration.edit", undo=_end_stay_undone)
def end_stay(work: Work, *, address_id: int, last_day: date | None) -> PastStay:
    """The address holds to this day; without one it is as if it had never been said. Gives what it was."""
    row = work.get(PatientAddress, address_id)
    work.concerns(row.patient_id)
    if row.kind is not AddressKind.TEMPORARY:
        raise Refused(Finding("Only a temporary address ends this way. Change the other kinds.", "kind"))
    was = PastStay(row.patient_id, PastAddress(draft_of(row), row.valid_from, row.valid_until))
    if last_day is None or last_day < row.valid_from:
        # No day passed with it that anybody relied on, or it was a slip.
        work.session.delete(row)
    else:
        row.valid_until = last_day
    return was


@command(
    "Resume temporary address",
    permission="registration.edit",
    undo=irreversible("End the stay again, on the day on which it ends."),
)
def resume_stay(
    work: Work,
    *,
    address_id: int,
    patient_id: int,
    draft: AddressDraft,
    first_day: date,
    last_day: date | None,
) -> int:
    """It goes on as it was before it was ended; the id of its row."""
    work.concerns(patient_id)
    row = work.session.get(PatientAddress, address_id)
    if row is None:
        return start(work, patient_id, draft, first_day, until=last_day).id
    row.valid_until = last_day
    return row.id


@query(permission="registration.view")
def history(work: Work, *, patient_id: int) -> tuple[PastAddress, ...]:
    """Every address of the patient, the newest first."""
    rows = work.session.scalars(
        select(PatientAddress)
        .where(PatientAddress.patient_id == patient_id)
        .order_by(PatientAddress.valid_from.desc(), PatientAddress.id.desc())
    )
    return tuple(PastAddress(draft_of(row), row.valid_from, row.valid_until) for row in rows)


def start(
    work: Work, patient_id: int, draft: AddressDraft, from_day: date, *, until: date | None = None
) -> PatientAddress:
    """An address that holds from this day on."""
    tidied = _tidied(draft, draft.kind)
    return work.add(
        PatientAddress(
            patient_id=patient_id,
            kind=tidied.kind,
            street=tidied.street,
            unit=tidied.unit,
            city=tidied.city,
            state=tidied.state,
            postal_code=tidied.postal_code,
            valid_from=from_day,
            valid_until=until,
        )
    )


def current(work: Work, patient_id: int, kind: AddressKind) -> PatientAddress | None:
    """The address of a kind that holds today."""
    return work.session.scalars(
        select(PatientAddress)
        .where(
            PatientAddress.patient_id == patient_id,
            PatientAddress.kind == kind,
            PatientAddress.valid_from <= work.today,
            or_(PatientAddress.valid_until.is_(None), PatientAddress.valid_until >= work.today),
        )
        .order_by(PatientAddress.valid_from.desc(), PatientAddress.id.desc())
    ).first()


def mail_to(work: Work, patient_id: int) -> Mail | None:
    """Where mail goes today: the confidential address before all others, a stay before the usual ones."""
    rows = work.session.scalars(
        select(PatientAddress).where(
            PatientAddress.patient_id == patient_id,
            PatientAddress.valid_from <= work.today,
            or_(PatientAddress.valid_until.is_(None), PatientAddress.valid_until >= work.today),
        )
    )
    first = min(rows, key=lambda row: (MAIL_ORDER.index(row.kind), -row.id), default=None)
    return None if first is None else Mail(draft_of(first))


def draft_of(row: PatientAddress) -> AddressDraft:
    """A stored address as the desk would type it."""
    return AddressDraft(row.street, row.city, row.state, row.postal_code, row.unit, row.kind)


def one_line(draft: AddressDraft) -> str:
    """ "2218 Alder Court, Apt 4, Beaverton OR 97005"."""
    street = ", ".join(filter(None, (draft.street, draft.unit)))
    return f"{street}, {draft.city} {draft.state} {draft.postal_code}".rstrip()


def _resume(work: Work, patient_id: int, draft: AddressDraft) -> bool:
    """Let the address that ended yesterday go on, if it is this one."""
    ended = work.session.scalars(
        select(PatientAddress).where(
            PatientAddress.patient_id == patient_id,
            PatientAddress.kind == draft.kind,
            PatientAddress.valid_until == work.today - timedelta(days=1),
        )
    ).first()
    if ended is None or draft_of(ended) != draft:
        return False
    ended.valid_until = None
    return True


def _tidied(draft: AddressDraft, kind: AddressKind) -> AddressDraft:
    return AddressDraft(
        street=" ".join(draft.street.split()),
        unit=" ".join(draft.unit.split()),
        city=" ".join(draft.city.split()),
        state=draft.state.strip().upper(),
        postal_code=draft.postal_code.strip(),
        kind=kind,
    )
