"""Reads back the 837P files that we write; segments of other writers' loops are kept aside."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.problems import Level, Malformed, Problem
from frontdesk.formats.x12.professional_claim import (
    Address,
    BillingProvider,
    Claim,
    Facility,
    Insured,
    Line,
    Policy,
    Provider,
)
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import cents, day, quantity


@dataclass(slots=True)
class _Party:
    """An NM1 with what follows it."""

    named: Segment = field(default_factory=list)
    others: dict[str, Segment] = field(default_factory=dict)

    def get(self, name: str, place: int) -> str:
        return element(self.others.get(name, []), place)

    @property
    def address(self) -> Address:
        street = self.others.get("N3", [])
        city = self.others.get("N4", [])
        return Address(
            element(street, 1), element(street, 2), element(city, 1), element(city, 2), element(city, 3)
        )


class ProfessionalClaimReader:
    """Iterate for the claims of one 837P, in the order of the file."""

    def __init__(self, message: TransactionSet) -> None:
        if message.kind != "837":
            problem = Problem(Level.SET, "1", message.number, "ST01", "expected professional claims (837).")
            raise Malformed([problem])
        self.others: list[Segment] = []
        self.submitter: Segment = []
        self.receiver: Segment = []
        self._message = message
        self._component = message.delimiters.component
        self._parties: dict[str, _Party] = {}
        self._party: _Party | None = None
        self._subscriber: Segment = []
        self._patient: Segment = []
        self._taxonomy = ""

    def __iter__(self) -> Iterator[Claim]:
        claim: list[Segment] = []
        number = 0
        for segment in self._message:
            name = segment[0]
            if claim and name in ("HL", "CLM"):
                yield self._read(claim, number)
                claim = []
            if name == "CLM":
                number = self._message.number
            if name == "CLM" or claim:
                claim.append(segment)
            else:
                self._header(segment)
        if claim:
            yield self._read(claim, number)

    def _header(self, segment: Segment) -> None:
        match segment:
            case ["HL", _, _, "20", *_]:
                self._parties.clear()
                self._taxonomy, self._party = "", None
            case ["HL", _, _, "22", *_]:
                for role in ("IL", "PR", "QC"):
                    self._parties.pop(role, None)
                self._patient, self._party = [], None
            case ["HL", *_]:
                self._party = None
            case ["PRV", "BI", _, taxonomy, *_]:
                self._taxonomy = taxonomy
            case ["SBR", *_]:
                self._subscriber = segment
            case ["PAT", *_]:
                self._patient = segment
            case ["NM1", "41", *_]:
                self.submitter = segment
            case ["NM1", "40", *_]:
                self.receiver = segment
            case ["NM1", role, *_]:
                self._party = self._parties[role] = _Party(segment)
            case [name, *_] if self._party is not None:
                self._party.others[name] = segment
            case _:
                self.others.append(segment)

    def _read(self, segments: list[Segment], number: int) -> Claim:
        try:
            first_line = next((i for i, segment in enumerate(segments) if segment[0] == "LX"), len(segments))
            parties, singles = self._gathered(segments[:first_line])
            starts = [at for at in range(first_line, len(segments)) if segments[at][0] == "LX"]
            lines = tuple(self._line(segments[start + 1 :]) for start in starts)
            return self._claim(segments[0], parties, singles, lines)
        except (ValueError, IndexError, KeyError) as error:
            expected = str(error) if isinstance(error, ValueError) else "the elements of an 837P"
            problem = Problem(Level.SEGMENT, "7", number, "CLM", f"expected {expected}.")
            raise Malformed([problem]) from None

    def _gathered(self, segments: list[Segment]) -> tuple[dict[str, _Party], dict[str, Segment]]:
        parties: dict[str, _Party] = {}
        singles: dict[str, Segment] = {}
        party: _Party | None = None
        for segment in segments[1:]:
            if segment[0] == "NM1":
                party = parties[segment[1]] = _Party(segment)
            elif party is not None:
                party.others[segment[0]] = segment
            elif segment[0] in ("REF", "DTP"):
                singles[f"{segment[0]}-{segment[1]}"] = segment
            else:
                singles[segment[0]] = segment
        return parties, singles

    def _claim(
        self,
        header: Segment,
        parties: dict[str, _Party],
        singles: dict[str, Segment],
        lines: tuple[Line, ...],
    ) -> Claim:
        place = header[5].split(self._component)
        accident = [*element(header, 11).split(self._component), "", "", "", ""]
        billing, patient, facility = self._parties["85"], self._parties.get("QC"), parties.get("77")
        return Claim(
            number=header[1],
            charge_cents=cents(header[2]),
            place_of_service=place[0],
            diagnoses=tuple(
                code.split(self._component)[1]
                for code in singles["HI"][1:]
                if code.startswith(("ABK", "ABF"))
            ),
            lines=lines,
            policy=self._policy(),
            billing=BillingProvider(
                name=element(billing.named, 3),
                npi=element(billing.named, 9),
                tax_id=billing.get("REF", 2),
                taxonomy=self._taxonomy,
                address=billing.address,
            ),
            patient=_insured(patient) if patient and self._patient else None,
            relationship=element(self._patient, 1) or element(self._subscriber, 2),
            frequency=place[2],
            payer_control_number=element(singles.get("REF-F8", []), 2),
            authorization=element(singles.get("REF-G1", []), 2),
            referral=element(singles.get("REF-9F", []), 2),
            accepts_assignment=element(header, 7) == "A",
            assigns_benefits=element(header, 8) == "Y",
            has_release=element(header, 9) == "Y",
            rendering=_provider(parties.get("82")),
            referring=_provider(parties.get("DN")),
            facility=Facility(element(facility.named, 3), element(facility.named, 9), facility.address)
            if facility
            else None,
            onset_on=_date(singles.get("DTP-431")),
            accident=accident[0],
            accident_state=accident[3],
            accident_on=_date(singles.get("DTP-439")),
            note=element(singles.get("NTE", []), 2),
        )

    def _policy(self) -> Policy:
        insured, payer = self._parties["IL"], self._parties["PR"]
        return Policy(
            payer_name=element(payer.named, 3),
            payer_id=element(payer.named, 9),
            member_id=element(insured.named, 9),
            subscriber=_insured(insured),
            rank=element(self._subscriber, 1),
            group_number=element(self._subscriber, 3),
            filing_code=element(self._subscriber, 9),
            payer_address=payer.address,
        )

    def _line(self, segments: list[Segment]) -> Line:
        service: Segment = []
        dates: Segment = []
        control_number = ""
        for segment in segments:
            if segment[0] == "LX":
                break
            if segment[0] == "SV1":
                service = segment
            elif segment[:2] == ["DTP", "472"]:
                dates = segment
            elif segment[:2] == ["REF", "6R"]:
                control_number = segment[2]
        procedure = service[1].split(self._component)
        return Line(
            code=procedure[1],
            charge_cents=cents(service[2]),
            served_on=day(dates[3]),
            pointers=tuple(int(pointer) for pointer in service[7].split(self._component)),
            control_number=control_number,
            modifiers=tuple(procedure[2:6]),
            units=quantity(service[4]),
            served_until=day(dates[3][9:]) if dates[2] == "RD8" else None,
            place_of_service=service[5],
        )


def _insured(party: _Party) -> Insured:
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


def _provider(party: _Party | None) -> Provider | None:
    if party is None:
        return None
    named = party.named
    return Provider(element(named, 3), element(named, 4), element(named, 9), party.get("PRV", 3))


def _date(segment: Segment | None) -> date | None:
    return day(segment[3]) if segment else None
