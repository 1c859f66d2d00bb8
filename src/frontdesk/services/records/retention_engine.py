"""How long one record is kept: of all the rules that apply the strictest wins. Values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from frontdesk.kernel.months import months_later
from frontdesk.kernel.text import age_on
from frontdesk.models.records.document import Category, RetentionClass, Sensitivity
from frontdesk.models.records.retention import Trigger

NEVER: Final = date.max
"""Of a record that is kept for good, or whose time has not begun to run."""

_ADULT: Final = 18
_ADULT_LATER: Final = {"AL": 19, "NE": 19, "MS": 21}
"""Ala. Code 26-1-1, Neb. Rev. Stat. 43-2101, Miss. Code 1-3-27; 18 in every other state."""

_CLASSES: Final = {Category.CONSENT: RetentionClass.CONSENT, Category.IDENTITY: RetentionClass.IDENTITY}
BY_CATEGORY: Final = frozenset({RetentionClass.MEDICAL, *_CLASSES.values()})
"""What a document can count as without anybody saying so."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is in force."""

    key: str
    edition: int
    name: str
    retention_class: RetentionClass
    sensitivity: Sensitivity | None
    trigger: Trigger
    years: int


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What the triggers ask about a patient."""

    born_on: date
    died_on: date | None = None
    last_contact_on: date | None = None
    """The last visit, or the newest document of the chart if that is later."""
    has_coverage: bool = False
    """Whether a contract counts whose end some rules wait for."""
    coverage_until: date | None = None
    """None while one of them has no end."""
    adult_at: int = _ADULT


@dataclass(frozen=True, slots=True)
class Subject:
    """A record: what it counts as, and its date."""

    retention_class: RetentionClass
    sensitivity: Sensitivity
    dated_on: date


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule with the day it counts from; the record may go on `until`, so far as this rule is asked."""

    rule: Rule
    counts_from: date
    until: date


class RuleBook:
    """The rules in force on one day, ready for many records."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._for: dict[tuple[RetentionClass, Sensitivity], tuple[Rule, ...]] = {}

    def rules_for(self, retention_class: RetentionClass, sensitivity: Sensitivity) -> tuple[Rule, ...]:
        """Those that could apply to such a record."""
        found = self._for.get((retention_class, sensitivity))
        if found is None:
            found = self._for[retention_class, sensitivity] = tuple(
                rule
                for rule in self.rules
                if rule.retention_class is retention_class and rule.sensitivity in (None, sensitivity)
            )
        return found

    def applied(self, subject: Subject, facts: PatientFacts) -> tuple[Applied, ...]:
        """Every rule that applies, the strictest first."""
        found = []
        for rule in self.rules_for(subject.retention_class, subject.sensitivity):
            starts = counts_from(rule.trigger, subject.dated_on, facts)
            if starts is not None:
                until = NEVER if starts == NEVER else years_after(starts, rule.years)
                found.append(Applied(rule, starts, until))
        found.sort(key=lambda applied: (applied.until, applied.rule.years, applied.rule.key), reverse=True)
        return tuple(found)

    def disposable_on(self, subject: Subject, facts: PatientFacts) -> date:
        """The first day on which it may be destroyed; NEVER where no rule says when."""
        latest = None
        for rule in self.rules_for(subject.retention_class, subject.sensitivity):
            starts = counts_from(rule.trigger, subject.dated_on, facts)
            if starts is None:
                continue
            if starts == NEVER:
                return NEVER
            until = years_after(starts, rule.years)
            if latest is None or until > latest:
                latest = until
        return NEVER if latest is None else latest

    @property
    def shortest_years(self) -> int:
        """What is younger than this is kept, whatever else is known of it."""
        return self._floor(frozenset(RetentionClass), (Trigger.DOCUMENT_DATE, Trigger.LAST_VISIT))

    @property
    def contact_years(self) -> int:
        """Of a patient who was in contact since then nothing goes that counts as its category says."""
        return self._floor(BY_CATEGORY, (Trigger.LAST_VISIT,))

    def _floor(self, classes: frozenset[RetentionClass], triggers: tuple[Trigger, ...]) -> int:
        """The least of what the strictest such rule of each class asks; one kept for good is left out."""
        floors = dict.fromkeys(
            (rule.retention_class for rule in self.rules if rule.retention_class in classes), 0
        )
        everything = [rule for rule in self.rules if rule.sensitivity is None]
        for rule in everything:
            if rule.trigger in triggers and rule.retention_class in floors:
                floors[rule.retention_class] = max(floors[rule.retention_class], rule.years)
        for rule in everything:
            if rule.trigger is Trigger.NEVER:
                floors.pop(rule.retention_class, None)
        return min(floors.values(), default=0)


def counts_from(trigger: Trigger, dated_on: date, facts: PatientFacts) -> date | None:
    """From when the years count; None where the trigger has no bearing, NEVER where it is still to come."""
    if trigger is Trigger.DOCUMENT_DATE:
        return dated_on
    if trigger is Trigger.LAST_VISIT:
        return max(dated_on, facts.last_contact_on or dated_on)
    if trigger is Trigger.MAJORITY:
        return (
            years_after(facts.born_on, facts.adult_at)
            if age_on(facts.born_on, dated_on) < facts.adult_at
            else None
        )
    if trigger is Trigger.DEATH:
        return facts.died_on
    if trigger is Trigger.COVERAGE_END:
        return (facts.coverage_until or NEVER) if facts.has_coverage else None
    return NEVER


def years_before(day: date, years: int) -> date:
    """The last day whose anniversary is over by then."""
    return months_later(day, -12 * years)


def years_after(day: date, years: int) -> date:
    """The anniversary; of a February 29 the day after, so that nothing goes a day too early."""
    if years > NEVER.year - day.year:
        return NEVER
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def class_of(said: RetentionClass | None, category: Category | None) -> RetentionClass:
    """What a document counts as; whatever has no class of its own is part of the medical record."""
    if said is not None:
        return said
    return _CLASSES.get(category, RetentionClass.MEDICAL) if category is not None else RetentionClass.MEDICAL


def adult_at(state: str) -> int:
    """The age of majority of a state."""
    return _ADULT_LATER.get(state, _ADULT)


@dataclass(frozen=True, slots=True)
class HoldScope:
    """What a hold that is not released covers of a chart."""

    hold_id: int
    number: int
    matter: str
    patient_id: int
    covers_from: date | None
    covers_to: date | None
    document_ids: frozenset[int] | None
    """None: not by documents."""

    def covers(self, document_id: int | None, dated_on: date, begins_on: date | None = None) -> bool:
        """Whether it stops this record of its chart; a paper volume by any of the days it holds."""
        if self.document_ids is not None:
            return document_id in self.document_ids
        return (self.covers_from is None or dated_on >= self.covers_from) and (
            self.covers_to is None or (begins_on or dated_on) <= self.covers_to
        )


def hold_on(
    holds: Mapping[int, Sequence[HoldScope]],
    patient_id: int,
    document_id: int | None,
    dated_on: date,
    begins_on: date | None = None,
) -> HoldScope | None:
    """The first hold of a chart that stops this record."""
    return next(
        (hold for hold in holds.get(patient_id, ()) if hold.covers(document_id, dated_on, begins_on)),
        None,
    )
