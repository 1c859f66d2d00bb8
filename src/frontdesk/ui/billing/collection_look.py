"""How stages, calls and promises look; the figures above the Collections part; its tables."""

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing.collection_calls import CallOutcome, PromiseState, PromiseView
from frontdesk.services.billing.collection_list import CollectionRow
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.credit_list import CreditRow, RefundRow
from frontdesk.services.billing.refunds import RefundState
from frontdesk.services.billing.small_balances import SmallBalance
from frontdesk.ui.billing.claim_look import Counter, StateLook
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.table import Column, TableModel
from frontdesk.ui.text import counted, tr

STAGES: dict[Stage, StateLook] = {
    Stage.OPEN: StateLook("Open", "circle", "outline"),
    Stage.FIRST_NOTICE: StateLook("First notice", "mail", "info"),
    Stage.CALL: StateLook("Call", "phone", "info"),
    Stage.PROMISE: StateLook("Promise to pay", "handshake", "info"),
    Stage.FINAL_NOTICE: StateLook("Final notice", "mail-warning", "warn"),
    Stage.AGENCY_REVIEW: StateLook("Agency review", "scale", "warn"),
    Stage.PLACED: StateLook("Placed", "building-2", "block"),
    Stage.RECALLED: StateLook("Recalled", "undo-2", "warn"),
    Stage.SETTLED: StateLook("Settled", "circle-check", "ok"),
}
OUTCOMES: dict[CallOutcome, str] = {
    CallOutcome.REACHED: "Reached",
    CallOutcome.NO_ANSWER: "No answer",
    CallOutcome.VOICEMAIL: "Left a message",
    CallOutcome.CALL_BACK: "Calls back",
    CallOutcome.DISPUTES: "Disputes the bill",
    CallOutcome.WRONG_NUMBER: "Wrong number",
}
REFUNDS: dict[RefundState, StateLook] = {
    RefundState.ASKED: StateLook("To approve", "user-check", "warn"),
    RefundState.APPROVED: StateLook("To pay", "banknote", "info"),
    RefundState.PAID: StateLook("Paid", "circle-check", "ok"),
    RefundState.REFUSED: StateLook("Refused", "circle-x", "neutral"),
    RefundState.WITHDRAWN: StateLook("Withdrawn", "undo-2", "neutral"),
    RefundState.VOID: StateLook("Void", "ban", "neutral"),
}
BLOCKED = StateLook("Can no longer be paid", "circle-x", "block")
"""Asked for, and what it would give back is not there any more."""
COUNTERS = (
    Counter("due", "Due today", "calendar-clock", (), "block-tx"),
    Counter("start", "Not begun", "circle-play", ()),
    Counter("work", "In work", "phone", ()),
    Counter("decide", "To decide", "scale", (), "warn-tx"),
    Counter("placed", "With agency", "building-2", ()),
    Counter("credits", "Credits", "wallet", ()),
    Counter("refunds", "Refunds", "banknote", (), "warn-tx"),
    Counter("small", "Small balances", "coins", ()),
)
EMPTY = {
    "due": ("Nothing is due today", "Households whose day has come, and broken promises, show up here."),
    "start": ("No new old debts", "Debts over 90 days that nobody worked on show up here."),
    "work": ("Nobody is in a stage", "Enter a stage for a household, and it stays here until it is settled."),
    "decide": ("Nothing waits for a decision", "Agency reviews and hardship applications wait here."),
    "placed": ("No agency has a debt", "Households that were placed with the agency stay here."),
    "credits": ("Nobody has a credit", "Money that pays nothing yet shows up here."),
    "refunds": ("No refund is under way", "Ask for one from a credit; another person approves it."),
    "small": ("No small balances", "Debts up to the office's limit show up here."),
}


def belongs(row: CollectionRow, which: str) -> bool:
    """Whether a household is counted by a figure of the strip."""
    match which:
        case "due":
            return row.is_due
        case "start":
            return row.stage is None
        case "work":
            return row.stage not in (None, Stage.AGENCY_REVIEW, Stage.PLACED)
        case "decide":
            return row.waits_for_decision
        case _:
            return row.stage is Stage.PLACED


def accounts() -> TableModel[CollectionRow]:
    """Household, stage, oldest debt, next look, what is agreed, amount."""
    return TableModel[CollectionRow](
        [
            Column("Household", lambda row: Cell(row.name, role="strong")),
            Column("Stage", _stage, width=136),
            Column("Oldest debt", lambda row: Cell(us_date(row.oldest_on), color="text-2"), width=96),
            Column("Next look", _next, width=96),
            Column("Agreed", agreed, width=176),
            Column("Owes", lambda row: Cell(ledger(row.owed_cents), role="strong"), width=92, align="right"),
        ],
        key=lambda row: row.account_id,
    )


def credits() -> TableModel[CreditRow]:
    """Whose, from what, since when, asked for, left."""
    return TableModel[CreditRow](
        [
            Column("Credit of", lambda row: Cell(row.name, role="strong"), width=190),
            Column("From", lambda row: row.about),
            Column("Since", lambda row: Cell(us_date(row.since_on), color="text-2"), width=96),
            Column(
                "Asked for",
                lambda row: ledger(row.asked_cents) if row.asked_cents else "",
                width=92,
                align="right",
            ),
            Column("Left", lambda row: Cell(ledger(row.left_cents), role="strong"), width=92, align="right"),
        ],
        key=lambda row: row.key,
    )


def refunds() -> TableModel[RefundRow]:
    """Number, to whom, why, by whom, amount."""
    return TableModel[RefundRow](
        [
            Column("Refund", lambda row: row.number, width=100),
            Column("To", lambda row: Cell(row.payee, role="strong"), width=190),
            Column("Why", lambda row: Cell(row.reason, color="text-2")),
            Column("Asked by", lambda row: Cell(row.asked_by, color="text-2"), width=130),
            Column(
                "Amount", lambda row: Cell(ledger(row.amount_cents), role="strong"), width=92, align="right"
            ),
        ],
        key=lambda row: row.id,
    )


def refund_groups(found: tuple[RefundRow, ...]) -> list[tuple[Group, list[RefundRow]]]:
    """What can no longer be paid, to approve, to pay, paid."""
    groups = []
    if blocked := [row for row in found if row.blocked]:
        many = counted(len(blocked), "{count} refund", "{count} refunds")
        groups.append((Group(tr(BLOCKED.words), many, BLOCKED.icon, "block-tx"), blocked))
    for state in (RefundState.ASKED, RefundState.APPROVED, RefundState.PAID):
        rows = [row for row in found if row.state is state and not row.blocked]
        if rows:
            look = REFUNDS[state]
            many = counted(len(rows), "{count} refund", "{count} refunds")
            groups.append((Group(tr(look.words), many, look.icon, "text-2"), rows))
    return groups


def small() -> TableModel[SmallBalance]:
    """Account, household, oldest debt, amount."""
    return TableModel[SmallBalance](
        [
            Column("Account", lambda row: row.account_number, width=100),
            Column("Household", lambda row: Cell(row.name, role="strong")),
            Column("Oldest debt", lambda row: Cell(us_date(row.oldest_on), color="text-2"), width=110),
            Column("Owes", lambda row: Cell(ledger(row.owed_cents), role="strong"), width=92, align="right"),
        ],
        key=lambda row: row.account_id,
    )


def agreed(row: CollectionRow) -> Cell:
    """The promise, or what of a plan is missed."""
    if row.missed_instalments:
        missed = counted(row.missed_instalments, "{count} installment missed", "{count} installments missed")
        return Cell(missed, tone="block")
    return promised(row.promise) if row.promise is not None else Cell("")


def promised(promise: PromiseView) -> Cell:
    """Where a promise stands, with its day."""
    words = {
        PromiseState.KEPT: (tr("Promise kept"), "ok"),
        PromiseState.BROKEN: (tr("Promise broken"), "block"),
        PromiseState.WAITING: (tr("Promised"), "info"),
    }
    said, tone = words[promise.state]
    return Cell(said, tone=tone, detail=f"{promise.due_on:%m/%d}")


def _stage(row: CollectionRow) -> Cell:
    if row.stage is None:
        return Cell(tr("not begun"), color="text-3")
    look = STAGES[row.stage]
    return Cell(tr(look.words), tone=look.tone)


def _next(row: CollectionRow) -> Cell:
    if row.next_on is None:
        return Cell("–", color="text-3")
    return Cell(us_date(row.next_on), color="block-tx" if row.is_due else "text")
