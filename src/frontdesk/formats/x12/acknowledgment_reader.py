"""Reads a 999 or a 997."""

from collections.abc import Iterator

from frontdesk.formats.x12.acknowledgment import ElementError, GroupAnswer, SegmentError, SetAnswer
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.foreign import called
from frontdesk.formats.x12.levels import malformed
from frontdesk.formats.x12.tokens import Segment

KINDS = frozenset({"999", "997"})


def read_acknowledgment(message: TransactionSet) -> GroupAnswer:
    """The whole message. Raises Malformed for another kind, and where AK1 or AK9 is missing."""
    if message.kind not in KINDS:
        raise malformed(message, "ST01", f"an acknowledgment (999 or 997); this is {called(message.kind)}")
    return _Reading(message).answer()


class _Reading:
    """Keeps one segment ahead, so that each loop knows where it ends."""

    def __init__(self, message: TransactionSet) -> None:
        self._message = message
        self._segments: Iterator[Segment] = iter(message)
        self._others: list[Segment] = []
        self._next: Segment | None = next(self._segments, None)

    def answer(self) -> GroupAnswer:
        head = self._wanted("AK1", "the group that is answered")
        number = self._message.number
        sets: list[SetAnswer] = []
        while self._next is not None and self._next[0] != "AK9":
            if self._next[0] == "AK2":
                sets.append(self._set())
            else:
                self._others.append(self._take())
        foot = self._wanted("AK9", "what became of the group")
        while self._next is not None:
            self._others.append(self._take())
        return GroupAnswer(
            kind=element(head, 1),
            control_number=element(head, 2),
            version=element(head, 3),
            code=element(foot, 1),
            included=_count(element(foot, 2)),
            received=_count(element(foot, 3)),
            accepted=_count(element(foot, 4)),
            error_codes=tuple(code for code in foot[5:] if code),
            sets=tuple(sets),
            others=tuple(self._others),
            segment_number=number,
        )

    def _set(self) -> SetAnswer:
        number = self._message.number
        head = self._take()
        errors: list[SegmentError] = []
        foot: Segment = []
        while self._next is not None and self._next[0] not in ("AK2", "AK9"):
            if self._next[0] in ("IK3", "AK3"):
                errors.append(self._segment())
            elif self._next[0] in ("IK5", "AK5"):
                foot = self._take()
            else:
                self._others.append(self._take())
        return SetAnswer(
            kind=element(head, 1),
            control_number=element(head, 2),
            version=element(head, 3),
            code=element(foot, 1),
            error_codes=tuple(code for code in foot[2:] if code),
            errors=tuple(errors),
            segment_number=number,
        )

    def _segment(self) -> SegmentError:
        head = self._take()
        contexts = self._contexts()
        elements: list[ElementError] = []
        while self._next is not None and self._next[0] in ("IK4", "AK4"):
            wrong = self._take()
            elements.append(
                ElementError(
                    position=tuple(element(wrong, 1).split(self._message.delimiters.component)),
                    reference=element(wrong, 2),
                    code=element(wrong, 3),
                    copy=element(wrong, 4),
                    contexts=self._contexts(),
                )
            )
        return SegmentError(
            segment=element(head, 1),
            position=element(head, 2),
            loop=element(head, 3),
            code=element(head, 4),
            contexts=contexts,
            elements=tuple(elements),
        )

    def _contexts(self) -> tuple[Segment, ...]:
        found: list[Segment] = []
        while self._next is not None and self._next[0] == "CTX":
            found.append(self._take())
        return tuple(found)

    def _wanted(self, name: str, said: str) -> Segment:
        if self._next is None or self._next[0] != name:
            raise malformed(self._message, name, f"{said} ({name})")
        return self._take()

    def _take(self) -> Segment:
        taken, self._next = self._next, next(self._segments, None)
        assert taken is not None
        return taken


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0
