"""What became of the visits' money, in the order of time: billed, decided, paid, or still open."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from frontdesk.demo.book import Visit
from frontdesk.demo.claims import DENIALS, FIRST_OF_YEAR, Asked, Flaw
from frontdesk.demo.money import Bill, Held, Ledger, Share, office_day, usual_shares
from frontdesk.demo.week import TODAY
from frontdesk.models.registration.payer import PayerKind

YESTERDAY: Final = TODAY - timedelta(days=1)
DENIED_SHARE: Final = 0.006
"""Of the claims decided, those denied and not worked yet."""


@dataclass(slots=True)
class Course:
    """How the money of one visit goes; empty fields leave it to chance."""

    visit: Visit
    in_full: bool = False
    """Nothing is left open."""
    pays: bool = True
    """Whether the patient ever pays what is left to them."""
    shares: Callable[[Bill], list[Share]] | None = None
    entered_on: date | None = None
    decided_on: date | None = None
    flaws: tuple[Flaw, ...] = ()
    held: Held | None = None


@dataclass(order=True, slots=True)
class _Due:
    at: datetime
    order: int
    act: Callable[[], None] = field(compare=False)


class Billing:
    """Follows each visit's money; numbers of receipts and superbills rise with time."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._chance = ledger.chance
        self.asked: list[Asked] = []
        """The claims, as far as they came."""
        ledger.numbers.update(FIRST_OF_YEAR)
        self._agenda: list[_Due] = []
        self._remittances: dict[tuple[int, date], int] = {}
        self._count = 0

    def follow(self, course: Course) -> None:
        """Take up a completed visit."""
        starts = course.visit.planned.starts
        self._at(starts - timedelta(minutes=4), lambda: self._copay(course))
        self._at(starts, lambda: self._enter(course))

    def at(self, when: datetime, act: Callable[[], None]) -> None:
        """Something else that happens then."""
        self._at(when, act)

    def run(self) -> None:
        """Let everything happen that is due until now."""
        while self._agenda:
            heapq.heappop(self._agenda).act()

    def _at(self, when: datetime, act: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._agenda, _Due(when, self._count, act))

    def _copay(self, course: Course) -> None:
        planned = course.visit.planned
        plans = self.ledger.setting.plans
        copay = plans[planned.person.plan].plan.copay_cents if planned.person.plan else None
        if copay and course.shares is None and (course.in_full or self._chance.random() < 0.9):
            course.held = self.ledger.take(course.visit, copay, planned.starts - timedelta(minutes=4))

    def _enter(self, course: Course) -> None:
        on = course.visit.planned.starts.date()
        after = timedelta(days=self._chance.randrange(1, 3))
        entered_on = course.entered_on or office_day(on + after, self.ledger.setting)
        if entered_on > YESTERDAY:
            self.ledger.issue(course.visit)
            return
        bill = self.ledger.charge(course.visit, entered_on=entered_on)
        if bill.sold is None:
            self._at(datetime.combine(entered_on, time(9, 10)), lambda: self._ask_patient(course, bill))
            return
        asked = Asked(bill, self._number(entered_on.year), course.flaws)
        self.asked.append(asked)
        if course.flaws:
            return
        after = timedelta(days=self._days_to_pay(bill))
        decided_on = course.decided_on or office_day(entered_on + after, self.ledger.setting)
        if decided_on <= YESTERDAY:
            self._at(
                datetime.combine(decided_on, time(9, 5)), lambda: self._decided(course, asked, decided_on)
            )

    def _days_to_pay(self, bill: Bill) -> int:
        assert bill.sold is not None
        is_quick = bill.sold.plan.payer.kind in (PayerKind.MEDICARE, PayerKind.BLUE)
        return self._chance.randrange(8, 13) if is_quick else self._chance.randrange(11, 20)

    def _number(self, year: int) -> str:
        self.ledger.numbers[f"claim {year}"] += 1
        return f"{year % 100:02}-{self.ledger.numbers[f'claim {year}']:05}"

    def _decided(self, course: Course, asked: Asked, on: date) -> None:
        bill, asked.decided_on = asked.bill, on
        asked.remittance_id, asked.answer_id = self._remittance(bill, on), self.ledger.rows.work.new_id()
        if not course.in_full and course.shares is None and self._chance.random() < DENIED_SHARE:
            asked.denial = self._chance.choice(DENIALS)
            return
        shares = course.shares(bill) if course.shares else usual_shares(bill, self._chance)
        asked.shares = shares
        self.ledger.decide(bill, shares, on, remittance_id=asked.remittance_id, answer_id=asked.answer_id)
        if course.held is not None:
            self.ledger.apply(bill, course.held, datetime.combine(on, time(9, 30)))
        self._ask_patient(course, bill, on)

    def _remittance(self, bill: Bill, on: date) -> int:
        """The id of what the insurer sends on that day."""
        assert bill.sold is not None
        key = (bill.sold.payer_id, on)
        if key not in self._remittances:
            self._remittances[key] = self.ledger.rows.work.new_id()
        return self._remittances[key]

    def _ask_patient(self, course: Course, bill: Bill, since: date | None = None) -> None:
        """The patient pays what is left to them: soon, after a statement, or not yet."""
        if not course.pays or sum(line.patient_cents for line in bill.lines) <= 0:
            return
        after = timedelta(days=2 if course.in_full else self._chance.randrange(3, 40))
        paid_on = office_day((since or bill.entered_on) + after, self.ledger.setting)
        if paid_on <= YESTERDAY and (course.in_full or self._chance.random() < 0.8):
            at = datetime.combine(paid_on, time(10 + self._chance.randrange(6), 15))
            self._at(at, lambda: self._pay(bill, at))

    def _pay(self, bill: Bill, at: datetime) -> None:
        due = sum(line.patient_cents for line in bill.lines)
        if due > 0:
            held = self.ledger.take(bill.visit, due, at, for_visit=False)
            self.ledger.apply(bill, held, at)
