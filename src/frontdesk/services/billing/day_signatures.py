"""A second person's signature under a day, where the office wants two."""

from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.kernel.text import weekday_date
from frontdesk.models.billing.day_close import DayCloseRule, DaySignature
from frontdesk.models.billing.journal import JournalEntry
from frontdesk.services.billing import journal
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_day_close_rule_singleton", "Another desk has just set this rule. Look at it, then save.")


@query(permission="billing.view")
def needs_two(work: Work) -> bool:
    """Whether the office wants a second person under each closed day."""
    row = work.session.scalar(select(DayCloseRule))
    return row is not None and row.needs_two


def _as_before(done: Performed) -> Undo:
    return Undo(set_needs_two, needs_two=done.result)


@command("Set who signs a day", permission="billing.edit_policy", undo=_as_before)
def set_needs_two(work: Work, *, needs_two: bool) -> bool:
    """From now on; gives back what held before."""
    row = work.session.scalar(select(DayCloseRule))
    before = row is not None and row.needs_two
    row = row or work.add(DayCloseRule())
    row.needs_two = needs_two
    work.flush()
    return before


@command(
    "Sign day",
    permission="billing.close_day",
    undo=irreversible("A signature stays; it counts for nothing once the day's figures change."),
)
def sign(work: Work, *, on: date) -> int:
    """Say that a day's count and figures were looked at; somebody else seals it then."""
    findings = []
    if on > work.today:
        findings.append(Finding(f"{weekday_date(on)} has not come yet.", "on"))
    elif on <= (journal.last_closed_on(work) or date.min):
        findings.append(Finding(f"{weekday_date(on)} is closed already.", "on"))
    refuse_if_any(findings)
    return work.add(
        DaySignature(
            signed_for=on,
            signed_at=work.now,
            signed_by=work.actor.name,
            user_id=work.actor.user_id,
            closing_cents=_closing(work, on),
        )
    ).id


def signed_by(work: Work, on: date) -> str:
    """Who signed a day as its figures stand now; empty for nobody."""
    row = _standing(work, on)
    return row.signed_by if row else ""


def findings(work: Work, on: date) -> list[Finding]:
    """Why a day waits for a signature."""
    if not needs_two(work):
        return []
    row = _standing(work, on)
    if row is None:
        return [Finding("The office wants two people under a day. Have a colleague sign it first.", "on")]
    if work.actor.is_person(row.user_id, row.signed_by):
        return [Finding("You signed this day yourself. Another person seals it.", "on")]
    return []


def _standing(work: Work, on: date) -> DaySignature | None:
    """The last signature, as long as the figures are those that were signed."""
    return work.session.scalar(
        select(DaySignature)
        .where(DaySignature.signed_for == on, DaySignature.closing_cents == _closing(work, on))
        .order_by(DaySignature.id.desc())
        .limit(1)
    )


def _closing(work: Work, on: date) -> int:
    return int(
        work.session.scalar(
            select(func.coalesce(func.sum(JournalEntry.amount_cents), 0)).where(JournalEntry.posted_on <= on)
        )
        or 0
    )
