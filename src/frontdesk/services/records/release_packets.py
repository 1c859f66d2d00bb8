"""The file that leaves on a request: made of the choice, always the same from the same, kept as it was sent.

Making it takes seconds for a thick chart, so it is made and kept ahead of the command that sends it. The
command carries the fingerprint of what it was made of, and refuses where that is no longer the choice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from frontdesk.formats.pdf import packet as drawn
from frontdesk.formats.pdf.locked import locked_pdf, new_password
from frontdesk.formats.pdf.packet import Enclosed, PacketSheet, packet_pdf
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.records.document import Document, Sensitivity
from frontdesk.models.records.release import Basis, ReleaseRequest
from frontdesk.models.records.release_packet import ReleasePacket
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.database import Database
from frontdesk.services.records import (
    content,
    release_choice,
    release_facts,
    release_statements,
    sheets,
    viewing,
)
from frontdesk.services.records.release_choice import Offered
from frontdesk.services.records.release_statements import Appended
from frontdesk.services.records.release_words import BASES, SOURCES
from frontdesk.services.records.request_row import number_words
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_release_packet", "What was sent is kept as it was. It is never changed.")
says(
    "uq_release_packet_request_id_sha256",
    "This very packet was sent already. Send it again from its history.",
)


@dataclass(frozen=True, slots=True)
class BuiltPacket:
    """A packet that is made and not sent yet."""

    pdf: bytes
    pages: int
    record_pages: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a packet's bytes are, and the locked file's where there is one, with its password.

    The password is for the person at the desk alone: nothing that is written down holds it.
    """

    sha256: str
    locked_sha256: str | None = None
    password: str = ""

    def __repr__(self) -> str:
        return f"Kept({self.sha256[:8]})"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a packet is made of."""

    sheet: PacketSheet
    document_ids: tuple[int, ...]
    has_part_2: bool
    statements: tuple[Appended, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same pages, recipient, ground and day."""
        return sha256(msgspec.json.encode(msgspec.to_builtins(self.sheet), order="deterministic")).hexdigest()

    @property
    def record_pages(self) -> int:
        return sum(len(part.pages) for part in (*self.sheet.enclosed, *self.sheet.statements))


@query(permission="records.view")
def build(work: Work, *, request_id: int) -> BuiltPacket:
    """The packet of what is chosen now, dated today."""
    plan = plan_of(work, work.get(ReleaseRequest, request_id))
    if not plan.document_ids:
        raise Refused(Finding("No page was chosen yet. Choose what is sent.", "pages"))
    try:
        made = packet_pdf(plan.sheet, _sources(work, plan))
    except drawn.Damaged:
        raise Refused(
            Finding("A chosen document is damaged and cannot be copied. Look at each, and ask for it anew.")
        ) from None
    return BuiltPacket(made.pdf, made.pages, made.record_pages, plan.fingerprint)


def keep(database: Database, built: BuiltPacket, *, is_locked: bool) -> Kept:
    """Keep the bytes ahead of the command that sends them; locked ones under a new password."""
    address = content.store_bytes(database, built.pdf, "packet.pdf").sha256
    if not is_locked:
        return Kept(address)
    password = new_password()
    locked = locked_pdf(built.pdf, password)
    return Kept(address, content.store_locked(database, locked, pages=built.pages), password)


def lock_again(database: Database, pdf: bytes, pages: int) -> Kept:
    """A packet that was sent before, under another password: the first one was lost, or the file."""
    password = new_password()
    locked = content.store_locked(database, locked_pdf(pdf, password), pages=pages)
    return Kept(sha256(pdf).hexdigest(), locked, password)


@query(permission="records.release")
def packet_bytes(work: Work, *, packet_id: int) -> bytes:
    """Exactly what was sent, verified; raises `content.Damaged`."""
    return content.read(work.session, work.get(ReleasePacket, packet_id).sha256)


@query(permission="records.release")
def kept_bytes(work: Work, *, sha256: str) -> bytes:
    """The bytes of a packet or a locked file that is about to be handed out."""
    return content.read(work.session, sha256)


def plan_of(work: Work, row: ReleaseRequest) -> Plan:
    """What the packet of a request holds now; reads no bytes."""
    going = [each for each in release_choice.offered(work, row, all_of_them=True) if each.chosen]
    documents = {each.document_id: work.get(Document, each.document_id) for each in going}
    if any(each.sensitivity is not Sensitivity.ORDINARY for each in documents.values()):
        work.require("records.view_sensitive")
    patient = work.get(Patient, row.patient_id)
    going.sort(key=lambda each: (each.on, each.document_id))
    statements = release_statements.appended(work, {each.document_id: each.title for each in going})
    has_part_2 = any(each.sensitivity is Sensitivity.SUBSTANCE_USE for each in documents.values())
    sheet = PacketSheet(
        sender=sheets.sender(work),
        number=number_words(row.number),
        made_on=us_date(work.today),
        to=row.requester_name,
        to_lines=tuple(_to_lines(row)),
        patient=first_last(patient.legal_first, patient.legal_last),
        born_on=us_date(patient.born_on),
        chart_number=patient.chart_number,
        authority=_authority(work, row),
        purpose=row.purpose,
        enclosed=tuple(_enclosed(each, documents[each.document_id]) for each in going),
        statements=tuple(each.enclosed for each in statements),
        has_part_2=has_part_2,
        is_to_patient=row.basis is Basis.ACCESS,
    )
    return Plan(sheet, tuple(each.document_id for each in going), has_part_2, statements)


def manifest_of(plan: Plan) -> str:
    """The list of what is in a packet, as it is attached to it."""
    return drawn.manifest(plan.sheet).decode()


def _sources(work: Work, plan: Plan) -> Iterator[bytes]:
    """One after another, so that a thick chart is not all in memory twice."""
    for place, document_id in enumerate(plan.document_ids):
        work.step(place, len(plan.document_ids))
        yield viewing.document_pdf(work, document_id=document_id)
    for each in plan.statements:
        yield each.bytes_of(work)


def _enclosed(each: Offered, document: Document) -> Enclosed:
    return Enclosed(each.title, us_date(each.on), document.sha256, each.chosen, each.pages)


def _to_lines(row: ReleaseRequest) -> Iterator[str]:
    if row.attention:
        yield f"Attn. {row.attention}"
    yield from (line.strip() for line in row.requester_address.splitlines() if line.strip())
    if row.their_reference:
        yield f"Your reference: {row.their_reference}"


def _authority(work: Work, row: ReleaseRequest) -> str:
    """ "Signed authorization of 02/20/2026 (45 CFR 164.508)"."""
    said = BASES[row.basis]
    form = release_facts.known(work, row).form
    if form is not None and form.signed_on is not None:
        said = f"{said} of {us_date(form.signed_on)}"
    return f"{said} ({SOURCES[row.basis]})"


@command(
    "Open what was sent",
    permission="records.release",
    undo=irreversible("That a packet was seen stays in the log."),
)
def open_packet(work: Work, *, packet_id: int) -> None:
    """Write down that this person looked at a packet once more."""
    _concern(work, packet_id)


@command(
    "Print what was sent",
    permission="records.release",
    undo=irreversible("That a packet was printed stays in the log."),
)
def note_print(work: Work, *, packet_id: int, pages: int) -> None:
    """Write down that paper of a packet left the printer."""
    _concern(work, packet_id)
    if pages < 1:
        raise Refused(Finding("Nothing was printed."))


@command(
    "Save a copy of what was sent",
    permission="records.release",
    undo=irreversible("That a packet was saved stays in the log."),
)
def note_saved(work: Work, *, packet_id: int) -> None:
    """Write down that a packet, or its locked file, was saved outside."""
    _concern(work, packet_id)


def _concern(work: Work, packet_id: int) -> None:
    packet = work.get(ReleasePacket, packet_id)
    work.concerns(work.get(ReleaseRequest, packet.request_id).patient_id)
