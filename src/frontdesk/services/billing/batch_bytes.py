"""The bytes of a file of claims: one interchange, one group, sets of up to 5,000 claims."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.formats.x12.envelope import Group, Interchange
from frontdesk.formats.x12.professional_claim import VERSION, Claim, ClaimFile, Receiver, Submitter
from frontdesk.formats.x12.professional_claim_writer import write_claims
from frontdesk.formats.x12.writer import Writer
from frontdesk.services.billing.claim_facts import PracticeFacts

CLAIMS_PER_SET = 5_000
"""What receivers take in one transaction set (005010X222A1 1.3.2)."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a file goes and who it comes from, by the numbers that the receiver gave the office."""

    name: str
    receiver_number: str
    submitter_number: str
    is_test: bool = False


def written(
    claims: Sequence[Claim],
    mailbox: Mailbox,
    practice: PracticeFacts,
    *,
    at: datetime,
    reference: str,
    control_number: int,
) -> bytes:
    """The whole file; the same claims give the same bytes."""
    out = io.BytesIO()
    writer = Writer(out)
    interchange = Interchange(
        sender=mailbox.submitter_number,
        receiver=mailbox.receiver_number,
        control_number=f"{control_number:09}",
        at=at,
        usage="T" if mailbox.is_test else "P",
    )
    group = Group(
        kind="HC",
        sender=mailbox.submitter_number,
        receiver=mailbox.receiver_number,
        control_number=str(control_number),
        at=at,
        version=VERSION,
    )
    header = ClaimFile(
        submitter=Submitter(practice.name, mailbox.submitter_number, "BILLING OFFICE", practice.phone),
        receiver=Receiver(mailbox.name, mailbox.receiver_number),
        reference=reference,
        at=at,
    )
    with writer.interchange(interchange), writer.group(group):
        for place, start in enumerate(range(0, len(claims), CLAIMS_PER_SET), 1):
            some = claims[start : start + CLAIMS_PER_SET]
            write_claims(writer, header, some, control_number=f"{place:04}")
    return out.getvalue()
