"""Whether the office keeps paper charts, and in which order they stand."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Conflict
from frontdesk.models.records.volume import FilingOrder as FilingOrder
from frontdesk.models.records.volume import PaperRule
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.prepared import Prepared
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Paper:
    """The office's rule."""

    keeps_paper: bool
    filing_order: FilingOrder


NONE = Paper(False, FilingOrder.TERMINAL_DIGIT)
"""Until the office says otherwise: no paper, and nothing of it on the screen."""


_RULE: Final = Prepared(select(PaperRule.keeps_paper, PaperRule.filing_order))


@query(permission="records.view")
def rule(work: Work) -> Paper:
    """The rule as it stands; one statement."""
    found = _RULE.rows(work.session, {})
    return Paper(*found[0]) if found else NONE


def _set_back(done: Performed) -> Undo:
    return Undo(set_rule, rule=done.arguments["before"], before=done.arguments["rule"])


@command("Change paper charts rule", permission="visit.edit_setup", undo=_set_back)
def set_rule(work: Work, *, rule: Paper, before: Paper) -> None:
    """From now on this holds; `before` is what the desk saw. No volume is lost when paper is switched off."""
    row = work.session.scalar(select(PaperRule).with_for_update())
    stands = Paper(row.keeps_paper, row.filing_order) if row else NONE
    if stands != before:
        raise Conflict(
            "Another desk changed this rule. Nothing of yours was saved. Look at it, then save again."
        )
    if row is None:
        work.add(PaperRule(keeps_paper=rule.keeps_paper, filing_order=rule.filing_order))
    else:
        row.keeps_paper, row.filing_order = rule.keeps_paper, rule.filing_order
