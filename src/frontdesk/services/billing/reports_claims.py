"""How well claims go out and come back: clean, paid at first, denied, and how long it takes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, Subquery, case, exists, func, select
from sqlalchemy.orm import aliased

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.formats.x12.status_words import Outcome
from frontdesk.models.billing.claim_answers import ClaimAnswer
from frontdesk.models.billing.claims import Claim, ClaimEvent, ClaimState, EventKind, Frequency
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim, RemittanceState
from frontdesk.services.billing.reports_filter import Wanted, instants, of_claims
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """None where there is nothing to take a part of."""
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Lag:
    """Whole days, weighted by claims."""

    claims: int
    days: int
    """Of all claims together."""

    @property
    def average(self) -> float | None:
        return self.days / self.claims if self.claims else None


@dataclass(frozen=True, slots=True)
class Span:
    """So many claims that took so many whole days."""

    claims: int
    days: int


class ClaimFigure(StrEnum):
    """A figure about claims; `part` of it can be listed (`reports_behind`)."""

    CLEAN = "clean"
    FIRST_PASS = "first_pass"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """How claims did in a period.

    clean: of the original claims first sent in the period, those that went out without a correction and
    were not rejected (HFMA MAP Key AR-6, clean claim rate).
    first_pass: of the claims whose first answer is of the period, those that were sent once, not
    rejected, and not denied (MGMA: claims resolved on first submission).
    denied: of the same claims, those of which the payer paid nothing and left nothing to the patient
    (HFMA MAP Key AR-7, initial denial rate, by number). Replacements of a claim are not counted again.
    """

    clean: Rate
    first_pass: Rate
    denied: Rate
    denied_cents: int
    """What the denied claims asked for."""
    charge_lag: Lag
    """From the visit to the first sending, of claims first sent in the period."""
    payment_lag: Lag
    """From the first sending to the first answer, of claims first answered in the period."""


@query(permission="billing.view")
def claim_figures(work: Work, *, wanted: Wanted) -> ClaimFigures:
    """The figures about claims."""
    sent_part, sent = _rate(work, is_clean(), sent_claims(work, wanted))
    answered = answered_claims(wanted)
    first = answered.c
    passed, denied, all_of, cents = work.session.execute(
        select(
            func.coalesce(func.sum(case((first.is_first_pass, 1), else_=0)), 0),
            func.coalesce(func.sum(case((first.is_denied, 1), else_=0)), 0),
            func.count(),
            func.coalesce(func.sum(case((first.is_denied, first.charge_cents), else_=0)), 0),
        )
    ).one()
    return ClaimFigures(
        clean=Rate(sent_part, sent),
        first_pass=Rate(int(passed), int(all_of)),
        denied=Rate(int(denied), int(all_of)),
        denied_cents=int(cents),
        charge_lag=_lag(charge_spans(work, wanted)),
        payment_lag=_lag(payment_spans(work, wanted)),
    )


def sent_claims(work: Work, wanted: Wanted) -> Select[int]:
    """The ids of original claims that were first sent in the period."""
    first = _first_sent()
    since, until = instants(work, wanted)
    return (
        select(Claim.id)
        .join(first, first.c.claim_id == Claim.id)
        .where(
            first.c.at >= since,
            first.c.at < until,
            Claim.frequency == Frequency.ORIGINAL,
            *of_claims(wanted),
        )
    )


def is_clean() -> ColumnElement[bool]:
    """Whether a claim was sent as it was first made, and not turned back.

    Its check found something where it was checked more often than once, on release.
    """
    first, its = _first_sent(), aliased(ClaimEvent)
    before = its.at <= first.c.at
    mended = func.sum(case((its.kind.in_([EventKind.CHANGED, EventKind.HELD]) & before, 1), else_=0))
    checked = func.sum(case(((its.kind == EventKind.CHECKED) & before, 1), else_=0))
    sent = func.sum(case((its.kind == EventKind.SENT, 1), else_=0))
    straight = (
        select(its.claim_id)
        .join(first, first.c.claim_id == its.claim_id)
        .group_by(its.claim_id)
        .having((mended == 0) & (checked <= 1) & (sent == 1))
    )
    return Claim.id.in_(straight) & ~_rejected()


def answered_claims(wanted: Wanted) -> Subquery:
    """Claims with their first answer, where it is of the period, and what it was.

    Columns: claim_id, charge_cents, is_denied, is_first_pass, paid_on, answer_id.
    """
    answer = _first_answers()
    denied = is_denial(answer)
    again = (
        select(func.count())
        .select_from(ClaimEvent)
        .where(
            ClaimEvent.claim_id == Claim.id,
            ClaimEvent.kind == EventKind.SENT,
            ClaimEvent.at <= answer.c.received_at,
        )
        .correlate(Claim, answer)
        .scalar_subquery()
    )
    return (
        select(
            Claim.id.label("claim_id"),
            Claim.charge_cents,
            denied.label("is_denied"),
            (~denied & (again <= 1) & ~_rejected()).label("is_first_pass"),
            answer.c.paid_on,
            answer.c.answer_id,
        )
        .join(answer, answer.c.claim_id == Claim.id)
        .where(
            answer.c.place == 1,
            answer.c.paid_on >= wanted.since_on,
            answer.c.paid_on <= wanted.until_on,
            Claim.frequency == Frequency.ORIGINAL,
            *of_claims(wanted),
        )
        .subquery()
    )


def is_denial(answer: Subquery) -> ColumnElement[bool]:
    """The payer paid nothing and left nothing to the patient (CLP02 4, or all of it adjusted otherwise)."""
    nothing = (answer.c.paid_cents <= 0) & (answer.c.patient_cents <= 0)
    return (answer.c.status == ClaimStatus.DENIED.value) | (nothing & (answer.c.other_cents > 0))


def _first_answers() -> Subquery:
    answer, file = RemittanceClaim, Remittance
    order = (file.received_at, answer.id)
    return (
        select(
            answer.claim_id,
            answer.id.label("answer_id"),
            answer.status,
            answer.paid_cents,
            answer.patient_cents,
            answer.other_cents,
            file.paid_on,
            file.received_at,
            func.row_number().over(partition_by=answer.claim_id, order_by=order).label("place"),
        )
        .join(file, file.id == answer.remittance_id)
        .where(
            answer.claim_id.is_not(None),
            answer.status != ClaimStatus.REVERSAL.value,
            file.state == RemittanceState.POSTED,
        )
        .subquery()
    )


def _first_sent() -> Subquery:
    return (
        select(ClaimEvent.claim_id, func.min(ClaimEvent.at).label("at"))
        .where(ClaimEvent.kind == EventKind.SENT)
        .group_by(ClaimEvent.claim_id)
        .subquery()
    )


def _rejected() -> ColumnElement[bool]:
    """Whether a receiver or payer turned the claim back, by itself or with its file."""
    said = exists(
        select(ClaimAnswer.id)
        .where(ClaimAnswer.claim_id == Claim.id, ClaimAnswer.outcome == Outcome.REJECTED.value)
        .correlate(Claim)
    )
    return said | (Claim.state == ClaimState.REJECTED)


def _rate(work: Work, is_part: ColumnElement[bool], whole: Select[int]) -> tuple[int, int]:
    part = func.coalesce(func.sum(case((is_part, 1), else_=0)), 0)
    counted = whole.with_only_columns(part, func.count())
    found, of = work.session.execute(counted).one()
    return int(found), int(of)


def charge_spans(work: Work, wanted: Wanted) -> list[Span]:
    """From the visit to the first sending, of claims first sent in the period."""
    first = _first_sent()
    since, until = instants(work, wanted)
    found = work.session.execute(
        select(Claim.service_on, first.c.at, func.count())
        .join(first, first.c.claim_id == Claim.id)
        .where(
            first.c.at >= since,
            first.c.at < until,
            Claim.frequency == Frequency.ORIGINAL,
            *of_claims(wanted),
        )
        .group_by(Claim.service_on, first.c.at)
    )
    return [_span(served, work.wall(sent_at).date(), claims) for served, sent_at, claims in found]


def payment_spans(work: Work, wanted: Wanted) -> list[Span]:
    """From the first sending to the first answer, of claims first answered in the period."""
    first, answered = _first_sent(), answered_claims(wanted)
    found = work.session.execute(
        select(first.c.at, answered.c.paid_on, func.count())
        .join(answered, answered.c.claim_id == first.c.claim_id)
        .group_by(first.c.at, answered.c.paid_on)
    )
    return [_span(work.wall(sent_at).date(), paid_on, claims) for sent_at, paid_on, claims in found]


def _span(start: date, end: date, claims: int) -> Span:
    return Span(claims, max(0, (end - start).days))


def _lag(spans: list[Span]) -> Lag:
    return Lag(sum(each.claims for each in spans), sum(each.claims * each.days for each in spans))
