"""Why a refund is so much: the money it gives back, what was used of it, who asked, who approved."""

from sqlalchemy import ColumnElement, true, tuple_

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.journal import Posting
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.billing.refund import Refund, RefundState, RefundWay
from frontdesk.services.billing import credit_list, explain, explain_credit
from frontdesk.services.billing.explain import Explanation, Sentence
from frontdesk.services.billing.explain_subject import Subject
from frontdesk.services.work import Work


def of_refund(work: Work, subject: Subject) -> Explanation:
    """What was paid, less what was used of it until the refund: what goes back."""
    row = work.get(Refund, subject.id)
    said = _of_receipt(work, row) if row.receipt_id is not None else _of_payer(work, row)
    off = row.amount_cents - sum(each.amount_cents for each in said)
    if off < 0:
        words = "stays to the household's credit" if row.receipt_id is not None else "is not given back"
        said.append(Sentence(f"{dollars(-off)} of it {words}.", off))
    elif off:
        said.append(Sentence("More than is left of it by now.", off))
    shown = credit_list.refund_row(work, row)
    return explain.listed(f"Refund {shown.number} to {shown.payee}", said, _concluded(work, row))


def _of_receipt(work: Work, row: Refund) -> list[Sentence]:
    return explain_credit.used_of(work, work.get(Receipt, row.receipt_id or 0), _before(work, row))


def _of_payer(work: Work, row: Refund) -> list[Sentence]:
    """What the payer paid too much on a line, or on none."""
    assert row.payer_id is not None
    return explain_credit.paid_by(work, row.payer_id, row.charge_line_id, _before(work, row))


def _before(work: Work, row: Refund) -> ColumnElement[bool]:
    """What stood in the ledger when the money went out, or when the refund ended; else what stands now."""
    if row.posting_id is not None:
        paid = work.get(Posting, row.posting_id)
        return tuple_(Posting.posted_at, Posting.id) < (paid.posted_at, paid.id)
    return Posting.posted_at <= row.ended_at if row.ended_at is not None else true()


def _concluded(work: Work, row: Refund) -> str:
    """Who asked and why, who approved, and whether the money went out."""
    asked = f"{row.asked_by} asked for it on {us_date(work.wall(row.asked_at).date())}: {_ended(row.reason)}"
    said = [asked]
    if row.approved_at is not None:
        said.append(f"{row.approved_by} approved it on {us_date(work.wall(row.approved_at).date())}.")
    if row.paid_at is not None:
        way = "check" if row.way is RefundWay.CHECK else "to the card that ends in"
        said.append(f"It was paid on {us_date(work.wall(row.paid_at).date())}, {way} {row.reference}.")
    if row.ended_at is not None:
        did = {RefundState.REFUSED: "refused", RefundState.WITHDRAWN: "withdrawn"}.get(row.state, "voided")
        on = us_date(work.wall(row.ended_at).date())
        back = "The money is to the credit again." if row.paid_at else "The money stays where it was."
        said.append(f"It was {did} on {on}: {_ended(row.ended_because)} {back}")
    elif row.approved_at is None:
        said.append("A second person has to approve it before anything is paid.")
    elif row.paid_at is None:
        said.append("It is not paid yet.")
    return " ".join(said)


def _ended(words: str) -> str:
    return f"{words.rstrip('.')}."
