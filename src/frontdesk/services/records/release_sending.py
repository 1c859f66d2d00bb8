"""Copies leave the office: the last gate, the packet kept, the request sent, the accounting, all at once."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.text import counted
from frontdesk.models.records.content import DocumentContent
from frontdesk.models.records.disclosure import Disclosure, Ground
from frontdesk.models.records.document import Category, Document
from frontdesk.models.records.release import Delivery as Delivery
from frontdesk.models.records.release import ReleaseEventKind, ReleaseRequest, ReleaseState
from frontdesk.models.records.release_packet import Outcome as Outcome
from frontdesk.models.records.release_packet import PasswordWay as PasswordWay
from frontdesk.models.records.release_packet import ReleasePacket, ReleaseSending
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import (
    disclosures,
    release_deliveries,
    release_fees,
    release_packets,
    release_steps,
)
from frontdesk.services.records.disclosures import DisclosureDraft
from frontdesk.services.records.release_log import log
from frontdesk.services.records.release_packets import Plan
from frontdesk.services.records.release_words import BASES, CATEGORIES
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_release_sending", "What was sent is never changed. Note how it arrived.")
says("uq_release_sending_packet_id_attempt", "Another desk has just sent this packet again. Look at it.")

WAYS: Final = {
    Delivery.PICK_UP: "picked up",
    Delivery.MAIL: "by mail",
    Delivery.FAX: "by fax",
    Delivery.SECURE_EMAIL: "by secure e-mail",
    Delivery.EMAIL: "by plain e-mail",
    Delivery.MEDIA: "on a disc or drive",
}
LOCKED_WAYS: Final = frozenset({Delivery.SECURE_EMAIL, Delivery.MEDIA})
"""What goes this way goes under a password only."""


@dataclass(frozen=True, slots=True)
class Letter:
    """How a packet goes out."""

    way: Delivery
    to_name: str
    to_address: str = ""
    """Address, fax number or mailbox."""
    password_told: PasswordWay | None = None
    tracking: str = ""
    id_seen: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending."""

    sending_id: int
    packet_id: int
    disclosure_id: int


@query(permission="records.view")
def stands_in_the_way(work: Work, *, request_id: int) -> tuple[Finding, ...]:
    """Everything that keeps the chosen copies in the office; empty: they may leave."""
    row = work.get(ReleaseRequest, request_id)
    plan = release_packets.plan_of(work, row)
    found = list(release_steps.may_send(work, request_id=request_id, document_ids=plan.document_ids))
    if row.state in release_steps.OPEN and plan.document_ids:
        fee = release_fees.keeps_back(work, row)
        found += [fee] if fee is not None else []
    return tuple(found)


@command(
    "Send copies",
    permission="records.release",
    undo=irreversible("Copies that left cannot be called back. Where they did not arrive, note it."),
)
def send(
    work: Work,
    *,
    request_id: int,
    packet_sha256: str,
    fingerprint: str,
    letter: Letter,
    locked_sha256: str | None = None,
    version: int | None = None,
) -> Sent:
    """The packet, kept already, goes out as it was looked at; a choice that changed since then stops it."""
    row = release_steps.open_request(work, request_id, version)
    findings = list(stands_in_the_way(work, request_id=request_id))
    findings += _letter_findings(letter, is_locked=locked_sha256 is not None)
    refuse_if_any(findings)
    plan = release_packets.plan_of(work, row)
    if plan.fingerprint != fingerprint:
        raise Conflict(
            "What is sent changed after the packet was made: pages, the recipient, or the day. "
            "Nothing was sent. Make the packet anew, and look at it."
        )
    for address in (packet_sha256, locked_sha256):
        if address is not None and work.session.get(DocumentContent, address) is None:
            raise Refused(Finding("The packet is not kept yet. Make it again."))
    content = work.session.get(DocumentContent, packet_sha256)
    assert content is not None
    packet = work.add(
        ReleasePacket(
            request_id=request_id,
            sha256=packet_sha256,
            pages=content.pages or 0,
            record_pages=plan.record_pages,
            fingerprint=fingerprint,
            manifest=release_packets.manifest_of(plan),
            has_part_2=plan.has_part_2,
            kept_at=work.now,
        )
    )
    work.flush()
    sending_id = _write(work, packet, letter, locked_sha256, attempt=1)
    pages = _pages(plan.record_pages)
    release_steps.mark_sent(work, row, f"{pages} sent {WAYS[letter.way]} to {letter.to_name.strip()}")
    return Sent(sending_id, packet.id, _account(work, row, plan, letter, sending_id))


@command(
    "Send copies again",
    permission="records.release",
    undo=irreversible("Copies that left cannot be called back. Where they did not arrive, note it."),
)
def send_again(
    work: Work, *, packet_id: int, letter: Letter, after: int, locked_sha256: str | None = None
) -> Sent:
    """The very same packet once more, after a sending that failed; the accounting gets its own entry."""
    packet = work.get(ReleasePacket, packet_id)
    row = work.get(ReleaseRequest, packet.request_id)
    work.concerns(row.patient_id)
    findings = []
    if row.state is not ReleaseState.SENT:
        findings.append(Finding("This request is not among those that were sent. Open it anew first."))
    last = work.get(ReleaseSending, after)
    newest = work.session.scalar(
        select(func.max(ReleaseSending.attempt)).where(ReleaseSending.packet_id == packet_id)
    )
    if last.packet_id != packet_id or last.attempt != newest:
        raise Conflict("Another desk has just sent this packet again. Nothing was sent. Look at it.")
    proof = release_deliveries.last_proof(work, after)
    if proof is None or proof.outcome is not Outcome.FAILED:
        findings.append(Finding("It is sent again after it failed. Note first how it failed."))
    findings += _letter_findings(letter, is_locked=locked_sha256 is not None)
    if locked_sha256 is not None and work.session.get(DocumentContent, locked_sha256) is None:
        findings.append(Finding("The packet is not kept yet. Make it again."))
    refuse_if_any(findings)
    sending_id = _write(work, packet, letter, locked_sha256, attempt=last.attempt + 1)
    pages = _pages(packet.record_pages)
    log(
        work, row, ReleaseEventKind.SENT, f"{pages} sent again {WAYS[letter.way]} to {letter.to_name.strip()}"
    )
    before = work.session.scalars(
        select(Disclosure).where(Disclosure.sending_id == after).order_by(Disclosure.id.desc())
    ).first()
    assert before is not None, "each sending wrote its entry"
    draft = DisclosureDraft(
        disclosed_on=work.today,
        recipient=letter.to_name,
        recipient_address=letter.to_address or row.requester_address,
        what=before.what,
        purpose=before.purpose,
        ground=before.ground,
        has_part_2=packet.has_part_2,
    )
    disclosure_id = disclosures.write(work, row.patient_id, draft, sending_id=sending_id)
    return Sent(sending_id, packet_id, disclosure_id)


def _write(
    work: Work, packet: ReleasePacket, letter: Letter, locked_sha256: str | None, *, attempt: int
) -> int:
    row = work.add(
        ReleaseSending(
            packet_id=packet.id,
            attempt=attempt,
            way=letter.way,
            to_name=letter.to_name.strip(),
            to_address=letter.to_address.strip(),
            locked_sha256=locked_sha256,
            password_told=letter.password_told if locked_sha256 is not None else None,
            tracking=letter.tracking.strip(),
            id_seen=letter.id_seen.strip(),
            note=letter.note.strip(),
            sent_on=work.today,
            sent_at=work.now,
            sent_by=work.actor.name,
            sent_by_id=work.actor.user_id,
        )
    )
    work.flush()
    return row.id


def _account(work: Work, row: ReleaseRequest, plan: Plan, letter: Letter, sending_id: int) -> int:
    draft = DisclosureDraft(
        disclosed_on=work.today,
        recipient=letter.to_name,
        recipient_address=row.requester_address or letter.to_address,
        what=_what(work, plan),
        purpose=row.purpose.strip() or BASES[row.basis],
        ground=Ground(row.basis.value),
        has_part_2=plan.has_part_2,
    )
    return disclosures.write(work, row.patient_id, draft, sending_id=sending_id)


def _what(work: Work, plan: Plan) -> str:
    """ "22 pages: visit notes, hospital, 01/08/2025 to 03/12/2026"."""
    documents = [work.get(Document, document_id) for document_id in plan.document_ids]
    kinds = [CATEGORIES[kind] for kind in Category if any(each.category is kind for each in documents)]
    days = [part.dated for part in plan.sheet.enclosed]
    span = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    return f"{_pages(plan.record_pages)}: {', '.join(kinds)}, {span}"


def _letter_findings(letter: Letter, *, is_locked: bool) -> list[Finding]:
    findings = []
    if not letter.to_name.strip():
        findings.append(Finding("Enter who receives the copies.", "to_name"))
    if letter.way is Delivery.MAIL and not letter.to_address.strip():
        findings.append(Finding("Enter the address they are mailed to.", "to_address"))
    if letter.way is Delivery.FAX and not letter.to_address.strip():
        findings.append(Finding("Enter the fax number.", "to_address"))
    if letter.way in (Delivery.EMAIL, Delivery.SECURE_EMAIL) and "@" not in letter.to_address:
        findings.append(Finding("Enter the e-mail address.", "to_address"))
    if letter.way is Delivery.PICK_UP and not letter.id_seen.strip():
        findings.append(Finding("Enter which identity paper was seen.", "id_seen"))
    if letter.way in LOCKED_WAYS and not is_locked:
        findings.append(Finding("What goes this way goes under a password only. Lock the file.", "way"))
    if is_locked and letter.password_told is None:
        findings.append(
            Finding("Choose how the recipient learns the password: not with the file.", "password_told")
        )
    return findings


def _pages(count: int) -> str:
    return counted(count, "page")
