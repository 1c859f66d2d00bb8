"""The paper charts of who came before everything was electronic, and where they are this Tuesday morning."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from frontdesk.demo import acting
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import TODAY, instant
from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.text import digits
from frontdesk.models.office.resources import Provider
from frontdesk.models.records.document import Category
from frontdesk.models.records.volume import ChartVolume, Place, VolumePart
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import command, irreversible
from frontdesk.services.database import Database
from frontdesk.services.records import misfiled, movements, paper_rule
from frontdesk.services.records.movements import Holder
from frontdesk.services.records.paper_rule import FilingOrder, Paper
from frontdesk.services.visit import pull_list
from frontdesk.services.visit.pull_list import PullLine, PullState
from frontdesk.services.work import Actor, Work

SHARE: Final = 3
"""One patient in so many has paper."""
_SECOND_VOLUME_EVERY: Final = 5
_IN_A_BAY, _ON_A_SHELF = 4_000, 333
_LAST_PAPER: Final = date(2019, 6, 28)
_LATE_ADD: Final = time(15, 0)
_HANDED: Final = datetime.combine(TODAY, time(8, 20))
_KNOWN: Final = {"HP-09177": date(2014, 9, 15)}


@command(
    "Shelve the paper charts of the demo practice",
    permission="demo.fill",
    undo=irreversible("The demo practice is made anew at each start."),
)
def shelve(work: Work) -> int:
    """Every third patient has paper; gives back the number of volumes."""
    patients = work.session.execute(
        select(Patient.id, Patient.chart_number, Patient.legal_last).order_by(
            Patient.chart_number, Patient.id
        )
    ).all()
    volumes: list[dict[str, object]] = []
    parts: list[dict[str, object]] = []
    for place, (patient_id, number, last) in enumerate(patients):
        if place % SHARE and number not in _KNOWN:
            continue
        opened = _KNOWN.get(number, date(2004, 1, 5) + timedelta(days=7 * place % 4_700))
        count = 2 if place % _SECOND_VOLUME_EVERY == 0 and number not in _KNOWN else 1
        for volume in range(1, count + 1):
            made = _volume(work, patient_id, number, last, volume, opened, is_last=volume == count)
            volumes.append(made)
            if volume == 1:
                parts += _parts(work, made["id"], opened)
    if volumes:
        work.session.execute(insert(ChartVolume), volumes)
        work.session.execute(insert(VolumePart), parts)
    return len(volumes)


def keep(database: Database, clock: SetClock) -> None:
    """Shelves, then the morning: the list of the day printed and pulled, one chart missing, some out long."""
    with Session(database.engines.read) as session:
        actor = acting.as_user(session, "dana")
        amin = session.scalars(select(Provider.id).order_by(Provider.last_name)).first()
    rule = Paper(True, FilingOrder.STRAIGHT)
    database.do(actor, paper_rule.set_rule, rule=rule, before=paper_rule.NONE)
    database.do(actor, shelve)
    todays = _needed(database, actor, clock, TODAY)
    busy = {line.volume.volume_id for line in todays}
    tomorrows = {line.volume.volume_id for line in _needed(database, actor, clock, TODAY + timedelta(1))}
    with Session(database.engines.read) as session:
        idle = [
            volume_id
            for volume_id in session.scalars(select(ChartVolume.id).order_by(ChartVolume.id).limit(400))
            if volume_id not in busy | tomorrows
        ]
    if amin is not None and len(idle) > 60:
        _days_before(database, actor, clock, idle[7::13], amin)
    _this_morning(database, actor, clock, todays)
    clock.set(STARTS_AT)


def _days_before(database: Database, actor: Actor, clock: SetClock, idle: list[int], amin: int) -> None:
    """Letters that took charts along, one with an auditor, one that nobody finds."""
    desk = Holder(Place.DESK, provider_id=amin)
    for days, volume_id, to, what_for, due in (
        (12, idle[0], desk, "letter to employer", 5),
        (6, idle[1], Holder(Place.PERSON, words="R. Okafor, auditor"), "payer audit", 20),
        (1, idle[2], desk, "disability form", 4),
    ):
        on = TODAY - timedelta(days=days)
        clock.set(instant(datetime.combine(on, time(14, 10))))
        due_on = on + timedelta(days=due)
        database.do(actor, movements.check_out, volume_id=volume_id, to=to, out_for=what_for, due_on=due_on)
    lost = idle[3]
    clock.set(instant(datetime.combine(TODAY - timedelta(days=20), time(9, 0))))
    database.do(actor, movements.check_out, volume_id=lost, to=desk, out_for="annual physical")
    clock.set(instant(datetime.combine(TODAY - timedelta(days=19), time(16, 30))))
    for volume_id in (idle[4], lost, idle[5]):
        if volume_id != lost:
            database.do(actor, movements.check_out, volume_id=volume_id, to=desk)
        database.do(actor, movements.refile, volume_id=volume_id)
    clock.set(instant(datetime.combine(TODAY - timedelta(days=4), time(11, 20))))
    database.do(actor, movements.report_missing, volume_id=lost, note="Not on its shelf")
    spots = database.ask(actor, misfiled.search, volume_id=lost).spots
    for spot in spots[:2]:
        database.do(actor, misfiled.looked, volume_id=lost, spot=spot.name)


def _this_morning(database: Database, actor: Actor, clock: SetClock, todays: list[PullLine]) -> None:
    """Printed at 7:30; what the first visits needed is refiled, the next are with their providers."""
    if not todays:
        return
    clock.set(instant(datetime.combine(TODAY, time(7, 30))))
    on_paper = tuple(line.volume.volume_id for line in todays)
    late = [line.volume.volume_id for line in todays if line.visits[0].starts.time() >= _LATE_ADD][:2]
    printed = tuple(volume_id for volume_id in on_paper if volume_id not in late)
    database.do(actor, pull_list.note_print, day=TODAY, provider_id=None, volume_ids=printed)
    now = datetime.combine(TODAY, time(10, 42))
    acts: list[tuple[datetime, int]] = []
    for line in todays:
        volume_id, starts = line.volume.volume_id, line.visits[0].starts
        if volume_id in late or starts > now + timedelta(hours=2):
            continue
        desks = len({visit.provider_id for visit in line.visits})
        acts += [(datetime.combine(TODAY, time(8, 5)), volume_id), (_HANDED, volume_id)]
        acts += [(starts + timedelta(minutes=45), volume_id)] if desks == 1 else []
        acts += [(starts + timedelta(minutes=70), volume_id)] if desks == 1 else []
    for at, volume_id in sorted(acts):
        if at < now:
            clock.set(instant(at))
            database.do(actor, pull_list.step, volume_id=volume_id, day=TODAY)


def _needed(database: Database, actor: Actor, clock: SetClock, day: date) -> list[PullLine]:
    """What a day needs, as the list says in its morning."""
    clock.set(instant(datetime.combine(day, time(7, 0))))
    lines = database.ask(actor, pull_list.pull_list, day=day).lines
    return [line for line in lines if line.state is PullState.NEEDED]


def _volume(
    work: Work, patient_id: int, number: str, last: str, volume: int, opened: date, *, is_last: bool
) -> dict[str, object]:
    at = int(digits(number) or 0)
    bay, shelf = chr(ord("A") + at // _IN_A_BAY % 26), at % _IN_A_BAY // _ON_A_SHELF + 1
    begun = opened if volume == 1 else _LAST_PAPER - timedelta(days=700)
    return {
        "id": work.new_id(),
        "version": 1,
        "patient_id": patient_id,
        "number": volume,
        "filed_as": number,
        "barcode": f"{number}-{volume}",
        "home": f"Bay {bay}, shelf {shelf}, {last[:1].upper()}-{digits(number)[:4]}",
        "opened_on": begun,
        "closed_on": None if is_last else _LAST_PAPER - timedelta(days=701),
        "since_at": work.now,
        "place": Place.SHELF,
        "words": "",
        "out_by": "",
        "out_for": "",
    }


def _parts(work: Work, volume_id: object, opened: date) -> Iterator[dict[str, object]]:
    for category, scanned in (
        (Category.VISIT_NOTE, None),
        (Category.LETTER, None),
        (Category.LAB_RESULT, date(2020, 2, 14)),
    ):
        yield {
            "id": work.new_id(),
            "volume_id": volume_id,
            "category": category,
            "from_on": opened,
            "until_on": _LAST_PAPER,
            "scanned_on": scanned,
        }
