"""Claims in every state, and a payer that answers them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim
from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.payer import PayerKind
from frontdesk.models.registration.reach import AddressKind
from frontdesk.services.billing import batches, superbills
from frontdesk.services.billing.sheet import Ticked
from frontdesk.services.office import practice
from frontdesk.services.registration import addresses, coverages
from frontdesk.services.registration.drafts import AddressDraft, CoverageDraft
from tests.builders.billing import at_work, charged, code_lists
from tests.builders.office import HARBOR_POINT, site
from tests.builders.registration import card, patient, plan
from tests.office import Office

HOME = AddressDraft("2218 Alder Court", "Beaverton", "OR", "97005")
NINE_DIGITS = replace(HARBOR_POINT, zip="97204-1830")


def billing_office(office: Office) -> None:
    """The practice with what claims need of it: codes, fees, all nine digits of the ZIP; once."""
    if "billing" not in office.made:
        code_lists(office)
        office.do(practice.edit_practice, draft=NINE_DIGITS)
        office.made["billing"] = True


def insured(
    office: Office,
    first: str = "Raymond",
    last: str = "Castillo",
    member_id: str = "XQP884120557",
    *,
    plan_id: int | None = None,
) -> int:
    """A patient at home somewhere, covered by BCBS PPO or another plan; a new one each time."""
    site(office)
    made = patient(office, first, last, date(1966, 8, 30))
    home_of(office, made)
    chosen = {} if plan_id is None else {"plan_id": plan_id}
    office.do(
        coverages.add,
        patient_id=made,
        policy=card(office, made, member_id, **chosen),
        coverage=CoverageDraft(1, Relationship.SELF),
    )
    return made


def twice_insured(office: Office, first: str = "Raymond", member: str = "XQP884120557") -> int:
    """A patient with BCBS PPO and, second, a Kaiser plan."""
    patient_id = insured(office, first, "Castillo", member)
    second = plan(office, "Kaiser", "PPO", PayerKind.HMO)
    office.do(
        coverages.add,
        patient_id=patient_id,
        policy=card(office, patient_id, f"K{member[:6]}", plan_id=second),
        coverage=CoverageDraft(2, Relationship.SELF),
    )
    return patient_id


def home_of(office: Office, patient_id: int) -> None:
    """Let a patient live on Alder Court."""
    office.do(addresses.change, patient_id=patient_id, before=None, after=HOME, kind=AddressKind.HOME)


def drafted(office: Office, patient_id: int | None = None, *lines: Ticked) -> int:
    """A claim whose superbill is entered, not released."""
    billing_office(office)
    made = charged(office, patient_id if patient_id is not None else insured(office), *lines)
    with at_work(office) as work:
        bill = work.get(ChargeLine, made[0]).superbill_id
        found = work.session.scalar(select(Claim.id).where(Claim.superbill_id == bill))
    assert found is not None, "the visit has insurance"
    return found


def ready(office: Office, patient_id: int | None = None, *lines: Ticked) -> int:
    """A claim that can be sent."""
    claim_id = drafted(office, patient_id, *lines)
    with at_work(office) as work:
        bill = work.get(Claim, claim_id).superbill_id
    office.do(superbills.check, superbill_id=bill)
    office.do(superbills.release, superbill_id=bill)
    return claim_id


def sent(office: Office, patient_id: int | None = None, *lines: Ticked) -> int:
    """A claim that lies with the payer."""
    claim_id = ready(office, patient_id, *lines)
    built = office.do(batches.build, claim_ids=(claim_id,))
    for batch_id in built.batch_ids:
        office.do(batches.mark_sent, batch_id=batch_id)
    return claim_id
