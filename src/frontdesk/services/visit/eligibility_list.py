"""Whose coverage is to be verified before the visits of the next days: two clocks, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, func, select

from frontdesk.kernel.names import first_last
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.coverage import Coverage, Policy, SelfPay
from frontdesk.models.registration.eligibility import EligibilityBatch, EligibilityInquiry
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.registration.verification import (
    UNANSWERED,
    CoverageVerification,
    VerificationResult,
    VerificationWay,
)
from frontdesk.models.schedule.appointment import Appointment, Stage
from frontdesk.models.types import Stamp
from frontdesk.services.command import query
from frontdesk.services.registration import eligibility_settings, verification_assignments, verifications
from frontdesk.services.registration.coverages import plan_name
from frontdesk.services.registration.eligibility_settings import SettingsDraft
from frontdesk.services.registration.verification_assignments import Assignee
from frontdesk.services.registration.verifications import Verification
from frontdesk.services.visit import eligibility_intake
from frontdesk.services.visit.flags import OVER
from frontdesk.services.work import Work


class Standing(StrEnum):
    """Where a coverage stands before its visit, what is worst first."""

    MISSING = "missing"
    """No coverage on file, and not self-pay."""
    INACTIVE = "inactive"
    FAILED = "failed"
    """The last try brought no answer."""
    DUE = "due"
    ASKED = "asked"
    """A question is out, without an answer so far."""
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class LastTry:
    """A try without an answer, after the last real one."""

    verification_id: int
    at: datetime
    by: str
    way: VerificationWay
    reject_codes: str
    said_by: str
    note: str


@dataclass(frozen=True, slots=True)
class ToVerify:
    """One coverage of a patient who comes, with the first visit that it is for."""

    coverage_id: int | None
    patient_id: int
    patient: str
    appointment_id: int
    starts: datetime
    provider: str
    plan: str
    payer_id: int | None
    payer_phone: str
    member_id: str
    rank: int
    standing: Standing
    answer: Verification | None
    eligibility_due: bool
    benefits_on: date | None
    """When the payer last said what the plan pays."""
    benefits_due: bool
    last_try: LastTry | None
    asked_at: datetime | None
    """When a question went out that has no answer yet."""
    assignee: Assignee | None

    @property
    def key(self) -> tuple[int, int]:
        """Tells the row apart in the list."""
        return (self.patient_id, self.coverage_id or 0)


@dataclass(frozen=True, slots=True)
class Worklist:
    """The list, with the settings that it follows."""

    rows: tuple[ToVerify, ...]
    settings: SettingsDraft
    loose: int
    """Answers of payers that no coverage fits."""


@query(permission="registration.view")
def to_verify(work: Work) -> Worklist:
    """Everybody expected today and in the days ahead, by visit; a constant number of statements."""
    settings = eligibility_settings.settings(work).draft
    return Worklist(tuple(_rows(work, settings)), settings, eligibility_intake.loose_count(work))


def open_count(work: Work) -> int:
    """How many wait for somebody of the office."""
    settings = eligibility_settings.settings(work).draft
    waiting = sum(row.standing not in (Standing.GOOD, Standing.ASKED) for row in _rows(work, settings))
    return waiting + eligibility_intake.loose_count(work)


@dataclass(frozen=True, slots=True)
class _Visit:
    appointment_id: int
    patient_id: int
    patient: str
    starts: datetime
    provider: str


@dataclass(frozen=True, slots=True)
class _Cover:
    coverage: Coverage
    member_id: str
    plan: str
    payer_id: int
    payer_phone: str


def _rows(work: Work, settings: SettingsDraft) -> list[ToVerify]:
    visits = _visits(work, work.today, work.today + timedelta(days=settings.days_ahead))
    patient_ids = sorted({visit.patient_id for visit in visits})
    covers = _covers(work, patient_ids)
    paying = _self_pay(work, patient_ids)
    ids = sorted(cover.coverage.id for some in covers.values() for cover in some)
    facts = _Facts(work, ids)
    rows: list[ToVerify] = []
    seen: set[tuple[int, int]] = set()
    for visit in visits:
        on = visit.starts.date()
        if any(_holds(spell.valid_from, spell.valid_until, on) for spell in paying.get(visit.patient_id, ())):
            continue
        here = [
            cover
            for cover in covers.get(visit.patient_id, ())
            if _holds(cover.coverage.effective_from, cover.coverage.effective_until, on)
        ]
        for row in [facts.row(visit, cover, settings, work.today) for cover in here] or [_missing(visit)]:
            if row.key not in seen:
                seen.add(row.key)
                rows.append(row)
    return rows


def _visits(work: Work, first: date, last: date) -> list[_Visit]:
    begins = datetime.combine(first, datetime.min.time())
    ends = datetime.combine(last + timedelta(days=1), datetime.min.time())
    found = work.session.execute(
        select(
            Appointment.id,
            Appointment.patient_id,
            Patient.legal_first,
            Patient.legal_last,
            Appointment.starts,
            Provider.short_name,
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .where(
            Appointment.starts >= begins,
            Appointment.starts < ends,
            Appointment.lifecycle.not_in(OVER),
            Appointment.stage == Stage.EXPECTED,
        )
        .order_by(Appointment.starts, Appointment.id)
    )
    return [
        _Visit(id, patient_id, first_last(first_name, last_name), starts, provider)
        for id, patient_id, first_name, last_name, starts, provider in found
    ]


def _covers(work: Work, patient_ids: Sequence[int]) -> dict[int, list[_Cover]]:
    found = work.session.execute(
        select(Coverage, Policy.member_id, Plan.name, Payer.name, Payer.id, Payer.phone)
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(Coverage.patient_id.in_(patient_ids), Coverage.is_active)
        .order_by(Coverage.rank, Coverage.id)
    )
    covers: dict[int, list[_Cover]] = {}
    for coverage, member_id, plan, payer, payer_id, phone in found:
        cover = _Cover(coverage, member_id, plan_name(payer, plan), payer_id, phone)
        covers.setdefault(coverage.patient_id, []).append(cover)
    return covers


def _self_pay(work: Work, patient_ids: Sequence[int]) -> dict[int, list[SelfPay]]:
    found: dict[int, list[SelfPay]] = {}
    for row in work.session.scalars(select(SelfPay).where(SelfPay.patient_id.in_(patient_ids))):
        found.setdefault(row.patient_id, []).append(row)
    return found


class _Facts:
    """What is known of the coverages of a list, in five statements."""

    def __init__(self, work: Work, ids: Sequence[int]) -> None:
        self._answers = verifications.latest_of(work, ids)
        self._benefits = {
            coverage_id: work.wall(at).date() for coverage_id, at in work.session.execute(_last_benefits(ids))
        }
        self._tries = {
            row.coverage_id: LastTry(
                row.id,
                work.wall(row.verified_at),
                row.verified_by,
                row.way,
                row.reject_codes,
                row.said_by,
                row.note,
            )
            for row in _last_tries(work, ids)
        }
        self._asked = {
            coverage_id: work.wall(at) for coverage_id, at in work.session.execute(_last_questions(ids))
        }
        self._assignees = verification_assignments.of_coverages(work, ids)

    def row(self, visit: _Visit, cover: _Cover, settings: SettingsDraft, today: date) -> ToVerify:
        id, on = cover.coverage.id, visit.starts.date()
        answer = self._answers.get(id)
        if answer is not None and answer.result in UNANSWERED:
            answer = None
        tried = self._tries.get(id)
        if tried is not None and answer is not None and tried.at <= answer.at:
            tried = None
        asked = self._asked.get(id)
        told_at = max((said.at for said in (answer, tried) if said is not None), default=None)
        if asked is not None and told_at is not None and asked <= told_at:
            asked = None
        eligibility_due = settings.eligibility_due(answer.at.date() if answer else None, on, today)
        benefits_on = self._benefits.get(id)
        benefits_due = settings.benefits_due(benefits_on, on, today)
        return ToVerify(
            coverage_id=id,
            patient_id=visit.patient_id,
            patient=visit.patient,
            appointment_id=visit.appointment_id,
            starts=visit.starts,
            provider=visit.provider,
            plan=cover.plan,
            payer_id=cover.payer_id,
            payer_phone=cover.payer_phone,
            member_id=cover.member_id,
            rank=cover.coverage.rank,
            standing=_standing(answer, tried, asked, is_due=eligibility_due or benefits_due),
            answer=answer,
            eligibility_due=eligibility_due,
            benefits_on=benefits_on,
            benefits_due=benefits_due,
            last_try=tried,
            asked_at=asked,
            assignee=self._assignees.get(id),
        )


def _standing(
    answer: Verification | None, tried: LastTry | None, asked: datetime | None, *, is_due: bool
) -> Standing:
    if asked is not None:
        return Standing.ASKED
    if tried is not None:
        return Standing.FAILED
    if answer is not None and answer.result is not VerificationResult.ACTIVE:
        return Standing.INACTIVE
    return Standing.DUE if is_due else Standing.GOOD


def _missing(visit: _Visit) -> ToVerify:
    return ToVerify(
        coverage_id=None,
        patient_id=visit.patient_id,
        patient=visit.patient,
        appointment_id=visit.appointment_id,
        starts=visit.starts,
        provider=visit.provider,
        plan="",
        payer_id=None,
        payer_phone="",
        member_id="",
        rank=1,
        standing=Standing.MISSING,
        answer=None,
        eligibility_due=True,
        benefits_on=None,
        benefits_due=True,
        last_try=None,
        asked_at=None,
        assignee=None,
    )


def _holds(starts: date, ends: date | None, on: date) -> bool:
    return starts <= on and (ends is None or ends >= on)


def _last_benefits(ids: Sequence[int]) -> Select[int, datetime]:
    verification = CoverageVerification
    return (
        select(verification.coverage_id, func.max(verification.verified_at, type_=Stamp()))
        .where(verification.coverage_id.in_(ids), verification.has_benefits, verifications.counts())
        .group_by(verification.coverage_id)
    )


def _last_tries(work: Work, ids: Sequence[int]) -> Sequence[CoverageVerification]:
    """The newest try without an answer of each coverage."""
    verification = CoverageVerification
    newest = (
        select(func.max(verification.id).label("id"))
        .where(verification.coverage_id.in_(ids), verification.result.in_(UNANSWERED), verifications.counts())
        .group_by(verification.coverage_id)
        .subquery()
    )
    return work.session.scalars(select(verification).join(newest, newest.c.id == verification.id)).all()


def _last_questions(ids: Sequence[int]) -> Select[int, datetime]:
    return (
        select(EligibilityInquiry.coverage_id, func.max(EligibilityBatch.made_at, type_=Stamp()))
        .join(EligibilityBatch, EligibilityBatch.id == EligibilityInquiry.batch_id)
        .where(EligibilityInquiry.coverage_id.in_(ids))
        .group_by(EligibilityInquiry.coverage_id)
    )
