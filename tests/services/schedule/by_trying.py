"""The search that tries each minute of a random office, from its plain values."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from frontdesk.services.schedule.pattern import PROVIDER, Want, by_want, fitted
from tests.services.schedule.random_office import (
    DAY,
    DAYS,
    KIND_OF,
    PROVIDERS,
    SITE_OF,
    THINGS,
    RandomOffice,
    Weekly,
)


class ByTrying:
    """Says of a provider and a minute whether a visit may start, by looking at each of its minutes."""

    def __init__(self, random: RandomOffice, zone: ZoneInfo) -> None:
        self.random = random
        self.length = random.minutes or random.kind_minutes
        self.needs = by_want(fitted(random.phases, random.kind_minutes, self.length))
        self.origin = datetime.combine(random.first, time())
        self.zone = zone
        self.is_new = random.for_new or not random.was_here
        self.sessions = [self._sessions_of(number) for number in range(PROVIDERS)]

    def starts(self, *, with_windows: bool = True) -> set[tuple[int, int]]:
        """Each provider and minute, on quarters of an hour."""
        return {
            (number, minute)
            for number in range(PROVIDERS)
            if self.random.only in (None, number) and not (with_windows and self.random.without == number)
            for minute in range(0, DAYS * DAY, 15)
            if self.can(number, minute, with_windows=with_windows)
        }

    def can(self, number: int, start: int, *, with_windows: bool) -> bool:
        random, day = self.random, start // DAY
        ends = start + max(self.length, *(phase.ends for several in self.needs.values() for phase in several))
        if start < max(random.now, self._ready()) or ends >= (day + 1) * DAY:
            return False
        if any(self._is_skipped(minute) for minute in range(start, ends)):
            return False
        visit = range(start, start + self.length)
        if with_windows and not all(self._is_wanted(minute) for minute in visit):
            return False
        own = [each for each in random.booked if each.is_danielles and not each.is_hold]
        if any(each.starts <= minute < each.ends for each in own for minute in visit):
            return False
        begins = start + self.needs[PROVIDER][0].offset
        session = next((each for each in self.sessions[number] if each.starts <= begins < each.ends), None)
        if session is None or self._is_full(number, session):
            return False
        return all(self._is_served(want, number, start, session.site) for want in self.needs)

    def site(self, number: int, start: int) -> int:
        begins = start + self.needs[PROVIDER][0].offset
        return next(each.site for each in self.sessions[number] if each.starts <= begins < each.ends)

    def _ready(self) -> int:
        """Preparation is told in real hours, also in the nights in which the clocks change."""
        now = self.origin + timedelta(minutes=self.random.now)
        instant = now.replace(tzinfo=self.zone).astimezone(UTC)
        ready = (instant + timedelta(hours=self.random.preparation_hours)).astimezone(self.zone)
        return int((ready.replace(tzinfo=None) - self.origin).total_seconds() // 60)

    def _is_skipped(self, minute: int) -> bool:
        wall = self.origin + timedelta(minutes=minute)
        return (
            wall.replace(tzinfo=self.zone).astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != wall
        )

    def _is_wanted(self, minute: int) -> bool:
        """Both days are of one week, so a weekday is a day."""
        at, random = minute % DAY, self.random
        if random.not_before is not None and at < random.not_before:
            return False
        if random.done_by is not None and at >= random.done_by:
            return False
        return not random.windows or any(
            day == minute // DAY and starts <= at < (DAY if ends is None else ends)
            for day, starts, ends in self.random.windows
        )

    def _is_served(self, want: Want, number: int, start: int, site: int) -> bool:
        minutes = [start + minute for phase in self.needs[want] for minute in range(phase.offset, phase.ends)]
        if want == PROVIDER:
            return all(self._provider_is_free(number, minute, site) for minute in minutes)
        return any(
            all(self._thing_is_free(thing, minute) for minute in minutes)
            for thing in range(THINGS)
            if KIND_OF[thing] == want and SITE_OF[thing] == site and thing not in self.random.off
        )

    def _provider_is_free(self, number: int, minute: int, site: int) -> bool:
        is_in = any(each.starts <= minute < each.ends and each.site == site for each in self.sessions[number])
        is_out = any(each.whose == number and each.starts <= minute < each.ends for each in self.random.out)
        return (
            is_in and not is_out and not self._is_kept(number, minute) and not self._is_booked(number, minute)
        )

    def _thing_is_free(self, thing: int, minute: int) -> bool:
        random, day, at = self.random, minute // DAY, minute % DAY
        if self._is_booked(PROVIDERS + thing, minute):
            return False
        if any(each.whose == thing and each.starts <= minute < each.ends for each in random.down):
            return False
        hours = [each for each in random.staff if each.whose == thing]
        return not hours or any(each.day == day and each.starts <= at < each.ends for each in hours)

    def _is_booked(self, whose: int, minute: int) -> bool:
        return any(
            each.whose == whose and each.starts <= minute < each.ends and (each.is_live or not each.is_hold)
            for each in self.random.booked
        )

    def _is_kept(self, number: int, minute: int) -> bool:
        random = self.random
        for each in random.blocks:
            starts = each.day * DAY + each.starts
            is_released = each.release_hours is not None and random.now >= starts - 60 * each.release_hours
            touches = each.whose == number and starts <= minute < each.day * DAY + each.ends
            is_holiday = random.holiday is not None and random.holiday == (each.day, None)
            if touches and not is_released and each.block is not random.opens and not is_holiday:
                return True
        return False

    def _is_full(self, number: int, session: Weekly) -> bool:
        visits = [
            each
            for each in self.random.booked
            if each.whose == number and not each.is_hold and session.starts <= each.starts < session.ends
        ]
        if session.most_visits is not None and len(visits) >= session.most_visits:
            return True
        new = sum(each.is_new for each in visits)
        return self.is_new and session.most_new is not None and new >= session.most_new

    def _sessions_of(self, number: int) -> list[Weekly]:
        """Of both kinds, counted from midnight of the first day, the earlier first."""
        found = [
            Weekly(
                number,
                0,
                each.day * DAY + each.starts,
                each.day * DAY + each.ends,
                each.site,
                each.most_visits,
                each.most_new,
            )
            for each in self.random.sessions
            if each.whose == number and not self._is_closed(each.day, each.site)
        ]
        found += [
            Weekly(number, 0, each.starts, each.ends, each.site)
            for each in self.random.extra
            if each.whose == number and not self._is_closed(each.starts // DAY, each.site)
        ]
        return sorted(found, key=lambda each: each.starts)

    def _is_closed(self, day: int, site: int) -> bool:
        return self.random.holiday in ((day, None), (day, site))
