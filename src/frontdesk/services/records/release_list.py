"""Requests for copies as rows of the requests page, with their state in the words of the desk."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import counted, us_date
from frontdesk.models.records.release import (
    Basis,
    CopyForm,
    Delivery,
    ReleaseRequest,
    ReleaseState,
    Requester,
)
from frontdesk.models.records.release_check import CheckItem, FormEnd
from frontdesk.models.registration.patient import Patient, Sex
from frontdesk.services.records import release_facts, release_rules, release_validity
from frontdesk.services.records.release_facts import FormFacts, Known
from frontdesk.services.records.release_state import OPEN
from frontdesk.services.records.release_words import STATES, kind_of
from frontdesk.services.records.request_row import RequestRow, Waits, Which
from frontdesk.services.work import Work

KIND: Final = "release"
MOST: Final = 500
_SENT: Final = (ReleaseState.SENT, ReleaseState.CLOSED)
_FORM_ENDS_SOON_DAYS: Final = 14
_HIMSELF: Final = {Sex.MALE: "Patient himself", Sex.FEMALE: "Patient herself"}


def rows(work: Work, which: Which) -> tuple[RequestRow, ...]:
    """Requests for copies; a constant number of statements. Of those that ended, the newest 500."""
    asked = select(ReleaseRequest, Patient).join(Patient, Patient.id == ReleaseRequest.patient_id)
    if which is Which.OPEN:
        asked = asked.where(ReleaseRequest.state.in_(OPEN)).order_by(ReleaseRequest.due_on, ReleaseRequest.id)
    else:
        asked = asked.order_by(ReleaseRequest.number.desc()).limit(MOST)
        if which is Which.SENT:
            asked = asked.where(ReleaseRequest.state.in_(_SENT))
    found = work.session.execute(asked).all()
    return _rows(work, [(request, patient) for request, patient in found])


def row_of(work: Work, request: ReleaseRequest) -> RequestRow:
    """One request as a row."""
    return _rows(work, [(request, work.get(Patient, request.patient_id))])[0]


def open_count(work: Work) -> int:
    """How many are open; one statement."""
    counted = select(func.count()).select_from(ReleaseRequest).where(ReleaseRequest.state.in_(OPEN))
    return work.session.scalar(counted) or 0


def access_days(work: Work) -> int:
    """The office's days for the patient's own access."""
    return release_rules.rule_of(work, Basis.ACCESS).days


def _rows(work: Work, found: Sequence[tuple[ReleaseRequest, Patient]]) -> tuple[RequestRow, ...]:
    known = release_facts.known_of(work, [request for request, _ in found])
    clocks = {clock.basis: clock for clock in release_rules.rules(work)}
    return tuple(
        _row(request, patient, known[request.id], clocks[request.basis].warn_days, work.today)
        for request, patient in found
    )


def _row(request: ReleaseRequest, patient: Patient, known: Known, warn_days: int, today: date) -> RequestRow:
    is_open = request.state in OPEN
    return RequestRow(
        kind=KIND,
        id=request.id,
        number=request.number,
        patient_id=request.patient_id,
        patient=last_first(patient.legal_last, patient.preferred_name or patient.legal_first),
        who=who(request, patient),
        kind_words=kind_of(request.requester, request.basis),
        state_words=state_words(request, known, today),
        received_on=request.received_on,
        due_on=request.due_on if is_open else None,
        warn_on=request.due_on - timedelta(days=warn_days) if is_open else None,
        waits=Waits.SIGNATURE if form_is_over(request, known, today) else _waits(request.state),
        is_open=is_open,
        is_sent=request.state in _SENT,
        owner=request.owner,
    )


def who(request: ReleaseRequest, patient: Patient) -> str:
    """Who asks; the patient in person where it is nobody else."""
    if request.requester is Requester.PATIENT:
        return _HIMSELF.get(patient.sex, "The patient")
    return request.requester_name


def form_is_over(request: ReleaseRequest, known: Known, today: date) -> bool:
    """Whether the form ran out since it was recorded: time goes on without anybody's act."""
    if request.state not in OPEN or request.state is ReleaseState.NEW:
        return False
    return not release_validity.form_holds(request, known, today)


def state_words(request: ReleaseRequest, known: Known, today: date) -> str:
    """How far it is, and the one thing about it that the desk must know."""
    state = request.state
    if state is ReleaseState.NEW:
        if request.basis is not Basis.ACCESS:
            return "New"
        return "New, wants paper copy" if request.copy_form is CopyForm.PAPER else "New, check identity"
    if state is ReleaseState.WAITING_SIGNATURE or form_is_over(request, known, today):
        return _form_wanted(known.form, today)
    if state is ReleaseState.COLLECTING:
        return f"Being collected, {request.pages_chosen} of {request.pages_found}"
    if state is ReleaseState.READY:
        if request.delivery is Delivery.PICK_UP:
            return "Copy made, pick up"
        count = request.pages_chosen
        return f"Ready to send, {counted(count, 'page')}"
    if state is ReleaseState.IDENTITY_CHECKED:
        return _checked(request, known, today)
    if state in _SENT and request.sent_on is not None:
        return f"{STATES[state]} {us_date(request.sent_on)[:5]}"
    return STATES[state]


def _checked(request: ReleaseRequest, known: Known, today: date) -> str:
    form = known.form
    soon = max(request.due_on, today + timedelta(days=_FORM_ENDS_SOON_DAYS))
    if form is not None and form.expires_on is not None and form.expires_on <= soon:
        return f"Form expires {us_date(form.expires_on)[:5]}"
    if known.holds(CheckItem.MINIMUM):
        return f"Minimum: {known.facts[CheckItem.MINIMUM].words}"
    if form is not None and form.relation:
        return "Guardian form signed"
    if form is not None:
        return "Form signed"
    return STATES[ReleaseState.IDENTITY_CHECKED]


def _form_wanted(form: FormFacts | None, today: date) -> str:
    if form is None or form.signed_on is None:
        return "Signed form missing"
    if form.ended_on is not None and form.ended_on <= today:
        return "Form revoked" if form.ended_how is FormEnd.REVOKED else "Form ended"
    if form.expires_on is not None and form.expires_on < today:
        return f"Form expired {us_date(form.expires_on)[:5]}"
    return "Form not complete"


def _waits(state: ReleaseState) -> Waits:
    if state is ReleaseState.WAITING_SIGNATURE:
        return Waits.SIGNATURE
    if state is ReleaseState.UNDER_REVIEW:
        return Waits.OTHERS
    return Waits.DESK if state in OPEN else Waits.NOBODY
