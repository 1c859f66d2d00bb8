"""The public lists that ship with the program, for an office that has loaded no release yet."""

import csv
import lzma
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import insert, select, update

from frontdesk.kernel.files import resources_folder
from frontdesk.kernel.text import fold
from frontdesk.models.billing.code_lists import (
    CodeRelease,
    HcpcsCode,
    ModifierCode,
    PlaceOfService,
    Published,
    ReleasedSet,
)
from frontdesk.models.billing.codes import DiagnosisCode
from frontdesk.services.command import command, irreversible
from frontdesk.services.work import Work

Row = dict[str, object]

_BATCH = 5_000
_WITH_US = "came with Frontdesk"
HCPCS_FROM, PLACES_FROM, ICD_FROM = date(2020, 4, 1), date(2003, 10, 1), date(2025, 10, 1)
"""When the shipped lists became valid; that of ICD-10-CM has the days of its codes."""


@command(
    "Load public code lists",
    permission="billing.edit_codes",
    undo=irreversible("The public lists are reference data and stay."),
)
def load_public_codes(work: Work, *, beginnings: tuple[str, ...] = ()) -> int:
    """Load the public lists that ship with the program; the number of new rows.

    Rows that are there already are left alone, so that a newer program can add its release; a list
    of which the office loaded a release itself is left alone too. With `beginnings` ("G43", "I")
    only the diagnoses that begin so are loaded, and no HCPCS.
    """
    added = _load(work, ReleasedSet.POS, PlaceOfService, _small("place_of_service.csv", PLACES_FROM))
    added += _load(work, ReleasedSet.MODIFIER, ModifierCode, _small("modifiers.csv", PLACES_FROM))
    if not beginnings:
        added += _load(work, ReleasedSet.HCPCS, HcpcsCode, list(_hcpcs()))
    return added + _load(work, ReleasedSet.ICD10CM, DiagnosisCode, list(_diagnoses(beginnings)))


def _load(work: Work, code_set: ReleasedSet, model: type[Published], listed: list[Row]) -> int:
    loaded = select(CodeRelease.name).where(CodeRelease.code_set == code_set)
    releases = set(work.session.scalars(loaded))
    if releases - {_WITH_US}:
        return 0
    known = {
        (code, on): (id, until)
        for id, code, on, until in work.session.execute(
            select(model.id, model.code, model.effective_on, model.expires_on)
        )
    }
    rows: list[Row] = []
    for row in listed:
        at = known.get((str(row["code"]), row["effective_on"]))  # type: ignore[arg-type] # the day of the row
        if at is None:
            rows.append({"id": work.new_id(), "words": fold(str(row["label"])), "successor": ""} | row)
        elif at[1] != row["expires_on"]:
            work.session.execute(update(model).where(model.id == at[0]).values(expires_on=row["expires_on"]))
    for start in range(0, len(rows), _BATCH):
        work.step(start, len(rows))
        work.session.execute(insert(model), rows[start : start + _BATCH])
    if rows and not releases:
        work.add(_release(work, code_set, len(rows)))
    return len(rows)


def _release(work: Work, code_set: ReleasedSet, added: int) -> CodeRelease:
    since = {ReleasedSet.ICD10CM: ICD_FROM, ReleasedSet.HCPCS: HCPCS_FROM}.get(code_set, PLACES_FROM)
    return CodeRelease(
        code_set=code_set,
        name=_WITH_US,
        effective_on=since,
        codes=added,
        added=added,
        ended=0,
        reworded=0,
        loaded_at=work.now,
        loaded_by=work.actor.name,
    )


def _small(name: str, since: date) -> list[Row]:
    with (_folder() / name).open(encoding="utf-8", newline="") as lines:
        return [
            {"code": row["code"], "label": row["label"], "effective_on": since, "expires_on": None}
            for row in csv.DictReader(lines)
        ]


def _hcpcs() -> Iterator[Row]:
    with lzma.open(_folder() / "hcpcs.tsv.xz", "rt", encoding="utf-8") as packed:
        for line in packed:
            code, label = line.rstrip("\n").split("\t")
            yield {"code": code, "label": label, "effective_on": HCPCS_FROM, "expires_on": None}


def _diagnoses(beginnings: tuple[str, ...]) -> Iterator[Row]:
    with lzma.open(_folder() / "icd10cm.tsv.xz", "rt", encoding="utf-8") as packed:
        for line in packed:
            if beginnings and not line.startswith(beginnings):
                continue
            code, billable, first, last, label = line.rstrip("\n").split("\t")
            yield {
                "code": code,
                "label": label,
                "is_billable": billable == "1",
                "effective_on": date.fromisoformat(first),
                "expires_on": date.fromisoformat(last) if last else None,
            }


def _folder() -> Path:
    return resources_folder() / "codes"
