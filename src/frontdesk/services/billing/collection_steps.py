"""The stages of an old debt: each step is a new row; an agency takes two persons and a warning."""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Conflict, Finding, refuse_if_any
from frontdesk.models.billing.collection import LONGEST_WORDS, CollectionStep
from frontdesk.models.billing.collection import Stage as Stage
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import old_debt, parties, statement_rules
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_collection_step", "A step stays on record. Enter the stage where it stands now.")
says(
    "uq_collection_step_follows_id",
    "Another desk has just changed the stage of this household. Look at it, then decide.",
)
says(
    "collection_step_two_persons",
    "A second person approves what goes to an agency. Ask a colleague with the right to.",
)

WORKED = (Stage.OPEN, Stage.FIRST_NOTICE, Stage.CALL, Stage.PROMISE, Stage.FINAL_NOTICE)
"""Stages that the desk itself works on, in their usual order."""
_KEPT = "Every step stays on record; enter the stage where the household stands."
_SEEN = "Another desk has changed the stage of this household. Look at it, then decide."


@command("Change stage of collection", permission="billing.collect", undo=irreversible(_KEPT))
def move(
    work: Work, *, account_id: int, stage: Stage, words: str, next_on: date | None, seen_id: int | None
) -> int:
    """A household enters a stage; `seen_id` is the step that was seen. The new step's id."""
    last = _last(work, account_id, seen_id)
    owed = old_debt.owed_cents(work, account_id)
    findings = _words_findings(words, is_needed=stage in (Stage.AGENCY_REVIEW, Stage.SETTLED))
    if stage in (Stage.PLACED, Stage.RECALLED):
        findings.append(Finding("An agency gets a household by approval, and gives it back by recall."))
    elif last is not None and last.stage is Stage.PLACED and stage is not Stage.SETTLED:
        findings.append(Finding("This household is placed with an agency. Recall it first."))
    if owed <= 0 and stage is not Stage.SETTLED:
        findings.append(Finding("This household owes nothing. There is nothing to collect."))
    if stage is not Stage.SETTLED:
        findings += _next_findings(work, next_on)
    if stage is Stage.AGENCY_REVIEW:
        findings += _agency_findings(work, account_id, last)
    refuse_if_any(findings)
    return _add(work, account_id, last, stage, words, None if stage is Stage.SETTLED else next_on, owed)


@command("Place with agency", permission="billing.place_agency", undo=irreversible("Recall it instead."))
def place(work: Work, *, account_id: int, seen_id: int | None) -> int:
    """The second person approves: the debt goes to the agency, and statements stop."""
    last = _last(work, account_id, seen_id)
    findings = []
    if last is None or last.stage is not Stage.AGENCY_REVIEW:
        findings.append(Finding("Ask for the review first; then a second person approves."))
    elif work.actor.is_person(last.done_by_id, last.done_by):
        findings.append(
            Finding("You asked for this review yourself. A second person approves what goes to an agency.")
        )
    agency = statement_rules.rules(work).agency
    if not agency:
        findings.append(Finding("Name the agency in the billing set-up first."))
    owed = old_debt.owed_cents(work, account_id)
    if owed <= 0:
        findings.append(Finding("This household owes nothing. There is nothing to collect."))
    refuse_if_any(findings)
    return _add(work, account_id, last, Stage.PLACED, f"Placed with {agency}.", None, owed)


@command("Recall from agency", permission="billing.place_agency", undo=irreversible(_KEPT))
def recall(work: Work, *, account_id: int, reason: str, seen_id: int | None) -> int:
    """The office asks for the debt itself again; statements go out again."""
    last = _last(work, account_id, seen_id)
    findings = _words_findings(reason, is_needed=True)
    if last is None or last.stage is not Stage.PLACED:
        findings.append(Finding("This household is not placed with an agency."))
    refuse_if_any(findings)
    owed = old_debt.owed_cents(work, account_id)
    return _add(work, account_id, last, Stage.RECALLED, reason, work.today, owed)


def last_steps(work: Work) -> dict[int, CollectionStep]:
    """Where each household stands that was ever worked on, by account."""
    rows = work.session.scalars(
        select(CollectionStep).where(_is_last()).order_by(CollectionStep.at, CollectionStep.id)
    )
    return {row.account_id: row for row in rows}  # of two merged households the later one counts


def last_step(work: Work, account_id: int) -> CollectionStep | None:
    """Where one household stands; None before anything was done."""
    work.flush()
    return work.session.scalar(
        select(CollectionStep)
        .where(CollectionStep.account_id == account_id, _is_last())
        .order_by(CollectionStep.at.desc(), CollectionStep.id.desc())
        .limit(1)
    )


def _is_last() -> ColumnElement[bool]:
    """That no step follows it; what the desks' clocks say may be another order."""
    later = aliased(CollectionStep)
    return ~select(later.id).where(later.follows_id == CollectionStep.id).exists()


def placed_accounts(work: Work) -> frozenset[int]:
    """The households that an agency has: they get no statement."""
    return frozenset(account_id for account_id, row in last_steps(work).items() if row.stage is Stage.PLACED)


def step_by_desk(work: Work, account_id: int, stage: Stage, words: str, next_on: date) -> None:
    """A step that follows from another act, such as a promise; not back from review or an agency."""
    last = last_step(work, account_id)
    if last is not None and last.stage in (Stage.AGENCY_REVIEW, Stage.PLACED):
        return
    _add(work, account_id, last, stage, words, next_on, old_debt.owed_cents(work, account_id))


def was_placed(work: Work, account_id: int) -> bool:
    """Whether an agency ever had this household's debt."""
    placed = select(CollectionStep.id).where(
        CollectionStep.account_id == account_id, CollectionStep.stage == Stage.PLACED
    )
    return work.session.scalar(placed.limit(1)) is not None


def settle_paid(work: Work, account_id: int, words: str) -> None:
    """Whoever owes nothing any more is collected from no more."""
    last, owed = last_step(work, account_id), old_debt.owed_cents(work, account_id)
    if last is not None and last.stage is not Stage.SETTLED and owed <= 0:
        _add(work, account_id, last, Stage.SETTLED, words, None, owed)


def _last(work: Work, account_id: int, seen_id: int | None) -> CollectionStep | None:
    work.get(Account, account_id)
    work.concerns(*parties.billed_patients(work, account_id))
    last = last_step(work, account_id)
    if (last.id if last else None) != seen_id:
        raise Conflict(_SEEN)
    return last


def _add(
    work: Work,
    account_id: int,
    last: CollectionStep | None,
    stage: Stage,
    words: str,
    next_on: date | None,
    owed: int,
) -> int:
    row = CollectionStep(
        account_id=account_id,
        follows_id=last.id if last else None,
        stage=stage,
        at=work.now,
        done_by=work.actor.name,
        done_by_id=work.actor.user_id,
        words=words.strip(),
        next_on=next_on,
        owed_cents=owed,
    )
    work.add(row)
    work.flush()
    return row.id


def _words_findings(words: str, *, is_needed: bool) -> list[Finding]:
    wanted = "Say why." if is_needed else ""
    return words_findings(words, "words", most=LONGEST_WORDS, wanted=wanted, what="A note")


def _next_findings(work: Work, next_on: date | None) -> list[Finding]:
    if next_on is None:
        return [Finding("Say when somebody looks at it again.", "next_on")]
    return [] if next_on >= work.today else [Finding("The next look is today or later.", "next_on")]


def _agency_findings(work: Work, account_id: int, last: CollectionStep | None) -> list[Finding]:
    findings = []
    if last is None or last.stage not in (Stage.FINAL_NOTICE, Stage.RECALLED):
        findings.append(Finding("Send the final notice first. An agency gets only who was warned."))
    if not old_debt.was_warned(work, account_id):
        findings.append(Finding("No statement about a debt over 60 days was sent yet. Send one first."))
    days = (work.today - old_debt.oldest_on(work, account_id)).days
    least = statement_rules.rules(work).agency_days
    if days < least:
        findings.append(
            Finding(f"The oldest debt is {days} days old. An agency gets debts from {least} days on.")
        )
    if old_debt.on_plan(work, (account_id,)):
        findings.append(Finding("A payment plan stands and no installment is missed."))
    return findings
