"""How alike two people are on paper: points for what agrees, with the reasons in words. Pure functions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import OSA, JaroWinkler

from frontdesk.kernel.text import fold, us_date, us_phone
from frontdesk.services.registration.nicknames import same_given_name
from frontdesk.services.registration.sound import sound

# Points are roughly log2 of how much more often the finding is seen in the same person than in two strangers.
LIKELY = 10.0
CERTAIN = 18.0


@dataclass(frozen=True, slots=True)
class Person:
    """What the front desk knows of somebody; phones as stored digits."""

    first: str
    last: str
    born_on: date | None = None
    middle: str = ""
    preferred: str = ""
    former_last: str = ""
    sex: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    street: str = ""
    postal_code: str = ""
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    points: float
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.points >= LIKELY

    @property
    def is_certain(self) -> bool:
        return self.points >= CERTAIN


def compare(one: Person, other: Person) -> Likeness:
    """Scores `other` as a possible record of the person `one`."""
    findings = [
        *_names(one, other),
        _born(one.born_on, other.born_on),
        _shared("Same phone, {}", one.phones, other.phones, 5.0, us_phone),
        _shared("Same member ID, {}", one.member_ids, other.member_ids, 8.0, str),
        _email(one.email, other.email),
        _address(one, other),
        (-2.0, "") if one.sex and other.sex and one.sex != other.sex else (0.0, ""),
    ]
    reasons = tuple(reason for _, reason in findings if reason)
    return Likeness(sum(points for points, _ in findings), reasons)


_Finding = tuple[float, str]


def _names(one: Person, other: Person) -> list[_Finding]:
    straight = [_last(one, other), _first(one, other)]
    crosswise = fold(one.first) == fold(other.last) and same_given_name(one.last, other.first)
    if crosswise and sum(points for points, _ in straight) < 0:
        return [(9.0, "First and last name exchanged")]
    return straight


def _last(one: Person, other: Person) -> _Finding:
    mine, theirs = fold(one.last), fold(other.last)
    if mine == theirs:
        return 6.0, "Same last name"
    for former, now in ((other.former_last, mine), (one.former_last, theirs)):
        if former and fold(former) == now:
            return 5.0, f"Formerly {former}"
    if one.former_last and fold(one.former_last) == fold(other.former_last):
        return 5.0, f"Both formerly {one.former_last}"
    if set(mine.split()) & set(theirs.split()) or JaroWinkler.similarity(mine, theirs) >= 0.92:
        return 4.0, f"Last name spelled nearly alike: {other.last}"
    if sound(one.last) == sound(other.last):
        return 3.0, f"Last name sounds alike: {other.last}"
    return -4.0, ""


def _first(one: Person, other: Person) -> _Finding:
    mine = [name for name in (one.first, one.preferred) if name]
    theirs = [name for name in (other.first, other.preferred) if name]
    pairs = [(fold(a), fold(b)) for a in mine for b in theirs]
    if fold(one.first) == fold(other.first):
        return 5.0, "Same first name"
    if any(same_given_name(a, b) for a, b in pairs):
        return 4.0, f"{other.first} and {one.first} can be one name"
    if any(JaroWinkler.similarity(a, b) >= 0.9 for a, b in pairs):
        return 3.5, f"First name spelled nearly alike: {other.first}"
    if sound(one.first) == sound(other.first):
        return 2.5, f"First name sounds alike: {other.first}"
    if fold(one.middle) == fold(other.first) or fold(other.middle) == fold(one.first):
        return 3.0, f"Middle name used as first name: {other.first}"
    if any(a[:1] == b[:1] and 1 in (len(a), len(b)) for a, b in pairs):
        return 1.0, "Same first initial"
    # Twins share everything but this.
    return -9.0, ""


def _born(one: date | None, other: date | None) -> _Finding:
    if one is None or other is None:
        return 0.0, ""
    if one == other:
        return 8.0, "Same birth date"
    theirs = us_date(other)
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return 6.0, f"Day and month of birth exchanged: {theirs}"
    distance = OSA.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}")
    if distance == 1:
        return 5.0, f"Birth date differs in one place: {theirs}"
    if (one.month, one.day) == (other.month, other.day):
        return 2.0, f"Same day and month of birth, other year: {theirs}"
    return (-3.0 if distance == 2 else -7.0), ""


def _shared(
    sentence: str, mine: tuple[str, ...], theirs: tuple[str, ...], points: float, show: Callable[[str], str]
) -> _Finding:
    both = [value for value in mine if value in theirs]
    return (points, sentence.format(show(both[0]))) if both else (0.0, "")


def _email(one: str, other: str) -> _Finding:
    if not one or not other:
        return 0.0, ""
    return (5.0, f"Same e-mail, {other}") if one.strip().lower() == other.strip().lower() else (-0.5, "")


def _address(one: Person, other: Person) -> _Finding:
    if not one.street or not other.street:
        return 0.0, ""
    same_zip = bool(one.postal_code) and one.postal_code[:5] == other.postal_code[:5]
    alike = JaroWinkler.similarity(fold(one.street), fold(other.street)) >= 0.93
    if alike and (same_zip or not one.postal_code or not other.postal_code):
        return 4.0, f"Same address, {other.street}"
    return (1.0, "Same ZIP code") if same_zip else (-0.5, "")
