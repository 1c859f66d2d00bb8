"""The command that fills the set-up practice with patients, visits and money: one entry in the audit log."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from sqlalchemy import insert

from frontdesk.demo import (
    answers,
    casting,
    claims,
    copying,
    covering,
    households,
    messages,
    morning,
    releasing,
    weeks,
)
from frontdesk.demo.billing import Billing, Course
from frontdesk.demo.book import Book, Visit
from frontdesk.demo.bulk import Rows
from frontdesk.demo.care import DIAGNOSES
from frontdesk.demo.cast import DAY
from frontdesk.demo.characters import CHARTS, NAMESAKE_SINCE, as_namesake
from frontdesk.demo.histories import Histories
from frontdesk.demo.money import Ledger
from frontdesk.demo.people import ChartNumbers, Person, Registry
from frontdesk.demo.pool import Pool
from frontdesk.demo.setting import Setting, look_around
from frontdesk.demo.signatures import Signatures
from frontdesk.demo.verify import verified
from frontdesk.demo.week import DAYS_AHEAD, DAYS_BACK, TODAY, days
from frontdesk.models.security.audit import NumberSequence
from frontdesk.services.command import command, irreversible
from frontdesk.services.records.request_row import SERIES
from frontdesk.services.registration import required
from frontdesk.services.schedule import lengths, red_flags
from frontdesk.services.work import Work

FULL_PRACTICE: Final = 2_000
"""With fewer patients the days are thinner: nobody comes every week."""
BATCH: Final = 4_000
"""Patients in memory at once, whatever their number."""
_NEWCOMERS_PERCENT: Final = 5
SCRIPT_REVIEWED_ON: Final = date(2026, 1, 12)


@dataclass(frozen=True, slots=True)
class Filled:
    """How much was written."""

    patients: int
    visits: int
    rows: int


@command(
    "Fill with the demo practice",
    permission="demo.fill",
    undo=irreversible("The demo practice is made anew at each start."),
    in_turn=True,
)
def fill(work: Work, *, patients: int, seed: int) -> Filled:
    """Patients, visits and money of a practice that exists nowhere; the same for the same numbers."""
    filling = _Filling(work, max(patients, len(DAY) + 1), seed)
    filling.people()
    filling.visits()
    return filling.done()


class _Filling:
    """One run: what its steps hand on to each other."""

    def __init__(self, work: Work, patients: int, seed: int) -> None:
        self.work = work
        self.patients = patients
        self.seed = seed
        self.rows = Rows(work)
        self.setting: Setting = look_around(work, DIAGNOSES)
        self.registry = Registry(self.rows, self.setting, self._chance("people"))
        self.charts = ChartNumbers(patients, frozenset(CHARTS.values()))
        self.ledger = Ledger(self.rows, self.setting, self._chance("money"))
        self.billing = Billing(self.ledger)
        self.book = Book(self.rows, self.setting, self._chance("book"))
        self.signatures = Signatures(self.rows, self.setting)
        self.everybody: list[Person] = []
        self.cast: dict[str, Person] = {}
        self._left = patients

    def _chance(self, what: str) -> Random:
        return Random(f"{self.seed} {what}")

    def people(self) -> None:
        """The cast, then households until the practice is nearly full; the rest come as new patients."""
        self.cast = casting.register(self.registry, self.charts)
        self._joined(list(self.cast.values()))
        namesake = households.newcomer(self.registry, self.charts, NAMESAKE_SINCE, "Raman")
        self._joined([self.registry.register(as_namesake(namesake))])
        casting.sign(self.signatures, self.cast, self._chance("signatures"))
        casting.verify(self.book, self.cast)
        morning.alerts(self.rows, self.cast)
        morning.addresses(self.rows, self.cast["Danielle Foster"])
        morning.recent(self.rows, self.cast)
        messages.leave(self.rows, self.setting, self.cast)
        newcomers = self._left * _NEWCOMERS_PERCENT // 100
        written = 0
        while self._left > newcomers:
            self._joined(households.move_in(self.registry, self.charts, self._left - newcomers))
            if len(self.everybody) - written > BATCH:
                written = len(self.everybody)
                self._write()
        self._write()

    def visits(self) -> None:
        """The weeks back, the Tuesday, the weeks ahead."""
        pool = Pool(self.everybody, self.setting.providers, self._chance("pool"), self._newcomer)
        share = min(1.0, self.patients / FULL_PRACTICE)
        morning.rooms(self.rows, self.setting)
        casting.play(self.book, self.billing, self.cast)
        histories = Histories(self.book, self.billing, self._chance("histories"))
        histories.of_the_cast(self.cast)
        all_days = days(TODAY - timedelta(DAYS_BACK), TODAY + timedelta(DAYS_AHEAD))
        for number, on in enumerate(day for day in all_days if day != TODAY):
            for visit in weeks.filled(self.book, pool, on, share):
                self._followed(visit, on)
            if number % 10 == 9:
                self._write(DAYS_BACK + number)
        for count in histories.of_others(self.everybody):
            if count % 1_000 == 999:
                self._write(DAYS_BACK + DAYS_AHEAD)
        self.billing.run()
        answers.write(self.rows, claims.write(self.rows, self.setting, self.billing.asked))
        while self._left > 0:
            self._joined(households.move_in(self.registry, self.charts, self._left))
        self._write()
        lengths.learn_all(self.work)
        red_flags.add_starting_script(self.work, "Dr. Lee", SCRIPT_REVIEWED_ON)
        required.add_starting_rules(self.work)

    def done(self) -> Filled:
        """Leave the sequences where the next number is right, and say how much there is."""
        numbers = {
            "chart": max(self.charts.last, ChartNumbers.NEWEST),
            "account": self.registry.account_numbers,
            SERIES: copying.BEFORE - len(releasing.GONE),
            **self.ledger.numbers,
        }
        self.work.session.execute(
            insert(NumberSequence), [{"name": name, "last": last} for name, last in sorted(numbers.items())]
        )
        covering.mark_used(self.work)
        self.work.concerns(*(person.id for person in self.everybody))
        return Filled(len(self.everybody), self.book.count, self.rows.written)

    def _followed(self, visit: Visit, on: date) -> None:
        """What comes with a visit: coverage verified, forms signed, money."""
        person = visit.planned.person
        chance = self.ledger.chance
        if visit.is_done:
            self.billing.follow(Course(visit))
            if chance.random() < 0.6:
                verified(self.rows, self.setting, person, datetime.combine(on, time(8, 12)), on)
        elif TODAY < on <= TODAY + timedelta(7) and chance.random() < 0.85:
            at = datetime.combine(TODAY - timedelta(1), time(16, 40))
            verified(self.rows, self.setting, person, at, on)
        if len(person.busy_on) == 1:
            self._sign(person, on, chance)

    def _sign(self, person: Person, on: date, chance: Random) -> None:
        latest = min(on, TODAY) - timedelta(days=1)
        earliest = max(person.since, latest - timedelta(days=400), self.signatures.since)
        if earliest <= latest and chance.random() < 0.94:
            self.signatures.sign_all(person, earliest + (latest - earliest) * chance.random())

    def _newcomer(self, booked_on: date, provider: str) -> Person | None:
        if self._left <= 0:
            return None
        draft = households.newcomer(self.registry, self.charts, booked_on, provider)
        person = self.registry.register(draft)
        self._joined([person])
        return person

    def _joined(self, people: list[Person]) -> None:
        self.everybody += people
        self._left -= len(people)

    def _write(self, step: int = 0) -> None:
        self.rows.write()
        of = self.patients + DAYS_BACK + DAYS_AHEAD
        self.work.step(min(of, len(self.everybody) + step), of)
