"""What the sentences about a payer's answers want to know beside the answer, read at once for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.money import dollars
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine
from frontdesk.models.billing.codes import Fee, FeeSchedule
from frontdesk.models.billing.journal import JournalEntry, Posting, PostingKind
from frontdesk.models.billing.refund import Refund
from frontdesk.models.billing.remittances import RemittanceAdjustment, RemittanceClaim, RemittanceLine
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.services.billing import remittance_review
from frontdesk.services.billing.remittance_totals import WANTED
from frontdesk.services.work import Work


def paid_ahead(work: Work, visit_ids: Iterable[int]) -> dict[int, tuple[int, date, date]]:
    """What patients paid for these visits, in cents, with the first and the last day."""
    entry = JournalEntry
    cents = remittance_review.paid_by_patients(work, visit_ids)
    found = work.session.execute(
        select(entry.appointment_id, func.min(entry.posted_on), func.max(entry.posted_on))
        .join(Posting, Posting.id == entry.posting_id)
        .where(entry.appointment_id.in_(sorted(cents)), Posting.kind == PostingKind.RECEIPT)
        .group_by(entry.appointment_id)
    )
    return {visit: (cents[visit], first, last) for visit, first, last in found if visit is not None}


def paid_in_words(paid: tuple[int, date, date], near: date) -> str:
    """ "paid $100.00 on 02/17"."""
    cents, first, last = paid
    return f"paid {dollars(cents)} {'on' if first == last else 'up to'} {day(last, near)}"


@dataclass(slots=True)
class LineFacts:
    """A service as the payer answered it."""

    code: str
    paid_cents: int


@dataclass(slots=True)
class ClaimFacts:
    """Our claim that was answered."""

    payer_id: int
    visit_id: int
    service_on: date
    covered_until: date | None
    """The last day of its coverage, as we have it."""
    labels: dict[str, str] = field(default_factory=dict)
    """Our words for the services, by code."""


class Facts:
    """What the sentences about some answers want to know, read at once."""

    def __init__(self, work: Work, answers: Sequence[RemittanceClaim]) -> None:
        self._work = work
        ids = [answer.id for answer in answers]
        self.claims = self._claims({answer.claim_id for answer in answers if answer.claim_id is not None})
        visits = sorted({claim.visit_id for claim in self.claims.values()})
        self.ahead = paid_ahead(work, visits)
        self.adjustments: defaultdict[int, list[RemittanceAdjustment]] = defaultdict(list)
        row = RemittanceAdjustment
        for adjustment in work.session.scalars(
            select(row).where(row.remittance_claim_id.in_(ids)).order_by(row.id)
        ):
            self.adjustments[adjustment.remittance_claim_id].append(adjustment)
        line = RemittanceLine
        self.lines = {
            (answer_id, place): LineFacts(code, paid)
            for answer_id, place, code, paid in work.session.execute(
                select(line.remittance_claim_id, line.place, line.code, line.paid_cents).where(
                    line.remittance_claim_id.in_(ids)
                )
            )
        }
        self.rates = self._rates()
        self.left = self._left(visits)
        self.refunds = {
            refund.remittance_claim_id: refund
            for refund in work.session.scalars(
                select(Refund)
                .where(
                    Refund.remittance_claim_id.in_(ids),
                    Refund.state.in_(WANTED),
                )
                .order_by(Refund.id)
            )
        }

    def rate(self, payer_id: int, code: str, on: date) -> int | None:
        """What the contract allows for one unit on a day."""
        fits = (cents for cents, first, last in self.rates[payer_id, code] if first <= on <= last)
        return next(fits, None)

    def _claims(self, ids: set[int]) -> dict[int, ClaimFacts]:
        found: dict[int, ClaimFacts] = {}
        for id, payer_id, visit_id, on, *ends in self._work.session.execute(
            select(
                Claim.id,
                Claim.payer_id,
                Claim.appointment_id,
                Claim.service_on,
                Coverage.effective_until,
                Policy.effective_until,
            )
            .join(Coverage, Coverage.id == Claim.coverage_id)
            .join(Policy, Policy.id == Coverage.policy_id)
            .where(Claim.id.in_(ids))
        ):
            found[id] = ClaimFacts(payer_id, visit_id, on, min((end for end in ends if end), default=None))
        for id, code, label in self._work.session.execute(
            select(ClaimLine.claim_id, ChargeLine.code, ChargeLine.label)
            .join(ChargeLine, ChargeLine.id == ClaimLine.charge_line_id)
            .where(ClaimLine.claim_id.in_(ids))
        ):
            found[id].labels[code] = label
        return found

    def _rates(self) -> defaultdict[tuple[int, str], list[tuple[int, date, date]]]:
        found: defaultdict[tuple[int, str], list[tuple[int, date, date]]] = defaultdict(list)
        for payer_id, code, cents, first, last in self._work.session.execute(
            select(FeeSchedule.payer_id, Fee.code, Fee.amount_cents, Fee.effective_on, Fee.expires_on)
            .join(FeeSchedule, FeeSchedule.id == Fee.fee_schedule_id)
            .where(
                FeeSchedule.is_contract,
                FeeSchedule.payer_id.in_({claim.payer_id for claim in self.claims.values()}),
                Fee.code.in_({line.code for line in self.lines.values()}),
            )
            .order_by(FeeSchedule.effective_on.desc(), Fee.id)
        ):
            found[payer_id or 0, code].append((cents, first, last or date.max))
        return found

    def _left(self, visits: list[int]) -> dict[int, tuple[int, int]]:
        """By visit: the receipt with most money that is on no line yet, and how much that is."""
        entry = JournalEntry
        cents = -func.sum(entry.amount_cents)
        found: dict[int, tuple[int, int]] = {}
        for visit, receipt, left in self._work.session.execute(
            select(entry.appointment_id, Posting.receipt_id, cents)
            .join(Posting, Posting.id == entry.posting_id)
            .where(
                entry.appointment_id.in_(visits),
                entry.charge_line_id.is_(None),
                Posting.receipt_id.is_not(None),
            )
            .group_by(entry.appointment_id, Posting.receipt_id)
            .having(cents > 0)
            .order_by(cents, Posting.receipt_id)
        ):
            found[visit or 0] = (receipt or 0, int(left))
        return found


def day(on: date, near: date) -> str:
    """Without the year where it is clear."""
    return f"{on:%m/%d}" if abs((on - near).days) < 180 else f"{on:%m/%d/%Y}"
