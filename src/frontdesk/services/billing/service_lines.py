"""A service of a superbill while it is typed in: its price, and what all of them come to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from frontdesk.services.billing.drugs import Package
from frontdesk.services.billing.other_providers import WHOLE_VISIT, Named
from frontdesk.services.billing.sheet import Ticked
from frontdesk.services.billing.superbills import EnteredLine


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A line as it stands in the form; `amount_cents` only where it differs from the fee."""

    code: str
    label: str
    unit_cents: int | None
    """The fee of one unit; None where the office has none for the code."""
    modifiers: str = ""
    pointers: str = "A"
    units: int = 1
    amount_cents: int | None = None
    ndc: str = ""
    packages: tuple[Package, ...] = ()
    provider_id: int | None = None
    """Who did it, where that is not who saw the patient."""
    named: tuple[Named, ...] = ()
    """Whom it names of its own."""

    @property
    def total_cents(self) -> int:
        if self.amount_cents is not None:
            return self.amount_cents
        return (self.unit_cents or 0) * self.units

    @property
    def is_priced(self) -> bool:
        """Whether a fee or a typed amount says what it costs."""
        return self.unit_cents is not None or self.amount_cents is not None

    def at(self, cents: int | None) -> "ServiceLine":
        """With a typed amount; an amount that is the fee, or none, leaves it at the fee."""
        usual = (self.unit_cents or 0) * self.units
        return replace(self, amount_cents=cents if cents is not None and cents != usual else None)

    def ticked(self) -> Ticked:
        """As the command takes it."""
        modifiers = tuple(self.modifiers.upper().replace(",", " ").split())
        return Ticked(
            self.code,
            self.units,
            modifiers,
            self.pointers,
            self.amount_cents,
            self.ndc,
            self.provider_id,
        )


def of_entered(line: EnteredLine) -> ServiceLine:
    """A line that was entered, to be typed over: by the unit where its amount divides evenly."""
    unit_cents, rest = divmod(line.amount_cents, max(1, line.units))
    return ServiceLine(
        code=line.code,
        label=line.label,
        unit_cents=unit_cents,
        modifiers=line.modifiers,
        pointers=line.pointers,
        units=line.units,
        amount_cents=line.amount_cents if rest else None,
        ndc=line.ndc,
        provider_id=line.provider_id,
    )


def with_named(
    lines: Sequence[ServiceLine], named: Iterable[Named]
) -> tuple[tuple[ServiceLine, ...], tuple[Named, ...]]:
    """The lines with those that they name, and those of the whole visit."""
    by_place: defaultdict[int, list[Named]] = defaultdict(list)
    for each in named:
        by_place[each.place].append(replace(each, place=WHOLE_VISIT))
    found = tuple(replace(line, named=tuple(by_place[place])) for place, line in enumerate(lines, 1))
    return found, tuple(by_place[WHOLE_VISIT])


def all_named(lines: Iterable[ServiceLine], of_visit: tuple[Named, ...]) -> tuple[Named, ...]:
    """Everybody who is named, with the place of the line as it stands now."""
    of_lines = (replace(each, place=place) for place, line in enumerate(lines, 1) for each in line.named)
    return (*of_visit, *of_lines)


def total_cents(lines: Iterable[ServiceLine]) -> int:
    """What the superbill comes to."""
    return sum(line.total_cents for line in lines)
