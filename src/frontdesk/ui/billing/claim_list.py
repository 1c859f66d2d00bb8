"""The claims of a figure, in groups by their state; what is so where there are none."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from frontdesk.kernel.money import dollars, ledger
from frontdesk.services.billing import claim_views
from frontdesk.services.billing.claim_views import ClaimCount, ClaimRow, ClaimState
from frontdesk.ui.billing import amounts
from frontdesk.ui.billing.claim_look import COUNTERS, HEADS, LOOK, NOTHING
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import counted, tr

_OLD_DAYS = 30
_FAR_DAYS = 300
Groups = list[tuple[Group, tuple[ClaimRow, ...]]]


class ClaimList(QStackedWidget):
    """A table, or an empty state. Knows which claim comes after another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model()
        self.table = Table(self.model, says=tr("Claims"))
        Offer(self.table, lambda: amounts.of_claim(self.table.current()))
        ColumnFit(self.table, self.model.columns, least=250, first_to_go=("Payer", "Visit", "Age"))
        self._nothing = EmptyState("circle-check", "")
        self.addWidget(self.table)
        self.addWidget(self._nothing)

    def show_claims(self, figure: str, claims: tuple[ClaimRow, ...], counts: tuple[ClaimCount, ...]) -> None:
        """The claims that a figure of the strip lists."""
        self.model.show_groups(groups(claims, counts))
        self._nothing.say("circle-check", *map(tr, NOTHING[figure]))
        self.setCurrentWidget(self.table if claims else self._nothing)

    def first_of(self, figure: str) -> int | None:
        """The first claim that the figure counts; else the first that is listed with them."""
        states = next(counter.states for counter in COUNTERS if counter.name == figure)
        rows = self.model.rows()
        first = next((claim for claim in rows if claim.state in states), rows[0] if rows else None)
        return first.id if first is not None else None

    def after(self, claim_id: int) -> int | None:
        """The claim below; None below the last."""
        ids = [row.id for row in self.model.rows()]
        here = ids.index(claim_id) + 1 if claim_id in ids else len(ids)
        return ids[here] if here < len(ids) else None


def model() -> TableModel[ClaimRow]:
    """Claim, patient, visit, payer, problem, charge, age."""
    return TableModel[ClaimRow](
        [
            Column("Claim", lambda claim: claim.number.partition("-")[2], width=62),
            Column("Patient", lambda claim: claim.patient, width=138),
            Column("Visit", _visit, width=66),
            Column("Payer", lambda claim: Cell(claim.payer, color="text-2"), width=124),
            Column("Problem", _problem),
            Column("Charge", lambda claim: ledger(claim.charge_cents), width=84, align="right"),
            Column("Age", _age, width=52, align="right"),
        ],
        key=lambda claim: claim.id,
    )


def groups(claims: tuple[ClaimRow, ...], counts: tuple[ClaimCount, ...] = ()) -> Groups:
    """The claims, which come by state, under the heads of their states.

    A state with more claims than are listed says so: its figure counts them all.
    """
    every = {count.state: count.claims for count in counts}
    found: Groups = []
    for group in claim_views.by_state(claims):
        look = LOOK[group.state]
        title, advice = HEADS.get(group.state, (look.words, ""))
        shown, all_of_it = len(group.claims), every.get(group.state, 0)
        many = counted(shown, "{count} claim", "{count} claims")
        if shown < all_of_it:
            many = tr("the newest {shown} of {many} claims", shown=shown, many=f"{all_of_it:,}")
        detail = f"{many}, {tr(advice) if advice else dollars(group.charge_cents)}"
        found.append((Group(tr(title), detail, look.icon, draw.mark_token(look.tone)), group.claims))
    return found


def _visit(claim: ClaimRow) -> Cell:
    written = f"{claim.service_on:%m/%d}" if claim.age_days < _FAR_DAYS else f"{claim.service_on:%m/%d/%y}"
    return Cell(written, color="text-2")


def _problem(claim: ClaimRow) -> Cell:
    if claim.problem_code:
        return Cell(claim.problem_code, tone="neutral", detail=claim.problem)
    if not claim.problem:
        return Cell("")
    count = str(claim.problem_count) if claim.problem_count > 1 else ""
    words = claim.problem.removesuffix(".")
    if claim.state is ClaimState.FAILED:
        return Cell(words, icon="circle-alert", icon_color="block", count=count, count_tone="block")
    icon = "circle-pause" if claim.state is ClaimState.HELD else "triangle-alert"
    return Cell(words, icon=icon, icon_color="warn", count=count)


def _age(claim: ClaimRow) -> Cell:
    words = tr("{days} d", days=claim.age_days)
    is_open = claim.state not in (ClaimState.PAID, ClaimState.CLOSED, ClaimState.VOID)
    if is_open and claim.age_days > _OLD_DAYS:
        return Cell(words, role="strong", color="block-tx")
    return Cell(words, color="text-2")
