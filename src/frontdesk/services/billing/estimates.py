"""Estimates are written, given to the patient, and written anew where something changes.

What a good-faith estimate must contain by 45 CFR 149.610(c)(1), and where it stands:
(i) the patient's name and birth date: on the paper;
(ii) the primary service in plain words, and the day it is scheduled: `service`, `service_on`;
(iii) an itemized list by provider: the lines, all of one provider;
(iv) diagnosis codes where they apply, service codes and expected charges: each line;
(v) name, NPI and TIN of the provider, state and location: the version, the practice;
(vi) what is scheduled separately, under the words that separate estimates follow: `separately`;
(vii) that more may be recommended; (viii) that it is only an estimate; (ix) the right to dispute, where to
read about it, and that care does not suffer; (x) that it is no contract: (vi) to (x) in the PDF.
Recurring care within twelve months may be one estimate, (b)(1)(x). A version is part of the record, (f).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.estimate import (
    MOST_VISITS,
    Estimate,
    EstimateGiven,
    EstimateLine,
    EstimateVersion,
)
from frontdesk.models.billing.estimate import EstimateWay as EstimateWay
from frontdesk.models.office.resources import Provider
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import estimate_draft
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.cards import card_finding
from frontdesk.services.billing.estimate_draft import EstimateDraft, Priced
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("estimate_is_written", "An estimate is not changed. Write a new version.")
says("estimate_sums", "The lines do not add up to the estimate. Nothing was written.")
says("uq_estimate_appointment_id", "Another desk has just begun this visit's estimate. Look at it again.")
says("uq_estimate_version_estimate_id_edition", "Another desk has just written a version. Look at it again.")
for _table in ("estimate_version", "estimate_line", "estimate_given"):
    says(f"append_only_{_table}", "An estimate is not changed. Write a new version.")

LINES_MOST = 20
RECURRING_DAYS = 366
TEXT_LENGTH, SERVICE_LENGTH = 400, 200


@dataclass(frozen=True, slots=True)
class Given:
    """How a version reached the patient."""

    id: int
    way: EstimateWay
    at: datetime
    """On the office's clock."""
    by: str


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it was written."""

    id: int
    edition: int
    written_at: datetime
    """On the office's clock."""
    written_by: str
    is_good_faith: bool
    service: str
    service_on: date | None
    visits: int
    until_on: date | None
    provider: str
    provider_npi: str
    lines: tuple[Priced, ...]
    fees_cents: int
    total_cents: int
    why: str
    separately: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class EstimateView:
    """An estimate with its versions, the newest first."""

    id: int
    number: str
    patient_id: int
    appointment_id: int | None
    requested_on: date | None
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        return self.versions[0]


def said_estimate(number: int) -> str:
    """An estimate's number as it is printed and said: "E-000012"."""
    return f"E-{number:06d}"


@query(permission="billing.view")
def estimate(work: Work, *, estimate_id: int) -> EstimateView:
    """One estimate."""
    row = work.get(Estimate, estimate_id)
    work.concerns(row.patient_id)
    return _view(work, row)


def _view(work: Work, row: Estimate) -> EstimateView:
    versions = work.session.scalars(
        select(EstimateVersion)
        .where(EstimateVersion.estimate_id == row.id)
        .order_by(EstimateVersion.edition.desc())
    ).all()
    ids = [version.id for version in versions]
    lines: dict[int, list[Priced]] = {}
    for line in work.session.scalars(
        select(EstimateLine).where(EstimateLine.version_id.in_(ids)).order_by(EstimateLine.place)
    ):
        lines.setdefault(line.version_id, []).append(
            Priced(line.code, line.label, line.diagnosis, line.units, line.fee_cents, line.expected_cents)
        )
    given: dict[int, list[Given]] = {}
    for each in work.session.scalars(
        select(EstimateGiven)
        .where(EstimateGiven.version_id.in_(ids), EstimateGiven.taken_back_at.is_(None))
        .order_by(EstimateGiven.given_at, EstimateGiven.id)
    ):
        given.setdefault(each.version_id, []).append(
            Given(each.id, each.way, work.wall(each.given_at), each.given_by)
        )
    return EstimateView(
        id=row.id,
        number=said_estimate(row.number),
        patient_id=row.patient_id,
        appointment_id=row.appointment_id,
        requested_on=row.requested_on,
        versions=tuple(
            Version(
                id=each.id,
                edition=each.edition,
                written_at=work.wall(each.written_at),
                written_by=each.written_by,
                is_good_faith=each.is_good_faith,
                service=each.service,
                service_on=each.service_on,
                visits=each.visits,
                until_on=each.until_on,
                provider=each.provider,
                provider_npi=each.provider_npi,
                lines=tuple(lines[each.id]),
                fees_cents=each.fees_cents,
                total_cents=each.total_cents,
                why=each.why,
                separately=each.separately,
                given=tuple(given.get(each.id, ())),
            )
            for each in versions
        ),
    )


@command(
    "Write estimate",
    permission="billing.write_estimate",
    undo=irreversible("What was written is kept. Write a new version."),
)
def write(work: Work, *, draft: EstimateDraft, estimate_id: int | None = None) -> int:
    """The first version of an estimate, or the next; the estimate's id."""
    work.concerns(draft.patient_id)
    refuse_if_any(_findings(work, draft))
    reckoned = estimate_draft.reckon(work, draft=draft)
    total = reckoned.fees_cents * draft.visits
    refuse_if_any(amount_finding(total, "lines"))
    row = _row(work, draft, estimate_id)
    provider = work.get(Provider, draft.provider_id)
    edition = work.session.scalar(
        select(func.max(EstimateVersion.edition)).where(EstimateVersion.estimate_id == row.id)
    )
    credential = f", {provider.credential}" if provider.credential else ""
    version = EstimateVersion(
        id=work.new_id(),
        estimate_id=row.id,
        edition=(edition or 0) + 1,
        written_at=work.now,
        written_by=work.actor.name,
        is_good_faith=reckoned.is_good_faith,
        service=draft.service.strip(),
        service_on=draft.service_on,
        visits=draft.visits,
        until_on=draft.until_on,
        provider_id=provider.id,
        provider=f"{provider.first_name} {provider.last_name}{credential}",
        provider_npi=provider.npi,
        fees_cents=total,
        total_cents=reckoned.total_cents * draft.visits,
        why=reckoned.why,
        separately=draft.separately.strip(),
    )
    for place, line in enumerate(reckoned.lines, 1):
        work.add(
            EstimateLine(
                version_id=version.id,
                place=place,
                code=line.code,
                label=line.label,
                diagnosis=line.diagnosis,
                units=line.units,
                fee_cents=line.fee_cents,
                expected_cents=line.expected_cents,
            )
        )
    # Lines first: the database adds them up when their version arrives.
    work.flush()
    work.add(version)
    work.flush()
    return row.id


def _not_given(done: Performed) -> Undo:
    return Undo(take_back, given_id=done.result)


@command("Give estimate", permission="billing.write_estimate", undo=_not_given)
def give(work: Work, *, estimate_id: int, way: EstimateWay) -> int:
    """Note that the newest version reached the patient; gives back the note's id."""
    row = work.get(Estimate, estimate_id)
    work.concerns(row.patient_id)
    newest = work.session.scalars(
        select(EstimateVersion.id)
        .where(EstimateVersion.estimate_id == estimate_id)
        .order_by(EstimateVersion.edition.desc())
    ).first()
    assert newest is not None, "an estimate is written when it is begun"
    return work.add(EstimateGiven(version_id=newest, way=way, given_at=work.now, given_by=work.actor.name)).id


@command(
    "Take back that estimate was given",
    permission="billing.write_estimate",
    undo=irreversible("Note again that it was given."),
)
def take_back(work: Work, *, given_id: int) -> None:
    """It did not reach the patient after all; the clock runs again."""
    row = work.get(EstimateGiven, given_id)
    version = work.get(EstimateVersion, row.version_id)
    work.concerns(work.get(Estimate, version.estimate_id).patient_id)
    if row.taken_back_at is not None:
        raise Refused(Finding("This was taken back before."))
    row.taken_back_at = work.now


def _row(work: Work, draft: EstimateDraft, estimate_id: int | None) -> Estimate:
    if estimate_id is not None:
        found = work.get(Estimate, estimate_id)
        if found.patient_id != draft.patient_id or found.appointment_id != draft.appointment_id:
            raise Refused(Finding("This estimate is for something else. Begin a new one."))
        return found
    if draft.appointment_id is not None:
        begun = work.session.scalar(select(Estimate).where(Estimate.appointment_id == draft.appointment_id))
        if begun is not None:
            return begun
    row = work.add(
        Estimate(
            number=work.next_number("estimate"),
            patient_id=draft.patient_id,
            visit_type_id=draft.visit_type_id,
            appointment_id=draft.appointment_id,
            requested_on=draft.requested_on,
        )
    )
    work.flush()
    return row


def _findings(work: Work, draft: EstimateDraft) -> list[Finding]:
    findings = []
    if not draft.service.strip():
        findings.append(Finding("Say in plain words what the visit is for.", "service"))
    elif len(draft.service.strip()) > SERVICE_LENGTH:
        findings.append(Finding(f"This has at most {SERVICE_LENGTH} characters. Shorten it.", "service"))
    if len(draft.separately.strip()) > TEXT_LENGTH:
        findings.append(Finding(f"This has at most {TEXT_LENGTH} characters. Shorten it.", "separately"))
    findings += card_finding(draft.service, "service") + card_finding(draft.separately, "separately")
    if not draft.lines:
        findings.append(Finding("List what is expected: a code in each line.", "lines"))
    elif len(draft.lines) > LINES_MOST:
        findings.append(Finding(f"An estimate has {LINES_MOST} lines at most.", "lines"))
    for line in draft.lines:
        if not 1 <= line.units <= 99:
            findings.append(Finding("Units are from 1 to 99.", "lines"))
        if line.fee_cents is not None:
            findings += amount_finding(line.fee_cents, "lines")
    if draft.appointment_id is not None:
        visit = work.session.get(Appointment, draft.appointment_id)
        if visit is None or visit.patient_id != draft.patient_id:
            findings.append(Finding("The visit is another patient's. Choose the visit again."))
    elif draft.requested_on is None:
        findings.append(Finding("Say when the patient asked for it.", "requested_on"))
    if draft.requested_on is not None and draft.requested_on > work.today:
        findings.append(Finding("The patient cannot have asked in the future.", "requested_on"))
    return findings + _recurring_findings(work, draft)


def _recurring_findings(work: Work, draft: EstimateDraft) -> list[Finding]:
    if not 1 <= draft.visits <= MOST_VISITS:
        return [Finding(f"An estimate is for 1 to {MOST_VISITS} visits.", "visits")]
    first = draft.service_on or work.today
    if draft.visits == 1:
        return [] if draft.until_on is None else [Finding("One visit has no last day.", "until_on")]
    if draft.until_on is None or draft.until_on <= first:
        return [Finding("Say until when the visits come back.", "until_on")]
    if draft.until_on > first + timedelta(days=RECURRING_DAYS):
        return [Finding("One estimate covers twelve months at most.", "until_on")]
    return []
