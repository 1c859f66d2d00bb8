"""The newest version of each estimate, and what those of recurring visits cover."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from frontdesk.models.billing.estimate import Estimate, EstimateGiven, EstimateVersion
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Written:
    """The newest version of an estimate, and whether it was given."""

    estimate_id: int
    number: int
    total_cents: int
    service_on: date | None
    provider_id: int
    is_given: bool


def newest(
    work: Work, which: ColumnElement[bool], *, by_visit: bool = True, good_faith: bool = False
) -> dict[int, Written]:
    """The newest versions, by visit or by estimate."""
    latest = (
        select(EstimateVersion.estimate_id, func.max(EstimateVersion.edition).label("edition"))
        .group_by(EstimateVersion.estimate_id)
        .subquery()
    )
    given = _is_given()
    wanted = (
        select(
            Estimate.id,
            Estimate.appointment_id,
            Estimate.number,
            EstimateVersion.total_cents,
            EstimateVersion.service_on,
            EstimateVersion.provider_id,
            given.label("is_given"),
        )
        .join(latest, latest.c.estimate_id == Estimate.id)
        .join(
            EstimateVersion,
            (EstimateVersion.estimate_id == Estimate.id) & (EstimateVersion.edition == latest.c.edition),
        )
        .where(which)
    )
    if good_faith:
        wanted = wanted.where(EstimateVersion.is_good_faith.is_(True), given)
    return {
        (row.appointment_id if by_visit else row.id): Written(
            row.id, row.number, row.total_cents, row.service_on, row.provider_id, bool(row.is_given)
        )
        for row in work.session.execute(wanted)
    }


Span = tuple[int, int, date, date]


def recurring(work: Work, patient_ids: set[int]) -> list[Span]:
    """Patient, kind of visit, first and last day of what an estimate of recurring visits covers.

    One that was only asked for covers a booked visit once it is given: the booking's clock may be shorter.
    """
    given = _is_given()
    found = work.session.execute(
        select(
            Estimate.patient_id,
            Estimate.visit_type_id,
            EstimateVersion.service_on,
            Estimate.requested_on,
            EstimateVersion.until_on,
        )
        .join(Estimate, Estimate.id == EstimateVersion.estimate_id)
        .where(
            Estimate.patient_id.in_(sorted(patient_ids)),
            EstimateVersion.until_on.is_not(None),
            or_(Estimate.appointment_id.is_not(None), given),
        )
    )
    return [
        (patient_id, kind_id, first, until)
        for patient_id, kind_id, service_on, requested_on, until in found
        if until is not None and (first := service_on or requested_on) is not None
    ]


def is_covered(spans: list[Span], patient_id: int, kind_id: int, on: date) -> bool:
    """Whether an estimate of recurring visits is for this one too."""
    return any((each[0], each[1]) == (patient_id, kind_id) and each[2] <= on <= each[3] for each in spans)


def _is_given() -> ColumnElement[bool]:
    """Whether a version reached the patient."""
    return (
        select(EstimateGiven.id)
        .where(EstimateGiven.version_id == EstimateVersion.id, EstimateGiven.taken_back_at.is_(None))
        .exists()
    )
