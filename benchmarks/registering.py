"""Registering a patient with phone and address, committed for good, against its rows by the bare driver."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from benchmarks.measure import Measure, compared
from benchmarks.on_engines import ENGINES, Fresh, Writes, bare_cursor, office_on
from frontdesk.services.registration import patients
from frontdesk.services.registration.drafts import IdentityDraft, PatientDraft, PhoneDraft, Sex
from tests.builders.office import site
from tests.builders.registration import ALDER_COURT
from tests.office import Office

NAMES = tuple(f"register_{engine}" for engine in ENGINES)
ACTS = 8
_SYLLABLES = "bar col dun fer gil hos jan kel lum mer nov pel rud sar tob vin wes yor zan".split()
_AREAS = ("503", "971", "360", "541")


def measures(wanted: set[str]) -> Iterator[Measure]:
    """One row for each engine that is wanted."""
    for engine in ENGINES:
        if f"register_{engine}" in wanted:
            with office_on(engine) as office:
                yield _registering(office, engine)


def _registering(office: Office, engine: str) -> Measure:
    site(office)
    numbers = count(1)

    def register() -> None:
        office.do(patients.register, draft=_somebody(next(numbers)))

    register()  # what is made once is made
    writes = Writes(office, register)
    fresh: Fresh = {
        "HP-00002": lambda run: f"XP-{run:05d}",
        "A-00002": lambda run: f"X-{run:05d}",
    }
    with bare_cursor(office) as cursor:

        def ours() -> None:
            for _ in range(ACTS):
                register()

        def limit() -> None:
            for _ in range(ACTS):
                writes.send(cursor, fresh)

        return compared(f"register_{engine}", ours, limit, goal=2.5, per=ACTS)


def _somebody(number: int) -> PatientDraft:
    """Nobody's look-alike: neither name, birth date, phone nor house comes twice."""
    chance = Random(number)
    first, last = ("".join(chance.choice(_SYLLABLES) for _ in range(3)).title() for _ in range(2))
    born_on = date(1940, 1, 1) + timedelta(days=number * 37 % 28_000)
    return PatientDraft(
        identity=IdentityDraft(first, last, born_on, Sex.FEMALE),
        phones=(PhoneDraft(f"({chance.choice(_AREAS)}) 555-{number % 10_000:04d}", text_ok=True),),
        address=replace(ALDER_COURT, street=f"{100 + number} {chance.choice(_SYLLABLES).title()} Street"),
    )
