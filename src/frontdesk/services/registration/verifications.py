"""Asking payers whether a coverage holds, and what they said last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.registration.coverage import Coverage
from frontdesk.models.registration.verification import CoverageVerification
from frontdesk.models.registration.verification import VerificationResult as VerificationResult
from frontdesk.models.registration.verification import VerificationWay as VerificationWay
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.registration.rules import check_lengths
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

STALE_AFTER_DAYS = 30
"""Office habit: eligibility is asked anew each month."""

says(
    "append_only_coverage_verification",
    "A payer's answer is never changed. Record the new answer beside it.",
)


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


@dataclass(frozen=True, slots=True)
class Verification:
    """The latest answer about a coverage."""

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
        out_of_pocket_left_cents=draft.out_of_pocket_left_cents,
        reference=draft.reference.strip(),
        said_by=draft.said_by.strip(),
        note=draft.note.strip(),
    )
    return work.add(answer).id


def latest_of(work: Work, coverage_ids: Sequence[int]) -> dict[int, Verification]:
    """The last real answer per coverage, in one statement; "no answer" only where there is none."""
    if not coverage_ids:
        return {}
    answered = CoverageVerification.result != VerificationResult.NO_ANSWER
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
        .where(CoverageVerification.coverage_id.in_(coverage_ids))
        .subquery()
    )
    rows = work.session.scalars(
        select(CoverageVerification)
        .join(ranked, ranked.c.id == CoverageVerification.id)
        .where(ranked.c.place == 1)
    )
    return {row.coverage_id: _view(work, row) for row in rows}


def _view(work: Work, row: CoverageVerification) -> Verification:
    at = work.wall(row.verified_at)
    return Verification(
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
        is_stale=(work.today - at.date()).days > STALE_AFTER_DAYS,
    )


def _findings(draft: VerificationDraft) -> list[Finding]:
    findings = check_lengths(draft, CoverageVerification)
    if draft.way is VerificationWay.PHONE and draft.result is not VerificationResult.NO_ANSWER:
        if not draft.reference.strip():
            findings.append(Finding("Enter the reference number of the call.", "reference"))
        if not draft.said_by.strip():
            findings.append(Finding("Enter who at the payer said so.", "said_by"))
    for field, words in (
        ("copay_cents", "The copay"),
        ("deductible_cents", "The deductible"),
        ("deductible_left_cents", "What is left of the deductible"),
        ("out_of_pocket_left_cents", "What is left of the out-of-pocket limit"),
    ):
        amount = getattr(draft, field)
        if amount is not None and amount < 0:
            findings.append(Finding(f"{words} cannot be less than zero.", field))
    if draft.coinsurance_percent is not None and not 0 <= draft.coinsurance_percent <= 100:
        findings.append(Finding("The coinsurance is a percentage from 0 to 100.", "coinsurance_percent"))
    if draft.deductible_left_cents is not None:
        if draft.deductible_cents is None:
            findings.append(Finding("Enter the whole deductible too.", "deductible_cents"))
        elif draft.deductible_left_cents > draft.deductible_cents:
            findings.append(
                Finding("More is left of the deductible than the whole. Check both.", "deductible_left_cents")
            )
    return findings
