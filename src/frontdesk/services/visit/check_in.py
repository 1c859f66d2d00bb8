"""Check-in: one page, five steps, and what still stands in the way of the waiting room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import clock_time, us_date
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.review import Section
from frontdesk.models.registration.verification import VerificationResult
from frontdesk.models.schedule.appointment import (
    Appointment,
    AppointmentEvent,
    EventKind,
    ReadinessItem,
    ReadinessState,
    Stage,
)
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.billing import asking, superbills
from frontdesk.services.billing.asking import AskFor
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.records import standing
from frontdesk.services.records.standing import FormStanding, Standing
from frontdesk.services.registration import panel, reviews
from frontdesk.services.registration.panel import PanelCoverage
from frontdesk.services.registration.reviews import Change, Review
from frontdesk.services.schedule import lifecycle, readiness, taking_back
from frontdesk.services.schedule.status import Status, status_of
from frontdesk.services.work import Work

DEMOGRAPHICS = (Section.DETAILS, Section.ADDRESS, Section.PHONES, Section.CONTACTS)


class StepKind(StrEnum):
    """The steps of the page, in its order."""

    IDENTITY = "identity"
    DEMOGRAPHICS = "demographics"
    INSURANCE = "insurance"
    CONSENTS = "consents"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its one-line result. `must` ends the check-in only when it is done."""

    kind: StepKind
    title: str
    is_done: bool
    result: str
    must: bool = False


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
    steps: tuple[Step, ...]
    reviewed: tuple[Review, ...]
    changed: tuple[Change, ...]
    """What was changed since the patient arrived."""
    coverages: tuple[PanelCoverage, ...]
    is_self_pay: bool
    forms: tuple[FormStanding, ...]
    ask_for: AskFor
    not_today: str
    """Why payment is left for another day; empty where it is not."""

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
        select(Provider.short_name, VisitType.name).where(
            Provider.id == visit.provider_id, VisitType.id == visit.visit_type_id
        )
    ).one()
    known = panel.panel(work, patient_id=patient_id)
    arrived = work.wall(visit.arrived_at) if visit.arrived_at else None
    since = arrived or datetime.combine(on, datetime.min.time())
    reviewed = reviews.reviews(work, patient_id=patient_id)
    changed = reviews.changes_since(work, patient_id=patient_id, since=since)
    forms = standing.required_for(work, patient_id=patient_id, on=on)
    ask_for = asking.ask_for(work, patient_id=patient_id, appointment_id=appointment_id)
    not_today = _not_today(work, appointment_id)
    steps = (
        _identity(reviewed, since),
        _demographics(reviewed, changed, since),
        _insurance(known.coverages, known.is_self_pay),
        _consents(forms),
        _payment(ask_for, not_today),
    )
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
        started_at=_started(work, appointment_id),
        steps=steps,
        reviewed=reviewed,
        changed=changed,
        coverages=known.coverages,
        is_self_pay=known.is_self_pay,
        forms=forms,
        ask_for=ask_for,
        not_today=not_today,
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


@command("Mark ready", permission="visit.check_in", undo=_finished_back)
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
        visit = work.get(Appointment, appointment_id)
        _note_open(work, visit, page.open_steps, reason.strip())
    superbills.issue(work, appointment_id=appointment_id)
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


def _identity(reviewed: tuple[Review, ...], since: datetime) -> Step:
    seen = next((r for r in reviewed if r.section is Section.IDENTITY and r.at and r.at >= since), None)
    if seen is None or seen.at is None:
        return Step(StepKind.IDENTITY, "Identity", False, "Ask for name and birth date")
    return Step(StepKind.IDENTITY, "Identity", True, f"Name and birth date match, {clock_time(seen.at)}")


def _demographics(reviewed: tuple[Review, ...], changed: tuple[Change, ...], since: datetime) -> Step:
    stamps = {r.section: r.at for r in reviewed if r.at and r.at >= since}
    is_done = all(section in stamps for section in DEMOGRAPHICS)
    sections = sorted({change.section for change in changed if change.section in DEMOGRAPHICS})
    if sections:
        newest = max(change.at for change in changed if change.section in DEMOGRAPHICS)
        words = " and ".join(section.value for section in sections).capitalize()
        return Step(StepKind.DEMOGRAPHICS, "Demographics", is_done, f"{words} changed, {clock_time(newest)}")
    if is_done:
        at = clock_time(max(stamps[section] for section in DEMOGRAPHICS))
        return Step(StepKind.DEMOGRAPHICS, "Demographics", True, f"Confirmed with patient, {at}")
    last = [r.at for r in reviewed if r.section in DEMOGRAPHICS and r.at]
    asked = (
        f"Last confirmed {us_date(min(last).date())}" if len(last) == len(DEMOGRAPHICS) else "Never confirmed"
    )
    return Step(StepKind.DEMOGRAPHICS, "Demographics", False, asked)


def _insurance(coverages: tuple[PanelCoverage, ...], is_self_pay: bool) -> Step:
    title = "Insurance"
    if is_self_pay:
        return Step(StepKind.INSURANCE, title, True, "Pays for this visit without insurance")
    if not coverages:
        return Step(StepKind.INSURANCE, title, False, "No coverage on file", must=True)
    first = coverages[0]
    answer = first.verification
    if answer is None:
        return Step(StepKind.INSURANCE, title, False, f"{first.line.plan} not verified")
    if answer.result is not VerificationResult.ACTIVE:
        return Step(
            StepKind.INSURANCE, title, False, f"{first.line.plan} not active on {us_date(answer.at.date())}"
        )
    if answer.is_stale:
        return Step(
            StepKind.INSURANCE, title, False, f"{first.line.plan} last verified {us_date(answer.at.date())}"
        )
    return Step(
        StepKind.INSURANCE, title, True, f"{first.line.plan} active, verified {us_date(answer.at.date())}"
    )


def _consents(forms: tuple[FormStanding, ...]) -> Step:
    title = "Consents"
    missing = [form for form in forms if form.is_open]
    if not missing:
        signed = sum(form.standing is Standing.SIGNED for form in forms)
        return Step(StepKind.CONSENTS, title, True, f"{signed} of {len(forms)} signed")
    names = ", ".join(form.title.lower() for form in missing)
    return Step(StepKind.CONSENTS, title, False, f"{len(missing)} of {len(forms)} to sign: {names}")


def _payment(ask_for: AskFor, not_today: str) -> Step:
    title = "Payment"
    if not ask_for.items:
        return Step(StepKind.PAYMENT, title, True, "Nothing due")
    if not_today:
        return Step(StepKind.PAYMENT, title, True, f"{dollars(ask_for.total_cents)} another day: {not_today}")
    copay = sum(i.amount_cents for i in ask_for.items for a in i.allocations[:1] if a.purpose == "copay")
    past = ask_for.total_cents - copay
    parts = [f"{dollars(copay)} copay"] if copay else []
    parts += [f"{dollars(past)} balance"] if past else []
    return Step(StepKind.PAYMENT, title, not copay, ", ".join(parts))


def _not_today(work: Work, appointment_id: int) -> str:
    for item in readiness.readiness(work, appointment_id=appointment_id):
        if item.item is ReadinessItem.BALANCE and item.state is ReadinessState.WAIVED:
            return item.note
    return ""


def _started(work: Work, appointment_id: int) -> datetime | None:
    at = work.session.scalar(
        select(AppointmentEvent.at)
        .where(
            AppointmentEvent.appointment_id == appointment_id,
            AppointmentEvent.kind == EventKind.CHECK_IN_STARTED,
        )
        .order_by(AppointmentEvent.id.desc())
        .limit(1)
    )
    return work.wall(at) if at else None


_ITEMS = {
    StepKind.INSURANCE: ReadinessItem.ELIGIBILITY,
    StepKind.CONSENTS: ReadinessItem.FORMS,
    StepKind.PAYMENT: ReadinessItem.BALANCE,
}


def _note_open(work: Work, visit: Appointment, steps: tuple[Step, ...], reason: str) -> None:
    """What was left open goes with the visit, for whoever sees the patient next."""
    for step in steps:
        if item := _ITEMS.get(step.kind):
            readiness.mark(work, appointment_id=visit.id, item=item, state=ReadinessState.WAIVED, note=reason)
