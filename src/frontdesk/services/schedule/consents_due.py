"""Forms that must be signed at the visits to come: missing, run out, refused or revoked; and their paper."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select

from frontdesk.kernel.names import last_first
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.services.command import query
from frontdesk.services.records import paper, standing
from frontdesk.services.records.standing import FormStanding
from frontdesk.services.schedule import visit_forms
from frontdesk.services.work import Work

MOST_DAYS: Final = 31
_COMING: Final = (Lifecycle.BOOKED,)


@dataclass(frozen=True, slots=True)
class DueForm:
    """A form that a patient must sign at the first visit of the days looked at."""

    patient_id: int
    patient: str
    chart_number: str
    appointment_id: int
    starts: datetime
    """The office's wall time."""
    provider: str
    form: FormStanding
    print_id: int | None
    """The sheet that was printed last for this edition and has not come back."""
    is_handed_out: bool

    @property
    def key(self) -> tuple[int, str]:
        """What tells this line from the others."""
        return (self.patient_id, self.form.key)


@dataclass(frozen=True, slots=True)
class DueList:
    """The days that were looked at, and what is due on them, by visit."""

    first: date
    last: date
    forms: tuple[DueForm, ...]


@query(permission="records.view")
def due(work: Work, *, days: int | None = None) -> DueList:
    """What is to be signed on the next day that has visits; or on so many days from tomorrow on."""
    if days is None:
        first = last = next_day(work)
    else:
        first = work.today + timedelta(days=1)
        last = work.today + timedelta(days=min(max(days, 1), MOST_DAYS))
    return DueList(first, last, _due(work, first, last))


def open_count(work: Work) -> int:
    """How many forms are due on the next day that has visits."""
    day = next_day(work)
    return len(_due(work, day, day))


def next_day(work: Work) -> date:
    """The next day with visits after today; tomorrow where none is booked."""
    tomorrow = work.today + timedelta(days=1)
    starts = work.session.scalar(
        select(func.min(Appointment.starts)).where(
            Appointment.starts >= datetime.combine(tomorrow, time()), Appointment.lifecycle.in_(_COMING)
        )
    )
    return starts.date() if starts is not None else tomorrow


def _due(work: Work, first: date, last: date) -> tuple[DueForm, ...]:
    visits = work.session.execute(
        select(
            Appointment.id,
            Appointment.patient_id,
            Appointment.starts,
            Provider.short_name,
            Patient.legal_last,
            Patient.legal_first,
            Patient.chart_number,
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .where(
            Appointment.starts >= datetime.combine(first, time()),
            Appointment.starts < datetime.combine(last + timedelta(days=1), time()),
            Appointment.lifecycle.in_(_COMING),
        )
        .order_by(Appointment.starts, Appointment.id)
    ).all()
    by_day: dict[date, list[int]] = {}
    for visit in visits:
        by_day.setdefault(visit.starts.date(), []).append(visit.patient_id)
    asked: dict[tuple[date, int], tuple[FormStanding, ...]] = {}
    for day, who in by_day.items():
        ids = tuple(dict.fromkeys(who))
        named = visit_forms.named_on(work, ids, day)
        for patient_id, forms in standing.standings_of(work, ids, day, named).items():
            asked[day, patient_id] = forms
    papers = {
        (sheet.patient_id, sheet.form_id): sheet
        for sheet in reversed(paper.outstanding(work, tuple({visit.patient_id for visit in visits})))
    }
    found: dict[tuple[int, str], DueForm] = {}
    for visit in visits:
        for form in asked[visit.starts.date(), visit.patient_id]:
            if not form.is_open or (visit.patient_id, form.key) in found:
                continue
            sheet = papers.get((visit.patient_id, form.form_id))
            found[visit.patient_id, form.key] = DueForm(
                patient_id=visit.patient_id,
                patient=last_first(visit.legal_last, visit.legal_first),
                chart_number=visit.chart_number,
                appointment_id=visit.id,
                starts=visit.starts,
                provider=visit.short_name,
                form=form,
                print_id=sheet.print_id if sheet else None,
                is_handed_out=sheet is not None and sheet.is_handed_out,
            )
    return tuple(found.values())
