"""Charts that were merged into others: where an old one leads, and what it is still found by."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.text import fold
from frontdesk.models.registration.merge import MergeState, PatientMerge, PatientMergeChange
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """The chart that an old one was merged into."""

    patient_id: int
    chart_number: str
    old_chart_number: str
    merged_on: date | None
    merged_by: str

    @property
    def sentence(self) -> str:
        """ "Chart HP-00012 was merged into HP-00007 on 3/17/2026 by Maria Santos. This is that chart." """
        on = (
            f" on {self.merged_on.month}/{self.merged_on.day}/{self.merged_on.year}" if self.merged_on else ""
        )
        by = f" by {self.merged_by}" if self.merged_by else ""
        return (
            f"Chart {self.old_chart_number} was merged into {self.chart_number}{on}{by}. This is that chart."
        )


@query(permission="registration.view")
def leads_to(work: Work, *, patient_id: int) -> LeadsTo | None:
    """Where the chart leads that somebody opened by an old link; None where it stands itself."""
    patient = work.get(Patient, patient_id)
    if patient.status is not PatientStatus.MERGED:
        return None
    survivor = work.get(Patient, survivor_of(work, patient_id))
    merge = work.session.scalars(
        select(PatientMerge).where(
            PatientMerge.goes_id == patient_id, PatientMerge.state == MergeState.MERGED
        )
    ).first()
    return LeadsTo(
        patient_id=survivor.id,
        chart_number=survivor.chart_number,
        old_chart_number=patient.chart_number,
        merged_on=None if merge is None or merge.merged_at is None else work.wall(merge.merged_at).date(),
        merged_by="" if merge is None else merge.merged_by,
    )


@query(permission="registration.view")
def chart_ids(work: Work, *, patient_id: int) -> tuple[int, ...]:
    """Under which ids the access log knows this patient: the chart, and all that were merged into it."""
    return charts_of(work, patient_id)


def survivor_of(work: Work, patient_id: int) -> int:
    """The chart that stands for this one now, over however many merges; itself where it was not merged."""
    seen = {patient_id}
    while True:
        into = work.session.scalar(select(Patient.merged_into_id).where(Patient.id == patient_id))
        if into is None or into in seen:
            return patient_id
        seen.add(into)
        patient_id = into


def charts_of(work: Work, patient_id: int) -> tuple[int, ...]:
    """The chart and all that were merged into it: the audit log knows each under its own id."""
    found, wave = [patient_id], [patient_id]
    while wave:
        wave = list(
            work.session.scalars(
                select(Patient.id).where(Patient.merged_into_id.in_(wave)).order_by(Patient.id)
            )
        )
        wave = [each for each in wave if each not in found]
        found += wave
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Alias:
    """What a chart is found by because another was merged into it."""

    chart_number: str
    first: str
    last: str
    other_last: str


def aliases(work: Work, patient: Patient) -> tuple[Alias, ...]:
    """Numbers and names of the charts that were merged into this one, as far as they differ."""
    gone = charts_of(work, patient.id)[1:]
    if not gone:
        return ()
    rows = work.session.scalars(select(Patient).where(Patient.id.in_(gone)).order_by(Patient.id))
    known = {fold(patient.legal_last), fold(patient.former_last_name)}
    return tuple(
        Alias(
            row.chart_number,
            row.legal_first if fold(row.legal_first) != fold(patient.legal_first) else "",
            row.legal_last if fold(row.legal_last) not in known else "",
            row.former_last_name if fold(row.former_last_name) not in known else "",
        )
        for row in rows
    )


def patient_as_written(work: Work, table: str, row_id: int, patient_id: int) -> int:
    """The chart under which a row was first written: a consent's seal covers that one."""
    change = work.session.scalars(
        select(PatientMergeChange)
        .where(
            PatientMergeChange.table_name == table,
            PatientMergeChange.row_id == row_id,
            PatientMergeChange.column_name == "patient_id",
        )
        .order_by(PatientMergeChange.merge_id, PatientMergeChange.place)
        .limit(1)
    ).first()
    return patient_id if change is None else int(change.old_value)
