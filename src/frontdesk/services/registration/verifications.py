"""Asking payers whether a coverage holds, and what they said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.registration.coverage import Coverage
from frontdesk.models.registration.verification import UNANSWERED as UNANSWERED
from frontdesk.models.registration.verification import (
    CoverageVerification,
    VerificationWithdrawal,
)
from frontdesk.models.registration.verification import VerificationResult as VerificationResult
from frontdesk.models.registration.verification import VerificationWay as VerificationWay
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.registration import benefits, eligibility_settings
from frontdesk.services.registration.benefit_summary import has_benefits
from frontdesk.services.registration.manual_benefits import check_told, told_lines
from frontdesk.services.registration.rules import check_lengths
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "append_only_coverage_verification",
    "A payer's answer is never changed. Record the new answer beside it.",
)
says("append_only_verification_withdrawal", "A withdrawn answer stays withdrawn. Record the right one.")
says("uq_verification_withdrawal_verification_id", "This answer was withdrawn at another desk already.")


@dataclass(frozen=True, slots=True)
class VerificationDraft:
    """A payer's answer as the desk writes it down; amounts are None where nothing was said."""

    coverage_id: int
    way: VerificationWay
    result: VerificationResult
    service_on: date
    copay_cents: int | None = None
    coinsurance_percent: int | None = None
    deductible_cents: int | None = None
    deductible_left_cents: int | None = None
    out_of_pocket_left_cents: int | None = None
    reference: str = ""
    said_by: str = ""
    note: str = ""
    out_of_pocket_cents: int | None = None
    family_deductible_cents: int | None = None
    family_deductible_left_cents: int | None = None
    family_out_of_pocket_cents: int | None = None
    family_out_of_pocket_left_cents: int | None = None
    outside_copay_cents: int | None = None
    """Out of network; so the next ones."""
    outside_coinsurance_percent: int | None = None
    outside_deductible_cents: int | None = None
    outside_deductible_left_cents: int | None = None
    outside_out_of_pocket_cents: int | None = None
    outside_out_of_pocket_left_cents: int | None = None
    needs_authorization: bool | None = None
    plan_said: str = ""
    plan_begins_on: date | None = None
    plan_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The latest answer about a coverage."""

    id: int
    coverage_id: int
    at: datetime
    """On the office's clock."""
    by: str
    way: VerificationWay
    result: VerificationResult
    copay_cents: int | None
    coinsurance_percent: int | None
    deductible_cents: int | None
    deductible_left_cents: int | None
    out_of_pocket_left_cents: int | None
    reference: str
    said_by: str
    note: str
    is_stale: bool
    """Whether the coverage holds must be asked anew, as the office's setting says."""
    out_of_pocket_cents: int | None = None
    has_benefits: bool = False
    plan_said: str = ""
    plan_begins_on: date | None = None
    plan_ends_on: date | None = None
    reject_codes: str = ""
    """Each AAA as "subscriber 72 C"; `eligibility_failures.failures_said` says what to do."""
    service_on: date | None = None
    answer_id: int | None = None
    """The payer's answer in a file that it was read from."""


@query(permission="registration.view")
def latest(work: Work, *, coverage_id: int) -> Verification | None:
    """The last answer; one without an answer never hides the one before it."""
    return latest_of(work, [coverage_id]).get(coverage_id)


@command(
    "Record verification",
    permission="registration.verify",
    undo=irreversible("A payer's answer stays on file. Record the right answer beside it."),
)
def record(work: Work, *, draft: VerificationDraft) -> int:
    """The id of the answer; by phone it needs the reference number and who said so."""
    coverage = work.get(Coverage, draft.coverage_id)
    work.concerns(coverage.patient_id)
    refuse_if_any(_findings(draft))
    holds = {VerificationResult.ACTIVE: True, VerificationResult.INACTIVE: False}
    lines = told_lines(draft, is_active=holds.get(draft.result))
    answer = CoverageVerification(
        coverage_id=coverage.id,
        verified_at=work.now,
        verified_by=work.actor.name,
        way=draft.way,
        result=draft.result,
        service_on=draft.service_on,
        copay_cents=draft.copay_cents,
        coinsurance_percent=draft.coinsurance_percent,
        deductible_cents=draft.deductible_cents,
        deductible_left_cents=draft.deductible_left_cents,
        out_of_pocket_cents=draft.out_of_pocket_cents,
        out_of_pocket_left_cents=draft.out_of_pocket_left_cents,
        has_benefits=has_benefits(lines),
        plan_said=draft.plan_said.strip(),
        plan_begins_on=draft.plan_begins_on,
        plan_ends_on=draft.plan_ends_on,
        reference=draft.reference.strip(),
        said_by=draft.said_by.strip(),
        note=draft.note.strip(),
    )
    work.add(answer)
    work.flush()
    benefits.keep(work, answer.id, lines)
    return answer.id


@command(
    "Withdraw verification",
    permission="registration.verify",
    undo=irreversible("A withdrawn answer stays withdrawn. Record the right one."),
)
def withdraw(work: Work, *, verification_id: int, reason: str) -> None:
    """The answer was kept for the wrong coverage; it no longer counts and stays on record."""
    answer = work.get(CoverageVerification, verification_id)
    work.concerns(work.get(Coverage, answer.coverage_id).patient_id)
    if not reason.strip():
        raise Refused(Finding("Enter why this answer does not count.", "reason"))
    withdrawn = select(VerificationWithdrawal.id).where(
        VerificationWithdrawal.verification_id == verification_id
    )
    if work.session.scalar(withdrawn) is not None:
        raise Refused(Finding("This answer was withdrawn already."))
    work.add(
        VerificationWithdrawal(
            verification_id=verification_id,
            withdrawn_at=work.now,
            withdrawn_by=work.actor.name,
            reason=reason.strip(),
        )
    )


@query(permission="registration.view")
def history(work: Work, *, coverage_id: int) -> tuple[Verification, ...]:
    """Every answer about a coverage and every try without one, the newest first."""
    rows = work.session.execute(
        select(CoverageVerification, eligibility_settings.good_for_days())
        .where(CoverageVerification.coverage_id == coverage_id, counts())
        .order_by(CoverageVerification.verified_at.desc(), CoverageVerification.id.desc())
    )
    return tuple(view(work, row, days) for row, days in rows)


def counts() -> ColumnElement[bool]:
    """For a WHERE: the answer was not withdrawn."""
    return ~exists().where(VerificationWithdrawal.verification_id == CoverageVerification.id)


def latest_of(work: Work, coverage_ids: Sequence[int]) -> dict[int, Verification]:
    """The last real answer per coverage, in one statement; a try without one only where there is none."""
    if not coverage_ids:
        return {}
    rows = _LATEST.named(work.session, {"coverages": coverage_ids})
    return {row.coverage_id: view(work, row, row.good_for_days) for row in rows}


def _latest() -> Select[*tuple[Any, ...]]:  # Any: read by the names of the columns
    answered = case((CoverageVerification.result.in_(UNANSWERED), 0), else_=1)
    place = (
        func.row_number()
        .over(
            partition_by=CoverageVerification.coverage_id,
            order_by=(
                answered.desc(),
                CoverageVerification.verified_at.desc(),
                CoverageVerification.id.desc(),
            ),
        )
        .label("place")
    )
    ranked = (
        select(CoverageVerification.id, place)
        .where(among(CoverageVerification.coverage_id, "coverages"), counts())
        .subquery()
    )
    return (
        select(CoverageVerification, eligibility_settings.good_for_days().label("good_for_days"))
        .join(ranked, ranked.c.id == CoverageVerification.id)
        .where(ranked.c.place == 1)
    )


_LATEST: Final = Prepared(_latest())


# Any: an answer as it is mapped, or its columns by name.
def view(work: Work, row: Any, good_for_days: int | None) -> Verification:
    """A row as it leaves the service; `good_for_days` as `eligibility_settings.good_for_days` gives it."""
    at = work.wall(row.verified_at)
    good_for = eligibility_settings.DEFAULT.eligibility_days if good_for_days is None else good_for_days
    return Verification(
        id=row.id,
        coverage_id=row.coverage_id,
        at=at,
        by=row.verified_by,
        way=row.way,
        result=row.result,
        copay_cents=row.copay_cents,
        coinsurance_percent=row.coinsurance_percent,
        deductible_cents=row.deductible_cents,
        deductible_left_cents=row.deductible_left_cents,
        out_of_pocket_left_cents=row.out_of_pocket_left_cents,
        reference=row.reference,
        said_by=row.said_by,
        note=row.note,
        is_stale=(work.today - at.date()).days > good_for,
        out_of_pocket_cents=row.out_of_pocket_cents,
        has_benefits=row.has_benefits,
        plan_said=row.plan_said,
        plan_begins_on=row.plan_begins_on,
        plan_ends_on=row.plan_ends_on,
        reject_codes=row.reject_codes,
        service_on=row.service_on,
        answer_id=row.answer_id,
    )


def _findings(draft: VerificationDraft) -> list[Finding]:
    findings = check_lengths(draft, CoverageVerification)
    if draft.way is VerificationWay.PHONE and draft.result is not VerificationResult.NO_ANSWER:
        if not draft.reference.strip():
            findings.append(Finding("Enter the reference number of the call.", "reference"))
        if not draft.said_by.strip():
            findings.append(Finding("Enter who at the payer said so.", "said_by"))
    if draft.result is VerificationResult.REJECTED:
        findings.append(
            Finding("Only a file of the payer can refuse the question. Choose what was said.", "result")
        )
    return [*findings, *check_told(draft)]
