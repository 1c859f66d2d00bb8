"""The levels of a 270 or 271: source, receiver, subscriber, dependent; and the parties named in them."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from frontdesk.formats.x12.eligibility import READ_VERSIONS, Party, Period
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.foreign import called
from frontdesk.formats.x12.problems import Level, Malformed, Problem
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import day

SOURCE, RECEIVER, SUBSCRIBER, DEPENDENT = "20", "21", "22", "23"
LEVEL_NAMES = {SOURCE: "source", RECEIVER: "receiver", SUBSCRIBER: "subscriber", DEPENDENT: "dependent"}
ABOUT_PARTY = frozenset({"NM1", "N3", "N4", "DMG", "INS", "REF", "PER"})


class HierarchyLevel(Struct):
    """An HL with the segments under it."""

    code: str
    """HL03."""
    number: int
    """Of its HL in the file."""
    segments: list[Segment]


def check(message: TransactionSet, kind: str, said: str) -> None:
    """Raises Malformed for another kind of message, and for a version that is not read."""
    if message.kind != kind:
        raise _malformed(message, "ST01", f"{said} ({kind}); this is {called(message.kind)}")
    if not message.version.startswith(READ_VERSIONS):
        version = message.version or "no version"
        raise _malformed(message, "ST03", f"version {READ_VERSIONS}A1; this is {version}")


def levels(message: TransactionSet) -> Iterator[HierarchyLevel]:
    """Yields what stands before the first HL as a level without code, then level by level."""
    level = HierarchyLevel("", message.number, [])
    put = level.segments.append
    for segment in message:
        if segment[0] == "HL":
            yield level
            level = HierarchyLevel(element(segment, 3), message.number, [segment])
            put = level.segments.append
        else:
            put(segment)
    yield level


def party(segments: Sequence[Segment]) -> Party:
    """An NM1 with the address, birth date, relationship, numbers and contacts that follow it."""
    name: Segment = []
    street: Segment = []
    place: Segment = []
    born: Segment = []
    relation: Segment = []
    references: list[tuple[str, ...]] = []
    contacts: list[tuple[str, ...]] = []
    for segment in segments:
        match segment[0]:
            case "NM1":
                name = segment
            case "N3":
                street = segment
            case "N4":
                place = segment
            case "DMG":
                born = segment
            case "INS":
                relation = segment
            case "REF":
                references.append(tuple(segment[1:]))
            case "PER":
                contacts.append(tuple(segment[1:]))
    return Party(
        role=element(name, 1),
        kind=element(name, 2),
        last=element(name, 3),
        first=element(name, 4),
        middle=element(name, 5),
        suffix=element(name, 7),
        id_qualifier=element(name, 8),
        id=element(name, 9),
        address=tuple(street[1:]),
        city=element(place, 1),
        state=element(place, 2),
        zip=element(place, 3),
        born_on=_day(element(born, 2)),
        sex=element(born, 3),
        relationship=element(relation, 2),
        references=tuple(references),
        contacts=tuple(contacts),
    )


def period(segment: Segment) -> Period:
    """A DTP."""
    return Period(element(segment, 1), element(segment, 3))


def _day(text: str) -> date | None:
    """Payers mask birth dates; a date that is none is kept in the segments only."""
    try:
        return day(text)
    except ValueError:
        return None


def _malformed(message: TransactionSet, place: str, expected: str) -> Malformed:
    return Malformed([Problem(Level.SET, "1", message.number, place, f"expected {expected}.")])
