"""The benefits that payers told, kept in the shape of X12 EB and read back as they were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, select

from frontdesk.models.registration.verification import CoverageBenefit
from frontdesk.services.command import query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_coverage_benefit", "What a payer said is kept as it came.")


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One thing a payer says of a coverage; codes as they came."""

    information: str
    """EB01; `eligibility_words.INFORMATION` says what it means."""
    coverage_level: str = ""
    service_types: tuple[str, ...] = ()
    insurance_type: str = ""
    plan: str = ""
    period: str = ""
    amount_cents: int | None = None
    percent: Decimal | None = None
    """Of the patient: 20 is 20 %."""
    quantity_qualifier: str = ""
    quantity: str = ""
    authorization: str = ""
    in_network: str = ""
    """Y, N, W not applicable, U unknown, or empty: not said."""
    procedure: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    messages: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    text: str = ""
    """The segments as they came; empty for what a person wrote down."""


@query(permission="registration.view")
def benefits(work: Work, *, verification_id: int) -> tuple[BenefitLine, ...]:
    """All that an answer said, in the payer's order."""
    return of_verifications(work, [verification_id]).get(verification_id, ())


def of_verifications(work: Work, verification_ids: Sequence[int]) -> dict[int, tuple[BenefitLine, ...]]:
    """The lines of several answers, in one statement."""
    found: dict[int, list[BenefitLine]] = {}
    if not verification_ids:
        return {}
    rows = work.session.scalars(
        select(CoverageBenefit)
        .where(CoverageBenefit.verification_id.in_(verification_ids))
        .order_by(CoverageBenefit.verification_id, CoverageBenefit.place)
    )
    for row in rows:
        found.setdefault(row.verification_id, []).append(_line(row))
    return {id: tuple(lines) for id, lines in found.items()}


def keep(work: Work, verification_id: int, lines: Iterable[BenefitLine]) -> None:
    """Write the lines of an answer that is in the database already."""
    rows = [
        {
            "id": work.new_id(),
            "verification_id": verification_id,
            "place": place,
            "information": line.information,
            "coverage_level": line.coverage_level,
            "service_types": " ".join(line.service_types),
            "insurance_type": line.insurance_type,
            "plan": line.plan,
            "period": line.period,
            "amount_cents": line.amount_cents,
            "percent_hundredths": None if line.percent is None else round(line.percent * 100),
            "quantity_qualifier": line.quantity_qualifier,
            "quantity": line.quantity,
            "needs_authorization": line.authorization,
            "in_network": line.in_network,
            "procedure": line.procedure,
            "begins_on": line.begins_on,
            "ends_on": line.ends_on,
            "messages": "\n".join(line.messages),
            "others": "\n".join(line.others),
            "text": line.text,
        }
        for place, line in enumerate(lines, 1)
    ]
    if rows:
        work.session.execute(insert(CoverageBenefit), rows)


def _line(row: CoverageBenefit) -> BenefitLine:
    return BenefitLine(
        information=row.information,
        coverage_level=row.coverage_level,
        service_types=tuple(row.service_types.split()),
        insurance_type=row.insurance_type,
        plan=row.plan,
        period=row.period,
        amount_cents=row.amount_cents,
        percent=None if row.percent_hundredths is None else Decimal(row.percent_hundredths) / 100,
        quantity_qualifier=row.quantity_qualifier,
        quantity=row.quantity,
        authorization=row.needs_authorization,
        in_network=row.in_network,
        procedure=row.procedure,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        messages=tuple(row.messages.splitlines()),
        others=tuple(row.others.splitlines()),
        text=row.text,
    )
