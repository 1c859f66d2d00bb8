"""A practice of twelve providers with a full Tuesday, and as many past visits as asked; made once, kept."""

import hashlib
import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from benchmarks.on_patients import NOW, SEED, opened
from frontdesk.demo import names
from frontdesk.demo.bulk import Rows
from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.files import migrations_folder
from frontdesk.models.office.resources import RoomKind
from frontdesk.models.registration.patient import Patient, PatientStatus, Sex
from frontdesk.models.schedule.appointment import Appointment, AppointmentEvent, EventKind, Lifecycle, Stage
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.visit_type import PhaseKind, Role
from frontdesk.services.command import command, irreversible
from frontdesk.services.database import Database
from frontdesk.services.schedule.visit_types import PhaseDraft
from frontdesk.services.work import Work
from tests.builders.office import device, room
from tests.builders.schedule import doctor, visit_type
from tests.office import Office

TODAY = date(2026, 3, 17)
PROVIDERS, VISITS = 12, 24
ROOMS, DEVICES = 20, 10
_FOLDER = Path(__file__).parents[1] / "build" / "bench-data"
_STARTS = [time(hour, minute) for hour in (8, 9, 10, 11, 13, 14, 15, 16) for minute in (0, 15, 30, 45)]
_BATCH = 20_000


def practice(past: int, *, ahead_percent: int = 0) -> Database:
    """The practice's own copy of the kept file; `ahead_percent`: how full the next 90 days are."""
    tables = (migrations_folder() / "versions/0001_office_opens.sqlite.sql").read_bytes()
    made_from = hashlib.sha256(tables + Path(__file__).read_bytes()).hexdigest()[:12]
    path = _FOLDER / f"visits-{past}-{ahead_percent}-{made_from}.db"
    if not path.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        for older in _FOLDER.glob(f"*visits-{past}-{ahead_percent}-*"):
            older.unlink()
        making = path.with_name(f"making-{path.name}")
        _make(making, past, ahead_percent)
        shutil.move(making, path)
    return opened(path)


@command("Fill the book", permission="demo.fill", undo=irreversible("The file is made anew."))
def fill_book(work: Work, *, providers: tuple[int, ...], kind: int, site: int, past: int) -> None:
    """Twenty-four visits of each provider today, of as many patients; then the past, of ten visits each."""
    chance = Random(SEED)
    rows = Rows(work)
    people = [_patient(rows, chance, work) for _ in range(PROVIDERS * VISITS)]
    place = _Place(work, rows, kind, site)
    for number, patient_id in enumerate(people):
        slot, provider = divmod(number, len(providers))
        place.visit(patient_id, (providers[provider],), datetime.combine(TODAY, _STARTS[slot]))
    people += [_patient(rows, chance, work) for _ in range(past // 10)]
    for number in range(past):
        slot, provider = divmod(number, len(providers))
        back, quarter = divmod(slot, len(_STARTS))
        starts = datetime.combine(TODAY - timedelta(days=1 + back), _STARTS[quarter])
        place.visit(chance.choice(people), (providers[provider],), starts, is_over=True)
        if number % _BATCH == _BATCH - 1:
            rows.write()
    rows.write()


@command("Fill the weeks ahead", permission="demo.fill", undo=irreversible("The file is made anew."))
def fill_ahead(
    work: Work, *, providers: tuple[int, ...], things: tuple[int, ...], kind: int, site: int, percent: int
) -> None:
    """So much of everybody's and everything's time in the next 90 days, each quarter by itself."""
    chance = Random(SEED)
    rows = Rows(work)
    person = _patient(rows, chance, work)
    place = _Place(work, rows, kind, site)
    for ahead in range(1, 91):
        on = TODAY + timedelta(days=ahead)
        if on.weekday() < 5:
            for resource in (*providers, *things):
                for starts in _STARTS:
                    if chance.random() * 100 < percent:
                        place.visit(person, (resource,), datetime.combine(on, starts), provider=providers[0])
            rows.write()


class _Place:
    """Puts visits into the book, each with its first event and its resource."""

    def __init__(self, work: Work, rows: Rows, kind: int, site: int) -> None:
        self.work, self.rows, self.kind, self.site = work, rows, kind, site

    def visit(
        self,
        patient_id: int,
        resources: tuple[int, ...],
        starts: datetime,
        *,
        provider: int | None = None,
        is_over: bool = False,
    ) -> None:
        ends, then = starts + timedelta(minutes=15), self.work.instant(starts)
        placed = {"starts": starts, "ends": ends, "provider_id": provider or resources[0]}
        over = {"lifecycle": Lifecycle.COMPLETED, "stage": Stage.GONE, "completed_at": then}
        visit_id = self.rows.add(
            Appointment,
            patient_id=patient_id,
            visit_type_id=self.kind,
            site_id=self.site,
            booked_at=then,
            **placed,
            **(over if is_over else {"lifecycle": Lifecycle.BOOKED, "stage": Stage.EXPECTED}),
        )
        event_id = self.rows.add(
            AppointmentEvent,
            appointment_id=visit_id,
            kind=EventKind.BOOKED,
            at=then,
            recorded_at=then,
            station_id=self.work.station.id,
            **placed,
        )
        for resource_id in resources:
            self.rows.add(
                ResourceBooking,
                resource_id=resource_id,
                appointment_id=visit_id,
                event_id=event_id,
                phase=PhaseKind.PROCEDURE,
                starts=starts,
                ends=ends,
            )


def _patient(rows: Rows, chance: Random, work: Work) -> int:
    last, first = chance.choice(names.LAST), chance.choice(names.WOMEN)
    number = work.new_id()
    return rows.add(
        Patient,
        chart_number=f"B-{number}"[-20:],
        status=PatientStatus.ACTIVE,
        legal_first=first,
        legal_last=last,
        search_name=f"{last} {first}".lower(),
        born_on=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)),
        sex=Sex.FEMALE,
        registered_at=NOW,
    )


def _make(path: Path, past: int, ahead_percent: int) -> None:
    office = Office(opened(path), SetClock(NOW))
    providers = tuple(doctor(office, f"{names.LAST[at * 7]}") for at in range(PROVIDERS))
    kind, site = visit_type(office), office.made["site"]
    office.do(fill_book, providers=providers, kind=kind, site=site, past=past)
    things = (
        *(room(office, f"Exam {at}", RoomKind.EXAM) for at in range(ROOMS)),
        *(device(office, f"Ultrasound {at}") for at in range(DEVICES)),
    )
    visit_type(
        office,
        "Scan",
        30,
        PhaseDraft(Role.PROVIDER, 0, 30),
        PhaseDraft(Role.ROOM, 0, 30, "exam"),
        PhaseDraft(Role.DEVICE, 0, 15, "ultrasound"),
    )
    if ahead_percent:
        office.do(fill_ahead, providers=providers, things=things, kind=kind, site=site, percent=ahead_percent)
    with office.database.engines.write.connect() as connection:
        connection.rollback()
        connection.connection.cursor().execute("ANALYZE")
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    office.database.close()
