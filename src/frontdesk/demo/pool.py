"""Who comes on a day: the established patients of each provider, and those who are new."""

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from frontdesk.demo.people import Person


class Pool:
    """Hands out patients for visits, nobody twice on one day, nobody every week."""

    def __init__(
        self,
        people: list[Person],
        provider_ids: Mapping[str, int],
        chance: Random,
        register: Callable[[date, str], Person | None],
    ) -> None:
        self._provider_ids = provider_ids
        self._chance = chance
        self._register = register
        self._by_provider: dict[int, list[Person]] = {}
        for person in people:
            if not person.is_cast:
                self._by_provider.setdefault(person.usual_id, []).append(person)
        self._everybody = [person for person in people if not person.is_cast]

    def newcomer(self, booked_on: date, provider: str) -> Person | None:
        """Somebody registered for this visit; None when the practice has all its patients."""
        return self._register(booked_on, provider)

    def established(self, provider: str, on: date) -> Person | None:
        """A patient who may come that day, mostly one of the provider's own."""
        own = self._by_provider.get(self._provider_ids[provider], self._everybody)
        for _ in range(12):
            among = (
                own if self._chance.random() < 0.9 or provider in ("Reyes", "Whitfield") else self._everybody
            )
            if not among:
                return None
            person = self._chance.choice(among)
            if _may_come(person, on) and (provider == "Reyes") == person.is_child:
                return person
        return None


def _may_come(person: Person, on: date) -> bool:
    return person.since < on and all(abs((on - day).days) > 6 for day in person.busy_on)
