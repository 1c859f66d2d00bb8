"""The rows of the code lists: read for a comparison, packed for a command, written by a plan."""

import json
import zlib
from dataclasses import asdict, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from frontdesk.formats.code_lists import CodeList
from frontdesk.kernel.text import fold
from frontdesk.models.billing.code_lists import (
    HcpcsCode,
    ModifierCode,
    PlaceOfService,
    Published,
    ReleasedSet,
)
from frontdesk.models.billing.codes import CodeSet, DiagnosisCode, ProcedureCode
from frontdesk.services.billing.code_plan import Begun, Ended, Listed, Plan, Standing
from frontdesk.services.work import Work

MODELS: dict[ReleasedSet, type[Published]] = {
    ReleasedSet.ICD10CM: DiagnosisCode,
    ReleasedSet.HCPCS: HcpcsCode,
    ReleasedSet.POS: PlaceOfService,
    ReleasedSet.MODIFIER: ModifierCode,
}
_BATCH = 5_000
_DAYS = ("first_on", "last_on", "changed_on")
_FIELDS = tuple(each.name for each in fields(Listed))


def packed(found: CodeList) -> bytes:
    """The codes of a file as a command can carry them."""
    rows = [[asdict(code)[name] for name in _FIELDS] for code in found.codes]
    return zlib.compress(json.dumps(rows, separators=(",", ":"), default=date.isoformat).encode())


def unpacked(content: bytes) -> list[Listed]:
    rows: list[list[Any]] = json.loads(zlib.decompress(content))  # Any: as JSON gives them back
    found = (dict(zip(_FIELDS, row, strict=True)) for row in rows)
    return [
        Listed(**row | {name: date.fromisoformat(row[name]) for name in _DAYS if row[name]}) for row in found
    ]


def write(work: Work, code_set: ReleasedSet, plan: Plan) -> None:
    """Ends first, then what begins; in bulk, so that a whole list takes seconds."""
    model = MODELS.get(code_set, ProcedureCode)
    ends: list[dict[str, object]] = [
        {"id": each.standing.id, "expires_on": each.last_on} | _named(model, each) for each in plan.ended
    ]
    begun = [*plan.new, *plan.reworded]
    ends += [{"id": each.id, "expires_on": None} for each in plan.extended]
    for each in plan.reworded:
        assert each.before is not None
        ends.append({"id": each.before.id, "expires_on": each.effective_on - timedelta(days=1)})
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


def standing(work: Work, code_set: ReleasedSet) -> list[Standing]:
    if code_set is ReleasedSet.CPT:
        own = ProcedureCode
        asked = select(own.id, own.code, own.label, own.effective_on, own.expires_on).where(
            own.code_set == CodeSet.CPT
        )
        return [
            Standing(id, code, label, True, starts, ends)
            for id, code, label, starts, ends in work.session.execute(asked.order_by(own.code, own.id))
        ]
    model = MODELS[code_set]
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
