"""Attachments of claims (PWK): what belongs to a claim, how it reaches the payer, what is yet to be sent."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.names import last_first
from frontdesk.models.billing.claim_circumstances import ClaimAttachment
from frontdesk.models.billing.claim_circumstances import Transmission as Transmission
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState, EventKind
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing.attachment_reports import REPORTS as REPORTS
from frontdesk.services.billing.claim_steps import EDITABLE, check_all, claim_of, only_from, record
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work

MOST = 10
"""Of a claim, and of each line (005010X222A1 2300 and 2400 PWK)."""
_SENT = "Correct the claim instead."
_GONE = (ClaimState.VOID, ClaimState.CORRECTED, ClaimState.CLOSED, ClaimState.PAID)


@dataclass(frozen=True, slots=True)
class AttachmentDraft:
    """What is attached, of a line by its place or of the whole claim."""

    report: str
    transmission: Transmission
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment as the lists show it."""

    id: int
    claim_id: int
    claim_number: str
    patient: str
    payer: str
    draft: AttachmentDraft
    words: str
    control_number: str
    sent_on: date | None

    @property
    def is_due(self) -> bool:
        """Whether it is still to be sent."""
        return self.sent_on is None and self.draft.transmission is not Transmission.ON_REQUEST


@query(permission="billing.view")
def of_claim(work: Work, *, claim_id: int) -> tuple[Attachment, ...]:
    """The attachments of a claim in the order in which they were entered."""
    return _rows(work, _wanted().where(ClaimAttachment.claim_id == claim_id))


@query(permission="billing.view")
def outstanding(work: Work, *, limit: int = 200) -> tuple[Attachment, ...]:
    """What is still to be mailed, faxed or uploaded for claims that are on their way, the oldest first."""
    due = _wanted().where(
        ClaimAttachment.sent_on.is_(None),
        ClaimAttachment.transmission != Transmission.ON_REQUEST,
        Claim.state.not_in((*EDITABLE, *_GONE)),
    )
    return _rows(work, due.limit(limit))


def _added(done: Performed) -> Undo:
    return Undo(remove, attachment_id=done.result)


@command("Attach paper to claim", permission="billing.claims", undo=_added)
def attach(work: Work, *, claim_id: int, draft: AttachmentDraft, version: int | None = None) -> int:
    """Say that a paper belongs to the claim; it gets a number for the paper itself. Gives back its id."""
    claim = claim_of(work, claim_id, version)
    only_from(claim, EDITABLE, _SENT)
    refuse_if_any([] if draft.report in REPORTS else [Finding("Choose what the paper is.", "report")])
    line_id = _line(work, claim_id, draft.line)
    beside = work.session.scalar(
        select(func.count()).where(
            ClaimAttachment.claim_id == claim_id,
            ClaimAttachment.claim_line_id.is_not_distinct_from(line_id),
            ClaimAttachment.is_taken_off.is_(False),
        )
    )
    if beside is not None and beside >= MOST:
        raise Refused(Finding(f"A claim has room for {MOST} attachments, and so has each line.", "report"))
    number = ""
    if draft.transmission is not Transmission.ON_REQUEST:
        number = f"{claim.number}-A{work.next_number(f'attachment of {claim_id}')}"
    row = work.add(
        ClaimAttachment(
            claim_id=claim_id,
            claim_line_id=line_id,
            report=draft.report,
            transmission=draft.transmission,
            control_number=number,
        )
    )
    record(work, claim, EventKind.CHANGED, f"Attached: {REPORTS[draft.report]} {number}".strip())
    check_all(work, [claim])
    return row.id


def _taken_off(done: Performed) -> Undo:
    return Undo(put_back, attachment_id=done.arguments["attachment_id"])


@command("Take paper off claim", permission="billing.claims", undo=_taken_off)
def remove(work: Work, *, attachment_id: int) -> None:
    """It does not belong to the claim."""
    _set_taken_off(work, attachment_id, is_off=True)


def _put_back(done: Performed) -> Undo:
    return Undo(remove, attachment_id=done.arguments["attachment_id"])


@command("Put paper back to claim", permission="billing.claims", undo=_put_back)
def put_back(work: Work, *, attachment_id: int) -> None:
    """It belongs to the claim after all, under the number that it had."""
    _set_taken_off(work, attachment_id, is_off=False)


def _set_taken_off(work: Work, attachment_id: int, *, is_off: bool) -> None:
    row = work.get(ClaimAttachment, attachment_id)
    claim = claim_of(work, row.claim_id)
    only_from(claim, EDITABLE, _SENT)
    row.is_taken_off = is_off
    words = "No longer attached" if is_off else "Attached again"
    record(work, claim, EventKind.CHANGED, f"{words}: {REPORTS.get(row.report, row.report)}")
    check_all(work, [claim])


def _marked(done: Performed) -> Undo:
    return Undo(
        set_sent, attachment_ids=done.arguments["attachment_ids"], is_sent=not done.arguments["is_sent"]
    )


@command("Mark attachments as sent", permission="billing.claims", undo=_marked)
def set_sent(work: Work, *, attachment_ids: tuple[int, ...], is_sent: bool) -> None:
    """Papers left today by mail, fax or upload; or they did not after all."""
    for attachment_id in attachment_ids:
        row = work.get(ClaimAttachment, attachment_id)
        if row.transmission is Transmission.ON_REQUEST:
            raise Refused(Finding("This paper waits until the payer asks for it."))
        claim = claim_of(work, row.claim_id)
        row.sent_on = work.today if is_sent else None
        words = "Attachment sent" if is_sent else "Attachment not sent after all"
        record(
            work,
            claim,
            EventKind.NOTE,
            f"{words}: {REPORTS.get(row.report, row.report)} {row.control_number}",
        )


def copy(work: Work, claim: Claim, new: Claim) -> None:
    """The papers of a claim belong to the one that replaces it, under the numbers that stand on them."""
    work.flush()
    places = dict(
        work.session.execute(select(ClaimLine.place, ClaimLine.id).where(ClaimLine.claim_id == new.id)).all()
    )
    attached = work.session.execute(_wanted().where(ClaimAttachment.claim_id == claim.id)).all()
    for row, _, _, _, place in attached:
        work.add(
            ClaimAttachment(
                claim_id=new.id,
                claim_line_id=None if place is None else places[place],
                report=row.report,
                transmission=row.transmission,
                control_number=row.control_number,
                sent_on=row.sent_on,
            )
        )


def _line(work: Work, claim_id: int, place: int | None) -> int | None:
    if place is None:
        return None
    line_id = work.session.scalar(
        select(ClaimLine.id).where(ClaimLine.claim_id == claim_id, ClaimLine.place == place)
    )
    if line_id is None:
        raise Refused(Finding(f"The claim has no line {place}.", "line"))
    return line_id


def _wanted() -> Select[ClaimAttachment, Claim, Patient, str, int | None]:
    return (
        select(ClaimAttachment, Claim, Patient, Payer.name, ClaimLine.place)
        .join(Claim, Claim.id == ClaimAttachment.claim_id)
        .join(Patient, Patient.id == Claim.patient_id)
        .join(Payer, Payer.id == Claim.payer_id)
        .outerjoin(ClaimLine, ClaimLine.id == ClaimAttachment.claim_line_id)
        .where(ClaimAttachment.is_taken_off.is_(False))
        .order_by(ClaimAttachment.id)
    )


def _rows(
    work: Work, wanted: Select[ClaimAttachment, Claim, Patient, str, int | None]
) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            id=row.id,
            claim_id=claim.id,
            claim_number=claim.number,
            patient=last_first(patient.legal_last, patient.legal_first),
            payer=payer,
            draft=AttachmentDraft(row.report, row.transmission, place),
            words=REPORTS.get(row.report, row.report),
            control_number=row.control_number,
            sent_on=row.sent_on,
        )
        for row, claim, patient, payer, place in work.session.execute(wanted)
    )
