"""Takes the remittances of a file in: each row as the payer said it, matched to our claims."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.remittance import Adjustment, PaidClaim, Payment
from frontdesk.formats.x12.remittance_reader import RemittanceReader
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Party
from frontdesk.models.billing.remittances import (
    MatchBasis,
    ProviderAdjustment,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    RemittanceState,
    Treatment,
)
from frontdesk.models.office.resources import Provider
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import claim_gather, remittance_rules
from frontdesk.services.billing.remittance_match import Known, Match, Matcher, answer_of
from frontdesk.services.billing.remittance_survey import Survey, opened
from frontdesk.services.work import Work

_AT_ONCE = 400


def keep(work: Work, sha256: str, surveys: tuple[Survey, ...], wanted: set[str]) -> list[int]:
    """Write the remittances of a file whose fingerprints are wanted; their ids."""
    made: list[int] = []
    reader = Reader(opened(work.session, sha256))
    left = iter(surveys)
    total = sum(survey.claims for survey in surveys)
    for message in reader.transaction_sets():
        if message.kind != "835":
            continue
        survey = next(left)
        if survey.fingerprint in wanted:
            wanted.discard(survey.fingerprint)
            made.append(_Intake(work, sha256, survey, total).take(RemittanceReader(message)))
    return made


class _Intake:
    """One 835 on its way into the tables."""

    def __init__(self, work: Work, sha256: str, survey: Survey, total: int) -> None:
        self._work = work
        self._survey = survey
        self._total = total
        self._payers: Counter[int] = Counter()
        received = work.today
        number = work.next_number(f"remittance {received}")
        held = _held_reason(work, survey)
        self._remittance = Remittance(
            name=f"835-{received:%m%d}-{number:02}",
            payer_name=survey.payment.payer.name,
            trace=survey.payment.trace,
            payer_identifier=survey.payment.payer_identifier,
            method=survey.payment.method,
            paid_cents=survey.payment.paid_cents,
            claims_paid_cents=survey.claims_paid_cents,
            taken_back_cents=survey.taken_back_cents,
            claims=survey.claims,
            paid_on=survey.payment.effective_on,
            received_at=work.now,
            sha256=sha256,
            fingerprint=survey.fingerprint,
            state=RemittanceState.HELD if held else RemittanceState.OPEN,
            held_reason=held,
        )
        work.add(self._remittance)
        work.flush()

    def take(self, reader: RemittanceReader) -> int:
        work, remittance = self._work, self._remittance
        claims = iter(reader)
        place = 0
        while some := list(islice(claims, _AT_ONCE)):
            self._write(some, place)
            place += len(some)
            work.step(place, self._total)
        self._insert(
            ProviderAdjustment,
            [
                {
                    "remittance_id": remittance.id,
                    "reason": adjustment.reason,
                    "reference": adjustment.reference,
                    "amount_cents": adjustment.amount_cents,
                }
                for adjustment in reader.provider_adjustments
            ],
        )
        remittance.payer_id = _payer(work, self._survey.payment, self._payers)
        work.flush()
        return remittance.id

    def _write(self, claims: list[PaidClaim], before: int) -> None:
        work = self._work
        answers = [answer_of(claim) for claim in claims]
        matcher = Matcher(work, answers)
        matches = [matcher.match(answer) for answer in answers]
        known = [match.known for match in matches if match.known]
        work.concerns(*(claim.patient_id for claim in known))
        paid_ahead = _paid_by_patients(work, known)
        rows, lines, adjustments = [], [], []
        for place, (claim, answer, match) in enumerate(
            zip(claims, answers, matches, strict=True), before + 1
        ):
            if match.known:
                self._payers[match.known.payer_id] += 1
            treated = [(0, a, _treated(a, claim)) for a in claim.adjustments]
            treated += [
                (line.number, a, _treated(a, claim)) for line in claim.lines for a in line.adjustments
            ]
            sums = Counter[Treatment]()
            for _, adjustment, treatment in treated:
                sums[treatment] += adjustment.amount_cents
            row_id = work.new_id()
            rows.append(
                {
                    "id": row_id,
                    "version": 1,
                    "remittance_id": self._remittance.id,
                    "place": place,
                    "claim_number": claim.claim_number,
                    "status": claim.status,
                    "patient_last": claim.patient.last,
                    "patient_first": claim.patient.first,
                    "member_id": claim.member_id,
                    "payer_control_number": claim.payer_control_number,
                    "served_on": answer.served_on,
                    "charge_cents": claim.charge_cents,
                    "paid_cents": claim.paid_cents,
                    "contract_cents": sums[Treatment.CONTRACT],
                    "patient_cents": sums[Treatment.PATIENT],
                    "other_cents": sums[Treatment.OPEN] + sums[Treatment.PRIOR],
                    "remarks": " ".join(claim.remarks),
                    "claim_id": match.known.claim_id if match.known else None,
                    "basis": match.basis,
                    "match_note": match.note,
                    "is_unapplied": False,
                    "review": _review(claim, match, treated, paid_ahead),
                }
            )
            lines += [
                {
                    "remittance_claim_id": row_id,
                    "place": line.number,
                    "code": line.code,
                    "modifiers": " ".join(line.modifiers),
                    "charge_cents": line.charge_cents,
                    "paid_cents": line.paid_cents,
                    "served_on": line.served_on,
                    "control_number": line.control_number,
                    "remarks": " ".join(line.remarks),
                }
                for line in claim.lines
            ]
            adjustments += [
                {
                    "remittance_claim_id": row_id,
                    "line": line,
                    "group_code": adjustment.group,
                    "reason_code": adjustment.reason,
                    "amount_cents": adjustment.amount_cents,
                    "treatment": treatment,
                }
                for line, adjustment, treatment in treated
            ]
        work.session.execute(insert(RemittanceClaim), rows)
        self._insert(RemittanceLine, lines)
        self._insert(RemittanceAdjustment, adjustments)

    def _insert(
        self,
        model: type[RemittanceLine] | type[RemittanceAdjustment] | type[ProviderAdjustment],
        rows: list[dict[str, Any]],  # Any: values of every column type
    ) -> None:
        if rows:
            self._work.session.execute(insert(model), [{"id": self._work.new_id(), **row} for row in rows])


def _treated(adjustment: Adjustment, claim: PaidClaim) -> Treatment:
    return remittance_rules.treatment(adjustment.group, adjustment.reason, claim.status)


def _held_reason(work: Work, survey: Survey) -> str:
    """Why a remittance may not be posted; empty when nothing speaks against it."""
    payment = survey.payment
    if stranger := _other_practice(work, payment):
        return stranger
    if survey.imbalances:
        more = len(survey.imbalances) - 1
        return survey.imbalances[0] + (f" {more} more sums do not hold." if more else "")
    twin = work.session.scalar(
        select(Remittance.name)
        .where(
            Remittance.trace == payment.trace,
            Remittance.payer_identifier == payment.payer_identifier,
            Remittance.state != RemittanceState.DISCARDED,
            Remittance.fingerprint != survey.fingerprint,
        )
        .order_by(Remittance.id)
        .limit(1)
    )
    if twin is not None:
        return f"{twin} has the same check or EFT number, {payment.trace}, and says something else."
    return ""


def _other_practice(work: Work, payment: Payment) -> str:
    ours = claim_gather.practice(work)
    payee = payment.payee
    numbers = {payee.id, *(number for qualifier, number in payee.references if qualifier in ("TJ", "HPI"))}
    mine = {ours.npi, ours.tax_id, *work.session.scalars(select(Provider.npi))}
    if not payee.id or numbers & mine:
        return ""
    return f"The payment is for another practice: {payee.name or 'no name'}, number {payee.id}."


def _payer(work: Work, payment: Payment, matched: Counter[int]) -> int | None:
    """The payer that the matched claims went to; without any, the one of that name or number."""
    if matched:
        return min(matched, key=lambda payer_id: (-matched[payer_id], payer_id))
    numbers = {payment.payer.id, *(number for _, number in payment.payer.references)} - {""}
    name = fold(payment.payer.name)
    for payer in work.session.scalars(select(Payer).order_by(Payer.id)):
        if payer.payer_id in numbers or (name and fold(payer.name) == name):
            return payer.id
    return None


def _paid_by_patients(work: Work, known: Iterable[Known]) -> dict[int, int]:
    """What patients have paid for these visits, in cents, by visit."""
    visits = sorted({claim.appointment_id for claim in known})
    entry = JournalEntry
    found = work.session.execute(
        select(entry.appointment_id, -func.sum(entry.amount_cents))
        .where(
            entry.appointment_id.in_(visits),
            entry.responsible == Party.PATIENT,
            entry.kind.in_([EntryKind.PAYMENT, EntryKind.UNAPPLIED]),
        )
        .group_by(entry.appointment_id)
    )
    return {visit: int(cents) for visit, cents in found if visit is not None}


def _review(
    claim: PaidClaim,
    match: Match,
    treated: list[tuple[int, Adjustment, Treatment]],
    paid_ahead: dict[int, int],
) -> str:
    """What a person should look at, in one sentence or more; empty when the claim posts itself."""
    return " ".join(_reviews(claim, match, treated, paid_ahead))


def _reviews(
    claim: PaidClaim,
    match: Match,
    treated: list[tuple[int, Adjustment, Treatment]],
    paid_ahead: dict[int, int],
) -> Iterator[str]:
    if claim.is_reversal:
        yield f"Takes back {dollars(-claim.paid_cents)} paid before."
        return
    if match.basis is MatchBasis.DETAILS:
        yield match.note
    known = match.known
    if known and claim.charge_cents != known.charge_cents:
        yield f"The payer saw {dollars(claim.charge_cents)}, the claim asked {dollars(known.charge_cents)}."
    opened_up = Counter[str]()
    for _, adjustment, treatment in treated:
        if treatment is Treatment.OPEN:
            opened_up[adjustment.code] += adjustment.amount_cents
    for code, cents in opened_up.items():
        said = remittance_rules.meaning(code.partition("-")[2]).lower() or "a reason not on our list"
        done = "Denied" if claim.is_denied else "Not paid"
        yield f"{done}, {code}: {said}. {dollars(cents)} stays open."
    moved = sum(a.amount_cents for _, a, treatment in treated if treatment is Treatment.PATIENT)
    ahead = paid_ahead.get(known.appointment_id, 0) if known else 0
    if ahead > moved and not opened_up:
        too_much = dollars(ahead - moved)
        yield f"The patient paid {dollars(ahead)} and owes {dollars(moved)}. {too_much} is to their credit."


def trace_sentence(remittance: Remittance) -> str:
    """How a remittance is told apart: "BCBS PPO, EFT 0098817243 of 03/16/2026"."""
    ways = {"ACH": "EFT", "FWT": "wire", "CHK": "check", "NON": "no payment"}
    way = ways.get(remittance.method, "payment")
    return f"{remittance.payer_name}, {way} {remittance.trace} of {us_date(remittance.paid_on)}"
