"""A patient's phones, in the order in which they are to be called."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, refuse_if_any
from frontdesk.models.registration.reach import PatientPhone, PermissionSource
from frontdesk.services.command import Performed, Undo, command
from frontdesk.services.registration import search_keys
from frontdesk.services.registration.drafts import PhoneDraft
from frontdesk.services.registration.phone_numbers import stored_phone
from frontdesk.services.registration.rules import check_phones
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "uq_patient_phone_in_use",
    "This phone number is already in the list. Take one of them out.",
    field="number",
)


def _change_undone(done: Performed) -> Undo:
    return Undo(
        change,
        patient_id=done.arguments["patient_id"],
        before=done.arguments["after"],
        after=done.arguments["before"],
    )


@command(
    "Change phones",
    permission="registration.edit",
    undo=_change_undone,
)
def change(
    work: Work, *, patient_id: int, before: tuple[PhoneDraft, ...], after: tuple[PhoneDraft, ...]
) -> None:
    """Put the list `after` in the place of `before`, which is what the desk saw; the old ones are ended."""
    work.concerns(patient_id)
    refuse_if_any(check_phones(after))
    rows = in_use(work, patient_id)
    if [_said(draft_of(row)) for row in rows] != [_said(draft) for draft in stored(before)]:
        raise Conflict(
            "Another desk changed the phones of this patient. Nothing of yours was saved. "
            "Look at what changed, then save again."
        )
    known = {row.number: row for row in rows}
    wanted = stored(after)
    for number, row in known.items():
        if number not in {draft.number for draft in wanted}:
            row.ended_on = work.today
    work.flush()
    for rank, draft in enumerate(wanted, start=1):
        if kept := known.get(draft.number):
            kept.rank, kept.kind, kept.note = rank, draft.kind, draft.note
            _permit(work, kept, draft)
        else:
            _add_one(work, patient_id, rank, draft)
    search_keys.rebuild(work, patient_id)


def add(work: Work, patient_id: int, drafts: tuple[PhoneDraft, ...]) -> None:
    """The first phones of a new patient."""
    for rank, draft in enumerate(stored(drafts), start=1):
        _add_one(work, patient_id, rank, draft)


def in_use_of(work: Work, patient_ids: Collection[int]) -> dict[int, list[PatientPhone]]:
    """Several patients' phones that were not ended, in order; one statement."""
    found: dict[int, list[PatientPhone]] = {}
    if patient_ids:
        asked = (
            select(PatientPhone)
            .where(PatientPhone.patient_id.in_(patient_ids), PatientPhone.ended_on.is_(None))
            .order_by(PatientPhone.patient_id, PatientPhone.rank, PatientPhone.id)
        )
        for row in work.session.scalars(asked):
            found.setdefault(row.patient_id, []).append(row)
    return found


def in_use(work: Work, patient_id: int) -> list[PatientPhone]:
    """The phones that were not ended, in order."""
    return list(
        work.session.scalars(
            select(PatientPhone)
            .where(PatientPhone.patient_id == patient_id, PatientPhone.ended_on.is_(None))
            .order_by(PatientPhone.rank, PatientPhone.id)
        )
    )


def draft_of(row: PatientPhone) -> PhoneDraft:
    """A stored phone as the desk would type it."""
    return PhoneDraft(
        row.number,
        row.kind,
        row.text_ok,
        row.voicemail_ok,
        row.note,
        row.permission_source,
        row.permission_on,
    )


def stored(drafts: tuple[PhoneDraft, ...]) -> tuple[PhoneDraft, ...]:
    """Checked phones with their numbers as stored."""
    return tuple(
        replace(draft, number=stored_phone(draft.number), note=draft.note.strip()) for draft in drafts
    )


def _said(draft: PhoneDraft) -> PhoneDraft:
    """What the desk sees of a phone; since when it may be texted is kept here."""
    return replace(draft, permission_source=None, permission_on=None)


def _permit(work: Work, row: PatientPhone, draft: PhoneDraft) -> None:
    """What may be done with a number; what is new was said today, at the desk."""
    is_news = (row.text_ok, row.voicemail_ok) != (draft.text_ok, draft.voicemail_ok)
    row.text_ok, row.voicemail_ok = draft.text_ok, draft.voicemail_ok
    is_dated = draft.permission_on is not None and draft.permission_on != row.permission_on
    if is_news or draft.permission_source not in (None, row.permission_source):
        row.permission_on = draft.permission_on if is_dated else work.today
        row.permission_source = draft.permission_source or PermissionSource.AT_DESK


def _add_one(work: Work, patient_id: int, rank: int, draft: PhoneDraft) -> None:
    source = draft.permission_source
    if source is None and (draft.text_ok or draft.voicemail_ok):
        source = PermissionSource.AT_DESK
    work.add(
        PatientPhone(
            patient_id=patient_id,
            rank=rank,
            kind=draft.kind,
            number=draft.number,
            text_ok=draft.text_ok,
            voicemail_ok=draft.voicemail_ok,
            permission_source=source,
            permission_on=(draft.permission_on or work.today) if source is not None else None,
            note=draft.note,
        )
    )
