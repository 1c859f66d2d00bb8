"""Reads a 271 answer by answer; memory holds one patient at a time."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from frontdesk.formats.x12.eligibility import (
    READ_VERSIONS,
    VERSION,
    Answer,
    Benefit,
    Party,
    Period,
    Rejection,
)
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.levels import (
    DEPENDENT,
    LEVEL_NAMES,
    RECEIVER,
    SOURCE,
    SUBSCRIBER,
    HierarchyLevel,
    check,
    levels,
)
from frontdesk.formats.x12.parties import ABOUT_PARTY, party, period
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import cents, quantity

_NOBODY = Party()
_HUNDRED = Decimal(100)
_BLANKS = [""] * 15


class EligibilityReader:
    """One 271: iterate its answers. Raises Malformed at once for any other message."""

    def __init__(self, message: TransactionSet) -> None:
        check(message, "271", "an eligibility answer", (READ_VERSIONS,), VERSION)
        self.message = message
        self.reference = ""
        self.unplaced: list[Segment] = []
        """Segments of levels that the guide does not know."""
        self._component = message.delimiters.component
        self._repetition = message.delimiters.repetition or "\0"

    def __iter__(self) -> Iterator[Answer]:
        """Yields the answers in the order of the file; a level that was refused whole is an answer too."""
        above: dict[str, _Told] = {}
        subscriber: _Told | None = None
        for level in levels(self.message):
            if level.code == DEPENDENT and subscriber is not None:
                if subscriber.says_something:
                    yield self._answer(above, subscriber, None)
                    subscriber.is_given = True
                yield self._answer(above, subscriber, self._told(level))
                subscriber.is_given = True
                continue
            if subscriber is not None and not subscriber.is_given:
                yield self._answer(above, subscriber, None)
            subscriber = None
            if level.code in (SOURCE, RECEIVER):
                if level.code == SOURCE:
                    yield from self._refused_whole(above)
                    above.clear()
                elif RECEIVER in above:
                    yield from self._refused_whole({RECEIVER: above.pop(RECEIVER)}, above.get(SOURCE))
                above[level.code] = self._told(level)
            elif level.code == SUBSCRIBER:
                for told in above.values():
                    told.is_given = True
                subscriber = self._told(level)
            elif not level.code:
                self._head(level)
            else:
                self.unplaced += level.segments
        if subscriber is not None and not subscriber.is_given:
            yield self._answer(above, subscriber, None)
        yield from self._refused_whole(above)

    def _head(self, level: HierarchyLevel) -> None:
        for segment in level.segments:
            if segment[0] == "BHT":
                self.reference = element(segment, 3)
            else:
                self.unplaced.append(segment)

    def _refused_whole(self, above: "dict[str, _Told]", source: "_Told | None" = None) -> Iterator[Answer]:
        """The AAA of a source or receiver under which no subscriber came."""
        if any(told.rejections and not told.is_given for told in above.values()):
            known = above if source is None else {SOURCE: source, **above}
            for told in known.values():
                told.is_given = True
            yield self._answer(known, _Told(LEVEL_NAMES[SUBSCRIBER], 0), None)

    def _answer(self, above: "dict[str, _Told]", member: "_Told", dependent: "_Told | None") -> Answer:
        source, receiver = above.get(SOURCE), above.get(RECEIVER)
        own = dependent or member
        chain = [told for told in (source, receiver, member, dependent) if told is not None]
        return Answer(
            source=source.party if source else _NOBODY,
            receiver=receiver.party if receiver else _NOBODY,
            subscriber=member.party,
            dependent=dependent.party if dependent else None,
            traces=tuple(own.traces or member.traces),
            rejections=tuple(rejection for told in chain for rejection in told.rejections),
            periods=tuple(own.periods),
            benefits=tuple(own.benefits),
            reference=self.reference,
            others=tuple(other for told in chain for other in told.others),
            segments=tuple([*member.segments, *(dependent.segments if dependent else ())] or _kept(chain)),
            segment_number=own.number or (receiver or source or own).number,
        )

    def _told(self, level: HierarchyLevel) -> "_Told":
        """A level sorted: what it says of its party, and its benefits."""
        told = _Told(LEVEL_NAMES[level.code], level.number)
        told.segments = segments = level.segments
        about: list[Segment] = []
        at, count = 1, len(segments)
        while at < count:
            segment = segments[at]
            name = segment[0]
            if name == "EB":
                begins = at
                at += 1
                while at < count and segments[at][0] != "EB":
                    at += 1
                told.benefits.append(self._benefit(segments[begins:at], level.number + begins))
                continue
            if name in ABOUT_PARTY:
                about.append(segment)
            elif name == "TRN":
                told.traces.append(tuple(segment[1:]))
            elif name == "AAA":
                told.rejections.append(_rejection(segment, told.name))
            elif name == "DTP":
                told.periods.append(period(segment))
            else:
                told.others.append(segment)
            at += 1
        told.party = party(about)
        return told

    def _benefit(self, loop: list[Segment], number: int) -> Benefit:
        whole = loop[0]
        eb = whole + _BLANKS
        unread: tuple[str, ...] = ()
        amount = percent = None
        if eb[7]:
            try:
                amount = cents(eb[7])
            except ValueError:
                unread = ("EB07",)
        if eb[8]:
            try:
                percent = _percent(eb[8])
            except ValueError:
                unread += ("EB08",)
        more = _more(loop) if len(loop) > 1 else _NOTHING
        kinds, procedure, pointers = eb[3], eb[13], eb[14]
        return Benefit(
            eb[1],
            eb[2],
            _parts(kinds, self._repetition) if kinds else (),
            eb[4],
            eb[5],
            eb[6],
            amount,
            percent,
            eb[9],
            eb[10],
            eb[11],
            eb[12],
            tuple(procedure.split(self._component)) if procedure else (),
            tuple(pointers.split(self._component)) if pointers else (),
            *more,
            unread,
            tuple(loop),
            number,
        )


class _Told:
    """One level while it is read."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.number = number
        self.party = _NOBODY
        self.traces: list[tuple[str, ...]] = []
        self.rejections: list[Rejection] = []
        self.periods: list[Period] = []
        self.benefits: list[Benefit] = []
        self.others: list[Segment] = []
        self.segments: list[Segment] = []
        self.is_given = False

    @property
    def says_something(self) -> bool:
        """A subscriber above a dependent, who is answered for too."""
        return not self.is_given and bool(self.benefits or self.rejections)


_More = tuple[
    tuple[Segment, ...],
    tuple[tuple[str, ...], ...],
    tuple[Period, ...],
    tuple[Rejection, ...],
    tuple[str, ...],
    tuple[Segment, ...],
    tuple[Party, ...],
]
_NOTHING: _More = ((), (), (), (), (), (), ())


def _more(loop: list[Segment]) -> _More:
    """What follows an EB: its own segments, then the parties between LS and LE."""
    if len(loop) == 2:
        # Most benefits carry one date or one message; they need no lists.
        name = loop[1][0]
        if name == "DTP":
            return ((), (), (period(loop[1]),), (), (), (), ())
        if name == "MSG":
            return ((), (), (), (), (element(loop[1], 1),), (), ())
    deliveries: list[Segment] = []
    references: list[tuple[str, ...]] = []
    periods: list[Period] = []
    rejections: list[Rejection] = []
    messages: list[str] = []
    facts: list[Segment] = []
    named: list[list[Segment]] = []
    for at in range(1, len(loop)):
        segment = loop[at]
        name = segment[0]
        if name == "NM1":
            named.append([segment])
        elif named:
            named[-1].append(segment)
        elif name == "MSG":
            messages.append(element(segment, 1))
        elif name == "DTP":
            periods.append(period(segment))
        elif name == "HSD":
            deliveries.append(segment)
        elif name == "REF":
            references.append(tuple(segment[1:]))
        elif name == "AAA":
            rejections.append(_rejection(segment, "benefit"))
        elif name == "III":
            facts.append(segment)
    return (
        tuple(deliveries),
        tuple(references),
        tuple(periods),
        tuple(rejections),
        tuple(messages),
        tuple(facts),
        tuple([party(segments) for segments in named]),
    )


@lru_cache(maxsize=1_024)
def _parts(text: str, separator: str) -> tuple[str, ...]:
    """Payers name the same few services again and again."""
    return tuple(text.split(separator))


def _rejection(segment: Segment, level: str) -> Rejection:
    return Rejection(level, element(segment, 3), element(segment, 4), element(segment, 1) == "Y")


def _percent(text: str) -> Decimal:
    """EB08 is a part of one; payers that write 20 for 20 % mean that."""
    value = quantity(text)
    return value * _HUNDRED if value <= 1 else value


def _kept(chain: Sequence[_Told]) -> list[Segment]:
    return [segment for told in chain for segment in told.segments]
