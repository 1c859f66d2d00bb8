"""Who pays beside the first payer, two injuries, and authorizations that want seeing to. All invented."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.papers import Paper, printed
from frontdesk.demo.start import NOW, STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient, Sex
from frontdesk.models.registration.payer import Payer, PayerKind, Plan
from frontdesk.models.registration.reach import PhoneKind
from frontdesk.models.schedule.appointment import Appointment, Readiness, ReadinessItem
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.database import Database
from frontdesk.services.records import card_scans, content
from frontdesk.services.records.card_scans import CardSide
from frontdesk.services.registration import authorizations, coverages, patients, payers
from frontdesk.services.registration.authorizations import GrantDraft
from frontdesk.services.registration.drafts import (
    CoverageDraft,
    IdentityDraft,
    PatientDraft,
    PhoneDraft,
    PolicyDraft,
    Relationship,
)
from frontdesk.services.registration.payers import PayerDraft
from frontdesk.services.schedule import authorization_steps, booking, openings, visit_choice
from frontdesk.services.schedule.authorization_steps import StepDraft, StepKind, StepWay
from frontdesk.services.schedule.search import OpeningRequest, Window
from frontdesk.services.work import Actor, Work

SUPPLEMENTED: Final = "George Mbeki"
"""Medicare first, a Medigap plan second."""
BIOPSY: Final = "Ultrasound-guided biopsy"
_NOT_SENT: Final = (ClaimState.DRAFT, ClaimState.FAILED, ClaimState.READY, ClaimState.HELD)
SCANNED_AT: Final = datetime(2026, 3, 17, 10, 39)
ASKED_AT: Final = datetime(2026, 3, 13, 14, 5)


@dataclass(frozen=True, slots=True)
class Comes:
    """Somebody with a visit to come, at the first free time from a day on."""

    first: str
    last: str
    sex: Sex
    born_on: date
    phone: str
    member_id: str
    kind: str
    reason: str
    provider: str
    from_day: date


AT_WORK: Final = Comes(
    "Omar", "Haddad", Sex.MALE, date(1983, 1, 19), "5035550181", "BCB440218733", "Follow-up",
    "Wrist, after a fall at work", "Reyes", date(2026, 4, 7),
)  # fmt: skip
ON_THE_ROAD: Final = Comes(
    "Lena", "Fischer", Sex.FEMALE, date(1990, 10, 30), "9715550134", "BCB771290455", "Follow-up",
    "Neck, after a collision", "Okafor", date(2026, 4, 8),
)  # fmt: skip
LOW: Final = Comes(
    "Nadia", "Petrov", Sex.FEMALE, date(1972, 6, 3), "5035550139", "BCB118834020", BIOPSY,
    "Breast, second sample", "Whitfield", date(2026, 4, 7),
)  # fmt: skip
MISSING: Final = Comes(
    "Gloria", "Espinoza", Sex.FEMALE, date(1968, 12, 12), "5035550187", "BCB902277316", BIOPSY,
    "Thyroid nodule", "Whitfield", date(2026, 4, 14),
)  # fmt: skip


class _Covering:
    def __init__(self, database: Database, actor: Actor, session: Session) -> None:
        self.database, self.actor = database, actor
        self.plans = {
            (payer, plan): plan_id
            for payer, plan, plan_id in session.execute(
                select(Payer.name, Plan.name, Plan.id).join(Payer, Payer.id == Plan.payer_id)
            )
        }
        self.providers = dict(session.execute(select(Provider.last_name, Provider.id)).all())
        self.kinds = dict(session.execute(select(VisitType.name, VisitType.id)).all())

    def patient(self, each: Comes) -> tuple[int, int]:
        """A registered patient with BCBS; the ids of patient and coverage."""
        draft = PatientDraft(
            IdentityDraft(each.first, each.last, each.born_on, each.sex),
            phones=(PhoneDraft(each.phone, PhoneKind.MOBILE, text_ok=True, voicemail_ok=True),),
        )
        patient_id = self.database.do(
            self.actor, patients.register, draft=draft, override="Known to the office"
        ).result
        card = PolicyDraft(
            self.plans["BCBS", "PPO"],
            each.member_id,
            date(2026, 1, 1),
            group_number="0071-442",
            subscriber_patient_id=patient_id,
        )
        covered = self.database.do(
            self.actor, coverages.add, patient_id=patient_id, policy=card, coverage=CoverageDraft()
        ).result
        return patient_id, covered

    def visit(self, each: Comes, patient_id: int) -> int | None:
        request = OpeningRequest(
            visit_type_id=self.kinds[each.kind],
            patient_id=patient_id,
            provider_ids=(self.providers[each.provider],),
            windows=tuple(Window(day, time(8)) for day in range(5)),
            first_day=each.from_day,
        )
        found = self.database.ask(self.actor, openings.first_openings, request=request).found
        if not found:
            return None
        return self.database.do(
            self.actor,
            booking.book,
            patient_id=patient_id,
            slot=found[0].slot,
            visit_type_id=self.kinds[each.kind],
            reason=each.reason,
        ).result

    def case(self, each: Comes, case: PolicyDraft) -> None:
        """A patient with an injury, and a visit of that case."""
        patient_id, _ = self.patient(each)
        covered = self.database.do(
            self.actor,
            coverages.add,
            patient_id=patient_id,
            policy=case,
            coverage=CoverageDraft(relationship=Relationship.OTHER),
        ).result
        visit = self.visit(each, patient_id)
        if visit is not None:
            self.database.do(self.actor, visit_choice.choose, appointment_id=visit, coverage_id=covered)

    def payer(self, name: str, kind: PayerKind, number: str, phone: str, plan: str) -> int:
        payer_id = self.database.do(
            self.actor, payers.add_payer, draft=PayerDraft(name, kind, number, phone)
        ).result
        return self.database.do(self.actor, payers.add_plan, payer_id=payer_id, name=plan).result

    def note(self, visit: int, draft: StepDraft) -> None:
        self.database.do(self.actor, authorization_steps.note, appointment_id=visit, draft=draft)


def mark_used(work: Work) -> None:
    """What the cards say that claims went out on is fixed, as after sending them one by one."""
    first = (
        select(func.min(Claim.state_since_at))
        .join(Coverage, Coverage.id == Claim.coverage_id)
        .where(Coverage.policy_id == Policy.id, Claim.state.not_in(_NOT_SENT))
        .scalar_subquery()
    )
    work.session.execute(
        update(Policy).values(first_used_at=first).execution_options(synchronize_session=False)
    )


def leave(database: Database, clock: SetClock) -> None:
    """The cards, the cases, and what was asked of payers on the days before."""
    with Session(database.engines.read) as session:
        actor = acting.as_user(session, "dana")
        office = _Covering(database, actor, session)
        supplemented = session.execute(
            select(Patient.id)
            .join(Coverage, Coverage.patient_id == Patient.id)
            .join(Policy, Policy.id == Coverage.policy_id)
            .where(Policy.plan_id == office.plans["Medicare", "Part B"])
            .where(Patient.legal_first + " " + Patient.legal_last == SUPPLEMENTED)
            .order_by(Patient.id)
        ).scalar()
        blocked = session.scalars(
            select(Appointment.id)
            .join(Readiness, Readiness.appointment_id == Appointment.id)
            .where(Readiness.item == ReadinessItem.AUTHORIZATION, Appointment.starts >= NOW)
            .order_by(Appointment.starts, Appointment.id)
        ).all()
    clock.set(instant(datetime(2026, 3, 11, 9, 40)))
    if supplemented is not None:
        database.do(
            actor,
            coverages.add,
            patient_id=supplemented,
            policy=PolicyDraft(
                office.plans["Medigap", "Plan G"],
                "MGP55 204 318",
                date(2026, 1, 1),
                subscriber_patient_id=supplemented,
            ),
            coverage=CoverageDraft(2, cob_note="Supplement: pays after Medicare crosses the claim over."),
        )
    _cases(office)
    clock.set(instant(ASKED_AT))
    _authorized(office)
    for visit in blocked:
        office.note(visit, StepDraft(StepKind.ASKED, StepWay.PHONE, "Marisol", "40-1187", date(2026, 3, 16)))
    clock.set(instant(SCANNED_AT))
    _scanned(office)
    clock.set(STARTS_AT)


def _scanned(office: _Covering) -> None:
    """Danielle Foster's card and her driver's license, as she handed them over at check-in."""
    with Session(office.database.engines.read) as session:
        dani, policy_id = session.execute(
            select(Patient.id, Coverage.policy_id)
            .join(Coverage, Coverage.patient_id == Patient.id)
            .where(Patient.legal_last == "Foster", Patient.born_on == date(1982, 6, 14))
            .order_by(Patient.id, Coverage.rank)
            .limit(1)
        ).one()

    def kept(title: str, *facts: tuple[str, str]) -> str:
        paper = Paper("BCBS of Oregon", title, SCANNED_AT.date(), facts=facts)
        return content.store_bytes(office.database, printed(paper), "scan.pdf").sha256

    sides = {
        CardSide.FRONT: kept("Member card", ("Member", "Danielle M. Foster"), ("ID", "XQP 884 120 557")),
        CardSide.BACK: kept("Member card, back", ("Provider line", "(800) 555-0199"), ("Payer ID", "00851")),
    }
    for side, sha256 in sides.items():
        office.database.do(
            office.actor,
            card_scans.scan_card,
            patient_id=dani,
            policy_id=policy_id,
            side=side,
            sha256=sha256,
        )
    license_ = Paper("Oregon", "Driver license", SCANNED_AT.date(), facts=(("Name", "Danielle M. Foster"),))
    office.database.do(
        office.actor,
        card_scans.scan_id,
        patient_id=dani,
        sha256=content.store_bytes(office.database, printed(license_), "scan.pdf").sha256,
        issued_by="Oregon",
        expires_on=date(2028, 6, 30),
    )


def _cases(office: _Covering) -> None:
    at_work = office.payer(
        "Cascade Mutual", PayerKind.WORKERS_COMP, "WC772", "5035550190", "Workers' compensation"
    )
    office.case(
        AT_WORK,
        PolicyDraft(
            at_work,
            "",
            date(2026, 3, 3),
            subscriber_first="Willamette",
            subscriber_last="Roofing",
            case_number="WC-2026-04418",
            injured_on=date(2026, 3, 3),
            adjuster="Ida Quist",
            adjuster_phone="5035550191",
            employer="Willamette Roofing",
            case_state="OR",
        ),
    )
    on_the_road = office.payer("Pioneer Auto", PayerKind.AUTO, "AU310", "5035550192", "Personal injury")
    office.case(
        ON_THE_ROAD,
        PolicyDraft(
            on_the_road,
            "",
            date(2026, 2, 21),
            subscriber_first="Lena",
            subscriber_last="Fischer",
            case_number="PA-8813907",
            injured_on=date(2026, 2, 21),
            adjuster="Tom Beck",
            adjuster_phone="5035550193",
            case_state="OR",
        ),
    )


def _authorized(office: _Covering) -> None:
    patient_id, covered = office.patient(LOW)
    draft = GrantDraft(
        covered, "BC-771204", 2, date(2026, 3, 1), date(2026, 5, 29), what_for=BIOPSY, codes="76942 19083"
    )
    office.database.do(office.actor, authorizations.add, draft=draft)
    office.visit(LOW, patient_id)
    patient_id, _ = office.patient(MISSING)
    office.visit(MISSING, patient_id)
