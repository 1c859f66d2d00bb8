"""Who is named in a message and which days it speaks of, as eligibility and claim status share them."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from frontdesk.formats.x12.envelope import element
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import day_or_none, plain
from frontdesk.formats.x12.writer import Writer

ABOUT_PARTY = frozenset({"NM1", "N3", "N4", "DMG", "INS", "REF", "PER"})


class Party(Struct, frozen=True, gc=False):
    """NM1 with what belongs to it: a payer, a provider, a member, or who else is named in a benefit."""

    role: str = ""
    """NM101: PR payer, 1P provider, IL subscriber, 03 dependent, P3 primary care, PRP primary payer, ..."""
    kind: str = ""
    """NM102: 1 a person, 2 an organization."""
    last: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    id_qualifier: str = ""
    id: str = ""
    address: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    zip: str = ""
    born_on: date | None = None
    sex: str = ""
    """DMG03: F, M, U."""
    relationship: str = ""
    """INS02: 18 self, 01 spouse, 19 child, ..."""
    references: tuple[tuple[str, ...], ...] = ()
    """REF: qualifier, number, words."""
    contacts: tuple[tuple[str, ...], ...] = ()
    """PER: purpose, name, then pairs of kind (TE, EM, UR) and number."""

    @property
    def name(self) -> str:
        """As it is read aloud, first name first."""
        return " ".join(part for part in (self.first, self.middle, self.last, self.suffix) if part)


class Period(Struct, frozen=True, gc=False):
    """DTP: a day, or the first and last day of a span, as the payer wrote it."""

    qualifier: str
    """DTP01: 291 plan, 346 plan begin, 347 plan end, 356 and 357 eligibility, 292 benefit, ..."""
    text: str

    @property
    def begins(self) -> date | None:
        """None where it is no date of the calendar."""
        return day_or_none(self.text[:8])

    @property
    def ends(self) -> date | None:
        """The last day of a span, else the day itself."""
        return day_or_none(self.text.partition("-")[2] or self.text)


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
        born_on=day_or_none(element(born, 2)),
        sex=element(born, 3),
        relationship=element(relation, 2),
        references=tuple(references),
        contacts=tuple(contacts),
    )


def period(segment: Segment) -> Period:
    """A DTP."""
    return Period(element(segment, 1), element(segment, 3))


def write_name(writer: Writer, who: Party) -> None:
    """NM1 in the basic character set, cut to the lengths that the guides allow."""
    writer.segment(
        "NM1",
        who.role,
        who.kind,
        plain(who.last)[:60],
        plain(who.first)[:35],
        plain(who.middle)[:25],
        "",
        plain(who.suffix)[:10],
        who.id_qualifier,
        plain(who.id)[:80],
    )
