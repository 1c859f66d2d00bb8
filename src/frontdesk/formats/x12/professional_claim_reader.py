"""Reads back the 837P files that we write; segments of other writers' loops are kept aside."""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

import msgspec

from frontdesk.formats.x12.coordination import NamedParty, drug, insured, other_payers, prior_lines
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.problems import Level, Malformed, Problem
from frontdesk.formats.x12.professional_claim import (
    REFERENCES,
    Address,
    Attachment,
    BillingProvider,
    Claim,
    Facility,
    Line,
    OtherId,
    OtherPayer,
    Policy,
    Provider,
)
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import cents, day, quantity

OTHER_DATES = ("454", "304", "453", "455", "471", "090", "091", "444")
"""What stands in the place of `Claim.other_kind`."""


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
            case [_, *_] if self._party is not None:
                self._party.take(segment)
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
            claim = self._claim(segments[0], parties, singles, lines, others)
            return msgspec.structs.replace(
                claim,
                attachments=_attachments(segments[:first_line]),
                bought_from=_bought_from(segments[first_line:], claim),
            )
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
                party.take(segment)
            elif segment[0] in ("REF", "DTP", "AMT"):
                singles[f"{segment[0]}-{segment[1]}"] = segment
            elif segment[0] == "HI":
                singles[f"HI-{segment[1].split(self._component)[0]}"] = segment
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
        other = (_date(singles[f"DTP-{kind}"]) for kind in OTHER_DATES if f"DTP-{kind}" in singles)
        billing, patient, facility = self._parties["85"], self._parties.get("QC"), parties.get("77")
        return Claim(
            number=header[1],
            charge_cents=cents(header[2]),
            place_of_service=place[0],
            diagnoses=tuple(
                code.split(self._component)[1]
                for code in singles.get("HI-ABK", [])[1:]
                if code.startswith(("ABK", "ABF"))
            ),
            lines=lines,
            policy=self._policy(),
            billing=BillingProvider(
                name=element(billing.named, 3),
                npi=element(billing.named, 9),
                tax_id=billing.reference("EI", "SY"),
                taxonomy=self._taxonomy,
                address=billing.address,
                tax_id_is_ssn=bool(billing.reference("SY")),
                first=element(billing.named, 4),
                other_ids=billing.other_ids("EI", "SY"),
            ),
            patient=insured(patient) if patient and self._patient else None,
            relationship=element(self._patient, 1) or element(self._subscriber, 2),
            frequency=place[2],
            payer_control_number=element(singles.get("REF-F8", []), 2),
            authorization=element(singles.get("REF-G1", []), 2),
            referral=element(singles.get("REF-9F", []), 2),
            assignment=element(header, 7),
            assigns_benefits=element(header, 8) == "Y",
            has_release=element(header, 9) == "Y",
            rendering=_provider(parties.get("82")),
            referring=_provider(parties.get("DN")),
            primary_care=_provider(parties.get("P3")),
            facility=_facility(facility),
            supervising=_provider(parties.get("DQ")),
            patient_paid_cents=cents(element(singles.get("AMT-F5", []), 2) or "0"),
            clia=element(singles.get("REF-X4", []), 2),
            other_payers=others,
            onset_on=_date(singles.get("DTP-431") or singles.get("DTP-484")),
            onset_kind="484" if "DTP-484" in singles else "431",
            other_on=next(other, None),
            other_kind=next((kind for kind in OTHER_DATES if f"DTP-{kind}" in singles), ""),
            unable_from=_date(singles.get("DTP-314") or singles.get("DTP-360")),
            unable_until=_until(singles.get("DTP-314")) or _date(singles.get("DTP-361")),
            last_worked_on=_date(singles.get("DTP-297")),
            returned_on=_date(singles.get("DTP-296")),
            admitted_on=_date(singles.get("DTP-435")),
            discharged_on=_date(singles.get("DTP-096")),
            condition_codes=tuple(code.split(self._component)[1] for code in singles.get("HI-BG", [])[1:]),
            case_number=(patient if patient and self._patient else self._parties["IL"]).reference("Y4"),
            delay_reason=element(header, 20),
            program=element(header, 12),
            references=tuple(
                OtherId(kind, element(singles[f"REF-{kind}"], 2))
                for kind in REFERENCES
                if f"REF-{kind}" in singles
            ),
            file_info=element(singles.get("K3", []), 1),
            spine=element(singles.get("CR2", []), 8),
            epsdt=element(singles.get("CRC", []), 3),
            accident=accident[0],
            accident_state=accident[3],
            accident_on=_date(singles.get("DTP-439")),
            note=element(singles.get("NTE", []), 2),
            note_kind=element(singles.get("NTE", []), 1) or "ADD",
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
            secondary_reason=element(self._subscriber, 5),
            billing_ids=payer.other_ids(),
        )

    def _line(self, segments: list[Segment]) -> Line:
        service: Segment = []
        dates: Segment = []
        control_number = ""
        parties: dict[str, NamedParty] = {}
        party: NamedParty | None = None
        note: Segment = []
        bought: Segment = []
        own = list(takewhile(lambda segment: segment[0] != "LX", segments))
        for segment in own:
            if segment[0] == "SVD":
                break
            if segment[0] == "SV1":
                service = segment
            elif segment[0] == "PS1":
                bought = segment
            elif segment[:2] == ["DTP", "472"]:
                dates = segment
            elif segment[:2] == ["REF", "6R"]:
                control_number = segment[2]
            elif segment[0] == "NTE":
                note = segment
            elif segment[0] == "NM1":
                party = parties[segment[1]] = NamedParty(segment)
            elif party is not None:
                party.take(segment)
        procedure = service[1].split(self._component)
        return Line(
            code=procedure[1],
            charge_cents=cents(service[2]),
            served_on=day(dates[3]),
            pointers=tuple(int(pointer) for pointer in service[7].split(self._component)),
            control_number=control_number,
            modifiers=tuple(filter(None, procedure[2:6])),
            units=quantity(service[4]),
            unit=service[3],
            description=element(procedure, 6),
            note=element(note, 2),
            note_kind=element(note, 1) or "ADD",
            served_until=day(dates[3][9:]) if dates[2] == "RD8" else None,
            place_of_service=service[5],
            drug=drug(own),
            rendering=_provider(parties.get("82")),
            facility=_facility(parties.get("77")),
            supervising=_provider(parties.get("DQ")),
            ordering=_provider(parties.get("DK")),
            referring=_provider(parties.get("DN")),
            primary_care=_provider(parties.get("P3")),
            prior=prior_lines(own, self._component),
            is_emergency=element(service, 9) == "Y",
            is_epsdt=element(service, 11) == "Y",
            is_family_planning=element(service, 12) == "Y",
            bought_cents=cents(bought[2]) if bought else None,
            attachments=_attachments(own),
        )


def _provider(party: NamedParty | None) -> Provider | None:
    if party is None:
        return None
    named = party.named
    taxonomy, others = party.get("PRV", 3), party.other_ids()
    return Provider(element(named, 3), element(named, 4), element(named, 9), taxonomy, others)


def _facility(party: NamedParty | None) -> Facility | None:
    if party is None:
        return None
    return Facility(element(party.named, 3), element(party.named, 9), party.address, party.other_ids())


def _attachments(segments: list[Segment]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(segment[1], segment[2], element(segment, 6)) for segment in segments if segment[0] == "PWK"
    )


def _bought_from(segments: list[Segment], claim: Claim) -> Facility | None:
    """Its name and address stand in the loop of a facility, of the line or of the claim."""
    named = next((segment for segment in segments if segment[:2] == ["NM1", "QB"]), None)
    if named is None:
        return None
    number = element(named, 9)
    places = (*(line.facility for line in claim.lines), claim.facility)
    return next((each for each in places if each and each.npi == number), Facility("", number, Address()))


def _date(segment: Segment | None) -> date | None:
    return day(segment[3][:8]) if segment else None


def _until(segment: Segment | None) -> date | None:
    return day(segment[3][9:]) if segment else None
