"""The envelopes of an X12 file: who sends what to whom, and whether anything is missing."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import BinaryIO

from msgspec import Struct

from frontdesk.formats.x12.acknowledgment import EnvelopeAnswer
from frontdesk.formats.x12.hierarchy import Hierarchy
from frontdesk.formats.x12.problems import Level, Problem
from frontdesk.formats.x12.tokens import Delimiters, Segment, blocks

_ENVELOPE = frozenset({"ISA", "TA1", "GS", "ST", "SE", "GE", "IEA"})
_NUMBERED = frozenset({"HL", "LX", "CLM"})


class Interchange(Struct, frozen=True):
    """ISA: the outermost envelope, from one mailbox to another."""

    sender: str
    receiver: str
    control_number: str
    at: datetime | None
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    version: str = "00501"
    wants_acknowledgment: bool = True
    usage: str = "P"
    """P for production, T for test."""


class Group(Struct, frozen=True):
    """GS: transaction sets of one kind."""

    kind: str
    sender: str
    receiver: str
    control_number: str
    at: datetime | None
    version: str


class TransactionSet:
    """ST to SE: one message. Iterate once for the segments between; `problems` is complete after that."""

    def __init__(self, reader: "Reader", interchange: Interchange, group: Group, header: Segment) -> None:
        self.interchange = interchange
        self.group = group
        self.delimiters = reader.delimiters
        self.kind = element(header, 1)
        self.control_number = element(header, 2)
        self.version = element(header, 3) or group.version
        self.problems: list[Problem] = []
        self._reader = reader
        self._segments = reader.body(self)

    def __iter__(self) -> Iterator[Segment]:
        return self._segments

    @property
    def number(self) -> int:
        """The number in the file of the segment given last."""
        return self._reader.number

    @property
    def is_sound(self) -> bool:
        """Whether nothing found so far can have changed what the set says."""
        return all(problem.is_harmless for problem in self.problems)


class Reader:
    """Reads a file once, from front to back.

    `problems` and `envelope_answers` (the TA1 segments) grow with it and are complete at its end.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.problems: list[Problem] = []
        self.envelope_answers: list[EnvelopeAnswer] = []
        self.number = 0
        self.delimiters = Delimiters()
        self._interchange: Interchange | None = None
        self._group: Group | None = None
        self._groups: set[str] = set()
        self._sets: set[str] = set()
        self._interchanges: set[str] = set()
        self._group_count = self._set_count = 0
        self._known: set[str] = set()
        self._message: TransactionSet | None = None
        self._flow: Iterator[Segment] = self._cut(source)

    def transaction_sets(self) -> Iterator[TransactionSet]:
        """Yields each set as it comes; what the caller leaves unread of it is checked all the same."""
        while (segment := next(self._flow, None)) is not None:
            self.number += 1
            match segment[0]:
                case "ISA":
                    self._open_interchange(segment)
                case "GS":
                    self._open_group(segment)
                case "ST":
                    self._message = self._open_set(segment)
                    yield self._message
                    for _ in self._message:
                        pass
                    self._message = None
                case "GE":
                    self._close_group(segment)
                case "IEA":
                    self._close_interchange(segment)
                case "TA1":
                    self._envelope_answer(segment)
                case _:
                    self.found(Level.SEGMENT, "2", segment[0], "expected a segment of the envelope here.")
        self._leave_group()
        self._leave_interchange()

    def body(self, message: TransactionSet) -> Iterator[Segment]:
        """The segments of a set up to its trailer."""
        known, flow = self._known, self._flow
        opened_at = self.number
        hierarchy = Hierarchy(message.kind)
        for segment in flow:
            self.number += 1
            name = segment[0]
            # One look-up for the common case: a segment id seen before that needs no further check.
            if name not in known or not segment[-1]:
                if name in _ENVELOPE:
                    if name == "SE":
                        self._close_set(message, segment, self.number - opened_at + 1)
                    else:
                        self.found(Level.SET, "2", "SE", "expected the trailer of this transaction set.")
                        self._flow = chain([segment], self._flow)
                        self.number -= 1
                    return
                self._look(segment)
                if name in _NUMBERED and (problem := hierarchy.look(segment, self.number)):
                    self._note(problem)
            yield segment
        self.found(
            Level.SET, "2", "SE", "expected the trailer of this transaction set; the file ends without it."
        )

    def found(
        self, level: Level, code: str, element: str, message: str, *, is_harmless: bool = False
    ) -> None:
        """Notes a problem at the present segment."""
        self._note(Problem(level, code, self.number, element, message, is_harmless))

    def _note(self, problem: Problem) -> None:
        self.problems.append(problem)
        if self._message is not None:
            self._message.problems.append(problem)

    def _cut(self, source: BinaryIO) -> Iterator[Segment]:
        for block in blocks(source):
            self.delimiters = block.delimiters
            yield from block.segments
            if block.is_cut:
                self.found(
                    Level.SEGMENT, "8", block.segments[-1][0], "expected a terminator; the file ends here."
                )

    def _look(self, segment: Segment) -> None:
        name = segment[0]
        if not (2 <= len(name) <= 3 and name.isascii() and name.isalnum() and name.isupper()):
            self.found(Level.SEGMENT, "1", "segment id", "expected two or three capitals or digits.")
            return
        if len(segment) == 1:
            self.found(Level.SEGMENT, "8", name, "expected at least one element.")
        elif not segment[-1]:
            self.found(
                Level.SEGMENT, "SEG1", name, "expected no delimiter after the last element.", is_harmless=True
            )
        elif name not in _NUMBERED:
            self._known.add(name)

    def _open_interchange(self, header: Segment) -> None:
        self._leave_group()
        self._leave_interchange()
        control = header[13]
        if control in self._interchanges:
            self.found(
                Level.INTERCHANGE, "025", "ISA13", f"expected a new control number; {control} came before."
            )
        self._interchanges.add(control)
        self._groups.clear()
        self._group_count = 0
        self._interchange = Interchange(
            sender=header[6].rstrip(),
            receiver=header[8].rstrip(),
            control_number=control,
            at=_moment(f"20{header[9]}", header[10]),
            sender_qualifier=header[5],
            receiver_qualifier=header[7],
            version=header[12],
            wants_acknowledgment=header[14] == "1",
            usage=header[15],
        )

    def _open_group(self, header: Segment) -> None:
        self._leave_group()
        control = element(header, 6)
        if control in self._groups:
            self.found(Level.GROUP, "6", "GS06", f"expected a new control number; {control} came before.")
        self._groups.add(control)
        self._group_count += 1
        self._sets.clear()
        self._set_count = 0
        self._group = Group(
            kind=element(header, 1),
            sender=element(header, 2),
            receiver=element(header, 3),
            control_number=control,
            at=_moment(element(header, 4), element(header, 5)),
            version=element(header, 8),
        )

    def _open_set(self, header: Segment) -> TransactionSet:
        if self._group is None or self._interchange is None:
            self.found(Level.SEGMENT, "2", "ST", "expected a group header (GS) before the transaction set.")
        interchange = self._interchange or Interchange("", "", "", None)
        message = TransactionSet(self, interchange, self._group or Group("", "", "", "", None, ""), header)
        self._message = message
        if message.control_number in self._sets:
            number = message.control_number
            self.found(Level.SET, "23", "ST02", f"expected a new control number; {number} came before.")
        self._sets.add(message.control_number)
        self._set_count += 1
        return message

    def _envelope_answer(self, told: Segment) -> None:
        day = element(told, 2)
        self.envelope_answers.append(
            EnvelopeAnswer(
                control_number=element(told, 1),
                at=_moment(f"20{day}" if len(day) == 6 else day, element(told, 3)),
                code=element(told, 4),
                note=element(told, 5),
                segment_number=self.number,
            )
        )

    def _close_set(self, message: TransactionSet, trailer: Segment, count: int) -> None:
        if element(trailer, 2) != message.control_number:
            self.found(Level.SET, "3", "SE02", f"expected {message.control_number}, as in ST02.")
        if _count(trailer) != count:
            self.found(Level.SET, "4", "SE01", f"expected {count}, the number of segments from ST to SE.")

    def _close_group(self, trailer: Segment) -> None:
        if self._group is None:
            self.found(Level.SEGMENT, "2", "GE", "expected no group trailer where no group is open.")
            return
        if element(trailer, 2) != self._group.control_number:
            self.found(Level.GROUP, "4", "GE02", f"expected {self._group.control_number}, as in GS06.")
        if _count(trailer) != self._set_count:
            self.found(
                Level.GROUP, "5", "GE01", f"expected {self._set_count}, the number of transaction sets."
            )
        self._group = None

    def _close_interchange(self, trailer: Segment) -> None:
        self._leave_group()
        if self._interchange is None:
            self.found(Level.SEGMENT, "2", "IEA", "expected no trailer where no interchange is open.")
            return
        if element(trailer, 2) != self._interchange.control_number:
            expected = self._interchange.control_number
            self.found(Level.INTERCHANGE, "001", "IEA02", f"expected {expected}, as in ISA13.")
        if _count(trailer) != self._group_count:
            self.found(
                Level.INTERCHANGE, "021", "IEA01", f"expected {self._group_count}, the number of groups."
            )
        self._interchange = None

    def _leave_group(self) -> None:
        if self._group is not None:
            self.found(Level.GROUP, "024", "GE", "expected the group trailer here.")
            self._group = None

    def _leave_interchange(self) -> None:
        if self._interchange is not None:
            self.found(Level.INTERCHANGE, "023", "IEA", "expected the interchange trailer here.")
            self._interchange = None


def element(segment: Segment, place: int) -> str:
    """An element by its place, empty where the segment is shorter."""
    return segment[place] if place < len(segment) else ""


def _count(trailer: Segment) -> int:
    text = element(trailer, 1)
    return int(text) if text.isascii() and text.isdecimal() else -1


def _moment(day: str, time: str) -> datetime | None:
    """Acknowledged senders write impossible times; they matter to nobody, so they are not refused."""
    try:
        return datetime.strptime(day + time[:4], "%Y%m%d%H%M")
    except ValueError:
        return None
