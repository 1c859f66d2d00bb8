"""The rules of retention: what is in force when, each edition kept, the next one written by the office."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.kernel.text import counted, us_date
from frontdesk.models.records.document import RetentionClass as RetentionClass
from frontdesk.models.records.document import Sensitivity as Sensitivity
from frontdesk.models.records.retention import RetentionRule
from frontdesk.models.records.retention import Trigger as Trigger
from frontdesk.models.security.accounts import UserAccount
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.records.retention_engine import Rule, RuleBook
from frontdesk.services.records.retention_shipped import SHIPPED, Shipped
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "uq_retention_rule_key_edition",
    "Another desk wrote the next edition of this rule just now. Look at it first.",
)

CLASS_WORDS: Final[Mapping[RetentionClass, str]] = {
    RetentionClass.MEDICAL: "Medical record",
    RetentionClass.PAPER_CHART: "Paper chart",
    RetentionClass.CONSENT: "Consents",
    RetentionClass.IDENTITY: "ID and cards",
    RetentionClass.CLAIM: "Claims and financial",
    RetentionClass.DISCLOSURE: "Disclosures",
    RetentionClass.PERMANENT: "Kept for good",
}
TRIGGER_WORDS: Final[Mapping[Trigger, str]] = {
    Trigger.DOCUMENT_DATE: "date of the document",
    Trigger.LAST_VISIT: "last contact",
    Trigger.MAJORITY: "coming of age",
    Trigger.DEATH: "death",
    Trigger.COVERAGE_END: "end of Medicare coverage",
    Trigger.NEVER: "never",
}
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as somebody wants it from a day on."""

    name: str
    retention_class: RetentionClass
    trigger: Trigger
    years: int
    source: str
    effective_on: date
    reason: str
    sensitivity: Sensitivity | None = None
    needs_counsel: bool = False
    is_ended: bool = False
    """The rule is no longer in force from that day."""


@dataclass(frozen=True, slots=True)
class RuleEdition:
    """What a rule said from a day on; edition 0 is the shipped one."""

    edition: int
    draft: RuleDraft
    written_by: str

    @property
    def counts(self) -> str:
        """ "10 years from last contact"."""
        return _counts(self.draft.trigger, self.draft.years)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it stands today, and all its editions, newest first."""

    key: str
    edition: int
    name: str
    retention_class: RetentionClass
    sensitivity: Sensitivity | None
    trigger: Trigger
    years: int
    source: str
    needs_counsel: bool
    effective_on: date | None
    """None for a shipped rule that nobody changed."""
    coming: RuleEdition | None
    """An edition whose day is still to come."""
    editions: tuple[RuleEdition, ...]

    @property
    def counts(self) -> str:
        """ "10 years from last contact"."""
        return _counts(self.trigger, self.years)


def rule_book(work: Work) -> RuleBook:
    """The rules in force today, in one statement."""
    written = _written(work)
    rules = []
    for key in _keys(written):
        stands = _in_force(written.get(key, []), work.today)
        if stands is not None:
            if not stands.is_ended:
                rules.append(
                    Rule(
                        key,
                        stands.edition,
                        stands.name,
                        stands.retention_class,
                        stands.sensitivity,
                        stands.trigger,
                        stands.years,
                    )
                )
        elif key in _SHIPPED:
            ships = _SHIPPED[key]
            rules.append(
                Rule(key, 0, ships.name, ships.retention_class, ships.sensitivity, ships.trigger, ships.years)
            )
    return RuleBook(rules)


@query(permission="records.view")
def rules(work: Work) -> tuple[RuleLine, ...]:
    """Every rule that is in force or to come, by class and name."""
    written = _written(work)
    names = dict(work.session.execute(select(UserAccount.id, UserAccount.name)).all())
    lines = [_line(work, key, written.get(key, []), names) for key in _keys(written)]
    order = list(RetentionClass)
    return tuple(
        sorted(
            (line for line in lines if line is not None),
            key=lambda line: (order.index(line.retention_class), line.name, line.key),
        )
    )


@command(
    "Write retention rule",
    permission="records.retention_rules",
    undo=irreversible("Rules are kept edition by edition. Write the next edition."),
)
def write(work: Work, *, key: str, edition: int, draft: RuleDraft) -> str:
    """The next edition of a rule, or with an empty key a new one; `edition` is the one that was looked at."""
    written = [rule for rule in _written(work).get(key, []) if key]
    newest = max((rule.edition for rule in written), default=0)
    findings = _findings(work, draft, [rule.effective_on for rule in written])
    if key and not written and key not in _SHIPPED:
        findings.append(Finding("This rule is not there. Write it as a new one.", "name"))
    if key and newest != edition:
        findings.append(
            Finding("Another desk wrote the next edition of this rule just now. Look at it first.")
        )
    if findings:
        raise Refused(*findings)
    row_id = work.new_id()
    row = RetentionRule(
        id=row_id,
        key=key or f"office.{row_id}",
        edition=newest + 1,
        name=draft.name.strip(),
        retention_class=draft.retention_class,
        sensitivity=draft.sensitivity,
        trigger=draft.trigger,
        years=draft.years,
        source=draft.source.strip(),
        needs_counsel=draft.needs_counsel,
        is_ended=draft.is_ended,
        effective_on=draft.effective_on,
        reason=draft.reason.strip(),
        written_at=work.now,
        written_by_id=work.actor.user_id,
    )
    work.add(row)
    return row.key


def _counts(trigger: Trigger, years: int) -> str:
    if trigger is Trigger.NEVER:
        return "never destroyed"
    return f"{counted(years, 'year')} from {TRIGGER_WORDS[trigger]}"


def _findings(work: Work, draft: RuleDraft, earlier: list[date]) -> list[Finding]:
    findings = []
    if not draft.name.strip():
        findings.append(Finding("Name the rule, so that it can be told why a record is kept.", "name"))
    if draft.trigger is not Trigger.NEVER and not 1 <= draft.years <= _LONGEST:
        findings.append(Finding("Enter 1 to 100 years.", "years"))
    if not draft.source.strip():
        findings.append(Finding("Enter the law or the advice that the rule rests on.", "source"))
    if draft.effective_on < work.today:
        findings.append(
            Finding(
                f"{us_date(draft.effective_on)} is over. A rule counts from today or a later day.",
                "effective_on",
            )
        )
    elif earlier and draft.effective_on < max(earlier):
        findings.append(
            Finding(
                f"The edition before counts from {us_date(max(earlier))}. Choose that day or a later one.",
                "effective_on",
            )
        )
    if not draft.reason.strip():
        findings.append(Finding("Write why the rule changes.", "reason"))
    return findings


def _line(work: Work, key: str, written: list[RetentionRule], names: Mapping[int, str]) -> RuleLine | None:
    editions = tuple(
        RuleEdition(rule.edition, _draft_of(rule), names.get(rule.written_by_id or 0, ""))
        for rule in reversed(written)
    )
    stands = _in_force(written, work.today)
    coming = next((each for each in editions if each.draft.effective_on > work.today), None)
    ships = _SHIPPED.get(key)
    if stands is None and ships is None and coming is None:
        return None
    if stands is not None and stands.is_ended and coming is None:
        return None
    if ships is not None:
        editions = (*editions, RuleEdition(0, _draft_of(ships), "Frontdesk"))
    says_now = stands or ships or written[-1]
    return RuleLine(
        key=key,
        edition=written[-1].edition if written else 0,
        name=says_now.name,
        retention_class=says_now.retention_class,
        sensitivity=says_now.sensitivity,
        trigger=says_now.trigger,
        years=says_now.years,
        source=says_now.source,
        needs_counsel=says_now.needs_counsel,
        effective_on=stands.effective_on if stands is not None else None,
        coming=coming,
        editions=editions,
    )


def _draft_of(rule: RetentionRule | Shipped) -> RuleDraft:
    draft = RuleDraft(
        name=rule.name,
        retention_class=rule.retention_class,
        trigger=rule.trigger,
        years=rule.years,
        source=rule.source,
        effective_on=date.min,
        reason="",
        sensitivity=rule.sensitivity,
        needs_counsel=rule.needs_counsel,
    )
    if isinstance(rule, Shipped):
        return draft
    return replace(draft, effective_on=rule.effective_on, reason=rule.reason, is_ended=rule.is_ended)


def _written(work: Work) -> dict[str, list[RetentionRule]]:
    found: dict[str, list[RetentionRule]] = {}
    for rule in work.session.scalars(
        select(RetentionRule).order_by(RetentionRule.key, RetentionRule.edition)
    ):
        found.setdefault(rule.key, []).append(rule)
    return found


def _in_force(written: list[RetentionRule], today: date) -> RetentionRule | None:
    return next((rule for rule in reversed(written) if rule.effective_on <= today), None)


def _keys(written: Mapping[str, object]) -> list[str]:
    return [*_SHIPPED, *(key for key in written if key not in _SHIPPED)]


_SHIPPED: Final = {ships.key: ships for ships in SHIPPED}
