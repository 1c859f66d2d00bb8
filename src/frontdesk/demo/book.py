"""The appointment book: visits placed with their resources, and what happened to each, event by event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from frontdesk.demo.bulk import Rows
from frontdesk.demo.people import Person
from frontdesk.demo.setting import Kind, Setting
from frontdesk.demo.week import instant
from frontdesk.models.schedule.appointment import (
    Appointment,
    AppointmentEvent,
    CancelledBy,
    Channel,
    Confirmation,
    EventKind,
    Lifecycle,
)
from frontdesk.models.schedule.resource_booking import ResourceBooking
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule.pattern import PROVIDER, Phase, Want, by_want
from frontdesk.services.schedule.standing import Standing, standing

DESK: Final = ("dana", "theo")


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a visit, at a time of the office's clock."""

    kind: EventKind
    at: datetime
    facts: tuple[tuple[str, object], ...] = ()
    by: str = ""
    """A login; one of the desk's where empty."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit before it is in the book."""

    person: Person
    provider_id: int
    kind: Kind
    reason: str
    starts: datetime
    minutes: int
    booked: datetime
    is_new: bool = False

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit in the book, and where it stands."""

    id: int
    planned: Planned
    at: Standing

    @property
    def is_done(self) -> bool:
        return self.at.lifecycle is Lifecycle.COMPLETED


class Book:
    """Places visits. What cannot be placed, because a room or device is taken, is not."""

    def __init__(self, rows: Rows, setting: Setting, chance: Random) -> None:
        self.rows = rows
        self.setting = setting
        self.chance = chance
        self.count = 0
        self._taken: dict[tuple[int, date], list[tuple[datetime, datetime]]] = {}

    def place(self, planned: Planned, story: Iterable[Happened]) -> Visit | None:
        """Write the visit with its events and resources; None where it does not fit."""
        found = self._resources(planned)
        if found is None:
            return None
        appointment_id = self.rows.work.new_id()
        booked = Happened(
            EventKind.BOOKED,
            planned.booked,
            (("starts", planned.starts), ("ends", planned.ends), ("provider_id", planned.provider_id)),
        )
        events = [self._event(appointment_id, each) for each in (booked, *story)]
        at = standing(events)
        self.rows.add(
            Appointment,
            id=appointment_id,
            patient_id=planned.person.id,
            provider_id=planned.provider_id,
            site_id=self.setting.site_id,
            visit_type_id=planned.kind.id,
            starts=planned.starts,
            ends=planned.ends,
            reason=planned.reason,
            is_new_patient=planned.is_new,
            booked_at=instant(planned.booked),
            **_shown(at),
        )
        is_taken = at.occupying_event_id is not None
        for phase, resource_id in found:
            starts = planned.starts + timedelta(minutes=phase.offset)
            ends = planned.starts + timedelta(minutes=phase.ends)
            if is_taken:
                self._taken.setdefault((resource_id, starts.date()), []).append((starts, ends))
            self.rows.add(
                ResourceBooking,
                resource_id=resource_id,
                appointment_id=appointment_id,
                event_id=events[0].id,
                phase=phase.kind,
                starts=starts,
                ends=ends,
                is_active=is_taken,
                is_exclusive=is_taken,
            )
        planned.person.busy_on.add(planned.starts.date())
        self.count += 1
        return Visit(appointment_id, planned, at)

    def _event(self, appointment_id: int, happened: Happened) -> AppointmentEvent:
        at = instant(happened.at)
        values: dict[str, object] = {
            "appointment_id": appointment_id,
            "kind": happened.kind,
            "at": at,
            "recorded_at": at,
            "user_id": self.setting.users[happened.by or self.chance.choice(DESK)],
            "station_id": self.rows.work.station.id,
            **dict(happened.facts),
        }
        id = self.rows.add(AppointmentEvent, **values)
        return AppointmentEvent(id=id, **values)  # never in a session: only to be added up

    def _resources(self, planned: Planned) -> list[tuple[Phase, int]] | None:
        """Which resource serves each phase; None where one of a kind is not free."""
        needs = planned.kind.needs(planned.minutes)
        chosen: dict[Want, int] = {}
        for want, phases in by_want(needs).items():
            spans = [
                (planned.starts + timedelta(minutes=p.offset), planned.starts + timedelta(minutes=p.ends))
                for p in phases
            ]
            free = next((id for id in self._candidates(planned, want) if self._is_free(id, spans)), None)
            if free is None:
                return None
            chosen[want] = free
        return [(phase, chosen[phase.want]) for phase in needs]

    def _candidates(self, planned: Planned, want: Want) -> list[int]:
        """The visit's provider; of rooms the provider's own before the others'."""
        if want == PROVIDER:
            return [planned.provider_id]
        ids = list(self.setting.things.get(want, ()))
        if want[0] is Role.ROOM:
            ids.sort(key=lambda id: id not in self.setting.own_rooms[planned.provider_id])
        return ids

    def _is_free(self, resource_id: int, spans: list[tuple[datetime, datetime]]) -> bool:
        taken = self._taken.get((resource_id, spans[0][0].date()), ())
        return not any(starts < until and begin < ends for begin, until in taken for starts, ends in spans)


def confirmed(at: datetime, channel: Channel = Channel.TEXT) -> Happened:
    """The patient said they come."""
    return Happened(EventKind.CONTACTED, at, (("channel", channel), ("outcome", Confirmation.CONFIRMED)))


def unreached(at: datetime) -> Happened:
    """The desk called, nobody answered."""
    return Happened(
        EventKind.CONTACTED, at, (("channel", Channel.PHONE), ("outcome", Confirmation.ATTEMPTED))
    )


def cancelled(
    at: datetime, *, is_late: bool, by: CancelledBy = CancelledBy.PATIENT, reason: str = ""
) -> Happened:
    """The visit was called off."""
    return Happened(EventKind.CANCELLED, at, (("cancelled_by", by), ("is_late", is_late), ("reason", reason)))


def _shown(at: Standing) -> dict[str, object]:
    return {
        "lifecycle": at.lifecycle,
        "stage": at.stage,
        "stage_at": at.stage_at,
        "confirmation": at.confirmation,
        "contact_attempts": at.contact_attempts,
        "room_id": at.room_id,
        "arrived_at": at.arrived_at,
        "ready_at": at.ready_at,
        "roomed_at": at.roomed_at,
        "provider_in_at": at.provider_in_at,
        "provider_out_at": at.provider_out_at,
        "completed_at": at.completed_at,
        "cancelled_at": at.cancelled_at,
        "cancelled_by": at.cancelled_by,
        "is_late_cancellation": at.is_late_cancellation,
    }
