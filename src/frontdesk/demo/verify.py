"""What payers answered about a coverage."""

from datetime import date, datetime

from frontdesk.demo.bulk import Rows
from frontdesk.demo.people import Person
from frontdesk.demo.setting import Setting
from frontdesk.demo.week import instant
from frontdesk.models.registration.verification import (
    CoverageVerification,
    VerificationResult,
    VerificationWay,
)


def verified(rows: Rows, setting: Setting, person: Person, at: datetime, service_on: date) -> None:
    """An electronic answer: active, with copay and deductible; nothing for who has no coverage."""
    if person.coverage_id is None or person.plan is None:
        return
    plan = setting.plans[person.plan].plan
    left = None
    if plan.deductible_cents:
        # Danielle Foster's is the mockup's; the others' is used up to somewhere.
        left = 41_200 if person.last == "Foster" else person.id % 10 * plan.deductible_cents // 12
    rows.add(
        CoverageVerification,
        coverage_id=person.coverage_id,
        verified_at=instant(at),
        verified_by=setting.user_names[setting.users["theo"]],
        way=VerificationWay.ELECTRONIC,
        result=VerificationResult.ACTIVE,
        service_on=service_on,
        copay_cents=plan.copay_cents,
        coinsurance_percent=20 if plan.key == "medicare" else None,
        deductible_cents=plan.deductible_cents or None,
        deductible_left_cents=left,
        has_benefits=True,
        plan_said=plan.plan,
        reference=f"271-{person.id % 10**8:08d}",
    )
