"""Legal holds: placed on a chart, some days of it or some papers; released by name, never deleted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import counted, us_date
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.records.retention import LegalHold, LegalHoldDocument, LegalHoldRelease
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records.retention_engine import HoldScope
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_legal_hold_release_hold_id", "This hold was released already.")
BY_MISTAKE: Final = "Placed by mistake."


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold as the list shows it."""

    id: int
    number: str
    patient_id: int
    patient: str
    chart_number: str
    matter: str
    note: str
    covers: str
    document_count: int
    placed_at: datetime
    placed_by: str
    released_at: datetime | None
    released_by: str
    release_reason: str

    @property
    def stands(self) -> bool:
        """Whether it still stops destruction."""
        return self.released_at is None


def _released(done: Performed) -> Undo:
    return Undo(release, hold_id=done.result, reason=BY_MISTAKE)


@command("Place legal hold", permission="records.place_hold", undo=_released)
def place(
    work: Work,
    *,
    patient_id: int,
    matter: str,
    note: str = "",
    covers_from: date | None = None,
    covers_to: date | None = None,
    document_ids: tuple[int, ...] = (),
) -> int:
    """Stop the destruction of a chart, of what is dated within some days, or of single documents."""
    lock_charts(work, (patient_id,))
    work.concerns(patient_id)
    findings = []
    if not matter.strip():
        findings.append(
            Finding("Name the matter: the case, the audit, the letter that asks for it.", "matter")
        )
    if covers_from is not None and covers_to is not None and covers_to < covers_from:
        findings.append(Finding("The last day is before the first. Look at the dates again.", "covers_to"))
    if document_ids and (covers_from is not None or covers_to is not None):
        findings.append(
            Finding("A hold is on documents or on days, not both. Place two holds.", "covers_from")
        )
    found = work.session.scalars(
        select(Document).where(Document.id.in_(document_ids)).order_by(Document.id)
    ).all()
    if len(found) != len(set(document_ids)) or any(each.patient_id != patient_id for each in found):
        findings.append(Finding("Not every document is in this chart any more. Choose them again."))
    elif any(each.state is DocumentState.DISPOSED for each in found):
        findings.append(Finding("One of the documents is destroyed already. Choose them again."))
    if findings:
        raise Refused(*findings)
    hold = work.add(
        LegalHold(
            number=work.next_number("legal_hold"),
            patient_id=patient_id,
            matter=matter.strip(),
            note=note.strip(),
            covers_from=covers_from,
            covers_to=covers_to,
            is_of_documents=bool(document_ids),
            placed_at=work.now,
            placed_by_id=work.actor.user_id,
            placed_by=work.actor.name,
        )
    )
    work.flush()
    for document_id in sorted(set(document_ids)):
        work.add(LegalHoldDocument(hold_id=hold.id, document_id=document_id))
    return hold.id


@command(
    "Release legal hold",
    permission="records.release_hold",
    undo=irreversible("A release stays in the log. Place the hold again if it must go on."),
)
def release(work: Work, *, hold_id: int, reason: str) -> None:
    """The matter is over: what it covered follows the rules again."""
    hold = work.get(LegalHold, hold_id)
    work.concerns(hold.patient_id)
    if not reason.strip():
        raise Refused(Finding("Write who says that the matter is over.", "reason"))
    if work.session.scalar(select(LegalHoldRelease.id).where(LegalHoldRelease.hold_id == hold_id)):
        raise Refused(Finding("This hold was released already."))
    work.add(
        LegalHoldRelease(
            hold_id=hold_id,
            reason=reason.strip(),
            released_at=work.now,
            released_by_id=work.actor.user_id,
            released_by=work.actor.name,
        )
    )


@query(permission="records.view")
def holds(work: Work, *, patient_id: int | None = None, with_released: bool = True) -> tuple[HoldLine, ...]:
    """Holds that stand first, then the released ones, newest first; of one chart or of all."""
    counts: dict[int, int] = {}
    for hold_id in work.session.scalars(select(LegalHoldDocument.hold_id)):
        counts[hold_id] = counts.get(hold_id, 0) + 1
    wanted = (
        select(LegalHold, LegalHoldRelease, Patient)
        .join(Patient, Patient.id == LegalHold.patient_id)
        .outerjoin(LegalHoldRelease, LegalHoldRelease.hold_id == LegalHold.id)
        .order_by(LegalHoldRelease.id.is_not(None), LegalHold.number.desc())
    )
    if patient_id is not None:
        wanted = wanted.where(LegalHold.patient_id == patient_id)
    if not with_released:
        wanted = wanted.where(LegalHoldRelease.id.is_(None))
    return tuple(
        _line(work, hold, ended, patient, counts.get(hold.id, 0))
        for hold, ended, patient in work.session.execute(wanted)
    )


def standing(work: Work, patient_ids: Iterable[int] | None = None) -> Mapping[int, list[HoldScope]]:
    """The holds that are not released, by chart, in two statements."""
    wanted = (
        select(LegalHold)
        .outerjoin(LegalHoldRelease, LegalHoldRelease.hold_id == LegalHold.id)
        .where(LegalHoldRelease.id.is_(None))
        .order_by(LegalHold.number)
    )
    if patient_ids is not None:
        wanted = wanted.where(LegalHold.patient_id.in_(sorted(set(patient_ids))))
    named: dict[int, set[int]] = {}
    for hold_id, document_id in work.session.execute(
        select(LegalHoldDocument.hold_id, LegalHoldDocument.document_id)
    ):
        named.setdefault(hold_id, set()).add(document_id)
    found: dict[int, list[HoldScope]] = {}
    for hold in work.session.scalars(wanted):
        found.setdefault(hold.patient_id, []).append(
            HoldScope(
                hold_id=hold.id,
                number=hold.number,
                matter=hold.matter,
                patient_id=hold.patient_id,
                covers_from=hold.covers_from,
                covers_to=hold.covers_to,
                document_ids=frozenset(named.get(hold.id, ())) if hold.is_of_documents else None,
            )
        )
    return found


def lock_charts(work: Work, patient_ids: Iterable[int]) -> None:
    """Until the end of this work nobody places a hold on these charts, or destroys something of them."""
    wanted = sorted(set(patient_ids))
    locked = work.session.scalars(
        select(Patient.id).where(Patient.id.in_(wanted)).order_by(Patient.id).with_for_update()
    ).all()
    for patient_id in wanted:
        if patient_id not in locked:
            work.get(Patient, patient_id)


def said(number: int) -> str:
    """ "H-0002"."""
    return f"H-{number:04}"


def _line(
    work: Work, hold: LegalHold, ended: LegalHoldRelease | None, patient: Patient, count: int
) -> HoldLine:
    return HoldLine(
        id=hold.id,
        number=said(hold.number),
        patient_id=patient.id,
        patient=last_first(patient.legal_last, patient.legal_first),
        chart_number=patient.chart_number,
        matter=hold.matter,
        note=hold.note,
        covers=_covers(hold, count),
        document_count=count,
        placed_at=work.wall(hold.placed_at),
        placed_by=hold.placed_by,
        released_at=work.wall(ended.released_at) if ended is not None else None,
        released_by=ended.released_by if ended is not None else "",
        release_reason=ended.reason if ended is not None else "",
    )


def _covers(hold: LegalHold, count: int) -> str:
    if hold.is_of_documents:
        return counted(count, "document")
    first, last = hold.covers_from, hold.covers_to
    if first is not None and last is not None:
        return f"{us_date(first)} to {us_date(last)}"
    if first is not None:
        return f"Dated from {us_date(first)}"
    return f"Dated until {us_date(last)}" if last is not None else "Whole chart"
