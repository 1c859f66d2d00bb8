"""A provider's week with what the desk must see to on each visit."""

from dataclasses import dataclass
from datetime import date

from frontdesk.services.command import query
from frontdesk.services.schedule import week as schedule_week
from frontdesk.services.schedule.week import WeekSheet
from frontdesk.services.visit import flags
from frontdesk.services.visit.flags import Flag
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class FlaggedWeek:
    """The sheet of a week, and the flags by visit."""

    sheet: WeekSheet
    flags: dict[int, tuple[Flag, ...]]


@query(permission="schedule.view")
def flagged_week(work: Work, *, day: date, provider_id: int | None = None) -> FlaggedWeek:
    """What the week view draws; as many statements for few visits as for many."""
    sheet = schedule_week.week_sheet(work, day=day, provider_id=provider_id)
    found: dict[int, tuple[Flag, ...]] = {}
    for each in sheet.days:  # what is due and covered depends on the day
        found |= flags.of_sheet(work, each)
    return FlaggedWeek(sheet, found)
