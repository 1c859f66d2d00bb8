"""What an answer of a payer's file becomes: a verification with its benefits."""

from collections.abc import Iterable
from datetime import date

from frontdesk.formats.x12.eligibility import Answer, Benefit, Party, Period
from frontdesk.formats.x12.tokens import Delimiters
from frontdesk.kernel.text import us_phone
from frontdesk.models.registration.eligibility import EligibilityAnswer
from frontdesk.models.registration.verification import (
    CoverageVerification,
    VerificationResult,
    VerificationWay,
)
from frontdesk.services.registration import benefits
from frontdesk.services.registration.benefit_summary import has_benefits, summary
from frontdesk.services.registration.benefits import BenefitLine
from frontdesk.services.registration.eligibility_words import ROLES, said
from frontdesk.services.work import Work

_BEGINS, _ENDS, _SPANS = ("346", "356"), ("347", "357"), ("291", "307", "292")
"""DTP01: plan and eligibility begin, end, and spans of both."""
_NOTE_LENGTH = 400


def keep(work: Work, row: EligibilityAnswer, answer: Answer, service_on: date | None) -> int:
    """Write the verification of an answer that has its coverage; its id. `row` is in the database."""
    assert row.coverage_id is not None, "only a matched answer verifies"
    lines = tuple(line_of(benefit) for benefit in answer.benefits)
    short = summary(lines)
    codes = reject_codes(answer)
    begins, ends = _plan_days(answer)
    verification = CoverageVerification(
        coverage_id=row.coverage_id,
        verified_at=work.now,
        verified_by=work.actor.name,
        way=VerificationWay.ELECTRONIC,
        result=_result(short.is_active, codes),
        service_on=service_on or work.today,
        copay_cents=short.visit.copay_cents,
        coinsurance_percent=short.visit.coinsurance_percent,
        deductible_cents=short.deductible.total_cents,
        deductible_left_cents=_within(short.deductible.left_cents, short.deductible.total_cents),
        out_of_pocket_cents=short.out_of_pocket.total_cents,
        out_of_pocket_left_cents=_within(short.out_of_pocket.left_cents, short.out_of_pocket.total_cents),
        has_benefits=has_benefits(lines),
        plan_said=short.plan,
        plan_begins_on=begins,
        plan_ends_on=ends,
        reject_codes=codes,
        answer_id=row.id,
        reference=(row.trace or answer.reference)[:60],
        said_by=answer.source.name[:80],
        note=" ".join(short.doubts)[:_NOTE_LENGTH],
    )
    work.add(verification)
    work.flush()
    benefits.keep(work, verification.id, lines)
    return verification.id


def reject_codes(answer: Answer) -> str:
    """Each AAA of the answer, benefits included, as "subscriber 72 C", with commas between."""
    found = [*answer.rejections, *(each for benefit in answer.benefits for each in benefit.rejections)]
    return ", ".join(dict.fromkeys(f"{each.level} {each.reason} {each.follow_up}".rstrip() for each in found))


def line_of(benefit: Benefit) -> BenefitLine:
    """One EB with its loop as it is kept; what was no number stays in the text."""
    begins, ends = _days(benefit.periods, ("292", "348", "193", *_BEGINS, *_SPANS))
    return BenefitLine(
        information=benefit.information or "?",
        coverage_level=benefit.coverage_level,
        service_types=benefit.service_types,
        insurance_type=benefit.insurance_type,
        plan=benefit.plan,
        period=benefit.period,
        amount_cents=benefit.amount_cents,
        percent=benefit.percent,
        quantity_qualifier=benefit.quantity_qualifier,
        quantity=benefit.quantity,
        authorization=benefit.authorization,
        in_network=benefit.in_network,
        procedure=" ".join(part for part in benefit.procedure if part),
        begins_on=begins,
        ends_on=ends,
        messages=tuple(" ".join(message.split()) for message in benefit.messages if message.strip()),
        others=tuple(_party(each) for each in benefit.parties),
        text="".join(Delimiters(line_break="\n").text(segment) for segment in benefit.segments),
    )


def _result(is_active: bool | None, codes: str) -> VerificationResult:
    if is_active is not None:
        return VerificationResult.ACTIVE if is_active else VerificationResult.INACTIVE
    return VerificationResult.REJECTED if codes else VerificationResult.NO_ANSWER


def _within(left: int | None, total: int | None) -> int | None:
    """What is left, unless the payer's own numbers contradict each other."""
    return None if left is not None and total is not None and left > total else left


def _plan_days(answer: Answer) -> tuple[date | None, date | None]:
    own = [period for benefit in answer.benefits if benefit.information == "1" for period in benefit.periods]
    return _days([*answer.periods, *own], (*_BEGINS, *_SPANS[:2]))


def _days(periods: Iterable[Period], starting: tuple[str, ...]) -> tuple[date | None, date | None]:
    begins = ends = None
    for period in periods:
        if period.qualifier in starting:
            begins = begins or period.begins
            if "-" in period.text:
                ends = ends or period.ends
        elif period.qualifier in (*_ENDS, "349"):
            ends = ends or period.begins
    if begins is not None and ends is not None and ends < begins:
        return begins, None
    return begins, ends


def _party(party: Party) -> str:
    """ "Primary care provider: MARCUS JONES, 0202034, (503) 555-0100"."""
    words = [party.name, party.id]
    for contact in party.contacts:
        words += [us_phone(value) for kind, value in zip(contact[2::2], contact[3::2], strict=False) if value]
    told = ", ".join(word for word in words if word)
    role = said(ROLES, party.role, "Party")
    return f"{role}: {told}" if told else role
