"""The strictest rule wins; a hold always wins; a rule more never makes a record go earlier."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.models.records.document import Category, RetentionClass, Sensitivity
from frontdesk.models.records.retention import Trigger
from frontdesk.services.records.retention_engine import (
    BY_CATEGORY,
    NEVER,
    HoldScope,
    PatientFacts,
    Rule,
    RuleBook,
    Subject,
    adult_at,
    class_of,
    hold_on,
    years_after,
)
from frontdesk.services.records.retention_shipped import SHIPPED

DAYS = st.dates(date(1940, 1, 1), date(2030, 12, 31))
RULES = st.lists(
    st.builds(
        Rule,
        key=st.text("abc", min_size=1, max_size=3),
        edition=st.just(0),
        name=st.just("Rule"),
        retention_class=st.sampled_from(RetentionClass),
        sensitivity=st.none() | st.sampled_from(Sensitivity),
        trigger=st.sampled_from(Trigger),
        years=st.integers(0, 100),
    ),
    max_size=12,
)
FACTS = st.builds(
    PatientFacts,
    born_on=DAYS,
    died_on=st.none() | DAYS,
    last_contact_on=st.none() | DAYS,
    has_coverage=st.booleans(),
    coverage_until=st.none() | DAYS,
    adult_at=st.sampled_from((18, 19, 21)),
)
SUBJECTS = st.builds(
    Subject,
    retention_class=st.sampled_from(RetentionClass),
    sensitivity=st.sampled_from(Sensitivity),
    dated_on=DAYS,
)


def plainly(rules: list[Rule], subject: Subject, facts: PatientFacts) -> date:
    """The same once more, written as a clerk would count it; `test_disposal` uses it on whole offices."""
    found = []
    for rule in rules:
        if rule.retention_class != subject.retention_class:
            continue
        if rule.sensitivity is not None and rule.sensitivity != subject.sensitivity:
            continue
        if rule.trigger == "never":
            return date.max
        if rule.trigger == "coverage_end":
            if facts.has_coverage and facts.coverage_until is None:
                return date.max
            start = facts.coverage_until if facts.has_coverage else None
        elif rule.trigger == "death":
            start = facts.died_on
        elif rule.trigger == "majority":
            of_age = anniversary(facts.born_on, facts.adult_at)
            birthday_counts = (subject.dated_on.month, subject.dated_on.day) >= (
                facts.born_on.month,
                facts.born_on.day,
            )
            years_old = subject.dated_on.year - facts.born_on.year - (0 if birthday_counts else 1)
            start = of_age if years_old < facts.adult_at else None
        elif rule.trigger == "last_visit" and facts.last_contact_on is not None:
            start = max(facts.last_contact_on, subject.dated_on)
        else:
            start = subject.dated_on
        if start is not None:
            found.append(anniversary(start, rule.years))
    return max(found) if found else date.max


def anniversary(day: date, years: int) -> date:
    while True:
        try:
            return date(day.year + years, day.month, day.day)
        except ValueError:
            day += timedelta(days=1)


@given(RULES, SUBJECTS, FACTS)
def test_the_strictest_rule_wins(rules: list[Rule], subject: Subject, facts: PatientFacts) -> None:
    book = RuleBook(rules)
    until = book.disposable_on(subject, facts)
    assert until == plainly(rules, subject, facts)
    applied = book.applied(subject, facts)
    assert until == (applied[0].until if applied else NEVER)
    assert all(each.until <= until for each in applied)


@given(RULES, RULES, SUBJECTS, FACTS)
def test_a_rule_more_never_makes_a_record_go_earlier(
    rules: list[Rule], more: list[Rule], subject: Subject, facts: PatientFacts
) -> None:
    before = RuleBook(rules)
    if before.applied(subject, facts):  # where no rule says when, it stays until one does
        assert RuleBook([*rules, *more]).disposable_on(subject, facts) >= before.disposable_on(subject, facts)


@given(RULES, SUBJECTS, FACTS)
def test_what_is_younger_than_the_shortest_rule_is_never_due(
    rules: list[Rule], subject: Subject, facts: PatientFacts
) -> None:
    """The statement that looks for candidates leaves them out unseen."""
    always = Rule("x", 0, "Rule", subject.retention_class, None, Trigger.DOCUMENT_DATE, 3)
    book = RuleBook([*rules, always])
    if book.shortest_years > 0:
        youngest_due = years_after(subject.dated_on, book.shortest_years)
        assert book.disposable_on(subject, facts) >= youngest_due
    contact = replace(always, trigger=Trigger.LAST_VISIT)
    book = RuleBook([*rules, contact])
    if subject.retention_class in BY_CATEGORY and facts.last_contact_on is not None:
        gone_after = years_after(facts.last_contact_on, book.contact_years)
        assert book.disposable_on(subject, facts) >= gone_after


@given(
    st.lists(
        st.builds(
            HoldScope,
            hold_id=st.integers(1, 9),
            number=st.integers(1, 9),
            matter=st.just("State v. Bell"),
            patient_id=st.just(1),
            covers_from=st.none() | DAYS,
            covers_to=st.none() | DAYS,
            document_ids=st.none() | st.frozensets(st.integers(1, 5)),
        ),
        max_size=4,
    ),
    st.integers(1, 5),
    DAYS,
)
def test_any_hold_that_covers_a_record_stops_it(
    holds: list[HoldScope], document_id: int, dated_on: date
) -> None:
    stopped = hold_on({1: holds}, 1, document_id, dated_on)
    covering = [
        hold
        for hold in holds
        if (hold.document_ids is not None and document_id in hold.document_ids)
        or (
            hold.document_ids is None
            and (hold.covers_from or date.min) <= dated_on <= (hold.covers_to or date.max)
        )
    ]
    assert stopped == (covering[0] if covering else None)
    assert hold_on({2: holds}, 1, document_id, dated_on) is None


def test_a_minors_record_waits_for_the_age_of_the_state() -> None:
    book = RuleBook(
        Rule(s.key, 0, s.name, s.retention_class, s.sensitivity, s.trigger, s.years) for s in SHIPPED
    )
    visit = Subject(RetentionClass.MEDICAL, Sensitivity.ORDINARY, date(2012, 5, 2))
    born = date(2012, 2, 29)
    assert book.disposable_on(visit, PatientFacts(born, adult_at=adult_at("OR"))) == date(2037, 3, 1)
    assert book.disposable_on(visit, PatientFacts(born, adult_at=adult_at("MS"))) == date(2040, 3, 1)
    # Of age on the day itself: the rule for minors has no bearing any more.
    adult = PatientFacts(date(1994, 5, 2), last_contact_on=date(2013, 1, 9))
    assert book.disposable_on(visit, adult) == date(2023, 1, 9)
    still_covered = PatientFacts(date(1940, 1, 1), has_coverage=True)
    assert book.disposable_on(visit, still_covered) == NEVER
    for_good = Subject(RetentionClass.PERMANENT, Sensitivity.ORDINARY, date(1999, 1, 1))
    assert book.disposable_on(for_good, adult) == NEVER
    assert book.shortest_years == 6


def test_what_a_document_counts_as() -> None:
    assert class_of(None, Category.LAB_RESULT) is RetentionClass.MEDICAL
    assert class_of(None, Category.CONSENT) is RetentionClass.CONSENT
    assert class_of(RetentionClass.CLAIM, Category.LETTER) is RetentionClass.CLAIM
    assert class_of(None, None) is RetentionClass.MEDICAL
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_after(date(2024, 2, 29), 9_000) == NEVER
