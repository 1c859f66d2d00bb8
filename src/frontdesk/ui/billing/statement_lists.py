"""The tables of the Statements part: who is asked, who is left out and why, and the runs that were made."""

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing.statement_run import Candidate, RunMade
from frontdesk.ui.billing.claim_look import Counter
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.table import Column, TableModel
from frontdesk.ui.text import tr

COUNTERS = (
    Counter("asked", "To send", "files", ()),
    Counter("left_out", "Left out", "circle-pause", ()),
    Counter("runs", "Runs made", "archive", ()),
)
_LEVELS = (
    ("Up to 30 days", "neutral"),
    ("Over 30 days", "warn"),
    ("Over 60 days", "warn"),
    ("Over 90 days", "block"),
)


def households() -> TableModel[Candidate]:
    """Account, household, age, last statement or why it gets none, amount."""
    return TableModel[Candidate](
        [
            Column("Account", lambda account: account.account_number, width=96),
            Column("Household", lambda account: Cell(account.name, role="strong")),
            Column("Oldest debt", _age, width=206),
            Column("Last statement", _last, width=236),
            Column(
                "Owes",
                lambda account: Cell(ledger(account.due_cents), role="strong"),
                width=92,
                align="right",
            ),
        ],
        key=lambda account: account.account_id,
    )


def runs() -> TableModel[RunMade]:
    """Number, day, person, how many, total."""
    return TableModel[RunMade](
        [
            Column("Run", lambda run: Cell(run.number, role="strong"), width=110),
            Column("Made", lambda run: us_date(run.made_on), width=110),
            Column("By", lambda run: run.made_by),
            Column("Statements", lambda run: str(run.statements), width=100, align="right"),
            Column("By e-mail", _mailed, width=150),
            Column("On paper", lambda run: str(run.on_paper or "–"), width=90, align="right"),
            Column("Asked for", lambda run: ledger(run.total_cents), width=120, align="right"),
        ],
        key=lambda run: run.id,
    )


def _age(account: Candidate) -> Cell:
    words, tone = _LEVELS[account.dunning_level]
    return Cell(tr(words), tone=tone, detail=us_date(account.oldest_on), color="text-2")


def _last(account: Candidate) -> Cell:
    if account.left_out:
        return Cell(account.left_out, color="warn-tx")
    written = us_date(account.last_statement_on) if account.last_statement_on else tr("never")
    return Cell(written, color="text-2", detail=tr("by e-mail") if account.by_email else "")


def _mailed(run: RunMade) -> Cell:
    """What went, and what waits or came back."""
    mailed = run.mailed
    if mailed.waits:
        return Cell(tr("{count} wait", count=mailed.waits), tone="warn", detail=_sent(mailed.sent))
    if mailed.failed:
        return Cell(tr("{count} failed", count=mailed.failed), color="warn-tx", detail=_sent(mailed.sent))
    return Cell(_sent(mailed.sent) or "–", color="text-2")


def _sent(count: int) -> str:
    return tr("{count} sent", count=count) if count else ""
