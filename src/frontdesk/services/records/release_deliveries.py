"""How copies that were sent arrived: who has them and what shows it, or that they did not."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.models.records.release import LONGEST, Delivery, ReleaseEventKind, ReleaseRequest
from frontdesk.models.records.release_packet import Outcome as Outcome
from frontdesk.models.records.release_packet import (
    PasswordWay,
    ReleasePacket,
    ReleaseProof,
    ReleaseSending,
)
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records.release_log import log
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_release_proof", "What was noted on a delivery is never changed. Note it again.")


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of a sending's arrival."""

    outcome: Outcome
    happened_on: date
    received_by: str
    words: str
    document_id: int | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One time a packet went out."""

    sending_id: int
    request_id: int
    packet_id: int
    attempt: int
    way: Delivery
    to_name: str
    to_address: str
    is_locked: bool
    locked_sha256: str | None
    password_told: PasswordWay | None
    tracking: str
    id_seen: str
    note: str
    sent_on: date
    sent_by: str
    pages: int
    sha256: str
    proof: Proof | None


@query(permission="records.view")
def sendings(work: Work, *, request_id: int) -> tuple[Sending, ...]:
    """Each time copies of a request went out, newest first, with the last that is known of each."""
    rows = work.session.execute(
        select(ReleaseSending, ReleasePacket)
        .join(ReleasePacket, ReleasePacket.id == ReleaseSending.packet_id)
        .where(ReleasePacket.request_id == request_id)
        .order_by(ReleaseSending.sent_at.desc(), ReleaseSending.id.desc())
    ).all()
    proofs = {
        each.sending_id: Proof(
            each.outcome,
            each.happened_on,
            each.received_by,
            each.words,
            each.document_id,
            each.recorded_by,
        )
        for each in work.session.scalars(
            select(ReleaseProof)
            .where(ReleaseProof.sending_id.in_([row.id for row, _ in rows]))
            .order_by(ReleaseProof.recorded_at, ReleaseProof.id)
        )
    }
    return tuple(
        Sending(
            sending_id=row.id,
            request_id=request_id,
            packet_id=packet.id,
            attempt=row.attempt,
            way=row.way,
            to_name=row.to_name,
            to_address=row.to_address,
            is_locked=row.locked_sha256 is not None,
            locked_sha256=row.locked_sha256,
            password_told=row.password_told,
            tracking=row.tracking,
            id_seen=row.id_seen,
            note=row.note,
            sent_on=row.sent_on,
            sent_by=row.sent_by,
            pages=packet.pages,
            sha256=packet.sha256,
            proof=proofs.get(row.id),
        )
        for row, packet in rows
    )


@command(
    "Note how copies arrived",
    permission="records.release",
    undo=irreversible("What was noted on a delivery stays. Note it again as it is; the last note counts."),
)
def note_proof(
    work: Work,
    *,
    sending_id: int,
    outcome: Outcome,
    happened_on: date,
    words: str,
    received_by: str = "",
    document_id: int | None = None,
) -> None:
    """That they arrived, who has them and what shows it; or that they did not, and why."""
    sending = work.get(ReleaseSending, sending_id)
    packet = work.get(ReleasePacket, sending.packet_id)
    row = work.get(ReleaseRequest, packet.request_id)
    work.concerns(row.patient_id)
    findings = []
    if not words.strip():
        what = "what shows that it arrived" if outcome is Outcome.DELIVERED else "why it did not arrive"
        findings.append(Finding(f"Write {what}.", "words"))
    if len(words) > LONGEST:
        findings.append(Finding("This is too long. Say it in a sentence.", "words"))
    if happened_on > work.today:
        findings.append(Finding("This day is still to come. Look at the date again.", "happened_on"))
    elif happened_on < sending.sent_on:
        findings.append(
            Finding("This is before the copies were sent. Look at the date again.", "happened_on")
        )
    if document_id is not None:
        document = work.get(Document, document_id)
        if document.patient_id != row.patient_id or document.state is DocumentState.WITHDRAWN:
            findings.append(
                Finding("This document is not in the patient's chart. Choose another.", "document_id")
            )
    refuse_if_any(findings)
    work.add(
        ReleaseProof(
            sending_id=sending_id,
            outcome=outcome,
            happened_on=happened_on,
            received_by=received_by.strip(),
            words=words.strip(),
            document_id=document_id,
            recorded_at=work.now,
            recorded_by=work.actor.name,
            recorded_by_id=work.actor.user_id,
        )
    )
    said = "Arrived" if outcome is Outcome.DELIVERED else "Did not arrive"
    log(
        work,
        row,
        ReleaseEventKind.NOTE,
        f"{said}: {words.strip()}"[:LONGEST],
        on=happened_on,
        document_id=document_id,
    )


@command(
    "E-mail copies",
    permission="records.release",
    undo=irreversible("What the mail server took cannot be called back. Note where it did not arrive."),
)
def note_mailed(work: Work, *, sending_id: int, answer: str) -> None:
    """The office's server took the file; that is no proof yet that it arrived."""
    sending = work.get(ReleaseSending, sending_id)
    packet = work.get(ReleasePacket, sending.packet_id)
    row = work.get(ReleaseRequest, packet.request_id)
    work.concerns(row.patient_id)
    log(work, row, ReleaseEventKind.NOTE, f"E-mailed. {answer}"[:LONGEST])


def last_proof(work: Work, sending_id: int) -> ReleaseProof | None:
    """What was noted last on a sending."""
    return work.session.scalar(
        select(ReleaseProof)
        .where(ReleaseProof.sending_id == sending_id)
        .order_by(ReleaseProof.recorded_at.desc(), ReleaseProof.id.desc())
        .limit(1)
    )
