"""Lines on which a payer allowed less than its contract says: found after posting, appealed or let go.

The rule, and what never counts as underpaid, is in docs/underpayments.md.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.billing.remittances import (
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    RemittanceState,
)
from frontdesk.models.billing.underpaid import AcceptedUnderpayment, ContractRule
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing.claim_steps import DECIDED
from frontdesk.services.billing.contract_prices import ContractPrice, Contracts
from frontdesk.services.billing.underpaid_rule import allowed_cents, is_short
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_accepted_underpayment_line", "Another desk has just let this difference go.")
says("append_only_accepted_underpayment", "That it was let go stays on record. Take it back instead.")
says("uq_contract_rule_singleton", "Another desk has just set this. Look at it, then save.")

TOLERANCE_CENTS = 100
"""Until the office decides."""
LOOK_BACK = timedelta(days=365)
REASON_LENGTH = 200
_Answer = tuple[RemittanceClaim, Claim, Remittance, str, Patient]
"""With the payer's name."""
_AT_ONCE = 500
"""So many answers are read together: the engines take only so many values in one statement."""
_FIRST = (ClaimStatus.PRIMARY, ClaimStatus.PRIMARY_FORWARDED)


@dataclass(frozen=True, slots=True)
class Underpaid:
    """A line that was allowed less than agreed."""

    line_id: int
    """The payer's line (remittance_line)."""
    claim_id: int
    claim_number: str
    claim_state: ClaimState
    claim_version: int
    patient_id: int
    patient: str
    payer_id: int
    payer: str
    remittance_id: int
    service_on: date
    answered_on: date
    code: str
    """With its modifiers: "99213 25"."""
    agreed_cents: int
    allowed_cents: int
    says: str
    """How the two came about, in sentences."""
    accepted_id: int | None = None
    because: str = ""
    """Why it was let go."""

    @property
    def short_cents(self) -> int:
        return self.agreed_cents - self.allowed_cents

    @property
    def is_appealed(self) -> bool:
        return self.claim_state is ClaimState.APPEALED

    @property
    def is_open(self) -> bool:
        """Nobody appealed it or let it go."""
        return self.accepted_id is None and not self.is_appealed


@dataclass(frozen=True, slots=True)
class PayerShort:
    """What one payer allowed too little, of what is open."""

    payer_id: int
    payer: str
    lines: int
    short_cents: int


@dataclass(frozen=True, slots=True)
class Below:
    """How many lines are open below a contract, and by how much."""

    lines: int
    short_cents: int


@dataclass(frozen=True, slots=True)
class UnderpaidList:
    """The payers, the largest sum first, and the lines, the largest difference first."""

    payers: tuple[PayerShort, ...]
    lines: tuple[Underpaid, ...]
    tolerance_cents: int

    @property
    def open_cents(self) -> int:
        return sum(each.short_cents for each in self.payers)


@query(permission="billing.view")
def worklist(work: Work, *, since: date | None = None, until: date | None = None) -> UnderpaidList:
    """Lines of posted answers of these days (a year, where none is said) below the contract."""
    until = until or work.today
    found = _Look(work).lines(since or until - LOOK_BACK, until)
    by_payer: dict[int, list[Underpaid]] = defaultdict(list)
    for each in found:
        by_payer[each.payer_id].append(each)
    payers = []
    for payer_id, lines in by_payer.items():
        waiting = [each for each in lines if each.is_open]
        cents = sum(each.short_cents for each in waiting)
        payers.append(PayerShort(payer_id, lines[0].payer, len(waiting), cents))
    payers.sort(key=lambda each: (-each.short_cents, each.payer))
    found.sort(key=lambda each: (not each.is_open, -each.short_cents, each.line_id))
    return UnderpaidList(tuple(payers), tuple(found), tolerance(work))


def below(work: Work, fits: Sequence[ColumnElement[bool]], *, since: date, until: date) -> Below:
    """The sum of what is open of the answers of these days, of claims that fit."""
    waiting = open_lines(work, fits, since=since, until=until)
    return Below(len(waiting), sum(each.short_cents for each in waiting))


def open_lines(
    work: Work, fits: Sequence[ColumnElement[bool]], *, since: date, until: date
) -> list[Underpaid]:
    """What nobody appealed or let go, the largest difference first."""
    found = [each for each in _Look(work, *fits).lines(since, until) if each.is_open]
    return sorted(found, key=lambda each: (-each.short_cents, each.line_id))


@query(permission="billing.view")
def tolerance(work: Work) -> int:
    """Up to how many cents of a line nobody is bothered."""
    row = work.session.scalar(select(ContractRule))
    return TOLERANCE_CENTS if row is None else row.tolerance_cents


def _tolerance_before(done: Performed) -> Undo:
    return Undo(set_tolerance, tolerance_cents=done.result)


@command("Set tolerance of contracts", permission="billing.edit_fees", undo=_tolerance_before)
def set_tolerance(work: Work, *, tolerance_cents: int) -> int:
    """From now on, also for lines that were posted; gives back what it was."""
    if not 0 <= tolerance_cents <= 10_000:
        raise Refused(Finding("A difference that nobody minds is at most $100.00.", "tolerance_cents"))
    before = tolerance(work)
    row = work.session.scalar(select(ContractRule)) or work.add(ContractRule(tolerance_cents=0))
    row.tolerance_cents = tolerance_cents
    work.flush()
    return before


def _accepted(done: Performed) -> Undo:
    return Undo(take_back, accepted_id=done.result)


@command("Accept underpayment", permission="billing.adjust", undo=_accepted)
def accept(work: Work, *, line_id: int, because: str) -> int:
    """The difference is let go, with a reason; the ledger stays as it is."""
    refuse_if_any(words_findings(because, "reason", most=REASON_LENGTH, wanted="Say why less is accepted."))
    line = _line(work, line_id)
    if line.accepted_id is not None:
        raise Refused(Finding("This difference was let go before."))
    row = AcceptedUnderpayment(
        remittance_line_id=line_id,
        short_cents=line.short_cents,
        because=because.strip(),
        accepted_at=work.now,
        accepted_by=work.actor.name,
    )
    return work.add(row).id


def _taken_back(done: Performed) -> Undo:
    line_id, because = done.result
    return Undo(accept, line_id=line_id, because=because)


@command("Take accepted underpayment back", permission="billing.adjust", undo=_taken_back)
def take_back(work: Work, *, accepted_id: int) -> tuple[int, str]:
    """It is on the list again; gives back the line and the reason that stood."""
    row = work.get(AcceptedUnderpayment, accepted_id)
    if row.taken_back_at is not None:
        raise Refused(Finding("This was taken back before."))
    row.taken_back_at = work.now
    work.flush()
    return row.remittance_line_id, row.because


def appeal_words(line: Underpaid) -> str:
    """What an appeal rests on, to begin with."""
    return (
        f"{line.code} of {us_date(line.service_on)}: the contract allows {dollars(line.agreed_cents)}, "
        f"{dollars(line.allowed_cents)} was allowed."
    )


def may_appeal(line: Underpaid) -> bool:
    """Only what the payer decided is appealed."""
    return line.claim_state in DECIDED


def _line(work: Work, line_id: int) -> Underpaid:
    told = work.get(RemittanceLine, line_id)
    answer = work.get(RemittanceClaim, told.remittance_claim_id)
    paid_on = work.get(Remittance, answer.remittance_id).paid_on
    found = next((each for each in _Look(work).lines(paid_on, paid_on) if each.line_id == line_id), None)
    if found is None:
        raise Refused(Finding("This line is not below the contract any more. Look at the list again."))
    work.concerns(found.patient_id)
    return found


class _Look:
    """What is asked once for all answers of a period."""

    def __init__(self, work: Work, *fits: ColumnElement[bool]) -> None:
        self._work, self._fits = work, fits
        self._contracts = Contracts(work)
        self._tolerance = tolerance(work)

    def lines(self, since: date, until: date) -> list[Underpaid]:
        """The lines of these days' answers that stand, below the contract."""
        answers = self._answers(since, until)
        ids = tuple(answers)
        parts = [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
        return [line for part in parts for line in self._below({each: answers[each] for each in part})]

    def _below(self, answers: dict[int, _Answer]) -> list[Underpaid]:
        told = self._told(tuple(answers))
        reasons = self._reasons(tuple(answers))
        ours = self._ours({claim.id for _, claim, *_ in answers.values()})
        accepted = self._accepted(tuple(line.id for line in told))
        found = []
        for line in told:
            answer, claim, remittance, payer, patient = answers[line.remittance_claim_id]
            charge = _charge_of(line, ours.get(claim.id, ()))
            cuts = [
                (r.group_code, r.reason_code, r.amount_cents)
                for r in reasons[answer.id]
                if r.line == line.place
            ]
            whole = [r for r in reasons[answer.id] if r.line == 0 and r.group_code != "PR"]
            if charge is None or whole:
                continue
            price = self._contracts.price(claim.payer_id, charge.code, charge.modifiers, charge.service_on)
            if price is None:
                continue
            agreed = min(price.unit_cents * charge.units, charge.amount_cents)
            allowed = allowed_cents(line.paid_cents, cuts)
            if not is_short(agreed, allowed, cuts, self._tolerance):
                continue
            let_go = accepted.get(line.id)
            found.append(
                Underpaid(
                    line_id=line.id,
                    claim_id=claim.id,
                    claim_number=claim.number,
                    claim_state=claim.state,
                    claim_version=claim.version,
                    patient_id=claim.patient_id,
                    patient=last_first(patient.legal_last, patient.legal_first),
                    payer_id=claim.payer_id,
                    payer=payer,
                    remittance_id=remittance.id,
                    service_on=charge.service_on,
                    answered_on=remittance.paid_on,
                    code=" ".join(part for part in (charge.code, charge.modifiers) if part),
                    agreed_cents=agreed,
                    allowed_cents=allowed,
                    says=_said(charge, price, agreed, line, cuts),
                    accepted_id=let_go.id if let_go else None,
                    because=let_go.because if let_go else "",
                )
            )
        return found

    def _answers(self, since: date, until: date) -> dict[int, _Answer]:
        """The last answer of each claim's own payer, where it was not taken back."""
        rows = self._work.session.execute(
            select(RemittanceClaim, Claim, Remittance, Payer.name, Patient)
            .join(Claim, Claim.id == RemittanceClaim.claim_id)
            .join(Remittance, Remittance.id == RemittanceClaim.remittance_id)
            .join(Payer, Payer.id == Claim.payer_id)
            .join(Patient, Patient.id == Claim.patient_id)
            .where(
                Remittance.state == RemittanceState.POSTED,
                Remittance.paid_on >= since,
                Claim.payer_id.in_(self._contracts.payers),
                Claim.state.not_in((ClaimState.VOID, ClaimState.CORRECTED)),
                *self._fits,
            )
            .order_by(Remittance.paid_on, Remittance.id, RemittanceClaim.place)
        )
        last = {
            claim.id: (answer, claim, told, payer, patient) for answer, claim, told, payer, patient in rows
        }
        return {
            answer.id: (answer, claim, told, payer, patient)
            for answer, claim, told, payer, patient in last.values()
            if answer.status in _FIRST and told.paid_on <= until
        }

    def _told(self, answer_ids: Sequence[int]) -> list[RemittanceLine]:
        """The lines that the payer decided on: what it denied whole is a denial, not a low price."""
        rows = self._work.session.scalars(
            select(RemittanceLine)
            .where(RemittanceLine.remittance_claim_id.in_(answer_ids))
            .order_by(RemittanceLine.id)
        )
        return list(rows)

    def _reasons(self, answer_ids: Sequence[int]) -> dict[int, list[RemittanceAdjustment]]:
        found: dict[int, list[RemittanceAdjustment]] = defaultdict(list)
        for row in self._work.session.scalars(
            select(RemittanceAdjustment).where(RemittanceAdjustment.remittance_claim_id.in_(answer_ids))
        ):
            found[row.remittance_claim_id].append(row)
        return found

    def _ours(self, claim_ids: set[int]) -> dict[int, list[tuple[str, ChargeLine]]]:
        found: dict[int, list[tuple[str, ChargeLine]]] = defaultdict(list)
        for claim_id, number, charge in self._work.session.execute(
            select(ClaimLine.claim_id, ClaimLine.control_number, ChargeLine)
            .join(ChargeLine, ChargeLine.id == ClaimLine.charge_line_id)
            .where(ClaimLine.claim_id.in_(sorted(claim_ids)))
            .order_by(ClaimLine.place)
        ):
            found[claim_id].append((number, charge))
        return found

    def _accepted(self, line_ids: Sequence[int]) -> dict[int, AcceptedUnderpayment]:
        rows = self._work.session.scalars(
            select(AcceptedUnderpayment).where(
                AcceptedUnderpayment.remittance_line_id.in_(line_ids),
                AcceptedUnderpayment.taken_back_at.is_(None),
            )
        )
        return {row.remittance_line_id: row for row in rows}


def _charge_of(line: RemittanceLine, ours: Sequence[tuple[str, ChargeLine]]) -> ChargeLine | None:
    """Our line by its number, else the only one of that code and price."""
    by_number = [charge for number, charge in ours if number == line.control_number]
    alike = [c for _, c in ours if c.code == line.billed_code and c.amount_cents == line.charge_cents]
    found = by_number or alike
    return found[0] if len(found) == 1 else None


def _said(
    charge: ChargeLine,
    price: ContractPrice,
    agreed: int,
    line: RemittanceLine,
    cuts: Sequence[tuple[str, str, int]],
) -> str:
    units = f" for {charge.units} units" if charge.units > 1 else ""
    limit = ", no more than was charged" if agreed < price.unit_cents * charge.units else ""
    allowed = allowed_cents(line.paid_cents, cuts)
    patients = sum(cents for group, _, cents in cuts if group == "PR")
    rest = allowed - line.paid_cents - patients
    more = f", {dollars(rest)} withheld or paid before" if rest else ""
    other = "" if line.code == charge.code else f" It priced the service as {line.code}."
    return (
        f"{price.list_name} allows {dollars(agreed)}{units} ({price.of}{limit}). "
        f"The payer allowed {dollars(allowed)}: {dollars(line.paid_cents)} paid, "
        f"{dollars(patients)} left to the patient{more}. "
        f"{dollars(agreed - allowed)} less, and no reason beside the contract explains it.{other}"
    )
