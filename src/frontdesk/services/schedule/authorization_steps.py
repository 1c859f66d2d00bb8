"""Getting a visit its authorization: asked, asked again, granted, denied; each contact is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.registration.authorization import AuthorizationGrant
from frontdesk.models.registration.coverage import Coverage
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.models.schedule.visit_coverage import AuthorizationStep
from frontdesk.models.schedule.visit_coverage import StepKind as StepKind
from frontdesk.models.schedule.visit_coverage import StepWay as StepWay
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.registration import authorization_alerts, authorizations
from frontdesk.services.registration.authorizations import Extent, GrantDraft
from frontdesk.services.schedule import visit_authorizations
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_authorization_step", "What was said to a payer is kept. Take the entry back instead.")
says("append_only_visit_authorization", "What a visit took of an authorization is kept.")

_WHY = {
    StepKind.DENIED: "Enter why the payer denied it.",
    StepKind.NOT_NEEDED: "Enter who says that no authorization is needed.",
}


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A contact with a payer, as typed."""

    kind: StepKind
    way: StepWay | None = None
    spoke_to: str = ""
    reference: str = ""
    chase_on: date | None = None
    """None: after as many days as the office waits for an answer."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A contact as it is on file."""

    id: int
    kind: StepKind
    at: datetime
    """On the office's clock."""
    by: str
    way: StepWay | None
    spoke_to: str
    reference: str
    chase_on: date | None
    note: str
    is_taken_back: bool


@query(permission="registration.view")
def steps(work: Work, *, appointment_id: int) -> tuple[StepLine, ...]:
    """Every contact about a visit's authorization, the newest first; what was taken back too."""
    rows = work.session.execute(
        select(AuthorizationStep, UserAccount.name)
        .outerjoin(UserAccount, UserAccount.id == AuthorizationStep.user_id)
        .where(AuthorizationStep.appointment_id == appointment_id)
        .order_by(AuthorizationStep.id.desc())
    ).all()
    void = {row.corrects_id for row, _ in rows}
    return tuple(
        StepLine(
            id=row.id,
            kind=row.kind,
            at=work.wall(row.at),
            by=name or "Frontdesk",
            way=row.way,
            spoke_to=row.spoke_to,
            reference=row.reference,
            chase_on=row.chase_on,
            note=row.note,
            is_taken_back=row.id in void,
        )
        for row, name in rows
        if row.kind is not StepKind.TAKEN_BACK
    )


def _noted_back(done: Performed) -> Undo:
    return Undo(take_back, step_id=done.result)


@command("Note authorization contact", permission="registration.authorize", undo=_noted_back)
def note(work: Work, *, appointment_id: int, draft: StepDraft) -> int:
    """Asked, asked again, denied, or not needed after all. Gives back the step's id."""
    visit = work.get(Appointment, appointment_id)
    work.concerns(visit.patient_id)
    findings: list[Finding] = []
    is_question = draft.kind in (StepKind.ASKED, StepKind.CHASED)
    if draft.kind in (StepKind.GRANTED, StepKind.TAKEN_BACK):
        raise Refused(Finding("Enter what was granted with its number and units."))
    if is_question and draft.way is None:
        findings.append(Finding("Choose how the payer was asked.", "way"))
    if draft.kind in _WHY and not draft.note.strip():
        findings.append(Finding(_WHY[draft.kind], "note"))
    if len(draft.note.strip()) > 500:
        findings.append(Finding("This is longer than 500 letters. Say it shorter.", "note"))
    for field, most in (("spoke_to", 80), ("reference", 50)):
        if len(str(getattr(draft, field)).strip()) > most:
            findings.append(Finding(f"This is longer than {most} letters. Shorten it.", field))
    if draft.chase_on is not None and draft.chase_on <= work.today:
        findings.append(Finding("The day to ask again is still to come. Choose a later one.", "chase_on"))
    refuse_if_any(findings)
    chase_on = draft.chase_on
    if is_question and chase_on is None:
        chase_on = work.today + timedelta(days=authorization_alerts.in_force(work).chase_after_days)
    row = AuthorizationStep(
        appointment_id=appointment_id,
        kind=draft.kind,
        at=work.now,
        user_id=work.actor.user_id,
        way=draft.way,
        spoke_to=draft.spoke_to.strip(),
        reference=draft.reference.strip(),
        chase_on=chase_on if is_question else None,
        note=draft.note.strip(),
    )
    return work.add(row).id


@command(
    "Take back authorization contact",
    permission="registration.authorize",
    undo=irreversible("Note the contact anew; both entries are kept."),
)
def take_back(work: Work, *, step_id: int) -> int:
    """It was not so after all; both rows stay. Gives back the new row's id."""
    wrong = work.get(AuthorizationStep, step_id)
    work.concerns(work.get(Appointment, wrong.appointment_id).patient_id)
    again = select(AuthorizationStep.id).where(AuthorizationStep.corrects_id == step_id)
    if wrong.kind is StepKind.TAKEN_BACK or work.session.scalar(again) is not None:
        raise Refused(Finding("This has been taken back already."))
    row = AuthorizationStep(
        appointment_id=wrong.appointment_id,
        kind=StepKind.TAKEN_BACK,
        at=work.now,
        user_id=work.actor.user_id,
        corrects_id=step_id,
    )
    return work.add(row).id


@dataclass(frozen=True, slots=True)
class Granted:
    """A new authorization, and how many units coming visits took of it."""

    grant_id: int
    patient_id: int
    taken: int


def _granted_back(done: Performed) -> Undo:
    return Undo(revoke, grant_id=done.result.grant_id)


@command("Record authorization", permission="registration.authorize", undo=_granted_back)
def grant(work: Work, *, draft: GrantDraft, appointment_id: int | None = None) -> Granted:
    """The payer allowed it: the patient's coming visits take their units at once."""
    patient_id = work.get(Coverage, draft.coverage_id).patient_id
    if appointment_id is not None and work.get(Appointment, appointment_id).patient_id != patient_id:
        raise Refused(Finding("This coverage is another patient's. Choose one of the visit's patient."))
    grant_id = authorizations.add(work, draft=draft)
    work.flush()
    if appointment_id is not None:
        work.add(
            AuthorizationStep(
                appointment_id=appointment_id,
                kind=StepKind.GRANTED,
                at=work.now,
                user_id=work.actor.user_id,
                reference=draft.number.strip(),
                grant_id=grant_id,
            )
        )
    return Granted(grant_id, patient_id, visit_authorizations.settle_patient(work, patient_id))


def _revoked_back(done: Performed) -> Undo:
    return Undo(grant_again, grant_id=done.arguments["grant_id"])


@command("Revoke authorization", permission="registration.authorize", undo=_revoked_back)
def revoke(work: Work, *, grant_id: int) -> None:
    """The payer took it back, or it was entered in error: coming visits look for another."""
    authorizations.withdraw(work, grant_id=grant_id)
    work.flush()
    visit_authorizations.settle_patient(work, _patient_of(work, grant_id))


def _again_back(done: Performed) -> Undo:
    return Undo(revoke, grant_id=done.arguments["grant_id"])


@command("Bring back authorization", permission="registration.authorize", undo=_again_back)
def grant_again(work: Work, *, grant_id: int) -> None:
    """What was revoked holds after all; coming visits take what they lack."""
    authorizations.reinstate(work, grant_id=grant_id)
    work.flush()
    visit_authorizations.settle_patient(work, _patient_of(work, grant_id))


def _changed_back(done: Performed) -> Undo:
    return Undo(
        change,
        grant_id=done.arguments["grant_id"],
        units=done.result.units,
        valid_until=done.result.valid_until,
    )


@command("Change authorization", permission="registration.authorize", undo=_changed_back)
def change(work: Work, *, grant_id: int, units: int, valid_until: date | None) -> Extent:
    """More or fewer units, a later or earlier end: visits behind it give theirs back. Gives how it was."""
    before = authorizations.extend(work, grant_id=grant_id, units=units, valid_until=valid_until)
    work.flush()
    visit_authorizations.settle_patient(work, _patient_of(work, grant_id))
    return before


def _patient_of(work: Work, grant_id: int) -> int:
    return work.get(Coverage, work.get(AuthorizationGrant, grant_id).coverage_id).patient_id
