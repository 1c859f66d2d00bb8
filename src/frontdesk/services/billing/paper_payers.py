"""Which payers take their claims on paper, and how the form is printed for each."""

from dataclasses import dataclass

from sqlalchemy import func, select

from frontdesk.formats.pdf.cms1500 import FormKind, Offset, alignment_pdf
from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.models.billing.paper_payer import MOST_HUNDREDTHS as MOST_HUNDREDTHS
from frontdesk.models.billing.paper_payer import PaperForm as PaperForm
from frontdesk.models.billing.paper_payer import PaperPayer
from frontdesk.models.registration.payer import Payer
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

_FAR = "Move the letters by half an inch at most: 50 hundredths either way."

says("ck_paper_payer_half_an_inch_at_most", _FAR)
says("uq_paper_payer_payer_id", "Another desk said a moment ago how this payer takes its claims.")


@dataclass(frozen=True, slots=True)
class PaperRule:
    """How the form is printed for a payer; the letters move by hundredths of an inch."""

    form: PaperForm = PaperForm.RED
    right: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class PayerOnPaper:
    """A payer of the list; without a rule its claims go into files."""

    payer_id: int
    payer: str
    rule: PaperRule | None
    ready: int
    """Claims that wait to be sent."""


def _before(done: Performed) -> Undo:
    return Undo(set_paper, payer_id=done.arguments["payer_id"], rule=done.result)


@command("Set paper claims of payer", permission="billing.edit_fees", undo=_before)
def set_paper(work: Work, *, payer_id: int, rule: PaperRule | None) -> PaperRule | None:
    """Say how a payer takes its claims on paper; None: they go into files. Gives back what was set before."""
    work.get(Payer, payer_id)
    row = work.session.scalar(select(PaperPayer).where(PaperPayer.payer_id == payer_id))
    before = None if row is None else _rule(row)
    if rule is None:
        if row is not None:
            work.session.delete(row)
        return before
    refuse_if_any(
        [
            Finding(_FAR, field)
            for field, value in (("right", rule.right), ("down", rule.down))
            if abs(value) > MOST_HUNDREDTHS
        ]
    )
    if row is None:
        row = work.add(PaperPayer(payer_id=payer_id))
    row.form, row.right_hundredths, row.down_hundredths = rule.form, rule.right, rule.down
    return before


@query(permission="billing.view")
def paper_list(work: Work) -> tuple[PayerOnPaper, ...]:
    """Every payer in use, by name, and how it takes its claims."""
    ready = dict(
        work.session.execute(
            select(Claim.payer_id, func.count())
            .where(Claim.state == ClaimState.READY)
            .group_by(Claim.payer_id)
        ).all()
    )
    payers = work.session.scalars(select(Payer).where(Payer.is_active).order_by(Payer.name)).all()
    rules = on_paper(work, {payer.id for payer in payers})
    return tuple(
        PayerOnPaper(payer.id, payer.name, rules.get(payer.id), ready.get(payer.id, 0)) for payer in payers
    )


@query(permission="billing.view")
def alignment_page(_: Work, *, right: int = 0, down: int = 0) -> bytes:
    """The page that shows how far a printer is off, as PDF."""
    return alignment_pdf(offset=Offset(right, down))


def on_paper(work: Work, payer_ids: set[int]) -> dict[int, PaperRule]:
    """By payer: the rule of those that take paper."""
    found = work.session.scalars(select(PaperPayer).where(PaperPayer.payer_id.in_(payer_ids)))
    return {row.payer_id: _rule(row) for row in found}


def kind_of(rule: PaperRule) -> FormKind:
    """What is printed."""
    return FormKind(rule.form.value)


def _rule(row: PaperPayer) -> PaperRule:
    return PaperRule(row.form, row.right_hundredths, row.down_hundredths)
