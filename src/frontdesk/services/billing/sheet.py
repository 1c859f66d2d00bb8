"""The superbill as it comes back from the room, and what can be wrong with it."""

from dataclasses import dataclass, replace
from datetime import date

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.charges import Superbill
from frontdesk.models.office.resources import Provider
from frontdesk.services.billing import charges, codes, drugs, modifiers, other_providers, parties
from frontdesk.services.billing.charges import NewCharge
from frontdesk.services.billing.other_providers import Named
from frontdesk.services.work import Work

MOST_DIAGNOSES = 12
MOST_LINES = 50
LETTERS = "ABCDEFGHIJKL"


@dataclass(frozen=True, slots=True)
class Ticked:
    """A service ticked off: `pointers` are letters of the diagnoses, the main reason first."""

    code: str
    units: int = 1
    modifiers: tuple[str, ...] = ()
    pointers: str = "A"
    amount_cents: int | None = None
    """Only where the price differs from the fee."""
    ndc: str = ""
    """The package that was given, of eleven digits; needed where the office gives several."""
    provider_id: int | None = None
    """Who did it, where that is not who saw the patient."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A superbill as it comes back from the room."""

    diagnoses: tuple[str, ...]
    lines: tuple[Ticked, ...]
    place_of_service: str = "11"
    providers: tuple[Named, ...] = ()
    """Who else is named: referring, ordering, supervising."""


def checked(
    work: Work, bill: Superbill, sheet: Sheet
) -> tuple[tuple[codes.Diagnosis, ...], tuple[NewCharge, ...]]:
    """The diagnoses and charges of a sheet; raises Refused with everything that is wrong with it."""
    findings: list[Finding] = []
    diagnoses, new = [], []
    if not sheet.lines:
        findings.append(Finding("Tick at least one service.", "lines"))
    if not sheet.diagnoses:
        findings.append(Finding("Enter at least one diagnosis.", "diagnoses"))
    if len(sheet.diagnoses) > MOST_DIAGNOSES:
        findings.append(Finding("A claim carries 12 diagnoses at most.", "diagnoses"))
    if len(sheet.lines) > MOST_LINES:
        findings.append(Finding("A claim carries 50 lines at most.", "lines"))
    if len({codes.undotted(code) for code in sheet.diagnoses}) < len(sheet.diagnoses):
        findings.append(Finding("A diagnosis is entered twice.", "diagnoses"))
    if sheet.place_of_service not in dict(codes.places_of_service_on(work, bill.service_on)):
        findings.append(Finding("Choose the place of service.", "place_of_service"))
    for code in sheet.diagnoses:
        try:
            diagnoses.append(codes.diagnosis_on(work, code, bill.service_on))
        except Refused as no:
            findings.extend(no.findings)
    findings += other_providers.against_sheet(sheet.providers, len(sheet.lines))
    payer_id = parties.payer_of(work, bill.coverage_id)
    for number, ticked in enumerate(sheet.lines, 1):
        findings += _line_findings(ticked, number, len(sheet.diagnoses))
        findings += _modifier_findings(work, ticked, number, bill.service_on)
        try:
            known = codes.procedure_on(work, ticked.code, bill.service_on)
            charge = NewCharge(
                known.code,
                known.label,
                ticked.units,
                ticked.modifiers,
                ticked.pointers,
                ticked.amount_cents,
                drugs.given(work, known.code, ticked.units, ticked.ndc),
                _who_did(work, bill, ticked, number),
            )
            charges.price(work, charge, bill.service_on, payer_id)
            new.append(charge)
        except Refused as no:
            findings += [_of_line(number, each) for each in no.findings]
    refuse_if_any(findings)
    return tuple(diagnoses), tuple(new)


def _who_did(work: Work, bill: Superbill, line: Ticked, number: int) -> int | None:
    """None for who saw the patient; raises Refused where nobody of the office is meant."""
    if line.provider_id in (None, bill.provider_id):
        return None
    if work.session.get(Provider, line.provider_id) is None:
        raise Refused(Finding(f"Line {number}: choose who did it from the office's providers.", "lines"))
    return line.provider_id


def _of_line(number: int, finding: Finding) -> Finding:
    """Says which line it is, where the amount is wrong: what is wrong with a code names the code."""
    if finding.field != "amount_cents":
        return finding
    return replace(finding, message=f"Line {number}: {finding.message}", field="lines")


def _line_findings(line: Ticked, number: int, diagnoses: int) -> list[Finding]:
    findings = []
    if not 1 <= line.units <= 999:
        findings.append(Finding(f"Line {number}: enter 1 to 999 units.", "lines"))
    if not line.pointers:
        findings.append(Finding(f"Line {number}: point it to a diagnosis.", "lines"))
    elif len(line.pointers) > 4 or len(set(line.pointers)) < len(line.pointers):
        findings.append(Finding(f"Line {number}: point it to up to four different diagnoses.", "lines"))
    elif any(letter not in LETTERS[:diagnoses] for letter in line.pointers):
        findings.append(Finding(f"Line {number} points to a diagnosis that is not there.", "lines"))
    return findings


def _modifier_findings(work: Work, line: Ticked, number: int, on: date) -> list[Finding]:
    if len(line.modifiers) > 4 or any(len(m) != 2 or not m.isalnum() for m in line.modifiers):
        return [Finding(f"Line {number}: up to four modifiers of two letters or digits each.", "lines")]
    if len(set(line.modifiers)) < len(line.modifiers):
        return [Finding(f"Line {number}: a modifier is there twice.", "lines")]
    return [
        Finding(f"Line {number}: {why}", "lines")
        for why in modifiers.problems(work, line.modifiers, line.code, on)
    ]
