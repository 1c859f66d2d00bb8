"""Asking payers in a file (270): who is asked about what, the bytes kept as they were made."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from frontdesk.formats.x12.eligibility import VERSION, Inquiry, InquiryHeader, Party
from frontdesk.formats.x12.eligibility_inquiry import write_inquiries
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.office.practice import Practice
from frontdesk.models.records.content import MediaType
from frontdesk.models.registration.coverage import Coverage, Policy, Relationship
from frontdesk.models.registration.eligibility import EligibilityBatch, EligibilityInquiry
from frontdesk.models.registration.patient import Patient, Sex
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.services.billing import batches
from frontdesk.services.billing.mail_file import Mailbox, MailFile, enveloped
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records import content
from frontdesk.services.registration import eligibility_settings
from frontdesk.services.registration.coverages import plan_name
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

for _table in ("eligibility_batch", "eligibility_inquiry"):
    says(f"append_only_{_table}", "A question that was written stays on record. Ask again.")

_SEXES = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.UNKNOWN: ""}
_RELATIONS = {Relationship.SPOUSE: "01", Relationship.CHILD: "19", Relationship.OTHER: "34"}
"""INS02 of a dependent (005010X279A1 2100D)."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a coverage holds on a day."""

    coverage_id: int
    service_on: date


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A coverage that no file could ask about."""

    coverage_id: int
    plan: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was written."""

    batch_ids: tuple[int, ...]
    inquiries: int
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A file of questions in the list."""

    id: int
    number: int
    name: str
    receiver: str
    made_at: datetime
    made_by: str
    inquiries: int


@dataclass(frozen=True, slots=True)
class _Asked:
    coverage: Coverage
    policy: Policy
    plan: Plan
    payer: Payer
    patient: Patient
    holder: Patient | None


@command(
    "Write eligibility questions",
    permission="registration.verify",
    undo=irreversible("The file may be on its way. Ask again, or leave the question unanswered."),
)
def ask(work: Work, *, questions: tuple[Question, ...]) -> Asked:
    """Write one file per receiver, each question with its trace number; the bytes are kept.

    A coverage whose payer or subscriber cannot be asked about this way is left out with the reason;
    Refused where that leaves none.
    """
    if not questions:
        raise Refused(Finding("Nothing is chosen. Choose whose coverage to ask about."))
    found = {each.coverage.id: each for each in _gather(work, [each.coverage_id for each in questions])}
    mailbox = batches.clearinghouse(work)
    practice = work.session.scalars(select(Practice)).one()
    left_out: list[LeftOut] = []
    files: dict[Mailbox, list[tuple[_Asked, date]]] = {}
    for question in dict.fromkeys(questions):
        one = found.get(question.coverage_id)
        if one is None:
            raise Refused(Finding("This coverage is no longer there. Another desk may have withdrawn it."))
        work.concerns(one.patient.id)
        if reason := _why_not(one):
            left_out.append(LeftOut(one.coverage.id, plan_name(one.payer.name, one.plan.name), reason))
            continue
        own = Mailbox(one.payer.name, one.payer.payer_id, practice.tax_id)
        files.setdefault(mailbox or own, []).append((one, question.service_on))
    if not files:
        raise Refused(*(Finding(f"{each.plan}: {each.reason}") for each in left_out))
    made = [_batch(work, receiver, asked, practice) for receiver, asked in files.items()]
    return Asked(
        batch_ids=tuple(batch.id for batch in made),
        inquiries=sum(batch.inquiries for batch in made),
        left_out=tuple(left_out),
    )


@query(permission="registration.verify")
def file_of(work: Work, *, batch_id: int) -> MailFile:
    """The bytes of a file as they were made."""
    batch = work.get(EligibilityBatch, batch_id)
    text = content.read(work.session, batch.sha256).decode("ascii")
    return MailFile(batch.id, _file_name(batch), text)


@query(permission="registration.view")
def files(work: Work, *, limit: int = 20) -> tuple[BatchRow, ...]:
    """The files that were written, the newest first."""
    found = work.session.scalars(
        select(EligibilityBatch).order_by(EligibilityBatch.number.desc()).limit(limit)
    )
    return tuple(
        BatchRow(
            row.id,
            row.number,
            _file_name(row),
            row.receiver,
            work.wall(row.made_at),
            row.made_by,
            row.inquiries,
        )
        for row in found
    )


def _gather(work: Work, coverage_ids: Sequence[int]) -> list[_Asked]:
    holder = aliased(Patient)
    rows = work.session.execute(
        select(Coverage, Policy, Plan, Payer, Patient, holder)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .join(Patient, Patient.id == Coverage.patient_id)
        .outerjoin(holder, holder.id == Policy.subscriber_patient_id)
        .where(Coverage.id.in_(coverage_ids), Coverage.is_active)
    )
    return [_Asked(*row) for row in rows]


def _why_not(one: _Asked) -> str:
    """Why no file can ask; empty where it can."""
    if not one.payer.payer_id:
        return f"{one.payer.name} has no electronic number. Call the payer, or enter it in the payer list."
    is_dependent = one.coverage.relationship is not Relationship.SELF
    if is_dependent and one.holder is None and one.policy.subscriber_born_on is None:
        return "The subscriber's birth date is missing. Enter it on the policy, or call the payer."
    return ""


def _batch(
    work: Work, receiver: Mailbox, asked: Sequence[tuple[_Asked, date]], practice: Practice
) -> EligibilityBatch:
    number, control = work.next_number("eligibility batch"), work.next_number("x12 interchange")
    traces = [f"{trace:09}" for trace in work.next_numbers("eligibility inquiry", len(asked))]
    kinds = eligibility_settings.settings(work).draft.service_types
    data = _written(
        [(one, _inquiry(one, on, trace, kinds)) for (one, on), trace in zip(asked, traces, strict=True)],
        receiver,
        practice,
        at=work.local_now,
        reference=f"{number:06}",
        control_number=control,
    )
    batch = EligibilityBatch(
        number=number,
        receiver=receiver.name,
        made_at=work.now,
        made_by=work.actor.name,
        inquiries=len(asked),
        sha256=content.keep_made(work, data, MediaType.X12),
    )
    work.add(batch)
    work.flush()
    for (one, on), trace in zip(asked, traces, strict=True):
        work.add(
            EligibilityInquiry(batch_id=batch.id, trace=trace, coverage_id=one.coverage.id, service_on=on)
        )
    return batch


def _written(
    asked: Sequence[tuple[_Asked, Inquiry]],
    receiver: Mailbox,
    practice: Practice,
    *,
    at: datetime,
    reference: str,
    control_number: int,
) -> bytes:
    """The whole file: a transaction set per payer; the same questions give the same bytes."""
    out = io.BytesIO()
    payers: dict[int, list[tuple[_Asked, Inquiry]]] = {}
    for one, inquiry in asked:
        payers.setdefault(one.payer.id, []).append((one, inquiry))
    with enveloped(out, receiver, "HS", VERSION, at=at, control_number=control_number) as writer:
        for place, some in enumerate(payers.values(), 1):
            payer = some[0][0].payer
            header = InquiryHeader(
                reference=f"{reference}{place:03}",
                at=at,
                source=Party("PR", "2", payer.name, id_qualifier="PI", id=payer.payer_id),
                receiver=Party("1P", "2", practice.name, id_qualifier="XX", id=practice.npi),
                trace_maker=f"1{practice.tax_id}",
            )
            inquiries = [inquiry for _, inquiry in some]
            write_inquiries(writer, header, inquiries, control_number=f"{place:04}")
    return out.getvalue()


def _inquiry(one: _Asked, service_on: date, trace: str, kinds: tuple[str, ...]) -> Inquiry:
    policy, is_self = one.policy, one.coverage.relationship is Relationship.SELF
    holder = one.patient if is_self else one.holder
    if holder is not None:
        subscriber = _person(holder, "IL", member_id=policy.member_id)
    else:
        subscriber = Party(
            role="IL",
            kind="1",
            last=policy.subscriber_last,
            first=policy.subscriber_first,
            id_qualifier="MI",
            id=policy.member_id,
            born_on=policy.subscriber_born_on,
            sex=_SEXES[policy.subscriber_sex],
        )
    dependent = None
    if not is_self:
        dependent = _person(one.patient, "03", relationship=_RELATIONS[one.coverage.relationship])
    return Inquiry(
        trace=trace,
        subscriber=subscriber,
        dependent=dependent,
        service_on=service_on,
        service_types=kinds,
        group_number=policy.group_number,
    )


def _person(patient: Patient, role: str, *, member_id: str = "", relationship: str = "") -> Party:
    return Party(
        role=role,
        kind="1",
        last=patient.legal_last,
        first=patient.legal_first,
        middle=patient.legal_middle,
        suffix=patient.suffix,
        id_qualifier="MI" if member_id else "",
        id=member_id,
        born_on=patient.born_on,
        sex=_SEXES[patient.sex],
        relationship=relationship,
    )


def _file_name(batch: EligibilityBatch) -> str:
    return f"270-{batch.number:06}.txt"
