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
"""Segments that are put together before they are written."""


class Writer:
    """Segments into an interchange, a group, a transaction set: open them with `with`, in that order."""

    def __init__(self, out: BinaryIO, delimiters: Delimiters = Delimiters()) -> None:  # noqa: B008 - frozen
        self._out = out
        self._delimiters = delimiters
        self._end = delimiters.segment + delimiters.line_break
        self._marks = (delimiters.element, delimiters.component, delimiters.repetition, delimiters.segment)
        self._waiting: list[str] = []
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
        self._put(padded + delimiters.element + delimiters.component)
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
        """Writes one segment without empty elements at its end. ValueError when a value holds a delimiter."""
        element, component, repetition, terminator = self._marks
        components = 0
        try:
            text = element.join(elements)  # type: ignore[arg-type] # a composite among them raises
        except TypeError:
            parts = []
            for value in elements:
                if isinstance(value, str):
                    parts.append(value)
                else:
                    parts.append(self._composite(elements[0], value))
                    components += parts[-1].count(component)
            text = element.join(parts)
        if (
            terminator in text
            or text.count(element) != len(elements) - 1
            or text.count(component) != components
            or (repetition and repetition in text)
        ):
            raise ValueError(f"{elements[0]!r}: a value holds one of the delimiters")
        self._put(text.rstrip(element))

    def _composite(self, name: Element, components: tuple[str, ...]) -> str:
        separator = self._delimiters.component
        if separator in "".join(components):
            raise ValueError(f"{name!r}: a component holds the component separator")
        return separator.join(components).rstrip(separator)

    def _put(self, text: str) -> None:
        self._segments += 1
        self._waiting.append(text)
        if not self._is_open or len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            waiting.append("")
            self._out.write(self._end.join(waiting).encode())


def _known(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("an envelope to be written needs its date and time")
    return at
