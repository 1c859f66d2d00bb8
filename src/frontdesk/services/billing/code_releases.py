"""Yearly and quarterly releases of codes: what one would change, and taking it over, all or nothing."""

import json
import zlib
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update

from frontdesk.formats.code_lists import CodeList
from frontdesk.kernel.errors import Conflict, Finding, Refused, refuse_if_any
from frontdesk.kernel.text import fold, us_date
from frontdesk.models.billing.code_lists import (
    CodeRelease,
    HcpcsCode,
    ModifierCode,
    PlaceOfService,
    Published,
    ReleasedSet,
)
from frontdesk.models.billing.codes import CodeSet, DiagnosisCode, ProcedureCode
from frontdesk.services.billing.code_plan import Begun, Ended, Listed, Plan, Standing, planned
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
_MODELS: dict[ReleasedSet, type[Published]] = {
    ReleasedSet.ICD10CM: DiagnosisCode,
    ReleasedSet.HCPCS: HcpcsCode,
    ReleasedSet.POS: PlaceOfService,
    ReleasedSet.MODIFIER: ModifierCode,
}
_BATCH = 5_000
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
    """The codes; made by `packed`."""
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


def packed(found: CodeList) -> bytes:
    """The codes of a file as a command can carry them."""
    rows = [_row(asdict(code)) for code in found.codes]
    return zlib.compress(json.dumps(rows, separators=(",", ":"), default=date.isoformat).encode())


@query(permission="billing.view")
def sets(work: Work) -> tuple[SetView, ...]:
    """Every list with what is valid today and the release that was loaded last."""
    return tuple(_view(work, code_set) for code_set in SETS)


@query(permission="billing.edit_codes")
def preview(work: Work, *, release: ReleaseDraft) -> Preview:
    """What the release would change. Raises Refused where it cannot be taken over."""
    plan = _plan(work, release)
    changes = [
        *(Change("new", b.listed.code, b.listed.label, on=b.effective_on) for b in plan.new[:_SHOWN]),
        *(Change("ends", e.standing.code, e.standing.label, on=e.last_on) for e in plan.ended[:_SHOWN]),
        *(
            Change("words", b.listed.code, b.listed.label, b.before.label if b.before else "", b.effective_on)
            for b in plan.reworded[:_SHOWN]
        ),
    ]
    last = _last(work, release.code_set)
    return Preview(
        len(plan.new),
        len(plan.ended),
        len(plan.reworded),
        len(plan.extended),
        plan.unchanged,
        tuple(changes),
        last.id if last else None,
    )


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
    plan = _plan(work, release)
    done = Preview(
        len(plan.new),
        len(plan.ended),
        len(plan.reworded),
        len(plan.extended),
        plan.unchanged,
        (),
        last_release_id,
    )
    if plan.is_empty and last is not None and last.effective_on == release.effective_on:
        return done
    write(work, release.code_set, plan)
    work.add(
        CodeRelease(
            code_set=release.code_set,
            name=release.name.strip(),
            effective_on=release.effective_on,
            codes=len(plan.new) + len(plan.reworded) + len(plan.extended) + plan.unchanged,
            added=len(plan.new),
            ended=len(plan.ended),
            reworded=len(plan.reworded),
            loaded_at=work.now,
            loaded_by=work.actor.name,
        )
    )
    return done


def write(work: Work, code_set: ReleasedSet, plan: Plan) -> None:
    """Ends first, then what begins; in bulk, so that a whole list takes seconds."""
    model = _MODELS.get(code_set, ProcedureCode)
    ends: list[dict[str, object]] = [
        {"id": each.standing.id, "expires_on": each.last_on} | _named(model, each) for each in plan.ended
    ]
    begun = [*plan.new, *plan.reworded]
    ends += [{"id": each.id, "expires_on": None} for each in plan.extended]
    for each in plan.reworded:
        assert each.before is not None
        ends.append({"id": each.before.id, "expires_on": date.fromordinal(each.effective_on.toordinal() - 1)})
    for change in ends:
        row_id = change.pop("id")
        work.session.execute(
            update(model)
            .where(model.id == row_id)
            .values(**change)
            .execution_options(synchronize_session=False)
        )
    favourites = _favourites(work) if model is ProcedureCode else set()
    for start in range(0, len(begun), _BATCH):
        work.step(start, len(begun))
        rows = [_values(work, code_set, each, favourites) for each in begun[start : start + _BATCH]]
        work.session.execute(insert(model), rows)


def next_release_on(code_set: ReleasedSet, after: date) -> date | None:
    """The first day of the release that follows one that is valid from a day; None where there is no rule."""
    months = _OFTEN.get(code_set)
    if months is None:
        return None
    days = [date(year, month, 1) for year in (after.year, after.year + 1) for month in months]
    return next(day for day in days if day > after)


# -- inside ---------------------------------------------------------------------


def _plan(work: Work, release: ReleaseDraft) -> Plan:
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
    standing = _standing(work, release.code_set)
    listed = _unpacked(release.packed)
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


def _standing(work: Work, code_set: ReleasedSet) -> list[Standing]:
    if code_set is ReleasedSet.CPT:
        own = ProcedureCode
        asked = select(own.id, own.code, own.label, own.effective_on, own.expires_on).where(
            own.code_set == CodeSet.CPT
        )
        return [
            Standing(id, code, label, True, starts, ends)
            for id, code, label, starts, ends in work.session.execute(asked.order_by(own.code, own.id))
        ]
    model = _MODELS[code_set]
    billable = DiagnosisCode.is_billable if model is DiagnosisCode else model.id.is_not(None)
    found = work.session.execute(
        select(model.id, model.code, model.label, billable, model.effective_on, model.expires_on).order_by(
            model.code, model.id
        )
    )
    return [Standing(*row) for row in found]


def _values(work: Work, code_set: ReleasedSet, begun: Begun, favourites: set[str]) -> dict[str, object]:
    listed = begun.listed
    values: dict[str, object] = {
        "id": work.new_id(),
        "code": listed.code,
        "label": listed.label,
        "words": fold(listed.label),
        "effective_on": begun.effective_on,
        "expires_on": begun.expires_on,
    }
    if code_set is ReleasedSet.CPT:
        return values | {
            "version": 1,
            "code_set": CodeSet.CPT,
            "words": fold(f"{listed.code} {listed.label} {listed.synonyms}"),
            "is_favourite": listed.code in favourites,
        }
    if code_set is ReleasedSet.ICD10CM:
        values["is_billable"] = listed.is_billable
    return values | {"successor": listed.successor if begun.expires_on else ""}


def _named(model: type[Published] | type[ProcedureCode], ended: Ended) -> dict[str, object]:
    return {"successor": ended.successor} if ended.successor and model is not ProcedureCode else {}


def _favourites(work: Work) -> set[str]:
    asked = select(ProcedureCode.code).where(ProcedureCode.is_favourite.is_(True))
    return set(work.session.scalars(asked))


def _last(work: Work, code_set: ReleasedSet) -> CodeRelease | None:
    return work.session.scalar(
        select(CodeRelease)
        .where(CodeRelease.code_set == code_set)
        .order_by(CodeRelease.effective_on.desc(), CodeRelease.id.desc())
        .limit(1)
    )


def _view(work: Work, code_set: ReleasedSet) -> SetView:
    model = _MODELS.get(code_set, ProcedureCode)
    counting = select(func.count()).where(
        model.effective_on <= work.today,
        func.coalesce(model.expires_on, work.today) >= work.today,
    )
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


def _row(code: dict[str, object]) -> list[object]:
    return [code[name] for name in _FIELDS]


_FIELDS = ("code", "label", "is_billable", "first_on", "last_on", "successor", "synonyms", "line")


def _unpacked(content: bytes) -> list[Listed]:
    rows: list[list[str]] = json.loads(zlib.decompress(content))
    return [
        Listed(
            code,
            label,
            bool(is_billable),
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None,
            successor,
            synonyms,
            int(line),
        )
        for code, label, is_billable, first, last, successor, synonyms, line in rows
    ]
