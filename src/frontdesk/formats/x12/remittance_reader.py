"""Reads an 835 claim by claim; memory holds one claim at a time."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from frontdesk.formats.x12.adjustments import read_adjustments
from frontdesk.formats.x12.envelope import TransactionSet, element
from frontdesk.formats.x12.problems import Level, Malformed, Problem
from frontdesk.formats.x12.remittance import (
    Adjustment,
    Organization,
    PaidClaim,
    PaidLine,
    Payment,
    Person,
    ProviderAdjustment,
)
from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import cents, day, quantity

_ONE = Decimal(1)
_NOBODY = Person()
_BETWEEN = frozenset({"CLP", "LX", "TS3", "TS2", "PLB"})
"""What ends a claim."""


class RemittanceReader:
    """One 835: `payment` at once, then iterate the claims; `provider_adjustments` is complete after that."""

    def __init__(self, message: TransactionSet) -> None:
        if message.kind != "835":
            raise _malformed(message.number, "ST01", f"a remittance (835); this is a {message.kind}")
        self.provider_adjustments: list[ProviderAdjustment] = []
        self.message = message
        self._component = message.delimiters.component
        self._ahead: Segment | None = None
        self.payment = self._payment()

    def __iter__(self) -> Iterator[PaidClaim]:
        """Yields the claims in the order of the file; Malformed at the first value that cannot be read.

        What stands between them (LX, TS2, TS3: counts and sums of the claims) is passed over.
        """
        claim: list[Segment] = []
        number = self.message.number
        segments, segment = iter(self.message), self._ahead
        while segment is not None:
            name = segment[0]
            if name in _BETWEEN:
                if claim:
                    yield self._claim(claim, number)
                    claim = []
                if name == "CLP":
                    claim, number = [segment], self.message.number
                elif name == "PLB":
                    self._provider_adjustment(segment)
            elif claim:
                claim.append(segment)
            segment = next(segments, None)
        if claim:
            yield self._claim(claim, number)

    def _payment(self) -> Payment:
        header: Segment = []
        trace: Segment = []
        produced_on: date | None = None
        parties: dict[str, list[Segment]] = {"PR": [], "PE": []}
        party: list[Segment] | None = None
        others: list[Segment] = []
        for segment in self.message:
            name = segment[0]
            if name in _BETWEEN:
                self._ahead = segment
                break
            try:
                if name == "BPR":
                    header = segment
                    cents(element(segment, 2)), day(element(segment, 16))
                elif name == "TRN" and not trace:
                    trace = segment
                elif name == "DTM" and element(segment, 1) == "405":
                    produced_on = day(element(segment, 2))
                elif name == "N1" and element(segment, 1) in parties:
                    party = parties[element(segment, 1)]
                    party.append(segment)
                elif party is not None and name in ("N3", "N4", "REF", "PER"):
                    party.append(segment)
                else:
                    others.append(segment)
            except ValueError:
                raise _blame(segment, self.message.number) from None
        if not header or not trace:
            missing = "TRN" if header else "BPR"
            raise _malformed(self.message.number, missing, f"the payment's {missing} before its claims")
        sign = -1 if element(header, 3) == "D" else 1
        return Payment(
            handling=element(header, 1),
            paid_cents=sign * cents(element(header, 2)),
            method=element(header, 4),
            effective_on=day(element(header, 16)),
            trace=element(trace, 2),
            payer_identifier=element(trace, 3),
            produced_on=produced_on,
            payer=_organization(parties["PR"]),
            payee=_organization(parties["PE"]),
            others=tuple(others),
        )

    def _claim(self, segments: list[Segment], number: int) -> PaidClaim:
        first_line = next((at for at, segment in enumerate(segments) if segment[0] == "SVC"), len(segments))
        people = {"QC": _NOBODY, "IL": _NOBODY, "74": _NOBODY, "82": _NOBODY, "TT": _NOBODY}
        dates: dict[str, date] = {}
        adjustments: list[Adjustment] = []
        remarks: list[str] = []
        amounts: list[tuple[str, int]] = []
        others: list[Segment] = []
        segment = header = segments[0]
        at = 0
        try:
            charge, paid = cents(header[3]), cents(header[4])
            patient_share = cents(header[5]) if len(header) > 5 and header[5] else 0
            for at in range(1, first_line):
                segment = segments[at]
                name = segment[0]
                if name == "CAS":
                    read_adjustments(segment, adjustments)
                elif name == "NM1" and segment[1] in people:
                    people[segment[1]] = _person(segment)
                elif name == "DTM" and segment[1] in ("232", "233", "050"):
                    dates[segment[1]] = day(segment[2])
                elif name == "MOA":
                    remarks += [code for code in segment[3:8] if code]
                    amounts += _amounts((f"MOA{place:02}", element(segment, place)) for place in (2, 8, 9))
                elif name == "AMT" and (told := _amounts([(element(segment, 1), element(segment, 2))])):
                    amounts += told
                elif name == "MIA":
                    remarks += [code for code in (element(segment, 5), *segment[20:24]) if code]
                    amounts += _amounts((f"MIA{place:02}", element(segment, place)) for place in _MIA)
                else:
                    others.append(segment)
        except (ValueError, IndexError):
            raise _blame(segment, number + at) from None
        return PaidClaim(
            claim_number=header[1],
            status=header[2],
            charge_cents=charge,
            paid_cents=paid,
            patient_cents=patient_share,
            filing_code=element(header, 6),
            payer_control_number=element(header, 7),
            adjustments=tuple(adjustments),
            lines=self._lines(segments, first_line, number),
            patient=people["QC"],
            subscriber=people["IL"],
            corrected=people["74"],
            rendering=people["82"],
            forwarded_to=people["TT"],
            served_on=dates.get("232"),
            served_until=dates.get("233"),
            received_on=dates.get("050"),
            remarks=tuple(remarks),
            segment_number=number,
            others=tuple(others),
            amounts=tuple(amounts),
        )

    def _lines(self, segments: list[Segment], start: int, number: int) -> tuple[PaidLine, ...]:
        lines: list[PaidLine] = []
        while start < len(segments):
            end = start + 1
            while end < len(segments) and segments[end][0] != "SVC":
                end += 1
            lines.append(self._line(segments[start:end], number + start, len(lines) + 1))
            start = end
        return tuple(lines)

    def _line(self, segments: list[Segment], number: int, place: int) -> PaidLine:
        segment = header = segments[0]
        at = 0
        served_on = served_until = allowed = None
        control_number = ""
        adjustments: list[Adjustment] = []
        remarks: tuple[str, ...] = ()
        others: list[Segment] | None = None
        try:
            procedure = header[1].split(self._component)
            charge = cents(header[2])
            paid = cents(header[3]) if len(header) > 3 and header[3] else 0
            units = quantity(header[5]) if len(header) > 5 and header[5] else _ONE
            for at in range(1, len(segments)):
                segment = segments[at]
                name = segment[0]
                if name == "CAS":
                    read_adjustments(segment, adjustments)
                elif name == "DTM" and segment[1] in ("472", "150"):
                    served_on = day(segment[2])
                elif name == "DTM" and segment[1] == "151":
                    served_until = day(segment[2])
                elif name == "AMT" and segment[1] == "B6":
                    allowed = cents(segment[2])
                elif name == "REF" and segment[1] == "6R":
                    control_number = segment[2]
                elif name == "LQ" and segment[1] in ("HE", "RX"):
                    remarks += (segment[2],)
                else:
                    others = others or []
                    others.append(segment)
        except (ValueError, IndexError):
            raise _blame(segment, number + at) from None
        return PaidLine(
            number=place,
            qualifier=procedure[0],
            code=procedure[1] if len(procedure) > 1 else "",
            modifiers=tuple(part for part in procedure[2:6] if part),
            charge_cents=charge,
            paid_cents=paid,
            units=units,
            served_on=served_on,
            served_until=served_until,
            control_number=control_number,
            adjustments=tuple(adjustments),
            remarks=remarks,
            allowed_cents=allowed,
            submitted_code=_code(element(header, 6), self._component),
            segment_number=number,
            others=tuple(others) if others else (),
        )

    def _provider_adjustment(self, segment: Segment) -> None:
        number = self.message.number
        try:
            for place in range(3, len(segment), 2):
                if not segment[place]:
                    continue
                reason, _, reference = segment[place].partition(self._component)
                self.provider_adjustments.append(
                    ProviderAdjustment(
                        segment[1], day(segment[2]), reason, reference, cents(segment[place + 1])
                    )
                )
        except (ValueError, IndexError):
            raise _blame(segment, number) from None


def _amounts(said: Iterable[tuple[str, str]]) -> list[tuple[str, int]]:
    """What can be read as money; what cannot is no reason to refuse a payment that balances without it."""
    found = []
    for name, text in said:
        try:
            if name.isalnum() and text and (told := cents(text)):
                found.append((name, told))
        except ValueError:
            continue
    return found


def _code(procedure: str, component: str) -> str:
    """The code of a composite such as HC:99213:25; some payers send it without its qualifier."""
    qualifier, _, rest = procedure.partition(component)
    return rest.partition(component)[0] or qualifier if procedure else ""


def _person(segment: Segment) -> Person:
    name = [*segment[3:10], "", "", "", "", "", "", ""]
    return Person(
        last=name[0], first=name[1], middle=name[2], suffix=name[4], id_qualifier=name[5], id=name[6]
    )


def _organization(segments: list[Segment]) -> Organization:
    if not segments:
        return Organization()
    named = segments[0]
    street = next((segment[1:] for segment in segments if segment[0] == "N3"), [])
    place = next((segment for segment in segments if segment[0] == "N4"), [])
    return Organization(
        name=element(named, 2),
        id_qualifier=element(named, 3),
        id=element(named, 4),
        address=tuple(street),
        city=element(place, 1),
        state=element(place, 2),
        zip=element(place, 3),
        contacts=tuple(tuple(s[1:]) for s in segments if s[0] == "PER"),
        references=tuple((element(s, 1), element(s, 2)) for s in segments if s[0] == "REF"),
    )


_MIA = (2, 4, *range(6, 15), *range(16, 20), 24)
"""The places of an inpatient claim's MIA that are money."""
Check = Callable[[str], object]


def _blame(segment: Segment, number: int) -> Malformed:
    """Finds which element of a segment could not be read; only the refused file pays for it."""
    name = segment[0]
    checks: dict[int, Check] = {}
    if name == "CAS":
        checks = dict.fromkeys(range(3, max(len(segment), 4), 3), cents)
    elif name == "PLB":
        checks = {2: day, **dict.fromkeys(range(4, max(len(segment), 5), 2), cents)}
    checks |= _CHECKS.get(name, {})
    for place, check in checks.items():
        try:
            check(element(segment, place))
        except ValueError as error:
            return _malformed(number, f"{name}{place:02}", str(error))
    return _malformed(number, name, "more elements")


def _said(text: str) -> str:
    if not text:
        raise ValueError("a value")
    return text


_CHECKS: dict[str, dict[int, Check]] = {
    "AMT": {1: _said, 2: cents},
    "BPR": {2: cents, 16: day},
    "CLP": {1: _said, 2: _said, 3: cents, 4: cents, 5: lambda text: cents(text or "0")},
    "DTM": {1: _said, 2: day},
    "LQ": {1: _said, 2: _said},
    "NM1": {1: _said},
    "REF": {1: _said, 2: _said},
    "SVC": {1: _said, 2: cents, 3: lambda text: cents(text or "0"), 5: lambda text: quantity(text or "1")},
}


def _malformed(number: int, place: str, expected: str) -> Malformed:
    return Malformed([Problem(Level.SEGMENT, "7", number, place, f"expected {expected}.")])
