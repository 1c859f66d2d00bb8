"""Writes X12 envelopes and counts for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import BinaryIO

from frontdesk.formats.x12.envelope import Group, Interchange
from frontdesk.formats.x12.tokens import Delimiters
from frontdesk.formats.x12.values import day_text, minute_text

Element = str | tuple[str, ...]
"""A simple element, or the components of a composite one."""


class Writer:
    """Segments into an interchange, a group, a transaction set: open them with `with`, in that order."""

    def __init__(self, out: BinaryIO, delimiters: Delimiters = Delimiters()) -> None:  # noqa: B008 - frozen
        self._out = out
        self._delimiters = delimiters
        self._end = delimiters.segment + delimiters.line_break
        self._segments = 0
        self._sets = 0
        self._groups = 0

    @contextmanager
    def interchange(self, header: Interchange) -> Iterator[None]:
        delimiters = self._delimiters
        at = _known(header.at)
        fixed = (
            ("ISA", 3),
            ("00", 2),
            ("", 10),
            ("00", 2),
            ("", 10),
            (header.sender_qualifier, 2),
            (header.sender, 15),
            (header.receiver_qualifier, 2),
            (header.receiver, 15),
            (day_text(at)[2:], 6),
            (minute_text(at), 4),
            (delimiters.repetition, 1),
            (header.version, 5),
            (header.control_number, 9),
            ("1" if header.wants_acknowledgment else "0", 1),
            (header.usage, 1),
        )
        for text, width in fixed:
            if len(text) > width:
                raise ValueError(f"{text!r} is longer than the {width} characters an ISA has room for")
        padded = delimiters.element.join(text.ljust(width) for text, width in fixed)
        self._put(padded + delimiters.element + delimiters.component)
        self._groups = 0
        yield
        self.segment("IEA", str(self._groups), header.control_number)

    @contextmanager
    def group(self, header: Group) -> Iterator[None]:
        at = _known(header.at)
        self.segment(
            "GS",
            header.kind,
            header.sender,
            header.receiver,
            day_text(at),
            minute_text(at),
            header.control_number,
            "X",
            header.version,
        )
        self._groups += 1
        self._sets = 0
        yield
        self.segment("GE", str(self._sets), header.control_number)

    @contextmanager
    def transaction_set(self, kind: str, control_number: str, version: str) -> Iterator[None]:
        self._segments = 0
        self._sets += 1
        self.segment("ST", kind, control_number, version)
        yield
        self.segment("SE", str(self._segments + 1), control_number)

    def segment(self, *elements: Element) -> None:
        """Writes one segment without empty elements at its end. ValueError when a value holds a delimiter."""
        delimiters = self._delimiters
        parts: list[str] = []
        components = 0
        for value in elements:
            if isinstance(value, str):
                parts.append(value)
            else:
                text = _joined(value, delimiters.component)
                components += text.count(delimiters.component)
                if delimiters.component in "".join(value):
                    raise ValueError(f"{elements[0]}: a component holds the component separator")
                parts.append(text)
        while not parts[-1]:
            parts.pop()
        text = delimiters.element.join(parts)
        if (
            delimiters.segment in text
            or text.count(delimiters.element) != len(parts) - 1
            or text.count(delimiters.component) != components
            or (delimiters.repetition and delimiters.repetition in text)
        ):
            raise ValueError(f"{elements[0]}: a value holds one of the delimiters")
        self._put(text)

    def _put(self, text: str) -> None:
        self._segments += 1
        self._out.write((text + self._end).encode())


def _joined(components: tuple[str, ...], separator: str) -> str:
    return separator.join(components).rstrip(separator)


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("an envelope to be written needs its date and time")
    return at
