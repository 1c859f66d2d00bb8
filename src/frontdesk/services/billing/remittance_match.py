"""Ties a payer's answer to our claim, and says how sure that is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select

from frontdesk.formats.x12.remittance import ClaimStatus, PaidClaim
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.billing.remittances import MatchBasis
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.patient import Patient
from frontdesk.services.billing.claim_steps import SAID
from frontdesk.services.work import Work

_NEVER_SENT = (
    ClaimState.DRAFT,
    ClaimState.FAILED,
    ClaimState.READY,
    ClaimState.HELD,
    ClaimState.VOID,
)
_DIGITS = 7
"""Two of the year, five of the claim."""
_NO_NUMBER = ("", "0")


@dataclass(frozen=True, slots=True)
class Answer:
    """What identifies a claim in a remittance."""

    claim_number: str
    last: str
    first: str
    member_ids: tuple[str, ...]
    served_on: date | None
    charge_cents: int
    line_numbers: tuple[str, ...] = ()
    below_zero_cents: int = 0
    """The charge as the payer says it, where it is negative and no reversal."""


class Known(NamedTuple):
    """What identifies a claim of ours, in the order in which `_known` asks for it."""

    claim_id: int
    number: str
    patient_id: int
    payer_id: int
    appointment_id: int
    last: str
    first: str
    member_id: str
    service_on: date
    charge_cents: int


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing compared."""

    name: str
    said: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The claim meant, or None, with the reason in a sentence."""

    known: Known | None
    basis: MatchBasis
    note: str


class Matcher:
    """Matches a bunch of answers with four statements, one more where a claim is none that was sent."""

    def __init__(self, work: Work, answers: Sequence[Answer]) -> None:
        self._work = work
        numbers = {answer.claim_number for answer in answers}
        lines = {number for answer in answers for number in answer.line_numbers}
        claims = select(ClaimLine.claim_id).where(ClaimLine.control_number.in_(lines))
        self._by_line: dict[str, int] = {
            row[0]: row[1]
            for row in work.session.execute(
                select(ClaimLine.control_number, ClaimLine.claim_id).where(
                    ClaimLine.control_number.in_(lines)
                )
            )
        }
        known = _known(work, or_(Claim.number.in_(numbers), Claim.id.in_(claims)))
        self._by_id = {claim.claim_id: claim for claim in known}
        self._by_number = {claim.number: claim for claim in known}
        nameless = {a.served_on for a in answers if a.claim_number in _NO_NUMBER and a.served_on}
        self._by_visit: defaultdict[tuple[date, int], list[Known]] = defaultdict(list)
        if nameless:
            for claim in _known(work, Claim.service_on.in_(nameless)):
                self._by_visit[claim.service_on, claim.charge_cents].append(claim)

    def match(self, answer: Answer) -> Match:
        """Line number, then claim number, each with one more detail that fits; then all other details."""
        if answer.below_zero_cents:
            cents = dollars(answer.below_zero_cents)
            note = (
                f"The payer counts claim {answer.claim_number} below zero ({cents}), and does not say that "
                "it takes an answer back. Keep it on the payer's account, and ask."
            )
            return Match(None, MatchBasis.NONE, note)
        named = {self._by_line[number] for number in answer.line_numbers if number in self._by_line}
        ids = named & self._by_id.keys()
        if len(ids) == 1:
            return _corroborated(self._by_id[ids.pop()], answer, MatchBasis.LINE_NUMBER)
        if answer.claim_number in self._by_number:
            return _corroborated(self._by_number[answer.claim_number], answer, MatchBasis.CLAIM_NUMBER)
        if unsent := self._unsent(answer.claim_number, named):
            return Match(None, MatchBasis.NONE, unsent)
        if answer.claim_number not in _NO_NUMBER:
            note = f"The payer sent claim number {answer.claim_number}, which is none of ours."
            return Match(None, MatchBasis.NONE, note)
        return self._by_details(answer)

    def _unsent(self, number: str, named: set[int]) -> str:
        """That the claim is one of ours which no payer can have, in a sentence; empty where it is none."""
        ours = self._work.session.execute(
            select(Claim.number, Claim.state)
            .where(or_(Claim.number == number, Claim.id.in_(named)), Claim.state.in_(_NEVER_SENT))
            .order_by(Claim.id)
            .limit(1)
        ).first()
        if ours is None:
            return ""
        return f"Claim {ours[0]} {SAID[ours[1]]} here: the payer should not have it. Look at it first."

    def _by_details(self, answer: Answer) -> Match:
        if answer.served_on is None:
            return Match(None, MatchBasis.NONE, "The payer sent neither a claim number nor a day of service.")
        fitting = [
            claim
            for claim in self._by_visit[answer.served_on, answer.charge_cents]
            if all(detail.fits for detail in details(claim, answer) if detail.name != "Claim number")
        ]
        if len(fitting) == 1:
            note = f"No claim number; name, visit, amount and member ID all fit {fitting[0].number}."
            return Match(fitting[0], MatchBasis.DETAILS, note)
        if fitting:
            numbers = ", ".join(claim.number for claim in fitting)
            return Match(None, MatchBasis.NONE, f"No claim number, and several claims fit: {numbers}.")
        return Match(
            None, MatchBasis.NONE, "No claim number, and no claim fits name, visit, amount and member ID."
        )


def details(known: Known, answer: Answer) -> tuple[Detail, ...]:
    """What speaks for and against a claim: name, visit, amount, member ID, claim number."""
    name = f"{answer.last}, {answer.first}".strip(", ")
    members = {_plain(number) for number in answer.member_ids if number}
    member = answer.member_ids[0] if answer.member_ids else ""
    visit = us_date(answer.served_on) if answer.served_on else "not given"
    is_same_person = fold(known.last) == fold(answer.last) and _begins_alike(known.first, answer.first)
    return (
        Detail("Name", name, is_same_person),
        Detail("Visit", visit, known.service_on == answer.served_on),
        Detail("Billed", dollars(answer.charge_cents), known.charge_cents == answer.charge_cents),
        Detail("Member ID", member, _plain(known.member_id) in members),
        Detail("Claim number", answer.claim_number, known.number == answer.claim_number),
    )


def candidates(work: Work, answer: Answer, limit: int = 5) -> tuple[tuple[Known, tuple[Detail, ...]], ...]:
    """Claims that a person may mean, the likeliest first; at least two details fit each."""
    beginning = answer.claim_number[:7]
    wanted = [Claim.number.startswith(beginning, autoescape=True)] if len(beginning) >= 5 else []
    if answer.served_on is not None:
        wanted.append(Claim.service_on == answer.served_on)
    if not wanted:
        return ()
    compared = [(claim, details(claim, answer)) for claim in _known(work, or_(*wanted))]
    scored = [(sum(d.fits for d in found), claim, found) for claim, found in compared]
    scored.sort(key=lambda row: (-row[0], row[1].number))
    return tuple((claim, found) for fits, claim, found in scored[:limit] if fits >= 2)


def as_ours(number: str) -> str:
    """A claim's number as this office writes it: box 26 of the paper form takes no hyphen."""
    plain = number.strip()
    return f"{plain[:2]}-{plain[2:]}" if plain.isdecimal() and len(plain) >= _DIGITS else plain


def answer_of(claim: PaidClaim) -> Answer:
    """What identifies a claim just read."""
    members = (claim.corrected.id, claim.subscriber.id, claim.patient.id)
    days = [line.served_on for line in claim.lines if line.served_on]
    return Answer(
        claim_number=as_ours(claim.claim_number),
        last=claim.patient.last,
        first=claim.patient.first,
        member_ids=tuple(number for number in members if number),
        served_on=claim.served_on or (min(days) if days else None),
        # A reversal repeats the charge with the opposite sign.
        charge_cents=abs(claim.charge_cents),
        line_numbers=tuple(line.control_number for line in claim.lines if line.control_number),
        below_zero_cents=0 if claim.status == ClaimStatus.REVERSAL else min(0, claim.charge_cents),
    )


def _corroborated(known: Known, answer: Answer, basis: MatchBasis) -> Match:
    """Other practices use numbers like ours: one more detail must fit."""
    found = details(known, answer)
    others = [detail for detail in found if detail.name != "Claim number" and detail.fits]
    what = "Line number" if basis is MatchBasis.LINE_NUMBER else "Claim number"
    if others:
        return Match(known, basis, f"{what} and {sum(d.fits for d in found)} of 5 details fit.")
    note = f"{what} is that of {known.number}, but name, visit, amount and member ID all differ."
    return Match(None, MatchBasis.NONE, note)


def _known(work: Work, which: ColumnElement[bool]) -> list[Known]:
    found = work.session.execute(
        select(
            Claim.id,
            Claim.number,
            Claim.patient_id,
            Claim.payer_id,
            Claim.appointment_id,
            Patient.legal_last,
            Patient.legal_first,
            Policy.member_id,
            Claim.service_on,
            Claim.charge_cents,
        )
        .join(Patient, Claim.patient_id == Patient.id)
        .join(Coverage, Claim.coverage_id == Coverage.id)
        .join(Policy, Coverage.policy_id == Policy.id)
        .where(which, Claim.state.not_in(_NEVER_SENT))
        .order_by(Claim.id)
    )
    return [Known._make(row) for row in found]


def _plain(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())


def _begins_alike(ours: str, theirs: str) -> bool:
    """Payers cut first names short or send an initial."""
    one, other = fold(ours), fold(theirs)
    return bool(one and other) and (one.startswith(other) or other.startswith(one))
