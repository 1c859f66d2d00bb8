"""The levels (HL) that eligibility and claim status messages are built of: source, receiver, ... patient."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.foreign import called
from frontdesk.formats.x12.problems import Level, Malformed, Problem
from frontdesk.formats.x12.tokens import Segment

SOURCE, RECEIVER, PROVIDER, SUBSCRIBER, DEPENDENT = "20", "21", "19", "22", "23"
LEVEL_NAMES = {
    SOURCE: "source",
    RECEIVER: "receiver",
    PROVIDER: "provider",
    SUBSCRIBER: "subscriber",
    DEPENDENT: "dependent",
}


class HierarchyLevel(Struct):
    """An HL with the segments under it."""

    code: str
    """HL03."""
    number: int
    """Of its HL in the file."""
    segments: list[Segment]


def check(message: TransactionSet, kind: str, said: str, versions: tuple[str, ...], wanted: str) -> None:
    """Raises Malformed for another kind of message, and for a version that begins like none of these."""
    if message.kind != kind:
        raise malformed(message, "ST01", f"{said} ({kind}); this is {called(message.kind)}")
    if not message.version.startswith(versions):
        version = message.version or "no version"
        raise malformed(message, "ST03", f"version {wanted}; this is {version}")


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


def begun(segments: list[Segment]) -> tuple[str, datetime]:
    """BHT03 and when the message was made (datetime.min where that cannot be read)."""
    head: Segment = next((segment for segment in segments if segment[0] == "BHT"), [])
    try:
        at = datetime.strptime(element(head, 4) + element(head, 5)[:4], "%Y%m%d%H%M")
    except ValueError:
        at = datetime.min
    return element(head, 3), at


def malformed(message: TransactionSet, place: str, expected: str) -> Malformed:
    """The refusal of a message at its present segment."""
    return Malformed([Problem(Level.SET, "1", message.number, place, f"expected {expected}.")])
