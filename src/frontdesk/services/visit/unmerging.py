"""Taking two merged charts apart again, weeks later: every row goes back, what came since is sorted."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.text import fold
from frontdesk.models.registration.merge import LONGEST, MergeState, PatientMerge
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.registration import duplicate_pairs, search_keys
from frontdesk.services.visit import merge_columns, merge_fields, merge_moves
from frontdesk.services.visit.merge_moves import Kept
from frontdesk.services.visit.merge_since import Chosen, Since, Sorter
from frontdesk.services.work import Work

_SAID_NEVER = (
    "Statements, letters, reminders and claims that were sent under the other chart stay as they were sent.",
    "Who looked at the joined chart saw both; the access log keeps that under the chart that was open.",
)


@dataclass(frozen=True, slots=True)
class FieldBack:
    """A field that the merge changed: put back, unless somebody changed it since."""

    label: str
    now: str
    before: str
    changed_since: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """What taking two charts apart would do."""

    merge_id: int
    version: int
    stays: str
    goes: str
    """Chart numbers."""
    back: tuple[str, ...]
    """ "3 visits": what goes back to the separated chart."""
    since: tuple[Since, ...]
    fields: tuple[FieldBack, ...]
    moved_on: tuple[str, ...]
    """What was moved on or changed by hand since, and stays as it is now."""
    never: tuple[str, ...]
    """What cannot be taken back, plainly."""
    findings: tuple[Finding, ...]


@query(permission="registration.view")
def preview(work: Work, *, merge_id: int, goes: tuple[Chosen, ...] = ()) -> Apart:
    """What would go back and what happened since; asked again with every choice."""
    row = work.get(PatientMerge, merge_id)
    stays, other = work.get(Patient, row.stays_id), work.get(Patient, row.goes_id)
    if row.state is not MergeState.MERGED:
        finding = Finding("These charts are not merged. Look at the list again.")
        return Apart(
            merge_id, row.version, stays.chart_number, other.chart_number, (), (), (), (), (), (finding,)
        )
    kept = merge_moves.of_merge(work, merge_id)
    sorter = Sorter(work, row, kept, _places(goes))
    fitting, changed = _standing(work, kept)
    moved = [each for each in fitting if each.new == stays.id and each.old == other.id]
    return Apart(
        merge_id=merge_id,
        version=row.version,
        stays=stays.chart_number,
        goes=other.chart_number,
        back=_counted(moved),
        since=tuple(sorter.listed()),
        fields=_fields(work, kept, changed),
        moved_on=_counted([each for each in changed if each.table != "patient"]),
        never=_SAID_NEVER,
        findings=tuple(_findings(work, row)),
    )


@command(
    "Take merged charts apart",
    permission="registration.merge",
    undo=irreversible("Charts that were taken apart are merged again by a new merge."),
    in_turn=True,
)
def take_apart(
    work: Work, *, merge_id: int, reason: str, goes: tuple[Chosen, ...], are_different: bool
) -> int:
    """Two charts again; `goes` came since and is the separated one's. Gives back how many rows went."""
    row = work.get(PatientMerge, merge_id)
    if row.state is not MergeState.MERGED:
        raise Conflict("These charts are not merged. Look at the list again.")
    findings = _findings(work, row)
    if not reason.strip():
        findings.append(Finding("Enter why the charts are taken apart.", "reason"))
    elif len(reason.strip()) > LONGEST:
        findings.append(Finding(f"This is longer than {LONGEST} letters. Shorten it.", "reason"))
    refuse_if_any(findings)
    stays, other = work.get(Patient, row.stays_id), work.get(Patient, row.goes_id)
    work.concerns(stays.id, other.id)
    kept = merge_moves.of_merge(work, merge_id)
    sorter = Sorter(work, row, kept, _places(goes))
    unknown = [each for each in goes if (each.table, each.row_id) not in sorter.rows]
    if unknown:
        raise Refused(Finding("Something chosen here is no longer in the chart. Look at the list again."))
    since = sorter.changes()
    assert row.status_before is not None
    row.state, row.ended_reason = MergeState.TAKEN_APART, reason.strip()
    row.ended_at, row.ended_by, row.ended_by_id = work.now, work.actor.name, work.actor.user_id
    other.status, other.merged_into_id = row.status_before, None
    work.flush()
    row.is_moving = True
    merge_moves.drop_recency(work, kept, stays.id)
    changed = merge_moves.put_back(work, kept)
    merge_moves.carry_out(work, merge_id, since)
    _name_search(work, stays.id)
    row.is_moving = False
    search_keys.rebuild(work, stays.id)
    search_keys.rebuild(work, other.id)
    duplicate_pairs.taken_apart(work, stays.id, other.id, are_different=are_different)
    return len(kept) - len(changed) + len(since)


def _findings(work: Work, row: PatientMerge) -> list[Finding]:
    """Later merges of the same charts come off first, the last first."""
    later = work.session.scalars(
        select(PatientMerge)
        .where(
            PatientMerge.id != row.id,
            PatientMerge.state == MergeState.MERGED,
            PatientMerge.last_id > (row.last_id or 0),
            or_(PatientMerge.goes_id == row.stays_id, PatientMerge.stays_id == row.stays_id),
        )
        .order_by(PatientMerge.last_id.desc())
    ).first()
    waiting = work.session.scalars(
        select(PatientMerge.id).where(
            PatientMerge.state == MergeState.PREPARED,
            or_(PatientMerge.goes_id == row.stays_id, PatientMerge.stays_id == row.stays_id),
        )
    ).first()
    if later is not None:
        number = work.get(Patient, later.goes_id if later.stays_id == row.stays_id else later.stays_id)
        return [
            Finding(
                f"This chart was merged with chart {number.chart_number} later. Take that merge apart first."
            )
        ]
    if waiting is not None:
        return [Finding("Another merge of this chart waits for approval. Approve or withdraw it first.")]
    return []


def _standing(work: Work, kept: list[Kept]) -> tuple[list[Kept], list[Kept]]:
    """The changes that still stand, and those that somebody changed since."""
    known: dict[tuple[str, str], dict[int, object]] = {}
    last: dict[tuple[str, int, str], Kept] = {}
    for each in kept:
        if each.table not in merge_columns.DERIVED:
            last[each.table, each.row_id, each.column] = each
    for table, _, column in last:
        if (table, column) not in known:
            ids = [row_id for other, row_id, name in last if (other, name) == (table, column)]
            known[table, column] = merge_moves.current(work, table, column, ids)
    fitting: list[Kept] = []
    changed: list[Kept] = []
    for (table, row_id, column), each in last.items():
        now = known[table, column]
        (fitting if row_id in now and now[row_id] == each.new else changed).append(each)
    return fitting, changed


def _fields(work: Work, kept: list[Kept], changed: list[Kept]) -> tuple[FieldBack, ...]:
    return tuple(
        FieldBack(
            merge_fields.label(each.column),
            merge_fields.said(
                work,
                each.column,
                merge_moves.current(work, "patient", each.column, [each.row_id])[each.row_id],
            ),
            merge_fields.said(work, each.column, each.old),
            each in changed,
        )
        for each in kept
        if each.table == "patient" and each.column not in merge_fields.NOT_FIELDS
    )


def _name_search(work: Work, patient_id: int) -> None:
    """The order of lists follows the name, whichever of its parts went back."""
    patient = work.get(Patient, patient_id)
    patient.search_name = fold(f"{patient.legal_last} {patient.legal_first}")


def _counted(changes: list[Kept]) -> tuple[str, ...]:
    rows: dict[str, set[int]] = {}
    for each in changes:
        rows.setdefault(each.table, set()).add(each.row_id)
    return tuple(
        merge_columns.said(table, len(ids))
        for table, ids in sorted(rows.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _places(chosen: tuple[Chosen, ...]) -> frozenset[tuple[str, int]]:
    return frozenset((each.table, each.row_id) for each in chosen)
