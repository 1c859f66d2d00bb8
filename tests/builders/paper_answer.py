"""A biller with an insurer's paper: claims opened and typed in as an explanation of benefits shows them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import paper_answer_claims, paper_answers
from frontdesk.services.billing.paper_answer_sums import (
    Decided,
    Paper,
    PaperClaim,
    PaperReason,
    Way,
    denied,
)
from tests.builders.billing import at_work
from tests.builders.payer import Reasons
from tests.office import Office

ON = date(2026, 3, 16)


def payer_of(office: Office, name: str = "BCBS") -> int:
    """The payer of that name."""
    with at_work(office) as work:
        return work.session.scalars(select(Payer.id).where(Payer.name == name)).one()


def typed(office: Office, claim_id: int, *lines: Reasons, number: str = "2026081234501") -> PaperClaim:
    """A claim as its paper shows it: reasons for not paying, line by line; the payer pays the rest."""
    payer_id = payer_of(office)
    claim = office.ask(paper_answer_claims.open_claim, payer_id=payer_id, claim_id=claim_id).claim
    told = [*lines, *[()] * (len(claim.lines) - len(lines))]
    return replace(
        claim,
        payer_control_number=number,
        lines=tuple(
            replace(
                line,
                reasons=tuple(PaperReason(*code, cents) for code, cents in some),
                paid_cents=line.charge_cents - sum(cents for _, cents in some),
            )
            for line, some in zip(claim.lines, told, strict=True)
        ),
    )


def refused(office: Office, claim_id: int, reason: tuple[str, str], remark: str = "") -> PaperClaim:
    """A claim that a letter denies, whole."""
    claim = denied(typed(office, claim_id))
    return replace(
        claim,
        lines=tuple(
            replace(line, reasons=(PaperReason(*reason, line.charge_cents, remark),)) for line in claim.lines
        ),
    )


def in_process(office: Office, claim_id: int) -> PaperClaim:
    """A claim that a letter says the payer is at work on."""
    return replace(typed(office, claim_id), decided=Decided.IN_PROCESS)


def paper(office: Office, *claims: PaperClaim, trace: str = "0071064", cents: int | None = None) -> Paper:
    """A check that pays these claims; without money it is a letter."""
    due = sum(line.paid_cents or 0 for claim in claims for line in claim.lines) if cents is None else cents
    in_process_only = all(claim.decided is Decided.IN_PROCESS for claim in claims)
    way = Way.LETTER if not due or (in_process_only and cents is None) else Way.CHECK
    return Paper(
        payer_id=payer_of(office),
        way=way,
        trace=trace,
        paid_on=ON,
        paid_cents=0 if way is Way.LETTER else due,
        claims=claims,
    )


def entered(office: Office, *claims: PaperClaim, trace: str = "0071064") -> int:
    """The id of the remittance that a paper became."""
    made = office.do(paper_answers.enter, paper=paper(office, *claims, trace=trace)).remittance_id
    assert made is not None
    return made
