"""How the receivables went since the last close, by who owes them, and that the aged debts say the same."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.models.billing.day_close import DayClose
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.services.billing import aging
from frontdesk.services.command import query
from frontdesk.services.work import Work

COLUMNS = {
    EntryKind.CHARGE: "charges_cents",
    EntryKind.FEE: "charges_cents",
    EntryKind.PAYMENT: "payments_cents",
    EntryKind.UNAPPLIED: "payments_cents",
    EntryKind.CONTRACTUAL: "adjustments_cents",
    EntryKind.WRITE_OFF: "adjustments_cents",
    EntryKind.TRANSFER: "moved_cents",
    EntryKind.ACCOUNT_TRANSFER: "moved_cents",
    EntryKind.REFUND: "refunds_cents",
    EntryKind.CORRECTION: "corrections_cents",
    EntryKind.INTEREST: "income_cents",
    EntryKind.INCOME: "income_cents",
}


@dataclass(frozen=True, slots=True)
class Rolled:
    """Opening + what was posted = closing, in cents and with the ledger's signs."""

    opening_cents: int = 0
    charges_cents: int = 0
    payments_cents: int = 0
    adjustments_cents: int = 0
    income_cents: int = 0
    """What payers paid on no visit; it stands in their payments and leaves what is owed as it was."""
    moved_cents: int = 0
    """From the one side to the other; nothing in all."""
    refunds_cents: int = 0
    corrections_cents: int = 0
    aged_cents: int = 0
    """What the aging of that day adds up to."""

    @property
    def closing_cents(self) -> int:
        return (
            self.opening_cents
            + self.charges_cents
            + self.payments_cents
            + self.adjustments_cents
            + self.income_cents
            + self.moved_cents
            + self.refunds_cents
            + self.corrections_cents
        )


@dataclass(frozen=True, slots=True)
class ByParty:
    """The patients' side, the insurers', and both together."""

    on: date
    patient: Rolled
    payer: Rolled
    together: Rolled

    @property
    def agrees(self) -> bool:
        """Whether each side's closing is the sum of its aged debts."""
        return all(
            side.closing_cents == side.aged_cents for side in (self.patient, self.payer, self.together)
        )


@query(permission="billing.view")
def by_party(work: Work, *, on: date) -> ByParty:
    """The days since the close before this one; of a sealed day as it was sealed."""
    before = (
        work.session.scalar(select(func.max(DayClose.closed_on)).where(DayClose.closed_on < on)) or date.min
    )
    sums: dict[Party, dict[str, int]] = {party: {} for party in Party}
    for kind, party, is_before, cents in work.session.execute(
        select(
            JournalEntry.kind,
            JournalEntry.responsible,
            (JournalEntry.posted_on <= before).label("is_before"),
            func.sum(JournalEntry.amount_cents),
        )
        .where(JournalEntry.posted_on <= on)
        .group_by(JournalEntry.kind, JournalEntry.responsible, "is_before")
    ):
        column = "opening_cents" if is_before else COLUMNS[kind]
        sums[party][column] = sums[party].get(column, 0) + int(cents)
    aged = aging.aging(work, on=on)
    patient = Rolled(**sums[Party.PATIENT], aged_cents=aged.patient.total)
    payer = Rolled(**sums[Party.PAYER], aged_cents=aged.payer.total)
    return ByParty(on, patient, payer, _both(patient, payer))


def _both(one: Rolled, other: Rolled) -> Rolled:
    return Rolled(
        opening_cents=one.opening_cents + other.opening_cents,
        charges_cents=one.charges_cents + other.charges_cents,
        payments_cents=one.payments_cents + other.payments_cents,
        adjustments_cents=one.adjustments_cents + other.adjustments_cents,
        income_cents=one.income_cents + other.income_cents,
        moved_cents=one.moved_cents + other.moved_cents,
        refunds_cents=one.refunds_cents + other.refunds_cents,
        corrections_cents=one.corrections_cents + other.corrections_cents,
        aged_cents=one.aged_cents + other.aged_cents,
    )
