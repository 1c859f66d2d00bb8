"""The explanation of benefits of one patient, out of a remittance that may hold many."""

from datetime import date

from sqlalchemy import select

from frontdesk.formats.pdf.eob import EobLine, EobSheet
from frontdesk.formats.pdf.eob import eob_pdf as drawn
from frontdesk.formats.x12.remittance import ClaimStatus
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim, RemittanceLine
from frontdesk.services.billing import papers, parties, remittance_intake, remittance_rules
from frontdesk.services.billing.remittance_lines import LineRow, lines_of
from frontdesk.services.command import query
from frontdesk.services.work import Work

_DECISIONS: dict[str, str] = {
    ClaimStatus.PRIMARY: "Processed as the first payer",
    ClaimStatus.SECONDARY: "Processed as the second payer",
    ClaimStatus.TERTIARY: "Processed as the third payer",
    ClaimStatus.DENIED: "Denied",
    ClaimStatus.PRIMARY_FORWARDED: "Processed as the first payer, forwarded to the next",
    ClaimStatus.SECONDARY_FORWARDED: "Processed as the second payer, forwarded to the next",
    ClaimStatus.TERTIARY_FORWARDED: "Processed as the third payer, forwarded to the next",
    ClaimStatus.REVERSAL: "An earlier payment taken back",
    ClaimStatus.NOT_OURS_FORWARDED: "Not this payer's claim, forwarded",
    ClaimStatus.PREDETERMINATION: "A price in advance, no payment",
}


@query(permission="billing.view")
def eob_pdf(work: Work, *, remittance_claim_id: int) -> bytes:
    """One claim of a remittance as PDF, with nothing of the other patients on it."""
    answer = work.get(RemittanceClaim, remittance_claim_id)
    remittance = work.get(Remittance, answer.remittance_id)
    number = work.session.scalar(select(Claim.number).where(Claim.id == answer.claim_id))
    lines = lines_of(work, answer)
    said = {reason.code: reason.meaning for line in lines for reason in line.reasons if reason.meaning}
    return drawn(
        EobSheet(
            sender=papers.sender(parties.letterhead(work)),
            payer=remittance.payer_name,
            payment=remittance_intake.payment_sentence(remittance),
            patient=first_last(answer.patient_first, answer.patient_last),
            member_id=answer.member_id,
            claim_number=number or answer.claim_number,
            payer_control_number=answer.payer_control_number,
            decision=_DECISIONS.get(answer.status, f"Status {answer.status}"),
            lines=_lines(work, answer, lines),
            charge_cents=answer.charge_cents,
            adjusted_cents=sum(line.adjusted_cents for line in lines),
            paid_cents=answer.paid_cents,
            patient_cents=sum(
                reason.amount_cents
                for line in lines
                for reason in line.reasons
                if reason.code.startswith("PR-")
            ),
            meanings=tuple(sorted((code, remittance_rules.meaning(code[3:])) for code in said)),
        )
    )


def _lines(work: Work, answer: RemittanceClaim, lines: tuple[LineRow, ...]) -> tuple[EobLine, ...]:
    row = RemittanceLine
    told = work.session.execute(select(row.place, row.served_on).where(row.remittance_claim_id == answer.id))
    days: dict[int, date | None] = dict(told.all())
    return tuple(
        EobLine(
            code=f"{line.code} {line.modifiers}".strip(),
            served_on=us_date(day) if (day := days.get(line.place) or answer.served_on) else "",
            charge_cents=line.charge_cents,
            paid_cents=line.paid_cents,
            reasons=tuple(
                (f"{reason.code} {reason.meaning}".strip(), reason.amount_cents) for reason in line.reasons
            ),
            remarks=line.remarks,
        )
        for line in lines
    )
