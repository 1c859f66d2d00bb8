"""The office's own page about a packet that left: its list with fingerprints, and each time it went."""

import json

from sqlalchemy import select

from frontdesk.formats.pdf.release_record import RecordSheet, release_record_pdf
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date, us_date_time
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.records.release_packet import ReleasePacket
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.records import release_deliveries, sheets
from frontdesk.services.records.release_deliveries import Outcome, Sending
from frontdesk.services.records.release_sending import WAYS
from frontdesk.services.records.request_row import number_words
from frontdesk.services.work import Work


@query(permission="records.release")
def record_pdf(work: Work, *, packet_id: int) -> bytes:
    """What is known of a packet, from the rows alone: it can be set beside the bytes."""
    packet, request, patient = work.session.execute(
        select(ReleasePacket, ReleaseRequest, Patient)
        .join(ReleaseRequest, ReleaseRequest.id == ReleasePacket.request_id)
        .join(Patient, Patient.id == ReleaseRequest.patient_id)
        .where(ReleasePacket.id == packet_id)
    ).one()
    listed = json.loads(packet.manifest)
    went = [
        each
        for each in release_deliveries.sendings(work, request_id=request.id)
        if each.packet_id == packet_id
    ]
    return release_record_pdf(
        RecordSheet(
            sender=sheets.sender(work),
            number=number_words(request.number),
            patient=first_last(patient.legal_first, patient.legal_last),
            chart_number=patient.chart_number,
            pages=f"{packet.pages}, {packet.record_pages} of them records",
            sha256=packet.sha256,
            list_sha256=listed["list_sha256"],
            enclosed=tuple(
                (f"{each['title']}, {each['dated']}", f"{each['pages']} of {each['of']}", each["sha256"])
                for each in listed["documents"]
            ),
            sendings=tuple(_line(each) for each in reversed(went)),
            printed_at=us_date_time(work.local_now),
        )
    )


def _line(each: Sending) -> tuple[str, str, str]:
    parts = [WAYS[each.way], each.to_name, ", ".join(each.to_address.splitlines())]
    parts += [f"tracking {each.tracking}" if each.tracking else "", each.id_seen, each.note]
    if each.locked_sha256 is not None:
        parts.append(f"locked file {each.locked_sha256}")
    proof = each.proof
    came = "Not known yet"
    if proof is not None:
        said = "Arrived" if proof.outcome is Outcome.DELIVERED else "Did not arrive"
        by = f", {proof.received_by}" if proof.received_by else ""
        came = f"{said} {us_date(proof.happened_on)}{by}: {proof.words} ({proof.recorded_by})"
    return f"{us_date(each.sent_on)}, {each.sent_by}", ", ".join(part for part in parts if part), came
