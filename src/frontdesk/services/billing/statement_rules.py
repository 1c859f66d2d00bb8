"""What the office decides about statements and old debts, and the words that statements carry by age."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.patient_rules import LONGEST_TEXT, DunningText, StatementRule
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_statement_rule_singleton", "Another desk has just set these rules. Look at them, then save.")
says("append_only_dunning_text", "A text that was in force stays on record; write another.")

LEVELS = ("up to 30 days", "over 30 days", "over 60 days", "over 90 days")
SHIPPED = (
    "Thank you for your visit. This is what remains after your insurance.",
    "This is a reminder. Part of your balance is more than 30 days old.",
    "Your balance is past due by more than 60 days. Please pay now, or call us to arrange a plan.",
    "Your balance is past due by more than 90 days. Please call us this week.",
)
"""Until the office writes its own."""


@dataclass(frozen=True, slots=True)
class StatementRules:
    """Cents and days."""

    minimum_cents: int = 500
    cycle_days: int = 25
    days_to_pay: int = 21
    small_balance_cents: int = 500
    agency: str = ""
    agency_days: int = 120
    return_address: str = ""
    next_look_days: int = 14
    """Proposed, and changed in the dialog: when somebody looks at an old debt again."""
    promise_days: int = 7
    hardship_days: int = 180
    sends_email: bool = False
    """Whether a run may send statements by e-mail to those who agreed to it."""
    returned_check_cents: int = 0
    """What a check costs that the bank sends back."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The days that the dialogs of an old debt begin with, from today by the office's rules."""

    next_look_on: date
    promise_on: date
    hardship_until_on: date


@dataclass(frozen=True, slots=True)
class TextInForce:
    """What a statement says at an age; `since` is empty for the shipped words."""

    level: int
    words: str
    since: date | None


_BOUNDS = (
    ("minimum_cents", 1, 1_000_000, "The smallest statement asks for $0.01 to $10,000.00."),
    ("cycle_days", 1, 365, "Between two statements are 1 to 365 days."),
    ("days_to_pay", 1, 90, "A statement gives 1 to 90 days to pay."),
    ("small_balance_cents", 0, 10_000, "A small balance is at most $100.00."),
    ("agency_days", 30, 3650, "A debt is 30 to 3,650 days old before an agency gets it."),
    ("next_look_days", 1, 365, "The next look is proposed 1 to 365 days ahead."),
    ("promise_days", 1, 92, "A promise is proposed 1 to 92 days ahead."),
    ("hardship_days", 1, 730, "Hardship is proposed for 1 to 730 days."),
    ("returned_check_cents", 0, 10_000, "The fee for a returned check is at most $100.00."),
)


@query(permission="billing.view")
def rules(work: Work) -> StatementRules:
    """The rules in force; the shipped ones before the office decides."""
    row = work.session.scalar(select(StatementRule))
    return StatementRules() if row is None else _view(row)


@query(permission="billing.view")
def proposals(work: Work) -> Proposals:
    """What the dialogs propose today."""
    rule = rules(work)
    return Proposals(
        work.today + timedelta(days=rule.next_look_days),
        work.today + timedelta(days=rule.promise_days),
        work.today + timedelta(days=rule.hardship_days),
    )


def _as_before(done: Performed) -> Undo:
    return Undo(set_rules, rules=done.result)


@command("Set rules for statements", permission="billing.edit_fees", undo=_as_before)
def set_rules(work: Work, *, rules: StatementRules) -> StatementRules:
    """From now on; statements that were sent stay as they are. Gives back the rules before."""
    findings = [
        Finding(sentence, field)
        for field, least, most, sentence in _BOUNDS
        if not least <= getattr(rules, field) <= most
    ]
    if len(rules.agency) > 120:
        findings.append(Finding("An agency's name has at most 120 characters.", "agency"))
    if len(rules.return_address) > 300:
        findings.append(Finding("A return address has at most 300 characters.", "return_address"))
    refuse_if_any(findings)
    row = work.session.scalar(select(StatementRule))
    before = StatementRules() if row is None else _view(row)
    row = row or work.add(StatementRule())
    row.minimum_cents, row.cycle_days, row.days_to_pay = (
        rules.minimum_cents,
        rules.cycle_days,
        rules.days_to_pay,
    )
    row.small_balance_cents, row.agency_days = rules.small_balance_cents, rules.agency_days
    row.agency, row.return_address = rules.agency.strip(), rules.return_address.strip()
    row.next_look_days, row.promise_days, row.hardship_days = (
        rules.next_look_days,
        rules.promise_days,
        rules.hardship_days,
    )
    row.sends_email, row.returned_check_cents = rules.sends_email, rules.returned_check_cents
    work.flush()
    return before


@query(permission="billing.view")
def texts(work: Work, *, on: date | None = None) -> tuple[TextInForce, ...]:
    """The words of the four ages on a day, the youngest age first."""
    found = {level: TextInForce(level, words, None) for level, words in enumerate(SHIPPED)}
    for row in work.session.scalars(
        select(DunningText)
        .where(DunningText.effective_on <= (on or work.today))
        .order_by(DunningText.effective_on, DunningText.id)
    ):
        found[row.level] = TextInForce(row.level, row.text, row.effective_on)
    return tuple(found[level] for level in range(len(SHIPPED)))


@command(
    "Write dunning text",
    permission="billing.edit_fees",
    undo=irreversible("Write the text that was there before; both stay on record."),
)
def write_text(work: Work, *, level: int, text: str, effective_on: date) -> int:
    """What statements say at an age from a day on; statements of before keep their words."""
    findings = []
    if not 0 <= level < len(SHIPPED):
        findings.append(Finding("Choose the age of the debt.", "level"))
    if not text.strip():
        findings.append(Finding("Write what the statement says.", "text"))
    elif len(text.strip()) > LONGEST_TEXT:
        findings.append(Finding(f"A text has at most {LONGEST_TEXT} characters. Shorten it.", "text"))
    refuse_if_any(findings)
    if effective_on < work.today:
        raise Refused(Finding("A text begins today or later; what was sent stays as it was.", "effective_on"))
    return work.add(DunningText(level=level, text=text.strip(), effective_on=effective_on)).id


def _view(row: StatementRule) -> StatementRules:
    return StatementRules(
        minimum_cents=row.minimum_cents,
        cycle_days=row.cycle_days,
        days_to_pay=row.days_to_pay,
        small_balance_cents=row.small_balance_cents,
        agency=row.agency,
        agency_days=row.agency_days,
        return_address=row.return_address,
        next_look_days=row.next_look_days,
        promise_days=row.promise_days,
        hardship_days=row.hardship_days,
        sends_email=row.sends_email,
        returned_check_cents=row.returned_check_cents,
    )
