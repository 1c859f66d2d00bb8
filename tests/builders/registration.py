"""Patients of the mockups, their coverage, and what else registration knows of them."""

from datetime import date

from frontdesk.models.registration.coverage import Relationship
from frontdesk.models.registration.patient import Sex
from frontdesk.models.registration.payer import PayerKind
from frontdesk.models.registration.reach import PhoneKind
from frontdesk.models.registration.verification import VerificationResult, VerificationWay
from frontdesk.services.registration import coverages, patients, payers, verifications
from frontdesk.services.registration.drafts import (
    AddressDraft,
    CoverageDraft,
    DetailsDraft,
    GuarantorDraft,
    IdentityDraft,
    PatientDraft,
    PhoneDraft,
    PolicyDraft,
)
from frontdesk.services.registration.payers import PayerDraft
from frontdesk.services.registration.verifications import VerificationDraft
from tests.builders.office import site
from tests.office import Office

ALDER_COURT = AddressDraft("2218 Alder Court", "Beaverton", "OR", "97005", unit="Apt 4")
DANIELLE = PatientDraft(
    identity=IdentityDraft("Danielle", "Foster", date(1982, 6, 14), Sex.FEMALE, legal_middle="M."),
    details=DetailsDraft(pronouns="she/her", email="d.foster@example.com"),
    phones=(
        PhoneDraft("(503) 555-0148", PhoneKind.MOBILE, text_ok=True, voicemail_ok=True),
        PhoneDraft("(503) 555-0172", PhoneKind.WORK),
    ),
    address=ALDER_COURT,
)


def draft(
    first: str = "Danielle",
    last: str = "Foster",
    born_on: date = date(1982, 6, 14),
    *,
    sex: Sex = Sex.FEMALE,
    phone: str = "",
    middle: str = "",
    preferred: str = "",
    former_last: str = "",
    guarantor: GuarantorDraft | None = None,
) -> PatientDraft:
    """A patient as typed; no address, and a phone only if given."""
    return PatientDraft(
        identity=IdentityDraft(
            first,
            last,
            born_on,
            sex,
            legal_middle=middle,
            preferred_name=preferred,
            former_last_name=former_last,
        ),
        phones=(PhoneDraft(phone, text_ok=True),) if phone else (),
        guarantor=guarantor,
    )


def patient(
    office: Office,
    first: str = "Danielle",
    last: str = "Foster",
    born_on: date = date(1982, 6, 14),
    *,
    sex: Sex = Sex.FEMALE,
    phone: str = "",
    middle: str = "",
    preferred: str = "",
    former_last: str = "",
    guarantor: GuarantorDraft | None = None,
) -> int:
    """A registered patient; a new one each time."""
    site(office)
    typed = draft(
        first,
        last,
        born_on,
        sex=sex,
        phone=phone,
        middle=middle,
        preferred=preferred,
        former_last=former_last,
        guarantor=guarantor,
    )
    return office.do(patients.register, draft=typed, override="A test needs this patient")


def danielle(office: Office) -> int:
    """Danielle Foster of the mockups, with phones and address; the same one each time."""
    if "patient:danielle" not in office.made:
        site(office)
        office.made["patient:danielle"] = office.do(patients.register, draft=DANIELLE)
    made: int = office.made["patient:danielle"]
    return made


def plan(office: Office, payer: str = "BCBS", name: str = "PPO", kind: PayerKind = PayerKind.BLUE) -> int:
    """A plan with a copay of $30.00; the same one for the same names."""
    if f"payer:{payer}" not in office.made:
        site(office)
        office.made[f"payer:{payer}"] = office.do(
            payers.add_payer, draft=PayerDraft(payer, kind, payer_id=f"{payer.upper()[:5]}1")
        )
    known = f"plan:{payer} {name}"
    if known not in office.made:
        office.made[known] = office.do(
            payers.add_plan, payer_id=office.made[f"payer:{payer}"], name=name, copay_cents=3000
        )
    made: int = office.made[known]
    return made


def card(office: Office, patient_id: int, member_id: str = "XQP884120557", **others: object) -> PolicyDraft:
    """A card of BCBS PPO from January 1, on which the patient is the subscriber."""
    values: dict[str, object] = {
        "plan_id": plan(office),
        "member_id": member_id,
        "group_number": "0071-442",
        "effective_from": date(2026, 1, 1),
        "subscriber_patient_id": patient_id,
        **others,
    }
    return PolicyDraft(**values)  # type: ignore[arg-type] # named above and by the caller


def coverage(office: Office, patient_id: int, *, rank: int = 1, member_id: str = "XQP884120557") -> int:
    """BCBS PPO for the patient from January 1."""
    return office.do(
        coverages.add,
        patient_id=patient_id,
        policy=card(office, patient_id, member_id),
        coverage=CoverageDraft(rank, Relationship.SELF),
    )


def verification(office: Office, coverage_id: int) -> int:
    """The payer said today that the coverage is active: $30.00 copay, $412.00 of $1,500.00 left."""
    return office.do(
        verifications.record,
        draft=VerificationDraft(
            coverage_id=coverage_id,
            way=VerificationWay.PHONE,
            result=VerificationResult.ACTIVE,
            service_on=date(2026, 3, 17),
            copay_cents=3000,
            deductible_cents=150000,
            deductible_left_cents=41200,
            reference="4471-90",
            said_by="Kim",
        ),
    )
