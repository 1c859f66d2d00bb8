"""A claim's facts as the CMS-1500 says them, with what only paper asks for."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from frontdesk.formats.pdf.cms1500_boxes import Details, Filled, filled
from frontdesk.models.billing.claims import Claim
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.services.billing import claim_content
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.work import Work

OFFICE_BOXES = ("32", "33")
"""The same on each claim of an office."""
Phones = tuple[str, str]
"""Of the patient and of the insured."""


def boxes(facts: ClaimFacts, phones: Phones = ("", ""), signed_on: date | None = None) -> Filled:
    """The claim's forms, box by box."""
    details = Details(
        patient_phone=phones[0],
        insured_phone=phones[1],
        billing_phone=facts.practice.phone,
        plan=facts.payer.plan,
        other_plan=facts.others[0].payer.plan if facts.others else "",
        signed_on=signed_on,
    )
    return filled(claim_content.written(facts), details)


def phones(work: Work, claim_ids: list[int]) -> Mapping[int, Phones]:
    """By claim: the first telephone of the patient, and of whoever holds the policy."""
    holders = work.session.execute(
        select(Claim.id, Claim.patient_id, Policy.subscriber_patient_id)
        .join(Coverage, Coverage.id == Claim.coverage_id)
        .join(Policy, Policy.id == Coverage.policy_id)
        .where(Claim.id.in_(claim_ids))
    ).all()
    people = {person for _, patient, holder in holders for person in (patient, holder) if person}
    first: dict[int, str] = {}
    for row in work.session.scalars(
        select(PatientPhone)
        .where(PatientPhone.patient_id.in_(people), PatientPhone.ended_on.is_(None))
        .order_by(PatientPhone.patient_id, PatientPhone.rank, PatientPhone.id)
    ):
        first.setdefault(row.patient_id, row.number)
    return {
        claim_id: (first.get(patient, ""), first.get(holder or 0, ""))
        for claim_id, patient, holder in holders
    }
