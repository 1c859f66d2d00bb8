"""The ledger once more, as a child would keep it: a list of facts, added up from the start each time."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

Place = int | tuple[int, int | None]
"""A line's id, or a receipt with the visit its money is held for, or a payer's own account (0 and its id)."""

NOBODY = 0
"""The account of money that belongs to a payer and no household."""


@dataclass(eq=False)
class Fact:
    """Somebody owes more or less, at one place, since a day."""

    account: int
    place: Place
    payer: int
    """Which insurer owes it, or True where there is only one; 0 for the patient."""
    cents: int
    since: date
    stands: bool = True


@dataclass
class Naive:
    """What happened, and every sum anew."""

    facts: list[Fact] = field(default_factory=list)
    account_of: dict[int, int] = field(default_factory=dict)
    visit_of: dict[int, int] = field(default_factory=dict)
    applied: list[tuple[int, int, list[Fact]]] = field(default_factory=list)
    """Receipt, line, and the two facts, of money that was put on a line."""

    def note(self, account: int, place: Place, cents: int, since: date, *, payer: int = 0) -> Fact:
        self.facts.append(Fact(account, place, payer, cents, since))
        return self.facts[-1]

    def charge(self, account: int, visit: int, line: int, cents: int, on: date, *, payer: int) -> Fact:
        self.account_of[line], self.visit_of[line] = account, visit
        return self.note(account, line, cents, on, payer=payer)

    def take_back(self, facts: list[Fact]) -> None:
        for fact in facts:
            fact.stands = False

    def at(self, place: Place, *, payer: int = 0) -> int:
        return sum(f.cents for f in self.facts if f.stands and f.place == place and f.payer == payer)

    def oldest(self, line: int, cents: int) -> list[tuple[int, date]]:
        """So much of what the patient owes on a line, the oldest debt first, with its day."""
        facts = [f for f in self.facts if f.stands and f.place == line and not f.payer]
        paid, found = -sum(fact.cents for fact in facts if fact.cents < 0), []
        for debt in sorted((f for f in facts if f.cents > 0), key=lambda f: f.since):
            eaten = min(paid, debt.cents)
            paid -= eaten
            part = min(cents, debt.cents - eaten)
            cents -= part
            if part:
                found.append((part, debt.since))
        return found

    def credits(self, account: int) -> dict[tuple[int, int | None], int]:
        left: dict[tuple[int, int | None], int] = defaultdict(int)
        for fact in self.facts:
            if fact.stands and fact.account == account and isinstance(fact.place, tuple):
                left[fact.place] -= fact.cents
        # A receipt's free money before what of it is held for a visit.
        in_order = sorted(left.items(), key=lambda item: (item[0][0], item[0][1] or 0))
        return {place: cents for place, cents in in_order if cents}

    def use(self, account: int, line: int, cents: int, on: date) -> int:
        """Free credit goes on a line, the oldest first; how much of it."""
        used = 0
        for place, left in self.credits(account).items():
            put = min(left, cents - used) if place[1] is None else 0
            if put > 0:
                self.apply(place, line, put, on)
                used += put
        return used

    def refund(self, account: int, receipt: int, cents: int, on: date) -> None:
        """Money of a receipt is given back, what is free of it first."""
        for place, left in self.credits(account).items():
            back = min(left, cents) if place[0] == receipt else 0
            if back > 0:
                self.note(account, place, back, on)
                cents -= back

    def apply(self, credit: tuple[int, int | None], line: int, cents: int, on: date) -> None:
        account = self.account_of[line]
        both = [self.note(account, credit, cents, on), self.note(account, line, -cents, on)]
        self.applied.append((credit[0], line, both))

    def apply_held(self, account: int, on: date) -> None:
        for (receipt, visit), cents in self.credits(account).items():
            for line in [line for line, its in self.visit_of.items() if visit is not None and its == visit]:
                put = min(cents, self.at(line))
                if put > 0:
                    self.apply((receipt, visit), line, put, on)
                    cents -= put

    def free_overpaid(self, line: int, on: date) -> int:
        """What the patient paid too much on a line goes back where it came from, the last money first."""
        on_line = [a for a in self.applied if a[1] == line and a[2][0].stands]
        freed = left = max(0, min(-self.at(line), sum(facts[0].cents for _, _, facts in on_line)))
        for _, _, facts in reversed(on_line):
            if left <= 0:
                break
            cents, credit = facts[0].cents, facts[0].place
            self.take_back(facts)
            kept = cents - min(cents, left)
            left -= cents - kept
            assert isinstance(credit, tuple)
            if kept:
                self.apply(credit, line, kept, on)
        return freed

    def free(self, *, receipt: int | None = None, line: int | None = None) -> None:
        for of_receipt, of_line, facts in self.applied:
            if of_receipt == receipt or of_line == line:
                self.take_back(facts)

    def balance(self, account: int | None = None) -> tuple[int, int, int]:
        """Insurers, patients, and credit."""
        sums = [0, 0, 0]
        for fact in self.facts:
            if fact.stands and account in (None, fact.account):
                sums[2 if isinstance(fact.place, tuple) else int(not fact.payer)] += fact.cents
        return sums[0], sums[1], -sums[2]

    def aged(self, on: date, *, payer: int, account: int | None = None) -> tuple[int, int, int, int, int]:
        columns, credit = [0, 0, 0, 0], 0
        own = [f for f in self.facts if f.stands and f.payer == payer and account in (None, f.account)]
        for place in {f.place for f in own}:
            facts = [f for f in own if f.place == place]
            if isinstance(place, tuple):
                credit += sum(fact.cents for fact in facts)
                continue
            paid = -sum(fact.cents for fact in facts if fact.cents < 0)
            for debt in sorted((f for f in facts if f.cents > 0), key=lambda f: f.since):
                eaten = min(paid, debt.cents)
                paid -= eaten
                days = (on - debt.since).days
                columns[(days > 30) + (days > 60) + (days > 90)] += debt.cents - eaten
            credit -= paid
        return columns[0], columns[1], columns[2], columns[3], credit
