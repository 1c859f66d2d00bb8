"""What the desk should know or must act on before a visit, for lists of visits at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Literal, NamedTuple, Protocol

from sqlalchemy import bindparam, case, func, or_, select

from frontdesk.kernel.money import dollars
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Posting, PostingKind
from frontdesk.models.registration.coverage import Coverage, Policy, SelfPay
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Plan
from frontdesk.models.registration.reach import AlertKind, PatientAlert
from frontdesk.models.registration.verification import UNANSWERED, VerificationResult
from frontdesk.models.schedule.appointment import (
    Appointment,
    Lifecycle,
    Stage,
)
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import balances
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.registration import verifications
from frontdesk.services.schedule import authorization_list, visit_forms, visit_payers
from frontdesk.services.schedule.day import DaySheet
from frontdesk.services.visit import outside_records, paper_elsewhere
from frontdesk.services.visit.outside_records import Planned
from frontdesk.services.work import Work

ELIGIBILITY_WITHIN = timedelta(days=7)
"""How far ahead coverage should have been verified; a visit further away raises no flag yet."""

Severity = Literal["block", "warn", "info", "neutral"]


class FlagKind(StrEnum):
    """The flags of DESIGN-SYSTEM.md, the most severe first."""

    ELIGIBILITY = "eligibility"
    AUTHORIZATION = "authorization"
    FORMS = "forms"
    RECORDS = "records"
    PAPER = "paper"
    COPAY = "copay"
    BALANCE = "balance"
    FIRST_VISIT = "first_visit"
    INTERPRETER = "interpreter"
    ACCESS = "access"
    VIDEO = "video"


SEVERITY: Mapping[FlagKind, Severity] = {
    FlagKind.ELIGIBILITY: "block",
    FlagKind.AUTHORIZATION: "block",
    FlagKind.FORMS: "warn",
    FlagKind.RECORDS: "warn",
    FlagKind.PAPER: "warn",
    FlagKind.COPAY: "warn",
    FlagKind.BALANCE: "warn",
    FlagKind.FIRST_VISIT: "info",
    FlagKind.INTERPRETER: "neutral",
    FlagKind.ACCESS: "neutral",
    FlagKind.VIDEO: "neutral",
}


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to know, in words."""

    kind: FlagKind
    severity: Severity
    words: str


@dataclass(frozen=True, slots=True)
class VisitFlags:
    """The flags of one visit, the most severe first."""

    appointment_id: int
    flags: tuple[Flag, ...]


OVER = (
    Lifecycle.COMPLETED,
    Lifecycle.CANCELLED,
    Lifecycle.NO_SHOW,
    Lifecycle.LEFT,
    Lifecycle.RESCHEDULED,
    Lifecycle.IN_ERROR,
)
"""Nothing is to be seen to any more on a visit in one of these."""


class Flagged(Protocol):
    """What the flags of a visit are made of, beside what is on record; a visit of a day sheet has it."""

    @property
    def id(self) -> int: ...
    @property
    def patient_id(self) -> int: ...
    @property
    def provider_id(self) -> int: ...
    @property
    def starts(self) -> datetime: ...
    @property
    def has_come(self) -> bool: ...
    @property
    def is_new_patient(self) -> bool: ...
    @property
    def interpreter(self) -> str: ...
    @property
    def is_video(self) -> bool: ...


class _Visit(NamedTuple):
    id: int
    patient_id: int
    provider_id: int
    starts: datetime
    has_come: bool
    is_new_patient: bool
    interpreter: str
    is_video: bool


@query(permission="schedule.view")
def of_day(work: Work, *, day: date) -> tuple[VisitFlags, ...]:
    """The flags of every visit of a day that is not over; a constant number of statements."""
    begins = datetime.combine(day, datetime.min.time())
    found = _OF_DAY.rows(work.session, {"begin": begins, "end": begins + timedelta(days=1)})
    return of(work, [*map(_Visit._make, found)])


@query(permission="schedule.view")
def of_visits(work: Work, *, appointment_ids: tuple[int, ...]) -> tuple[VisitFlags, ...]:
    """The flags of these visits; a constant number of statements."""
    found = _BY_ID.rows(work.session, {"visits": appointment_ids})
    return of(work, [*map(_Visit._make, found)])


def of_sheet(work: Work, sheet: DaySheet) -> dict[int, tuple[Flag, ...]]:
    """The flags of the visits of a day's sheet that are not over, by visit."""
    to_come = [visit for visit in sheet.visits if visit.lifecycle not in OVER]
    return {each.appointment_id: each.flags for each in of(work, to_come)}


def of(work: Work, visits: Sequence[Flagged]) -> tuple[VisitFlags, ...]:
    """The flags of visits of one day, in their order; a constant number of statements."""
    if not visits:
        return ()
    appointment_ids = tuple(visit.id for visit in visits)
    patient_ids = tuple(sorted({visit.patient_id for visit in visits}))
    on = visits[0].starts.date()
    missing = {
        open_.patient_id: open_.titles
        for open_ in visit_forms.open_forms(work, patient_ids=patient_ids, on=on)
    }
    dues = balances.patient_due_by_patient(work, patient_ids)
    access = _access_alerts(work, patient_ids, on)
    cover = _Cover.read(work, patient_ids, on)
    paid = _paid(work, appointment_ids)
    unauthorized = authorization_list.unauthorized(work, appointment_ids)
    awaited = outside_records.awaited(
        work, [Planned(visit.id, visit.patient_id, visit.starts.date()) for visit in visits]
    )
    needs = ((visit.id, visit.patient_id, visit.provider_id, visit.starts.date()) for visit in visits)
    paper = paper_elsewhere.by_visit(work, needs)
    of_cases = visit_payers.of_cases(work, appointment_ids)

    flagged = []
    for visit in visits:
        patient_id = visit.patient_id
        flags: list[Flag] = []
        why = "" if visit.id in of_cases else cover.unverified(patient_id)
        if why and on <= work.today + ELIGIBILITY_WITHIN:
            flags.append(_flag(FlagKind.ELIGIBILITY, why))
        if visit.id in unauthorized:
            flags.append(_flag(FlagKind.AUTHORIZATION, "Authorization missing"))
        if titles := missing.get(patient_id):
            flags.append(
                _flag(FlagKind.FORMS, titles[0] if len(titles) == 1 else f"{len(titles)} forms to sign")
            )
        if visit.id in awaited:
            flags.append(_flag(FlagKind.RECORDS, awaited[visit.id].words))
        if visit.id in paper:
            flags.append(_flag(FlagKind.PAPER, paper[visit.id]))
        copay = 0 if visit.id in of_cases else cover.copay_cents(patient_id)
        owed = copay - paid.get(visit.id, 0)
        if owed > 0 and visit.has_come:
            flags.append(_flag(FlagKind.COPAY, f"Copay {dollars(owed)} due"))
        if (due := dues.get(patient_id, 0)) > 0:
            flags.append(_flag(FlagKind.BALANCE, f"{dollars(due)} balance"))
        if visit.is_new_patient:
            flags.append(_flag(FlagKind.FIRST_VISIT, "First visit"))
        if visit.interpreter:
            flags.append(_flag(FlagKind.INTERPRETER, f"{visit.interpreter} interpreter"))
        if patient_id in access:
            flags.append(_flag(FlagKind.ACCESS, access[patient_id]))
        if visit.is_video:
            flags.append(_flag(FlagKind.VIDEO, "Video visit"))
        flagged.append(VisitFlags(visit.id, tuple(flags)))
    return tuple(flagged)


def _flag(kind: FlagKind, words: str) -> Flag:
    return Flag(kind, SEVERITY[kind], words)


@dataclass(frozen=True, slots=True)
class _Cover:
    """The first coverage of each patient, its last answer, and who chose to pay themselves."""

    first: dict[int, tuple[int, int | None]]
    """Coverage id and the plan's copay, by patient."""
    answers: dict[int, verifications.Verification]
    self_paying: set[int]

    @classmethod
    def read(cls, work: Work, patient_ids: Sequence[int], on: date) -> "_Cover":
        wanted = {"patients": patient_ids, "on": on}
        rows = _COVERAGES.rows(work.session, wanted)
        first = {patient_id: (coverage_id, copay) for patient_id, coverage_id, copay in rows}
        paying = {patient_id for (patient_id,) in _SELF_PAYING.rows(work.session, wanted)}
        answers = verifications.latest_of(work, [coverage_id for coverage_id, _ in first.values()])
        return cls(first, answers, paying)

    def unverified(self, patient_id: int) -> str:
        """Why the desk must ask the payer first; empty where it need not."""
        if patient_id in self.self_paying:
            return ""
        if patient_id not in self.first:
            return "No coverage on file"
        answer = self.answers.get(self.first[patient_id][0])
        if answer is None or answer.is_stale or answer.result in UNANSWERED:
            return "Eligibility not verified"
        return "" if answer.result is VerificationResult.ACTIVE else "Coverage not active"

    def copay_cents(self, patient_id: int) -> int:
        if patient_id in self.self_paying or patient_id not in self.first:
            return 0
        coverage_id, plan_copay = self.first[patient_id]
        answer = self.answers.get(coverage_id)
        told = answer.copay_cents if answer else None
        return (told if told is not None else plan_copay) or 0


def _access_alerts(work: Work, patient_ids: Sequence[int], on: date) -> dict[int, str]:
    return dict(_ACCESS_ALERTS.rows(work.session, {"patients": patient_ids, "on": on}))


def _paid(work: Work, appointment_ids: Sequence[int]) -> dict[int, int]:
    """What was taken at the desk for these visits, in cents; voided receipts count against themselves."""
    found = _TAKEN_AT_DESK.rows(work.session, {"visits": appointment_ids})
    return {appointment_id: int(cents) for appointment_id, cents in found}


_VISITS: Final = (
    select(
        Appointment.id,
        Appointment.patient_id,
        Appointment.provider_id,
        Appointment.starts,
        Appointment.stage != Stage.EXPECTED,
        Appointment.is_new_patient,
        case((Patient.interpreter_needed, Patient.language), else_=""),
        VisitType.is_video,
    )
    .join(Patient, Patient.id == Appointment.patient_id)
    .join(VisitType, VisitType.id == Appointment.visit_type_id)
    .order_by(Appointment.starts, Appointment.id)
)
_BY_ID: Final = Prepared(_VISITS.where(among(Appointment.id, "visits")))
_OF_DAY: Final = Prepared(
    _VISITS.where(
        Appointment.starts >= bindparam("begin"),
        Appointment.starts < bindparam("end"),
        Appointment.lifecycle.not_in(OVER),
    )
)
_COVERAGES: Final = Prepared(
    select(Coverage.patient_id, Coverage.id, Plan.copay_cents)
    .join(Policy, Policy.id == Coverage.policy_id)
    .join(Plan, Plan.id == Policy.plan_id)
    .where(
        among(Coverage.patient_id, "patients"),
        Coverage.is_active,
        Coverage.case_number == "",
        Coverage.effective_from <= bindparam("on"),
        or_(Coverage.effective_until.is_(None), Coverage.effective_until >= bindparam("on")),
    )
    .order_by(Coverage.patient_id, Coverage.rank.desc(), Coverage.id.desc())
)
_SELF_PAYING: Final = Prepared(
    select(SelfPay.patient_id).where(
        among(SelfPay.patient_id, "patients"),
        SelfPay.valid_from <= bindparam("on"),
        or_(SelfPay.valid_until.is_(None), SelfPay.valid_until >= bindparam("on")),
    )
)
_ACCESS_ALERTS: Final = Prepared(
    select(PatientAlert.patient_id, PatientAlert.sentence)
    .where(
        among(PatientAlert.patient_id, "patients"),
        PatientAlert.kind == AlertKind.ACCESS,
        PatientAlert.ended_at.is_(None),
        PatientAlert.starts_on <= bindparam("on"),
        or_(PatientAlert.expires_on.is_(None), PatientAlert.expires_on >= bindparam("on")),
    )
    .order_by(PatientAlert.id.desc())
)
_TAKEN_AT_DESK: Final = Prepared(
    select(JournalEntry.appointment_id, -func.sum(JournalEntry.amount_cents))
    .join(Posting, JournalEntry.posting_id == Posting.id)
    .where(
        among(JournalEntry.appointment_id, "visits"),
        JournalEntry.kind == EntryKind.UNAPPLIED,
        Posting.kind.in_([PostingKind.RECEIPT, PostingKind.RECEIPT_VOID, PostingKind.CHECK_RETURN]),
    )
    .group_by(JournalEntry.appointment_id)
)
