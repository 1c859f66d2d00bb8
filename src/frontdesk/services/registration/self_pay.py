"""Patients who pay without insurance, because they have none or chose so."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import us_date
from frontdesk.models.registration.coverage import SelfPay
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("no_overlap_self_pay", "Self-pay is already chosen for some of these days.", field="valid_from")


@dataclass(frozen=True, slots=True)
class SelfPayChoice:
    """A choice that holds on a day."""

    id: int
    valid_from: date
    valid_until: date | None
    withholds_from_payer: bool
    reason: str


@query(permission="registration.view")
def self_pay(work: Work, *, patient_id: int, on: date | None = None) -> SelfPayChoice | None:
    """The choice that holds on a day (today), if any."""
    return in_force(work, patient_id, on or work.today)


def _choose_undone(done: Performed) -> Undo:
    return Undo(end, self_pay_id=done.result, last_day=None)


@command(
    "Choose self-pay",
    permission="registration.coverage",
    undo=_choose_undone,
)
def choose(
    work: Work,
    *,
    patient_id: int,
    valid_from: date,
    valid_until: date | None = None,
    withholds_from_payer: bool = False,
    reason: str = "",
) -> int:
    """The id of the choice; without an end it holds until further notice."""
    work.get(Patient, patient_id)
    work.concerns(patient_id)
    if valid_until is not None and valid_until < valid_from:
        raise Refused(Finding("Self-pay ends before it starts. Check both dates.", "valid_until"))
    if len(reason.strip()) > 200:
        raise Refused(Finding("This is longer than 200 letters. Shorten it.", "reason"))
    clash = select(SelfPay.valid_from).where(
        SelfPay.patient_id == patient_id,
        or_(SelfPay.valid_until.is_(None), SelfPay.valid_until >= valid_from),
    )
    if valid_until is not None:
        clash = clash.where(SelfPay.valid_from <= valid_until)
    if (since := work.session.scalars(clash).first()) is not None:
        raise Refused(Finding(f"Self-pay is already chosen from {us_date(since)}.", "valid_from"))
    choice = SelfPay(
        patient_id=patient_id,
        valid_from=valid_from,
        valid_until=valid_until,
        withholds_from_payer=withholds_from_payer,
        reason=reason.strip(),
    )
    return work.add(choice).id


def _end_undone(done: Performed) -> Undo:
    return Undo(
        choose,
        patient_id=done.result.patient_id,
        valid_from=done.result.valid_from,
        valid_until=done.result.valid_until,
        withholds_from_payer=done.result.withholds_from_payer,
        reason=done.result.reason,
    )


@command(
    "End self-pay",
    permission="registration.coverage",
    undo=_end_undone,
)
def end(work: Work, *, self_pay_id: int, last_day: date | None) -> "EndedSelfPay":
    """Let a choice end on a day; with None it never was."""
    choice = work.get(SelfPay, self_pay_id)
    work.concerns(choice.patient_id)
    ended = EndedSelfPay(
        patient_id=choice.patient_id,
        valid_from=choice.valid_from if last_day is None else last_day + timedelta(days=1),
        valid_until=choice.valid_until,
        withholds_from_payer=choice.withholds_from_payer,
        reason=choice.reason,
    )
    if last_day is None:
        work.session.delete(choice)
    elif last_day < choice.valid_from:
        raise Refused(
            Finding(f"Self-pay starts on {us_date(choice.valid_from)}. It cannot end before.", "last_day")
        )
    else:
        choice.valid_until = last_day
    return ended


@dataclass(frozen=True, slots=True)
class EndedSelfPay:
    """The days that were cut off, for the way back."""

    patient_id: int
    valid_from: date
    valid_until: date | None
    withholds_from_payer: bool
    reason: str


def in_force(work: Work, patient_id: int, on: date) -> SelfPayChoice | None:
    """The choice that holds on a day, if any."""
    row = work.session.scalars(select(SelfPay).where(SelfPay.patient_id == patient_id, holds_on(on))).first()
    if row is None:
        return None
    return SelfPayChoice(row.id, row.valid_from, row.valid_until, row.withholds_from_payer, row.reason)


def holds_on(day: date | InstrumentedAttribute[date]) -> ColumnElement[bool]:
    """That a choice holds on a day."""
    return and_(SelfPay.valid_from <= day, or_(SelfPay.valid_until.is_(None), SelfPay.valid_until >= day))
