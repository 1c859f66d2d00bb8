"""The bytes of a file of claims: one interchange, one group, sets of up to 5,000 claims."""

import io
from collections.abc import Sequence
from datetime import datetime

from frontdesk.formats.x12.professional_claim import VERSION, Claim, ClaimFile, Receiver, Submitter
from frontdesk.formats.x12.professional_claim_writer import write_claims
from frontdesk.services.billing.claim_facts import PracticeFacts
from frontdesk.services.billing.mail_file import Mailbox, enveloped

CLAIMS_PER_SET = 5_000
"""What receivers take in one transaction set (005010X222A1 1.3.2)."""


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
    header = ClaimFile(
        submitter=Submitter(practice.name, mailbox.submitter_number, "BILLING OFFICE", practice.phone),
        receiver=Receiver(mailbox.name, mailbox.receiver_number),
        reference=reference,
        at=at,
    )
    with enveloped(out, mailbox, "HC", VERSION, at=at, control_number=control_number) as writer:
        for place, start in enumerate(range(0, len(claims), CLAIMS_PER_SET), 1):
            some = claims[start : start + CLAIMS_PER_SET]
            write_claims(writer, header, some, control_number=f"{place:04}")
    return out.getvalue()
