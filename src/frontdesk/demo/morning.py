"""What this morning left behind beside the visits: rooms, Danielle Foster's check-in, who was dealt with."""

from typing import Final

from frontdesk.demo.bulk import Rows
from frontdesk.demo.cast import DAY, At, clock
from frontdesk.demo.people import Person
from frontdesk.demo.setting import Setting
from frontdesk.demo.week import TODAY, instant
from frontdesk.models.office.resources import Room, RoomState
from frontdesk.models.registration.reach import (
    AddressKind,
    AlertKind,
    PatientAddress,
    PatientAlert,
)
from frontdesk.models.registration.review import DemographicsReview, Section
from frontdesk.models.registration.search_key import PatientMatchKey, PatientRecency
from frontdesk.services.registration import match_keys
from frontdesk.services.registration import person as paper

_CLEANING: Final = ("Room 8", "10:39")


def rooms(rows: Rows, setting: Setting) -> None:
    """Occupied where a patient is in one, one being cleaned, the others free since this morning."""
    stands = {role.room: (RoomState.OCCUPIED, role.since) for role in DAY if role.room}
    stands |= {role.room: (RoomState.FREE, role.since) for role in DAY if role.at is At.CHECK_OUT}
    stands[_CLEANING[0]] = (RoomState.TO_CLEAN, _CLEANING[1])
    for name, room_id in setting.rooms.items():
        state, since = stands.get(name, (RoomState.FREE, "8:00"))
        room = rows.work.get(Room, room_id)
        room.state, room.state_since_at = state, instant(clock(since))


def addresses(rows: Rows, person: Person) -> None:
    """Danielle Foster moved: the old address ended yesterday, the new one was written at 10:38."""
    rows.add(
        PatientAddress,
        patient_id=person.id,
        kind=AddressKind.HOME,
        street="2218 Alder Court",
        unit="Apt 4",
        city="Beaverton",
        state="OR",
        postal_code="97005",
        valid_from=TODAY,
    )
    for key in match_keys.kept(paper.Person("", "", street="2218 Alder Court", postal_code="97005")):
        rows.put(PatientMatchKey, key=key, patient_id=person.id)
    for section in (Section.IDENTITY, Section.DETAILS, Section.ADDRESS, Section.PHONES, Section.CONTACTS):
        rows.add(
            DemographicsReview,
            patient_id=person.id,
            section=section,
            reviewed_at=instant(clock("10:38")),
            reviewed_by="Dana Brooks",
        )


def alerts(rows: Rows, people: dict[str, Person]) -> None:
    """What the desk must know before it says a word."""
    for name, kind, sentence in (
        ("Danielle Foster", AlertKind.CODE_WORD, "Ask phone code word before details"),
        ("Walter Harris", AlertKind.ACCESS, "Wheelchair, needs Room 3"),
    ):
        person = people[name]
        rows.add(PatientAlert, patient_id=person.id, kind=kind, sentence=sentence, starts_on=person.since)


def recent(rows: Rows, people: dict[str, Person]) -> None:
    """Today's patients are found first."""
    for person in people.values():
        rows.put(PatientRecency, day=TODAY, patient_id=person.id)
