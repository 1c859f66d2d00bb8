"""What came before the sixty days: earlier visits of the Tuesday's people, and one of most others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from frontdesk.demo import flow, week
from frontdesk.demo.billing import Billing, Course
from frontdesk.demo.book import Book, Happened, Planned, Visit, cancelled
from frontdesk.demo.cast import DAY, Mark
from frontdesk.demo.claims import MOCKUP_FLAWS, Flaw
from frontdesk.demo.money import COINSURANCE, DEDUCTIBLE, Bill, Share
from frontdesk.demo.people import Person
from frontdesk.demo.week import DAYS_BACK, TODAY

MOST_OLDER: Final = 6_000
"""Of a practice of any size: more patients than that have not come for long."""
_BEFORE: Final = TODAY - timedelta(days=DAYS_BACK)


@dataclass(frozen=True, slots=True)
class Past:
    """A visit that somebody of the mockups had, or will have."""

    on: date
    starts: str
    minutes: int
    provider: str
    kind: str
    reason: str
    is_kept: bool = True


def _d(text: str) -> date:
    return date.fromisoformat(text)


FOSTER: Final = (
    Past(_d("2021-06-08"), "9:00", 45, "Lee", "New patient visit", "New patient visit"),
    Past(_d("2022-02-15"), "10:00", 30, "Lee", "Annual physical", "Annual physical"),
    Past(_d("2022-10-11"), "14:30", 15, "Raman", "Office visit", "Cough"),
    Past(_d("2023-02-21"), "10:00", 30, "Lee", "Annual physical", "Annual physical"),
    Past(_d("2023-06-13"), "9:00", 30, "Whitfield", "Well woman exam", "Annual exam"),
    Past(_d("2023-12-05"), "15:45", 15, "Lee", "Office visit", "Sinus pain"),
    Past(_d("2024-02-27"), "10:00", 30, "Lee", "Annual physical", "Annual physical"),
    Past(_d("2024-06-18"), "9:00", 30, "Whitfield", "Well woman exam", "Annual exam"),
    Past(_d("2025-01-14"), "9:00", 30, "Lee", "Annual physical", "Annual physical"),
    Past(_d("2025-05-06"), "11:15", 15, "Raman", "Office visit", "Rash", is_kept=False),
    Past(_d("2025-06-17"), "9:00", 30, "Whitfield", "Well woman exam", "Annual exam"),
    Past(_d("2025-11-04"), "10:30", 30, "Lee", "Follow-up", "New headache"),
    Past(_d("2026-06-16"), "9:00", 30, "Whitfield", "Well woman exam", "Annual exam"),
)
HARRIS: Final = (
    Past(_d("2025-01-08"), "10:00", 30, "Lee", "Annual wellness visit", "Annual wellness visit"),
    Past(_d("2025-02-11"), "10:00", 30, "Lee", "Follow-up", "Hypertension follow-up"),
    Past(_d("2025-03-19"), "14:00", 15, "Raman", "Office visit", "Sinus infection"),
    Past(_d("2025-05-13"), "10:00", 30, "Lee", "Follow-up", "Hypertension follow-up", is_kept=False),
    Past(_d("2025-07-22"), "10:00", 30, "Lee", "Follow-up", "Hypertension follow-up"),
    Past(_d("2025-10-01"), "9:15", 15, "Lee", "Office visit", "Cough"),
    Past(_d("2025-12-18"), "10:00", 30, "Lee", "Annual wellness visit", "Annual wellness visit"),
    Past(_d("2026-04-14"), "10:00", 30, "Lee", "Follow-up", "Hypertension follow-up"),
)
_KNOWN: Final = {"Danielle Foster": FOSTER, "Walter Harris": HARRIS}
_OWING: Final = {"Deborah Klein", "George Mbeki"}


class Histories:
    """Places earlier visits and lets their money run its course."""

    def __init__(self, book: Book, billing: Billing, chance: Random) -> None:
        self.book = book
        self.billing = billing
        self.chance = chance

    def of_the_cast(self, people: dict[str, Person]) -> None:
        """The named people's own; some of the others', paid in full but where the day needs a balance."""
        for role in DAY:
            person = people[role.name]
            if role.name in _KNOWN:
                for past in _KNOWN[role.name]:
                    self._known(role.name, person, past)
            elif Mark.NEW not in role.marks:
                for _ in range(self.chance.randrange(1, 4)):
                    self._earlier(person, role.reason, role.kind, latest=TODAY - timedelta(days=20))
                if role.name in _OWING:
                    self._owes(person, role.name)
        for (name, on), flaws in MOCKUP_FLAWS.items():
            self._flawed(people[name], on, flaws)

    def of_others(self, people: list[Person]) -> Iterator[int]:
        """One earlier visit for each who has not come in the sixty days; counts as it goes."""
        quiet = [person for person in people if not person.busy_on and person.since < _BEFORE]
        for count, person in enumerate(quiet[:MOST_OLDER]):
            reason, kind = (
                ("Well child", "Well child") if person.is_child else ("Annual physical", "Annual physical")
            )
            self._earlier(person, reason, kind, latest=_BEFORE - timedelta(days=1))
            yield count

    def _known(self, name: str, person: Person, past: Past) -> None:
        planned = self._planned(
            person, past.provider, past.kind, past.reason, past.on, past.starts, past.minutes
        )
        if past.on > TODAY:
            self.book.place(planned, ())
        elif not past.is_kept:
            self.book.place(
                planned, (cancelled(planned.starts - timedelta(days=2), is_late=False, reason="Work"),)
            )
        else:
            visit = self._kept(planned)
            assert visit is not None, f"{past.on} {past.starts} is free for {name}"
            if name == "Danielle Foster" and past.reason == "New headache":
                self._to_her_deductible(visit)
            else:
                self.billing.follow(Course(visit, in_full=True))

    def _earlier(self, person: Person, reason: str, kind: str, *, latest: date) -> None:
        """A kept visit on some day before, if a free time is soon found."""
        earliest = max(person.since + timedelta(days=1), latest - timedelta(days=500))
        provider = next(n for n, id in self.book.setting.providers.items() if id == person.usual_id)
        for _ in range(4):
            on = earliest + timedelta(days=self.chance.randrange(max(1, (latest - earliest).days)))
            if (
                on > latest
                or on.weekday() not in week.working_days(provider)
                or on in self.book.setting.holidays
            ):
                continue
            starts = self.chance.choice(("8:00", "8:30", "9:00", "9:30", "10:00", "10:30", "15:45"))
            length = self.book.setting.kinds[kind].minutes
            visit = self._kept(self._planned(person, provider, kind, reason, on, starts, min(length, 30)))
            if visit is not None:
                self.billing.follow(Course(visit, in_full=True))
                return

    def _planned(
        self, person: Person, provider: str, kind: str, reason: str, on: date, starts: str, minutes: int
    ) -> Planned:
        at = datetime.combine(on, time.fromisoformat(f"{starts:0>5}"))
        booked = datetime.combine(min(on, TODAY) - timedelta(days=12), time(11, 10))
        return Planned(
            person=person,
            provider_id=self.book.setting.providers[provider],
            kind=self.book.setting.kinds[kind],
            reason=reason,
            starts=at,
            minutes=minutes,
            booked=booked,
        )

    def _kept(self, planned: Planned) -> Visit | None:
        room_id = self.book.setting.own_rooms[planned.provider_id][0]
        way: tuple[Happened, ...]
        way, _ = flow.walked_through(self.chance, planned, room_id, planned.starts)
        return self.book.place(planned, way)

    def _flawed(self, person: Person, on: date, flaws: tuple[Flaw, ...]) -> None:
        """A visit of last week whose claim the check will stop."""
        role = next(role for role in DAY if role.name == f"{person.first} {person.last}")
        reason = "Hypertension follow-up" if {Flaw.POINTER, Flaw.UNSUPPORTED} & set(flaws) else role.reason
        for starts in ("8:00", "9:00", "10:00", "15:45", "8:30", "9:30"):
            planned = self._planned(person, role.provider, "Follow-up", reason, on, starts, 30)
            visit = self._kept(planned)
            if visit is not None:
                self.billing.follow(Course(visit, flaws=flaws, entered_on=on + timedelta(days=1)))
                return

    def _to_her_deductible(self, visit: Visit) -> None:
        """Mockup 05: the whole allowed amount of 11/04 went to the deductible, known since 01/28."""
        self.billing.follow(
            Course(
                visit,
                pays=False,
                shares=_all_deductible,
                entered_on=date(2025, 11, 5),
                decided_on=date(2026, 1, 28),
            )
        )

    def _owes(self, person: Person, name: str) -> None:
        """A visit whose patient's part is still open: not covered for Klein, coinsurance for Mbeki."""
        provider = "Whitfield" if name == "Deborah Klein" else "Lee"
        for starts in ("8:00", "9:00", "10:00", "15:45"):
            planned = self._planned(
                person, provider, "Follow-up", "Hypertension follow-up", date(2026, 1, 28), starts, 30
            )
            visit = self._kept(planned)
            if visit is not None:
                shares = _not_covered if name == "Deborah Klein" else _coinsurance
                self.billing.follow(
                    Course(
                        visit,
                        pays=False,
                        shares=shares,
                        entered_on=date(2026, 1, 29),
                        decided_on=date(2026, 2, 13),
                    )
                )
                return


def _all_deductible(bill: Bill) -> list[Share]:
    line = bill.lines[0]
    return [Share(line, 0, line.cents - 8_420, ((DEDUCTIBLE, 8_420),))]


def _not_covered(bill: Bill) -> list[Share]:
    """$126.40 in all, as in mockups 04 and 07."""
    return [
        Share(line, 0, line.cents - cents, ((("PR", "204"), cents),))
        for line, cents in zip(bill.lines, (9_840, 2_800), strict=True)
    ]


def _coinsurance(bill: Bill) -> list[Share]:
    found = []
    for line in bill.lines:
        allowed = line.cents * 60 // 100
        found.append(
            Share(line, allowed - allowed // 5, line.cents - allowed, ((COINSURANCE, allowed // 5),))
        )
    return found
