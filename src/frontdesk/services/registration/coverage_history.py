"""Who covered a patient when, and the days on which nobody did."""

from dataclasses import dataclass
from datetime import date, timedelta

from frontdesk.services.command import query
from frontdesk.services.registration import coverages
from frontdesk.services.registration.coverages import CoverageLine
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without any coverage that pays first; None: until further notice."""

    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class History:
    """Everything a patient was covered by, and when nobody paid."""

    on: date
    in_force: tuple[CoverageLine, ...]
    """On the day that was asked for, in the order of payment."""
    cases: tuple[CoverageLine, ...]
    """Of injuries, on that day."""
    lines: tuple[CoverageLine, ...]
    """The newest first, cases too."""
    gaps: tuple[Gap, ...]
    """The newest first."""


@query(permission="registration.view")
def coverage_history(work: Work, *, patient_id: int, on: date | None = None) -> History:
    """As of a day (today); gaps are counted from the first day of coverage on."""
    day = on or work.today
    lines = coverages.history(work, patient_id=patient_id)
    return History(
        on=day,
        in_force=tuple(
            sorted(
                (line for line in lines if not line.case_number and _holds(line, day)),
                key=lambda line: (line.rank, line.id),
            )
        ),
        cases=tuple(line for line in lines if line.case_number and _holds(line, day)),
        lines=lines,
        gaps=tuple(reversed(gaps([line for line in lines if not line.case_number], work.today))),
    )


def gaps(lines: list[CoverageLine], today: date) -> list[Gap]:
    """The days between the first covered day and today, and after the last, that no line covers."""
    found: list[Gap] = []
    covered: date | None = None
    """Up to and with this day."""
    for line in sorted(lines, key=lambda line: (line.effective_from, line.id)):
        if covered is not None and line.effective_from > covered + timedelta(days=1):
            found.append(Gap(covered + timedelta(days=1), line.effective_from - timedelta(days=1)))
        until = line.effective_until or date.max
        covered = until if covered is None or until > covered else covered
        if covered == date.max:
            return found
    if covered is not None and covered < today:
        found.append(Gap(covered + timedelta(days=1), None))
    return found


def _holds(line: CoverageLine, day: date) -> bool:
    return line.effective_from <= day <= (line.effective_until or day)
