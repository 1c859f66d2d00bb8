"""Reads what a claim says of other payers (loops 2320, 2330, 2430) and of drugs (2410)."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from frontdesk.formats.x12.adjustments import Adjustment, read_adjustments
from frontdesk.formats.x12.envelope import element
from frontdesk.formats.x12.professional_claim import (
    Address,
    Drug,
    Insured,
    OtherId,
    OtherPayer,
    Policy,
    PriorLine,
)
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import cents, day, quantity


@dataclass(slots=True)
class NamedParty:
    """An NM1 with what follows it."""

    named: Segment = field(default_factory=list)
    others: dict[str, Segment] = field(default_factory=dict)
    references: list[Segment] = field(default_factory=list)

    def take(self, segment: Segment) -> None:
        """Keep what belongs to it; of a REF each."""
        if segment[0] == "REF":
            self.references.append(segment)
        else:
            self.others[segment[0]] = segment

    def reference(self, *qualifiers: str) -> str:
        """The number of the first REF of these kinds."""
        return next((element(segment, 2) for segment in self.references if segment[1] in qualifiers), "")

    def other_ids(self, *but: str) -> tuple[OtherId, ...]:
        """Every REF but those of some kinds."""
        return tuple(
            OtherId(segment[1], element(segment, 2)) for segment in self.references if segment[1] not in but
        )

    def get(self, name: str, place: int) -> str:
        return element(self.others.get(name, []), place)

    @property
    def address(self) -> Address:
        street = self.others.get("N3", [])
        city = self.others.get("N4", [])
        return Address(
            element(street, 1), element(street, 2), element(city, 1), element(city, 2), element(city, 3)
        )


def insured(party: NamedParty) -> Insured:
    """A person with what follows their NM1."""
    named = party.named
    born = party.get("DMG", 2)
    return Insured(
        last=element(named, 3),
        first=element(named, 4),
        middle=element(named, 5),
        suffix=element(named, 7),
        born_on=day(born) if born else None,
        sex=party.get("DMG", 3) or "U",
        address=party.address,
    )


def other_payers(segments: list[Segment]) -> tuple[OtherPayer, ...]:
    """The loops 2320 of a claim, from the first SBR after its own providers on."""
    starts = [place for place, segment in enumerate(segments) if segment[0] == "SBR"]
    return tuple(_other_payer(segments[start:end]) for start, end in pairwise([*starts, len(segments)]))


def _other_payer(loop: list[Segment]) -> OtherPayer:
    head = loop[0]
    adjustments: list[Adjustment] = []
    amounts: dict[str, int] = {}
    interest: Segment = []
    parties: dict[str, NamedParty] = {}
    party: NamedParty | None = None
    for segment in loop[1:]:
        match segment:
            case ["NM1", role, *_]:
                party = parties[role] = NamedParty(segment)
            case [_, *_] if party is not None:
                party.take(segment)
            case ["CAS", *_]:
                read_adjustments(segment, adjustments)
            case ["AMT", qualifier, told, *_]:
                amounts[qualifier] = cents(told)
            case ["OI", *_]:
                interest = segment
    holder, payer = parties["IL"], parties["PR"]
    decided = payer.get("DTP", 3)
    return OtherPayer(
        policy=Policy(
            payer_name=element(payer.named, 3),
            payer_id=element(payer.named, 9),
            member_id=element(holder.named, 9),
            subscriber=insured(holder),
            rank=element(head, 1),
            group_number=element(head, 3),
            filing_code=element(head, 9),
            payer_address=payer.address,
            secondary_reason=element(head, 5),
        ),
        relationship=element(head, 2),
        paid_cents=amounts.get("D"),
        adjustments=tuple(adjustments),
        patient_cents=amounts.get("EAF"),
        control_number=payer.reference("F8"),
        decided_on=day(decided) if decided else None,
        assigns_benefits=element(interest, 3) == "Y",
        has_release=element(interest, 6) == "Y",
    )


def prior_lines(segments: list[Segment], separator: str) -> tuple[PriorLine, ...]:
    """The loops 2430 of a service."""
    starts = [place for place, segment in enumerate(segments) if segment[0] == "SVD"]
    return tuple(
        _prior_line(segments[start:end], separator) for start, end in pairwise([*starts, len(segments)])
    )


def _prior_line(loop: list[Segment], separator: str) -> PriorLine:
    head = loop[0]
    adjustments: list[Adjustment] = []
    decided_on: date | None = None
    patient: int | None = None
    for segment in loop[1:]:
        if segment[0] == "CAS":
            read_adjustments(segment, adjustments)
        elif segment[:2] == ["DTP", "573"]:
            decided_on = day(segment[3])
        elif segment[:2] == ["AMT", "EAF"]:
            patient = cents(segment[2])
    if decided_on is None:
        raise ValueError("the day of the other payer's decision (DTP 573)")
    procedure = element(head, 3).split(separator)
    return PriorLine(
        payer_id=element(head, 1),
        paid_cents=cents(element(head, 2)),
        code=procedure[1],
        decided_on=decided_on,
        modifiers=tuple(procedure[2:6]),
        units=quantity(element(head, 5)),
        adjustments=tuple(adjustments),
        patient_cents=patient,
    )


def drug(segments: list[Segment]) -> Drug | None:
    """The loop 2410 of a service."""
    named: Segment = next((s for s in segments if s[:3] == ["LIN", "", "N4"]), [])
    counted: Segment = next((s for s in segments if s[0] == "CTP"), [])
    if not named:
        return None
    return Drug(element(named, 3), quantity(element(counted, 4) or "1"), element(counted, 5) or "UN")
