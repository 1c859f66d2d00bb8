"""Yearly and quarterly releases of codes: what one would change, and taking it over, all or nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.code_lists import CodeRelease
from frontdesk.models.billing.code_lists import ReleasedSet as ReleasedSet
from frontdesk.models.billing.codes import CodeSet, ProcedureCode
from frontdesk.services.billing import code_rows
from frontdesk.services.billing.code_plan import Listed, Plan, planned
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_code_release", "What was loaded stays on file. Load the next release instead.")
_NO_CHANGE = "A published code is not changed; it expires and a new row follows."
for _table in ("hcpcs_code", "place_of_service", "modifier_code"):
    says(f"append_only_{_table}", _NO_CHANGE)
    says(f"no_overlap_{_table}", "This code already has a label for those days.", field="code")
says("no_overlap_diagnosis_code", "This code already has a label for those days.", field="code")

SETS: dict[ReleasedSet, str] = {
    ReleasedSet.ICD10CM: "ICD-10-CM",
    ReleasedSet.HCPCS: "HCPCS level II",
    ReleasedSet.CPT: "CPT, the office's licensed file",
    ReleasedSet.POS: "Places of service",
    ReleasedSet.MODIFIER: "Modifiers",
}
"""In the order in which they are shown."""
_SHOWN = 200
_MOST_ENDED = 0.5
_FEW = 20
_OFTEN = {ReleasedSet.ICD10CM: (4, 10), ReleasedSet.HCPCS: (1, 4, 7, 10), ReleasedSet.CPT: (1,)}
"""The months in which the next release is valid."""


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """A list that was read from a file, with the day from which it is valid."""

    code_set: ReleasedSet
    name: str
    """As it is called: "FY 2026"."""
    effective_on: date
    packed: bytes
    """The codes; made by `code_rows.packed`."""
    is_whole: bool = True
    has_headings: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the preview."""

    what: str
    """ "new", "ends" or "words"."""
    code: str
    label: str
    former: str = ""
    """The words until now."""
    on: date = date.min
    """Its first day; where it ends, its last."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a release would change; nothing was written."""

    new: int
    ended: int
    reworded: int
    extended: int
    """Codes that were to end and do not."""
    unchanged: int
    changes: tuple[Change, ...]
    """The first of each kind."""
    last_release_id: int | None
    """What was loaded last when this was looked at."""


@dataclass(frozen=True, slots=True)
class SetView:
    """A list as it stands on a day."""

    code_set: ReleasedSet
    name: str
    valid: int
    release: str
    effective_on: date | None
    loaded_at: datetime | None
    loaded_by: str
    next_on: date | None
    """When the next release becomes valid; before today: it is missing."""


@query(permission="billing.view")
def sets(work: Work) -> tuple[SetView, ...]:
    """Every list with what is valid today and the release that was loaded last."""
    return tuple(_view(work, code_set) for code_set in SETS)


@query(permission="billing.edit_codes")
def preview(work: Work, *, release: ReleaseDraft) -> Preview:
    """What the release would change. Raises Refused where it cannot be taken over."""
    last = _last(work, release.code_set)
    return _counted(_plans(work, release), last.id if last else None)


@command(
    "Load code release",
    permission="billing.edit_codes",
    undo=irreversible("Codes of this release may already be on visits. Load a corrected one instead."),
)
def load(work: Work, *, release: ReleaseDraft, last_release_id: int | None) -> Preview:
    """Take a release over as it was previewed; codes are added and ended, none is removed.

    Raises Conflict where another desk loaded one meanwhile.
    """
    last = _last(work, release.code_set)
    if (last.id if last else None) != last_release_id:
        raise Conflict("Another desk loaded a release of this list meanwhile. Look at the preview again.")
    plans = _plans(work, release)
    done = replace(_counted(plans, last_release_id), changes=())
    if (
        all(plan.is_empty for plan in plans.values())
        and last is not None
        and last.effective_on == release.effective_on
    ):
        return done
    for code_set, plan in plans.items():
        code_rows.write(work, code_set, plan)
    work.add(
        CodeRelease(
            code_set=release.code_set,
            name=release.name.strip(),
            effective_on=release.effective_on,
            codes=done.new + done.reworded + done.extended + done.unchanged,
            added=done.new,
            ended=done.ended,
            reworded=done.reworded,
            loaded_at=work.now,
            loaded_by=work.actor.name,
        )
    )
    return done


def next_release_on(code_set: ReleasedSet, after: date) -> date | None:
    """The first day of the release that follows one that is valid from a day; None where there is no rule."""
    months = _OFTEN.get(code_set)
    if months is None:
        return None
    days = [date(year, month, 1) for year in (after.year, after.year + 1) for month in months]
    return next(day for day in days if day > after)


# -- inside ---------------------------------------------------------------------


def _counted(plans: dict[ReleasedSet, Plan], last_release_id: int | None) -> Preview:
    """Of the list and of the modifiers that came with it, together."""
    changes: list[Change] = []
    for plan in plans.values():
        changes += (
            Change("new", b.listed.code, b.listed.label, on=b.effective_on) for b in plan.new[:_SHOWN]
        )
        changes += (
            Change("ends", e.standing.code, e.standing.label, on=e.last_on) for e in plan.ended[:_SHOWN]
        )
        changes += (
            Change("words", b.listed.code, b.listed.label, b.before.label if b.before else "", b.effective_on)
            for b in plan.reworded[:_SHOWN]
        )
    return Preview(
        sum(len(plan.new) for plan in plans.values()),
        sum(len(plan.ended) for plan in plans.values()),
        sum(len(plan.reworded) for plan in plans.values()),
        sum(len(plan.extended) for plan in plans.values()),
        sum(plan.unchanged for plan in plans.values()),
        tuple(changes),
        last_release_id,
    )


def _plans(work: Work, release: ReleaseDraft) -> dict[ReleasedSet, Plan]:
    """What the list changes; the modifiers that some lists have go to a list of their own."""
    listed = code_rows.unpacked(release.packed)
    plans = {release.code_set: _plan(work, release, [code for code in listed if not code.is_modifier])}
    modifiers = [code for code in listed if code.is_modifier]
    if modifiers:
        standing = code_rows.standing(work, ReleasedSet.MODIFIER)
        plans[ReleasedSet.MODIFIER] = planned(
            standing, modifiers, release.effective_on, is_whole=False, has_headings=True
        )
    return plans


def _plan(work: Work, release: ReleaseDraft, listed: list[Listed]) -> Plan:
    findings = []
    if not release.name.strip():
        findings.append(Finding("Name the release, such as FY 2026.", "name"))
    last = _last(work, release.code_set)
    if last is not None and release.effective_on < last.effective_on:
        findings.append(
            Finding(
                f"This release is valid from {us_date(release.effective_on)}, and {last.name}, valid from "
                f"{us_date(last.effective_on)}, is loaded. An older one is not loaded over it.",
                "effective_on",
            )
        )
    refuse_if_any(findings)
    standing = code_rows.standing(work, release.code_set)
    plan = planned(
        standing, listed, release.effective_on, is_whole=release.is_whole, has_headings=release.has_headings
    )
    if plan.clashes:
        code, line = plan.clashes[0]
        where = f" (line {line})" if line else ""
        many = f"{len(plan.clashes):,} codes have" if len(plan.clashes) > 1 else "A code has"
        raise Refused(
            Finding(
                f"{many} other words from {us_date(release.effective_on)} or later already: {code}{where}. "
                "Load this list from a later day.",
                "effective_on",
            )
        )
    open_now = sum(row.expires_on is None or row.expires_on >= release.effective_on for row in standing)
    if open_now > _FEW and len(plan.ended) > open_now * _MOST_ENDED:
        raise Refused(
            Finding(
                f"This list would end {len(plan.ended):,} of {open_now:,} codes. It seems to be cut off, or "
                "another list. Get the whole file again."
            )
        )
    return plan


def _last(work: Work, code_set: ReleasedSet) -> CodeRelease | None:
    return work.session.scalar(
        select(CodeRelease)
        .where(CodeRelease.code_set == code_set)
        .order_by(CodeRelease.effective_on.desc(), CodeRelease.id.desc())
        .limit(1)
    )


def _view(work: Work, code_set: ReleasedSet) -> SetView:
    model = code_rows.MODELS.get(code_set, ProcedureCode)
    counting = select(func.count()).where(model.in_force(work.today))
    if code_set is ReleasedSet.CPT:
        counting = counting.where(ProcedureCode.code_set == CodeSet.CPT)
    last = _last(work, code_set)
    return SetView(
        code_set,
        SETS[code_set],
        work.session.scalar(counting) or 0,
        last.name if last else "",
        last.effective_on if last else None,
        work.wall(last.loaded_at) if last else None,
        last.loaded_by if last else "",
        next_release_on(code_set, last.effective_on) if last else None,
    )
