"""ZIP codes: the place that a code names, and the state that its first three digits lie in."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class ZipPlace:
    """The Postal Service's name of the place, and its state."""

    city: str
    state: str


@query(permission="registration.view")
def place_of_zip(work: Work, *, postal_code: str) -> ZipPlace | None:
    """The place of a five- or nine-digit ZIP code; None where there is no such code."""
    return place_of(postal_code)


def place_of(postal_code: str) -> ZipPlace | None:
    """The same without a piece of work."""
    five = postal_code.strip()[:5]
    if len(five) != 5 or not (five.isascii() and five.isdigit()):
        return None
    # A quarter of a second to load, and only where somebody types an address.
    import zipcodes

    found = zipcodes.matching(five)  # type: ignore[no-untyped-call] # its code is untyped
    return ZipPlace(str(found[0]["city"]), str(found[0]["state"])) if found else None


def states_of(postal_code: str) -> frozenset[str]:
    """The states in which codes with these first three digits lie; empty where none is known."""
    return _by_prefix().get(postal_code[:3], frozenset())


# USPS Publication 65: the three-digit ZIP code prefixes, by state; a few lie in two.
_PREFIXES: Final = (
    "AA 340|AE 090-098|AK 995-999|AL 350-369|AP 962-966|AR 716-729 755|AS 967|AZ 850-865|CA 900-961|"
    "CO 800-816|CT 060-069|DC 200 202-205 569 888|DE 197-199|FL 320-339 341-349|FM 969|"
    "GA 300-319 398-399|GU 969|HI 967-968|IA 500-528|ID 832-838|IL 600-629|IN 460-479|KS 660-679|"
    "KY 400-427|LA 700-714|MA 010-027 055|MD 205-219|ME 039-049|MH 969|MI 480-499|MN 550-567|"
    "MO 630-658 726|MP 969|MS 386-397|MT 590-599|NC 270-289|ND 580-588|NE 680-693|NH 030-038|"
    "NJ 070-089|NM 870-884|NV 889-898|NY 004-005 063 100-149|OH 430-459|OK 730-749|OR 970-979|"
    "PA 150-196|PR 006-007 009|PW 969|RI 028-029|SC 290-299|SD 570-577|TN 370-385|"
    "TX 733 739 750-799 885|UT 840-847|VA 201 205 220-246|VI 008|VT 050-054 056-059|WA 980-994|"
    "WI 530-549|WV 247-268|WY 820-831 834"
)


@cache
def _by_prefix() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _PREFIXES.split("|"):
        state, *spans = line.split()
        for span in spans:
            first, _, last = span.partition("-")
            for prefix in range(int(first), int(last or first) + 1):
                found.setdefault(f"{prefix:03d}", set()).add(state)
    return {prefix: frozenset(states) for prefix, states in found.items()}
