"""A desk dies in the middle of posting a remittance or of a run of statements: it is whole, or not there."""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import Select, func, select

from frontdesk.models.billing.journal import Posting, PostingKind
from frontdesk.models.billing.remittances import RemittanceState
from frontdesk.models.billing.statements import Statement, StatementRun
from frontdesk.services import audit
from frontdesk.services.billing import (
    balances,
    claim_detail,
    remittance_views,
    remittances,
    statement_run,
)
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.statement_run import RunFilters
from frontdesk.services.registration import accounts
from tests.builders.billing import at_work, charged
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, COPAY, answer, received
from tests.builders.registration import patient
from tests.office import Office
from tests.twin import file_of

CHECKOUT = Path(__file__).parents[3]


def test_a_remittance_is_posted_whole_or_not_at_all(office: Office) -> None:
    people = (("Ray", "XQP881"), ("Roy", "XQP882"), ("Rex", "XQP883"))
    asked = [sent(office, insured(office, first, "Castillo", member)) for first, member in people]
    told = [answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)]) for claim in asked]
    remittance = received(office, *told)
    before = office.ask(balances.receivable)
    for words in ("INSERT INTO posting", "INSERT INTO audit_entry"):
        _killed(office, words, "post", remittance)
        assert office.ask(balances.receivable) == before
        assert _posted(office) == 0
        sheet = office.ask(remittance_views.sheet, remittance_id=remittance)
        assert sheet.row.state is RemittanceState.OPEN
        assert [_state(office, claim) for claim in asked] == [ClaimState.SENT] * 3
    office.do(remittances.post, remittance_id=remittance)
    assert before - office.ask(balances.receivable) == 3 * (6156 + 3844)
    assert _posted(office) == 3
    assert office.ask(audit.verify).broken == ()


def test_what_was_said_to_be_posted_stays_posted(office: Office) -> None:
    claim = sent(office)
    remittance = received(office, answer(office, claim, [(CONTRACT, 3844), (COPAY, 3000)]))
    _killed(office, "", "post", remittance)
    assert (_posted(office), _state(office, claim)) == (1, ClaimState.PAID)
    assert office.ask(audit.verify).broken == ()


def test_a_run_of_statements_is_made_whole_or_not_at_all(office: Office) -> None:
    owing = tuple(_owing(office, first) for first in ("Walter", "Ada", "June"))
    _killed(office, "INSERT INTO statement ", "statements", *owing)
    assert _counted(office) == (0, 0)
    office.do(statement_run.issue_all, account_ids=owing, filters=RunFilters())
    assert _counted(office) == (1, 3)
    with at_work(office) as work:
        numbers = work.session.scalars(select(Statement.number).order_by(Statement.number)).all()
    assert numbers == [1, 2, 3], "a number was lost to a run that never was"
    assert office.ask(audit.verify).broken == ()


def _killed(office: Office, words: str, *act: object) -> None:
    """A desk begins the act, and is killed after a statement that begins so (or when it is done)."""
    url = office.database.engines.write.url
    place = (
        url.set(drivername="postgresql").render_as_string(hide_password=False)
        if office.database.engines.on_server
        else str(file_of(office.database))
    )
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.services.billing.killed_desk", place, words, *map(str, act)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    with desk:
        assert desk.stdout is not None
        assert desk.stdout.readline().strip() == ("middle" if words else "done")
        desk.kill()
        desk.wait()


def _owing(office: Office, first: str) -> int:
    """The account of a household that pays for itself and was charged."""
    person = patient(office, first, "Harris")
    charged(office, person)
    account = office.ask(accounts.account_of, patient_id=person)
    assert account is not None
    return account.id


def _posted(office: Office) -> int:
    return _count(office, select(func.count()).where(Posting.kind == PostingKind.REMITTANCE))


def _counted(office: Office) -> tuple[int, int]:
    """Runs and statements."""
    return (
        _count(office, select(func.count()).select_from(StatementRun)),
        _count(office, select(func.count()).select_from(Statement)),
    )


def _count(office: Office, wanted: Select[int]) -> int:
    with at_work(office) as work:
        return int(work.session.scalar(wanted) or 0)


def _state(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state
