"""What is owed and what came in: A/R by age and payer, days in A/R, net collection, payments by month."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, extract, func, select

from frontdesk.models.billing.charges import Superbill, SuperbillState
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.models.registration.payer import Payer
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import aging, superbills
from frontdesk.services.billing.aging import Aged
from frontdesk.services.billing.overview import LOOK_BACK_DAYS
from frontdesk.services.billing.reports_filter import Wanted, months_of, of_claims, of_entries, of_visits
from frontdesk.services.command import query
from frontdesk.services.work import Work

CHARGE_DAYS = 90
"""Over how many days the average daily charge is taken."""
_CHARGED = (EntryKind.CHARGE, EntryKind.FEE)
RECEIVED = (EntryKind.PAYMENT, EntryKind.UNAPPLIED, EntryKind.REFUND)
"""What brings money in, or gives it back."""
UNSENT = (ClaimState.FAILED, ClaimState.READY, ClaimState.HELD, ClaimState.REJECTED)
"""Claims that wait in the office."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What one payer owes by age, or (`payer_id` empty) all patients together."""

    payer_id: int | None
    name: str
    aged: Aged


@dataclass(frozen=True, slots=True)
class Receivable:
    """The receivables at the end of a day; the rows sum to the total."""

    on: date
    rows: tuple[Owed, ...]
    """The largest debtor first, the patients last."""
    total: Aged
    charged_cents: int
    """What was charged in the 90 days up to it."""

    @property
    def days(self) -> float | None:
        """Days in A/R: the receivables over the average daily charge of 90 days (MGMA, HFMA MAP Key AR-1,
        there with net revenue; the charge is what the journal holds). None where nothing was charged."""
        return self.total.total / (self.charged_cents / CHARGE_DAYS) if self.charged_cents > 0 else None


@dataclass(frozen=True, slots=True)
class Collected:
    """What was collected of what could be: payments on lines over charges less contractual write-downs
    (MGMA: adjusted, or net, collection rate), all posted in the period."""

    charged_cents: int
    contract_cents: int
    """Negative where contracts lower the price."""
    paid_cents: int

    @property
    def percent(self) -> float | None:
        due = self.charged_cents + self.contract_cents
        return 100 * self.paid_cents / due if due > 0 else None


@dataclass(frozen=True, slots=True)
class Income:
    """What payers paid on no visit, in a period."""

    other_cents: int
    """Capitations, bonuses, incentives."""
    interest_cents: int

    @property
    def cents(self) -> int:
        return self.other_cents + self.interest_cents


@dataclass(frozen=True, slots=True)
class Month:
    """Money that came in within a month, less what was given back, by who paid it."""

    first: date
    payer_cents: int
    patient_cents: int


@dataclass(frozen=True, slots=True)
class Unbilled:
    """What took place and was not asked for yet, however long ago."""

    visits: int
    """Seen, without charges, in the 60 days before."""
    unreleased_cents: int
    """Entered superbills that are not released."""
    unsent_claims: int
    unsent_cents: int


@query(permission="billing.view")
def receivable(work: Work, *, wanted: Wanted) -> Receivable:
    """The receivables at the end of the period by payer and age; the same as `aging`, narrowed."""
    fits, day = of_entries(wanted), min(wanted.until_on, work.today)
    found = aging.aging_where(work, day, fits)
    names = dict(work.session.execute(select(Payer.id, Payer.name)).all())
    rows = [
        Owed(row.owner_id, names.get(row.owner_id, ""), row.aged)
        for row in found.rows
        if row.responsible is Party.PAYER and any(row.aged.columns)
    ]
    rows.sort(key=lambda row: (-row.aged.total, row.name))
    if any(found.patient.columns):
        rows.append(Owed(None, "Patients", found.patient))
    charged = work.session.scalar(
        select(func.coalesce(func.sum(JournalEntry.amount_cents), 0)).where(
            JournalEntry.kind.in_(_CHARGED),
            JournalEntry.posted_on > day - timedelta(days=CHARGE_DAYS),
            JournalEntry.posted_on <= day,
            *fits,
        )
    )
    return Receivable(day, tuple(rows), found.payer.plus(found.patient), int(charged or 0))


@query(permission="billing.view")
def collected(work: Work, *, wanted: Wanted) -> Collected:
    """What was collected of what could be."""
    sums = {
        kind: int(cents)
        for kind, cents in work.session.execute(
            select(JournalEntry.kind, func.sum(JournalEntry.amount_cents))
            .where(
                JournalEntry.posted_on >= wanted.since_on,
                JournalEntry.posted_on <= wanted.until_on,
                JournalEntry.charge_line_id.is_not(None),
                *of_entries(wanted),
            )
            .group_by(JournalEntry.kind)
        )
    }
    return Collected(
        charged_cents=sum(sums.get(kind, 0) for kind in _CHARGED),
        contract_cents=sums.get(EntryKind.CONTRACTUAL, 0),
        paid_cents=-sums.get(EntryKind.PAYMENT, 0),
    )


@query(permission="billing.view")
def income(work: Work, *, wanted: Wanted) -> Income:
    """What payers paid on no visit; it stands in the money received too."""
    sums = {
        kind: int(cents)
        for kind, cents in work.session.execute(
            select(JournalEntry.kind, func.sum(JournalEntry.amount_cents))
            .where(*income_entries(wanted))
            .group_by(JournalEntry.kind)
        )
    }
    return Income(sums.get(EntryKind.INCOME, 0), sums.get(EntryKind.INTEREST, 0))


def income_entries(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """What makes an entry one of the period's income on no visit."""
    return (
        JournalEntry.kind.in_((EntryKind.INCOME, EntryKind.INTEREST)),
        JournalEntry.posted_on >= wanted.since_on,
        JournalEntry.posted_on <= wanted.until_on,
        *of_entries(wanted),
    )


@query(permission="billing.view")
def months(work: Work, *, wanted: Wanted) -> tuple[Month, ...]:
    """Each month of the period with what came in, those without money too."""
    year, month = extract("year", JournalEntry.posted_on), extract("month", JournalEntry.posted_on)
    sums: dict[tuple[int, int, Party], int] = {}
    for its_year, its_month, party, cents in work.session.execute(
        select(year, month, JournalEntry.responsible, func.sum(JournalEntry.amount_cents))
        .where(
            JournalEntry.kind.in_(RECEIVED),
            JournalEntry.posted_on >= wanted.since_on,
            JournalEntry.posted_on <= wanted.until_on,
            *of_entries(wanted),
        )
        .group_by(year, month, JournalEntry.responsible)
    ):
        sums[int(its_year), int(its_month), party] = -int(cents)
    return tuple(
        Month(
            first,
            sums.get((first.year, first.month, Party.PAYER), 0),
            sums.get((first.year, first.month, Party.PATIENT), 0),
        )
        for first in months_of(wanted)
    )


@query(permission="billing.view")
def unbilled(work: Work, *, wanted: Wanted) -> Unbilled:
    """What was not asked for yet, as of today; the period does not matter, an old one least of all."""
    fits = of_visits(wanted)
    visits = len(unbilled_visits(work, wanted=wanted))
    entered = (SuperbillState.ENTERED, SuperbillState.CHECKED)
    unreleased = (
        select(func.coalesce(func.sum(JournalEntry.amount_cents), 0))
        .join(Superbill, Superbill.appointment_id == JournalEntry.appointment_id)
        .join(Appointment, Appointment.id == Superbill.appointment_id)
        .where(JournalEntry.kind.in_(_CHARGED), Superbill.state.in_(entered), *fits, *of_entries(wanted))
    )
    claims, cents = work.session.execute(
        select(func.count(), func.coalesce(func.sum(Claim.charge_cents), 0)).where(
            Claim.state.in_(UNSENT), *of_claims(wanted)
        )
    ).one()
    return Unbilled(visits, int(work.session.scalar(unreleased) or 0), int(claims), int(cents))


@query(permission="billing.view")
def unbilled_visits(work: Work, *, wanted: Wanted) -> tuple[superbills.Missing, ...]:
    """Visits that took place and are not charged yet, the oldest first."""
    since = work.today - timedelta(days=LOOK_BACK_DAYS)
    found, fits = superbills.missing(work, since=since, until=work.today), of_visits(wanted)
    if not fits:
        return found
    ids = [visit.appointment_id for visit in found]
    meant = set(work.session.scalars(select(Appointment.id).where(Appointment.id.in_(ids), *fits)))
    return tuple(visit for visit in found if visit.appointment_id in meant)
