"""Asking payers where claims stand, in a file (276): which claims, and the bytes kept as they were made."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from frontdesk.formats.x12.claim_status import REQUEST_VERSION, StatusRequest, StatusRequestHeader
from frontdesk.formats.x12.claim_status_inquiry import write_requests
from frontdesk.formats.x12.parties import Party
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.claim_answers import ClaimInquiry, ClaimInquiryBatch
from frontdesk.models.billing.claims import Claim, ClaimState, EventKind
from frontdesk.models.records.content import MediaType
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.services.billing import batches, claim_gather
from frontdesk.services.billing.claim_facts import ClaimFacts, PersonFacts
from frontdesk.services.billing.claim_steps import WITH_PAYER, only_from, record
from frontdesk.services.billing.mail_file import Mailbox, MailFile, enveloped
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import content
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

for _table in ("claim_inquiry_batch", "claim_inquiry"):
    says(f"append_only_{_table}", "A question that was written stays on record. Ask again.")

LATE_DAYS: Final = 21
"""A claim that lies with its payer for so long without a word is asked about."""
_ASKABLE = (*WITH_PAYER, ClaimState.APPEALED)
_SEXES = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.UNKNOWN: ""}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that no file could ask about."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was written."""

    batch_ids: tuple[int, ...]
    questions: int
    left_out: tuple[LeftOut, ...]


@query(permission="billing.view")
def late(work: Work, *, days: int = LATE_DAYS) -> tuple[int, ...]:
    """The claims with their payers for longer than `days`, not asked about since; the oldest first."""
    before = work.now - timedelta(days=days)
    asked = (
        select(func.max(ClaimInquiryBatch.made_at))
        .join(ClaimInquiry, ClaimInquiry.batch_id == ClaimInquiryBatch.id)
        .where(ClaimInquiry.claim_id == Claim.id)
        .correlate(Claim)
        .scalar_subquery()
    )
    found = work.session.scalars(
        select(Claim.id)
        .where(
            Claim.state.in_(_ASKABLE), Claim.state_since_at < before, func.coalesce(asked, before) <= before
        )
        .order_by(Claim.state_since_at, Claim.id)
    )
    return tuple(found)


@command(
    "Ask payers about claims",
    permission="billing.claims",
    undo=irreversible("The file may be on its way. Ask again, or leave the question unanswered."),
)
def ask(work: Work, *, claim_ids: tuple[int, ...]) -> Asked:
    """Write one file of questions per receiver, each with its trace number; the bytes are kept.

    A claim that cannot be asked about this way is left out with the reason; Refused where that leaves none.
    """
    if not claim_ids:
        raise Refused(Finding("Nothing is chosen. Choose the claims to ask about."))
    claims = {claim_id: work.get(Claim, claim_id) for claim_id in dict.fromkeys(claim_ids)}
    for claim in claims.values():
        only_from(claim, _ASKABLE, "Only a claim that lies with the payer is asked about.")
    mailbox = batches.clearinghouse(work)
    left_out: list[LeftOut] = []
    files: dict[Mailbox, list[ClaimFacts]] = {}
    for facts in claim_gather.facts(work, claims):
        work.concerns(claims[facts.claim_id].patient_id)
        if reason := _why_not(facts):
            left_out.append(LeftOut(facts.number, reason))
            continue
        own = Mailbox(facts.payer.name, facts.payer.number, facts.practice.tax_id)
        files.setdefault(mailbox or own, []).append(facts)
    if not files:
        raise Refused(*(Finding(f"Claim {each.number}: {each.reason}") for each in left_out))
    made = [_batch(work, receiver, some, claims) for receiver, some in files.items()]
    return Asked(
        batch_ids=tuple(batch.id for batch in made),
        questions=sum(batch.questions for batch in made),
        left_out=tuple(left_out),
    )


@query(permission="billing.claims")
def file_of(work: Work, *, batch_id: int) -> MailFile:
    """The bytes of a file of questions as they were made."""
    batch = work.get(ClaimInquiryBatch, batch_id)
    text = content.read(work.session, batch.sha256).decode("ascii")
    return MailFile(batch.id, f"276-{batch.number:06}.txt", text)


def _why_not(facts: ClaimFacts) -> str:
    """Why no file can ask; empty where it can."""
    if not facts.payer.number:
        return f"{facts.payer.name} has no electronic number. Call the payer, or enter it in the payer list."
    if facts.subscriber.born_on is None and facts.payer.relationship is Relationship.SELF:
        return "The subscriber's birth date is missing. Enter it, or call the payer."
    return ""


def _batch(
    work: Work, receiver: Mailbox, asked: Sequence[ClaimFacts], claims: dict[int, Claim]
) -> ClaimInquiryBatch:
    number, control = work.next_number("claim inquiry batch"), work.next_number("x12 interchange")
    traces = [f"S{trace:09}" for trace in work.next_numbers("claim inquiry", len(asked))]
    data = _written(
        list(zip(asked, traces, strict=True)),
        receiver,
        at=work.local_now,
        reference=f"{number:06}",
        control_number=control,
    )
    batch = ClaimInquiryBatch(
        number=number,
        receiver=receiver.name,
        made_at=work.now,
        made_by=work.actor.name,
        questions=len(asked),
        sha256=content.keep_made(work, data, MediaType.X12),
    )
    work.add(batch)
    work.flush()
    for facts, trace in zip(asked, traces, strict=True):
        work.add(ClaimInquiry(batch_id=batch.id, trace=trace, claim_id=facts.claim_id))
        said = f"Asked {receiver.name} where it stands, question file {number}"
        record(work, claims[facts.claim_id], EventKind.ASKED, said)
    return batch


def _written(
    asked: Sequence[tuple[ClaimFacts, str]],
    receiver: Mailbox,
    *,
    at: datetime,
    reference: str,
    control_number: int,
) -> bytes:
    """The whole file: a transaction set per payer; the same questions give the same bytes."""
    out = io.BytesIO()
    payers: dict[tuple[str, str], list[tuple[ClaimFacts, str]]] = {}
    for facts, trace in asked:
        payers.setdefault((facts.payer.name, facts.payer.number), []).append((facts, trace))
    with enveloped(out, receiver, "HR", REQUEST_VERSION, at=at, control_number=control_number) as writer:
        for place, ((name, number), some) in enumerate(payers.items(), 1):
            practice = some[0][0].practice
            header = StatusRequestHeader(
                reference=f"{reference}{place:03}",
                at=at,
                source=Party("PR", "2", name, id_qualifier="PI", id=number),
                receiver=Party("41", "2", practice.name, id_qualifier="46", id=receiver.submitter_number),
                provider=Party("1P", "2", practice.name, id_qualifier="XX", id=practice.npi),
            )
            requests = [_request(facts, trace) for facts, trace in some]
            write_requests(writer, header, requests, control_number=f"{place:04}")
    return out.getvalue()


def _request(facts: ClaimFacts, trace: str) -> StatusRequest:
    is_self = facts.payer.relationship is Relationship.SELF
    holder = facts.patient if is_self else facts.subscriber
    days = sorted(line.served_on for line in facts.lines) or [facts.service_on]
    return StatusRequest(
        trace=trace,
        subscriber=_person(holder, "IL", facts.payer.member_id),
        dependent=None if is_self else _person(facts.patient, "QC", ""),
        claim_number=facts.number,
        payer_control_number=facts.payer_control_number,
        charge_cents=facts.charge_cents,
        service_begins=days[0],
        service_ends=days[-1],
    )


def _person(person: PersonFacts, role: str, member_id: str) -> Party:
    return Party(
        role=role,
        kind="1",
        last=person.last,
        first=person.first,
        middle=person.middle.rstrip("."),
        suffix=person.suffix,
        id_qualifier="MI" if member_id else "",
        id=member_id,
        born_on=person.born_on,
        sex=_SEXES[person.sex],
    )
