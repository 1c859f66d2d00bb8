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


_AT_ONCE = 512
"""Segments that are looked at and written together."""


class Writer:
    """Segments into an interchange, a group, a transaction set: open them with `with`, in that order."""

    def __init__(self, out: BinaryIO, delimiters: Delimiters = Delimiters()) -> None:  # noqa: B008 - frozen
        self._out = out
        self._delimiters = delimiters
        self._waiting: list[tuple[Element, ...]] = []
        self._is_open = False
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
        head = padded + delimiters.element + delimiters.component + delimiters.segment + delimiters.line_break
        self._out.write(head.encode())
        self._groups, self._is_open = 0, True
        yield
        self._is_open = False
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
        """Writes one segment without empty elements at its end.

        ValueError when a value holds a delimiter; segments are looked at by the hundred, so it may come
        with a later one, at the latest as the interchange closes.
        """
        self._segments += 1
        self._waiting.append(elements)
        if not self._is_open or len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        """What waits goes out if all delimiters in it are ours, which counting them tells."""
        waiting, self._waiting = self._waiting, []
        delimiters = self._delimiters
        element, component = delimiters.element, delimiters.component
        texts = []
        separators = components = 0
        for elements in waiting:
            try:
                text = element.join(elements)  # type: ignore[arg-type] # a composite among them raises
            except TypeError:
                simple = []
                for value in elements:
                    if not isinstance(value, str):
                        parts = _without_empty_end(value)
                        components += max(0, len(parts) - 1)
                        value = component.join(parts)
                    simple.append(value)
                text = element.join(simple)
            texts.append(text)
            separators += len(elements) - 1
        whole = "".join(texts)
        if (
            delimiters.segment in whole
            or whole.count(element) != separators
            or whole.count(component) != components
            or (delimiters.repetition and delimiters.repetition in whole)
        ):
            raise ValueError(f"{self._name_of_torn(waiting)!r}: a value holds one of the delimiters")
        end = delimiters.segment + delimiters.line_break
        self._out.write("".join([text.rstrip(element) + end for text in texts]).encode())

    def _name_of_torn(self, waiting: list[tuple[Element, ...]]) -> Element:
        """The segment whose value holds a delimiter."""
        delimiters = self._delimiters
        marks = delimiters.element + delimiters.component + delimiters.repetition + delimiters.segment
        return next(
            elements[0]
            for elements in waiting
            for value in elements
            if any(mark in part for mark in marks for part in ([value] if isinstance(value, str) else value))
        )


def _without_empty_end(parts: tuple[str, ...]) -> tuple[str, ...]:
    while parts and not parts[-1]:
        parts = parts[:-1]
    return parts


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("an envelope to be written needs its date and time")
    return at
