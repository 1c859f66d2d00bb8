"""The patients nobody names: households of the neighbourhood, by chance but always the same."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from frontdesk.demo import names
from frontdesk.demo.catalog import PLANS
from frontdesk.demo.people import ADULT, ChartNumbers, Draft, Home, Person, Registry, born, email, home
from frontdesk.demo.week import TODAY
from frontdesk.kernel.text import age_on
from frontdesk.models.registration.patient import ReminderWay, Sex
from frontdesk.models.registration.reach import PhoneKind

SIZES: Final = ((1, 50), (2, 20), (3, 12), (4, 12), (5, 6))
"""How many live together, and how common that is."""

_RELATIVES: Final = ("sister", "daughter", "mother", "friend")
_KEYS: Final = tuple(plan.key for plan in PLANS if plan.weight)
_WEIGHTS: Final = tuple(plan.weight for plan in PLANS if plan.weight)


def move_in(registry: Registry, charts: ChartNumbers, most: int) -> list[Person]:
    """One household of at most this many patients: adults first, children on the first adult's account."""
    chance = registry.chance
    size = min(most, _drawn(chance, SIZES))
    last = chance.choice(names.LAST)
    where, since = home(chance), _since(chance)
    plan = _plan(chance)
    phone = names.phone(chance)
    found: list[Person] = []
    for place in range(size):
        is_child = place >= 2 or (size == 2 and place == 1 and chance.random() < 0.3)
        draft = _member(registry, charts, last, where, since, plan, phone, is_child=is_child, among=found)
        found.append(registry.register(draft, payer=found[0] if is_child else None))
    return found


def _member(
    registry: Registry,
    charts: ChartNumbers,
    last: str,
    where: Home,
    since: date,
    plan: str | None,
    phone: str,
    *,
    is_child: bool,
    among: list[Person],
) -> Draft:
    chance = registry.chance
    sex = chance.choice((Sex.FEMALE, Sex.MALE))
    first = chance.choice(names.WOMEN if sex is Sex.FEMALE else names.MEN)
    born_on = born(chance, 0, ADULT - 1) if is_child else born(chance, ADULT + 2, 88)
    age = age_on(born_on, TODAY)
    since = max(since, born_on)
    if age >= 65 and not is_child:
        plan = "medicare"
    own = names.phone(chance)
    phones = [(PhoneKind.MOBILE, phone if is_child else own, True)]
    if not is_child and chance.random() < 0.3:
        phones.append((PhoneKind.WORK, names.phone(chance), False))
    other: dict[str, object] = {
        "email": "" if is_child or chance.random() < 0.25 else email(first, last),
        "reminder_way": chance.choice(
            (ReminderWay.TEXT, ReminderWay.TEXT, ReminderWay.CALL, ReminderWay.EMAIL)
        ),
        "pharmacy": chance.choice(names.PHARMACIES),
        "employer": "" if is_child or age >= 65 else chance.choice(names.EMPLOYERS),
        "marital_status": "" if is_child else chance.choice(("single", "married", "divorced", "widowed")),
        **_language(chance),
    }
    if other["reminder_way"] is ReminderWay.EMAIL and not other["email"]:
        other["reminder_way"] = ReminderWay.CALL
    parent = among[0] if among else None
    relative = f"{chance.choice(names.WOMEN)} {last}"
    contact = (
        (f"{parent.first} {parent.last}", "parent" if is_child else "spouse", phone)
        if parent
        else (relative, "parent" if is_child else chance.choice(_RELATIVES), names.phone(chance))
    )
    return Draft(
        first=first,
        last=last,
        sex=sex,
        born_on=born_on,
        chart_number=charts.next(),
        usual_id=_usual(registry, sex, age),
        since=since,
        home=where,
        phones=tuple({number: (kind, number, text) for kind, number, text in phones}.values()),
        plan=plan,
        contact=contact,
        other=other,
    )


def newcomer(registry: Registry, charts: ChartNumbers, booked_on: date, provider: str) -> Draft:
    """Somebody who calls for a first visit with this provider."""
    chance = registry.chance
    draft = _member(
        registry,
        charts,
        chance.choice(names.LAST),
        home(chance),
        booked_on,
        _plan(chance),
        names.phone(chance),
        is_child=provider == "Reyes",
        among=[],
    )
    return replace(draft, usual_id=registry.setting.providers[provider], since=max(booked_on, draft.born_on))


def _usual(registry: Registry, sex: Sex, age: int) -> int:
    providers = registry.setting.providers
    if age < ADULT:
        return providers["Reyes"]
    if sex is Sex.FEMALE and age < 50 and registry.chance.random() < 0.4:
        return providers["Whitfield"]
    return providers[registry.chance.choice(("Lee", "Lee", "Okafor", "Okafor", "Raman"))]


def _language(chance: Random) -> dict[str, object]:
    drawn = chance.random()
    if drawn < 0.06:
        return {"language": "Spanish", "interpreter_needed": chance.random() < 0.7}
    if drawn < 0.075:
        return {"language": "Vietnamese", "interpreter_needed": True}
    return {"language": "English"}


def _plan(chance: Random) -> str | None:
    return None if chance.random() < 0.05 else chance.choices(_KEYS, _WEIGHTS)[0]


def _since(chance: Random) -> date:
    return TODAY - timedelta(days=130 + int(3_600 * chance.random() ** 2))


def _drawn(chance: Random, weighted: tuple[tuple[int, int], ...]) -> int:
    return chance.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]
