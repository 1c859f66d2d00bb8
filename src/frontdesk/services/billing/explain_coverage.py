"""What a patient's plan asks for and what is left of its limits, and how the office knows."""

from sqlalchemy import select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.registration.verification import VerificationWay
from frontdesk.services.billing import explain
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import Part, Subject
from frontdesk.services.registration import verifications
from frontdesk.services.registration.verifications import Verification
from frontdesk.services.work import Work

_WAYS = {
    VerificationWay.ELECTRONIC: "electronically",
    VerificationWay.PHONE: "by phone",
    VerificationWay.PORTAL: "on its website",
}


def of_coverage(work: Work, subject: Subject) -> Explanation:
    """The copay, or what is left of the deductible or of the out-of-pocket limit."""
    told = verifications.latest(work, coverage_id=subject.id)
    if subject.part is Part.COPAY:
        return _copay(work, subject.id, told)
    if subject.part is Part.DEDUCTIBLE:
        what, whole = "deductible", told.deductible_cents if told else None
        left = told.deductible_left_cents if told else None
    else:
        what, whole = "out-of-pocket limit", told.out_of_pocket_cents if told else None
        left = told.out_of_pocket_left_cents if told else None
    said = []
    if whole is not None:
        said.append(Sentence(f"The {what} of the plan is {dollars(whole)} a year.", whole))
    if whole is not None and left is not None and whole != left:
        said.append(Sentence(f"{dollars(whole - left)} of it was used up by then.", left - whole))
    elif whole is None and left is not None:
        said.append(Sentence(f"{dollars(left)} is left of it this year; the whole was not said.", left))
    known = f"As the insurer said: {_asked(told)}." if told is not None else "The insurer has not said it."
    return explain.listed(what.capitalize(), said, known)


def _copay(work: Work, coverage_id: int, told: Verification | None) -> Explanation:
    usual = work.session.scalar(
        select(Plan.copay_cents)
        .join(Policy, Policy.plan_id == Plan.id)
        .join(Coverage, Coverage.policy_id == Policy.id)
        .where(Coverage.id == coverage_id)
    )
    said = told.copay_cents if told is not None else None
    cents = (usual or 0) if said is None else said
    words = Sentence(copay_words(work, coverage_id, cents), cents)
    return explain.listed("Copay", (words,), "It is asked for at each visit, less what was paid ahead.")


def copay_words(work: Work, coverage_id: int, cents: int) -> str:
    """Which plan asks for so much, and who said so when."""
    plan, payer = work.session.execute(
        select(Plan.name, Payer.name)
        .join(Payer, Payer.id == Plan.payer_id)
        .join(Policy, Policy.plan_id == Plan.id)
        .join(Coverage, Coverage.policy_id == Policy.id)
        .where(Coverage.id == coverage_id)
    ).one()
    asks = f"{plan} of {payer} asks for a copay of {dollars(cents)} at each visit"
    told = verifications.latest(work, coverage_id=coverage_id)
    if told is None or told.copay_cents != cents:
        return f"{asks}, as the office has it for this plan; the insurer has not said it for this patient."
    return f"{asks}. {_asked(told)}."


def _asked(told: Verification) -> str:
    """ "Dana Brooks asked the insurer by phone on 03/03/2026; Kim answered, reference 4711"."""
    by = f"; {told.said_by} answered" if told.said_by else ""
    reference = f", reference {told.reference}" if told.reference else ""
    return f"{told.by} asked the insurer {_WAYS[told.way]} on {us_date(told.at.date())}{by}{reference}"
