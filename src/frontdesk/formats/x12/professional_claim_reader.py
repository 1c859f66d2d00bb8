"""Reads back the 837P files that we write; segments of other writers' loops are kept aside."""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from frontdesk.formats.x12.coordination import NamedParty, drug, insured, other_payers, prior_lines
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.problems import Level, Malformed, Problem
from frontdesk.formats.x12.professional_claim import (
    BillingProvider,
    Claim,
    Facility,
    Line,
    OtherPayer,
    Policy,
    Provider,
)
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import cents, day, quantity


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
        self._parties: dict[str, NamedParty] = {}
        self._party: NamedParty | None = None
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
                self._party = self._parties[role] = NamedParty(segment)
            case [name, *_] if self._party is not None:
                self._party.others[name] = segment
            case _:
                self.others.append(segment)

    def _read(self, segments: list[Segment], number: int) -> Claim:
        try:
            first_line = next((i for i, segment in enumerate(segments) if segment[0] == "LX"), len(segments))
            first_other = next(
                (i for i, segment in enumerate(segments[:first_line]) if segment[0] == "SBR"), first_line
            )
            parties, singles = self._gathered(segments[:first_other])
            others = other_payers(segments[first_other:first_line])
            starts = [at for at in range(first_line, len(segments)) if segments[at][0] == "LX"]
            lines = tuple(self._line(segments[start + 1 :]) for start in starts)
            return self._claim(segments[0], parties, singles, lines, others)
        except (ValueError, IndexError, KeyError) as error:
            expected = str(error) if isinstance(error, ValueError) else "the elements of an 837P"
            problem = Problem(Level.SEGMENT, "7", number, "CLM", f"expected {expected}.")
            raise Malformed([problem]) from None

    def _gathered(self, segments: list[Segment]) -> tuple[dict[str, NamedParty], dict[str, Segment]]:
        parties: dict[str, NamedParty] = {}
        singles: dict[str, Segment] = {}
        party: NamedParty | None = None
        for segment in segments[1:]:
            if segment[0] == "NM1":
                party = parties[segment[1]] = NamedParty(segment)
            elif party is not None:
                party.others[segment[0]] = segment
            elif segment[0] in ("REF", "DTP", "AMT"):
                singles[f"{segment[0]}-{segment[1]}"] = segment
            else:
                singles[segment[0]] = segment
        return parties, singles

    def _claim(
        self,
        header: Segment,
        parties: dict[str, NamedParty],
        singles: dict[str, Segment],
        lines: tuple[Line, ...],
        others: tuple[OtherPayer, ...],
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
            patient=insured(patient) if patient and self._patient else None,
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
            supervising=_provider(parties.get("DQ")),
            patient_paid_cents=cents(element(singles.get("AMT-F5", []), 2) or "0"),
            clia=element(singles.get("REF-X4", []), 2),
            other_payers=others,
            onset_on=_date(singles.get("DTP-431")),
            accident=accident[0],
            accident_state=accident[3],
            accident_on=_date(singles.get("DTP-439")),
            note=element(singles.get("NTE", []), 2),
        )

    def _policy(self) -> Policy:
        holder, payer = self._parties["IL"], self._parties["PR"]
        return Policy(
            payer_name=element(payer.named, 3),
            payer_id=element(payer.named, 9),
            member_id=element(holder.named, 9),
            subscriber=insured(holder),
            rank=element(self._subscriber, 1),
            group_number=element(self._subscriber, 3),
            filing_code=element(self._subscriber, 9),
            payer_address=payer.address,
        )

    def _line(self, segments: list[Segment]) -> Line:
        service: Segment = []
        dates: Segment = []
        control_number = ""
        ordering: Provider | None = None
        own = list(takewhile(lambda segment: segment[0] != "LX", segments))
        for segment in own:
            if segment[0] == "SVD":
                break
            if segment[0] == "SV1":
                service = segment
            elif segment[:2] == ["DTP", "472"]:
                dates = segment
            elif segment[:2] == ["REF", "6R"]:
                control_number = segment[2]
            elif segment[:2] == ["NM1", "DK"]:
                ordering = _provider(NamedParty(segment))
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
            drug=drug(own),
            ordering=ordering,
            prior=prior_lines(own, self._component),
        )


def _provider(party: NamedParty | None) -> Provider | None:
    if party is None:
        return None
    named = party.named
    return Provider(element(named, 3), element(named, 4), element(named, 9), party.get("PRV", 3))


def _date(segment: Segment | None) -> date | None:
    return day(segment[3]) if segment else None
