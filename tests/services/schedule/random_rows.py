"""The rows of a random office, in a transaction that is dropped."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from frontdesk.models.office.practice import Holiday, Site
from frontdesk.models.office.resources import Resource
from frontdesk.models.schedule.appointment import Appointment, AppointmentEvent, EventKind, Lifecycle
from frontdesk.models.schedule.downtime import ResourceDowntime
from frontdesk.models.schedule.resource_booking import ResourceBooking, SlotHold
from frontdesk.models.schedule.template import (
    ExceptionKind,
    ScheduleException,
    StaffSession,
    TemplateBlock,
    TemplateSession,
)
from frontdesk.models.schedule.visit_type import VisitType, VisitTypePhase
from frontdesk.services.schedule.search import OpeningRequest, Window
from frontdesk.services.work import Work
from tests.builders.office import device, provider, room, site, staff_member
from tests.builders.registration import danielle
from tests.builders.schedule import walter
from tests.office import Office
from tests.services.schedule.random_office import DAYS, PROVIDERS, SITE_OF, RandomOffice, Span, Weekly


@dataclass(frozen=True)
class Ids:
    """The rows of a random office."""

    kind: int
    providers: tuple[int, ...]
    things: tuple[int, ...]
    sites: tuple[int, ...]
    danielle: int


@contextmanager
def undone(office: Office, first: date, now: int) -> Iterator[Work]:
    """A transaction at a minute of the first day, whose changes are dropped."""
    database = office.database
    wall = datetime.combine(first, time()) + timedelta(minutes=now)
    instant = wall.replace(tzinfo=database.zone).astimezone(UTC)
    with Session(database.engines.write, expire_on_commit=False) as session, session.begin() as begun:
        work = Work(session, office.actor, database.station, instant, database.zone)
        work.last_id = database._ids.first_of_block(office.clock.now())
        yield work
        begun.rollback()


def people_and_things(office: Office) -> None:
    """What stays: providers and things with nothing in the book, one of each kind at another site."""
    site(office)
    for last_name in ("Lee", "Okafor"):
        provider(office, last_name)
    room(office, "Exam 1"), room(office, "Exam 2")
    device(office, "Ultrasound 1"), device(office, "Ultrasound 2")
    staff_member(office, "Jo Whitten"), staff_member(office, "Marta Ruiz")
    danielle(office), walter(office)


def fill(office: Office, work: Work, random: RandomOffice) -> Ids:
    """The rows that the plain values stand for."""
    origin = datetime.combine(random.first, time())

    def at(minute: int) -> datetime:
        return origin + timedelta(minutes=minute)

    elsewhere = work.add(
        Site(
            name="Elsewhere",
            zone="America/Los_Angeles",
            address1="1 Hill",
            city="Salem",
            state="OR",
            zip="97301",
        )
    )
    work.flush()
    ids = Ids(
        kind=_add_kind(work, random),
        providers=(provider(office, "Lee"), provider(office, "Okafor")),
        things=(
            room(office, "Exam 1"),
            room(office, "Exam 2"),
            device(office, "Ultrasound 1"),
            device(office, "Ultrasound 2"),
            staff_member(office, "Jo Whitten"),
            staff_member(office, "Marta Ruiz"),
        ),
        sites=(site(office), elsewhere.id),
        danielle=danielle(office),
    )
    work.get(Resource, ids.providers[1]).site_id = elsewhere.id
    for number, thing in enumerate(ids.things):
        row = work.get(Resource, thing)
        row.site_id, row.is_active = ids.sites[SITE_OF[number]], number not in random.off
    work.flush()

    def weekly(each: Weekly) -> dict[str, Any]:
        on = random.first + timedelta(each.day)
        return {
            "weekday": on.weekday(),
            "starts": at(each.starts).time(),
            "ends": at(each.ends).time(),
            "effective_from": random.first,
        }

    for each in random.sessions:
        work.add(
            TemplateSession(
                provider_id=ids.providers[each.whose],
                site_id=ids.sites[each.site],
                most_visits=each.most_visits,
                most_new_patients=each.most_new,
                **weekly(each),
            )
        )
    for each in random.blocks:
        work.add(
            TemplateBlock(
                provider_id=ids.providers[each.whose],
                kind=each.block,
                release_hours=each.release_hours,
                **weekly(each),
            )
        )
    for each in random.staff:
        work.add(StaffSession(staff_id=ids.things[each.whose], **weekly(each)))
    for kind, several in ((ExceptionKind.EXTRA, random.extra), (ExceptionKind.OUT, random.out)):
        for span in several:
            work.add(
                ScheduleException(
                    provider_id=ids.providers[span.whose],
                    site_id=ids.sites[span.site],
                    kind=kind,
                    starts=at(span.starts),
                    ends=at(span.ends),
                )
            )
    for span in random.down:
        work.add(
            ResourceDowntime(
                resource_id=ids.things[span.whose],
                starts=at(span.starts),
                ends=at(span.ends),
                reason="repair",
            )
        )
    if random.holiday is not None:
        day, where = random.holiday
        closed = None if where is None else ids.sites[where]
        work.add(Holiday(on=random.first + timedelta(day), name="Holiday", site_id=closed))
    if random.was_here:
        seen = origin - timedelta(30)
        work.add(
            Appointment(
                patient_id=ids.danielle,
                provider_id=ids.providers[0],
                site_id=ids.sites[0],
                visit_type_id=ids.kind,
                starts=seen,
                ends=seen + timedelta(hours=1),
                lifecycle=Lifecycle.COMPLETED,
                completed_at=work.now,
                booked_at=work.now,
            )
        )
    work.flush()
    for span in random.booked:
        _book(office, work, ids, span, at(span.starts), at(span.ends))
    work.flush()
    return ids


def _add_kind(work: Work, random: RandomOffice) -> int:
    kind = work.add(
        VisitType(
            name="Scan",
            minutes=random.kind_minutes,
            opens_blocks=(random.opens,) if random.opens else (),
            for_new_patients=random.for_new,
            preparation_hours=random.preparation_hours,
        )
    )
    work.flush()
    for phase in random.phases:
        role, wanted = phase.want
        work.add(
            VisitTypePhase(
                visit_type_id=kind.id,
                kind=phase.kind,
                role=role,
                wanted=wanted,
                offset_minutes=phase.offset,
                minutes=phase.minutes,
            )
        )
    work.flush()
    return kind.id


def _book(office: Office, work: Work, ids: Ids, span: Span, starts: datetime, ends: datetime) -> None:
    resource = (*ids.providers, *ids.things)[span.whose]
    doctor = resource if span.whose < PROVIDERS else ids.providers[0]
    if span.is_hold:
        hold = work.add(
            SlotHold(
                provider_id=doctor,
                visit_type_id=ids.kind,
                starts=starts,
                ends=ends,
                held_by="Kim Tran",
                expires_at=work.now + timedelta(minutes=4 if span.is_live else -4),
            )
        )
        work.flush()
        work.add(ResourceBooking(resource_id=resource, slot_hold_id=hold.id, starts=starts, ends=ends))
        return
    patient = ids.danielle if span.is_danielles else walter(office)
    visit = work.add(
        Appointment(
            patient_id=patient,
            provider_id=doctor,
            site_id=ids.sites[0],
            visit_type_id=ids.kind,
            starts=starts,
            ends=ends,
            lifecycle=Lifecycle.BOOKED,
            is_new_patient=span.is_new,
            booked_at=work.now,
        )
    )
    work.flush()
    event = work.add(
        AppointmentEvent(
            appointment_id=visit.id,
            kind=EventKind.BOOKED,
            at=work.now,
            recorded_at=work.now,
            station_id=work.station.id,
            starts=starts,
            ends=ends,
            provider_id=doctor,
        )
    )
    work.flush()
    work.add(
        ResourceBooking(
            resource_id=resource, appointment_id=visit.id, event_id=event.id, starts=starts, ends=ends
        )
    )


def request_of(random: RandomOffice, ids: Ids) -> OpeningRequest:
    """What is looked for in a random office."""
    return OpeningRequest(
        visit_type_id=ids.kind,
        patient_id=ids.danielle,
        provider_ids=() if random.only is None else (ids.providers[random.only],),
        minutes=random.minutes,
        windows=tuple(
            Window(
                (random.first + timedelta(day)).weekday(),
                time(*divmod(starts, 60)),
                None if ends is None else time(*divmod(ends, 60)),
            )
            for day, starts, ends in random.windows
        ),
        not_before=None if random.not_before is None else time(*divmod(random.not_before, 60)),
        done_by=None if random.done_by is None else time(*divmod(random.done_by, 60)),
        without_provider_ids=() if random.without is None else (ids.providers[random.without],),
        first_day=random.first,
        days=DAYS,
        limit=10_000,
    )
