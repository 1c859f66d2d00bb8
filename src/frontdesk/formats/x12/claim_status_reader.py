"""Reads a 277 (answers about claims) or a 277CA (what was taken in), claim by claim."""

from collections.abc import Iterator, Sequence

from frontdesk.formats.x12.claim_status import (
    READ_VERSIONS,
    REQUEST_VERSION,
    About,
    ClaimStatus,
    LineStatus,
    Status,
    StatusCode,
)
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.levels import (
    DEPENDENT,
    PROVIDER,
    RECEIVER,
    SOURCE,
    SUBSCRIBER,
    HierarchyLevel,
    check,
    levels,
)
from frontdesk.formats.x12.parties import Party, party, period
from frontdesk.formats.x12.problems import Level, Malformed, Problem
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import cents, day_or_none

PATIENT = "PT"
"""HL03 of the patient in a 277CA; an answer has subscriber (22) and dependent (23)."""
_ABOUT = {SOURCE: About.SOURCE, RECEIVER: About.RECEIVER, PROVIDER: About.PROVIDER}
_NOBODY = Party()


class ClaimStatusReader:
    """One 277 or 277CA: iterate what is said. Raises Malformed at once for any other message."""

    def __init__(self, message: TransactionSet) -> None:
        wanted = f"{REQUEST_VERSION} or 005010X214"
        check(message, "277", "answers about claims", READ_VERSIONS, wanted)
        self.message = message
        self.reference = ""
        self.unplaced: list[Segment] = []
        """Segments before the first level and of levels that the guide does not know, BHT apart."""
        self._component = message.delimiters.component

    def __iter__(self) -> Iterator[ClaimStatus]:
        """Yields in the order of the file: a level that is answered whole, then its claims."""
        above: dict[str, Party] = {}
        for level in levels(self.message):
            if level.code in _ABOUT:
                loops = list(_loops(level))
                above[level.code] = party(loops[0])
                if level.code == SOURCE:
                    above = {SOURCE: above[SOURCE]}
                yield from self._told(level, loops, above, _ABOUT[level.code])
            elif level.code in (SUBSCRIBER, PATIENT, DEPENDENT):
                loops = list(_loops(level))
                if level.code != DEPENDENT:
                    above.pop(DEPENDENT, None)
                above[DEPENDENT if level.code == DEPENDENT else SUBSCRIBER] = party(loops[0])
                yield from self._told(level, loops, above, About.CLAIM)
            else:
                self._aside(level)

    def _aside(self, level: HierarchyLevel) -> None:
        for segment in level.segments:
            if segment[0] == "BHT":
                self.reference = element(segment, 3)
            else:
                self.unplaced.append(segment)

    def _told(
        self, level: HierarchyLevel, loops: list[list[Segment]], above: dict[str, Party], about: About
    ) -> Iterator[ClaimStatus]:
        number = level.number + len(loops[0])
        for loop in loops[1:]:
            try:
                yield self._status(loop, loops[0], above, about, number)
            except ValueError as error:
                raise Malformed(
                    [Problem(Level.SEGMENT, "8", number, loop[0][0], f"expected {error}.")]
                ) from error
            number += len(loop)

    def _status(
        self, loop: list[Segment], head: list[Segment], above: dict[str, Party], about: About, number: int
    ) -> ClaimStatus:
        own, services = _services(loop)
        return ClaimStatus(
            about=about,
            source=above.get(SOURCE, _NOBODY),
            receiver=above.get(RECEIVER, _NOBODY),
            provider=above.get(PROVIDER, _NOBODY),
            subscriber=above.get(SUBSCRIBER, _NOBODY) if about is About.CLAIM else _NOBODY,
            dependent=above.get(DEPENDENT) if about is About.CLAIM else None,
            trace=next((element(s, 2) for s in own if s[0] == "TRN"), ""),
            statuses=self._statuses(own),
            references=tuple(tuple(s[1:]) for s in own if s[0] == "REF"),
            periods=tuple(period(s) for s in own if s[0] == "DTP"),
            lines=tuple(self._line(service) for service in services),
            counts=tuple(s for s in own if s[0] in ("QTY", "AMT")),
            reference=self.reference,
            others=tuple(s for s in (*head, *own) if s[0] not in _READ),
            segment_number=number,
        )

    def _line(self, loop: Sequence[Segment]) -> LineStatus:
        head = loop[0]
        return LineStatus(
            procedure=tuple(element(head, 1).split(self._component)),
            charge_cents=_cents(element(head, 2)),
            paid_cents=_cents(element(head, 3)),
            control_number=next((element(s, 2) for s in loop if s[0] == "REF" and element(s, 1) == "FJ"), ""),
            statuses=self._statuses(loop),
            periods=tuple(period(s) for s in loop if s[0] == "DTP"),
            segments=tuple(loop),
        )

    def _statuses(self, segments: Sequence[Segment]) -> tuple[Status, ...]:
        return tuple(self._one_status(segment) for segment in segments if segment[0] == "STC")

    def _one_status(self, segment: Segment) -> Status:
        composites = (element(segment, place) for place in (1, 10, 11))
        return Status(
            codes=tuple(self._code(text) for text in composites if text),
            on=day_or_none(element(segment, 2)),
            action=element(segment, 3),
            charge_cents=_cents(element(segment, 4)),
            paid_cents=_cents(element(segment, 5)),
            paid_on=day_or_none(element(segment, 6)),
            check_number=element(segment, 9),
            message=element(segment, 12),
            segment=segment,
        )

    def _code(self, text: str) -> StatusCode:
        category, status, entity, qualifier, *_ = (*text.split(self._component), "", "", "", "")
        return StatusCode(category, status, entity, qualifier)


_READ = frozenset({"HL", "NM1", "N3", "N4", "DMG", "PER", "TRN", "STC", "REF", "DTP", "QTY", "AMT"})


def _loops(level: HierarchyLevel) -> Iterator[list[Segment]]:
    """The head of a level (HL, NM1, ...), then a loop for each TRN."""
    loop: list[Segment] = []
    for segment in level.segments:
        if segment[0] == "TRN":
            yield loop
            loop = []
        loop.append(segment)
    yield loop


def _services(loop: list[Segment]) -> tuple[list[Segment], list[list[Segment]]]:
    own: list[Segment] = []
    services: list[list[Segment]] = []
    for segment in loop:
        if segment[0] == "SVC":
            services.append([segment])
        elif services:
            services[-1].append(segment)
        else:
            own.append(segment)
    return own, services


def _cents(text: str) -> int | None:
    return cents(text) if text else None
