"""The forms of a day with those that only some kinds of visit need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select

from frontdesk.models.records.consent import Needed
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.visit_type_form import VisitTypeForm
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.records import forms, release_asking, standing
from frontdesk.services.records.standing import FormStanding, OpenForms
from frontdesk.services.work import Work

_NOT_TAKING_PLACE = (
    Lifecycle.CANCELLED,
    Lifecycle.NO_SHOW,
    Lifecycle.LEFT,
    Lifecycle.RESCHEDULED,
    Lifecycle.IN_ERROR,
)


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A form of the library that is asked for only where a kind of visit names it."""

    key: str
    title: str


@query(permission="schedule.view")
def visit_forms(work: Work) -> tuple[VisitForm, ...]:
    """The forms that a kind of visit may name, in English."""
    faces = standing.in_language(forms.current_forms(work), "en")
    return tuple(VisitForm(face.key, face.title) for face in faces if face.needed is Needed.VISIT_TYPE)


@query(permission="records.view")
def required_for(work: Work, *, patient_id: int, on: date | None = None) -> tuple[FormStanding, ...]:
    """Each form that the patient is asked for on a day (today), by the visits of that day too."""
    day = on or work.today
    named = named_on(work, (patient_id,), day)
    return standing.required_for(
        work,
        patient_id=patient_id,
        on=day,
        named=named.get(patient_id, frozenset()),
        release_since=release_asking.asked_on(work, (patient_id,), day).get(patient_id),
    )


@query(permission="records.view")
def open_forms(work: Work, *, patient_ids: tuple[int, ...], on: date | None = None) -> tuple[OpenForms, ...]:
    """Which of these patients must still sign something on that day; a constant number of statements."""
    day = on or work.today
    return standing.open_forms(
        work,
        patient_ids=patient_ids,
        on=day,
        named=named_on(work, patient_ids, day),
        release_since=release_asking.asked_on(work, patient_ids, day),
    )


def named_on(work: Work, patient_ids: Collection[int], day: date) -> dict[int, frozenset[str]]:
    """The keys of the forms that the visits of a day name, by patient; one statement."""
    midnight = datetime.combine(day, datetime.min.time())
    wanted = {"patients": patient_ids, "begin": midnight, "end": midnight + timedelta(days=1)}
    named: dict[int, frozenset[str]] = {}
    for patient_id, key in _NAMED.rows(work.session, wanted):
        named[patient_id] = named.get(patient_id, frozenset()) | {key}
    return named


_NAMED: Final = Prepared(
    select(Appointment.patient_id, VisitTypeForm.form_key)
    .join(VisitTypeForm, VisitTypeForm.visit_type_id == Appointment.visit_type_id)
    .where(
        among(Appointment.patient_id, "patients"),
        Appointment.starts >= bindparam("begin"),
        Appointment.starts < bindparam("end"),
        Appointment.lifecycle.not_in(_NOT_TAKING_PLACE),
    )
)
