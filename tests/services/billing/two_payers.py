"""Claims under random acts: two payers, takings-back, corrections, and what the payers hold back."""

from datetime import datetime, time

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select

from frontdesk.formats.x12.remittance import PaidClaim, Person, ProviderAdjustment
from frontdesk.kernel.errors import Refused
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.billing.journal import Party
from frontdesk.models.billing.remittances import RemittanceClaim
from frontdesk.services.billing import (
    batches,
    charges,
    claims,
    next_payer,
    remittance_views,
    remittance_voiding,
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
from tests.services.billing.remembered import Asked, Posted

PART = st.integers(0, 100)
DENIED, WANTING, BEFORE = ("CO", "96"), ("CO", "16"), ("OA", "23")


class Claims(Desk):
    """A patient with two insurers, and one with one."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: list[Asked] = []
        self.posted: list[Posted] = []
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
        self._post(claim, told, plb=min(kept_back, told.paid_cents + stranger), stranger=stranger)

    @rule(pick=PICK)
    @precondition(lambda self: self.out())
    def payer_denies(self, pick: int) -> None:
        claim = self.out()[pick % len(self.out())]
        reasons: list[Reasons] = [[(DENIED, self.price[line])] for line in claim.lines]
        self._post(claim, answer(self.office, claim.claim_id, *reasons, status="4"))

    @rule(pick=PICK, contract=PART, share=PART, corrected=st.booleans())
    @precondition(lambda self: self.answered())
    def payer_takes_back(self, pick: int, contract: int, share: int, corrected: bool) -> None:
        claim = self.answered()[pick % len(self.answered())]
        back = claim.standing[-1]
        self._take_back(claim, back)
        told = self._told(claim, contract, share, 0, "1") if corrected else None
        # A check is never below zero: what is missing is carried into the next one (PLB FB).
        rest = (told.paid_cents if told else 0) - back[0].paid_cents
        self._post(claim, told, back=back, plb=min(0, rest))

    @rule(pick=PICK)
    @precondition(lambda self: self.answered())
    def answer_is_taken_off_its_claim(self, pick: int) -> None:
        claim = self.answered()[pick % len(self.answered())]
        told, facts = claim.standing[-1]
        if not told.paid_cents:
            return
        posted = next(each for each in self.posted if each.facts == (told, facts))
        self.office.do(
            taking_off.take_off,
            remittance_claim_id=self._decision_of(posted),
            reason="Not of it",
            claim_id=None,
        )
        self._take_back(claim, (told, facts))
        posted.apart = (*posted.apart, -told.paid_cents)
        posted.own.append(self._on_account(claim, -told.paid_cents))
        posted.told = posted.facts = None
        self._stands(claim)
        self.naive.apply_held(claim.account, self.posting_day)

    @rule(pick=PICK, again=st.booleans())
    @precondition(lambda self: any(each.stands for each in self.posted))
    def remittance_is_voided(self, pick: int, again: bool) -> None:
        standing = [each for each in self.posted if each.stands]
        posted = standing[pick % len(standing)]
        claim = posted.claim
        before = self.office.ask(remittance_voiding.outlook, remittance_id=posted.id)
        if before.why_not:
            with pytest.raises(Refused):
                self.office.do(remittance_voiding.void, remittance_id=posted.id, reason="Twice")
            return
        self.office.do(remittance_voiding.void, remittance_id=posted.id, reason="Wrong deposit")
        posted.stands = False
        self.naive.take_back(posted.own)
        if posted.back is not None:
            for fact in posted.back[1]:
                fact.stands = True
            claim.standing.append(posted.back)
        if posted.facts is not None:
            self._take_back(claim, posted.facts)
        self._free(claim)
        self._stands(claim)
        self.naive.apply_held(claim.account, self.posting_day)
        if again:
            self.office.do(remittances.post, remittance_id=posted.id)
            posted.stands = True
            if posted.back is not None:
                self._take_back(claim, posted.back)
            self._has_done(posted)

    # -- how ------------------------------------------------------------------

    def _decision_of(self, posted: Posted) -> int:
        """The answer of a remittance that decides on its claim."""
        answer = RemittanceClaim
        with at_work(self.office) as work:
            return work.session.scalars(
                select(answer.id).where(
                    answer.remittance_id == posted.id,
                    answer.claim_id == posted.claim.claim_id,
                    answer.status != "22",
                )
            ).one()

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

    def _post(
        self,
        claim: Asked,
        told: PaidClaim | None,
        *,
        back: tuple[PaidClaim, list[Fact]] | None = None,
        plb: int = 0,
        stranger: int = 0,
    ) -> None:
        """The payer's file comes and is posted; the rest is on its own account."""
        self.answers += 1
        said = [*([mirrored(back[0])] if back else []), *([told] if told else [])]
        if stranger:
            line = paid_line(1, "99499", stranger)
            said.append(paid_claim("77-1", (line,), Person("NOBODY", "ANN")))
        adjustment = ProviderAdjustment("1234567893", AT.date(), "FB" if plb < 0 else "WO", "3102", plb)
        remittance = received(
            self.office, *said, plb=(adjustment,) if plb else (), trace=f"T{self.answers:06}"
        )
        for row in self.office.ask(remittance_views.sheet, remittance_id=remittance).answers:
            if row.state is AnswerState.NO_MATCH:
                self.office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
        self.office.do(remittances.post, remittance_id=remittance)
        posted = Posted(remittance, claim, back, told, tuple(cents for cents in (plb, -stranger) if cents))
        self.posted.append(posted)
        self._has_done(posted)

    def _has_done(self, posted: Posted) -> None:
        """What a remittance does to the naive ledger, and to its claim."""
        claim = posted.claim
        posted.own = [self._on_account(claim, cents) for cents in posted.apart]
        if posted.back is not None:
            claim.is_denied, claim.is_out = False, not claim.is_replaced
        posted.facts = None
        if posted.told is not None and posted.told.status == "4":
            claim.is_out, claim.is_denied = False, not claim.is_replaced
        elif posted.told is not None:
            self._answered(claim, posted.told)
            posted.facts = next((each for each in claim.standing[-1:] if each[0] is posted.told), None)
        self.naive.apply_held(claim.account, self.posting_day)

    def _take_back(self, claim: Asked, answer: tuple[PaidClaim, list[Fact]]) -> None:
        claim.standing = [each for each in claim.standing if each[1] is not answer[1]]
        self.naive.take_back(answer[1])
        self._free(claim)

    def _free(self, claim: Asked) -> None:
        for line in claim.lines:
            self.naive.free_overpaid(line, self.posting_day)

    def _on_account(self, claim: Asked, cents: int) -> Fact:
        return self.naive.note(NOBODY, (0, claim.payer), cents, self.posting_day, payer=claim.payer)

    def _stands(self, claim: Asked) -> None:
        """Where a claim stands by the last word on it that is left."""
        left = [each for each in self.posted if each.stands and each.claim is claim]
        words = ["22" if each.told is None else each.told.status for each in left if each.told or each.back]
        last = words[-1] if words else "22"
        claim.is_out = last == "22" and not claim.is_replaced
        claim.is_denied = last == "4" and not claim.is_replaced

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
