"""The table of claims in groups by their state."""

from frontdesk.kernel.money import dollars, ledger
from frontdesk.services.billing import claim_views
from frontdesk.services.billing.claim_views import ClaimRow, ClaimState
from frontdesk.ui.billing.claim_look import HEADS, LOOK
from frontdesk.ui.kit import draw
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.table import Column, TableModel
from frontdesk.ui.text import counted, tr

_OLD_DAYS = 30
_FAR_DAYS = 300
Groups = list[tuple[Group, tuple[ClaimRow, ...]]]


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


def groups(claims: tuple[ClaimRow, ...]) -> Groups:
    """The claims, which come by state, under the heads of their states."""
    found: Groups = []
    for group in claim_views.by_state(claims):
        look = LOOK[group.state]
        title, advice = HEADS.get(group.state, (look.words, ""))
        many = counted(len(group.claims), "{count} claim", "{count} claims")
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
