"""A new patient stands at the desk with an insurance card, and leaves it with a visit that can be billed."""

from sqlalchemy import select

from frontdesk.models.billing.charges import Superbill
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.services.billing import claim_detail, payments, superbills
from frontdesk.services.billing.asking import Allocation
from frontdesk.services.billing.payments import Payment, Tender, TenderKind
from frontdesk.services.billing.sheet import Sheet, Ticked
from frontdesk.services.registration import coverages, patients, reviews
from frontdesk.services.registration.drafts import CoverageDraft, Relationship
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.visit import check_in, identity, walk_in
from frontdesk.services.visit.identity import Identifier
from frontdesk.services.visit.steps import DEMOGRAPHICS
from tests.builders import registration
from tests.builders.billing import MIGRAINE, at_work
from tests.builders.claims import billing_office
from tests.builders.records import library
from tests.builders.schedule import doctor, visit_type
from tests.builders.visit import NOW, all_signed
from tests.office import Office


def test_the_visit_of_a_new_patient_passes_the_claim_check(office: Office) -> None:
    billing_office(office)
    library(office)
    patient_id = office.do(patients.register, draft=registration.DANIELLE)
    walked = office.do(
        walk_in.take,
        patient_id=patient_id,
        slot=Slot(doctor(office), NOW.replace(hour=11, minute=0)),
        visit_type_id=visit_type(office),
        reason="Cough",
    )
    visit = walked.appointment_id
    office.do(
        identity.compare,
        appointment_id=visit,
        identifiers=(Identifier.PHOTO_ID, Identifier.BIRTH_DATE),
    )
    office.do(reviews.mark_reviewed, patient_id=patient_id, sections=DEMOGRAPHICS)
    covered = office.do(
        coverages.add,
        patient_id=patient_id,
        policy=registration.card(office, patient_id),
        coverage=CoverageDraft(1, Relationship.SELF),
    )
    registration.verification(office, covered)
    all_signed(office, patient_id)
    office.do(
        payments.take,
        payment=Payment(
            patient_id,
            (Tender(TenderKind.CARD, 3000, card_last4="4417", card_auth="A71204"),),
            (Allocation("copay", 3000, appointment_id=visit),),
            visit,
        ),
    )
    assert office.ask(check_in.check_in, appointment_id=visit).open_steps == ()

    office.do(check_in.finish, appointment_id=visit)

    with at_work(office) as work:
        bill = work.session.scalar(select(Superbill.id).where(Superbill.appointment_id == visit))
    assert bill is not None, "the sheet is out with the patient"
    office.do(superbills.enter, superbill_id=bill, sheet=Sheet((MIGRAINE,), (Ticked("99213"),)))
    office.do(superbills.check, superbill_id=bill)
    office.do(superbills.release, superbill_id=bill)
    with at_work(office) as work:
        claim = work.session.scalar(select(Claim.id).where(Claim.superbill_id == bill))
    assert claim is not None
    found = office.ask(claim_detail.detail, claim_id=claim)
    assert found.problems == ()
    assert found.row.state is ClaimState.READY
