"""What is not as it was at the patient's last visit: old and new, when and by whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import case, func, or_, select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.journal import JournalEntry, Party, Posting
from frontdesk.models.records.consent import Answer, Consent
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.payer import Payer, Plan
from frontdesk.models.registration.reach import AddressKind
from frontdesk.models.registration.review import Section
from frontdesk.models.schedule.appointment import Appointment, Lifecycle
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.registration import addresses
from frontdesk.services.registration.reviews import Change
from frontdesk.services.visit.presence import short_name
from frontdesk.services.work import Work

_ANSWERED = {Answer.SIGNED: "signed", Answer.REFUSED: "refused", Answer.REVOKED: "revoked"}
_RANKS = {1: "Primary coverage", 2: "Secondary coverage", 3: "Tertiary coverage"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the comparison; `before` or `after` is empty where there was or is nothing."""

    part: str
    """ "Demographics", "Coverage", "Consents", "Balance"."""
    what: str
    before: str
    after: str
    at: datetime | None
    """On the office's clock; None where it came by itself, by a date."""
    by: str


@dataclass(frozen=True, slots=True)
class SinceLast:
    """The comparison with the last visit that took place."""

    on: date
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class LastVisit:
    """When the patient was here last."""

    starts: datetime
    over_at: datetime
    """UTC."""


def last_visit(work: Work, visit: Appointment) -> LastVisit | None:
    """The last visit before this one that was completed; one statement."""
    found = work.session.execute(
        select(Appointment.starts, Appointment.completed_at)
        .where(
            Appointment.patient_id == visit.patient_id,
            Appointment.starts < visit.starts,
            Appointment.lifecycle == Lifecycle.COMPLETED,
        )
        .order_by(Appointment.starts.desc(), Appointment.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    starts, completed_at = found
    return LastVisit(starts, completed_at or work.instant(starts))


def since(work: Work, visit: Appointment, last: LastVisit, changed: Sequence[Change]) -> SinceLast:
    """The comparison; four statements. `changed` is what the audit log shows since the last visit."""
    on = last.starts.date()
    found = [
        *_address(work, visit.patient_id, on, visit.starts.date(), changed),
        *_demographics(changed),
        *_coverage(work, visit.patient_id, on, visit.starts.date(), changed),
        *_consents(work, visit.patient_id, last.over_at),
        *_balance(work, visit.patient_id, last.over_at),
    ]
    return SinceLast(on, tuple(found))


def _address(
    work: Work, patient_id: int, then: date, now: date, changed: Sequence[Change]
) -> Iterator[Difference]:
    """Where the patient lived then, and where now."""
    past = [
        each
        for each in addresses.history(work, patient_id=patient_id)
        if each.address.kind is AddressKind.HOME
    ]
    lived, since = (
        next(
            (
                each
                for each in past
                if each.valid_from <= on and (each.valid_until is None or each.valid_until >= on)
            ),
            None,
        )
        for on in (then, now)
    )
    before, after = (addresses.one_line(each.address) if each else "" for each in (lived, since))
    if before == after or (lived is None and past and past[-1].valid_from > then):
        return  # the same, or nobody knew an address on that day
    stamp = next((change for change in changed if change.section is Section.ADDRESS), None)
    at = stamp.at if stamp else datetime.combine(since.valid_from, time()) if since else None
    yield Difference("Demographics", "Home address", before, after, at, short_name(stamp.by) if stamp else "")


def _demographics(changed: Sequence[Change]) -> Iterator[Difference]:
    """Each thing once: as it was then, and as the newest change left it."""
    newest: dict[tuple[Section, str], Change] = {}
    oldest: dict[tuple[Section, str], Change] = {}
    for change in changed:  # the newest first
        if change.section not in (Section.COVERAGE, Section.ADDRESS):
            newest.setdefault((change.section, change.what), change)
            oldest[change.section, change.what] = change
    for key, change in newest.items():
        if oldest[key].before != change.after:
            yield Difference(
                "Demographics",
                change.what,
                oldest[key].before,
                change.after,
                change.at,
                short_name(change.by),
            )


def _coverage(
    work: Work, patient_id: int, then: date, now: date, changed: Sequence[Change]
) -> Iterator[Difference]:
    rows = work.session.execute(
        select(
            Coverage.rank,
            Coverage.effective_from,
            Coverage.effective_until,
            Payer.name,
            Plan.name,
            Policy.member_id,
        )
        .join(Policy, Policy.id == Coverage.policy_id)
        .join(Plan, Plan.id == Policy.plan_id)
        .join(Payer, Payer.id == Plan.payer_id)
        .where(
            Coverage.patient_id == patient_id,
            Coverage.is_active,
            or_(Coverage.effective_until.is_(None), Coverage.effective_until >= then),
            Coverage.effective_from <= now,
        )
        .order_by(Coverage.rank, Coverage.effective_from, Coverage.id)
    ).all()
    latest = {change.what: change for change in reversed(changed) if change.section is Section.COVERAGE}
    stamp = max(latest.values(), key=lambda change: change.at, default=None)
    for rank in sorted({row.rank for row in rows}):
        before, after = (
            next(
                (
                    f"{payer} {plan}, {member_id}"
                    for its_rank, begins, ends, payer, plan, member_id in rows
                    if its_rank == rank and begins <= on and (ends is None or ends >= on)
                ),
                "",
            )
            for on in (then, now)
        )
        if before != after:
            what = _RANKS.get(rank, f"Coverage {rank}")
            at, by = (stamp.at, short_name(stamp.by)) if stamp else (None, "")
            yield Difference("Coverage", what, before, after, at, by)
    for what in ("Member ID", "Group"):
        change = latest.get(what)
        if change is not None and change.before and change.after:  # corrected on the same card
            yield Difference("Coverage", what, change.before, change.after, change.at, short_name(change.by))


def _consents(work: Work, patient_id: int, over_at: datetime) -> Iterator[Difference]:
    rows = work.session.execute(
        select(Consent.title, Consent.answer, Consent.answered_on, Consent.recorded_at, UserAccount.name)
        .outerjoin(UserAccount, UserAccount.id == Consent.taken_by_id)
        .where(Consent.patient_id == patient_id, Consent.recorded_at > over_at)
        .order_by(Consent.recorded_at.desc(), Consent.id.desc())
    )
    for title, answer, answered_on, recorded_at, by in rows:
        after = f"{_ANSWERED[answer]} {us_date(answered_on)}".capitalize()
        yield Difference("Consents", title, "", after, work.wall(recorded_at), short_name(by or ""))


def _balance(work: Work, patient_id: int, over_at: datetime) -> Iterator[Difference]:
    entry = JournalEntry
    then, now, at = work.session.execute(
        select(
            func.coalesce(func.sum(case((Posting.posted_at <= over_at, entry.amount_cents), else_=0)), 0),
            func.coalesce(func.sum(entry.amount_cents), 0),
            func.max(Posting.posted_at),
        )
        .join(Posting, Posting.id == entry.posting_id)
        .where(entry.patient_id == patient_id, entry.responsible == Party.PATIENT)
    ).one()
    if then != now:
        yield Difference(
            "Balance",
            "Patient owes",
            dollars(int(then)),
            dollars(int(now)),
            work.wall(at) if at else None,
            "",
        )
