"""Some hundred answers of a remittance with all that posting them rests on, read as plain values."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.billing.remittances import (
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    Treatment,
    Verdict,
)
from frontdesk.services.billing import next_payer
from frontdesk.services.billing.claim_steps import DECIDED
from frontdesk.services.billing.remittance_entries import OurLine, TheirAdjustment, TheirLine
from frontdesk.services.work import Work

SETTLED = (*DECIDED, ClaimState.APPEALED, ClaimState.CORRECTED, ClaimState.VOID, ClaimState.CLOSED)
"""States of a claim of which a payer may have settled something."""

_AT_ONCE = 400


class Answer(NamedTuple):
    """What a payer answered on one claim, in the order of the columns that `_ANSWER` asks for."""

    id: int
    place: int
    claim_number: str
    status: str
    charge_cents: int
    paid_cents: int
    payer_control_number: str
    claim_id: int | None
    is_unapplied: bool
    decided: Verdict | None
    remarks: str
    forwarded_to: str


class OurClaim(NamedTuple):
    """The claim it is about, as far as an answer moves it."""

    id: int
    version: int
    number: str
    patient_id: int
    payer_id: int
    follows_id: int | None
    state: ClaimState
    state_since_at: datetime
    payer_control_number: str
    problem_code: str
    problem: str
    problem_count: int


_ANSWER = select(*(getattr(RemittanceClaim, name) for name in Answer._fields))
_CLAIM = select(*(getattr(Claim, name) for name in OurClaim._fields))


def answers_of(work: Work, remittance_id: int) -> Iterator[list[Answer]]:
    """The answers of a remittance in the payer's order, some hundred at a time: a file may hold any."""
    after = 0
    own = _ANSWER.where(RemittanceClaim.remittance_id == remittance_id)
    while some := _read(work, own.where(RemittanceClaim.place > after).limit(_AT_ONCE)):
        yield some
        after = some[-1].place


def unapplied_of(work: Work, remittance_id: int) -> Iterator[list[Answer]]:
    """Those whose money waits for its claim on the payer's account, some hundred at a time."""
    after = 0
    own = _ANSWER.where(
        RemittanceClaim.remittance_id == remittance_id,
        RemittanceClaim.is_unapplied,
        RemittanceClaim.paid_cents != 0,
    )
    while some := _read(work, own.where(RemittanceClaim.place > after).limit(_AT_ONCE)):
        yield some
        after = some[-1].place


def answers_named(work: Work, ids: Sequence[int]) -> list[Answer]:
    """Some answers, in the payer's order."""
    return _read(work, _ANSWER.where(RemittanceClaim.id.in_(ids)))


def rows_of(
    work: Work, remittance_id: int, *which: ColumnElement[bool]
) -> Iterator[Sequence[RemittanceClaim]]:
    """As `answers_of`, to be looked at as they are kept, and changed."""
    after, row = 0, RemittanceClaim
    own = select(row).where(row.remittance_id == remittance_id, *which).order_by(row.place).limit(_AT_ONCE)
    while some := work.session.scalars(own.where(row.place > after)).all():
        yield some
        after = some[-1].place
        work.flush()  # what was changed needs no keeping


def without_claim(work: Work, remittance_id: int) -> tuple[int, int]:
    """How many answers stand in the way of posting, having no claim and not kept apart; what they paid."""
    row = RemittanceClaim
    count, cents = work.session.execute(
        select(func.count(), func.coalesce(func.sum(row.paid_cents), 0)).where(
            row.remittance_id == remittance_id, row.claim_id.is_(None), row.is_unapplied.is_(False)
        )
    ).one()
    return count, int(cents)


class Chunk:
    """Answers that have a claim, the claims, both sides' lines, the reasons: a fixed number of statements."""

    def __init__(self, work: Work, answers: Sequence[Answer]) -> None:
        self.answers = [answer for answer in answers if answer.claim_id is not None]
        self._work = work
        self._owed: dict[int, dict[int, int]] | None = None
        self._times = Counter(answer.claim_id for answer in self.answers)
        ids = [answer.id for answer in self.answers]
        claim_ids = sorted({answer.claim_id for answer in self.answers if answer.claim_id is not None})
        claims = map(OurClaim._make, work.session.execute(_CLAIM.where(Claim.id.in_(claim_ids))))
        self.claims = {claim.id: claim for claim in claims}
        self.after = next_payer.next_of(work, claim_ids)
        """By claim: who is asked for what its payer leaves to the patient."""
        self.accounts: set[int] = set()
        self.ours: defaultdict[int, list[OurLine]] = defaultdict(list)
        """By claim."""
        self.theirs: defaultdict[int, list[TheirLine]] = defaultdict(list)
        """By answer, as are the reasons."""
        self.reasons: defaultdict[int, list[TheirAdjustment]] = defaultdict(list)
        self._read_ours(claim_ids)
        self._read_theirs(ids)

    def claim_of(self, answer: Answer) -> OurClaim:
        assert answer.claim_id is not None
        return self.claims[answer.claim_id]

    def is_answered(self, claim: OurClaim) -> bool:
        """Whether a payer settled something of it before, or does so twice in this remittance."""
        is_settled = claim.state in SETTLED or self._times[claim.id] > 1
        return is_settled or claim.follows_id is not None

    def owed_on(self, claim: OurClaim) -> dict[int, int]:
        """What the payer of an answered claim owes on each of its lines, in cents, by all in the ledger."""
        if self._owed is None:
            self._owed = {}
            later = [each.id for each in self.claims.values() if self.is_answered(each)]
            for (claim_id, line_id), cents in next_payer.open_lines(self._work, later).items():
                self._owed.setdefault(claim_id, {})[line_id] = cents
        return self._owed.get(claim.id, {})

    def ledger_changed(self) -> None:
        """What was owed before is no longer so."""
        self._owed = None

    def _read_ours(self, claim_ids: Sequence[int]) -> None:
        own, charge = ClaimLine, ChargeLine
        for claim_id, account_id, id, code, modifiers, cents, number in self._work.session.execute(
            select(
                own.claim_id,
                charge.account_id,
                charge.id,
                charge.code,
                charge.modifiers,
                charge.amount_cents,
                own.control_number,
            )
            .join(charge, own.charge_line_id == charge.id)
            .where(own.claim_id.in_(claim_ids))
            .order_by(own.claim_id, own.place)
        ):
            self.accounts.add(account_id)
            self.ours[claim_id].append(OurLine(id, code, modifiers, cents, number))

    def _read_theirs(self, ids: Sequence[int]) -> None:
        told, why = RemittanceLine, RemittanceAdjustment
        billed = func.coalesce(func.nullif(told.submitted_code, ""), told.code)
        for answer_id, place, code, modifiers, charged, paid, number in self._work.session.execute(
            select(
                told.remittance_claim_id,
                told.place,
                billed,
                told.modifiers,
                told.charge_cents,
                told.paid_cents,
                told.control_number,
            )
            .where(told.remittance_claim_id.in_(ids))
            .order_by(told.remittance_claim_id, told.place)
        ):
            self.theirs[answer_id].append(TheirLine(place, code, modifiers, charged, paid, number))
        for answer_id, place, group, reason, cents, off, treatment in self._work.session.execute(
            select(
                why.remittance_claim_id,
                why.line,
                why.group_code,
                why.reason_code,
                why.amount_cents,
                why.written_off_cents,
                why.treatment,
            )
            .where(why.remittance_claim_id.in_(ids))
            .order_by(why.id)
        ):
            parts = ((off, Treatment.WRITE_OFF), (cents - off, treatment)) if off else ((cents, treatment),)
            self.reasons[answer_id] += [TheirAdjustment(place, group, reason, *part) for part in parts]


def _read(work: Work, wanted: Select[tuple[object, ...]]) -> list[Answer]:
    return [Answer._make(row) for row in work.session.execute(wanted.order_by(RemittanceClaim.place))]
