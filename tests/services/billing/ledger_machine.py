"""An office under random acts: a fresh copy for each run, and the equations that hold after each act."""

import shutil
import tempfile
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from frontdesk.kernel.clock import SetClock
from frontdesk.services.billing import aging, balances, counting, day_close, drawers, explain, journal
from frontdesk.services.billing.counting import Count
from frontdesk.services.database import Database
from tests.builders.billing import below
from tests.conftest import TUESDAY
from tests.office import KEY, Office
from tests.services.billing.explained import everything_is_explained
from tests.services.billing.naive_ledger import NOBODY, Naive


class Machine(RuleBasedStateMachine):
    """An office of its own, and a naive ledger beside it."""

    template: Path
    made: dict[str, object]
    accounts: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = SetClock(TUESDAY)
        self.office = Office(self.opened(), self.clock)
        self.office.made = dict(self.made)
        self.naive = Naive()
        self.accounts = []

    def opened(self) -> Database:
        """A copy of the office that was made for all runs."""
        path = Path(self.folder.name) / "office.db"
        shutil.copy(self.template, path)
        return Database.open_file(path, KEY, station="Front desk 2", clock=self.clock)

    def teardown(self) -> None:
        if self.accounts:
            everything_is_explained(self.office, self.accounts, self.posting_day)
        self.office.database.close()
        self.folder.cleanup()

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(ZoneInfo("America/Los_Angeles")).date()

    @property
    def posting_day(self) -> date:
        """The day that the ledger is at: tomorrow once today is closed."""
        return below(self.office, journal.open_day)

    @rule(days=st.integers(0, 40))
    def day_is_closed(self, days: int) -> None:
        if below(self.office, journal.open_day) <= self.today:
            for drawer in self.office.ask(drawers.drawers):
                count = Count(drawer.id, self.today, (), 0, 0, "Counted by a test")
                if below(self.office, drawers.open_day, drawer.id) <= self.today:
                    self.office.do(counting.count, count=count)
            before = self.office.ask(day_close.roll_forward, on=self.today)
            self.office.do(day_close.close, on=self.today)
            after = self.office.ask(day_close.roll_forward, on=self.today)
            assert (after.opening_cents, after.closing_cents) == (before.opening_cents, before.closing_cents)
        self.clock.advance(days=max(1, days))

    def agree(self) -> None:
        """Both ledgers, to the cent, and the four equations."""
        total = -self.naive.balance(NOBODY)[2]
        for account in self.accounts:
            balance = self.office.ask(balances.of_account, account_id=account)
            assert (balance.payer_cents, balance.patient_cents, balance.credit_cents) == (
                self.naive.balance(account)
            )
            lines = self.office.ask(balances.lines_of_account, account_id=account)
            assert sum(line.open_cents for line in lines) - balance.credit_cents == balance.total_cents
            told = self.office.ask(explain.account, account_id=account)
            assert sum(sentence.amount_cents for sentence in told.sentences) == balance.total_cents
            total += balance.total_cents
        receivable = self.office.ask(balances.receivable)
        assert receivable == total
        rolled = self.office.ask(day_close.roll_forward, on=self.posting_day)
        assert rolled.closing_cents == receivable
        self._aging_agrees(receivable)

    def _aging_agrees(self, receivable: int) -> None:
        seen = self.office.ask(aging.aging, on=self.posting_day)
        assert seen.total == receivable
        insurers = {fact.payer for fact in self.naive.facts if fact.payer}
        for side, owners in ((seen.payer, insurers), (seen.patient, {0})):
            aged = [self.naive.aged(self.posting_day, payer=owner) for owner in owners]
            assert (side.to_30, side.to_60, side.to_90, side.over_90, side.credit) == tuple(
                sum(column) for column in zip((0,) * 5, *aged, strict=True)
            )
