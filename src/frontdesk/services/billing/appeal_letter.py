"""The letter of an appeal: which claim, what the payer decided, why it should decide again; with its EOB."""

from datetime import date
from io import BytesIO

from sqlalchemy import select

from frontdesk.formats.pdf.business_letter import Block, BlockKind, BusinessLetter, business_letter_pdf
from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.claims import Claim, ClaimEvent, ClaimState, EventKind
from frontdesk.models.billing.remittances import Remittance, RemittanceClaim
from frontdesk.services.billing import appeals, claim_gather, codes, eob, parties, remittance_intake
from frontdesk.services.billing.claim_facts import ClaimFacts
from frontdesk.services.billing.remittance_lines import LineRow, lines_of
from frontdesk.services.command import query
from frontdesk.services.work import Work


@query(permission="billing.view")
def letter_pdf(work: Work, *, claim_id: int, reason: str = "") -> bytes:
    """The letter as PDF, with the payer's answer on this claim behind it.

    Of a claim that was appealed it says what was written then; else `reason`. Refused where there is
    no answer to appeal.
    """
    # Loaded here: who prints nothing pays nothing.
    from pypdf import PdfReader, PdfWriter

    claim = work.get(Claim, claim_id)
    decision = appeals.decision(work, claim_id=claim_id)
    if decision is None:
        raise Refused(
            Finding(f"No answer of the payer on claim {claim.number} is posted. Post its remittance first.")
        )
    said, on = _written(work, claim) or (reason.strip(), work.today)
    refuse_if_any(appeals.reason_findings(said))
    answer = work.get(RemittanceClaim, decision.remittance_claim_id)
    (facts,) = claim_gather.facts(work, (claim_id,))
    letter = business_letter_pdf(_letter(work, facts, answer, said, us_date(on)))
    writer = PdfWriter()
    for part in (letter, eob.eob_pdf(work, remittance_claim_id=answer.id)):
        writer.append(PdfReader(BytesIO(part)))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _written(work: Work, claim: Claim) -> tuple[str, date] | None:
    """What the appeal that runs rests on, and its day."""
    if claim.state is not ClaimState.APPEALED:
        return None
    event = work.session.scalar(
        select(ClaimEvent)
        .where(ClaimEvent.claim_id == claim.id, ClaimEvent.kind == EventKind.APPEALED)
        .order_by(ClaimEvent.id.desc())
        .limit(1)
    )
    return None if event is None else (event.detail.removeprefix(appeals.SAID), work.wall(event.at).date())


def _letter(
    work: Work, facts: ClaimFacts, answer: RemittanceClaim, said: str, written_on: str
) -> BusinessLetter:
    remittance = work.get(Remittance, answer.remittance_id)
    head = parties.letterhead(work)
    title = f"Appeal of claim {facts.number}"
    asked = (
        f"You decided on this claim with {remittance_intake.payment_sentence(remittance)}. "
        "We ask you to look at it again and to decide anew, for the reason below."
    )
    blocks = (
        Block(BlockKind.TEXT, asked),
        Block(BlockKind.HEAD, "What you decided"),
        *(Block(BlockKind.ITEM, _decided(line)) for line in lines_of(work, answer)),
        Block(BlockKind.HEAD, "Why we ask you to decide again"),
        Block(BlockKind.QUOTE, said),
        Block(
            BlockKind.TEXT,
            f"Please send your decision to the address above, or call us at {head.phone}. "
            "The page of your remittance on this claim is enclosed.",
        ),
        Block(BlockKind.TEXT, "Signed for the practice: ______________________________"),
    )
    return BusinessLetter(
        sender=parties.sender(head),
        title=title,
        written_on=written_on,
        to=_address(facts),
        via="",
        facts=_told(facts, answer, head.tax_id),
        blocks=blocks,
        foot=title,
    )


def _address(facts: ClaimFacts) -> tuple[str, ...]:
    payer, home = facts.payer, facts.payer.address
    city = f"{home.city}, {home.state} {home.zip}".strip(", ")
    return tuple(line for line in (payer.name, "Appeals", home.street, home.unit, city) if line)


def _told(facts: ClaimFacts, answer: RemittanceClaim, tax_id: str) -> tuple[tuple[str, str], ...]:
    """What the payer finds the claim by."""
    patient, payer, provider = facts.patient, facts.payer, facts.provider
    told = (
        ("Patient", first_last(patient.first, patient.last)),
        ("Date of birth", us_date(patient.born_on) if patient.born_on else ""),
        ("Member ID", payer.member_id),
        ("Group", payer.group_number),
        ("Your claim number", answer.payer_control_number or facts.payer_control_number),
        ("Our claim number", facts.number),
        ("Date of service", us_date(facts.service_on)),
        ("Diagnoses", ", ".join(codes.dotted(each.code) for each in facts.diagnoses)),
        ("Billed", dollars(facts.charge_cents)),
        ("Paid", dollars(answer.paid_cents)),
        ("Provider", f"{first_last(provider.first, provider.last)}, NPI {provider.npi}"),
        ("Practice", f"NPI {facts.practice.npi}, tax ID {tax_id}"),
    )
    return tuple((name, value) for name, value in told if value)


def _decided(line: LineRow) -> str:
    """ "99213: $130.00 billed, $0.00 paid. CO-50 $130.00, not seen as medically necessary." """
    reasons = "; ".join(
        f"{each.code} {dollars(each.amount_cents)}{f', {each.meaning.lower()}' if each.meaning else ''}"
        for each in line.reasons
    )
    what = f"{line.billed_code} {line.modifiers}".strip()
    said = f"{what}: {dollars(line.charge_cents)} billed, {dollars(line.paid_cents)} paid."
    remarks = f" Remarks: {line.remarks}." if line.remarks else ""
    return f"{said} {reasons}.{remarks}" if reasons else f"{said}{remarks}"
