"""How alike two people are on paper: points for what agrees, with the reasons in words. Pure functions.

The points are bits, log2(m / u), as in Fellegi and Sunter, "A Theory for Record Linkage" (1969): how
much more often a finding is seen in two records of one person (m) than in those of two strangers (u),
estimated for an office in the United States. What is not known on one side counts nothing. What a
household shares (last name, address, phone, policy) is bounded together, so that relatives are not
taken for each other; a first name or a birth date of their own tells them apart.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA, JaroWinkler

from frontdesk.kernel.text import fold, us_date, us_phone
from frontdesk.services.registration.match_keys import house_of
from frontdesk.services.registration.nicknames import same_given_name
from frontdesk.services.registration.person import Person
from frontdesk.services.registration.sound import sound

LIKELY = 12.0
"""From here on the desk is asked to look."""
CERTAIN = 24.0
"""From here on two records are one person's, where nothing speaks against it."""
_MOST_OF_A_HOUSEHOLD = 18.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """The sum of the points, what speaks for it in words, and whether something speaks against it."""

    points: float
    reasons: tuple[str, ...]
    is_contradicted: bool = False

    @property
    def is_likely(self) -> bool:
        return self.points >= LIKELY

    @property
    def is_certain(self) -> bool:
        return self.points >= CERTAIN and not self.is_contradicted


@dataclass(frozen=True, slots=True)
class _Finding:
    points: float
    reason: str = ""


_NOTHING = _Finding(0.0)


def compare(one: Person, other: Person) -> Likeness:
    """Scores `other` as a possible record of the person `one`."""
    last, first = _names(one, other)
    born = _born(one.born_on, other.born_on)
    phone = _in_common("Same phone, {}", one.phones, other.phones, 9.0, us_phone)
    member_id = _in_common("Same member ID, {}", one.member_ids, other.member_ids, 9.0, str)
    email = _email(one.email, other.email, is_first_alike=first.points >= 0)
    where = tuple(_address(one, other))
    own = _sum((first, born, email, _middle(one.middle, other.middle), _sex(one.sex, other.sex)))
    household = _sum((last, phone, member_id, *where))
    said = (last, first, born, phone, member_id, email, *where)
    return Likeness(
        own + min(household, _MOST_OF_A_HOUSEHOLD),
        tuple(finding.reason for finding in said if finding.reason),
        is_contradicted=first.points < 0 or born.points < 0,
    )


def _names(one: Person, other: Person) -> tuple[_Finding, _Finding]:
    straight = _last(one, other), _first(one, other)
    if straight[0].points > 0 and straight[1].points > 0:
        return straight
    crossed = _crossed(fold(one.first), fold(one.last), fold(other.first), fold(other.last))
    return crossed if crossed and crossed[0].points + crossed[1].points > _sum(straight) else straight


def _sum(findings: tuple[_Finding, ...]) -> float:
    return sum(finding.points for finding in findings)


def _crossed(first: str, last: str, other_first: str, other_last: str) -> tuple[_Finding, _Finding] | None:
    """Given and family name in each other's fields; one of the four may be missing."""
    pairs = [(first, other_last), (last, other_first)]
    known = [(a, b) for a, b in pairs if a and b]
    if not known or not all(a == b or is_near(a, b) or same_given_name(a, b) for a, b in known):
        return None
    points = [_FIRST_SAME - 1 if a == b else _FIRST_NEAR - 1 for a, b in known]
    return _Finding(points[0]), _Finding(sum(points[1:]), "First and last name exchanged")


_LAST_SAME, _LAST_NEAR, _LAST_SOUNDS, _LAST_DIFFERS = 8.0, 6.0, 4.0, -4.0
_FIRST_SAME, _FIRST_NEAR, _FIRST_SOUNDS, _FIRST_DIFFERS = 7.0, 5.0, 3.5, -6.0


def _last(one: Person, other: Person) -> _Finding:
    mine, theirs = fold(one.last), fold(other.last)
    if not mine or not theirs:
        return _NOTHING
    if mine == theirs:
        return _Finding(_LAST_SAME, "Same last name")
    for former, now in ((other.former_last, mine), (one.former_last, theirs)):
        if former and fold(former) == now:
            return _Finding(7.0, f"Formerly {former}")
    if one.former_last and fold(one.former_last) == fold(other.former_last):
        return _Finding(7.0, f"Both formerly {one.former_last}")
    if set(mine.split()) & set(theirs.split()) or is_near(mine, theirs):
        return _Finding(_LAST_NEAR, f"Last name spelled nearly alike: {other.last}")
    if sound(one.last) == sound(other.last):
        return _Finding(_LAST_SOUNDS, f"Last name sounds alike: {other.last}")
    return _Finding(_LAST_DIFFERS)


def _first(one: Person, other: Person) -> _Finding:
    mine, theirs = fold(one.first), fold(other.first)
    if not mine or not theirs:
        return _NOTHING
    if mine == theirs:
        return _Finding(_FIRST_SAME, "Same first name")
    pairs = [(a, b) for a in (mine, fold(one.preferred)) if a for b in (theirs, fold(other.preferred)) if b]
    if any(same_given_name(a, b) for a, b in pairs):
        return _Finding(5.0, f"{other.first} and {one.first} can be one name")
    if any(is_near(a, b) for a, b in pairs):
        return _Finding(_FIRST_NEAR, f"First name spelled nearly alike: {other.first}")
    if sound(one.first) == sound(other.first):
        return _Finding(_FIRST_SOUNDS, f"First name sounds alike: {other.first}")
    if fold(one.middle) == theirs or fold(other.middle) == mine:
        return _Finding(4.0, f"Middle name used as first name: {other.first}")
    if any(a[:1] == b[:1] and 1 in (len(a), len(b)) for a, b in pairs):
        return _Finding(1.5, "Same first initial")
    # Twins share everything but this.
    return _Finding(_FIRST_DIFFERS)


def is_near(one: str, other: str) -> bool:
    """Whether two folded words differ by a slip: a letter or two of a long word, or the ending."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 3:
        return False
    if JaroWinkler.similarity(one, other) >= 0.92:
        return True
    return OSA.distance(one, other) <= (1 if len(longer) < 6 else 2 if len(longer) < 10 else 3)


def _middle(one: str, other: str) -> _Finding:
    mine, theirs = fold(one), fold(other)
    if not mine or not theirs:
        return _NOTHING
    if mine == theirs:
        return _Finding(1.0 if len(mine) == 1 else 3.0)
    if mine[0] == theirs[0]:
        return _Finding(1.0)
    return _Finding(-2.0)


def _sex(one: str, other: str) -> _Finding:
    if not one or not other:
        return _NOTHING
    return _Finding(0.5 if one == other else -3.0)


def _born(one: date | None, other: date | None) -> _Finding:
    if one is None or other is None:
        return _NOTHING
    if one == other:
        return _Finding(12.0, "Same birth date")
    theirs = us_date(other)
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return _Finding(8.0, f"Day and month of birth exchanged: {theirs}")
    distance = OSA.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}")
    if distance == 1:
        return _Finding(5.0, f"Birth date differs in one place: {theirs}")
    if (one.month, one.day) == (other.month, other.day):
        return _Finding(3.0, f"Same day and month of birth, other year: {theirs}")
    return _Finding(-1.5 if distance == 2 else -6.0)


def _in_common(
    sentence: str, mine: tuple[str, ...], theirs: tuple[str, ...], points: float, show: Callable[[str], str]
) -> _Finding:
    both = [value for value in mine if value in theirs]
    return _Finding(points, sentence.format(show(both[0]))) if both else _NOTHING


def _email(one: str, other: str, *, is_first_alike: bool) -> _Finding:
    """Relatives' addresses differ by an initial too: a near one says something of like first names only."""
    mine, theirs = one.strip().lower(), other.strip().lower()
    if not mine or not theirs:
        return _NOTHING
    if mine == theirs:
        return _Finding(10.0, f"Same e-mail, {other}")
    if is_first_alike and OSA.distance(mine, theirs) <= max(len(mine), len(theirs)) // 8:
        return _Finding(8.0, f"E-mail spelled nearly alike: {other}")
    return _Finding(-1.0)


def _address(one: Person, other: Person) -> Iterator[_Finding]:
    """Street and house, then town and ZIP code; people move, so another address says little."""
    street = _street(one, other)
    yield street
    is_told = bool(street.reason)
    same_zip, near_zip = _zips(one.postal_code[:5], other.postal_code[:5])
    mine, theirs = fold(one.city), fold(other.city)
    same_town = bool(mine) and bool(theirs) and (mine == theirs or is_near(mine, theirs))
    if same_zip or (near_zip and same_town):
        yield _Finding(3.0) if is_told else _Finding(4.0, "Same ZIP code")
    elif same_town:
        yield _Finding(2.0) if is_told else _Finding(2.0, f"Same town, {other.city}")
    elif one.postal_code and other.postal_code and not near_zip:
        yield _Finding(-1.0)


def _zips(one: str, other: str) -> tuple[bool, bool]:
    if not one or not other:
        return False, False
    return one == other, OSA.distance(one, other) <= 1


def _street(one: Person, other: Person) -> _Finding:
    """Whoever types may put the second line of an address first."""
    mine, theirs = house_of(one.street), house_of(other.street)
    alike = _is_street(mine[1], theirs[1])
    if not alike and (one.unit or other.unit):
        alike = _is_street(house_of(one.unit)[1], theirs[1]) or _is_street(mine[1], house_of(other.unit)[1])
    if alike and (mine[0] == theirs[0] or not mine[0] or not theirs[0]):
        return _Finding(9.0, f"Same address, {other.street}")
    if alike:
        return _Finding(4.0, f"Same street, {other.street}")
    return _Finding(-1.0) if mine[1] and theirs[1] else _NOTHING


def _is_street(one: str, other: str) -> bool:
    """Whether two folded street names are one, blanks and slips of the pen apart."""
    mine, theirs = one.replace(" ", ""), other.replace(" ", "")
    return bool(mine) and bool(theirs) and (mine == theirs or is_near(mine, theirs))
