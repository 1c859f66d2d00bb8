"""A count that is over or short: why it is, or that it is set aside because an entry was corrected."""

from datetime import date

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.text import weekday_date
from frontdesk.models.billing.day_close import DrawerCount, DrawerExplanation
from frontdesk.models.billing.receipts import Receipt
from frontdesk.services.billing import counting, journal
from frontdesk.services.billing.counting import Counted
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_drawer_explanation_drawer_count_id", "This difference was explained at another desk.")
says("append_only_drawer_explanation", "An explanation stays. Set the count aside to give another.")
says("explained_before_the_seal", "That day is closed. Its count stays as it is.")
says("count_is_settled", "This count is set aside already, or a later one builds on it.")

LONGEST_REASON = 400


@command(
    "Explain difference",
    permission="billing.take_payment",
    undo=irreversible("An explanation stays with its count; set the count aside to give another."),
)
def explain(
    work: Work, *, drawer_count_id: int, reason: str, cause: str = "", receipt_id: int | None = None
) -> int:
    """Say why a count is over or short: in words, and where one is to blame with its receipt."""
    row = work.get(DrawerCount, drawer_count_id)
    counted = counting.counted_of(work, drawer_count_id)
    _refuse_settled(work, row)
    findings = []
    if not counted.differences:
        findings.append(Finding("This drawer agrees. There is nothing to explain.", "reason"))
    elif counted.reason:
        findings.append(Finding("This difference is explained already.", "reason"))
    wanted = "Say why the drawer is over or short."
    findings += words_findings(reason, "reason", most=LONGEST_REASON, wanted=wanted)
    refuse_if_any(findings)
    if receipt_id is not None:
        work.concerns(work.get(Receipt, receipt_id).patient_id)
    explanation = DrawerExplanation(
        drawer_count_id=drawer_count_id,
        reason=reason.strip(),
        cause=cause,
        receipt_id=receipt_id,
        explained_at=work.now,
        explained_by=work.actor.name,
    )
    return work.add(explanation).id


@command(
    "Count drawer again",
    permission="billing.close_day",
    undo=irreversible("What was counted first stays on record; count the drawer again."),
)
def set_aside(work: Work, *, drawer_count_id: int, reason: str) -> None:
    """Take a count out of force: an entry of the day is corrected, or the drawer was counted wrong."""
    row = work.get(DrawerCount, drawer_count_id)
    _refuse_settled(work, row)
    findings = []
    later = work.session.scalar(
        select(DrawerCount.counted_on)
        .where(
            DrawerCount.drawer_id == row.drawer_id,
            DrawerCount.counted_on > row.counted_on,
            DrawerCount.set_aside_at.is_(None),
        )
        .limit(1)
    )
    if later is not None:
        sentence = f"This drawer was counted for {weekday_date(later)} since. Explain the difference instead."
        findings.append(Finding(sentence))
    if not reason.strip():
        findings.append(Finding("Say why the drawer is counted again.", "reason"))
    refuse_if_any(findings)
    row.set_aside_at, row.set_aside_by = work.now, work.actor.name
    row.set_aside_because = reason.strip()


def unexplained(work: Work, until: date) -> tuple[Counted, ...]:
    """The counts that stand, up to a day, with a difference that nobody explained; the earliest first."""
    found = work.session.scalars(
        select(DrawerCount.id)
        .outerjoin(DrawerExplanation, DrawerExplanation.drawer_count_id == DrawerCount.id)
        .where(
            DrawerCount.counted_on <= until,
            DrawerCount.set_aside_at.is_(None),
            DrawerExplanation.id.is_(None),
            (DrawerCount.counted_cash_cents != DrawerCount.expected_cash_cents)
            | (DrawerCount.counted_check_cents != DrawerCount.expected_check_cents)
            | (DrawerCount.batch_card_cents != DrawerCount.expected_card_cents),
        )
        .order_by(DrawerCount.counted_on, DrawerCount.id)
    )
    return tuple(counting.counted_of(work, count_id) for count_id in found.all())


def _refuse_settled(work: Work, row: DrawerCount) -> None:
    if row.counted_on <= (journal.last_closed_on(work) or date.min):
        raise Refused(Finding(f"{weekday_date(row.counted_on)} is closed. Its count stays as it is."))
    if row.set_aside_at is not None:
        raise Refused(Finding("This count was set aside. Look at the one that stands."))
