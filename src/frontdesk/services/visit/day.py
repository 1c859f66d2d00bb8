"""A day of the book with what the desk must see to on each visit."""

from dataclasses import dataclass
from datetime import date

from frontdesk.services.command import query
from frontdesk.services.schedule import day as schedule_day
from frontdesk.services.schedule.day import DaySheet
from frontdesk.services.schedule.resource_day import ResourceDay, resource_day
from frontdesk.services.visit import flags
from frontdesk.services.visit.flags import Flag
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class FlaggedDay:
    """The sheet of a day, and the flags by visit."""

    sheet: DaySheet
    flags: dict[int, tuple[Flag, ...]]

    @property
    def need_work(self) -> int:
        """How many visits have something that stops or must be done."""
        return sum(
            any(flag.severity in ("block", "warn") for flag in of_visit) for of_visit in self.flags.values()
        )


@query(permission="schedule.view")
def flagged_day(work: Work, *, day: date, provider_ids: tuple[int, ...] = ()) -> FlaggedDay:
    """What the day view draws, of some providers or of all; a constant number of statements."""
    sheet = schedule_day.day_sheet(work, day=day, provider_ids=provider_ids)
    return FlaggedDay(sheet, flags.of_sheet(work, sheet))


@dataclass(frozen=True, slots=True)
class FlaggedResources:
    """The resources of a day, and the flags by visit."""

    day: ResourceDay
    flags: dict[int, tuple[Flag, ...]]


@query(permission="schedule.view")
def flagged_resources(work: Work, *, day: date) -> FlaggedResources:
    """What the resources view draws; a constant number of statements."""
    resources = resource_day(work, day=day)
    return FlaggedResources(resources, flags.of_sheet(work, resources.sheet))
