"""Claims under random acts: two payers, takings-back, corrections, and what the payers hold back."""

from dataclasses import dataclass, field
from datetime import datetime, time

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select

from frontdesk.formats.x12.remittance import PaidClaim, Person, ProviderAdjustment
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.billing.journal import Party
from frontdesk.models.billing.remittances import RemittanceClaim
from frontdesk.services.billing import (
    batches,
    charges,
    claims,
    next_payer,
    remittance_posting,
    remittance_views,
    remittances,
    taking_off,
)
from frontdesk.services.billing.remittance_views import AnswerState
from frontdesk.services.billing.sheet import Ticked
from frontdesk.services.registration import accounts
from tests.builders.billing import PRICES, at_work
from tests.builders.claims import sent
from tests.builders.payer import (
    AT,
    CONTRACT,
    DEDUCTIBLE,
    Reasons,
    answer,
    mirrored,
    paid_claim,
    paid_line,
    received,
)
from tests.services.billing.desk_acts import PICK, Desk
from tests.services.billing.naive_ledger import NOBODY, Fact

PART = st.integers(0, 100)
DENIED, WANTING, BEFORE = ("CO", "96"), ("CO", "16"), ("OA", "23")


@dataclass(eq=False)
class Asked:
    """A claim, as a child would remember it."""

    claim_id: int
    account: int
    lines: list[int]
    payer: int
    then: int | None
    """The payer after this one."""
    is_first: bool
    is_out: bool = True
    is_denied: bool = False
    is_replaced: bool = False
    was_passed_on: bool = False
    standing: list[tuple[PaidClaim, list[Fact]]] = field(default_factory=list)
    """Answers that were posted and not taken back."""


class Claims(Desk):
    """A patient with two insurers, and one with one."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: list[Asked] = []
        self.price: dict[int, int] = {}
        self.answers = 0

    @initialize()
    def households(self) -> None:
        self.people = [int(str(self.made[name])) for name in ("twice", "once")]
        self.first_payer, self.second_payer = (self.office.made[f"payer:{n}"] for n in ("BCBS", "Kaiser"))
        found = [self.office.ask(accounts.account_of, patient_id=person) for person in self.people]
        self.accounts = [account.id for account in found if account is not None]

    def out(self) -> list[Asked]:
        """What lies with a payer."""
        return [claim for claim in self.claims if claim.is_out]

    def decided(self) -> list[Asked]:
        """What may be corrected: a claim that follows another waits until that one is decided."""
        asked_first = [claim.lines for claim in self.out() if claim.is_first]
        done = [claim for claim in self.claims if not claim.is_out and not claim.is_replaced]
        return [claim for claim in done if claim.is_first or claim.lines not in asked_first]

    def answered(self) -> list[Asked]:
        """What a payer could take back."""
        return [claim for claim in self.claims if claim.standing]

    def unwanted(self) -> list[Asked]:
        """Denied by the first payer; nobody has asked the second."""
        return [c for c in self.claims if c.is_denied and c.then is not None and not c.was_passed_on]

    # -- the office -----------------------------------------------------------

    @rule(
        who=st.integers(0, 1),
        codes=st.lists(st.sampled_from(sorted(PRICES)), min_size=1, max_size=2, unique=True),
    )
    def visit_is_billed(self, who: int, codes: list[str]) -> None:
        self.clock.advance(days=1)  # the same service twice on a day is stopped
        noon = datetime.combine(self.today, time(12))
        self.office.made["next_start"] = noon
        beside = ("25",) if "20610" in codes else ()  # a visit beside a procedure says that it was more
        ticked = [Ticked(code, modifiers=beside if code.startswith("99") else ()) for code in codes]
        claim_id = sent(self.office, self.people[who], *ticked)
        account = self.accounts[who]
        with at_work(self.office) as work:
            visit = work.get(Claim, claim_id).appointment_id
            lines = work.session.scalars(
                select(ClaimLine.charge_line_id)
                .where(ClaimLine.claim_id == claim_id)
                .order_by(ClaimLine.place)
            ).all()
        self.visits.append((who, visit))
        for line, code in zip(lines, codes, strict=True):
            self.price[line] = PRICES[code]
            self.naive.charge(account, visit, line, PRICES[code], self.today, payer=self.first_payer)
        self.naive.apply_held(account, self.posting_day)
        then = self.second_payer if who == 0 else None
        self.claims.append(Asked(claim_id, account, list(lines), self.first_payer, then, is_first=True))

    @rule(pick=PICK)
    @precondition(lambda self: self.decided())
    def claim_is_corrected(self, pick: int) -> None:
        old = self.decided()[pick % len(self.decided())]
        made = self.office.do(claims.correct, claim_id=old.claim_id, reason="Wrong modifier")
        new = Asked(made, old.account, old.lines, old.payer, old.then, is_first=old.is_first)
        new.was_passed_on, old.was_passed_on = old.was_passed_on, False
        old.is_first, old.is_denied, old.is_replaced = True, False, True
        self.claims.append(new)
        self._send(made)

    @rule(pick=PICK)
    @precondition(lambda self: self.unwanted())
    def denied_claim_goes_to_the_next_payer(self, pick: int) -> None:
        claim = self.unwanted()[pick % len(self.unwanted())]
        owed = {line: self.naive.at(line, payer=claim.payer) for line in claim.lines}
        if not any(cents > 0 for cents in owed.values()):
            return
        self.office.do(next_payer.bill, claim_id=claim.claim_id, reason="Not covered by the first plan")
        assert claim.then is not None
        for line, cents in owed.items():
            if cents > 0:
                self._note(claim, line, -cents, claim.payer)
                self._note(claim, line, cents, claim.then)
        self._follow(claim)

    @rule(part=PART, pick=PICK, to_patient=st.booleans())
    def office_gives_up_or_moves_an_insurers_part(self, part: int, pick: int, to_patient: bool) -> None:
        owing = [line for line in self.naive.visit_of if self._owes_most(line)[1] > 0]
        if not owing:
            return
        line = owing[pick % len(owing)]
        payer, owed = self._owes_most(line)
        cents, account = max(1, owed * part // 100), self.naive.account_of[line]
        if to_patient:
            self.office.do(
                charges.transfer,
                charge_line_id=line,
                to=Party.PATIENT,
                amount_cents=cents,
                reason="Not covered",
            )
            self.naive.note(account, line, cents, self.posting_day)
        else:
            self.office.do(
                charges.write_off,
                charge_line_id=line,
                responsible=Party.PAYER,
                amount_cents=cents,
                reason="Late",
            )
        self.naive.note(account, line, -cents, self.posting_day, payer=payer)
        self.naive.apply_held(account, self.posting_day)

    # -- the payers -----------------------------------------------------------

    @rule(
        pick=PICK,
        contract=PART,
        share=PART,
        wanting=st.sampled_from((0, 0, 0, 20)),
        status=st.sampled_from(("1", "1", "19")),
        kept_back=st.integers(-2000, 3000),
        stranger=st.sampled_from((0, 0, 4500)),
    )
    @precondition(lambda self: self.out())
    def payer_answers(
        self, pick: int, contract: int, share: int, wanting: int, status: str, kept_back: int, stranger: int
    ) -> None:
        claim = self.out()[pick % len(self.out())]
        told = self._told(claim, contract, share, wanting, status)
        self._post(claim, [told], min(kept_back, told.paid_cents + stranger), stranger)
        self._answered(claim, told)
        self.naive.apply_held(claim.account, self.posting_day)

    @rule(pick=PICK)
    @precondition(lambda self: self.out())
    def payer_denies(self, pick: int) -> None:
        claim = self.out()[pick % len(self.out())]
        reasons: list[Reasons] = [[(DENIED, self.price[line])] for line in claim.lines]
        self._post(claim, [answer(self.office, claim.claim_id, *reasons, status="4")])
        claim.is_out, claim.is_denied = False, True

    @rule(pick=PICK, contract=PART, share=PART, corrected=st.booleans())
    @precondition(lambda self: self.answered())
    def payer_takes_back(self, pick: int, contract: int, share: int, corrected: bool) -> None:
        claim = self.answered()[pick % len(self.answered())]
        told, facts = claim.standing.pop()
        self.naive.take_back(facts)
        for line in claim.lines:
            self.naive.free_overpaid(line, self.posting_day)
        said = [mirrored(told), *([self._told(claim, contract, share, 0, "1")] if corrected else [])]
        # A check is never below zero: what is missing is carried into the next one (PLB FB).
        self._post(claim, said, min(0, sum(each.paid_cents for each in said)))
        claim.is_denied = False
        claim.is_out = not claim.is_replaced
        if corrected:
            self._answered(claim, said[1])
        self.naive.apply_held(claim.account, self.posting_day)

    @rule(pick=PICK)
    @precondition(lambda self: self.answered())
    def answer_is_taken_off_its_claim(self, pick: int) -> None:
        claim = self.answered()[pick % len(self.answered())]
        if not claim.standing[-1][0].paid_cents:
            return
        told, facts = claim.standing.pop()
        self.office.do(
            taking_off.take_off,
            remittance_claim_id=self._posted_last(claim),
            reason="Not of it",
            claim_id=None,
        )
        self.naive.take_back(facts)
        for line in claim.lines:
            self.naive.free_overpaid(line, self.posting_day)
        owner = (0, claim.payer)
        self.naive.note(NOBODY, owner, -told.paid_cents, self.posting_day, payer=claim.payer)
        claim.is_denied = False
        claim.is_out = not claim.is_replaced and not claim.standing
        self.naive.apply_held(claim.account, self.posting_day)

    # -- how ------------------------------------------------------------------

    def _posted_last(self, claim: Asked) -> int:
        """The newest answer that stands on a claim."""
        with at_work(self.office) as work:
            answers = work.session.scalars(
                select(RemittanceClaim.id)
                .where(RemittanceClaim.claim_id == claim.claim_id, RemittanceClaim.status != "22")
                .order_by(RemittanceClaim.id.desc())
            ).all()
            return next(each for each in answers if remittance_posting.standing_of(work, each))

    def _told(self, claim: Asked, contract: int, share: int, wanting: int, status: str) -> PaidClaim:
        """The payer's answer: parts of what is asked of it go to the contract, the patient, a question."""
        reasons: list[Reasons] = []
        for line in claim.lines:
            price = self.price[line]
            asked = price if claim.is_first else min(price, max(0, self.naive.at(line, payer=claim.payer)))
            whole = max(contract + share + wanting, 100)
            parts = [asked * part // whole for part in (contract, share, wanting)]
            told = zip((BEFORE, CONTRACT, DEDUCTIBLE, WANTING), (price - asked, *parts), strict=True)
            reasons.append([(why, cents) for why, cents in told if cents])
        return answer(self.office, claim.claim_id, *reasons, status=status)

    def _post(self, claim: Asked, said: list[PaidClaim], plb: int = 0, stranger: int = 0) -> None:
        """The payer's file comes and is posted; the rest is on its own account."""
        self.answers += 1
        if stranger:
            line = paid_line(1, "99499", stranger)
            said = [*said, paid_claim("77-1", (line,), Person("NOBODY", "ANN"))]
        adjustment = ProviderAdjustment("1234567893", AT.date(), "FB" if plb < 0 else "WO", "3102", plb)
        remittance = received(
            self.office, *said, plb=(adjustment,) if plb else (), trace=f"T{self.answers:06}"
        )
        for row in self.office.ask(remittance_views.sheet, remittance_id=remittance).answers:
            if row.state is AnswerState.NO_MATCH:
                self.office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
        self.office.do(remittances.post, remittance_id=remittance)
        for cents in (plb, -stranger):
            if cents:
                self.naive.note(NOBODY, (0, claim.payer), cents, self.posting_day, payer=claim.payer)

    def _answered(self, claim: Asked, told: PaidClaim) -> None:
        """What the answer does to the naive ledger, and to the claim."""
        facts: list[Fact] = []
        left_to_patient = in_question = 0
        for line, said in zip(claim.lines, told.lines, strict=True):
            why = {adjustment.code: adjustment.amount_cents for adjustment in said.adjustments}
            share, contract = why.get("PR-1", 0), why.get("CO-45", 0)
            if not claim.is_first:
                room = self.naive.at(line, payer=claim.payer) - said.paid_cents - share
                contract = min(contract, max(0, room))
            facts += [
                self._note(claim, line, -cents, claim.payer)
                for cents in (said.paid_cents, contract, share)
                if cents
            ]
            if share:
                facts.append(self._note(claim, line, share, claim.then or 0))
            left_to_patient += share
            in_question += why.get("CO-16", 0)
        if facts:
            claim.standing.append((told, facts))
        claim.is_out = False
        claim.is_denied = bool(in_question) and not told.paid_cents and not claim.is_replaced
        if left_to_patient and claim.then and not claim.is_denied and not claim.is_replaced:
            self._follow(claim)

    def _follow(self, claim: Asked) -> None:
        """The office has made the claim to the next payer, once."""
        if claim.was_passed_on or claim.then is None:
            return
        with at_work(self.office) as work:
            made = work.session.scalars(select(Claim.id).where(Claim.follows_id == claim.claim_id)).one()
        claim.was_passed_on = True
        self._send(made)
        self.claims.append(Asked(made, claim.account, claim.lines, claim.then, None, is_first=False))

    def _send(self, claim_id: int) -> None:
        with at_work(self.office) as work:
            state = work.get(Claim, claim_id).state
        if state is not ClaimState.SENT:  # else its payer's predecessor has forwarded it
            (batch,) = self.office.do(batches.build, claim_ids=(claim_id,)).batch_ids
            self.office.do(batches.mark_sent, batch_id=batch)

    def _owes_most(self, line: int) -> tuple[int, int]:
        """The insurer that owes most on a line, and how much."""
        owed = {payer: self.naive.at(line, payer=payer) for payer in (self.first_payer, self.second_payer)}
        payer = max(sorted(owed), key=lambda each: owed[each])
        return payer, owed[payer]

    def _note(self, claim: Asked, line: int, cents: int, owes: int) -> Fact:
        return self.naive.note(claim.account, line, cents, self.posting_day, payer=owes)
