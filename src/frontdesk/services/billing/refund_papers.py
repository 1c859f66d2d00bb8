"""The papers of a refund: the letter that goes with the money, and the request to write the check."""

from frontdesk.formats.pdf.business_letter import Block, BlockKind, BusinessLetter, business_letter_pdf
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.refund import Refund, RefundState, RefundWay
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import credit_list, parties
from frontdesk.services.billing.credit_list import RefundRow
from frontdesk.services.command import query
from frontdesk.services.work import Work


@query(permission="billing.view")
def letter_pdf(work: Work, *, refund_id: int) -> bytes:
    """To the household or the payer: what comes back and why."""
    row = work.get(Refund, refund_id)
    shown = credit_list.refund_row(work, row)
    head = parties.letterhead(work)
    way = "with the enclosed check" if row.way is RefundWay.CHECK else "to the card that paid"
    said = f"We return {dollars(row.amount_cents)} to you {way}. The reason: {row.reason}."
    blocks = (
        Block(BlockKind.TEXT, said.replace("..", ".")),
        Block(BlockKind.TEXT, f"If you have questions, please call us: {head.phone}."),
    )
    return _letter(work, row, shown, f"Refund {shown.number}", blocks)


@query(permission="billing.view")
def check_request_pdf(work: Work, *, refund_id: int) -> bytes:
    """To whoever writes the office's checks: payee, amount, and the two persons behind it."""
    row = work.get(Refund, refund_id)
    shown = credit_list.refund_row(work, row)
    blocks = (
        Block(
            BlockKind.STRONG,
            f"DO NOT PAY. {shown.blocked}"
            if shown.blocked
            else f"Please pay {dollars(row.amount_cents)} to {shown.payee}.",
        ),
        Block(BlockKind.TEXT, f"Reason: {row.reason}"),
        Block(BlockKind.TEXT, f"Asked for by {row.asked_by} on {us_date(shown.asked_at.date())}."),
        Block(BlockKind.TEXT, f"Approved by {row.approved_by}." if row.approved_by else "NOT APPROVED YET."),
        Block(BlockKind.TEXT, "Check number: ____________________   Signature: ____________________"),
    )
    return _letter(work, row, shown, f"Check request {shown.number}", blocks)


def _letter(work: Work, row: Refund, shown: RefundRow, title: str, blocks: tuple[Block, ...]) -> bytes:
    facts = [("Amount", dollars(row.amount_cents)), ("By", "check" if row.way is RefundWay.CHECK else "card")]
    if row.reference:
        facts.append(("Check" if row.way is RefundWay.CHECK else "Card ending in", row.reference))
    if row.state is RefundState.VOID:
        facts.append(("VOID", row.ended_because))
    return business_letter_pdf(
        BusinessLetter(
            sender=parties.sender(parties.letterhead(work)),
            title=title,
            written_on=us_date(work.wall(row.paid_at).date() if row.paid_at else work.today),
            to=_address(work, row, shown),
            via="",
            facts=tuple(facts),
            blocks=blocks,
            foot=title,
        )
    )


def _address(work: Work, row: Refund, shown: RefundRow) -> tuple[str, ...]:
    if row.account_id is not None:
        to = parties.guarantor(work, row.account_id)
        return tuple(line for line in (to.name, to.street, to.city_line) if line)
    assert row.payer_id is not None
    payer = work.get(Payer, row.payer_id)
    city = f"{payer.city}, {payer.state} {payer.postal_code}".strip(", ")
    return tuple(line for line in (shown.payee, payer.street, city) if line)
