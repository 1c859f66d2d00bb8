"""The end of the day: every drawer counted, the receivables rolled forward, the ledger sealed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import weekday_date
from frontdesk.models.billing.day_close import DayClose, DrawerCount
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.models.billing.receipts import CashDrawer, Receipt
from frontdesk.services.billing import (
    counting,
    day_sheets,
    day_signatures,
    drawer_differences,
    journal,
    superbills,
)
from frontdesk.services.billing import roll_forward as roll_forward_by_party
from frontdesk.services.billing.roll_forward import ByParty
from frontdesk.services.billing.superbills import Missing
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_day_close_closed_on", "This day was closed at another desk.")
says("day_close_in_order", "This day was closed at another desk.")
says("day_close_agrees_with_journal", "The closing does not agree with the ledger. Nothing was sealed.")
says("append_only_day_close", "A closed day stays closed.")
says("differences_are_explained", "A drawer is over or short and nobody said why. Give the reason first.")
says(
    "no_show_of_sealed_day",
    "The day of this visit is closed. A no-show is marked, or taken back, before its day is closed.",
)


@dataclass(frozen=True, slots=True)
class RollForward:
    """How the receivables went over the days since the last close. Signs as in the ledger."""

    on: date
    is_closed: bool
    opening_cents: int
    charges_cents: int
    patient_payments_cents: int
    payer_payments_cents: int
    adjustments_cents: int
    income_cents: int
    """What payers paid on no visit; it stands in their payments too."""
    refunds_cents: int
    closing_cents: int


@dataclass(frozen=True, slots=True)
class DrawerToday:
    """A drawer on the close page. Nothing of what it should hold is told before it is counted."""

    drawer_id: int
    name: str
    receipts: int
    counted: counting.Counted | None


@dataclass(frozen=True, slots=True)
class DayState:
    """The close page of a day."""

    on: date
    is_closed: bool
    closed_by: str
    drawers: tuple[DrawerToday, ...]
    roll_forward: RollForward
    by_party: ByParty
    can_close: bool
    needs_two: bool
    signed_by: str
    """Who signed the day as its figures stand now; empty for nobody."""
    missing: tuple[Missing, ...]
    """The visits of the day that are not charged: said, and no reason to keep the day open."""


@query(permission="billing.view")
def state(work: Work, *, on: date) -> DayState:
    """How far the close of a day is."""
    closed = work.session.scalar(select(DayClose).where(DayClose.closed_on == on))
    counts = counting.counts_of(work, on)
    taken = dict(
        work.session.execute(
            select(Receipt.drawer_id, func.count())
            .where(Receipt.received_on == on)
            .group_by(Receipt.drawer_id)
        ).all()
    )
    drawers = tuple(
        DrawerToday(drawer.id, drawer.name, taken.get(drawer.id, 0), counts.get(drawer.id))
        for drawer in work.session.scalars(
            select(CashDrawer).where(CashDrawer.is_active.is_(True)).order_by(CashDrawer.name)
        )
    )
    return DayState(
        on=on,
        is_closed=closed is not None,
        closed_by=closed.closed_by if closed else "",
        drawers=drawers,
        roll_forward=roll_forward(work, on=on),
        by_party=roll_forward_by_party.by_party(work, on=on),
        can_close=not _close_findings(work, on),
        needs_two=day_signatures.needs_two(work),
        signed_by=day_signatures.signed_by(work, on),
        missing=superbills.missing(work, since=on, until=on),
    )


@command("Close day", permission="billing.close_day", undo=irreversible("A closed day stays closed."))
def close(work: Work, *, on: date) -> int:
    """Seal a day, and all before it: its opening, its journal and its closing agree for good."""
    refuse_if_any(_close_findings(work, on) or day_signatures.findings(work, on))
    rolled = roll_forward(work, on=on)
    row = DayClose(
        closed_on=on,
        closed_at=work.now,
        closed_by=work.actor.name,
        opening_cents=rolled.opening_cents,
        charges_cents=rolled.charges_cents,
        patient_payments_cents=rolled.patient_payments_cents,
        payer_payments_cents=rolled.payer_payments_cents,
        adjustments_cents=rolled.adjustments_cents,
        income_cents=rolled.income_cents,
        refunds_cents=rolled.refunds_cents,
        closing_cents=rolled.closing_cents,
    )
    work.add(row)
    work.flush()
    day_sheets.keep(work, row)
    return row.id


@query(permission="billing.view")
def roll_forward(work: Work, *, on: date) -> RollForward:
    """Opening + what was posted since the last close before the day = closing."""
    sealed = work.session.scalar(select(DayClose).where(DayClose.closed_on == on))
    if sealed is not None:
        return RollForward(
            on=on,
            is_closed=True,
            opening_cents=sealed.opening_cents,
            charges_cents=sealed.charges_cents,
            patient_payments_cents=sealed.patient_payments_cents,
            payer_payments_cents=sealed.payer_payments_cents,
            adjustments_cents=sealed.adjustments_cents,
            income_cents=sealed.income_cents,
            refunds_cents=sealed.refunds_cents,
            closing_cents=sealed.closing_cents,
        )
    before = work.session.scalar(
        select(DayClose).where(DayClose.closed_on < on).order_by(DayClose.closed_on.desc()).limit(1)
    )
    opening = before.closing_cents if before else 0
    since = JournalEntry.posted_on > (before.closed_on if before else date.min)
    sums = {"charges": 0, "patient": 0, "payer": 0, "adjustments": 0, "income": 0, "refunds": 0}
    for kind, party, cents in work.session.execute(
        select(JournalEntry.kind, JournalEntry.responsible, func.sum(JournalEntry.amount_cents))
        .where(since, JournalEntry.posted_on <= on)
        .group_by(JournalEntry.kind, JournalEntry.responsible)
    ):
        sums[_column(kind, party)] += int(cents)
    return RollForward(
        on=on,
        is_closed=False,
        opening_cents=opening,
        charges_cents=sums["charges"],
        patient_payments_cents=sums["patient"],
        payer_payments_cents=sums["payer"],
        adjustments_cents=sums["adjustments"],
        income_cents=sums["income"],
        refunds_cents=sums["refunds"],
        closing_cents=opening + sum(sums.values()),
    )


def _column(kind: EntryKind, party: Party) -> str:
    """Where an entry stands in the roll-forward; applications and transfers net to zero in theirs."""
    if kind in (EntryKind.CHARGE, EntryKind.FEE):
        return "charges"
    if kind in (EntryKind.PAYMENT, EntryKind.UNAPPLIED):
        return "patient" if party is Party.PATIENT else "payer"
    if kind in (EntryKind.INTEREST, EntryKind.INCOME):
        return "income"
    return "refunds" if kind is EntryKind.REFUND else "adjustments"


def _close_findings(work: Work, on: date) -> list[Finding]:
    if on > work.today:
        return [Finding(f"{weekday_date(on)} has not come yet.", "on")]
    last = journal.last_closed_on(work)
    if last is not None and last >= on:
        closed = work.session.scalar(select(DayClose.id).where(DayClose.closed_on == on))
        what = "is closed already" if closed else f"was sealed with {weekday_date(last)}"
        return [Finding(f"{weekday_date(on)} {what}.", "on")]
    uncounted = work.session.execute(
        select(CashDrawer.name, Receipt.received_on)
        .join(Receipt, Receipt.drawer_id == CashDrawer.id)
        .outerjoin(
            DrawerCount,
            (DrawerCount.drawer_id == CashDrawer.id)
            & (DrawerCount.counted_on >= Receipt.received_on)
            & DrawerCount.set_aside_at.is_(None),
        )
        .where(
            CashDrawer.is_active.is_(True),
            Receipt.received_on <= on,
            Receipt.received_on > (last or date.min),
            DrawerCount.id.is_(None),
        )
        .distinct()
        .order_by(Receipt.received_on, CashDrawer.name)
    )
    findings = [
        Finding(f"{name} has money of {weekday_date(day)} and was not counted. Count it first.", "drawers")
        for name, day in uncounted
    ]
    for counted in drawer_differences.unexplained(work, on):
        off = " ".join(counting.said_differences(counted))
        findings.append(
            Finding(f"{counted.drawer}, {weekday_date(counted.on)}: {off} Say why first.", "drawers")
        )
    return findings
