"""What the office does by hand on the ledgers of two households, in any order."""

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.journal import JournalEntry, Party
from frontdesk.services.billing import account_transfers, charges, payments
from tests.builders.billing import at_work
from tests.services.billing.desk_acts import PART, PICK, Desk
from tests.services.billing.naive_ledger import Fact


@dataclass(frozen=True)
class Move:
    """One of the acts that may be taken back while nothing was done with what was moved."""

    facts: list[Fact]
    line: int = 0
    """The line there; 0 for a credit."""
    origin: int = 0
    receipt: int = 0


class Households(Desk):
    """Two households that owe and pay for each other."""

    def __init__(self) -> None:
        super().__init__()
        self.moves: dict[int, Move] = {}
        self.first: dict[int, list[Fact]] = {}
        """The charge of each line that may be voided."""

    def moved_from(self) -> set[int]:
        """Lines of which another household has a part: they are not voided."""
        return {move.origin for move in self.moves.values() if move.origin}

    def other(self, account: int) -> int:
        return self.accounts[1 - self.accounts.index(account)]

    @rule(cents=st.integers(1, 20000), who=st.integers(0, 1))
    def fee_is_added(self, cents: int, who: int) -> None:
        line = self.office.do(
            charges.add_fee, patient_id=self.people[who], label="Copies", amount_cents=cents, on=self.today
        )
        fact = self.naive.charge(self.accounts[who], 0, line, cents, self.today, payer=0)
        self.first[line] = [fact]

    @rule(part=PART, pick=PICK, to_patient=st.booleans())
    def another_side_owes(self, part: int, pick: int, to_patient: bool) -> None:
        insured = [line for line in self.lines(payer=int(to_patient)) if self.naive.visit_of[line]]
        owing = [line for line in insured if self.naive.account_of[line] == self.accounts[0]]
        if not owing:
            return
        line = owing[pick % len(owing)]
        cents = max(1, self.naive.at(line, payer=int(to_patient)) * part // 100)
        to = Party.PATIENT if to_patient else Party.PAYER
        self.office.do(charges.transfer, charge_line_id=line, to=to, amount_cents=cents, reason="By hand")
        account, on = self.naive.account_of[line], self.posting_day
        leaves = self.naive.note(account, line, -cents, on, payer=int(to_patient))
        arrives = self.naive.note(account, line, cents, on, payer=int(not to_patient))
        self.own.append((line, [leaves, arrives]))
        if to_patient:
            self.naive.apply_held(account, on)

    @rule(part=PART, pick=PICK, which=PICK)
    @precondition(lambda self: self.lines())
    def a_certain_credit_is_put_on_a_line(self, part: int, pick: int, which: int) -> None:
        line = self.lines()[pick % len(self.lines())]
        found = list(self.naive.credits(self.naive.account_of[line]).items())
        if not found:
            return
        (receipt, _), left = found[which % len(found)]
        cents = min(left, max(1, self.naive.at(line) * part // 100))
        self.office.do(payments.apply_credit, receipt_id=receipt, charge_line_id=line, amount_cents=cents)
        place = next(place for place, most in found if place[0] == receipt and most >= cents)
        self.naive.apply(place, line, cents, self.posting_day)

    @rule(part=PART, pick=PICK)
    @precondition(lambda self: self.lines())
    def debt_goes_to_the_other_household(self, part: int, pick: int) -> None:
        line = self.lines()[pick % len(self.lines())]
        if line in self.planned:
            return
        here = self.naive.account_of[line]
        cents = max(1, self.naive.at(line) * part // 100)
        posting = self.office.do(
            account_transfers.move_line,
            charge_line_id=line,
            to_account_id=self.other(here),
            amount_cents=cents,
            reason="The other one pays",
        )
        with at_work(self.office) as work:
            arrived = (JournalEntry.posting_id == posting, JournalEntry.amount_cents > 0)
            there = work.session.scalars(select(JournalEntry.charge_line_id).where(*arrived)).first() or 0
        facts = [
            self.naive.note(self.other(here), there, part_cents, since)
            for part_cents, since in self.naive.oldest(line, cents)
        ]
        facts.append(self.naive.note(here, line, -cents, self.posting_day))
        self.naive.account_of[there], self.naive.visit_of[there] = self.other(here), 0
        self.moves[posting] = Move(facts, there, line)

    @rule(part=PART, pick=PICK)
    def credit_goes_to_the_other_household(self, part: int, pick: int) -> None:
        found = [
            (account, place, cents)
            for account in self.accounts
            for place, cents in self.naive.credits(account).items()
        ]
        if not found:
            return
        here, place, left = found[pick % len(found)]
        cents = max(1, left * part // 100)
        posting = self.office.do(
            account_transfers.move_credit,
            receipt_id=place[0],
            account_id=here,
            appointment_id=place[1],
            to_account_id=self.other(here),
            amount_cents=cents,
            reason="It was the other one's",
        )
        on = self.posting_day
        facts = [
            self.naive.note(here, place, cents, on),
            self.naive.note(self.other(here), place, -cents, on),
        ]
        self.moves[posting] = Move(facts, receipt=place[0])
        self.naive.apply_held(self.other(here), on)

    @rule(pick=PICK)
    @precondition(lambda self: self.moves)
    def what_was_moved_comes_back(self, pick: int) -> None:
        posting = list(self.moves)[pick % len(self.moves)]
        move = self.moves[posting]
        if self._is_as_it_came(move):
            self.office.do(account_transfers.take_back, posting_id=posting, reason="As before")
            self._forget(posting)
            return
        try:
            self.office.do(account_transfers.take_back, posting_id=posting, reason="As before")
        except Refused:
            return
        raise AssertionError("it was used there, and came back all the same")

    def receipt_ends(self, receipt: int) -> None:
        """A voided receipt's money is nowhere any more."""
        for posting in [each for each, move in self.moves.items() if move.receipt == receipt]:
            self._forget(posting)

    def _is_as_it_came(self, move: Move) -> bool:
        if move.line:
            theirs = [fact for fact in self.naive.facts if fact.place == move.line and fact.stands]
            return move.line not in self.planned and all(fact in move.facts for fact in theirs)
        there = move.facts[-1]
        left = self.naive.credits(there.account).get(_tuple(there.place), 0)
        return left >= -there.cents

    def _forget(self, posting: int) -> None:
        move = self.moves.pop(posting)
        self.naive.take_back(move.facts)
        if move.line:
            del self.naive.visit_of[move.line]


def _tuple(place: int | tuple[int, int | None]) -> tuple[int, int | None]:
    assert isinstance(place, tuple)
    return place
