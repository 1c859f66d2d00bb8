"""The ids and rules of the set-up practice, looked up once for everything that is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.demo.catalog import CODES, PLANS, PROVIDERS, DemoCode, DemoPlan
from frontdesk.models.billing.codes import DiagnosisCode
from frontdesk.models.office.practice import Holiday, Practice, Site
from frontdesk.models.office.resources import Device, Provider, Resource, Room, StaffMember
from frontdesk.models.records.consent import ConsentForm, Needed
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.schedule.visit_type import Role, VisitType, VisitTypePhase
from frontdesk.models.security.accounts import Role as UserRole
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.schedule.pattern import Phase, Want, fitted
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Kind:
    """A visit type with its phases."""

    id: int
    name: str
    minutes: int
    phases: tuple[Phase, ...]

    def needs(self, minutes: int) -> tuple[Phase, ...]:
        """What a visit of this length needs."""
        return fitted(self.phases, self.minutes, minutes)


@dataclass(frozen=True, slots=True)
class SoldPlan:
    """A plan with its rows' ids."""

    plan: DemoPlan
    id: int
    payer_id: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What is there before the first patient."""

    practice: str
    site_id: int
    users: Mapping[str, int]
    user_names: Mapping[int, str]
    roles: Mapping[str, int]
    providers: Mapping[str, int]
    provider_names: Mapping[int, str]
    rooms: Mapping[str, int]
    own_rooms: Mapping[int, tuple[int, ...]]
    """The rooms of each provider's sessions."""
    things: Mapping[Want, tuple[int, ...]]
    """Candidates of each wanted kind, in order."""
    kinds: Mapping[str, Kind]
    plans: Mapping[str, SoldPlan]
    forms: tuple[ConsentForm, ...]
    holidays: frozenset[date]
    codes: Mapping[str, DemoCode]
    diagnoses: Mapping[str, str]
    """Labels of the diagnoses that the demo uses, by code without dot."""


def look_around(work: Work, diagnoses: tuple[str, ...]) -> Setting:
    """Read the practice as `office.set_up` left it."""
    session = work.session
    phases: dict[int, list[Phase]] = {}
    for each in session.scalars(select(VisitTypePhase).order_by(VisitTypePhase.id)):
        phase = Phase(each.kind, (each.role, each.wanted), each.offset_minutes, each.minutes)
        phases.setdefault(each.visit_type_id, []).append(phase)
    plans = {
        (payer_name, name): (id, payer_id)
        for id, payer_id, name, payer_name in session.execute(
            select(Plan.id, Plan.payer_id, Plan.name, Payer.name).join(Payer, Payer.id == Plan.payer_id)
        )
    }
    rooms = dict(session.execute(select(Resource.name, Resource.id).join(Room, Room.id == Resource.id)).all())
    providers = session.scalars(select(Provider).order_by(Provider.id)).all()
    accounts = session.scalars(select(UserAccount).order_by(UserAccount.id)).all()
    return Setting(
        practice=session.scalars(select(Practice.name)).one(),
        site_id=session.scalars(select(Site.id)).one(),
        users={account.login: account.id for account in accounts},
        user_names={account.id: account.name for account in accounts},
        roles={role.key: role.id for role in session.scalars(select(UserRole)) if role.key},
        providers={provider.last_name: provider.id for provider in providers},
        provider_names={provider.id: provider.short_name for provider in providers},
        rooms=rooms,
        own_rooms={
            provider.id: tuple(
                rooms[name]
                for each in PROVIDERS
                if each.last_name == provider.last_name
                for name in each.rooms
            )
            for provider in providers
        },
        things=_things(work),
        kinds={
            kind.name: Kind(kind.id, kind.name, kind.minutes or 15, tuple(phases.get(kind.id, ())))
            for kind in session.scalars(select(VisitType).order_by(VisitType.sort_order))
        },
        plans={plan.key: SoldPlan(plan, *plans[plan.payer.name, plan.plan]) for plan in PLANS},
        forms=tuple(
            session.scalars(
                select(ConsentForm)
                .where(ConsentForm.language == "en", ConsentForm.needed != Needed.VISIT_TYPE)
                .order_by(ConsentForm.position)
            )
        ),
        holidays=frozenset(session.scalars(select(Holiday.on))),
        codes={code.code: code for code in CODES},
        diagnoses=dict(
            session.execute(
                select(DiagnosisCode.code, DiagnosisCode.label)
                .where(DiagnosisCode.code.in_(diagnoses), DiagnosisCode.is_billable)
                .order_by(DiagnosisCode.effective_on)
            ).all()
        ),
    )


def _things(work: Work) -> dict[Want, tuple[int, ...]]:
    found: dict[Want, tuple[int, ...]] = {}
    for role, model, column in (
        (Role.ROOM, Room, Room.room_kind),
        (Role.DEVICE, Device, Device.device_kind),
        (Role.STAFF, StaffMember, StaffMember.skill),
    ):
        for kind, id in work.session.execute(select(column, model.id).order_by(model.id)).all():
            want = (role, str(kind))
            found[want] = (*found.get(want, ()), id)
    return found
