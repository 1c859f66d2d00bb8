"""Who is due for a visit again, by type and interval, and what came of telling them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, exists, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.months import months_later
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_phone
from frontdesk.models.base import Id
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.patient import Patient, PatientStatus
from frontdesk.models.registration.reach import PatientPhone
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.schedule.recall import LONGEST, RecallContact, RecallRule
from frontdesk.models.schedule.recall import RecallOutcome as RecallOutcome
from frontdesk.models.schedule.visit_type import VisitType
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.prepared import Prepared, among
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_recall_rule_visit_type_id", "This type of visit has a recall already. Change that one.")

AHEAD_DAYS = 30
"""So long before the day a patient is on the list."""
OVERDUE_DAYS = 2 * 365
"""Whoever is due for longer is no longer called."""
MOST = 500


@dataclass(frozen=True, slots=True)
class RuleView:
    """A type of visit that comes round again."""

    id: int
    version: int
    visit_type_id: int
    visit_type: str
    months: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One time that the patient was reached out to."""

    id: int
    outcome: RecallOutcome
    until: date | None
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """A patient who is due, or will be soon."""

    patient_id: int
    patient: str
    spoken: str
    phone: str
    rule_id: int
    visit_type_id: int
    visit_type: str
    months: int
    last_on: date
    provider: str
    """Who saw the patient then."""
    due_on: date
    is_overdue: bool
    contacts: tuple[ContactLine, ...]
    """Newest first."""
    waits_until: date | None
    """The patient asked not to be called before this day."""
    has_declined: bool


def _switched_off(done: Performed) -> Undo:
    return Undo(set_rule, rule_id=done.result, months=done.arguments["months"], is_active=False)


@command("Add recall", permission="schedule.edit_templates", undo=_switched_off)
def add_rule(work: Work, *, visit_type_id: int, months: int) -> int:
    """From now on patients are due again so many months after a visit of this type."""
    refuse_if_any(_problems(months))
    work.get(VisitType, visit_type_id)
    if work.session.scalar(select(RecallRule.id).where(RecallRule.visit_type_id == visit_type_id)):
        raise Refused(Finding("This type of visit has a recall already. Change that one.", "visit_type_id"))
    return work.add(RecallRule(visit_type_id=visit_type_id, months=months, is_active=True)).id


def _set_back(done: Performed) -> Undo:
    before: RuleView = done.result
    return Undo(set_rule, rule_id=done.arguments["rule_id"], months=before.months, is_active=before.is_active)


@command("Change recall", permission="schedule.edit_templates", undo=_set_back)
def set_rule(
    work: Work, *, rule_id: int, months: int, is_active: bool, version: int | None = None
) -> RuleView:
    """Another interval, or switched off or on. Gives back how it stood."""
    refuse_if_any(_problems(months))
    rule = work.get(RecallRule, rule_id, version)
    before = _view(rule, work.get(VisitType, rule.visit_type_id).name)
    rule.months, rule.is_active = months, is_active
    return before


def _not_said(done: Performed) -> Undo:
    return Undo(take_back, contact_id=done.result)


@command("Note recall contact", permission="schedule.book", undo=_not_said)
def note_contact(
    work: Work,
    *,
    rule_id: int,
    patient_id: int,
    outcome: RecallOutcome,
    until: date | None = None,
    note: str = "",
) -> int:
    """What came of reaching out. Not now, or no more: the list keeps to it. Gives back the contact's id."""
    work.concerns(patient_id)
    work.get(RecallRule, rule_id)
    findings = []
    if outcome is RecallOutcome.NOT_NOW and (until is None or until <= work.today):
        findings.append(Finding("Say from which day on the patient may be called again.", "until"))
    if len(note.strip()) > LONGEST:
        findings.append(Finding(f"This is longer than {LONGEST} characters. Say it shorter.", "note"))
    refuse_if_any(findings)
    return _contact(work, rule_id, patient_id, outcome, until, note.strip(), None)


@command(
    "Take back recall contact",
    permission="schedule.book",
    undo=irreversible("What was said cannot be said again by itself; note it anew."),
)
def take_back(work: Work, *, contact_id: int) -> int:
    """Says that it was not so after all; both rows stay. Gives back the new row's id."""
    wrong = work.get(RecallContact, contact_id)
    work.concerns(wrong.patient_id)
    again = select(RecallContact.id).where(RecallContact.takes_back_id == contact_id)
    if wrong.takes_back_id is not None or work.session.scalar(again) is not None:
        raise Refused(Finding("This has been taken back already."))
    return _contact(work, wrong.rule_id, wrong.patient_id, wrong.outcome, wrong.until, "", contact_id)


@query(permission="schedule.view")
def rules(work: Work) -> tuple[RuleView, ...]:
    """The recalls, by the name of the type; one statement."""
    asked = (
        select(RecallRule, VisitType.name)
        .join(VisitType, VisitType.id == RecallRule.visit_type_id)
        .order_by(VisitType.name, RecallRule.id)
    )
    return tuple(_view(rule, name) for rule, name in work.session.execute(asked))


@query(permission="schedule.view")
def due(work: Work, *, with_waiting: bool = False) -> tuple[DueLine, ...]:
    """Who is due until in thirty days, longest overdue first; four statements however many came before.

    Left out: who has such a visit ahead, is not an active patient, declined, or asked for later,
    which `with_waiting` shows.
    """
    return _due(work, with_waiting=with_waiting)


def due_of(work: Work, patient_id: int) -> tuple[DueLine, ...]:
    """The same of one patient."""
    return _due(work, with_waiting=False, patient_id=patient_id)


def _due(work: Work, *, with_waiting: bool, patient_id: int | None = None) -> tuple[DueLine, ...]:
    active = [rule for rule in rules(work) if rule.is_active]
    by_id = {rule.id: rule for rule in active}
    lasts = [_last(work, rule) for rule in active]
    if patient_id is not None:
        lasts = [last.where(Appointment.patient_id == patient_id) for last in lasts]
    rows = work.session.execute(union_all(*lasts)) if lasts else ()
    found = {(row.patient_id, row.rule_id): (row, by_id[row.rule_id]) for row in rows}
    patient_ids = sorted({whose for whose, _ in found})
    contacts = _contacts(work, patient_ids)
    phones: dict[int, str] = {}
    for of, number in _PHONES.rows(work.session, {"patients": patient_ids}):
        phones.setdefault(of, number)
    lines = []
    for (whose, rule_id), (row, rule) in found.items():
        last_on, due_on = row.starts.date(), months_later(row.starts.date(), rule.months)
        if due_on > work.today + timedelta(AHEAD_DAYS):
            continue
        said = [each for each in contacts.get((whose, rule_id), ()) if each.at.date() > last_on]
        waits = next((each.until for each in said if each.outcome is RecallOutcome.NOT_NOW), None)
        waits = waits if waits is not None and waits > work.today else None
        declined = any(each.outcome is RecallOutcome.DECLINED for each in said)
        if (waits or declined) and not with_waiting:
            continue
        first = row.preferred_name or row.legal_first
        lines.append(
            DueLine(
                patient_id=whose,
                patient=last_first(row.legal_last, first),
                spoken=f"{first} {row.legal_last}",
                phone=us_phone(phones.get(whose, "")),
                rule_id=rule_id,
                visit_type_id=rule.visit_type_id,
                visit_type=rule.visit_type,
                months=rule.months,
                last_on=last_on,
                provider=row.short_name,
                due_on=due_on,
                is_overdue=due_on < work.today,
                contacts=tuple(said),
                waits_until=waits,
                has_declined=declined,
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.due_on, line.patient, line.patient_id))[:MOST])


def due_count(work: Work) -> int:
    """How many are to be called."""
    return len(due(work))


def _last(work: Work, rule: RuleView) -> Select[*tuple[Any, ...]]:
    """The last visits of a type that make their patients due now.

    One bounded stretch of the past by the type's index, what came after by the patient's: the size of the
    book is no matter.
    """
    newest = months_later(work.today + timedelta(AHEAD_DAYS), -rule.months) + timedelta(3)
    oldest = months_later(work.today - timedelta(OVERDUE_DAYS), -rule.months)
    later = aliased(Appointment)
    had_since = select(later.id).where(
        later.patient_id == Appointment.patient_id,
        later.visit_type_id == rule.visit_type_id,
        later.starts > Appointment.starts,
        or_(
            later.lifecycle.in_((Lifecycle.COMPLETED, Lifecycle.ARRIVED, Lifecycle.IN_PROGRESS)),
            and_(later.lifecycle == Lifecycle.BOOKED, later.starts > work.local_now),
        ),
    )
    return (
        select(
            literal(rule.id, Id).label("rule_id"),
            Appointment.patient_id,
            Appointment.starts,
            Patient.legal_last,
            Patient.legal_first,
            Patient.preferred_name,
            Provider.short_name,
        )
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Provider, Provider.id == Appointment.provider_id)
        .where(
            Appointment.visit_type_id == rule.visit_type_id,
            Appointment.starts >= datetime.combine(oldest, time()),
            Appointment.starts < datetime.combine(newest, time()),
            Appointment.lifecycle == Lifecycle.COMPLETED,
            Patient.status == PatientStatus.ACTIVE,
            ~exists(had_since),
        )
    )


def _contacts(work: Work, patient_ids: list[int]) -> dict[tuple[int, int], list[ContactLine]]:
    rows = _CONTACTS.named(work.session, {"patients": patient_ids})
    gone = {row.takes_back_id for row in rows}
    found: dict[tuple[int, int], list[ContactLine]] = {}
    for row in rows:
        if row.id not in gone and row.takes_back_id is None:
            found.setdefault((row.patient_id, row.rule_id), []).append(
                ContactLine(row.id, row.outcome, row.until, row.note, work.wall(row.at), row.by)
            )
    return found


def _contact(
    work: Work,
    rule_id: int,
    patient_id: int,
    outcome: RecallOutcome,
    until: date | None,
    note: str,
    takes_back_id: int | None,
) -> int:
    row = RecallContact(
        rule_id=rule_id,
        patient_id=patient_id,
        outcome=outcome,
        until=until,
        note=note,
        at=work.now,
        by=work.actor.name,
        user_id=work.actor.user_id,
        station_id=work.station.id,
        takes_back_id=takes_back_id,
    )
    return work.add(row).id


def _problems(months: int) -> list[Finding]:
    return [] if 1 <= months <= 120 else [Finding("A recall comes after 1 to 120 months.", "months")]


def _view(rule: RecallRule, visit_type: str) -> RuleView:
    return RuleView(rule.id, rule.version, rule.visit_type_id, visit_type, rule.months, rule.is_active)


_CONTACTS: Final = Prepared(
    select(RecallContact).where(among(RecallContact.patient_id, "patients")).order_by(RecallContact.id.desc())
)
_PHONES: Final = Prepared(
    select(PatientPhone.patient_id, PatientPhone.number)
    .where(among(PatientPhone.patient_id, "patients"), PatientPhone.ended_on.is_(None))
    .order_by(PatientPhone.rank, PatientPhone.id)
)
