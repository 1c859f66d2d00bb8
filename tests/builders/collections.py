"""Households with old debts, on their way to an agency."""

from datetime import date

from frontdesk.models.billing.collection import CollectionStep
from frontdesk.services.billing import collection_list, collection_steps, statement_rules, statements
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.statement_rules import StatementRules
from frontdesk.services.registration import accounts
from frontdesk.services.work import Work
from tests.builders.billing import charged
from tests.builders.refunds import MANAGER
from tests.office import Office


def account(office: Office, patient_id: int) -> int:
    """The account that pays for a patient."""
    found = office.ask(accounts.account_of, patient_id=patient_id)
    assert found is not None
    return found.id


def owing(office: Office, patient_id: int, *, days: int = 130) -> int:
    """The account of somebody who owes $130.00 since so many days."""
    charged(office, patient_id)
    office.clock.advance(days=days)
    return account(office, patient_id)


def today(office: Office) -> date:
    """The office's date."""
    return office.clock.now().date()


def moved(office: Office, account_id: int, stage: Stage, words: str = "Wrote again") -> int:
    """A household in a stage, looked at again today."""
    seen = seen_step(office, account_id)
    return office.do(
        collection_steps.move,
        account_id=account_id,
        stage=stage,
        words=words,
        next_on=today(office),
        seen_id=seen,
    )


def seen_step(office: Office, account_id: int) -> int | None:
    """The step that the list shows."""
    rows = office.ask(collection_list.worklist)
    return next((row.step_id for row in rows if row.account_id == account_id), None)


def under_review(office: Office, account_id: int) -> int:
    """Warned, and asked to be placed; the step's id."""
    office.do(statement_rules.set_rules, rules=StatementRules(agency="Cascade Recovery"))
    office.do(statements.issue, account_id=account_id)
    moved(office, account_id, Stage.FINAL_NOTICE)
    return moved(office, account_id, Stage.AGENCY_REVIEW, "No answer to three letters")


def placed(office: Office, account_id: int) -> int:
    """With the agency, approved by Maria; the step's id."""
    step = under_review(office, account_id)
    return office.database.do(MANAGER, collection_steps.place, account_id=account_id, seen_id=step).result


def placed_before(work: Work, *, account_id: int) -> None:
    """A household that an agency had once, whatever it owes; by two persons, without the desk's rules."""
    if collection_steps.was_placed(work, account_id):
        return
    before = collection_steps.last_step(work, account_id)
    follows_id = before.id if before else None
    for stage, by in ((Stage.AGENCY_REVIEW, "Pat Lindqvist"), (Stage.PLACED, "Maria Alvarez")):
        row = CollectionStep(
            account_id=account_id,
            follows_id=follows_id,
            stage=stage,
            at=work.now,
            done_by=by,
            words="",
            owed_cents=1,
        )
        work.add(row)
        work.flush()
        follows_id = row.id
