"""Where a patient was seen before or beside this office, and what they hold there."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import fold
from frontdesk.models.records.document import Category
from frontdesk.models.records.outside import OutsideOffice, PriorProvider
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import outside
from frontdesk.services.records.outside import OfficeView
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "ck_prior_provider_texts_short",
    "A name has 120 characters at most and a note 500. Shorten what is too long.",
    field="note",
)


@dataclass(frozen=True, slots=True)
class PriorDraft:
    """A prior provider as the patient tells it."""

    office_id: int | None
    provider_name: str = ""
    seen_from: date | None = None
    seen_until: date | None = None
    holds: tuple[Category, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PriorView:
    """A prior provider as it stands."""

    id: int
    version: int
    office: OfficeView
    draft: PriorDraft

    @property
    def seen(self) -> str:
        """ "2019 to 2025", "since 2021", "until 07/2025"; empty where nobody knows."""
        first, last = self.draft.seen_from, self.draft.seen_until
        if first and last:
            return f"{first.year} to {last.year}" if first.year != last.year else f"{last.year}"
        if first:
            return f"since {first.year}"
        return f"until {last:%m/%Y}" if last else ""


@query(permission="registration.view")
def priors(work: Work, *, patient_id: int) -> tuple[PriorView, ...]:
    """The patient's prior providers, those seen last first; one statement."""
    rows = work.session.execute(
        select(PriorProvider, OutsideOffice)
        .join(OutsideOffice, OutsideOffice.id == PriorProvider.office_id)
        .where(PriorProvider.patient_id == patient_id, PriorProvider.is_active)
    )
    found = [PriorView(row.id, row.version, outside.view_of(office), _draft(row)) for row, office in rows]
    return tuple(sorted(found, key=lambda each: (each.draft.seen_until or date.max, each.id), reverse=True))


def _add_undone(done: Performed) -> Undo:
    return Undo(remove, prior_id=done.result)


@command("Add prior provider", permission="registration.edit", undo=_add_undone)
def add(work: Work, *, patient_id: int, draft: PriorDraft) -> int:
    """The new entry's id."""
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    refuse_if_any(_findings(work, patient, draft, None))
    return work.add(PriorProvider(patient_id=patient_id, **_columns(draft))).id


def _change_undone(done: Performed) -> Undo:
    return Undo(change, prior_id=done.arguments["prior_id"], draft=done.result)


@command("Change prior provider", permission="registration.edit", undo=_change_undone)
def change(work: Work, *, prior_id: int, draft: PriorDraft, version: int | None = None) -> PriorDraft:
    """Gives back what it was."""
    row = work.get(PriorProvider, prior_id, version)
    work.concerns(row.patient_id)
    before = _draft(row)
    refuse_if_any(_findings(work, work.get(Patient, row.patient_id), draft, prior_id))
    for name, value in _columns(draft).items():
        setattr(row, name, value)
    return before


def _remove_undone(done: Performed) -> Undo:
    return Undo(put_back, prior_id=done.arguments["prior_id"])


@command("Take prior provider off", permission="registration.edit", undo=_remove_undone)
def remove(work: Work, *, prior_id: int) -> None:
    """It was entered by mistake."""
    row = work.get(PriorProvider, prior_id)
    work.concerns(row.patient_id)
    row.is_active = False


def _put_back_undone(done: Performed) -> Undo:
    return Undo(remove, prior_id=done.arguments["prior_id"])


@command("Put prior provider back", permission="registration.edit", undo=_put_back_undone)
def put_back(work: Work, *, prior_id: int) -> None:
    """It stands on the patient's sheet again."""
    row = work.get(PriorProvider, prior_id)
    work.concerns(row.patient_id)
    row.is_active = True


def _findings(work: Work, patient: Patient, draft: PriorDraft, prior_id: int | None) -> list[Finding]:
    findings: list[Finding] = []
    office = work.session.get(OutsideOffice, draft.office_id) if draft.office_id else None
    if office is None:
        findings.append(Finding("Choose the office from the directory, or add it there.", "office_id"))
    if draft.seen_from and draft.seen_until and draft.seen_until < draft.seen_from:
        findings.append(Finding("The last visit is before the first. Check both dates.", "seen_until"))
    for field in ("seen_from", "seen_until"):
        on: date | None = getattr(draft, field)
        if on is not None and on > work.today:
            findings.append(Finding("This day is still to come. Check the year.", field))
        elif on is not None and on < patient.born_on:
            findings.append(Finding("This day is before the birth date. Check the year.", field))
    same = select(PriorProvider.id, PriorProvider.provider_name).where(
        PriorProvider.patient_id == patient.id,
        PriorProvider.office_id == draft.office_id,
        PriorProvider.is_active,
    )
    if any(
        fold(name) == fold(draft.provider_name) for id_, name in work.session.execute(same) if id_ != prior_id
    ):
        findings.append(Finding("This prior provider is on the sheet already.", "office_id"))
    return findings


def _columns(draft: PriorDraft) -> dict[str, object]:
    return {
        "office_id": draft.office_id,
        "provider_name": " ".join(draft.provider_name.split()),
        "seen_from": draft.seen_from,
        "seen_until": draft.seen_until,
        "holds": draft.holds,
        "note": draft.note.strip(),
    }


def _draft(row: PriorProvider) -> PriorDraft:
    return PriorDraft(
        office_id=row.office_id,
        provider_name=row.provider_name,
        seen_from=row.seen_from,
        seen_until=row.seen_until,
        holds=row.holds,
        note=row.note,
    )
