"""Hardship: what a household shows, what a second person grants, and the debts that it lowers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.hardship import LONGEST_WORDS, Hardship, HardshipLine
from frontdesk.models.billing.hardship import HardshipState as HardshipState
from frontdesk.models.billing.journal import Party
from frontdesk.models.registration.account import Account
from frontdesk.services.billing import balances, charges, hardship_scale, parties
from frontdesk.services.billing.hardship_scale import Proposal
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("ck_hardship_two_persons", "A second person decides on hardship. Ask a colleague with the right to.")
says("append_only_hardship", "An application stays as it was made. End it and enter another.")
says("append_only_hardship_line", "What was lowered stays on record.")

LONGEST_GRANT = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Application:
    """What the household's form says; a year's income before taxes, in cents."""

    account_id: int
    people: int
    income_cents: int
    proof: str


@dataclass(frozen=True, slots=True)
class HardshipView:
    """An application and its decision."""

    id: int
    version: int
    account_id: int
    state: HardshipState
    people: int
    income_cents: int
    proof: str
    asked_on: date
    asked_by: str
    percent: int | None
    expires_on: date | None
    decided_at: datetime | None
    decided_by: str
    because: str
    is_in_force: bool
    may_decide: bool
    proposal: Proposal | None
    """What the office's scale says, while it waits; None where there is no scale."""


@command(
    "Enter hardship application",
    permission="billing.collect",
    undo=irreversible("An application stays on record; a second person refuses it with a reason."),
)
def apply(work: Work, *, application: Application) -> int:
    """What the household filled in and showed; another person decides."""
    work.get(Account, application.account_id)
    work.concerns(*parties.billed_patients(work, application.account_id))
    findings = []
    if not 1 <= application.people <= 30:
        findings.append(Finding("1 to 30 people live on the income.", "people"))
    if not 0 <= application.income_cents < 10_000_000_000:
        findings.append(Finding("Enter the income of a year before taxes.", "income_cents"))
    wanted = "Write what was shown, such as two pay stubs."
    findings += words_findings(application.proof, "proof", most=LONGEST_WORDS, wanted=wanted, what="A note")
    waiting = [row for row in _of(work, application.account_id) if row.state is HardshipState.ASKED]
    if waiting:
        findings.append(Finding("An application of this household waits already. Decide on it first."))
    refuse_if_any(findings)
    row = Hardship(
        account_id=application.account_id,
        state=HardshipState.ASKED,
        people=application.people,
        income_cents=application.income_cents,
        proof=application.proof.strip(),
        asked_on=work.today,
        asked_at=work.now,
        asked_by=work.actor.name,
        asked_by_id=work.actor.user_id,
    )
    return work.add(row).id


@command(
    "Grant hardship",
    permission="billing.decide_hardship",
    undo=irreversible("What was lowered stays; end the hardship, and correct single balances."),
)
def grant(work: Work, *, hardship_id: int, percent: int, expires_on: date, because: str, version: int) -> int:
    """Lower what the household owes now, by per cent of each line; the cents that were given up."""
    row = _to_decide(work, hardship_id, version)
    findings = _because_findings(because)
    if not 1 <= percent <= 100:
        findings.append(Finding("A debt is lowered by 1 to 100 percent.", "percent"))
    if not work.today <= expires_on <= work.today + LONGEST_GRANT:
        findings.append(Finding("Hardship is granted for at most a year from today.", "expires_on"))
    refuse_if_any(findings)
    row.state, row.percent, row.expires_on = HardshipState.GRANTED, percent, expires_on
    _decide(work, row, because)
    return _lower(work, row)


@command(
    "Refuse hardship", permission="billing.decide_hardship", undo=irreversible("Enter a new application.")
)
def refuse(work: Work, *, hardship_id: int, because: str, version: int) -> None:
    """Nothing is lowered."""
    row = _to_decide(work, hardship_id, version)
    refuse_if_any(_because_findings(because))
    row.state = HardshipState.REFUSED
    _decide(work, row, because)


@command(
    "Lower new debts for hardship",
    permission="billing.adjust",
    undo=irreversible("What was lowered stays; correct single balances with a reason."),
)
def lower_new(work: Work, *, hardship_id: int) -> int:
    """The same for lines that came since, while the decision is in force; the cents that were given up."""
    row = work.get(Hardship, hardship_id)
    work.concerns(*parties.billed_patients(work, row.account_id))
    if not _is_in_force(work, row):
        raise Refused(Finding("This hardship is not in force. Enter a new application."))
    cents = _lower(work, row)
    if not cents:
        raise Refused(Finding("Everything this household owes was lowered before."))
    return cents


@command("End hardship", permission="billing.decide_hardship", undo=irreversible("Enter a new application."))
def end(work: Work, *, hardship_id: int, because: str, version: int) -> None:
    """From now on nothing more is lowered; what was lowered stays."""
    row = work.get(Hardship, hardship_id, version)
    work.concerns(*parties.billed_patients(work, row.account_id))
    findings = _because_findings(because)
    if row.state is not HardshipState.GRANTED:
        findings.append(Finding("This hardship is not in force."))
    refuse_if_any(findings)
    row.state, row.because = HardshipState.ENDED, f"{row.because} Ended: {because.strip()}"[:LONGEST_WORDS]
    work.flush()


@query(permission="billing.view")
def of_account(work: Work, *, account_id: int) -> tuple[HardshipView, ...]:
    """A household's applications, the newest first."""
    return tuple(_view(work, row) for row in _of(work, account_id))


def waiting_accounts(work: Work) -> tuple[int, ...]:
    """The households whose application waits for a decision."""
    return tuple(
        work.session.scalars(
            select(Hardship.account_id)
            .where(Hardship.state == HardshipState.ASKED)
            .distinct()
            .order_by(Hardship.account_id)
        )
    )


def _of(work: Work, account_id: int) -> list[Hardship]:
    work.flush()
    rows = work.session.scalars(
        select(Hardship)
        .where(Hardship.account_id == account_id)
        .order_by(Hardship.asked_at.desc(), Hardship.id.desc())
    )
    return list(rows)


def _to_decide(work: Work, hardship_id: int, version: int) -> Hardship:
    row = work.get(Hardship, hardship_id, version)
    work.concerns(*parties.billed_patients(work, row.account_id))
    if row.state is not HardshipState.ASKED:
        raise Conflict("This application was decided on already. Look at it again.")
    if work.actor.is_person(row.asked_by_id, row.asked_by):
        raise Refused(Finding("You entered this application yourself. A second person decides on it."))
    return row


def _decide(work: Work, row: Hardship, because: str) -> None:
    row.because = because.strip()
    row.decided_at, row.decided_by, row.decided_by_id = work.now, work.actor.name, work.actor.user_id
    work.flush()


def _because_findings(because: str) -> list[Finding]:
    wanted = "Say why it is decided so."
    return words_findings(because, "because", most=LONGEST_WORDS, wanted=wanted, what="A note")


def _lower(work: Work, row: Hardship) -> int:
    """Write off the share of each open line that was not lowered before, rounded down to the cent."""
    assert row.percent is not None
    assert row.expires_on is not None
    before = set(work.session.scalars(select(HardshipLine.charge_line_id)))
    reason = f"Hardship, {row.percent}%, until {us_date(row.expires_on)}"
    given_up = 0
    for line in balances.lines_of_account(work, account_id=row.account_id, only_open=True):
        cents = line.patient_cents * row.percent // 100
        if cents <= 0 or line.charge_line_id in before:
            continue
        posting_id = charges.write_off(
            work,
            charge_line_id=line.charge_line_id,
            responsible=Party.PATIENT,
            amount_cents=cents,
            reason=reason,
        )
        work.add(HardshipLine(hardship_id=row.id, charge_line_id=line.charge_line_id, posting_id=posting_id))
        given_up += cents
    work.flush()
    return given_up


def _is_in_force(work: Work, row: Hardship) -> bool:
    return row.state is HardshipState.GRANTED and row.expires_on is not None and row.expires_on >= work.today


def _view(work: Work, row: Hardship) -> HardshipView:
    is_mine = work.actor.is_person(row.asked_by_id, row.asked_by)
    scale = hardship_scale.in_force(work) if row.state is HardshipState.ASKED else None
    return HardshipView(
        id=row.id,
        version=row.version,
        account_id=row.account_id,
        state=row.state,
        people=row.people,
        income_cents=row.income_cents,
        proof=row.proof,
        asked_on=row.asked_on,
        asked_by=row.asked_by,
        percent=row.percent,
        expires_on=row.expires_on,
        decided_at=None if row.decided_at is None else work.wall(row.decided_at),
        decided_by=row.decided_by,
        because=row.because,
        is_in_force=_is_in_force(work, row),
        may_decide=work.actor.may("billing.decide_hardship") and not is_mine,
        proposal=hardship_scale.proposal(scale, row.people, row.income_cents) if scale else None,
    )
