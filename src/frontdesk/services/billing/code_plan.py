"""What a release of codes changes: new codes, ended ones, changed words. Plain values in and out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Standing:
    """One wording of a code as it is on file."""

    id: int
    code: str
    label: str
    is_billable: bool
    effective_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A code as the release has it."""

    code: str
    label: str
    is_billable: bool = True
    first_on: date | None = None
    last_on: date | None = None
    changed_on: date | None = None
    """From when its last change holds, where the list says so."""
    successor: str = ""
    synonyms: str = ""
    line: int = 0
    is_modifier: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A wording that is to be written."""

    listed: Listed
    effective_on: date
    expires_on: date | None
    before: Standing | None = None
    """The wording that it takes the place of."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A wording that is to end."""

    standing: Standing
    last_on: date
    successor: str = ""


@dataclass(slots=True)
class Plan:
    """What is to be written; each code stands in at most one of the lists."""

    new: list[Begun] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    reworded: list[Begun] = field(default_factory=list)
    extended: list[Standing] = field(default_factory=list)
    """Wordings with a last day to come, of which the list does not know."""
    unchanged: int = 0
    clashes: list[tuple[str, int]] = field(default_factory=list)
    """Codes with their line (0: not listed) whose wording began on that very day, or begins later."""

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.ended or self.reworded or self.extended)


def planned(
    standing: Iterable[Standing], listed: Iterable[Listed], on: date, *, is_whole: bool, has_headings: bool
) -> Plan:
    """A list that is valid from `on`, against what is on file.

    `is_whole`: codes that it leaves out end on the day before. Without headings it says nothing
    about codes that cannot be billed.
    """
    by_code: defaultdict[str, list[Standing]] = defaultdict(list)
    for row in standing:
        by_code[row.code].append(row)
    by_name: defaultdict[str, list[Listed]] = defaultdict(list)
    for code in listed:
        by_name[code.code].append(code)
    plan = Plan()
    for name, codes in by_name.items():
        first, *later = sorted(codes, key=lambda code: code.first_on or date.min)
        rows = by_code.get(name, [])
        _compare(plan, first, rows, on)
        for code in later:
            _follow(plan, code, rows, on)
    if is_whole:
        for name, rows in by_code.items():
            if name not in by_name:
                for row in rows:
                    if _is_open(row, on) and (has_headings or row.is_billable):
                        _end(plan, row, on)
    return plan


def _compare(plan: Plan, code: Listed, rows: list[Standing], on: date) -> None:
    starts = _changes_on(code, on)
    current = min(
        (row for row in rows if _is_open(row, starts)), key=lambda row: row.effective_on, default=None
    )
    if code.last_on is not None and code.last_on < on:
        if current is None:
            plan.unchanged += 1
        elif current.expires_on != code.last_on:
            _end(plan, current, on, code)
        return
    if current is None:
        ended = max((row.expires_on for row in rows if row.expires_on), default=date.min)
        begins = (day for day in (code.first_on, code.changed_on) if day and day > ended)
        plan.new.append(Begun(code, next(begins, on), code.last_on))
    elif _is_same(current, code):
        _keep(plan, current, code)
    elif current.effective_on >= starts:
        plan.clashes.append((code.code, code.line))
    else:
        plan.reworded.append(Begun(code, starts, code.last_on, current))


def _follow(plan: Plan, code: Listed, rows: list[Standing], on: date) -> None:
    """A further wording of a code, from a later day on; the one before ends by the list itself."""
    starts = code.first_on or on
    there = next((row for row in rows if row.effective_on == starts), None)
    if there is not None and _is_same(there, code):
        _keep(plan, there, code)
    elif any(row.effective_on >= starts for row in rows):
        plan.clashes.append((code.code, code.line))
    else:
        plan.new.append(Begun(code, starts, code.last_on))


def _is_same(row: Standing, code: Listed) -> bool:
    return row.label == code.label and row.is_billable == code.is_billable


def _keep(plan: Plan, row: Standing, code: Listed) -> None:
    """The wording stays; its last day may be another."""
    if code.last_on is not None and row.expires_on != code.last_on:
        plan.ended.append(Ended(row, code.last_on, code.successor))
    elif code.last_on is None and row.expires_on is not None:
        plan.extended.append(row)
    else:
        plan.unchanged += 1


def _changes_on(code: Listed, on: date) -> date:
    """The day from which the wording of a list holds: a change that is announced holds later."""
    changed = code.changed_on
    if changed is None or changed <= on or (code.last_on is not None and code.last_on < changed):
        return on
    return changed


def _end(plan: Plan, row: Standing, on: date, code: Listed | None = None) -> None:
    last_on = on - timedelta(days=1)
    if code is not None and code.last_on is not None:
        last_on = code.last_on if row.effective_on <= code.last_on else last_on
    if last_on < row.effective_on:
        plan.clashes.append((row.code, code.line if code else 0))
    elif row.expires_on != last_on:
        plan.ended.append(Ended(row, last_on, code.successor if code else ""))


def _is_open(row: Standing, on: date) -> bool:
    return row.expires_on is None or row.expires_on >= on
