"""Check-in: one page, five steps, and what still stands in the way of the waiting room."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.office.resources import Provider
from frontdesk.models.schedule.appointment import (
    Appointment,
    AppointmentEvent,
    EventKind,
    ReadinessItem,
    ReadinessState,
)
from frontdesk.models.schedule.appointment import Stage as Stage
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.billing import asking, superbills
from frontdesk.services.billing.asking import AskFor
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records.standing import FormStanding
from frontdesk.services.registration import panel, policies, reviews, self_pay
from frontdesk.services.registration.panel import PanelCoverage
from frontdesk.services.registration.policies import PolicyView
from frontdesk.services.registration.required import Missing
from frontdesk.services.registration.reviews import Change, Review
from frontdesk.services.registration.self_pay import SelfPayChoice
from frontdesk.services.schedule import lifecycle, notices, pace, readiness, taking_back, visit_forms
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.visit import (
    identity,
    insurance,
    patient_sheet,
    presence,
    since_last,
    steps,
    unfinished,
)
from frontdesk.services.visit.identity import Identified
from frontdesk.services.visit.presence import OpenAt
from frontdesk.services.visit.since_last import SinceLast
from frontdesk.services.visit.steps import Step, StepKind
from frontdesk.services.visit.unfinished import Unfinished
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class CheckIn:
    """All that the check-in page shows of one visit."""

    appointment_id: int
    version: int
    patient: panel.Identity
    provider: str
    starts: datetime
    what: str
    status: Status
    stage: Stage
    arrived_at: datetime | None
    """On the office's clock."""
    started_at: datetime | None
    started_by: str
    """ "Dana B."."""
    late_minutes: int
    """How late the provider is."""
    expected_in: datetime | None
    """When the provider will probably see the patient."""
    told_at: datetime | None
    """When the patient was last told of a delay."""
    told_for: datetime | None
    """The time that was named then."""
    identified: Identified | None
    missing: tuple[Missing, ...]
    """What the office asks for at check-in and does not know."""
    steps: tuple[Step, ...]
    reviewed: tuple[Review, ...]
    changed: tuple[Change, ...]
    """What was changed since the patient arrived."""
    coverages: tuple[PanelCoverage, ...]
    card: PolicyView | None
    """What the card of the first coverage says."""
    self_pay: SelfPayChoice | None
    forms: tuple[FormStanding, ...]
    ask_for: AskFor
    not_today: str
    """Why payment is left for another day; empty where it is not."""
    since_last: SinceLast | None
    """None where the patient was never here."""
    open_at: OpenAt | None
    """The desk at which this check-in is open now."""
    left: tuple[Unfinished, ...]
    """What is typed in it and not saved, one's own first."""

    @property
    def open_steps(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if not step.is_done)


@dataclass(frozen=True, slots=True)
class Begun:
    """The events of a check-in that was begun: arrival too, where the patient had not been marked."""

    event_ids: tuple[int, ...]


@query(permission="visit.check_in")
def check_in(work: Work, *, appointment_id: int) -> CheckIn:
    """The page of one visit; a constant number of statements."""
    visit = work.get(Appointment, appointment_id)
    patient_id, on = visit.patient_id, visit.starts.date()
    provider, kind = work.session.execute(
        select(Provider.short_name, VisitType.name)
        .join(VisitType, VisitType.id == visit.visit_type_id)
        .where(Provider.id == visit.provider_id)
    ).one()
    known = panel.panel(work, patient_id=patient_id)
    arrived = work.wall(visit.arrived_at) if visit.arrived_at else None
    since = arrived or datetime.combine(on, datetime.min.time())
    reviewed = reviews.reviews(work, patient_id=patient_id)
    last = since_last.last_visit(work, visit)
    asked_since = min(since, work.wall(last.over_at)) if last else since
    log = reviews.changes_since(work, patient_id=patient_id, since=asked_since)
    changed = tuple(change for change in log if change.at > since)
    compared = identity.identified(work, appointment_id=appointment_id)
    missing = patient_sheet.missing(work, patient_id=patient_id)
    started_at, started_by = _started(work, appointment_id)
    told = [
        each
        for each in notices.standing(work, (appointment_id,)).get(appointment_id, [])
        if each.kind is NoticeKind.DELAY
    ]
    forms = visit_forms.required_for(work, patient_id=patient_id, on=on)
    ask_for = asking.ask_for(work, patient_id=patient_id, appointment_id=appointment_id)
    not_today = why_not_today(work, appointment_id)
    ahead = pace.of_provider(work, visit.provider_id, on)
    covered = insurance.of_visit(work, visit, known.coverages)
    first = covered[0].line if covered else None
    return CheckIn(
        appointment_id=appointment_id,
        version=visit.version,
        patient=known.identity,
        provider=provider,
        starts=visit.starts,
        what=visit.reason or kind,
        status=status_of(visit.lifecycle, visit.stage, visit.confirmation, visit.starts, work.local_now),
        stage=visit.stage,
        arrived_at=arrived,
        started_at=started_at,
        started_by=started_by,
        late_minutes=ahead.late_minutes,
        expected_in=ahead.predicted.get(visit.id),
        told_at=told[-1].at if told else None,
        told_for=told[-1].promised if told else None,
        identified=compared,
        missing=missing,
        steps=(
            steps.identity(compared, reviewed, since),
            steps.demographics(reviewed, changed, since, missing),
            steps.insurance(covered, known.is_self_pay),
            steps.consents(forms),
            steps.payment(ask_for, not_today),
        ),
        reviewed=reviewed,
        changed=changed,
        coverages=covered,
        card=policies.policy(work, policy_id=first.policy_id) if first else None,
        self_pay=self_pay.self_pay(work, patient_id=patient_id),
        forms=forms,
        ask_for=ask_for,
        not_today=not_today,
        since_last=since_last.since(work, visit, last, log) if last else None,
        open_at=presence.open_at(work, appointment_id=appointment_id),
        left=unfinished.left(work, appointment_id=appointment_id),
    )


def _begun_back(done: Performed) -> Undo:
    return Undo(not_begun, appointment_id=done.arguments["appointment_id"], event_ids=done.result.event_ids)


@command("Begin check-in", permission="visit.check_in", undo=_begun_back)
def begin(work: Work, *, appointment_id: int) -> Begun:
    """The patient stands at the desk: arrived, where nobody has said so, and checking in."""
    visit = work.get(Appointment, appointment_id)
    events = []
    if visit.stage is Stage.EXPECTED:
        events.append(lifecycle.arrive(work, appointment_id=appointment_id))
    events.append(lifecycle.start_check_in(work, appointment_id=appointment_id))
    return Begun(tuple(events))


def _begun_again(done: Performed) -> Undo:
    return Undo(begin, appointment_id=done.arguments["appointment_id"])


@command("Take back check-in", permission="visit.check_in", undo=_begun_again)
def not_begun(work: Work, *, appointment_id: int, event_ids: tuple[int, ...]) -> None:
    """The patient was not at the desk after all."""
    for event_id in reversed(event_ids):
        taking_back.take_back(work, appointment_id=appointment_id, event_id=event_id)


def _finished_back(done: Performed) -> Undo:
    return Undo(taking_back.take_back, appointment_id=done.arguments["appointment_id"], event_id=done.result)


@command("Mark ready", permission="visit.check_in", undo=_finished_back, in_turn=True)
def finish(work: Work, *, appointment_id: int, reason: str = "", version: int | None = None) -> int:
    """The desk is done: the visit gets its superbill, the patient waits. Gives back the event's id.

    Open steps need a reason; coverage, or the choice to pay oneself, cannot be left open.
    """
    page = check_in(work, appointment_id=appointment_id)
    refuse_if_any(
        [
            Finding(f"{page.patient.name} has no coverage on file. Add one, or choose self-pay.", "coverage")
            for step in page.open_steps
            if step.must
        ]
    )
    if page.open_steps and not reason.strip():
        raise Refused(
            *(
                Finding(f"{step.title}: {step.result}.", step.kind.value, overridable=True)
                for step in page.open_steps
            )
        )
    if reason.strip():
        _note_open(work, appointment_id, page.open_steps, reason.strip())
    superbills.issue(work, appointment_id=appointment_id)
    unfinished.drop_all(work, appointment_id)
    presence.end_all(work, appointment_id)
    return lifecycle.ready(work, appointment_id=appointment_id, version=version)


def _asked_again(done: Performed) -> Undo:
    former = done.result
    return Undo(
        readiness.mark,
        appointment_id=done.arguments["appointment_id"],
        item=ReadinessItem.BALANCE,
        state=former.state,
        note=former.note,
    )


@command("Leave payment for another day", permission="visit.check_in", undo=_asked_again)
def not_today(work: Work, *, appointment_id: int, reason: str) -> readiness.ItemState:
    """The patient does not pay today, and why."""
    refuse_if_any([] if reason.strip() else [Finding("Say why nothing is paid today.", "reason")])
    return readiness.mark(
        work,
        appointment_id=appointment_id,
        item=ReadinessItem.BALANCE,
        state=ReadinessState.WAIVED,
        note=reason,
    )


def why_not_today(work: Work, appointment_id: int) -> str:
    for item in readiness.readiness(work, appointment_id=appointment_id):
        if item.item is ReadinessItem.BALANCE and item.state is ReadinessState.WAIVED:
            return item.note
    return ""


def _started(work: Work, appointment_id: int) -> tuple[datetime | None, str]:
    """When the check-in was begun last, and by whom."""
    found = work.session.execute(
        select(AppointmentEvent.at, UserAccount.name)
        .outerjoin(UserAccount, UserAccount.id == AppointmentEvent.user_id)
        .where(
            AppointmentEvent.appointment_id == appointment_id,
            AppointmentEvent.kind == EventKind.CHECK_IN_STARTED,
        )
        .order_by(AppointmentEvent.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None, ""
    at, name = found
    return work.wall(at), presence.short_name(name or "")


_ITEMS = {
    StepKind.INSURANCE: ReadinessItem.ELIGIBILITY,
    StepKind.CONSENTS: ReadinessItem.FORMS,
    StepKind.PAYMENT: ReadinessItem.BALANCE,
}


def _note_open(work: Work, appointment_id: int, left_open: tuple[Step, ...], reason: str) -> None:
    """What was left open goes with the visit, for whoever sees the patient next."""
    for step in left_open:
        if item := _ITEMS.get(step.kind):
            readiness.mark(
                work, appointment_id=appointment_id, item=item, state=ReadinessState.WAIVED, note=reason
            )
