"""The lists of the paper remittance: its claims, what is found, what was put aside."""

from collections.abc import Mapping
from dataclasses import dataclass

from frontdesk.kernel.money import ledger
from frontdesk.kernel.text import us_date
from frontdesk.services.billing import paper_answer_sums
from frontdesk.services.billing.paper_answer_claims import ClaimHead
from frontdesk.services.billing.paper_answer_sums import ClaimSum, Decided, Paper
from frontdesk.services.billing.paper_answers import Entered, WaitingPaper
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.row_list import Item, Words
from frontdesk.ui.kit.search_box import Suggestion
from frontdesk.ui.kit.table import Column, TableModel
from frontdesk.ui.text import counted, tr


@dataclass(frozen=True, slots=True)
class TypedClaim:
    """A claim of the paper in the table."""

    place: int
    head: ClaimHead
    decided: Decided
    sum: ClaimSum

    @property
    def is_off(self) -> bool:
        return any(line.off_cents for line in self.sum.lines)


@dataclass(frozen=True, slots=True)
class ParkedPaper:
    """A paper in the middle of typing, as it waits for its person."""

    paper: Paper
    saved: Paper
    """What of it was put aside for any desk."""
    paper_id: int | None
    version: int | None
    heads: tuple[ClaimHead, ...]


def typed_claims(paper: Paper, heads: Mapping[int, ClaimHead]) -> list[TypedClaim]:
    """The claims of a paper, in its order."""
    sums = paper_answer_sums.sums(paper).claims
    return [
        TypedClaim(place, heads[claim.claim_id], claim.decided, sums[place])
        for place, claim in enumerate(paper.claims)
    ]


def claim_model() -> TableModel[TypedClaim]:
    """State, claim, patient, paid."""
    return TableModel[TypedClaim](
        [
            Column("", _state, width=30),
            Column("Claim", lambda each: each.head.number, width=88),
            Column("Patient", lambda each: Cell(each.head.patient, role="strong")),
            Column("Visit", lambda each: Cell(f"{each.head.service_on:%m/%d}", color="text-2"), width=64),
            Column("Paid", _paid, width=84, align="right"),
        ],
        key=lambda each: each.place,
    )


def waiting_model() -> TableModel[WaitingPaper]:
    """Payer, number, amount, who put it aside and when."""
    return TableModel[WaitingPaper](
        [
            Column("Payer", lambda each: Cell(each.payer or tr("No payer yet"), role="strong")),
            Column("Number", lambda each: each.trace, width=84),
            Column("Amount", _amount, width=80, align="right"),
            Column("By", lambda each: Cell(_by(each), color="text-2"), width=100),
        ],
        key=lambda each: each.paper_id,
    )


def suggestion(head: ClaimHead) -> Suggestion:
    """A claim that was found; one that it cannot be says why not."""
    line = Words(f"{head.number}  ·  {us_date(head.service_on)}  ·  {head.standing}")
    if head.why_not:
        line = Words(head.why_not, "block-tx")
    return Suggestion(
        head.claim_id, Item(head.patient, ((line,),), trailing=Words(ledger(head.charge_cents), "text-2"))
    )


def entered_words(made: Entered) -> str:
    """What a paper came to, for the status bar."""
    if not made.in_process:
        return tr("Entered the paper")
    if made.remittance_id is None:
        return counted(
            len(made.in_process),
            "Noted that {count} claim is in process",
            "Noted that {count} claims are in process",
        )
    return counted(
        len(made.in_process),
        "Entered the paper, noted that {count} claim is in process",
        "Entered the paper, noted that {count} claims are in process",
    )


def _state(each: TypedClaim) -> Cell:
    if each.decided is Decided.IN_PROCESS:
        return Cell("", icon="info", icon_color="info", spoken=tr("in process"))
    if each.is_off:
        return Cell("", icon="triangle-alert", icon_color="warn", spoken=tr("does not balance"))
    return Cell("", icon="circle-check", icon_color="ok", spoken=tr("balanced"))


def _paid(each: TypedClaim) -> Cell:
    if each.decided is Decided.IN_PROCESS:
        return Cell("–", color="text-3", spoken=tr("nothing"))
    return Cell(ledger(each.sum.paid_cents), role="strong")


def _amount(each: WaitingPaper) -> str:
    return ledger(each.paid_cents) if each.paid_cents else ""


def _by(each: WaitingPaper) -> str:
    return f"{each.saved_by.partition(' ')[0]}, {each.saved_at:%m/%d}"
