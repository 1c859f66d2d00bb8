"""The people of the demo's Tuesday, and where each of them stands at 10:42. Nobody of them exists."""

import csv
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Final

from frontdesk.demo.week import TODAY


class At(StrEnum):
    """Where a visit of the day stands."""

    DONE = "done"
    CHECK_OUT = "check-out"
    IN_VISIT = "in visit"
    IN_ROOM = "in room"
    READY = "ready"
    CHECKING_IN = "checking in"
    CONFIRMED = "confirmed"
    SCHEDULED = "scheduled"
    CANCELED = "canceled"
    NO_SHOW = "no-show"


class Mark(StrEnum):
    """What is particular about a visit or its patient."""

    NEW = "new"
    UNVERIFIED = "unverified"
    UNAUTHORIZED = "unauthorized"
    UNSIGNED = "unsigned"
    COPAY_DUE = "copay due"
    SPANISH = "Spanish"
    WHEELCHAIR = "wheelchair"
    CALLED = "called"


@dataclass(frozen=True, slots=True)
class Role:
    """One visit of the Tuesday with its patient."""

    provider: str
    starts: str
    minutes: int
    name: str
    sex: str
    born_on: date
    plan: str
    kind: str
    reason: str
    at: At = At.DONE
    since: str = ""
    """The clock time from which the patient is in this stage, for those in the office."""
    room: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def first(self) -> str:
        return self.name.rsplit(" ", 1)[0]

    @property
    def last(self) -> str:
        return self.name.rsplit(" ", 1)[1]

    @property
    def starts_at(self) -> datetime:
        return clock(self.starts)


def clock(at: str) -> datetime:
    """A time of the Tuesday: "10:45", on the 24-hour clock."""
    return datetime.combine(TODAY, time.fromisoformat(f"{at:0>5}"))


def _read(row: dict[str, str]) -> Role:
    return Role(
        provider=row["provider"],
        starts=row["starts"],
        minutes=int(row["minutes"]),
        name=row["name"],
        sex=row["sex"],
        born_on=date.fromisoformat(row["born_on"]),
        plan=row["plan"],
        kind=row["kind"],
        reason=row["reason"],
        at=At(row["at"]),
        since=row["since"],
        room=row["room"],
        marks=tuple(Mark(word) for word in row["marks"].split("; ") if word),
    )


with (Path(__file__).parent / "day.csv").open(encoding="utf-8", newline="") as _lines:
    DAY: Final = tuple(_read(row) for row in csv.DictReader(_lines))
    """The visits of the day, provider by provider."""
