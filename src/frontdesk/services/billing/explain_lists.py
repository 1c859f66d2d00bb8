"""Why statements, claims, small balances or placed debts come together to what they do."""

from sqlalchemy import select

from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.claims import Claim, ClaimBatch, ClaimVersion
from frontdesk.models.billing.collection import Stage
from frontdesk.models.billing.statements import StatementRun
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing import (
    collection_steps,
    explain,
    holders,
    old_debt,
    small_balances,
    statements,
)
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import Subject
from frontdesk.services.work import Work


def of_run(work: Work, subject: Subject) -> Explanation:
    """What the statements of a run asked for."""
    run = work.get(StatementRun, subject.id)
    made = statements.of_run(work, run_id=run.id)
    named = holders.holders(work, {each.account_id for each in made})
    said = [
        Sentence(f"Statement {each.number} for {named[each.account_id].name}.", each.balance_cents)
        for each in made
    ]
    total = dollars(sum(each.amount_cents for each in said))
    words = f"Made on {us_date(run.made_on)} by {run.made_by}; {len(said)} statements ask for {total}."
    return explain.listed(f"Run of statements of {us_date(run.made_on)}", explain.folded(said), words)


def of_small(work: Work, subject: Subject) -> Explanation:
    """The small balances that wait to be written off."""
    said = [
        Sentence(
            f"{each.name}, account {each.account_number}, owed since {us_date(each.oldest_on)}.",
            each.owed_cents,
        )
        for each in small_balances.worklist(work).rows
    ]
    words = "Each is at or below the office's limit, without a credit, an open claim, a plan or an agency."
    return explain.listed("Small balances", explain.folded(said), words)


def of_agency(work: Work, subject: Subject) -> Explanation:
    """What the households that are placed with the agency owe today."""
    placed = {
        account_id: step
        for account_id, step in sorted(collection_steps.last_steps(work).items())
        if step.stage is Stage.PLACED
    }
    named, owed = holders.holders(work, set(placed)), old_debt.owed_by_account(work, placed)
    said = [
        Sentence(
            f"{named[account_id].name}, account {named[account_id].account_number}, placed on"
            f" {us_date(work.wall(step.at).date())} at {dollars(step.owed_cents)}.",
            owed[account_id],
        )
        for account_id, step in placed.items()
        if owed.get(account_id, 0) > 0
    ]
    words = "What they owe today; a payment since the placement has lowered it."
    return explain.listed("With the collection agency", explain.folded(said), words)


def of_batch(work: Work, subject: Subject) -> Explanation:
    """What the claims of a file, or of a batch on paper, asked for together."""
    batch = work.get(ClaimBatch, subject.id)
    written = work.session.execute(
        select(Claim.number, Claim.charge_cents, Patient.legal_first, Patient.legal_last)
        .join(ClaimVersion, ClaimVersion.claim_id == Claim.id)
        .join(Patient, Patient.id == Claim.patient_id)
        .where(ClaimVersion.claim_batch_id == batch.id)
        .order_by(Claim.number)
    )
    said = [
        Sentence(f"Claim {number} for {first_last(first, last)}.", cents)
        for number, cents, first, last in written
    ]
    off = batch.charge_cents - sum(each.amount_cents for each in said)
    said += [Sentence("What claims were changed by since.", off)] if off else []
    words = f"To {batch.receiver}, made on {us_date(work.wall(batch.made_at).date())}."
    return explain.listed(f"Claims sent together, {batch.number}", explain.folded(said), words)
