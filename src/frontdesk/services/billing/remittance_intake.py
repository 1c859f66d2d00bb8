"""Takes the remittances of a file in: each row as the payer said it, matched to our claims."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from frontdesk.formats.x12.envelope import Reader
from frontdesk.formats.x12.remittance import Adjustment, PaidClaim
from frontdesk.formats.x12.remittance_reader import RemittanceReader
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.remittances import (
    ProviderAdjustment,
    Remittance,
    RemittanceAdjustment,
    RemittanceClaim,
    RemittanceLine,
    RemittanceState,
    Treatment,
)
from frontdesk.services import audit
from frontdesk.services.billing import (
    answered_before,
    next_payer,
    remittance_chunk,
    remittance_holds,
    remittance_review,
)
from frontdesk.services.billing.remittance_match import Match, Matcher, answer_of
from frontdesk.services.billing.remittance_review import Answered, Reason
from frontdesk.services.billing.remittance_survey import Survey, Told, opened
from frontdesk.services.work import Work

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Source:
    """Where a remittance comes from: a file that is kept, or a paper of a payer's that was typed in."""

    sha256: str | None = None
    payer_id: int | None = None
    document_id: int | None = None
    deposited_on: date | None = None


def keep_paper(work: Work, told: Told, survey: Survey, source: Source) -> int:
    """Write what was typed in from a payer's paper like an 835; its id."""
    return _Intake(work, source, survey, survey.claims).take(told)


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
            made.append(_Intake(work, Source(sha256), survey, total).take(RemittanceReader(message)))
    return made


class _Intake:
    """One remittance on its way into the tables."""

    def __init__(self, work: Work, source: Source, survey: Survey, total: int) -> None:
        self._work = work
        self._source = source
        self._survey = survey
        self._total = total
        self._payers: Counter[int] = Counter()
        received = work.today
        number = work.next_number(f"remittance {received}")
        held = remittance_holds.held_reason(work, survey)
        kind = "EOB" if source.sha256 is None else "835"
        self._remittance = Remittance(
            name=f"{kind}-{received:%m%d}-{number:02}",
            payer_name=survey.payment.payer.name,
            trace=survey.payment.trace,
            payer_identifier=survey.payment.payer_identifier,
            method=survey.payment.method,
            paid_cents=survey.payment.paid_cents,
            claims_paid_cents=survey.claims_paid_cents,
            taken_back_cents=survey.taken_back_cents,
            claims=survey.claims,
            paid_on=survey.payment.effective_on,
            deposited_on=source.deposited_on,
            received_at=work.now,
            sha256=source.sha256,
            document_id=source.document_id,
            fingerprint=survey.fingerprint,
            state=RemittanceState.HELD if held else RemittanceState.OPEN,
            held_reason=held,
        )
        work.add(self._remittance)
        work.flush()
        self._named = source.payer_id or remittance_holds.payer_named(work, survey.payment, Counter())
        self._rules = remittance_review.rules_for(work, self._remittance)

    def take(self, reader: Told) -> int:
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
        remittance.payer_id = self._source.payer_id or remittance_holds.payer_named(
            work, self._survey.payment, self._payers
        )
        work.flush()
        for answers in remittance_chunk.rows_of(work, remittance.id, answered_before.is_again()):
            remittance_review.settle_again(work, remittance, answers)
        remittance_holds.look_at(work, remittance)
        return remittance.id

    def _write(self, claims: list[PaidClaim], before: int) -> None:
        work = self._work
        answers = [answer_of(claim) for claim in claims]
        matcher = Matcher(work, answers)
        matches = [matcher.match(answer) for answer in answers]
        known = [match.known for match in matches if match.known]
        work.concerns(*(claim.patient_id for claim in known))
        ahead = remittance_review.paid_by_patients(work, [claim.appointment_id for claim in known])
        lost = self._lost(claims, matches)
        rows, lines, adjustments = [], [], []
        for place, (claim, answer, match) in enumerate(
            zip(claims, answers, matches, strict=True), before + 1
        ):
            if match.known:
                self._payers[match.known.payer_id] += 1
            treated = list(self._treated(claim, match))
            reasons = [Reason(a.code, a.amount_cents, treatment) for _, a, treatment, _ in treated]
            sums = remittance_review.sums(reasons)
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
                    "other_cents": sums.total() - sums[Treatment.CONTRACT] - sums[Treatment.PATIENT],
                    "remarks": " ".join(claim.remarks),
                    "amounts": " ".join(f"{name}:{cents}" for name, cents in claim.amounts),
                    "forwarded_to": claim.forwarded_to.last,
                    "claim_id": match.known.claim_id if match.known else None,
                    "basis": match.basis,
                    "match_note": match.note,
                    "is_unapplied": False,
                    "review": remittance_review.in_words(_answered(claim, match, reasons, ahead, lost)),
                }
            )
            lines += [
                {
                    "remittance_claim_id": row_id,
                    "place": line.number,
                    "code": line.code,
                    "submitted_code": line.submitted_code if line.submitted_code != line.code else "",
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
                    "policy_id": policy_id,
                }
                for line, adjustment, treatment, policy_id in treated
            ]
        audit.insert_quietly(work, RemittanceClaim, rows)
        self._insert(RemittanceLine, lines)
        self._insert(RemittanceAdjustment, adjustments)

    def _lost(self, claims: list[PaidClaim], matches: list[Match]) -> set[int]:
        """Our claims that the payer sent on to an insurer that is not on file."""
        sent_on = {
            match.known.claim_id
            for claim, match in zip(claims, matches, strict=True)
            if match.known
            and next_payer.is_crossed_over(claim.status, " ".join(claim.remarks), claim.forwarded_to.last)
        }
        return sent_on - next_payer.next_of(self._work, sent_on).keys() if sent_on else sent_on

    def _treated(
        self, claim: PaidClaim, match: Match
    ) -> Iterator[tuple[int, Adjustment, Treatment, int | None]]:
        """Each reason with its line (0 the whole claim), what becomes of it, and the row that says so."""
        payer_id = match.known.payer_id if match.known else self._named
        for line, some, remarks in (
            (0, claim.adjustments, ()),
            *((line.number, line.adjustments, line.remarks) for line in claim.lines),
        ):
            for a in some:
                said = (*claim.remarks, *remarks)
                yield line, a, *self._rules.settle(a.group, a.reason, claim.status, payer_id, said)

    def _insert(
        self,
        model: type[RemittanceLine] | type[RemittanceAdjustment] | type[ProviderAdjustment],
        rows: list[dict[str, Any]],  # Any: values of every column type
    ) -> None:
        audit.insert_quietly(self._work, model, [{"id": self._work.new_id(), **row} for row in rows])


def _answered(
    claim: PaidClaim, match: Match, reasons: list[Reason], paid_ahead: dict[int, int], lost: set[int]
) -> Answered:
    known = match.known
    return Answered(
        status=claim.status,
        charge_cents=claim.charge_cents,
        paid_cents=claim.paid_cents,
        basis=match.basis,
        match_note=match.note,
        claim_charge_cents=known.charge_cents if known else None,
        paid_ahead_cents=paid_ahead.get(known.appointment_id, 0) if known else 0,
        reasons=reasons,
        is_lost=known is not None and known.claim_id in lost,
        forwarded_to=claim.forwarded_to.last,
    )


def trace_sentence(remittance: Remittance) -> str:
    """How a remittance is told apart: "BCBS PPO, EFT 0098817243 of 03/16/2026"."""
    return f"{remittance.payer_name}, {payment_sentence(remittance)}"


def payment_sentence(remittance: Remittance) -> str:
    """How the money came: "EFT 0098817243 of 03/16/2026"."""
    ways = {"ACH": "EFT", "FWT": "wire", "CHK": "check", "NON": "no payment"}
    way = ways.get(remittance.method, "payment")
    if remittance.sha256 is None and remittance.method == "NON":
        way = "letter"
    return f"{' '.join(filter(None, (way, remittance.trace)))} of {us_date(remittance.paid_on)}"
