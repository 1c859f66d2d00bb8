"""What a line of the duplicates list says: a pair to be decided on, or a merge as far as it came."""

from dataclasses import dataclass

from frontdesk.kernel.text import us_date
from frontdesk.services.registration.duplicate_pairs import Pair, PairState
from frontdesk.services.visit.merging import MergeState, MergeView
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.text import tr

VIEWS: tuple[tuple[str, str], ...] = (
    ("open", "To decide"),
    ("prepared", "To approve"),
    ("later", "Put off"),
    ("different", "Two persons"),
    ("merged", "Merged"),
)
PAIRS = {"open": PairState.OPEN, "later": PairState.LATER, "different": PairState.DIFFERENT}
MERGES = {"prepared": MergeState.PREPARED, "merged": MergeState.MERGED}
_CERTAIN, _POSSIBLE = "block", "warn"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of whichever view."""

    id: int
    names: str
    charts: str
    born: str
    why: str
    chip: str
    tone: str
    when: str
    patient_ids: tuple[int, int]
    """The one that is shown beside the list first."""
    pair: Pair | None = None
    merge: MergeView | None = None

    def said(self) -> Cell:
        """The chip, and how much speaks for it."""
        return Cell(self.chip, tone=self.tone) if self.chip else Cell("")


def of_pair(pair: Pair) -> Line:
    """A pair, with the strongest reason and how many more there are."""
    one, other = pair.one, pair.other
    names = one.name if one.name == other.name else f"{one.name} / {other.name}"
    born = us_date(one.born_on)
    if one.born_on != other.born_on:
        born = f"{born} / {us_date(other.born_on)}"
    when = tr("found {day}", day=us_date(pair.found_on))
    if pair.is_from_desk:
        when = tr("at the desk {day}", day=us_date(pair.found_on))
    if pair.is_again:
        when = tr("again: more speaks for it")
    if pair.state is PairState.LATER and pair.later_on is not None:
        when = tr("again on {day}", day=us_date(pair.later_on))
    if pair.decided_at is not None and pair.state in (PairState.DIFFERENT, PairState.MERGED):
        when = tr("{name}, {day}", name=pair.decided_by, day=us_date(pair.decided_at.date()))
    return Line(
        pair.pair_id,
        names,
        f"{one.chart_number} / {other.chart_number}",
        born,
        pair.note or " · ".join(tr(reason) for reason in pair.reasons),
        tr("Same person?") if pair.is_certain else tr("Perhaps"),
        _CERTAIN if pair.is_certain else _POSSIBLE,
        when,
        (one.patient_id, other.patient_id),
        pair=pair,
    )


def of_merge(merge: MergeView) -> Line:
    """A merge that waits for approval, or was carried out."""
    names = merge.stays.name
    if merge.goes.name != names:
        names = f"{merge.goes.name} / {names}"
    is_done = merge.state is MergeState.MERGED and merge.merged_at is not None
    by, at = (merge.merged_by, merge.merged_at) if is_done else (merge.prepared_by, merge.prepared_at)
    chip, tone = tr("Merged"), "ok"
    if not is_done:
        chip, tone = (tr("Yours to approve"), "info") if merge.may_approve else (tr("Waits"), "warn")
    return Line(
        merge.merge_id,
        names,
        f"{merge.goes.chart_number} \N{RIGHTWARDS ARROW} {merge.stays.chart_number}",
        "",
        merge.draft.reason,
        chip,
        tone,
        tr("{name}, {day}", name=by, day=us_date(at.date())) if at is not None else by,
        (merge.stays.patient_id, merge.goes.patient_id),
        merge=merge,
    )
